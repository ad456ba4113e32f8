"""Files are kept where the test says."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """A file store of the test's own."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
