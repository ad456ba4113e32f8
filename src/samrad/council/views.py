"""Pages of meetings: the list, one meeting in its three modes, the minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from samrad.cases.queries import visible_to as cases_visible_to
from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Stale
from samrad.council import actions, papers, policy, queries
from samrad.council.forms import ImpartialityForm, PlanForm, TreatForm
from samrad.council.models import AgendaItem, Attendance, Meeting
from samrad.documents.paper import thawed
from samrad.documents.typeset import paper_pdf
from samrad.governance.models import Body, PlannedMeeting
from samrad.organisation.middleware import actor

MODES = {"prepare": _lazy("Prepare"), "hold": _lazy("Hold the meeting"), "minutes": _lazy("Write the minutes")}


@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings, coming and held; where a meeting is set up, from the annual cycle or on another day."""
    by, now = actor(request), timezone.now()
    bodies = [b for b in queries.councils(by) if policy.can_plan(by, b.owner_id)]
    names = [(b.pk, b.name) for b in bodies]
    cycle = list(queries.in_cycle(bodies, now=now)[:8])
    typed = request.method == "POST" and "planned" not in request.POST
    form = PlanForm(request.POST if typed else None, bodies=names)
    if request.method == "POST":
        if not bodies:
            raise Refused(_("Only the secretariat and the chair can plan meetings."))
        made = _plan(request, form, bodies, cycle)
        if made is not None:
            return redirect("council:meeting_detail", made.pk)
    found = queries.visible_to(by)
    context = {
        "coming": found.filter(ends_at__gte=now).order_by("starts_at")[:50],
        "held": found.filter(ends_at__lt=now).order_by("-starts_at")[:30],
        "form": form,
        "can_plan": bool(bodies),
        "cycle": cycle,
    }
    return render(request, "council/meeting_list.html", context, status=400 if form.errors else 200)


def _plan(request: HttpRequest, form: PlanForm, bodies: list[Body], cycle: list[PlannedMeeting]) -> Meeting | None:
    by, now = actor(request), timezone.now()
    if "planned" in request.POST:
        planned = next((p for p in cycle if str(p.pk) == request.POST["planned"]), None)
        if planned is None:
            messages.error(request, _("The meeting is set up already, or no longer in the annual cycle."))
            return None
        return actions.plan_meeting(
            by=by,
            at=now,
            body=planned.body,
            planned=planned,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at or planned.starts_at + timedelta(hours=2),
            place=planned.place,
        )
    if not form.is_valid():
        return None
    values = dict(form.cleaned_data)
    body = next(b for b in bodies if b.pk == values.pop("body"))
    return actions.plan_meeting(by=by, at=now, body=body, **values)


def _agenda(request: HttpRequest, pk: int) -> queries.Agenda:
    return queries.agenda_of(get_object_or_404(queries.visible_to(actor(request)), pk=pk))


def _treat_form(item: AgendaItem) -> TreatForm:
    paper = getattr(item.case, "paper", None) if item.case else None
    return TreatForm(
        initial={
            "version": item.version,
            "discussion": item.discussion,
            "outcome": item.draft_outcome or (paper.proposed_outcome if paper else ""),
            "text": item.draft_text or (paper.proposed_text if paper else ""),
            "reason": item.draft_reason,
        },
    )


def _people(agenda: queries.Agenda) -> list[tuple[int, str]]:
    return [(seat.person_id, seat.person.name) for seat in agenda.seats]


def _mode(request: HttpRequest, meeting: Meeting, modes: list[str]) -> str:
    asked = request.POST.get("mode") or request.GET.get("mode") or ""
    if asked in modes:
        return str(asked)
    usual = "prepare"
    if meeting.state == Meeting.State.HELD:
        usual = "minutes" if meeting.closed_at else "hold"
    return usual if usual in modes else "prepare"


@dataclass
class Typed:
    """What was typed and could not be saved."""

    item_id: int | None = None
    treat: TreatForm | None = None
    declare: ImpartialityForm | None = None
    presence: dict[int, str] | None = None


