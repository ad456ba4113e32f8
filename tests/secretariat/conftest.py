"""The cast of the line serves here too."""

from tests.anchoring.conftest import line

__all__ = ["line"]
