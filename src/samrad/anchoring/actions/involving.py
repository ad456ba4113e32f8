"""Writing down who was informed or involved: unions, safety representatives and users."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.events import InvolvementNoted, InvolvementStruck
from samrad.anchoring.models import Involvement
from samrad.anchoring.policy import can_note_involvement
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor


@transaction.atomic
def note_involvement(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    kind: str,
    held_date: date,
    who: str,
    how: str,
    remark: str = "",
    source: str = "",
) -> Involvement:
    """Write down that representatives of the employees or users were informed or involved: when, who, how, what they said."""
    can_note_involvement(by, initiative, kinds=kinds_of(by, initiative)).require()
    if held_date > localdate(at):
        lack = Lack(_("Write a day that has been."), "id_held_date")
        raise Refused(Verdict.no(lack.text, (lack,)))
    made = Involvement.objects.create(
        **house_of(initiative),
        initiative=initiative,
        kind=kind,
        held_date=held_date,
        who=who.strip(),
        how=how.strip(),
        remark=remark.strip(),
        source=source.strip(),
        recorded_at=at,
        recorded_by_id=by.person,
    )
    record(InvolvementNoted(initiative_id=initiative.pk, involvement_id=made.pk), by=by, at=at, house=initiative)
    return made


@transaction.atomic
def strike_involvement(*, by: Actor, at: datetime, involvement_id: int) -> Involvement:
    """Strike out a line that is wrong. It stays to be read, with a line through it."""
    row = Involvement.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=involvement_id)
    can_note_involvement(by, row.initiative, kinds=kinds_of(by, row.initiative)).require()
    if row.struck_at is not None:
        return row
    row.struck_at, row.struck_by_id = at, by.person
    row.save(update_fields=["struck_at", "struck_by"])
    record(InvolvementStruck(initiative_id=row.initiative_id, involvement_id=row.pk), by=by, at=at, house=row)
    return row
