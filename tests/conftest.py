"""What every test stands on."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Django reads only compiled catalogues; a text changed a minute ago must count."""
    from django.utils.translation.reloader import translation_file_changed

    from samrad.core.catalogues import compile_all

    for path in compile_all():
        # Django was set up before this, and may already have read the old one.
        translation_file_changed(None, path)
