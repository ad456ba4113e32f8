"""Pages about initiatives, one module for each kind of page."""
