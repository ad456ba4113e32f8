"""What changed from one year's file to the next, said to people: each change, its figures, and why it is to be doubted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samrad.core.money import NBSP
from samrad.portfolio.models import StatusReport
from samrad.portfolio.queries import ChangeReport, ProjectChange
from samrad.portfolio.sheets.changes import DEVIATION, KINDS, Change
from samrad.portfolio.sheets.mapping import DATE, NOT_STATED, RATING, TARGETS
from samrad.portfolio.words import field_words, figure_words, reason_words

KIND_WORDS: dict[str, Any] = {
    "new": gettext_lazy("New in the file"),
    "left": gettext_lazy("No longer in the file"),
    "cost": gettext_lazy("Cost moved"),
    "date": gettext_lazy("Date moved"),
    "rating": gettext_lazy("Status light changed"),
    "benefit": gettext_lazy("Benefits moved"),
    "deviation": gettext_lazy("Deviation this year"),
}
DOUBTS: dict[str, Any] = {
    "price_base": gettext_lazy("the price base differs, so the amounts cannot be compared"),
    "currency": gettext_lazy("the currency differs, so the amounts cannot be compared"),
    "sign": gettext_lazy("the sign is turned"),
    "magnitude": gettext_lazy("a hundred times larger or smaller: it may be in another unit"),
    "swapped": gettext_lazy("day and month may be swapped"),
    "other_column": gettext_lazy("another column gives the status light this time"),
    "same_name": gettext_lazy("a project of the same name has another id in the other file"),
    "name_without_id": gettext_lazy("a row without an id has the same name"),
    "stated_variance": gettext_lazy("the file itself states another deviation than its figures give"),
    "unknown": gettext_lazy("the figures it is computed from are unknown"),
}


def doubt_words(code: str) -> str:
    """Why a change is to be doubted, for people."""
    if code in DOUBTS:
        return str(DOUBTS[code])
    side, _under, why = code.partition("_")
    reason = str(DOUBTS[why]) if why in DOUBTS else reason_words(why)
    return (_("before: %(reason)s") if side == "before" else _("now: %(reason)s")) % {"reason": reason}


def _number(text: str, change: Change) -> str:
    return figure_words(Decimal(text), change.currency, change.unit)


def _one(text: str, change: Change) -> str:
    kind = TARGETS.get(change.field, "")
    if kind == DATE:
        return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    if kind == RATING:
        return str(StatusReport.Light(text).label)
    if change.field == DEVIATION:
        return formats.number_format(Decimal(text), 2) + f"{NBSP}%"
    return _number(text, change)


def side_words(text: str, change: Change, place: int) -> str:
    """What stood in a file (`place` 0 before, 1 now): one value, a range with its middle, or that it is unknown."""
    if not text:
        return _("unknown") if change.field else ""
    low, *rest = text.split("..")
    if not rest:
        said = _one(text, change)
    else:
        mid, high = rest
        said = "–".join(_one(end, change) if end else "?" for end in (low, high))
        said += _(" (middle %(value)s)") % {"value": _one(mid, change)} if mid else ""
    base = change.price_bases[place]
    return f"{said} ({_('price base not stated') if base == NOT_STATED else base})" if base else said


def difference_words(change: Change) -> str:
    """The difference with its sign; nothing where the two cannot be compared."""
    if not change.difference:
        return ""
    value = Decimal(change.difference)
    sign = "+" if value > 0 else ""
    if TARGETS.get(change.field) == DATE:
        return sign + ngettext("%(days)s day", "%(days)s days", abs(int(value))) % {"days": int(value)}
    if change.field == DEVIATION:
        return f"{sign}{formats.number_format(value, 2)}{NBSP}" + _("percentage points")
    return sign + _number(change.difference, change)


@dataclass(frozen=True)
class Told:
    """A change as a line people read."""

    line: ProjectChange
    field: str
    before: str
    after: str
    difference: str
    doubts: list[str]


def told(line: ProjectChange) -> Told:
    """A change in words."""
    change = line.change
    field = _("Deviation in per cent (computed anew)") if change.field == DEVIATION else field_words(change.field)
    before, after = side_words(change.before, change, 0), side_words(change.after, change, 1)
    return Told(line, field, before, after, difference_words(change), [doubt_words(code) for code in change.doubts])


@dataclass(frozen=True)
class Group:
    """All changes of one kind: the first of them, and how many there are."""

    kind: str
    title: str
    count: int
    doubtful: int
    rows: list[Told]


def groups_of(report: ChangeReport, *, most: int) -> list[Group]:
    """The changes by kind, at most so many of each."""
    found = []
    for kind in KINDS:
        lines = [line for line in report.lines if line.change.kind == kind]
        doubtful = sum(1 for line in lines if line.change.doubts)
        found.append(Group(kind, str(KIND_WORDS[kind]), len(lines), doubtful, [told(line) for line in lines[:most]]))
    return found
