"""What follows from what, on one page. Handlers run in the same transaction and write only the database."""


def wire() -> None:
    """Connect the rooms. Called once, when every room is ready."""
    from samrad.initiatives.queries import LYING, TELLERS
    from samrad.overview.standing import lying_with, standings

    # The list of initiatives says where each case stands, which only later rooms know.
    if standings not in TELLERS:
        TELLERS.append(standings)
        LYING.append(lying_with)
