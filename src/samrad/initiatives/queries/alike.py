"""«Someone has done this before»: initiatives that are like what one writes, and what they led to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Sum
from django.db.models.functions import JSONObject
from django.urls import NoReverseMatch, reverse

from samrad.core.manyids import one_of
from samrad.initiatives.models.initiative import Benefit, Initiative, ReuseMark
from samrad.initiatives.models.related import CopyMark, SystemLink
from samrad.initiatives.queries.lists import Standing, standings
from samrad.initiatives.queries.reading import Sight, masked_groups, sight, visible_to
from samrad.organisation.actors import Actor
from samrad.systems import queries as systems
from samrad.systems.models import System

ENOUGH = 0.3  # of the score: below it, the words have too little in common
LINKS_READ = 50  # so many of a system are read
LOOKED_AT = 60  # as many are fetched before what one may not see is left out


@dataclass(frozen=True)
class Alike:
    """An initiative that is like what one writes, as far as the reader sees it. None where it is exempt or unknown."""

    pk: int
    title: str
    house: str
    standing: Standing
    phase: str = ""
    one_off_kr: Decimal | None = None
    annual_kr: Decimal | None = None
    benefit_kr: Decimal | None = None
    benefit_hours: int | None = None
    result: str = ""
    reference: str = ""
    ours: bool = True  # of one's own houses; else one that others have marked as reusable
    may_copy: bool = False
    exempt: tuple[str, ...] = field(default=())
    benefits: tuple[tuple[str, str, str], ...] = field(default=())  # title, kind, recipient, of another house's


OTHERS: list[Callable[[Actor, list[int]], list[Alike]]] = []
"""What tells of the initiatives that other houses have marked as reusable; a later room adds to it in config/wiring.py."""


def alike_scores(
    text: str, more: str = "", *, kind: str = "initiative", most: int = LOOKED_AT, reusable: bool = False
) -> dict[int, float]:
    """The ids of what is like a text in the houses one acts for, the likest first; row security still decides."""
    if not (text.strip() or more.strip()):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from samrad_alike(%s, %s, %s, %s, %s)",
            [kind, text.replace("\x00", ""), more.replace("\x00", ""), most, reusable],
        )
        return {pk: score for pk, score in cursor.fetchall() if score >= ENOUGH}


def alike(actor: Actor, text: str, more: str = "", *, on: date, but: int = 0, most: int = 5) -> list[Alike]:
    """The initiatives that are like a text: one's own houses' and those others let one reuse, the likest first."""
    if not actor.is_person:
        return []
    ours, theirs = alike_scores(text, more), alike_scores(text, more, reusable=True)
    seen = visible_to(actor).filter(pk__in=ours, stage__gte=Initiative.Stage.ANCHORING).exclude(pk=but)
    rows = sorted(seen.select_related("owner"), key=lambda row: (-ours[row.pk], -row.pk))[:most]
    found = _described(actor, rows, on=on)
    others = [pk for pk in theirs if pk not in ours]
    for tell in OTHERS if others else []:
        found += tell(actor, others[:most])
    scores = {**theirs, **ours}
    return sorted(found, key=lambda line: -scores[line.pk])[: most + 2]


def _described(actor: Actor, rows: list[Initiative], *, on: date) -> list[Alike]:
    """Some initiatives with cost, state and what they led to: a query for each, whatever their number."""
    ids = [row.pk for row in rows]
    if not ids:
        return []
    hidden, told = masked_groups(actor, rows, on=on), standings(actor, rows)
    standing = Benefit.objects.filter(initiative_id__in=ids, removed_at__isnull=True).values("initiative_id")
    sums: dict[int, Any] = {
        s["initiative_id"]: s for s in standing.annotate(kroner=Sum("kroner_a_year"), hours=Sum("hours_a_year"))
    }
    marks = ReuseMark.objects.filter(initiative_id__in=ids, undone_at__isnull=True)
    results = dict(marks.values_list("initiative_id", "result"))
    lines = []
    for row in rows:
        masked, benefit = hidden[row.pk], sums.get(row.pk, {})
        listed_only = "need" in masked and masked["need"] == "" and "attachments" in masked
        costs, benefits = "costs" not in masked, "benefits" not in masked
        where = told[row.pk]
        lines.append(
            Alike(
                pk=row.pk,
                title=row.title,
                house=row.owner.name,
                standing=Standing(where.state, where.colour) if listed_only else where,
                phase="" if listed_only else str(row.get_phase_display()),
                one_off_kr=row.one_off_kr if costs else None,
                annual_kr=row.annual_kr if costs else None,
                benefit_kr=benefit.get("kroner") if benefits else None,
                benefit_hours=benefit.get("hours") if benefits else None,
                result="" if listed_only else results.get(row.pk, ""),
                reference=row.reference,
                may_copy=not listed_only and row.stage >= Initiative.Stage.SUBMITTED,
                exempt=tuple(basis for basis in masked.values() if basis),
            )
        )
    return lines


@dataclass(frozen=True)
class Linked:
    """A system an initiative concerns, and what is done to it; without a `system_id` one that is not in the register."""

    pk: int
    kind: str
    system_id: int | None
    name: str
    owner: str = ""

    @property
    def kind_words(self) -> str:
        return str(SystemLink.Kind(self.kind).label)


@dataclass(frozen=True)
class Copied:
    """Where the texts of an initiative came from."""

    source_id: int
    title: str
    house: str
    reference: str
    by: str
    at: datetime

    @property
    def url(self) -> str:
        """Where the source is read: at home, or among what others share."""
        page = "initiatives:initiative_detail" if self.reference else "overview:reusable_initiative"
        try:
            return reverse(page, args=[self.source_id])
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Related:
    """What an initiative does to which systems, and where it was copied from."""

    links: list[Linked]
    copied: Copied | None


def related_columns(initiative: str = "pk") -> dict[str, ArraySubquery]:
    """Both as columns of another query, for a page that asks for much at once; `related_of` reads them."""
    here = OuterRef(initiative)
    links = SystemLink.objects.filter(initiative_id=here).order_by("kind", "pk")
    copies = CopyMark.objects.filter(initiative_id=here)
    link = JSONObject(
        pk="pk", kind="kind", system="system__pk", name="system__name", new="new_name", owner="system__owner__name"
    )
    copy = JSONObject(
        source="source_id",
        title="source_title",
        house="source_house",
        reference="source_reference",
        by="copied_by__name",
        at="copied_at",
    )
    return {"linked": ArraySubquery(links.values(made=link)), "copied": ArraySubquery(copies.values(made=copy))}


def related_of(row: Any) -> Related:
    """What `related_columns` brought. A system that row security hides is left out."""
    links = [
        Linked(one["pk"], one["kind"], one["system"], one["name"] or one["new"], one["owner"] or "")
        for one in row.linked
        if one["name"] or one["new"]
    ]
    copied = [
        Copied(c["source"], c["title"], c["house"], c["reference"], c["by"] or "–", datetime.fromisoformat(c["at"]))
        for c in row.copied
    ]
    return Related(links, copied[0] if copied else None)


def related(initiative: Initiative) -> Related:
    """What an initiative does to which systems, and where it was copied from, in one query."""
    return related_of(Initiative.objects.filter(pk=initiative.pk).only("pk").annotate(**related_columns()).get())


def systems_alike(actor: Actor, text: str, more: str = "") -> list[System]:
    """The systems of the register that are like a text."""
    return systems.similar(actor, text, more)


def of_systems(actor: Actor, ids: Collection[int]) -> dict[int, list[systems.LinkedInitiative]]:
    """The initiatives that do something to some systems, as far as the actor sees them; the register shows them."""
    links = SystemLink.objects.filter(one_of("system_id", ids), initiative__in=visible_to(actor))
    rows = list(links.select_related("initiative").order_by("-linked_at", "-pk")[: LINKS_READ * len(ids)])
    told = standings(actor, [link.initiative for link in rows]) if rows else {}
    found: dict[int, list[systems.LinkedInitiative]] = {}
    for link in rows:
        line = systems.LinkedInitiative(
            link.initiative.reference,
            link.initiative.title or link.initiative.reference,
            link.get_kind_display(),
            told[link.initiative_id].state,
            reverse("initiatives:initiative_detail", args=[link.initiative_id]),
        )
        found.setdefault(link.system_id or 0, []).append(line)
    return found


def may_be_read(actor: Actor, initiative: Initiative, *, involved: bool) -> bool:
    """Does the actor see more than title and state?"""
    return sight(actor, initiative, involved=involved) >= Sight.OPEN
