"""The real portfolios, which are no part of the product: found where they stand, or skipped with a clear reason."""

import os
from pathlib import Path

import pytest


def real_portfolio(name: str) -> Path:
    """The path of a real portfolio: under SAMRAD_SHARED, or a folder `shared` beside the checkout or its parents."""
    given = os.environ.get("SAMRAD_SHARED")
    here = Path(__file__).resolve()
    places = [Path(given)] if given else [parent / "shared" for parent in here.parents]
    for place in places:
        path = place / "data" / "portfolios" / name
        if path.is_file():
            return path
    pytest.skip(f"the real portfolio {name} is missing: put it in shared/data/portfolios or set SAMRAD_SHARED")


def real_workbook(name: str) -> Path:
    """The path of one of KommIT's workbooks, found as the portfolios are."""
    given = os.environ.get("SAMRAD_SHARED")
    here = Path(__file__).resolve()
    places = [Path(given)] if given else [parent / "shared" for parent in here.parents]
    for place in places:
        path = place / "data" / "kommit" / name
        if path.is_file():
            return path
    pytest.skip(f"the workbook {name} is missing: put it in shared/data/kommit or set SAMRAD_SHARED")
