"""What the import of systems says in codes, said to people; and the register's values as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.money import kroner
from samrad.core.sheets.words import CELLS
from samrad.core.templatetags.samrad_filters import date_no
from samrad.systems.content import CHOICE, DATE, FIELD, MONEY, PERSON, Item
from samrad.systems.models import System
from samrad.systems.queries import LinkedInitiative

REASONS: dict[str, Any] = {
    **CELLS,
    "no_name": _("has no name"),
    "name_twice": _("has the same name as an earlier row"),
    "name_taken": _("has the name of a system with another id"),
    "id_twice": _("has the same id as an earlier row"),
    "too_long": _("is too long"),
    "not_a_choice": _("is none of the choices"),
    "no_such_person": _("nobody of that name works here"),
    "several_people": _("several people have that name"),
    "no_such_field": _("no professional field of that name"),
    "not_a_whole_number": _("is not a whole number"),
}


def reason_words(code: str) -> str:
    """Why a cell is unknown or a row refused, for people."""
    return str(REASONS.get(code, code))


BESIDE: dict[str, Any] = {"shared": _("Shown in"), "initiatives": _("Initiatives")}
"""What is told of a system that is no field of it: whom it is shown to, and the initiatives that concern it."""


def beside(code: str, system: System, linked: Iterable[LinkedInitiative]) -> str:
    """One of them, in words."""
    if code == "shared":
        return system.shared_with.name if system.shared_with else gettext("Only us")
    return "; ".join(f"{line.kind}: {line.reference} {line.title}" for line in linked)


def said(item: Item, value: Any, names: Mapping[str, Mapping[Any, str]]) -> str:
    """A value as it is read: dates, kroner, choices and names in words. Plain data from a version is read the same way."""
    if value in (None, ""):
        return ""
    if item.kind in (PERSON, FIELD):
        return names.get(item.kind, {}).get(value, "")
    if item.kind == DATE:
        day = value if isinstance(value, date) else parse_date(str(value))
        return str(date_no(day)) if day else str(value)
    if item.kind == MONEY:
        return kroner(Decimal(str(value)))
    return item.words_of(value) if item.kind == CHOICE else str(value)
