"""One meeting's page in its three modes, and what every view of it shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from samrad.core.asked import number_in
from samrad.core.verdict import Refused, Stale
from samrad.council import papers, policy, queries
from samrad.council.forms import (
    ImpartialityForm,
    InformationForm,
    PlanItemForm,
    PointForm,
    StatementForm,
    TreatForm,
    UrgentForm,
    VoteForm,
)
from samrad.council.forms.rounds import DeferForm, RoundForm
from samrad.council.models import AgendaItem, Attendance, Meeting
from samrad.council.policy.approving import can_approve_last, can_take_papers, seem_whole
from samrad.council.policy.publishing import can_publish
from samrad.council.queries.following import changes_of, untreated_in, with_changes
from samrad.governance.models import Seat
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.secretariat.queries.lists import rounds_table
from samrad.secretariat.queries.rounds import Line, list_for

MODES = {"prepare": _lazy("Prepare"), "hold": _lazy("Hold the meeting"), "minutes": _lazy("Write the minutes")}


def _agenda(request: HttpRequest, pk: int) -> queries.Agenda:
    return queries.Agenda(get_object_or_404(with_changes(queries.visible_to(actor(request))), pk=pk))


def _treat_form(row: queries.Row) -> TreatForm:
    item = row.item
    paper = row.paper or (getattr(item.case, "paper", None) if item.case else None)
    return TreatForm(
        initial={
            "version": item.version,
            "discussion": item.discussion,
            "outcome": item.draft_outcome or (paper.proposed_outcome if paper else ""),
            "text": item.draft_text or (paper.proposed_text if paper else ""),
            "reason": item.draft_reason,
        },
    )


def _vote_form(item: AgendaItem) -> VoteForm:
    names = ("version", "votes_for", "votes_against", "votes_blank", "casting_vote")
    return VoteForm(initial={name: getattr(item, name) for name in names}, auto_id="id_vote_%s")


def _people(agenda: queries.Agenda) -> list[tuple[int, str]]:
    return [(seat.person_id, seat.person.name) for seat in agenda.seats]


def _present(agenda: queries.Agenda) -> list[tuple[int, str]]:
    return [(pk, name) for pk, name in _people(agenda) if pk in agenda.present]


def _mode(request: HttpRequest, meeting: Meeting, modes: list[str]) -> str:
    asked = request.POST.get("mode") or request.GET.get("mode") or ""
    if asked in modes:
        return str(asked)
    usual = "prepare"
    if meeting.state == Meeting.State.HELD:
        usual = "minutes" if meeting.closed_at else "hold"
    return usual if usual in modes else "prepare"


DEFER_ID = "id_defer_%s"


@dataclass
class Typed:
    """What was typed and could not be saved."""

    item_id: int | None = None
    treat: TreatForm | None = None
    declare: ImpartialityForm | None = None
    presence: dict[int, str] | None = None
    vote: VoteForm | None = None
    said: StatementForm | None = None
    plan: PlanItemForm | None = None
    information: InformationForm | None = None
    urgent: UrgentForm | None = None
    point: PointForm | None = None
    list: RoundForm | None = None
    defer: DeferForm | None = None
    stale: bool = False  # another has written meanwhile: what stands is shown beside what was typed


def _seat_note(seat: Seat, kept: Attendance | None) -> str:
    if kept is not None and kept.called_at is not None:
        at = timezone.localtime(kept.called_at)
        return _("called %(time)s") % {"time": date_format(at, "SHORT_DATETIME_FORMAT")}
    return "" if seat.position != "observer" else _("no vote")


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
                "substitute": seat.position == "substitute",
                "note": _seat_note(seat, kept),
            }
        )
    return rows


def _chosen(request: HttpRequest, rows: list[queries.Row], typed: Typed) -> queries.Row | None:
    asked = str(typed.item_id or request.GET.get("item", ""))
    return next((r for r in rows if str(r.item.pk) == asked), rows[0] if rows else None)


def _basis(agenda: queries.Agenda, row: queries.Row | None) -> str:
    case = row.item.case if row else None
    return queries.exempt_by(agenda).get(case.initiative_id or 0, "") if case else ""


def _writing(agenda: queries.Agenda, chosen: queries.Row, typed: Typed, lines: list[Line]) -> dict[str, Any]:
    """The forms by which the minutes of an item are written; what was typed stands in them."""
    treats = chosen.item.case is not None and chosen.item.kind == AgendaItem.Kind.CASE
    lists = chosen.round is not None
    said = typed.said or StatementForm(people=_present(agenda), auto_id="id_said_%s")
    return {
        "treat": (typed.treat or _treat_form(chosen)) if treats and not lists else None,
        "list": (typed.list or list_form(lines, chosen.item)) if treats and lists else None,
        "defer": (typed.defer or DeferForm(initial={"version": chosen.item.version}, auto_id=DEFER_ID))
        if lists
        else None,
        "note": None if treats else (typed.treat or _treat_form(chosen)),
        "vote": (typed.vote or _vote_form(chosen.item)) if treats else None,
        "declare": typed.declare or ImpartialityForm(people=_people(agenda), auto_id="id_declare_%s"),
        "said": said,
        "stands": chosen.item if typed.stale and typed.treat else None,
        "writes": True,
    }


def list_form(lines: list[Line], item: AgendaItem, data: Any = None) -> RoundForm:
    """The form by which the treatment of a prioritisation round is written down."""
    live = [line for line in lines if line.row.live]
    start = {"version": item.version, "discussion": item.discussion}
    return RoundForm(data, lines=live, initial=start, drafts=item.draft_list, auto_id="id_%s")


def lines_for(by: Actor, row: queries.Row | None) -> list[Line]:
    """The list of the round that an item is about, as one may read it; empty where it is about none."""
    one = row.round if row is not None and row.opens else None
    return list_for(by, one, on=timezone.localdate()) if one is not None else []


def urgent_form(by: Actor, agenda: queries.Agenda, data: Any = None) -> UrgentForm:
    """The form by which the chair takes in an urgent case."""
    ready = queries.ready_cases(by, agenda.meeting.body, only_routed=True)
    cases = [(case.pk, f"{case.initiative.reference} {case.initiative.title}") for case in ready if case.initiative]
    return UrgentForm(data, cases=cases, auto_id="id_urgent_%s")


def _in_room(by: Actor, agenda: queries.Agenda, item: AgendaItem) -> dict[str, Any]:
    """Who is in the room for an item, who votes, and who leads it."""
    out = item.away_ids
    leads = policy.leads_item(agenda, item)
    people = {s.person_id: s.person.name for s in agenda.seats if s.person_id in agenda.present}
    return {
        "in_room": [(pk, name, pk not in out) for pk, name in people.items()],
        "voters": papers.voters_text(agenda, item),
        **_approving(by, agenda, item),
        "quorum": policy.quorum(agenda, item),
        "leads": leads,
        "agrees": policy.can_agree(by, agenda, item),
    }


def _approving(by: Actor, agenda: queries.Agenda, item: AgendaItem) -> dict[str, Any]:
    """The minutes that the body approves in the item, and whether it can do so now."""
    if item.approves is None:
        return {}
    whole = seem_whole(item.treated_at is None and untreated_in(item.approves))
    approves = can_approve_last(by, agenda, item, item.approves, whole=whole)
    return {"approves": approves, "approved": papers.approval_text(item)}


def _point_form(agenda: queries.Agenda, typed: Typed) -> PointForm:
    people = [(person.pk, person.name) for person in queries.may_be_responsible(agenda)]
    return typed.point or PointForm(people=people, auto_id="id_point_%s")


def plan_form(agenda: queries.Agenda, item: AgendaItem, data: Any = None) -> PlanItemForm:
    """The form by which the secretariat says how long an item takes, and whether the doors are closed."""
    bases = queries.closing_bases(agenda.meeting, on=timezone.localdate())
    by_hand = item.closed_basis and item.closed_code not in {basis.code for basis in bases}
    start = {
        "version": item.version,
        "minutes": item.minutes_planned,
        "closed_code": queries.KEPT if by_hand else item.closed_code,
        "open_title": item.open_title,
    }
    return PlanItemForm(data, initial=start, bases=bases, item=item, auto_id="id_plan_%s")


def _planning(by: Actor, agenda: queries.Agenda, chosen: queries.Row | None, typed: Typed) -> dict[str, Any]:
    """The forms by which the agenda is set."""
    meeting, found = agenda.meeting, dict[str, Any]()
    if policy.can_set_agenda(by, meeting):
        found["information"] = typed.information or InformationForm(auto_id="id_information_%s")
        if chosen is not None:
            found["plan"] = typed.plan or plan_form(agenda, chosen.item)
    if policy.can_take_urgent(by, meeting):
        found["urgent"] = typed.urgent or urgent_form(by, agenda)
    return found


def _page(
    request: HttpRequest, agenda: queries.Agenda, *, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    by, meeting, typed = actor(request), agenda.meeting, typed or Typed()
    keeps, rows = policy.can_keep_minutes(by, meeting), queries.visible_items(by, agenda)
    treating = queries.treats(by, meeting)
    holds = treating and meeting.state not in (Meeting.State.PLANNED, Meeting.State.CANCELLED)
    modes = ["prepare", *(["hold"] if holds else []), *(["minutes"] if keeps else [])]
    mode, chosen = _mode(request, meeting, modes), _chosen(request, rows, typed)
    sets, lines = policy.can_set_agenda(by, meeting), lines_for(by, chosen)
    context = {
        "meeting": meeting,
        "called": policy.is_called(by, agenda),
        "mode": mode,
        "modes": [(code, MODES[code]) for code in modes] if len(modes) > 1 else [],
        "rows": rows,
        "chosen": chosen,
        "lines": rounds_table(lines, reads=treating),
        "exempt": _basis(agenda, chosen),
        "vote_text": papers.vote_text(chosen.item) if chosen else "",
        **(_writing(agenda, chosen, typed, lines) if chosen and keeps and mode != "prepare" else {}),
        **(_in_room(by, agenda, chosen.item) if chosen and mode != "prepare" and treating else {}),
        **(_planning(by, agenda, chosen, typed) if mode == "prepare" else {}),
        "treating": treating,
        "unrepresented": policy.unrepresented(agenda) if treating else [],
        "over": queries.minutes_over(agenda) if treating else 0,
        "point": _point_form(agenda, typed) if keeps and mode != "prepare" else None,
        "points": list(meeting.action_points.select_related("responsible", "item")) if treating else [],
        "can_treat": policy.can_treat(by, agenda, chosen.item) if chosen else None,
        "takes_off": policy.can_take_off(by, agenda, chosen.item) if chosen else None,
        "keeps": keeps,
        "records": policy.can_record(by, meeting),
        "sets": sets,
        "changes": changes_of(meeting),
        "change": policy.can_change(by, meeting),
        "elsewhere": policy.can_hold_elsewhere(by, meeting),
        "package": policy.can_take_package(by, meeting),
        "publishes": can_publish(by, meeting),
        "takes_papers": can_take_papers(by, meeting),
        "notice": policy.can_send_notice(by, agenda),
        "notice_warning": policy.notice_warning(agenda, timezone.localdate()),
        "presence": Attendance.Presence.choices,
        "seats": _seats(agenda, typed.presence),
        "ready": list(queries.ready_cases(by, meeting.body)) if sets and mode == "prepare" else [],
    }
    return render(request, "council/meeting_detail.html", context, status=status)


def _back(request: HttpRequest, pk: int, item_id: int | None = None) -> HttpResponse:
    asked = {"mode": request.POST.get("mode"), "item": item_id}
    kept = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"{reverse('council:meeting_detail', args=[pk])}{'?' if kept else ''}{kept}")


def _do(
    request: HttpRequest, pk: int, act: Callable[[], object], done: str, item_id: int | None = None
) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(request, pk, item_id)


def _version(request: HttpRequest) -> int:
    """The version the form was made from; one that says none is stale."""
    return number_in(request.POST.get("version"))


def _status(refused: Refused) -> int:
    return 409 if isinstance(refused, Stale) else 422
