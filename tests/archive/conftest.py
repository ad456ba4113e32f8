"""The council's cast, with records managers."""

from tests.council.conftest import council_line, line

__all__ = ["council_line", "line"]
