"""The agenda: what comes on it, what comes off, and in which order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import Hand, move_case
from samrad.cases.models import Case
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.locking import _item, _locked, _touch
from samrad.council.actions.rounds import Step, _follow, _hand
from samrad.council.models import AgendaItem, Meeting
from samrad.council.notifications import tell_urgent
from samrad.council.queries import (
    KEPT,
    Agenda,
    closing_bases,
    next_meeting,
    referrals_waiting,
    urgent_unreported,
)
from samrad.eventlog.actions import Happened, record
from samrad.initiatives.actions import next_number
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.actions import freeze_paper

SHORT = 5
"""The minutes that a referral or something to be told usually takes."""


def _number(*, by: Actor, meeting: Meeting, series: str) -> int:
    return next_number(
        by=by,
        at=meeting.starts_at,
        owner_id=meeting.owner_id,
        shared_with_id=meeting.shared_with_id,
        series=f"{series}{meeting.body_id}",
    )


def _give_numbers(*, by: Actor, agenda: Agenda) -> None:
    """What stands on the agenda gets its numbers in the body's series, in order: so the numbers that are used have no gap."""
    for item in agenda.standing:
        if item.number is None:
            series = "R" if item.kind == AgendaItem.Kind.REFERRAL else "S"
            item.number = _number(by=by, meeting=agenda.meeting, series=series)
            item.save(update_fields=["number"])


def _place(agenda: Agenda) -> int:
    """Where a new item comes: before what is only referred."""
    place = max((i.order for i in agenda.items if i.kind != AgendaItem.Kind.REFERRAL), default=0) + 1
    agenda.meeting.items.filter(order__gte=place).update(order=F("order") + 1)
    return place


def _round_name(case: Case, meeting: Meeting) -> str:
    """What an item about a prioritisation round is called, in the house's language."""
    with override(Entity.objects.get(pk=meeting.owner_id).language):
        return str(case.round.name)[:200]


def _put(*, by: Actor, at: datetime, agenda: Agenda, case: Case, event: Happened, item: AgendaItem) -> AgendaItem:
    hand = Hand(
        kind="hold_meeting",
        role="secretariat_lead",
        entity_id=agenda.meeting.owner_id,
        object_id=agenda.meeting.pk,
        due=localdate(agenda.meeting.starts_at),
    )
    move_case(by=by, at=at, case=case, to="on_agenda", event=event, hands=[hand])
    if case.kind == Case.Kind.ROUND:
        item.title = _round_name(case, agenda.meeting)
        item.save(update_fields=["title"])
        _follow(by=by, at=at, case=case, step=Step(to="on_agenda", meeting=agenda.meeting))
    _touch(agenda.meeting)
    return item


def _standing(agenda: Agenda, case: Case) -> AgendaItem | None:
    return next((i for i in agenda.standing if i.case_id == case.pk and i.kind == AgendaItem.Kind.CASE), None)


@transaction.atomic
def put_on_agenda(*, by: Actor, at: datetime, meeting_id: int, case_id: int) -> AgendaItem:
    """Put a prepared case on the agenda. It gets its number in the body's series when the notice is sent."""
    agenda = _locked(meeting_id)
    meeting, case = agenda.meeting, lock_case(case_id)
    standing = _standing(agenda, case)
    if standing is not None:
        return standing
    policy.can_set_agenda(by, meeting, case).require()
    place = _place(agenda)
    item = AgendaItem.objects.create(**house_of(meeting), meeting=meeting, case=case, order=place)
    event = events.PutOnAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, number=place)
    return _put(by=by, at=at, agenda=agenda, case=case, event=event, item=item)


