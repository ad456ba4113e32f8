"""What the components show: small records that views fill and templates draw (docs/components.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step of a steering line. `state` is done, now, next or skipped."""

    label: Any
    state: str = "next"
    who: Any = ""
    date: date | datetime | None = None
    note: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Happening:
    """One thing that happened in a case. `kind` is in, out, decision or empty."""

    at: datetime
    text: Any
    who: Any = ""
    note: Any = ""
    url: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Requirement:
    """One thing that must be there. `field` is the id of the form field, `minimum` its fewest characters."""

    text: Any
    done: bool
    url: str = ""
    field: str = ""
    minimum: int = 1


@dataclass(frozen=True)
class MoneyRow:
    """One row of a year table: an amount for each column."""

    label: Any
    values: Sequence[Decimal | int | None]
    note: Any = ""

    @property
    def total(self) -> Decimal:
        return sum((Decimal(v) for v in self.values if v is not None), Decimal(0))


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart. `plan` draws a mark where the bar was meant to reach."""

    label: Any
    value: Decimal | float
    text: Any = ""
    plan: Decimal | float | None = None
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One mark in the matrix: x and y from 0 to 100."""

    label: Any
    x: float
    y: float
    url: str = ""


@dataclass(frozen=True)
class ConditionLine:
    """One condition of a decision, with who owns it and when it is due."""

    text: Any
    owner: Any = ""
    due: date | None = None
    met: bool | None = None


@dataclass(frozen=True)
class FileLine:
    """One file in a list. `exempt` is the legal basis where it is exempt from public access."""

    name: str
    url: str = ""
    size: int | None = None
    media_type: str = ""
    kind: Any = ""
    exempt: Any = ""
    note: Any = ""
    remove_url: str = ""  # a page that asks first


@dataclass(frozen=True)
class Attendee:
    """One seat in the attendance grid. `state` is present, remote, absent or empty (not noted yet)."""

    name: Any
    seat: Any = ""
    entity: Any = ""
    state: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Question:
    """One question with its answer."""

    text: Any
    who: Any
    at: datetime
    answer: Any = ""
    answered_by: Any = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class FormStep:
    """One step of a long form. `lacking` says how many requirements are left there."""

    label: Any
    url: str
    current: bool = False
    lacking: int = 0
    visited: bool = False


@dataclass(frozen=True)
class BenefitLine:
    """One benefit as it is read: what, for whom, how much, how it is taken out."""

    title: Any
    kind: Any = ""
    recipient: Any = ""
    effect: Any = ""
    kroner: Decimal | int | None = None
    hours: Decimal | int | None = None
    quality: Any = ""
    owner: Any = ""
    status: Any = ""
    assumption: Any = ""
    flags: Sequence[Any] = field(default=())
    url: str = ""
