"""Pages of meetings: the list, one meeting in its three modes, the minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.queries import visible_to as cases_visible_to
from samrad.core.verdict import Refused
from samrad.council import actions, papers, policy, queries
from samrad.council.forms import PlanForm, TreatForm
from samrad.council.models import AgendaItem, Attendance, Meeting
from samrad.documents.typeset import paper_pdf
from samrad.organisation.middleware import actor


@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings, coming and held; where a meeting is set up."""
    by, now = actor(request), timezone.now()
    council = queries.councils(by).first()
    verdict = policy.can_plan(by, council.owner_id) if council else None
    form = PlanForm(request.POST or None)
    if request.method == "POST" and council is not None and form.is_valid():
        try:
            meeting = actions.plan_meeting(by=by, at=now, body=council, **form.cleaned_data)
            return redirect("council:meeting_detail", meeting.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    found = queries.visible_to(by)
    context = {
        "coming": found.filter(starts_at__gte=now).order_by("starts_at"),
        "held": found.filter(starts_at__lt=now).order_by("-starts_at")[:30],
        "form": form,
        "can_plan": verdict,
    }
    return render(request, "council/meeting_list.html", context, status=400 if form.errors else 200)


def _agenda(request: HttpRequest, pk: int) -> queries.Agenda:
    meeting = get_object_or_404(queries.visible_to(actor(request)), pk=pk)
    return queries.agenda_of(meeting, on=timezone.localdate())


def _form(item: AgendaItem, typed: TreatForm | None) -> TreatForm:
    if typed is not None:
        return typed
    paper = getattr(item.case, "paper", None) if item.case else None
    return TreatForm(
        initial={
            "version": item.version,
            "discussion": item.discussion,
            "outcome": item.draft_outcome or (paper.proposed_outcome if paper else ""),
            "text": item.draft_text or (paper.proposed_text if paper else ""),
            "reason": item.draft_reason,
        },
        auto_id=f"id_{item.pk}_%s",
    )


def _page(request: HttpRequest, agenda: queries.Agenda, *, typed: dict[int, TreatForm] | None = None) -> HttpResponse:
    by = actor(request)
    keeps = policy.can_keep_minutes(by, agenda.meeting)
    rows: list[dict[str, Any]] = []
    for row in queries.visible_items(by, agenda):
        item = row["item"]
        row["treat"] = policy.can_treat(by, agenda, item)
        row["form"] = _form(item, (typed or {}).get(item.pk)) if keeps.allowed else None
        rows.append(row)
    sets = policy.can_set_agenda(by, agenda.meeting)
    context = {
        "meeting": agenda.meeting,
        "agenda": agenda,
        "rows": rows,
        "keeps": keeps,
        "sets": sets,
        "notice": policy.can_send_notice(by, agenda),
        "quorum": policy.quorum(agenda),
        "approve": policy.can_approve(by, agenda),
        "presence": Attendance.Presence.choices,
        "seats": [(seat, agenda.attendance.get(seat.pk)) for seat in agenda.seats],
        "ready": list(queries.ready_cases(by, agenda.meeting.body)) if sets.allowed else [],
    }
    return render(request, "council/meeting_detail.html", context, status=400 if typed else 200)


@login_required
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, who is there, what it found."""
    return _page(request, _agenda(request, pk))


def _do(request: HttpRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("council:meeting_detail", pk)


@login_required
@require_POST
def agenda_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case on the agenda, or take one off."""
    by, now = actor(request), timezone.now()
    _agenda(request, pk)
    case = str(request.POST.get("case", ""))
    item = str(request.POST.get("take_off", ""))
    if item.isdigit() and AgendaItem.objects.filter(pk=int(item), meeting_id=pk).exists():
        return _do(
            request, pk, lambda: actions.take_off_agenda(by=by, at=now, item_id=int(item)), _("Taken off the agenda.")
        )
    if case.isdigit() and cases_visible_to(by).filter(pk=int(case)).exists():
        return _do(
            request,
            pk,
            lambda: actions.put_on_agenda(by=by, at=now, meeting_id=pk, case_id=int(case)),
            _("Put on the agenda."),
        )
    messages.error(request, _("Choose a case first."))
    return redirect("council:meeting_detail", pk)


@login_required
@require_POST
def notice_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice of meeting."""
    by = actor(request)
    _agenda(request, pk)
    return _do(
        request, pk, lambda: actions.send_notice(by=by, at=timezone.now(), meeting_id=pk), _("The notice is sent.")
    )


@login_required
@require_POST
def attendance_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who is present."""
    by, agenda = actor(request), _agenda(request, pk)
    presence = {s.pk: str(request.POST.get(f"seat_{s.pk}", "absent")) for s in agenda.seats}
    act = lambda: actions.record_attendance(by=by, at=timezone.now(), meeting_id=pk, presence=presence)  # noqa: E731 - one use
    return _do(request, pk, act, _("The attendance is written down."))


@login_required
@require_POST
def impartiality_declare(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down a question of impartiality."""
    by = actor(request)
    _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    person = str(request.POST.get("person", ""))
    return _do(
        request,
        pk,
        lambda: actions.declare_impartiality(
            by=by,
            at=timezone.now(),
            item_id=item_id,
            person_id=int(person) if person.isdigit() else 0,
            reason=str(request.POST.get("reason", "")),
            disqualified=request.POST.get("disqualified") == "yes",
        ),
        _("The question of impartiality is written down."),
    )


@login_required
@require_POST
def item_treat(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down what the body found in an item; what was typed is kept when it cannot be saved."""
    agenda = _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_keep_minutes(actor(request), agenda.meeting).require()
    form = TreatForm(request.POST, auto_id=f"id_{item_id}_%s")
    if form.is_valid():
        try:
            actions.treat_item(by=actor(request), at=timezone.now(), item_id=item_id, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("council:meeting_detail", pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _page(request, agenda, typed={item_id: form})


@login_required
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, to be read and approved."""
    by, agenda = actor(request), _agenda(request, pk)
    if request.method == "POST":
        try:
            actions.approve_minutes(by=by, at=timezone.now(), meeting_id=pk)
            messages.success(request, _("The minutes are approved and locked."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("council:minutes_detail", pk)
    context = {
        "meeting": agenda.meeting,
        "agenda": agenda,
        "rows": queries.visible_items(by, agenda),
        "approve": policy.can_approve(by, agenda),
        "seats": [(s, agenda.attendance.get(s.pk)) for s in agenda.seats],
        "approved": agenda.meeting.state == Meeting.State.APPROVED,
    }
    return render(request, "council/minutes_detail.html", context)


@login_required
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as PDF."""
    agenda = _agenda(request, pk)
    if len(queries.visible_items(actor(request), agenda)) != len(agenda.items):
        raise Refused(_("Parts of the minutes are not open to you."))
    content = paper_pdf(papers.minutes(agenda, language=request.LANGUAGE_CODE))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="motebok-{agenda.meeting.year}-{agenda.meeting.number}.pdf"'
    )
    return response


@login_required
def calendar_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    response = HttpResponse(papers.calendar(_agenda(request, pk).meeting), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response
