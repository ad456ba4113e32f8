"""Planning a year: what the body's rhythm proposes, what stands already, and laying it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.governance import actions, policy
from samrad.governance.cycle_days import Deadlines, deadlines, propose, school_holidays
from samrad.governance.cycle_defaults import UsualDate, usual_dates
from samrad.governance.forms.cycle import ChooseYearForm, MeetingRow, RhythmForm, UsualRow
from samrad.governance.models import Body, CyclePlan, Mandate, PlannedMeeting
from samrad.governance.queries import cycle as reads
from samrad.governance.views.cycle import _year
from samrad.organisation.middleware import actor

MOST = 60


@dataclass(frozen=True)
class Proposed:
    """One proposed meeting: its row in the form, and the deadlines that follow from its day."""

    form: MeetingRow
    due: Deadlines | None


@dataclass(frozen=True)
class Usual:
    """One of the usual dates, and its row in the form."""

    usual: UsualDate
    form: UsualRow


def _mine(request: HttpRequest) -> list[Body]:
    by = actor(request)
    return [body for body in reads.bodies_in_cycle(by) if policy.can_plan_cycle(by, body.owner_id)]


@login_required
def cycle_plan_choose(request: HttpRequest) -> HttpResponse:
    """Whose year is to be planned, and which."""
    bodies, this = _mine(request), timezone.localdate().year
    if not bodies:
        policy.can_plan_cycle(actor(request), 0).require()
        raise Http404
    years = [this, this + 1, this + 2]
    form = ChooseYearForm(request.GET if "body" in request.GET else None, bodies=bodies, years=years)
    form.fields["year"].initial = this + 1
    if form.is_bound and form.is_valid():
        return redirect("governance:cycle_plan", form.cleaned_data["body"], form.cleaned_data["year"])
    return render(request, "governance/cycle_plan_choose.html", {"form": form}, status=422 if form.errors else 200)


DAYS = {"ordinary_days": "submission_days", "urgent_days": "urgent_days", "notice_days": "notice_days"}
"""The days before a meeting, and what the mandate calls them."""


def _start(mandate: Mandate, plan: CyclePlan | None, year: int) -> dict[str, Any]:
    """What the form starts with: the mandate's numbers, and the habits of the last year that was planned.

    Other days than the mandate's hold for the one year they were chosen for.
    """
    start: dict[str, Any] = {"meetings": mandate.meetings_per_year, "weekday": 1, "starts": time(9), "minutes": 120}
    start |= {name: getattr(mandate, said) for name, said in DAYS.items()} | {"place": ""}
    if plan is not None:
        kept = ["weekday", "starts", "minutes", "place", *(DAYS if plan.year == year else ())]
        start |= {name: getattr(plan, name) for name in kept}
    return start


def _proposed(body: Body, year: int, rhythm: dict[str, Any], standing: list[PlannedMeeting]) -> list[Proposed]:
    quiet = reads.quiet_in(body.owner_id, year) or list(school_holidays(year).values())
    taken = [timezone.localdate(row.starts_at) for row in standing if not row.cancelled]
    today = timezone.localdate()
    days = propose(year, rhythm["meetings"], weekday=rhythm["weekday"], quiet=quiet, taken=taken, after=today)
    found = []
    for place, day in enumerate(days):
        form = MeetingRow(prefix=f"m{place}", year=year, initial={"on": True, "day": day, "starts": rhythm["starts"]})
        found.append(Proposed(form, _due(day, rhythm)))
    return found


def _due(day: date, rhythm: dict[str, Any]) -> Deadlines:
    days = {name: rhythm[f"{name}_days"] for name in ("ordinary", "urgent", "notice")}
    return deadlines(day, **days)


def _usual(body: Body, year: int, data: Any = None) -> list[Usual]:
    standing = reads.usual_standing(body.owner_id, year)
    return [
        Usual(
            one,
            UsualRow(
                data,
                prefix=f"u-{one.code}",
                initial={"on": True, "starts_on": one.starts_on, "ends_on": one.ends_on},
            ),
        )
        for one in usual_dates(year)
        if one.code not in standing
    ]


def _typed(request: HttpRequest, year: int) -> list[Proposed]:
    """The rows as they were sent."""
    found = []
    for place in range(MOST):
        if f"m{place}-day" not in request.POST:
            break
        found.append(Proposed(MeetingRow(request.POST, prefix=f"m{place}", year=year), None))
    return found


@login_required
def cycle_plan(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Plan a body's year: see what is proposed, change single meetings, and lay it out."""
    body = next((b for b in reads.bodies_in_cycle(actor(request)) if b.pk == pk), None)
    if body is None:
        raise Http404
    policy.can_plan_cycle(actor(request), body.owner_id).require()
    standing = reads.planned_in(body, _year(year))
    if request.method == "POST":
        form, rows, usual = RhythmForm(request.POST), _typed(request, year), _usual(body, year, request.POST)
        if _all_valid(form, rows, usual) and _lay_out(request, body, year, form, rows, usual):
            return redirect("governance:cycle_year", year)
        return _page(request, body, year, form, rows, usual, standing, status=422)
    asked = "meetings" in request.GET
    rhythm = _start(reads.mandate_in(body, year) or Mandate(), reads.last_plan(body, year), year)
    form = RhythmForm(request.GET if asked else None, initial=rhythm)
    if asked and form.is_valid():
        rhythm = form.cleaned_data
    rows = [] if form.errors else _proposed(body, year, rhythm, standing)
    return _page(request, body, year, form, rows, _usual(body, year), standing, status=422 if form.errors else 200)


def _all_valid(form: RhythmForm, rows: list[Proposed], usual: list[Usual]) -> bool:
    # All of them, so that every fault is shown at once.
    return all([form.is_valid(), *(row.form.is_valid() for row in rows), *(one.form.is_valid() for one in usual)])


def _lay_out(
    request: HttpRequest, body: Body, year: int, form: RhythmForm, rows: list[Proposed], usual: list[Usual]
) -> bool:
    chosen = [row.form.cleaned_data for row in rows]
    try:
        made = actions.plan_year(
            by=actor(request),
            at=timezone.now(),
            body=body,
            year=year,
            rhythm=form.rhythm(),
            days=[(data["day"], data["starts"]) for data in chosen if data["on"]],
            usual=[choice for one in usual if (choice := one.form.choice(one.usual.code))],
        )
    except Refused as refused:
        blame(form, refused)
        return False
    said = _("The year is laid out with %(number)s new meetings. Those who follow the annual cycle are told.")
    messages.success(request, said % {"number": len(made)} if made else _("The year is laid out. No new meetings."))
    return True


def _page(
    request: HttpRequest,
    body: Body,
    year: int,
    form: RhythmForm,
    rows: list[Proposed],
    usual: list[Usual],
    standing: list[PlannedMeeting],
    *,
    status: int,
) -> HttpResponse:
    mandate = reads.mandate_in(body, year)
    if mandate is not None:
        for name, said in {"meetings": "meetings_per_year", **DAYS}.items():
            form.fields[name].help_text = _("The mandate says %(number)s.") % {"number": getattr(mandate, said)}
    context = {
        "body": body,
        "year": year,
        "form": form,
        "rows": rows,
        "usual": usual,
        "standing": standing,
        "mandate": mandate,
        "faults": bool(form.errors or any(r.form.errors for r in rows) or any(u.form.errors for u in usual)),
    }
    return render(request, "governance/cycle_plan.html", context, status=status)
