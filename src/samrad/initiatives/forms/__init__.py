"""Is what is typed about an initiative well-formed? One module for each page that has a form."""
