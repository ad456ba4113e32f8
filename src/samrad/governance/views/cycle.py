"""The annual cycle as it is published: the year, the calendar file, and following it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samrad.core.acting import acting_for
from samrad.core.wheel import Wheel, WheelMark, year_wheel
from samrad.governance import actions, papers, policy, queries
from samrad.governance.forms.cycle import FollowForm
from samrad.governance.models import Body, CycleKind
from samrad.governance.queries import cycle as reads
from samrad.governance.queries.cycle import Entry
from samrad.organisation.middleware import actor

FIRST, LAST = 2020, 2100
RINGS = {
    "meeting": 0,
    "deadline": 1,
    "reporting": 2,
    "budget": 2,
    "priority": 2,
    "strategy": 3,
    "elected": 3,
    "other": 3,
}


@dataclass(frozen=True)
class Line:
    """One line in the list: the date, its number in the wheel and its ring; a quiet period has neither."""

    entry: Entry
    number: int | None
    ring: int | None
    may_edit: bool
    past: bool


@dataclass(frozen=True)
class Month:
    """One month with its lines."""

    first: date
    lines: list[Line]


@dataclass(frozen=True)
class Asked:
    """Which bodies and kinds the page is narrowed to."""

    body: int | None
    kind: str

    @property
    def query(self) -> str:
        chosen = {"body": self.body or "", "kind": self.kind}
        return urlencode({name: value for name, value in chosen.items() if value})


def _asked(request: HttpRequest, bodies: list[Body]) -> Asked:
    body, kind = request.GET.get("body", ""), request.GET.get("kind", "")
    known = {str(b.pk): b.pk for b in bodies}
    return Asked(known.get(body), kind if kind in CycleKind.values else "")


def _entries(request: HttpRequest, year: int, asked: Asked) -> list[Entry]:
    return reads.entries(
        actor(request),
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        body_ids=[asked.body] if asked.body else (),
        kinds=[asked.kind] if asked.kind else (),
    )


def _year(year: int) -> int:
    if not FIRST <= year <= LAST:
        raise Http404
    return year


def _months(request: HttpRequest, year: int, found: list[Entry], today: date) -> list[Month]:
    by, number, lines = actor(request), 0, []
    may = {house: bool(policy.can_plan_cycle(by, house)) for house in {e.house for e in found}}
    for entry in found:
        ring = RINGS.get(entry.kind)
        number += ring is not None
        own = number if ring is not None else None
        lines.append(Line(entry, own, ring, may[entry.house], entry.last < today))
    begins = [max(line.entry.first, date(year, 1, 1)).month for line in lines]
    return [
        Month(date(year, month, 1), [line for line, begin in zip(lines, begins, strict=True) if begin == month])
        for month in range(1, 13)
    ]


def _wheel(year: int, months: list[Month], today: date) -> Wheel:
    lines = [line for month in months for line in month.lines]
    marks = [
        WheelMark(
            first=max(line.entry.first, date(year, 1, 1)),
            last=line.entry.last if line.entry.lasts else None,
            ring=line.ring,
            number=line.number,
            label=f"{line.entry.title}",
            url=f"#{line.entry.key}",
            muted=line.entry.cancelled,
        )
        for line in lines
        if line.ring is not None and line.number is not None
    ]
    quiet = [
        (e.title, e.first, e.last) for e in (line.entry for line in lines) if e.kind == "quiet" and not e.cancelled
    ]
    legend = [
        (0, _("Meetings")),
        (1, _("Deadlines for sending in")),
        (2, _("Reporting, budget and priority rounds")),
        (3, _("Strategy, the elected and other")),
        (4, _("No meetings")),
    ]
    used = {line.ring for line in lines} | ({4} if quiet else set())
    return year_wheel(
        year,
        marks,
        caption=_("The annual cycle for %(year)s as a wheel. The same dates are listed below.") % {"year": year},
        quiet=quiet,
        today=today,
        legend=[(ring, label) for ring, label in legend if ring in used],
    )


@login_required
def cycle_now(request: HttpRequest) -> HttpResponse:
    """The year we are in."""
    return redirect("governance:cycle_year", timezone.localdate().year)


@login_required
def cycle_year(request: HttpRequest, year: int) -> HttpResponse:
    """A year of the annual cycle: the wheel, month by month, and how it was kept."""
    by, today = actor(request), timezone.localdate()
    policy.can_read_cycle(by).require()
    bodies = reads.bodies_in_cycle(by)
    asked = _asked(request, bodies)
    found = _entries(request, _year(year), asked)
    months = _months(request, year, found, today)
    followed = reads.subscription_of(by)
    context = {
        "year": year,
        "months": [month for month in months if month.lines],
        "wheel": _wheel(year, months, today) if found else None,
        "bodies": bodies,
        "kinds": CycleKind.choices,
        "asked": asked,
        "kept": reads.kept(by, year, now=timezone.now()),
        "deadlines": queries.next_deadlines(by, on=today),
        "follows": bool(followed and followed.follows),
        "may_plan": any(policy.can_plan_cycle(by, b.owner_id) for b in bodies),
    }
    return render(request, "governance/cycle_year.html", context)


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    return response


@login_required
def cycle_file(request: HttpRequest, year: int) -> HttpResponse:
    """The year as a calendar file, to take in once."""
    by = actor(request)
    policy.can_read_cycle(by).require()
    found = _entries(request, _year(year), _asked(request, reads.bodies_in_cycle(by)))
    page = request.build_absolute_uri(reverse("governance:cycle_year", args=[year]))
    name = _("Annual cycle %(year)s") % {"year": year}
    return _ics(papers.calendar(found, name=name, at=timezone.now(), page=page), f"arshjul-{year}.ics")


def cycle_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar a person subscribes to. The address is the key, so there is no sign-in."""
    now = timezone.now()
    today = timezone.localdate(now)
    known = reads.subscriber(token, on=today)
    if known is None:
        raise Http404
    by, row = known
    with acting_for(by.entities), translation.override(by.language):
        return _ics(_feed(by, row, now), "arshjul.ics")


