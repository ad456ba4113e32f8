"""The mark `krav`, and the environment variable that switches one guard off."""

from collections.abc import Generator

import pytest

from tests.krav.mutants import mutant_from_environment


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line(
        "markers",
        "krav(criterion, guards=...): what the test stands for, and the code that makes it true",
    )


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fixtures are made with the guard on; only the test itself is without it."""
    with mutant_from_environment():
        return (yield)
