"""A spreadsheet that lies here from its upload until it is brought in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from samrad.core.verdict import Stale


class Upload(Protocol):
    """What every upload has, whatever its rows are."""

    version: int
    imported_at: datetime | None


def require_as_shown(upload: Upload, version: int | None) -> None:
    """Stale when a locked upload has come in, or its columns were changed, since the page was made."""
    if upload.imported_at is not None:
        raise Stale(_("This spreadsheet has been brought in already. Look at the result before you go on."))
    if version != upload.version:
        raise Stale(_("The columns were changed since you opened the page. Look at them again before you go on."))
