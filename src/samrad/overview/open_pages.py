"""Pages through the windows: the open portfolio, which anyone can read, and what other cooperations let one see."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samrad.initiatives.policy import can_start
from samrad.organisation.middleware import actor
from samrad.overview import opened
from samrad.overview.forms import WindowForm
from samrad.overview.models import OpenInitiative, Openness, ReusableInitiative

PAGE = 25
PRINTED = 500


def _listed(request: HttpRequest, rows: QuerySet[Any], more: tuple[str, ...]) -> dict[str, Any]:
    """A page of the rows asked for, or for print as many as paper holds."""
    printed = "print" in request.GET
    narrow = Paginator(rows.only("pk"), PRINTED if printed else PAGE)
    page = narrow.get_page(1 if printed else request.GET.get("page"))
    found = {row.pk: row for row in opened.listed(rows.order_by().filter(pk__in=[r.pk for r in page]), more)}
    return {"page": page, "printed": printed, "rows": [found[row.pk] for row in page if row.pk in found]}


def open_house_list(request: HttpRequest) -> HttpResponse:
    """«Åpen portefølje»: those who open theirs; straight to the one where there is only one."""
    houses = list(opened.open_houses())
    if len(houses) == 1:
        return redirect("overview:open_portfolio", houses[0].house.slug)
    return render(request, "overview/open_house_list.html", {"houses": houses})


def _house(slug: str) -> Openness:
    try:
        return opened.open_houses().get(house__slug=slug)
    except Openness.DoesNotExist as missing:
        raise Http404 from missing


def open_portfolio(request: HttpRequest, slug: str) -> HttpResponse:
    """What the council's mandate opens to everyone: search, narrow, page, print."""
    openness = _house(slug)
    members = opened.members_of(openness.house)
    every = opened.open_initiatives(openness.house_id)
    form = WindowForm(data=request.GET, fields=opened.fields_of(every), municipalities=members)
    listed = _listed(request, form.narrowed(every), ("reference", "owner_id", "participant_ids", "parts"))
    shown = set(openness.submitted) | set(openness.decided)
    context = {
        **listed,
        "openness": openness,
        "house": openness.house,
        "form": form,
        "narrowed": any(name != "sort" for name in form.chosen()),
        "lines": opened.lines_of(listed["rows"], members),
        "parts": opened.parts_of(openness),
        "costs": "costs" in shown,
        "benefits": "benefits" in shown,
    }
    return render(request, "overview/open_portfolio.html", context)


def open_initiative(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One initiative, as anyone may read it."""
    openness = _house(slug)
    try:
        row = opened.open_initiatives(openness.house_id).get(pk=pk)
    except (OpenInitiative.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    [line] = opened.lines_of([row], opened.members_of(openness.house))
    recommended, decided = opened.treatment(row)
    context = {
        "house": openness.house,
        "openness": openness,
        "row": row,
        "line": line,
        "need": opened.need_shown(row),
        "benefits": opened.benefits_shown(row),
        "recommended": recommended,
        "decided": decided,
        "lights": opened.lights_of(row),
        "parts": opened.parts_of(openness),
        "sources": opened.sources_of(row),
    }
    return render(request, "overview/open_initiative.html", context)


@login_required
def from_others(request: HttpRequest) -> HttpResponse:
    """«Fra andre»: what other cooperations and municipalities have marked as something others can reuse."""
    every = opened.reusable_by(actor(request))
    form = WindowForm(data=request.GET, fields=opened.fields_of(every))
    listed = _listed(request, form.narrowed(every), ("house_name",))
    context = {
        **listed,
        "form": form,
        "narrowed": any(name != "sort" for name in form.chosen()),
        "lines": opened.lines_of(listed["rows"]),
    }
    return render(request, "overview/from_others.html", context)


@login_required
def reusable_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative of others: what it is, what it gave, what it cost, and how it went."""
    try:
        row = opened.reusable_by(actor(request)).get(pk=pk)
    except (ReusableInitiative.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    [line] = opened.lines_of([row])
    context = {"row": row, "line": line, "benefits": opened.benefits_shown(row), "start": can_start(actor(request))}
    return render(request, "overview/reusable_initiative.html", context)
