"""The casts that most tests begin with, each as if made for the one test alone. They act as the application."""

from collections.abc import Iterator

import pytest

from tests.anchoring.line import Line, make_line
from tests.council.seats import seat_everyone
from tests.initiatives.cast import Cast, make_cast
from tests.kept import Kept


def make_council_line() -> Line:
    """The line, with a council that can meet and records managers who file."""
    line = make_line()
    seat_everyone(line)
    return line


@pytest.fixture
def in_cast(kept_world: Kept) -> Iterator[Cast]:
    """Where the cast of the initiatives' tests is."""
    with kept_world(make_cast) as made:
        yield made


@pytest.fixture
def cast(in_cast: Cast, db: None) -> Cast:
    """Two municipalities in one cooperation, one in another, and the people who act."""
    return in_cast


@pytest.fixture
def in_line(kept_world: Kept) -> Iterator[Line]:
    """Where the cast of the steering line is."""
    with kept_world(make_line) as made:
        yield made


@pytest.fixture
def line(in_line: Line, db: None) -> Line:
    """A cooperation of two municipalities, and the people along the steering line."""
    return in_line


@pytest.fixture
def in_council_line(kept_world: Kept) -> Iterator[Line]:
    """Where the line is that has a council."""
    with kept_world(make_council_line) as made:
        yield made


@pytest.fixture
def council_line(in_council_line: Line, db: None) -> Line:
    """The line, with a council that can meet and records managers who file."""
    return in_council_line
