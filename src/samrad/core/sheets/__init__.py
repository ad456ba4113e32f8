"""Reading spreadsheets: files to records, cells to values, columns to guesses. No database, no clock."""
