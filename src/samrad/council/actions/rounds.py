"""A prioritisation round in the meeting: its lines come on the agenda with it, are found one by one, and go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import Hand, move_case, recommend
from samrad.cases.models import Case, Recommendation
from samrad.cases.queries import lock_case
from samrad.core.verdict import Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.locking import _fresh, _item
from samrad.council.actions.treating import _treat
from samrad.council.models import AgendaItem, Meeting
from samrad.council.policy.rounds import Found, found_lacks
from samrad.eventlog.actions import Happened, record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.actions import close_round
from samrad.secretariat.models import RoundRow
from samrad.secretariat.queries.rounds import places_of, rows_of_case

FROM = {"on_agenda": ("ready", "deferred"), "ready": ("on_agenda",), "treated": ("on_agenda",)}
"""From which states a line's own case follows the round to another one."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a line's own case goes to with the round, and in which meeting."""

    to: str
    meeting: Meeting
    item_id: int = 0
    outcome: str = ""  # of every line, where the body found the same for all


def _event(step: Step, own: Case, row: RoundRow) -> Happened:
    about = {"initiative_id": own.initiative_id, "case_id": own.pk}
    if step.to == "on_agenda":
        return events.PutOnAgenda(**about, meeting_id=step.meeting.pk, number=row.line.order)
    if step.to == "ready":
        return events.TakenOffAgenda(**about, meeting_id=step.meeting.pk)
    return events.ItemTreated(**about, item_id=step.item_id, outcome=step.outcome or row.found_outcome, unanimous=False)


def _hand(step: Step, case: Case) -> Hand:
    meeting = step.meeting
    if step.to == "on_agenda":
        day = localdate(meeting.starts_at)
        return Hand(
            kind="hold_meeting", role="secretariat_lead", entity_id=meeting.owner_id, object_id=meeting.pk, due=day
        )
    if step.to == "ready":
        known: dict[str, Any] = (
            {"kind": "set_round", "object_id": case.round.pk}
            if case.kind == Case.Kind.ROUND
            else {"kind": "set_agenda"}
        )
        return Hand(**known, role="secretariat_lead", entity_id=meeting.owner_id)
    return Hand(kind="approve_minutes", role="council_chair", entity_id=meeting.owner_id, object_id=meeting.pk)


def _follow(*, by: Actor, at: datetime, case: Case, step: Step) -> None:
    """The lines that are still in the round follow it; what is withdrawn, stopped or paused meanwhile stays."""
    for row in rows_of_case(case):
        own = lock_case(row.own_case_id)
        if row.live and own.state in FROM[step.to]:
            move_case(by=by, at=at, case=own, to=step.to, event=_event(step, own, row), hands=[_hand(step, case)])


@transaction.atomic
def treat_round(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    found: Mapping[int, Found],
    discussion: str = "",
    unanimous: bool = False,
) -> AgendaItem:
    """Write down what the body found for each line of a round. It can be changed until the minutes are approved."""
    item, agenda = _item(item_id, None)
    policy.can_treat(by, agenda, item).require()
    _fresh(item, version)
    rows = [row for row in rows_of_case(item.case) if row.live]
    lacks = found_lacks(rows, found)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    for row in rows:
        said = found[row.pk]
        # Where it stands anyway is no other place.
        place = said.place if said.place != row.line.order else None
        row.found_outcome, row.found_place, row.found_reason = said.outcome, place, said.reason.strip()
        row.save(update_fields=["found_outcome", "found_place", "found_reason"])
    item.draft_outcome, item.discussion = Recommendation.Outcome.RECOMMENDED, discussion.strip()[:8000]
    item.draft_list = {}
    with override(Entity.objects.get(pk=agenda.meeting.owner_id).language):
        item.draft_text, item.draft_reason = _words(rows, found)
    item.unanimous = unanimous
    treated = _treat(by=by, at=at, item=item, agenda=agenda)
    assert treated.case is not None
    _follow(by=by, at=at, case=treated.case, step=Step(to="treated", meeting=agenda.meeting, item_id=item.pk))
    return treated


def _words(rows: Sequence[RoundRow], found: Mapping[int, Found]) -> tuple[str, str]:
    """The recommendation about the whole list, and its reason, in the house's language."""
    otherwise = sum(1 for row in rows if found[row.pk].reason.strip())
    text = _("The body puts the list in the order below, and finds for each initiative what stands in it.")
    if otherwise:
        said = _("It deviates from what was proposed or counted for %(number)s of %(all)s, and says why for each.")
        return text, said % {"number": otherwise, "all": len(rows)}
    return text, _("The body agreed with the order that was counted and with what was proposed.")


