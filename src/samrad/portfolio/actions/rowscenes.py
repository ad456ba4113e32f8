"""What rows of a file come to, while they are looked at: who brings them in, and what each row would do.

No verbs of their own: import_rows carries them out, and leaves the trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.queries import visible_to as people_of
from samrad.portfolio.actions.importing import ImportResult
from samrad.portfolio.sheets.bringing import Brought
from samrad.portfolio.sheets.seen import FIRST, ReadField, ReadRow, first_of, held_against

NEW, CHANGED, SAME = "imported", "updated", "unchanged"
Facts = Mapping[str, Any]


@dataclass
class RowResult(ImportResult):
    """What an import of rows did, or would do; with a whole workbook also what stands in it."""

    workbook: Any = None


@dataclass
class Outcome:
    """What the rows of one project or unit would do, and the action that does it."""

    changes: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    do: list[Callable[[], object]] = field(default_factory=list)
    first: list[ReadRow] = field(default_factory=list)

    def take(self, row: Brought, change: str, before: Facts | None = None, **now: Any) -> None:
        """The row comes in as this. `before`: what stands here; `now`: what is meant where the row says it otherwise."""
        self.changes.append(change)
        self.unknown += row.unknown
        if row.keys and len(self.first) < FIRST:
            self.first.append(_read(row, change, before, now))

    def refuse(self, rows: Iterable[Brought], reason: str) -> Outcome:
        """None of these rows can come in."""
        self.refused += [row.refused(reason) for row in rows]
        return self


def _read(row: Brought, change: str, before: Facts | None, now: Facts) -> ReadRow:
    key, *rest = row.keys.values()
    unread = [ReadField(u["target"], u["text"], why=u["reason"]) for u in row.unknown if u["target"] and u["text"]]
    fields = held_against({**row.values, **now}, before)
    return ReadRow(row.record, row.line, rest[-1] if rest else key, key if rest else "", change, (*fields, *unread))


@dataclass(frozen=True)
class Scene:
    """Who brings in what, when, and the people known by name and address."""

    by: Actor
    at: datetime
    people: Mapping[str, list[Person]]

    def named(self, said: str) -> list[Person]:
        """Those who can be meant by an address or a name."""
        return self.people.get(" ".join(said.split()).casefold(), [])

    def person(self, row: Brought, code: str, standing: Person | None) -> Person | None:
        """Who is meant: by address or a name only one has. Who cannot be told is an unknown cell."""
        said = str(row.values.get(code, ""))
        found = self.named(said)
        if said and len(found) != 1:
            row.doubt(code, said, "several_people" if found else "no_such_person")
        return found[0] if len(found) == 1 else standing


def scene_of(by: Actor, at: datetime) -> Scene:
    """Who brings in, with the people they may see, by name and address."""
    people: dict[str, list[Person]] = {}
    for person in people_of(by):
        for name in {" ".join(person.name.split()).casefold(), person.email.casefold()} - {""}:
            people.setdefault(name, []).append(person)
    return Scene(by, at, people)


def told(records: int, outcomes: list[Outcome], refused: list[dict[str, Any]]) -> RowResult:
    """What the outcomes come to, as it is shown and kept."""
    changes = [change for outcome in outcomes for change in outcome.changes]
    return RowResult(
        records=records,
        imported=changes.count(NEW),
        updated=changes.count(CHANGED),
        unchanged=changes.count(SAME),
        refused=sorted([*refused, *(r for o in outcomes for r in o.refused)], key=lambda r: int(r["record"])),
        unknown=sorted((u for o in outcomes for u in o.unknown), key=lambda u: int(u["record"])),
        first=first_of(row for outcome in outcomes for row in outcome.first),
    )
