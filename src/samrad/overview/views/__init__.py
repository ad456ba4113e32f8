"""Pages across the rooms."""