def _seats(agenda: queries.Agenda, typed: dict[int, str] | None) -> list[dict[str, Any]]:
    rows = []
    for seat in agenda.seats:
        kept = agenda.attendance.get(seat.pk)
        # A substitute counts only when written down as present.
        usual = "present" if seat.position in (*queries.VOTING, "secretary") else "absent"
        chosen = (typed or {}).get(seat.pk) or (kept.presence if kept else usual)
        rows.append(
            {
                "pk": seat.pk,
                "name": seat.person.name,
                "seat": seat.get_position_display(),
                "entity": seat.municipality.name if seat.municipality else "",
                "state": kept.presence if kept else "",
                "chosen": chosen,
            }
        )
    return rows


def _chosen(request: HttpRequest, rows: list[queries.Row], typed: Typed) -> queries.Row | None:
    asked = str(typed.item_id or request.GET.get("item", ""))
    return next((r for r in rows if str(r.item.pk) == asked), rows[0] if rows else None)


def _basis(agenda: queries.Agenda, row: queries.Row | None) -> str:
    case = row.item.case if row else None
    return queries.exempt_by(agenda).get(case.initiative_id or 0, "") if case else ""


def _page(
    request: HttpRequest, agenda: queries.Agenda, *, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    by, meeting, typed = actor(request), agenda.meeting, typed or Typed()
    keeps, rows = policy.can_keep_minutes(by, meeting), queries.visible_items(by, agenda)
    holds = queries.treats(by, meeting) and meeting.state != Meeting.State.PLANNED
    modes = ["prepare", *(["hold"] if holds else []), *(["minutes"] if keeps else [])]
    mode, chosen = _mode(request, meeting, modes), _chosen(request, rows, typed)
    writes = bool(keeps) and mode != "prepare" and chosen is not None
    sets = policy.can_set_agenda(by, meeting)
    context = {
        "meeting": meeting,
        "mode": mode,
        "modes": [(code, MODES[code]) for code in modes] if len(modes) > 1 else [],
        "rows": rows,
        "chosen": chosen,
        "exempt": _basis(agenda, chosen),
        "treat": (typed.treat or _treat_form(chosen.item)) if chosen and writes else None,
        "declare": (typed.declare or ImpartialityForm(people=_people(agenda))) if writes else None,
        "can_treat": policy.can_treat(by, agenda, chosen.item) if chosen else None,
        "takes_off": policy.can_take_off(by, meeting, chosen.item) if chosen else None,
        "keeps": keeps,
        "records": policy.can_record(by, meeting),
        "sets": sets,
        "notice": policy.can_send_notice(by, agenda),
        "notice_warning": policy.notice_warning(agenda, timezone.localdate()),
        "presence": Attendance.Presence.choices,
        "seats": _seats(agenda, typed.presence),
        "ready": list(queries.ready_cases(by, meeting.body)) if sets and mode == "prepare" else [],
    }
    return render(request, "council/meeting_detail.html", context, status=status)


@login_required
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting, in three modes: its agenda, who is there, what it found."""
    return _page(request, _agenda(request, pk))


def _back(request: HttpRequest, pk: int, item_id: int | None = None) -> HttpResponse:
    asked = {"mode": request.POST.get("mode"), "item": item_id}
    kept = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"{reverse('council:meeting_detail', args=[pk])}{'?' if kept else ''}{kept}")


def _do(request: HttpRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, pk)


def _version(request: HttpRequest) -> int:
    """The version the form was made from; one that says none is stale."""
    text = str(request.POST.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _status(refused: Refused) -> int:
    return 409 if isinstance(refused, Stale) else 422


@login_required
@require_POST
def agenda_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case on the agenda, or take one off."""
    by, now, agenda = actor(request), timezone.now(), _agenda(request, pk)
    case, item = str(request.POST.get("case", "")), str(request.POST.get("take_off", ""))
    if any(str(i.pk) == item for i in agenda.items):
        take_off = partial(actions.take_off_agenda, by=by, at=now, item_id=int(item))
        return _do(request, pk, take_off, _("Taken off the agenda."))
    if case.isdecimal() and len(case) < 16 and cases_visible_to(by).filter(pk=int(case)).exists():
        put = partial(actions.put_on_agenda, by=by, at=now, meeting_id=pk, case_id=int(case))
        return _do(request, pk, put, _("Put on the agenda."))
    policy.can_set_agenda(by, agenda.meeting).require()
    messages.error(request, _("Choose a case first."))
    return _back(request, pk)


@login_required
@require_POST
def notice_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice of meeting."""
    by = actor(request)
    _agenda(request, pk)
    send = partial(actions.send_notice, by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
    return _do(request, pk, send, _("The notice is sent."))


@login_required
@require_POST
def attendance_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who is present; what was chosen is kept when it cannot be saved."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_record(by, agenda.meeting).require()
    presence = {s.pk: str(request.POST.get(f"seat_{s.pk}", "absent")) for s in agenda.seats}
    version = _version(request)
    try:
        actions.record_attendance(by=by, at=timezone.now(), meeting_id=pk, presence=presence, version=version)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, _agenda(request, pk), typed=Typed(presence=presence), status=_status(refused))
    messages.success(request, _("The attendance is written down."))
    return _back(request, pk)


@login_required
@require_POST
def impartiality_declare(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down a question of impartiality."""
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_record(by, agenda.meeting).require()
    form = ImpartialityForm(request.POST, people=_people(agenda))
    if form.is_valid():
        typed = form.cleaned_data
        actions.declare_impartiality(
            by=by,
            at=timezone.now(),
            item_id=item_id,
            person_id=typed["person"],
            reason=typed["reason"],
            disqualified=typed["disqualified"],
        )
        messages.success(request, _("The question of impartiality is written down."))
        return _back(request, pk, item_id)
    return _page(request, agenda, typed=Typed(item_id=item_id, declare=form), status=422)


@login_required
@require_POST
def item_treat(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down what the body found in an item; what was typed is kept when it cannot be saved."""
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_keep_minutes(by, agenda.meeting).require()
    form, status = TreatForm(request.POST), 422
    if form.is_valid():
        try:
            actions.treat_item(by=by, at=timezone.now(), item_id=item_id, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return _back(request, pk, item_id)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    agenda = _agenda(request, pk)
    if status == 409:
        # Both texts stand on the page now: sent again, the typed one is the one that was chosen.
        newest = next(i.version for i in agenda.items if i.pk == item_id)
        form.data = {**request.POST.dict(), "version": str(newest)}
    return _page(request, agenda, typed=Typed(item_id=item_id, treat=form), status=status)


@login_required
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting."""
    by = actor(request)
    _agenda(request, pk)
    close = partial(actions.close_meeting, by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
    return _do(request, pk, close, _("The meeting is closed. The chair is told that the minutes wait."))


@login_required
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, to be read and approved."""
    by, agenda = actor(request), _agenda(request, pk)
    if request.method == "POST":
        try:
            actions.approve_minutes(by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
            messages.success(request, _("The minutes are approved and locked."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("council:minutes_detail", pk)
    context = {
        "meeting": agenda.meeting,
        "rows": queries.visible_items(by, agenda),
        "exempt": queries.exempt_by(agenda),
        "approve": policy.can_approve(by, agenda),
        "seats": _seats(agenda, None),
        "approved": agenda.meeting.state == Meeting.State.APPROVED,
    }
    return render(request, "council/minutes_detail.html", context)


@login_required
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as PDF: as they were approved, or as they stand until then."""
    by, agenda = actor(request), _agenda(request, pk)
    rows = queries.visible_items(by, agenda)
    if len(rows) != len(agenda.items) or not all(row.opens for row in rows):
        raise Refused(_("Parts of the minutes are not open to you."))
    meeting = agenda.meeting
    kept = meeting.minutes_paper
    content = paper_pdf(thawed(kept) if kept else papers.minutes(agenda, language=request.LANGUAGE_CODE))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="motebok-{meeting.year}-{meeting.number}.pdf"'
    return response


@login_required
def calendar_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    url = request.build_absolute_uri(reverse("council:meeting_detail", args=[pk]))
    content = papers.calendar(_agenda(request, pk).meeting, url=url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response
