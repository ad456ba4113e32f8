"""«Initiatives»: the list everyone sees, each as much of it as they may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from samrad.initiatives.forms.listing import ListForm
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.policy import can_start
from samrad.initiatives.queries import Standing, masked_groups, standings, visible_to
from samrad.initiatives.views.found import upwards
from samrad.organisation.middleware import actor

PAGE = 25


@dataclass(frozen=True)
class Line:
    """One initiative in the list; what is exempt is already gone."""

    initiative: Initiative
    standing: Standing
    cost_basis: str = ""
    benefit_basis: str = ""
    one_off_kr: Decimal | None = None
    annual_kr: Decimal | None = None
    benefit_kr: Decimal | None = None
    benefit_hours: int | None = None
    benefits: int = 0


def _after(text: str, sort: str) -> Q | None:
    """What comes after the last line of the page before; nonsense is the first page."""
    value, _bar, last = text[:300].rpartition("|")
    if not (last.isascii() and last.isdigit() and len(last) < 19) or "\x00" in value:
        return None
    if sort == "title":
        return Q(title_sort__gt=value) | Q(title_sort=value, pk__gt=int(last))
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    if timezone.is_naive(at):
        return None
    return Q(updated_at__lt=at) | Q(updated_at=at, pk__lt=int(last))


def _cursor(initiative: Initiative, sort: str) -> str:
    value = initiative.title_sort if sort == "title" else initiative.updated_at.isoformat()
    return f"{value}|{initiative.pk}"


def _lines(request: HttpRequest, initiatives: list[Initiative]) -> list[Line]:
    by = actor(request)
    hidden = masked_groups(by, initiatives, on=timezone.localdate())
    standing = standings(by, initiatives)
    sums = {
        row["initiative_id"]: row
        for row in Benefit.objects.filter(initiative_id__in=[i.pk for i in initiatives], removed_at__isnull=True)
        .values("initiative_id")
        .annotate(kroner=Sum("kroner_a_year"), hours=Sum("hours_a_year"), number=Count("pk"))
    }
    lines = []
    for initiative in initiatives:
        masked = hidden[initiative.pk]
        benefit: dict[str, Any] = dict(sums.get(initiative.pk, {}))
        costs, benefits = "costs" not in masked, "benefits" not in masked
        listed_only = masked.get("need") == "" and masked.get("costs") == ""
        where = standing[initiative.pk]
        lines.append(
            Line(
                initiative=initiative,
                standing=Standing(where.state, where.colour) if listed_only else where,
                cost_basis=masked.get("costs", ""),
                benefit_basis=masked.get("benefits", ""),
                one_off_kr=initiative.one_off_kr if costs else None,
                annual_kr=initiative.annual_kr if costs else None,
                benefit_kr=benefit.get("kroner") if benefits else None,
                benefit_hours=benefit.get("hours") if benefits else None,
                benefits=benefit.get("number", 0) if benefits else 0,
            )
        )
    return lines


def _link(chosen: dict[str, str], **more: str) -> str:
    return "?" + urlencode({**chosen, **more})


@login_required
def initiative_list(request: HttpRequest) -> HttpResponse:
    """All initiatives one sees: search, narrow, sort, page."""
    by = actor(request)
    form = ListForm(by=by, data=request.GET)
    chosen = form.chosen()
    sort = chosen.get("sort", "newest")
    asked: QuerySet[Initiative] = form.narrowed(visible_to(by)).select_related("owner", "field")
    after = _after(request.GET.get("after", ""), sort)
    if after is not None:
        asked = asked.filter(after)
    found = list(asked[: PAGE + 1])
    shown = found[:PAGE]
    chips = [{**chip, "url": _link({k: v for k, v in chosen.items() if k != chip["name"]})} for chip in form.chips()]
    context = {
        "form": form,
        "lines": _lines(request, shown),
        "chips": chips,
        "more_than": form.more_than,
        "next_url": _link(chosen, after=_cursor(shown[-1], sort)) if len(found) > PAGE else "",
        "first_url": _link(chosen) if after is not None else "",
        "start": can_start(by),
        "others_url": upwards("overview:from_others") + (_link({"q": chosen["q"]}) if "q" in chosen else ""),
        "all_url": reverse("initiatives:initiative_list"),
    }
    return render(request, "initiatives/initiative_list.html", context)
