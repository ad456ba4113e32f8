"""What the import linter cannot see. Each check is a function from a source to its faults."""
