"""What has happened to an initiative: gathered to what a reader asks for, or every line. Reads only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from samrad.eventlog.models import Event
from samrad.initiatives.content import BY_CODE, STEPS
from samrad.organisation.models import Person
from samrad.overview.sentences import TECHNICAL, sentence

CHANGED = "initiatives.ContentChanged"
# What is written on a page of the form, and is no field of its own.
STEP_OF = {"goals": 2, "benefits": 4} | {code: field.step for code, field in BY_CODE.items()}


@dataclass(frozen=True)
class Happening:
    """One line of the timeline. Where content was changed: which steps of the form, and how many times."""

    at: datetime
    kind: str
    by_person_id: int | None
    by_name: str
    said: str
    steps: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """Who did what."""
        named = ", ".join(str(STEPS[step]) for step in sorted(self.steps))
        return f"{self.by_name} {self.said}" + (f": {named}" if named else "")


@dataclass(frozen=True)
class Timeline:
    """Everything that has happened, newest first; `lines` is the same gathered to what a reader asks for."""

    every: list[Happening]

    @property
    def lines(self) -> list[Happening]:
        """Changes that one person made after each other are one line; what only opens doors and files is left out."""
        told = [line for line in self.every if line.kind not in TECHNICAL]
        runs = itertools.groupby(told, lambda line: (line.kind, line.by_person_id) if line.kind == CHANGED else line)
        return [_gathered(list(run)) for _key, run in runs]

    @property
    def is_gathered(self) -> bool:
        """Does «Show all» show more than the lines do?"""
        return len(self.lines) < len(self.every)


def _gathered(run: list[Happening]) -> Happening:
    last, first = run[0], run[-1]
    if last is first:
        return last
    said = _("changed the content %(count)s times, %(span)s") % {"count": len(run), "span": _span(first.at, last.at)}
    return replace(last, said=said, steps=frozenset().union(*(line.steps for line in run)))


def _span(first: datetime, last: datetime) -> str:
    begun, ended = timezone.localtime(first), timezone.localtime(last)
    if begun.date() != ended.date():
        days = {"first": date_format(begun, "DATE_FORMAT"), "last": date_format(ended, "DATE_FORMAT")}
        return _("from %(first)s to %(last)s") % days
    return _("%(day)s from %(first)s to %(last)s") % {
        "day": date_format(begun, "DATE_FORMAT"),
        "first": time_format(begun, "TIME_FORMAT"),
        "last": time_format(ended, "TIME_FORMAT"),
    }


def _steps(row: Any) -> frozenset[int]:
    codes: Iterable[str] = row.data.get("fields", ()) if row.kind == CHANGED else ()
    return frozenset(STEP_OF[code] for code in codes if code in STEP_OF)


def _name(row: Any, names: Mapping[int, str]) -> str:
    """Who did it; Samråd only where nobody did."""
    if row.by_person_id is None:
        return "Samråd"
    return str(row.who or names.get(row.by_person_id) or _("Someone who no longer takes part"))


def timeline_of(initiative_id: int, *, names: Mapping[int, str]) -> Timeline:
    """All the log has to tell of an initiative, in one query; whether the reader may see it is asked before.

    `names`: those who have answered, by the name they had then, as one who has left cannot be looked up any more.
    """
    about = Cast(KeyTextTransform("person_id", "data"), BigIntegerField())
    rows = Event.objects.filter(initiative_id=initiative_id).annotate(
        who=Subquery(Person.objects.filter(pk=OuterRef("by_person_id")).values("name")),
        about_id=about,
        about=Subquery(Person.objects.filter(pk=OuterRef("about_id")).values("name")),
    )
    found = []
    for row in rows.order_by("-at", "-id"):
        named = row.about or names.get(row.about_id or 0)
        text = sentence(row.kind, row.data, {row.about_id: named} if named else {})
        if text:
            found.append(Happening(row.at, row.kind, row.by_person_id, _name(row, names), text, _steps(row)))
    return Timeline(found)