def _pass_on(*, by: Actor, at: datetime, item: AgendaItem, meeting: Meeting) -> None:
    """Each line becomes a recommendation of its own case, which goes on as if it had stood alone; the round is done."""
    case = item.case
    assert case is not None
    if item.puts_off_list:
        return _hold_back(by=by, at=at, item=item, meeting=meeting)
    rows = rows_of_case(case)
    count = sum(1 for row in rows if row.found_outcome)
    places = places_of(rows)
    language = Entity.objects.get(pk=meeting.owner_id).language
    for row in rows:
        own = row.own_case
        if not row.live or own.state != "treated" or not row.found_outcome:
            _put_off(by=by, at=at, row=row, meeting=meeting)
            continue  # it left the round meanwhile: the minutes tell, but nothing goes on
        with override(language):
            text, reason = _recommended(row, places[row.pk], count)
        row.recommendation = recommend(
            by=by, at=at, case=own, body_id=meeting.body_id, outcome=row.found_outcome, text=text, reason=reason
        )
        row.save(update_fields=["recommendation"])
        _extract(by=by, at=at, own=own, item=item)
    close_round(by=by, at=at, case=case)


def _extract(*, by: Actor, at: datetime, own: Case, item: AgendaItem) -> None:
    """The line's own case has the minutes of the item too."""
    event = events.MinutesApproved(
        initiative_id=own.initiative_id, case_id=own.pk, meeting_id=item.meeting_id, item_id=item.pk
    )
    record(event, by=by, at=at, house=own)


def _hold_back(*, by: Actor, at: datetime, item: AgendaItem, meeting: Meeting) -> None:
    """The whole list is put off: each line's own case waits with the round, which comes in another meeting."""
    assert item.case is not None
    hands = [_round_hand(item.case)]
    for row in rows_of_case(item.case):
        if not row.live or row.own_case.state != "treated":
            _put_off(by=by, at=at, row=row, meeting=meeting, hand=hands[0])
            continue
        recommend(
            by=by,
            at=at,
            case=row.own_case,
            body_id=meeting.body_id,
            outcome=item.draft_outcome,
            text=item.draft_text,
            reason=item.draft_reason,
            hands=hands,
        )
        _extract(by=by, at=at, own=row.own_case, item=item)


def _round_hand(case: Case) -> Hand:
    """The secretariat is to put the round on an agenda."""
    house = case.shared_with_id or case.owner_id
    return Hand(kind="set_round", role="secretariat_lead", entity_id=house, object_id=case.round.pk)


def _put_off(*, by: Actor, at: datetime, row: RoundRow, meeting: Meeting, hand: Hand | None = None) -> None:
    """What was paused during the round can come in another meeting when it is taken up again; `hand`: with the round."""
    own = lock_case(row.own_case_id)
    if own.state not in ("on_agenda", "treated"):
        return  # withdrawn, stopped or merged: it is closed
    hand = hand or Hand(kind="set_agenda", role="secretariat_lead", entity_id=meeting.owner_id)
    event = events.TakenOffAgenda(initiative_id=own.initiative_id, case_id=own.pk, meeting_id=meeting.pk)
    move_case(by=by, at=at, case=own, to="deferred", event=event, hands=[hand])


def _recommended(row: RoundRow, place: int, count: int) -> tuple[str, str]:
    """What the body recommends for one line, in words: the proposal of its case paper where it follows that, and why."""
    paper = getattr(row.own_case, "paper", None)
    label = str(Recommendation.Outcome(row.found_outcome).label)
    followed = paper is not None and paper.proposed_outcome == row.found_outcome
    text = paper.proposed_text if followed and paper is not None else f"{label}."
    said = _("It stands as number %(place)s of %(count)s in the prioritisation round.")
    reason = row.found_reason or row.reason
    return text, f"{said % {'place': place, 'count': count}} {reason}".strip()
