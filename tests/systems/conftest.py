"""The cast of the line, as the application."""

from tests.anchoring.conftest import line

__all__ = ["line"]
