"""Pages that belong to no room: refusals, what went wrong, the statements, the gallery of components."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samrad.core.gallery import GalleryForm, samples
from samrad.core.verdict import Refused, Stale, Verdict


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed: why, what is missing, and that nothing was changed."""
    if isinstance(exception, Refused):
        verdict = exception.verdict
    else:
        verdict = Verdict.no(_("You do not have access to this page."))
    stale = isinstance(exception, Stale)
    context = {"verdict": verdict, "stale": stale, "changing": request.method == "POST"}
    return render(request, "core/refused.html", context, status=409 if stale else 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page does not exist, or one may not know that it does."""
    return render(request, "core/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. Asks the database nothing: it may be what failed."""
    return render(None, "core/broken.html", status=500)  # no request: no context processors


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "core/csrf_failed.html", {"path": request.path}, status=403)


def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server."""
    return JsonResponse({"ok": True})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "core/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and why."""
    return render(request, "core/privacy.html")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages."""
    errors: dict[str, Any] = {"title": "", "amount": "mye", "day": "i morgen", "choice": "", "version": "1"}
    context = {
        "form": GalleryForm(initial={"amount": 1234567, "title": "Medisindispensere", "version": 1}),
        "wrong": GalleryForm(errors, auto_id="wrong_%s"),
        **samples(),
    }
    return render(request, "core/gallery.html", context)
