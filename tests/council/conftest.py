"""The line's cast, and the people who meet."""

import pytest

from tests.anchoring.conftest import line
from tests.anchoring.line import Line
from tests.council.seats import seat_everyone

__all__ = ["council_line", "line"]


@pytest.fixture
def council_line(line: Line) -> Line:
    """The line, with a council that can meet and records managers who file."""
    seat_everyone(line)
    return line
