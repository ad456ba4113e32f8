"""From the council to the level that decides, and home again with what was decided."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.deciding import _recorder, to_political_level
from samrad.cases.actions.moving import _close_tasks, hand_out
from samrad.cases.actions.telling import tell
from samrad.cases.events import PassedOnAtHome, SentOn
from samrad.cases.models import Decision
from samrad.cases.policy import can_send_on, can_tell_at_home
from samrad.cases.queries import affected, lock_case
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.actions import lock_initiative
from samrad.organisation.actors import Actor


@transaction.atomic
def send_on(*, by: Actor, at: datetime, decision_id: int, version: int | None, organ: str) -> Decision:
    """Let the management team, the executive committee or the municipal council decide for the municipality."""
    found = Decision.objects.select_related("case").get(pk=decision_id)
    initiative = lock_initiative(found.case.initiative_id or 0, None)
    case = lock_case(found.case_id)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    can_send_on(by, decision, case).require()
    if version is not None and version != decision.version:
        raise Stale(_t("Someone has changed the decision since you opened the page. Look at it again."))
    if organ not in Decision.Organ.values or organ == decision.organ:
        lack = Lack(_t("Choose who is to decide."), "id_organ")
        raise Refused(Verdict.no(lack.text, (lack,)))
    was = "record_result" if decision.organ else "decide"
    decision.organ, decision.sent_on_at = organ, at
    decision.version += 1
    decision.save()
    event = SentOn(
        initiative_id=initiative.pk,
        case_id=case.pk,
        decision_id=decision.pk,
        municipality_id=decision.municipality_id,
        organ=organ,
    )
    _close_tasks(by=by, at=at, kind=was, object_id=decision.pk)
    hand_out(by=by, at=at, house=decision, hand=_recorder(decision), event=event, case=case, initiative=initiative)
    to_political_level(by=by, at=at, case=case)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=affected(initiative, on=localdate(at)),
        code="cases.sent_on",
        subject=_("%(municipality)s: sent on to %(organ)s – %(title)s"),
        body=_(
            "%(by)s sent %(reference)s on in %(municipality)s: %(organ)s decides. The recommendation goes on word for word."
        ),
        municipality=decision.municipality.name,
        organ=Decision.Organ(organ).label,
    )
    return decision


@transaction.atomic
def tell_at_home(*, by: Actor, at: datetime, decision_id: int) -> Decision:
    """Say that one's own municipality has been told what was recommended and decided (the members' duty to inform)."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision_id)
    can_tell_at_home(by, decision).require()
    decision.informed_at, decision.informed_by_id = at, by.person_id
    decision.save(update_fields=["informed_at", "informed_by"])
    event = PassedOnAtHome(
        initiative_id=decision.case.initiative_id,
        case_id=decision.case_id,
        decision_id=decision.pk,
        municipality_id=decision.municipality_id,
    )
    record(event, by=by, at=at, house=decision)
    return decision
