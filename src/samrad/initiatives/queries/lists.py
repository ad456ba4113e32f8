"""What a list of initiatives asks: where each stands, what has changed since, and what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor


@dataclass(frozen=True)
class Standing:
    """Where the case of an initiative stands, as a list says it: the state, its colour, and with whom it lies."""

    state: str
    colour: str = "grey"
    lies_with: str = ""


TELLERS: list[Callable[[Actor, list[int]], dict[int, Standing]]] = []
"""What tells where the cases of some initiatives stand; later rooms add to it in config/wiring.py."""

LYING: list[Callable[[Actor, str], QuerySet[Any, Any]]] = []
"""What finds the ids of the initiatives that lie with «me» or a role; wired like TELLERS."""


def standings(actor: Actor, initiatives: list[Initiative]) -> dict[int, Standing]:
    """Where some initiatives stand, in as many queries as there are tellers."""
    told: dict[int, Standing] = {i.pk: Standing(str(i.get_stage_display())) for i in initiatives}
    for tell in TELLERS:
        told.update(tell(actor, list(told)))
    return told


@dataclass(frozen=True)
class Changes:
    """What others have changed since a page was made: which fields, last by whom and when."""

    fields: frozenset[str]
    by_person_id: int | None
    at: datetime | None


def changes_since(initiative: Initiative, version: int) -> Changes:
    """What has changed in the content since a version of the row."""
    logged = list(
        Event.objects.filter(
            initiative_id=initiative.pk,
            kind__in=["initiatives.ContentChanged", "initiatives.ResponsiblesSet"],
            data__to_version__gt=version,
        ).order_by("pk")
    )
    fields = frozenset(code for event in logged for code in event.data.get("fields", []))
    last = logged[-1] if logged else None
    return Changes(fields, last.by_person_id if last else None, last.at if last else None)


SEARCH_LETTERS = 3
SEARCH_MOST = 500  # newest first, for a list that shows the newest first
SEARCH_ALL = 10_000_000  # where what is found is then narrowed or sorted otherwise


@dataclass(frozen=True)
class Search:
    """What a search found: the initiatives, and more than how many there are, where it did not look through all."""

    initiatives: QuerySet[Initiative]
    more_than: int = 0


def search(initiatives: QuerySet[Initiative], text: str, *, narrowed: Sequence[str] = (), wide: bool = False) -> Search:
    """Those whose title or reference holds a text: the index finds them, row security and visible_to still decide.

    `narrowed`: what the index keeps beside the text, and they must have: m:, f:, s: or p: and a municipality, a field,
    a stage or a phase. `wide`: what is found is narrowed otherwise afterwards, so the newest alone are not enough.
    """
    wanted = " ".join(text.replace("\x00", "").split())
    if len(wanted) < SEARCH_LETTERS:
        return Search(initiatives.filter(Q(title__icontains=wanted) | Q(reference__icontains=wanted)))
    asked: list[Any] = [wanted[:200], SEARCH_ALL if wide else SEARCH_MOST, list(narrowed)]
    if wide:
        return Search(initiatives.filter(pk__in=RawSQL("select samrad_search_titles(%s, %s, %s::text[])", asked)))
    with connection.cursor() as cursor:
        cursor.execute("select samrad_search_titles(%s, %s, %s::text[])", asked)
        found = [row[0] for row in cursor.fetchall()]
    ids = RawSQL("select unnest(%s::bigint[])", [found])  # one array, not a parameter for each
    return Search(initiatives.filter(pk__in=ids), more_than=SEARCH_MOST if len(found) >= SEARCH_MOST else 0)
