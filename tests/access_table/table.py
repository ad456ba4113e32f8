"""Who sees what: the table of flow.md D.6, row by row and column by column, as data."""

from __future__ import annotations

from enum import StrEnum

STAGES = ("draft", "anchoring", "submitted", "recommended", "portfolio")
"""The table's columns; its last one is walked twice, at both ends."""


class Sees(StrEnum):
    """What stands in a cell."""

    NOTHING = "–"
    OUTLINE = "title, field, state"
    VERSION = "all of the version asked about"
    ALL = "all"
    TREATS = "all, with internal notes and assessments"
    OPEN = "all but exempt and internal notes"
    PUBLIC = "what the mandate opens, never exempt, no persons"
    SHARED = "title, field, benefit, cost, result"


NO, OUT, VER, ALL, TREATS, OPEN, PUBLIC, SHARED = (
    Sees.NOTHING,
    Sees.OUTLINE,
    Sees.VERSION,
    Sees.ALL,
    Sees.TREATS,
    Sees.OPEN,
    Sees.PUBLIC,
    Sees.SHARED,
)

# Who looks -> what they see in each column. Several people stand for one row where they come to it in different ways.
TABLE: dict[str, tuple[Sees, ...]] = {
    # authors, need owner
    "proposer": (ALL, ALL, ALL, ALL, ALL),
    "need_owner": (ALL, ALL, ALL, ALL, ALL),
    # expert group, sector heads asked
    "expert": (NO, VER, ALL, ALL, ALL),
    "sector_head": (NO, VER, ALL, ALL, ALL),
    "dal_sector_head": (NO, VER, ALL, ALL, ALL),
    # other employees of participating municipalities
    "colleague": (NO, OUT, OPEN, OPEN, OPEN),
    "dal_employee": (NO, OUT, OPEN, OPEN, OPEN),
    "fjell_secretary": (NO, OUT, OPEN, OPEN, OPEN),
    # secretariat and council of the body that treats it
    "secretary": (NO, OUT, TREATS, TREATS, TREATS),
    "chair": (NO, OUT, ALL, ALL, ALL),
    # employees of other municipalities in the cooperation
    "vik_employee": (NO, NO, OUT, OPEN, OPEN),
    # elected
    "elected": (NO, NO, OPEN, OPEN, OPEN),
    "dal_elected": (NO, NO, OPEN, OPEN, OPEN),
    "vik_elected": (NO, NO, OPEN, OPEN, OPEN),
    # public (no sign-in): the mandate opens title, field and state, and everything once it is recommended
    "public": (NO, NO, OUT, PUBLIC, PUBLIC),
    # another cooperation, where it is not marked reusable
    "stranger": (NO, NO, NO, NO, NO),
    "stranger_elected": (NO, NO, NO, NO, NO),
}

# Another cooperation, where it is marked reusable (it can be from submission on).
MARKED: dict[str, tuple[Sees, ...]] = {
    "stranger": (NO, NO, SHARED, SHARED, SHARED),
    "stranger_elected": (NO, NO, SHARED, SHARED, SHARED),
    "public": (NO, NO, OUT, PUBLIC, PUBLIC),
    "vik_employee": (NO, NO, OUT, OPEN, OPEN),
}

# What can be seen of one initiative, group by group; the benefits are exempt in every one. What is written later says
# who has been consulted, so it names people: the public does not see it.
GROUPS: dict[Sees, frozenset[str]] = {
    NO: frozenset(),
    OUT: frozenset({"title"}),
    VER: frozenset({"title", "need", "costs", "exempt"}),
    ALL: frozenset({"title", "need", "costs", "exempt", "later"}),
    TREATS: frozenset({"title", "need", "costs", "exempt", "later", "notes"}),
    OPEN: frozenset({"title", "need", "costs", "later"}),
    PUBLIC: frozenset({"title", "need", "costs"}),
    SHARED: frozenset({"title", "costs", "result"}),
}
PERSONLESS = frozenset({NO, OUT, PUBLIC, SHARED})
