"""Where the tests' database lives; loaded before Django's settings are read."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not in the checkout: the server's user must be able to reach it, and a clone may lie in a private folder.
DATA = Path(tempfile.gettempdir()) / f"samrad-test-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
os.environ["SAMRAD_DATA"] = str(DATA)
if not os.environ.get("DATABASE_URL"):
    from samrad.core.embedded import ensure_running

    DATA.mkdir(exist_ok=True)
    DATA.chmod(0o755)
    ensure_running(DATA)
