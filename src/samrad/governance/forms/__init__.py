"""Is what is typed about how the house governs well-formed?"""
