"""Pages that belong to no room: refusals, what is missing, what broke, and two statements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused


def _message(request: HttpRequest, heading: str, text: str, status: int, lacks: Any = ()) -> HttpResponse:
    context = {"heading": heading, "text": text, "lacks": lacks}
    return render(request, "core/message.html", context, status=status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or sent from elsewhere."""
    text = _("The page had been open too long, so nothing was changed. Go back, load the page again and send it again.")
    return _message(request, _("We could not receive the form"), text, 403)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What a verdict refused, with its reason."""
    text, lacks = _("You may not see or do this."), ()
    if isinstance(exception, Refused):
        text, lacks = str(exception.verdict.reason), exception.verdict.lacks
    return _message(request, _("This cannot be done"), text, 403, lacks)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing there, or nothing this person may know of."""
    text = _("The page does not exist, or it is not open to you. Check the address, or search for what you need.")
    return _message(request, _("We did not find the page"), text, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong here; the transaction is undone."""
    text = _("Something went wrong in Samråd. What you did last was not saved. Go back and try once more.")
    return HttpResponse(f"<!doctype html><title>Samråd</title><h1>Samråd</h1><p>{text}</p>", status=500)


def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server."""
    return JsonResponse({"ok": True})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (tilgjengelighetserklæring)."""
    paragraphs = [
        _(
            "Samråd is made so that everyone can use it: with a keyboard, a screen reader, on a phone and without scripts."
        ),
        _("We aim for WCAG 2.2 level AA. Every page is tested by machine at two widths before it is published."),
        _("Have you found something that does not work? Tell the secretariat, and we will mend it."),
    ]
    return render(request, "core/text.html", {"heading": _("Accessibility statement"), "paragraphs": paragraphs})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people."""
    paragraphs = [
        _(
            "Samråd keeps your name, your title, your e-mail address and the roles you hold, because the cases need them."
        ),
        _(
            "Everything you do in a case is kept in its log, as the law on archives asks. Nothing is used to measure you."
        ),
        _("Samråd uses only the cookies it needs to keep you signed in. Nothing is sent to others."),
    ]
    return render(request, "core/text.html", {"heading": _("Privacy"), "paragraphs": paragraphs})
