"""The pages of the system register."""
