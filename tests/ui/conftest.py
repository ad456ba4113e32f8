"""A browser for the pages: the system's, best the one without a window, otherwise Playwright's own."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.ui.pages import listen

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture
def said(page: Page) -> list[str]:
    """Everything the browser complains about."""
    heard: list[str] = []
    listen(page, heard)
    return heard
