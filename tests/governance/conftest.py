"""The cast of the line, with a council that can meet."""

from tests.anchoring.conftest import line
from tests.council.conftest import council_line

__all__ = ["council_line", "line"]
