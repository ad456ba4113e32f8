"""Sending a need to be anchored: whom it goes to, and what each is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.events import Asked, SentToAnchoring
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_asked
from samrad.anchoring.policy import can_send, groundwork
from samrad.anchoring.queries import groundwork_lacks, open_hearings
from samrad.cases.actions import Hand, hand_out, move_case, open_case
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lock_case, participants_of
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import Happened, record
from samrad.initiatives.actions import involve, keep_version, lock_initiative, reach_stage
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit
from samrad.organisation.queries import holders

DAYS_TO_ANSWER = 14
TASK_OF = {"expert_group": "state_opinion", "endorsement": "endorse", "hearing": "be_heard"}
Kind = Request.Kind


def _expert_group(initiative: Initiative, at: datetime) -> tuple[int, list[Person]]:
    """Those who head the expert group of the field: the house's, else the municipality's own."""
    for entity_id in dict.fromkeys([house_id(initiative), initiative.owner_id]):
        people = holders("expert_group_lead", entity_id=entity_id, on=localdate(at), field_id=initiative.field_id)
        found = list(people.order_by("name"))
        if found:
            return entity_id, found
    raise Refused(
        _("Nobody heads the expert group for «%(field)s» today. Ask the administrator to name someone.")
        % {"field": initiative.field}
    )


def _sector_heads(unit: Unit, at: datetime) -> list[Person]:
    people = holders("sector_head", entity_id=unit.owner_id, on=localdate(at), unit_id=unit.pk)
    found = list(people.order_by("name"))
    if not found:
        raise Refused(
            _("Nobody is head of the sector «%(sector)s» today. Ask the administrator to name someone.")
            % {"sector": unit.name}
        )
    return found


def _to_be_heard(initiative: Initiative, at: datetime) -> Iterable[tuple[int, Person]]:
    """In each other participating municipality: the head of the sector of the same name, else the chief executive."""
    assert initiative.owning_sector is not None
    for entity_id in participants_of(initiative):
        if entity_id == initiative.owning_sector.owner_id:
            continue
        same = Unit.objects.filter(owner_id=entity_id, name=initiative.owning_sector.name).first()
        day = localdate(at)
        person = None
        if same is not None:
            person = holders("sector_head", entity_id=entity_id, on=day, unit_id=same.pk).first()
        person = person or holders("chief_executive", entity_id=entity_id, on=day).first()
        if person is not None:
            yield entity_id, person


def _ask(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    initiative: Initiative,
    content: ContentVersion,
    kind: str,
    people: list[Person],
    unit_id: int | None = None,
    municipality_id: int | None = None,
) -> Request:
    asked = Request.objects.create(
        **house_of(case),
        case=case,
        initiative=initiative,
        kind=kind,
        content=content,
        asked_person=people[0],
        unit_id=unit_id,
        municipality_id=municipality_id,
        asked_at=at,
        due_date=localdate(at) + timedelta(days=DAYS_TO_ANSWER),
    )
    for person in people:
        involve(by=by, at=at, initiative=initiative, person=person, kind="asked")
    event = Asked(
        initiative_id=initiative.pk,
        case_id=case.pk,
        request_id=asked.pk,
        kind_of_request=str(kind),
        person_id=people[0].pk,
    )
    record(event, by=by, at=at, house=asked)
    tell_asked(by=by, at=at, asked=asked, people=people)
    return asked


def _hearing_hands(initiative: Initiative) -> list[Hand]:
    """What waits for those to be heard: kept open while the case moves on beside them."""
    return [
        Hand(kind="be_heard", person_id=r.asked_person_id, object_id=r.pk, due=r.due_date)
        for r in open_hearings(initiative)
    ]


def hear_again(*, by: Actor, at: datetime, asked: Request, case: Case, event: Happened) -> Request:
    """Ask again one whose answer no longer counts, about the content as it stands now."""
    content = keep_version(by=by, at=at, initiative=asked.initiative, reason="asked")
    again = _ask(
        by=by,
        at=at,
        case=case,
        initiative=asked.initiative,
        content=content,
        kind=Kind.HEARING,
        people=[asked.asked_person],
        municipality_id=asked.municipality_id,
    )
    hand = Hand(kind="be_heard", person_id=asked.asked_person_id, object_id=again.pk, due=again.due_date)
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case, initiative=asked.initiative)
    return again


def _ask_hearings(*, by: Actor, at: datetime, case: Case, initiative: Initiative, content: ContentVersion) -> None:
    heard = Request.objects.filter(
        initiative=initiative,
        kind=Kind.HEARING,
        withdrawn_at__isnull=True,
        contested_at__isnull=True,
        content__fingerprint=content.fingerprint,
    )
    done = set(heard.values_list("municipality_id", flat=True))
    for entity_id, person in _to_be_heard(initiative, at):
        if entity_id in done:
            continue
        _ask(
            by=by,
            at=at,
            case=case,
            initiative=initiative,
            content=content,
            kind=Kind.HEARING,
            people=[person],
            municipality_id=entity_id,
        )


def to_sector_head(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    initiative: Initiative,
    event: Happened,
    on_behalf_of: int | None = None,
) -> Request:
    """Ask the owning head of sector, and those to be heard, about the content as it stands now."""
    unit = initiative.owning_sector
    if unit is None:
        raise Refused(_("Choose the sector that owns the need."))
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    people = _sector_heads(unit, at)
    asked = _ask(
        by=by,
        at=at,
        case=case,
        initiative=initiative,
        content=content,
        kind=Kind.ENDORSEMENT,
        people=people,
        unit_id=unit.pk,
        municipality_id=unit.owner_id,
    )
    _ask_hearings(by=by, at=at, case=case, initiative=initiative, content=content)
    hand = Hand(
        kind="endorse",
        role="sector_head",
        entity_id=unit.owner_id,
        unit_id=unit.pk,
        object_id=asked.pk,
        due=asked.due_date,
    )
    hands = [hand, *_hearing_hands(initiative)]
    move_case(
        by=by,
        at=at,
        case=case,
        to="awaiting_endorsement",
        event=event,
        hands=hands,
        due=asked.due_date,
        on_behalf_of=on_behalf_of,
    )
    return asked


def _to_expert_group(*, by: Actor, at: datetime, case: Case, initiative: Initiative, event: Happened) -> Request:
    entity_id, people = _expert_group(initiative, at)
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    asked = _ask(
        by=by,
        at=at,
        case=case,
        initiative=initiative,
        content=content,
        kind=Kind.EXPERT_GROUP,
        people=people,
        municipality_id=entity_id,
    )
    hand = Hand(
        kind="state_opinion",
        role="expert_group_lead",
        entity_id=entity_id,
        field_id=initiative.field_id,
        object_id=asked.pk,
        due=asked.due_date,
    )
    move_case(by=by, at=at, case=case, to="expert_group", event=event, hands=[hand])
    return asked


def _withdraw_open(initiative: Initiative, at: datetime) -> None:
    Request.objects.filter(initiative=initiative, answered_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )


@transaction.atomic
def send_to_anchoring(*, by: Actor, at: datetime, initiative_id: int, version: int | None = None) -> Case:
    """Send the need to the expert group, or straight to the head of sector; again after a change or a clarification."""
    initiative = lock_initiative(initiative_id, version)
    standing = current_case(initiative)
    state = standing.state if standing else "draft"
    can_send(by, initiative, state, kinds=kinds_of(by, initiative)).require()
    groundwork(groundwork_lacks(initiative, on=localdate(at))).require()
    case = lock_case(open_case(by=by, at=at, initiative=initiative).pk)
    _withdraw_open(initiative, at)
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    event = SentToAnchoring(
        initiative_id=initiative.pk,
        case_id=case.pk,
        content_number=content.number,
        again=state != "draft",
    )
    # After a recommendation only the head of sector is asked again; the expert group has said what it has to say.
    needs_group = state in {"draft", "clarification", "sent_back"} and _needs_group(initiative)
    send = _to_expert_group if needs_group else to_sector_head
    send(by=by, at=at, case=case, initiative=initiative, event=event)
    reach_stage(by=by, at=at, initiative=initiative, stage=Initiative.Stage.ANCHORING)
    return case


def _needs_group(initiative: Initiative) -> bool:
    """Does the field use an expert group that has not said yes already?"""
    if initiative.field is None or not initiative.field.uses_expert_group:
        return False
    last = (
        Request.objects.filter(
            initiative=initiative, kind=Kind.EXPERT_GROUP, answered_at__isnull=False, contested_at__isnull=True
        )
        .order_by("-answered_at")
        .first()
    )
    return last is None or last.answer not in {"recommended", "with_remark"}
