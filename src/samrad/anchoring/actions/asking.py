"""Sending a need to be anchored: whom it goes to, and what each is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.actions.affecting import keep_affected
from samrad.anchoring.events import Asked, SentToAnchoring
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_asked
from samrad.anchoring.policy import can_send, groundwork
from samrad.anchoring.queries import (
    Scope,
    cannot_be_heard,
    groundwork_lacks,
    open_hearings,
    people_in,
    scope_of,
    to_be_heard,
)
from samrad.cases.actions import Hand, move_case, open_case
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.core.workdays import add_workdays
from samrad.eventlog.actions import Happened, record
from samrad.governance.models import Body
from samrad.governance.queries import expert_group_of, mandate_in_force, sitters
from samrad.initiatives.actions import involve, keep_version, lock_initiative, reach_stage
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit

DAYS_TO_ANSWER = 10  # working days, where no mandate says otherwise
Kind = Request.Kind


def _expert_group(initiative: Initiative, at: datetime) -> tuple[Scope, list[Person]]:
    """Those who head the expert group of the field: the house's, else the municipality's own."""
    for entity_id in dict.fromkeys([house_id(initiative), initiative.owner_id]):
        scope = Scope("expert_group_lead", entity_id, None, initiative.field_id)
        found = people_in(scope, on=localdate(at))
        if found:
            return scope, found
    raise Refused(
        _("Nobody heads the expert group for «%(field)s» today. Ask the administrator to name someone.")
        % {"field": initiative.field}
    )


def _sector_heads(unit: Unit, at: datetime) -> tuple[Scope, list[Person]]:
    scope = Scope("sector_head", unit.owner_id, unit.pk)
    found = people_in(scope, on=localdate(at))
    if not found:
        raise Refused(
            _("Nobody is head of the sector «%(sector)s» today. Ask the administrator to name someone.")
            % {"sector": unit.name}
        )
    return scope, found


def _can_be_heard(initiative: Initiative, at: datetime) -> None:
    """Nobody who is to be heard is left out because nobody is there to answer."""
    missing = cannot_be_heard(initiative, on=localdate(at))
    if missing:
        raise Refused(
            _("Nobody can answer for %(places)s today. Ask the administrator there to name someone.")
            % {"places": ", ".join(missing)}
        )


def _ask(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    initiative: Initiative,
    content: ContentVersion,
    kind: str,
    scope: Scope,
    people: list[Person],
    unit_id: int | None = None,
) -> Request:
    mandate = mandate_in_force(house_id(initiative), Body.Kind.COUNCIL, on=localdate(at))
    asked = Request.objects.create(
        **house_of(case),
        case=case,
        initiative=initiative,
        kind=kind,
        content=content,
        asked_person=people[0],
        asked_name=people[0].name,
        asked_role=scope.role,
        unit_id=unit_id or scope.unit_id,
        municipality_id=scope.entity_id,
        asked_at=at,
        due_date=add_workdays(localdate(at), mandate.answer_days if mandate else DAYS_TO_ANSWER),
        mandate=mandate,
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


def _hand_of(asked: Request, kind: str) -> Hand:
    """What waits for whoever holds the role that was asked."""
    scope = scope_of(asked)
    return Hand(
        kind=kind,
        role=scope.role,
        entity_id=scope.entity_id,
        unit_id=scope.unit_id,
        field_id=scope.field_id,
        object_id=asked.pk,
        due=asked.due_date,
    )


def _hearing_hands(initiative: Initiative) -> list[Hand]:
    """What waits for those to be heard: kept open while the case moves on beside them."""
    return [_hand_of(r, "be_heard") for r in open_hearings(initiative).select_related("initiative")]


def ask_to_be_heard(
    *, by: Actor, at: datetime, case: Case, initiative: Initiative, content: ContentVersion
) -> list[Request]:
    """Ask each one that is affected and has not been asked about this content."""
    heard = Request.objects.filter(
        initiative=initiative,
        kind=Kind.HEARING,
        withdrawn_at__isnull=True,
        contested_at__isnull=True,
        content__fingerprint=content.fingerprint,
    )
    done = set(heard.values_list("municipality_id", "unit_id"))
    return [
        _ask(
            by=by,
            at=at,
            case=case,
            initiative=initiative,
            content=content,
            kind=Kind.HEARING,
            scope=one.scope,
            people=people_in(one.scope, on=localdate(at)),
            unit_id=one.unit_id,
        )
        for one in to_be_heard(initiative, on=localdate(at))
        if one.key not in done
    ]


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
    _can_be_heard(initiative, at)
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    scope, people = _sector_heads(unit, at)
    asked = _ask(
        by=by,
        at=at,
        case=case,
        initiative=initiative,
        content=content,
        kind=Kind.ENDORSEMENT,
        scope=scope,
        people=people,
    )
    ask_to_be_heard(by=by, at=at, case=case, initiative=initiative, content=content)
    hands = [_hand_of(asked, "endorse"), *_hearing_hands(initiative)]
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


def to_expert_group(*, by: Actor, at: datetime, case: Case, initiative: Initiative, event: Happened) -> Request:
    """Ask the expert group of the field; its members read what it is asked about."""
    scope, people = _expert_group(initiative, at)
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    asked = _ask(
        by=by,
        at=at,
        case=case,
        initiative=initiative,
        content=content,
        kind=Kind.EXPERT_GROUP,
        scope=scope,
        people=people,
    )
    group = expert_group_of(initiative.field_id)
    for person in sitters(group, on=localdate(at)) if group else []:
        involve(by=by, at=at, initiative=initiative, person=person, kind="asked")
    hands = [_hand_of(asked, "state_opinion"), *_hearing_hands(initiative)]
    move_case(by=by, at=at, case=case, to="expert_group", event=event, hands=hands, due=asked.due_date)
    return asked


def _withdraw_open(*, by: Actor, at: datetime, initiative: Initiative, kinds: Iterable[str] = Kind.values) -> None:
    """Let questions that nobody has answered no longer wait. Part of a verb that moves the case, which leaves the trace."""
    rows = Request.objects.filter(initiative=initiative, answered_at__isnull=True, withdrawn_at__isnull=True)
    rows.filter(kind__in=list(kinds)).update(withdrawn_at=at)


@transaction.atomic
def send_to_anchoring(
    *,
    by: Actor,
    at: datetime,
    initiative_id: int,
    version: int | None = None,
    affected_ids: Collection[int] | None = None,
) -> Case:
    """Send the need to the expert group, or straight to the head of sector; again after a change or a clarification."""
    initiative = lock_initiative(initiative_id, version)
    standing = current_case(initiative)
    state = standing.state if standing else "draft"
    can_send(by, initiative, state, kinds=kinds_of(by, initiative)).require()
    groundwork(groundwork_lacks(initiative, on=localdate(at))).require()
    if affected_ids is not None:
        keep_affected(by=by, at=at, initiative=initiative, unit_ids=affected_ids)
    _can_be_heard(initiative, at)
    case = lock_case(open_case(by=by, at=at, initiative=initiative).pk)
    _withdraw_open(by=by, at=at, initiative=initiative)
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    event = SentToAnchoring(
        initiative_id=initiative.pk,
        case_id=case.pk,
        content_number=content.number,
        again=state != "draft",
    )
    # After a recommendation only the head of sector is asked again; the expert group has said what it has to say.
    needs_group = state in {"draft", "clarification", "sent_back"} and _needs_group(initiative)
    send = to_expert_group if needs_group else to_sector_head
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