@transaction.atomic
def take_urgent_case(*, by: Actor, at: datetime, meeting_id: int, case_id: int, reason: str) -> AgendaItem:
    """Take in an urgent case, as chair: also after the notice, and in the meeting. The next meeting hears of it."""
    agenda = _locked(meeting_id)
    meeting, case = agenda.meeting, lock_case(case_id)
    standing = _standing(agenda, case)
    if standing is not None and standing.urgent:
        return standing  # a second click
    policy.can_take_urgent(by, meeting, case).require()
    if not reason.strip():
        lack = Lack(_("Say why it cannot wait."), "id_urgent_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    item = AgendaItem.objects.create(
        **house_of(meeting),
        meeting=meeting,
        case=case,
        order=_place(agenda),
        urgent_reason=reason.strip()[:500],
        urgent_by_id=by.person,
        urgent_at=at,
    )
    if meeting.state != Meeting.State.PLANNED:
        item.number = _number(by=by, meeting=meeting, series="S")
        version = freeze_paper(by=by, at=at, case=case)
        item.paper_number = version.number if version is not None else None
        item.save(update_fields=["number", "paper_number"])
    event = events.UrgentCaseTaken(
        initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, item_id=item.pk
    )
    _put(by=by, at=at, agenda=agenda, case=case, event=event, item=item)
    if meeting.state != Meeting.State.PLANNED:
        tell_urgent(by=by, at=at, agenda=agenda, title=case.initiative.title if case.initiative else "")
    return item


def _report_urgent(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    """The body hears of the urgent cases of its earlier meetings, once each (S23)."""
    meeting = agenda.meeting
    for urgent in urgent_unreported(meeting):
        item = AgendaItem.objects.create(
            **house_of(meeting),
            meeting=meeting,
            case=urgent.case,
            kind=AgendaItem.Kind.INFORMATION,
            reports=urgent,
            order=_place(agenda),
            minutes_planned=SHORT,
        )
        if meeting.state != Meeting.State.PLANNED:
            item.number = _number(by=by, meeting=meeting, series="S")
            item.save(update_fields=["number"])
        agenda.items.append(item)
        event = events.UrgentCaseReported(
            initiative_id=urgent.case.initiative_id if urgent.case else None,
            case_id=urgent.case_id,
            meeting_id=meeting.pk,
            item_id=urgent.pk,
        )
        record(event, by=by, at=at, house=meeting)


@transaction.atomic
def add_information(*, by: Actor, at: datetime, meeting_id: int, title: str, minutes: int = SHORT) -> AgendaItem:
    """Put something to be told on the agenda, without a case. `minutes`: how long it takes."""
    agenda = _locked(meeting_id)
    meeting = agenda.meeting
    policy.can_set_agenda(by, meeting).require()
    if not title.strip():
        raise Refused(Verdict.no(_("Say what it is about."), (Lack(_("Say what it is about."), "id_title"),)))
    item = AgendaItem.objects.create(
        **house_of(meeting),
        meeting=meeting,
        kind=AgendaItem.Kind.INFORMATION,
        title=title.strip()[:200],
        order=_place(agenda),
        minutes_planned=minutes,
    )
    if meeting.state != Meeting.State.PLANNED:
        item.number = _number(by=by, meeting=meeting, series="S")
        item.save(update_fields=["number"])
    _touch(meeting)
    record(events.InformationAdded(meeting_id=meeting.pk, item_id=item.pk), by=by, at=at, house=meeting)
    return item


@transaction.atomic
def plan_item(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    minutes: int,
    closed_code: str = "",
    open_title: str = "",
) -> AgendaItem:
    """Say how many minutes an item takes, and by which rule of the register the doors are closed for it (empty: open).

    `open_title` is what others read in place of a closed item's title. A basis written by hand before the register stands.
    """
    item, agenda = _item(item_id, version)
    policy.can_set_agenda(by, agenda.meeting).require()
    item.minutes_planned, item.open_title = minutes, open_title.strip()[:120]
    if closed_code != KEPT:
        bases = {basis.code: basis for basis in closing_bases(agenda.meeting, on=localdate(at))}
        if closed_code and closed_code not in bases:
            raise Refused(_("Choose a section of the law from the register."))
        item.closed_code = closed_code
        item.closed_basis = bases[closed_code].name if closed_code else ""
    item.version += 1
    item.save()
    event = events.ItemPlanned(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        meeting_id=agenda.meeting.pk,
        item_id=item.pk,
        minutes=minutes,
        closed=bool(item.closed_basis),
    )
    record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)
    return item


