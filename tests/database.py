"""Where the tests' database lives; loaded before Django's settings are read."""

import os
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".samrad-test"
os.environ["SAMRAD_DATA"] = str(DATA)
if not os.environ.get("DATABASE_URL"):
    from samrad.core.embedded import ensure_running

    ensure_running(DATA)
