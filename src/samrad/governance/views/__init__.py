"""Pages of how the house governs."""
