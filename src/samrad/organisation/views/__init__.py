"""The pages of the organisation: signing in, ways in, and administration."""
