"""A browser for the pages: the system's Chromium where there is one, otherwise Playwright's own."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.ui.pages import listen

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}


@pytest.fixture
def said(page: Page) -> list[str]:
    """Everything the browser complains about."""
    heard: list[str] = []
    listen(page, heard)
    return heard