@transaction.atomic
def take_off_agenda(*, by: Actor, at: datetime, item_id: int) -> None:
    """Take an item off the agenda again; its case stays ready. After the notice it stands there with its number, as taken off."""
    item, agenda = _item(item_id, None)
    policy.can_take_off(by, agenda, item).require()
    _take_off(by=by, at=at, item=item, meeting=agenda.meeting)
    _leave(item, at=at)
    _touch(agenda.meeting)


def _leave(item: AgendaItem, *, at: datetime) -> None:
    """The item goes; where its number has been given out, it stands as taken off."""
    if item.number is None:
        item.delete()
        return
    item.taken_off_at, item.reports = at, None  # an urgent case that it told of waits for the next meeting
    item.save(update_fields=["taken_off_at", "reports"])


def _take_off(*, by: Actor, at: datetime, item: AgendaItem, meeting: Meeting) -> None:
    """The case no longer waits for the meeting."""
    if item.case_id is None:
        record(events.TakenOffAgenda(meeting_id=meeting.pk), by=by, at=at, house=meeting)
        return
    case = lock_case(item.case_id)
    event = events.TakenOffAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk)
    if case.state == "on_agenda" and item.kind == AgendaItem.Kind.CASE:
        step = Step(to="ready", meeting=meeting)
        move_case(by=by, at=at, case=case, to="ready", event=event, hands=[_hand(step, case)])
        _follow(by=by, at=at, case=case, step=step)
    else:  # withdrawn meanwhile, or only referred
        record(event, by=by, at=at, house=case)


@transaction.atomic
def move_item(*, by: Actor, at: datetime, item_id: int, up: bool, version: int | None = None) -> AgendaItem:
    """Move an item one place up or down on the agenda. Its number stays."""
    item, agenda = _item(item_id, None)
    agenda = _locked(agenda.meeting.pk, version)
    policy.can_set_agenda(by, agenda.meeting).require()
    items = agenda.items
    here = next(i for i, other in enumerate(items) if other.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return item
    items[here], items[there] = items[there], items[here]
    for place, other in enumerate(items, 1):
        if other.order != place:
            other.order = place
            other.save(update_fields=["order"])
    record(events.AgendaOrdered(meeting_id=agenda.meeting.pk), by=by, at=at, house=agenda.meeting)
    _touch(agenda.meeting)
    return item


@transaction.atomic
def refer_case(*, by: Actor, at: datetime, case: Case) -> AgendaItem | None:
    """Let the council hear at its next meeting what was decided below it. None until there is such a meeting.

    What follows from the decision, so it asks for no permission.
    """
    meeting = next_meeting(case.shared_with_id or case.owner_id, at=at)
    if meeting is None:
        return None
    made = _take_in_referrals(by=by, at=at, meeting=meeting)
    return next((i for i in made if i.case_id == case.pk), None)


def _take_in_referrals(*, by: Actor, at: datetime, meeting: Meeting) -> list[AgendaItem]:
    """Every decision of the line and the secretariat that the council has not heard of comes last on the agenda."""
    agenda = _locked(meeting.pk)
    last = max((i.order for i in agenda.items), default=0)
    numbered, made = meeting.state != Meeting.State.PLANNED, []
    for place, case in enumerate(referrals_waiting(meeting.body), last + 1):
        number = _number(by=by, meeting=meeting, series="R") if numbered else None
        made.append(
            AgendaItem.objects.create(
                **house_of(meeting),
                meeting=meeting,
                case=case,
                kind=AgendaItem.Kind.REFERRAL,
                number=number,
                order=place,
                minutes_planned=SHORT,
            )
        )
        event = events.Referred(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, number=place)
        record(event, by=by, at=at, house=meeting)
    if made:
        _touch(agenda.meeting)
    return made
