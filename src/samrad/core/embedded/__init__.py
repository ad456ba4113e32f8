"""The embedded PostgreSQL server in the data directory: made, started, watched and stopped by us."""

from samrad.core.embedded.places import DATABASE, ServerTrouble, database_urls, socket_dir
from samrad.core.embedded.programs import binaries
from samrad.core.embedded.server import ensure_running, is_running, stop, using

__all__ = [
    "DATABASE",
    "ServerTrouble",
    "binaries",
    "database_urls",
    "ensure_running",
    "is_running",
    "socket_dir",
    "stop",
    "using",
]
