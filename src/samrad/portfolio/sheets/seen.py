"""The first rows of a file as they were read, to be looked over before anything comes in. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FIRST = 10  # so many good rows are shown


@dataclass(frozen=True)
class ReadField:
    """What a row says of one field; with what `was` there where it moves. `why`: it says nothing that can be read."""

    code: str
    now: Any
    was: Any = None
    moves: bool = False
    why: str = ""


@dataclass(frozen=True)
class ReadRow:
    """One good row: where it stands, what it is about, and whether it is new, changes something, or changes nothing."""

    record: int
    line: int
    name: str
    key: str
    change: str
    fields: tuple[ReadField, ...] = ()

    @property
    def moves(self) -> list[ReadField]:
        """The fields that change."""
        return [field for field in self.fields if field.moves]

    @property
    def stays(self) -> list[ReadField]:
        """The fields that are read, and change nothing that stands here."""
        return [field for field in self.fields if not field.moves]


def held_against(values: Mapping[str, Any], before: Mapping[str, Any] | None) -> tuple[ReadField, ...]:
    """What a row says, field by field, held against what stands here (`before`); None where nothing does."""
    if before is None:
        return tuple(ReadField(code, now) for code, now in values.items())
    return tuple(
        ReadField(code, now, before.get(code), moves=code in before and before[code] != now)
        for code, now in values.items()
    )


def first_of(rows: Iterable[ReadRow]) -> list[ReadRow]:
    """The first of them, as they stand in the file."""
    return sorted(rows, key=lambda row: row.record)[:FIRST]
