"""What a page is about, or 404 as if it were not there."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone

from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.queries import administered

Row = TypeVar("Row", bound=Model)


def found(rows: QuerySet[Row], pk: int) -> Row:
    """The row, if it is among those one may read."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def today() -> date:
    """The day it is."""
    return timezone.localdate()


def owners(by: Actor) -> QuerySet[Entity]:
    """The organisations whose rules one sets: the cooperation first."""
    return Entity.objects.filter(pk__in=administered(by) & set(by.entities)).order_by("kind", "name")


def house_of_rules(by: Actor) -> Entity:
    """The organisation whose rules one sets: the cooperation where there is one."""
    first = owners(by).first()
    if first is None:
        raise Http404
    return first


def status(*forms: Any) -> int:
    """400 where something typed is wrong."""
    return 400 if any(form.is_bound and form.errors for form in forms) else 200
