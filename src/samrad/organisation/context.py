"""What every page's frame needs: who one is, where one may go, what waits."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context variable `frame` (organisation/queries.py builds it, only for pages that show it)."""
    from samrad.organisation.queries import frame_of

    return {"frame": SimpleLazyObject(lambda: frame_of(request))}
