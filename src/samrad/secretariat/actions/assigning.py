"""Who in the secretariat has a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.cases.queries import lock_case, secretariat_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.notifications import tell_assigned
from samrad.secretariat.policy import can_assign, house


@transaction.atomic
def assign_officer(*, by: Actor, at: datetime, case_id: int, version: int | None = None, person_id: int) -> Case:
    """Say who in the secretariat has the case, or give it to another."""
    case = lock_case(case_id, version)
    can_assign(by, case).require()
    people = {one.pk: one for one in secretariat_of(house(case), on=localdate(at))}
    if person_id not in people:
        lack = Lack(_("Choose someone in the secretariat."), "id_person")
        raise Refused(Verdict.no(lack.text, (lack,)))
    before = case.case_officer
    if before is not None and before.pk == person_id:
        return case
    case.case_officer = people[person_id]
    case.version += 1
    case.save(update_fields=["case_officer", "version"])
    event = events.OfficerAssigned(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        person_id=person_id,
        before_id=before.pk if before else None,
    )
    record(event, by=by, at=at, house=case)
    told = [people[person_id], *([before] if before else [])]
    initiative = Initiative.objects.get(pk=case.initiative_id or 0)
    tell_assigned(by=by, at=at, case=case, initiative=initiative, people=told)
    return case
