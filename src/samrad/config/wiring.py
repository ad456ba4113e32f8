"""What follows from what, on one page. Handlers run in the same transaction and write only the database."""


def wire() -> None:
    """Connect the rooms. Called once, when every room is ready."""
