"""The embedded PostgreSQL server in the data directory."""

from pathlib import Path
from urllib.parse import quote


def database_urls(data: Path) -> tuple[str, str]:
    """The addresses of the embedded server in `data`: as the application, and as the owner. Starts nothing."""
    socket = quote(str(data / "run"), safe="")
    return (
        f"postgres://samrad_app@{socket}/samrad",
        f"postgres://samrad_owner@{socket}/samrad",
    )
