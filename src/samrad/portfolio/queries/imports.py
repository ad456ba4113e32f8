"""Reads about imports: what one is held against, and what has changed from the one to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from samrad.initiatives.queries import visible_ids
from samrad.organisation.actors import Actor
from samrad.portfolio.models import ImportBatch, ImportedRow
from samrad.portfolio.sheets.changes import (
    KINDS,
    LEFT,
    NEW,
    NO_ID,
    SAME_NAME,
    Change,
    changes_of_row,
    only_in_one,
)

HEAVY = ("content", "refused", "unknown")  # megabytes, where the file was large
LOOKED_AT = 20  # so many earlier imports are looked through for the same source


def earlier_import(batch: ImportBatch, ids: Collection[str]) -> ImportBatch | None:
    """The newest earlier import of the same source into the same portfolio; `ids` are the projects of the new file.

    The same source: columns of the same name and a project in common, or at least half of the projects in common.
    Another reading of the very same file is passed by, so that its report says the same the second time.
    """
    found = ImportBatch.objects.filter(portfolio_id=batch.portfolio_id, imported_at__isnull=False)
    if batch.sha256:
        found = found.exclude(sha256=batch.sha256)
    shared = Count("rows", filter=Q(rows__project__source_id__in=list(ids)))
    found = found.defer(*HEAVY).annotate(kept=Count("rows"), shared=shared)
    for earlier in found.filter(kept__gt=0).order_by("-imported_at", "-pk")[:LOOKED_AT]:
        same_columns = bool(batch.mapping_name) and earlier.mapping_name == batch.mapping_name
        if earlier.shared and (same_columns or 2 * earlier.shared >= min(len(ids), earlier.kept)):
            return earlier
    return None


def imports_waiting(entity_id: int) -> QuerySet[ImportBatch]:
    """The imports of an entity's portfolios that the worker is to bring in, those asked for first first."""
    found = ImportBatch.objects.filter(portfolio__owner_id=entity_id, imported_at__isnull=True, given_up="")
    return found.filter(asked_at__isnull=False).defer(*HEAVY).order_by("asked_at", "pk")


@dataclass(frozen=True)
class ProjectChange:
    """One change, and the project it is about."""

    project_id: int
    source_id: str
    title: str
    change: Change

    def as_json(self) -> dict[str, Any]:
        """The form scripts read."""
        change = self.change
        told: dict[str, Any] = {"id": self.source_id, "title": self.title, "change": change.kind, "field": change.field}
        told |= {"before": change.before, "after": change.after, "difference": change.difference}
        told["doubts"] = list(change.doubts)
        if change.currency:
            bases = {"price_base_before": change.price_bases[0], "price_base_after": change.price_bases[1]}
            told |= {"currency": change.currency, "unit": change.unit} | bases
        return told


@dataclass(frozen=True)
class ChangeReport:
    """What has changed since an earlier import of the same source."""

    batch: ImportBatch
    before: ImportBatch
    lines: list[ProjectChange]
    hidden: int = 0
    uncompared: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind."""
        counted = Counter(line.change.kind for line in self.lines)
        return {kind: counted[kind] for kind in KINDS}

    @property
    def doubtful(self) -> int:
        """How many of them are to be doubted."""
        return sum(1 for line in self.lines if line.change.doubts)

    def as_json(self) -> dict[str, Any]:
        """The form scripts read."""
        assert self.before.imported_at is not None
        before = {"file_name": self.before.file_name, "imported_at": self.before.imported_at.isoformat()}
        return {
            "compared_with": {**before, "import": self.before.pk},
            "counts": self.counts(),
            "doubtful": self.doubtful,
            "not_compared": self.uncompared,
            "hidden": self.hidden,
            "lines": [line.as_json() for line in self.lines],
        }


PARTS = ("project_id", "project__source_id", "project__initiative__title", "seen", "said")


def changes_of(actor: Actor, batch: ImportBatch) -> ChangeReport | None:
    """What has changed since the import this one is held against; None where there is none. Only what one may see."""
    if batch.compared_with_id is None:
        return None
    earlier = ImportBatch.objects.defer(*HEAVY).get(pk=batch.compared_with_id)
    seen = Exists(visible_ids(actor).filter(pk=OuterRef("project__initiative_id")))
    rows = ImportedRow.objects.annotate(seen=seen).order_by("project__source_id")
    here, there = rows.filter(batch=batch), rows.filter(batch=earlier)
    before = Subquery(there.order_by().filter(project_id=OuterRef("project_id")).values("said")[:1])
    differing = (
        here.annotate(before=before).filter(Q(before__isnull=True) | ~Q(before=F("said"))).values_list(*PARTS, "before")
    )
    left = there.exclude(project_id__in=here.order_by().values("project_id")).values_list(*PARTS)
    rows_now = list(differing)
    lines, hidden = _lines(rows_now, list(left), batch)
    return ChangeReport(batch, earlier, lines, hidden, _uncompared(rows_now))


def _uncompared(differing: list[tuple[Any, ...]]) -> list[str]:
    # Every row of a file has the same columns: where they differ, every row differs, and one of them tells.
    return next((only_in_one(before, said) for *_parts, said, before in differing if before is not None), [])


def _name(title: str) -> str:
    return " ".join(title.casefold().split())


def _lines(
    differing: list[tuple[Any, ...]], left: list[tuple[Any, ...]], batch: ImportBatch
) -> tuple[list[ProjectChange], int]:
    """Every change, by kind and then by project; and how many projects one may not see."""
    new_names = {_name(title) for _pk, _id, title, _seen, _said, before in differing if before is None}
    left_names = {_name(title) for _pk, _id, title, _seen, _said in left}
    nameless = {_name(title[:200]) for title in batch.unidentified}
    lines: list[ProjectChange] = []
    for pk, source_id, title, is_seen, said, before in differing:
        if not is_seen:
            continue
        if before is None:
            doubts = (SAME_NAME,) if _name(title) in left_names else ()
            lines.append(ProjectChange(pk, source_id, title, Change(NEW, doubts=doubts)))
            continue
        lines += [ProjectChange(pk, source_id, title, change) for change in changes_of_row(before, said)]
    for pk, source_id, title, is_seen, _said in left:
        if is_seen:
            found = {SAME_NAME: _name(title) in new_names, NO_ID: _name(title) in nameless}
            gone = Change(LEFT, doubts=tuple(code for code, is_so in found.items() if is_so))
            lines.append(ProjectChange(pk, source_id, title, gone))
    hidden = sum(1 for row in [*differing, *left] if not row[3])
    return sorted(lines, key=lambda line: KINDS.index(line.change.kind)), hidden
