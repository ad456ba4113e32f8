"""Where the tests' database lives; loaded before Django's settings are read.

The tests connect as the application (`default`), under row security; the owner makes the database and flushes it.
DATABASE_URL and SAMRAD_OWNER_URL run them on a server of one's own instead.
"""

import atexit
import hashlib
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not in the checkout: the server's user must be able to reach it, and a clone may lie in a private folder.
DATA = Path(tempfile.gettempdir()) / f"samrad-test-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
# Nothing here is kept, and the tables are small: to think of the best order of joins takes longer than any order does.
FAST = tuple(
    word
    for setting in (
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "join_collapse_limit=1",
        "from_collapse_limit=1",
    )
    for word in ("-c", setting)
)
os.environ["SAMRAD_DATA"] = str(DATA)
if not os.environ.get("DATABASE_URL"):
    from samrad.core.embedded import using

    DATA.mkdir(exist_ok=True)
    DATA.chmod(0o755)

    # Every process of the run holds it; the last to leave stops the server.
    _held = ExitStack()
    _held.enter_context(using(DATA, FAST))
    atexit.register(_held.close)
