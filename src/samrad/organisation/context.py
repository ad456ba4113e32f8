"""What every page's frame needs: who one is, where one may go, what waits."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samrad.organisation.actors import PUBLIC
from samrad.organisation.queries import frame_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context variable `frame` (organisation/queries.py builds it, only for pages that show it)."""
    actor = getattr(request, "actor", PUBLIC)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {"frame": SimpleLazyObject(lambda: frame_of(actor, path=request.path, language=language))}
