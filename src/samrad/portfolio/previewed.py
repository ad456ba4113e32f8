"""The first rows of a file as they were read, said to people before anything comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.money import kroner
from samrad.portfolio.models import Milestone, MoneyLine, ProjectAmount, Risk, StatusReport
from samrad.portfolio.queries import quarter_name
from samrad.portfolio.sheets.kinds import KINDS, MONEY, QUARTER
from samrad.portfolio.sheets.seen import ReadField, ReadRow
from samrad.portfolio.words import ROW_FIELDS, amount_words, field_words, reason_words

CHANGES: dict[str, tuple[Any, str]] = {
    "imported": (gettext_lazy("New"), "green"),
    "updated": (gettext_lazy("Changed"), "yellow"),
    "unchanged": (gettext_lazy("Unchanged"), "grey"),
}
"""What a row does, in a word, and the colour of its tag."""
LIGHTS = dict(StatusReport.Light.choices)
CLOSED = {"1": gettext_lazy("Yes"), "": gettext_lazy("No")}
CHOICES: dict[str, dict[str, Mapping[Any, Any]]] = {
    "milestones": {"kind": dict(Milestone.Kind.choices)},
    "money": {"kind": dict(MoneyLine.Kind.choices), "source": dict(MoneyLine.Source.choices)},
    "risks": {"kind": dict(Risk.Kind.choices), "closed": CLOSED},
    "status": dict.fromkeys(("progress", "economy", "risk", "resources", "benefit"), LIGHTS),
    "projects": {"rating": LIGHTS},
}
"""What a code is called, by kind of rows and by field."""


@dataclass(frozen=True)
class Line:
    """One field of a row in words; `before` only where it moves."""

    label: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Preview:
    """One row in words: what it is about, what happens to it, what moves and what else was read."""

    record: int
    name: str
    key: str
    change: str
    colour: str
    moves: list[Line]
    stays: list[Line]


def previews(rows: Sequence[ReadRow], kind: str = "projects") -> list[Preview]:
    """The first rows of a file of projects, or of other rows of a kind, in words."""
    return [_preview(row, kind, _projects if kind == "projects" else _rows_of(kind)) for row in rows]


def _preview(row: ReadRow, kind: str, words: Callable[[ReadField], tuple[str, str]]) -> Preview:
    change, colour = CHANGES[row.change]
    moves = [Line(*words(field), _side(field.was, kind, field.code)) for field in row.moves]
    stays = [Line(*words(field)) for field in row.stays]
    return Preview(row.record, row.name, row.key, str(change), colour, moves, stays)


def _projects(field: ReadField) -> tuple[str, str]:
    return field_words(field.code), _now(field, "projects")


def _rows_of(kind: str) -> Callable[[ReadField], tuple[str, str]]:
    return lambda field: (str(ROW_FIELDS[kind].get(field.code, field.code)), _now(field, kind))


def _now(field: ReadField, kind: str) -> str:
    if not field.why:
        return _side(field.now, kind, field.code)
    reason = _("unknown: %(reason)s") % {"reason": reason_words(field.why)}
    return f"«{field.now}» ({reason})" if field.now else reason


def _side(value: Any, kind: str, code: str) -> str:
    """A value as people write it; nothing is «–»."""
    if value == "exempt":  # a status light that the source keeps to itself
        return _("exempt")
    if isinstance(value, ProjectAmount):
        return amount_words(value)
    names = CHOICES.get(kind, {}).get(code, {})
    if value in names:
        return str(names[value])
    column = KINDS[kind].by_code.get(code) if kind in KINDS else None
    if isinstance(value, date):
        return quarter_name(value) if column and column.kind == QUARTER else formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return kroner(value) if column and column.kind == MONEY else formats.number_format(value)
    return "–" if value in (None, "") else str(value)
