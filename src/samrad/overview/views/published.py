"""Open meetings, which anyone can read of, and the papers of a meeting for those who are signed in."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from samrad.council.models import Meeting
from samrad.council.policy.publishing import can_publish
from samrad.council.queries import visible_to
from samrad.documents.paper import frozen, thawed
from samrad.documents.typeset import paper_pdf
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.overview import published
from samrad.overview.models import OpenMeeting, Published

PAGE, LONGEST = 25, 100


def open_meeting_houses(request: HttpRequest) -> HttpResponse:
    """«Møter»: those whose meetings anyone may attend; straight to the one where there is only one."""
    houses = list(published.houses_with_open_meetings())
    if len(houses) == 1:
        return redirect("overview:open_meeting_list", houses[0].slug)
    return render(request, "overview/open_meeting_houses.html", {"houses": houses})


def _house(slug: str) -> Entity:
    return get_object_or_404(published.houses_with_open_meetings(), slug=slug)


def open_meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Coming and past meetings, and a search in what is published of them."""
    house, now = _house(slug), timezone.now()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    rows = published.open_meetings(house.pk)
    past = rows.filter(ends_at__lt=now).exclude(state=Meeting.State.CANCELLED)
    context = {
        "house": house,
        "bodies": published.open_bodies(house.pk),
        "words": words,
        "hits": published.search(house.pk, words) if words else [],
        "coming": list(rows.filter(ends_at__gte=now).order_by("starts_at")[:PAGE]),
        "page": Paginator(past.order_by("-starts_at"), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "overview/open_meeting_list.html", context)


def _meeting(house: Entity, pk: int) -> OpenMeeting:
    try:
        return published.open_meetings(house.pk).get(pk=pk)
    except (OpenMeeting.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing


def open_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting, with the documents that are published of it."""
    house = _house(slug)
    meeting = _meeting(house, pk)
    rows = published.in_order(published.open_documents(house.pk).filter(meeting_id=pk))
    return render(request, "overview/open_meeting.html", {"house": house, "meeting": meeting, "documents": rows})


def _public(slug: str, pk: int, document_id: int) -> tuple[Entity, OpenMeeting, Published]:
    house = _house(slug)
    meeting = _meeting(house, pk)
    try:
        row = published.open_documents(house.pk).get(pk=document_id, meeting_id=pk)
    except (Published.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    return house, meeting, row


def open_document(request: HttpRequest, slug: str, pk: int, document_id: int) -> HttpResponse:
    """A published document as a page, as anyone may read it."""
    house, meeting, row = _public(slug, pk, document_id)
    crumbs = [
        (reverse("overview:open_meeting_list", args=[slug]), house.name),
        (reverse("overview:open_meeting", args=[slug, pk]), f"{meeting.body_name} {meeting.number}/{meeting.year}"),
    ]
    return _page(request, row, crumbs, reverse("overview:open_document_file", args=[slug, pk, document_id]))


def _page(request: HttpRequest, row: Published, crumbs: list[Any], file: str) -> HttpResponse:
    context = {"row": row, "paper": published.paper_of(row), "crumbs": crumbs, "file": file}
    return render(request, "overview/published_document.html", context)


@lru_cache(maxsize=64)
def _set(data: str) -> bytes:
    """What is said today as a PDF: anyone may ask, and again and again; what is held back from now on is asked for anew."""
    return paper_pdf(thawed(json.loads(data)))


def _file(row: Published) -> HttpResponse:
    content = _set(json.dumps(frozen(published.paper_of(row)), sort_keys=True, cls=DjangoJSONEncoder))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{published.filename(row)}"'
    return response


def open_document_file(request: HttpRequest, slug: str, pk: int, document_id: int) -> HttpResponse:
    """A published document as a PDF."""
    return _file(_public(slug, pk, document_id)[2])


def open_meeting_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest public documents, as a feed."""
    house = _house(slug)
    with override(house.language):
        return HttpResponse(published.feed(house), content_type="application/atom+xml; charset=utf-8")


def open_meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The open meetings, as a calendar to subscribe to."""
    house, now = _house(slug), timezone.now()
    rows = list(published.open_meetings(house.pk).order_by("-starts_at")[:200])
    with override(house.language):
        file = published.calendar(house, rows, at=now)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="moter-{house.slug}.ics"'
    return response


def _own(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(visible_to(actor(request)), pk=pk)


@login_required
def paper_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of a meeting that are published to me: as an employee, as elected, or as anyone."""
    by, meeting = actor(request), _own(request, pk)
    context = {
        "meeting": meeting,
        "documents": published.documents_for(by, meeting),
        "publishes": can_publish(by, meeting),
    }
    return render(request, "overview/paper_list.html", context)


def _mine(request: HttpRequest, pk: int, document_id: int) -> tuple[Meeting, Published]:
    meeting = _own(request, pk)
    row = next((r for r in published.documents_for(actor(request), meeting) if r.pk == document_id), None)
    if row is None:
        raise Http404
    return meeting, row


@login_required
def paper_detail(request: HttpRequest, pk: int, document_id: int) -> HttpResponse:
    """A document that is published to me, as a page."""
    meeting, row = _mine(request, pk, document_id)
    crumbs = [
        (reverse("council:meeting_detail", args=[pk]), str(meeting)),
        (reverse("overview:paper_list", args=[pk]), None),
    ]
    return _page(request, row, crumbs, reverse("overview:paper_file", args=[pk, document_id]))


@login_required
def paper_file(request: HttpRequest, pk: int, document_id: int) -> HttpResponse:
    """A document that is published to me, as a PDF."""
    return _file(_mine(request, pk, document_id)[1])
