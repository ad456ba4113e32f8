"""Who sits in a body, and which mandate holds on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from samrad.governance.models import Body, Mandate, Seat
from samrad.governance.queries.rules import in_force
from samrad.organisation.models import Person


def mandate_in_force(entity_id: int, kind: str, *, on: date) -> Mandate | None:
    """The version of a body's mandate that holds on a day."""
    rows = in_force(Mandate.objects.filter(body__owner_id=entity_id, body__kind=kind), on)
    return rows.order_by("-version", "-pk").first()


def expert_group_of(field_id: int | None) -> Body | None:
    """The expert group of a professional field."""
    rows = Body.objects.filter(kind=Body.Kind.EXPERT_GROUP, field_id=field_id or 0)
    return rows.select_related("field", "owner").order_by("pk").first()


def sitting_in(body: Body, *, on: date) -> QuerySet[Seat]:
    """The seats of a body that are held on a day."""
    rows = in_force(body.seats.filter(person__active=True), on)
    return rows.select_related("person", "municipality").order_by("person__name")


def sitters(body: Body, *, on: date) -> list[Person]:
    """Those who sit in a body on a day."""
    return [seat.person for seat in sitting_in(body, on=on)]