def _feed(by: Any, row: Any, now: datetime) -> bytes:
    today = timezone.localdate(now)
    found = reads.entries(
        by,
        first=today - timedelta(days=365),
        last=today + timedelta(days=3 * 366),
        body_ids=row.body_ids,
        kinds=row.kinds,
    )
    page = f"{settings.BASE_URL}{reverse('governance:cycle_now')}"
    return papers.calendar(found, name=_("Annual cycle"), at=now, page=page)


@login_required
def cycle_follow(request: HttpRequest) -> HttpResponse:
    """Follow the annual cycle: in the application, and as a calendar at a secret address."""
    by, now = actor(request), timezone.now()
    bodies = reads.bodies_in_cycle(by)
    followed = reads.subscription_of(by)
    start = {"bodies": followed.body_ids, "kinds": followed.kinds} if followed else {}
    form = FollowForm(request.POST if request.POST.get("do") == "follow" else None, bodies=bodies, initial=start)
    if request.method == "POST":
        do = request.POST.get("do")
        if do == "stop":
            actions.stop_following(by=by, at=now)
            messages.success(request, _("You no longer follow the annual cycle."))
            return redirect("governance:cycle_now")
        if do == "renew":
            actions.renew_address(by=by, at=now)
            messages.success(request, _("You have a new address. The old one no longer works."))
            return redirect("governance:cycle_follow")
        if form.is_valid():
            chosen = form.cleaned_data
            actions.follow_cycle(by=by, at=now, body_ids=chosen["bodies"], kinds=chosen["kinds"])
            messages.success(request, _("You follow the annual cycle. You are told when a date changes."))
            return redirect("governance:cycle_follow")
    address = request.build_absolute_uri(reads.address_of(followed)) if followed and followed.follows else ""
    context = {
        "form": form,
        "follows": bool(address),
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(request, "governance/cycle_follow.html", context, status=422 if form.errors else 200)
