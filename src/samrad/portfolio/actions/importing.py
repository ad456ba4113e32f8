"""Taking in projects from a spreadsheet: the good rows, again and again, without a cell rejecting a row."""

from __future__ import annotations

from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.initiatives.actions import save_imported_title, take_in_initiative
from samrad.organisation.actors import Actor
from samrad.portfolio import events, gateway
from samrad.portfolio.models import ImportBatch, Portfolio, Project, ProjectAmount, UnknownCell
from samrad.portfolio.policy import can_manage


@dataclass
class Read:
    """One row as read: what is known, and what is not and why."""

    source_id: str
    title: str
    values: dict[str, Any]
    texts: dict[str, str]
    amounts: dict[str, dict[str, Any]]
    unknown: list[dict[str, str]]


@dataclass
class ImportResult:
    """What an import did; `refused` by record and line, `unknown` by record and column."""

    records: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The exact form that scripts read."""
        return {
            "records": self.records, "imported": self.imported, "updated": self.updated,
            "unchanged": self.unchanged, "refused": self.refused, "unknown": self.unknown,
        }  # fmt: skip


def read_record(cells: Named[str, str], headers: tuple[str, ...], mapping: gateway.Mapping) -> Read:
    """One row by the mapping. Part of an import, which leaves the trace."""

    def cell(target: str) -> tuple[str, str]:
        header = mapping.header_for(target, headers)
        return header, cells.get(header, "") if header else ""

    unknown: list[dict[str, str]] = []

    def missed(header: str, text: str, reason: str) -> None:
        if header and reason:
            unknown.append({"column": header, "text": text[:2000], "reason": reason})

    values: dict[str, Any] = {name: cell(name)[1][:200] for name in ("department", "category", "owner_name")}
    for name in ("start_date", "end_date"):
        header, text = cell(name)
        values[name], reason = gateway.day(text)
        missed(header, text, reason)
    header, text = cell("rating")
    values["source_rating"], reason = gateway.rating(text)
    missed(header, text, reason)
    amounts = {}
    for name in gateway.MONEY:
        header, text = cell(name)
        if not header:
            continue
        amount = gateway.money(text)
        missed(header, text, amount.reason)
        amounts[name] = {
            "value": amount.value, "low": amount.low, "high": amount.high, "unknown_reason": amount.reason,
            "currency": mapping.currency, "unit": mapping.unit, "source_text": text[:4000],
            "price_base": gateway.price_base_of(header, mapping),
        }  # fmt: skip
    texts = {name: cell(name)[1][:20_000] for name in gateway.TEXTS if cell(name)[1]}
    return Read(cell("source_id")[1][:100], cell("title")[1], values, texts, amounts, unknown)


def _same(project: Project, row: Read, amounts: dict[str, ProjectAmount]) -> bool:
    if project.initiative.title != row.title[:200] or project.texts != row.texts:
        return False
    if any(getattr(project, name) != value for name, value in row.values.items()):
        return False
    if set(amounts) - {"budget"} != set(row.amounts):
        return False
    return all(
        getattr(amounts[kind], name) == value for kind, said in row.amounts.items() for name, value in said.items()
    )


def _keep(project: Project, row: Read, at: datetime) -> None:
    for name, value in row.values.items():
        setattr(project, name, value)
    project.texts, project.updated_at = row.texts, at
    project.version += 1
    project.save()
    project.amounts.exclude(kind="budget").delete()
    house = house_of(project)
    ProjectAmount.objects.bulk_create(
        ProjectAmount(**house, project=project, kind=kind, **said) for kind, said in row.amounts.items()
    )
    project.unknown_cells.all().delete()
    UnknownCell.objects.bulk_create(
        UnknownCell(**house, project=project, column=u["column"][:200], target="", text=u["text"], reason=u["reason"])
        for u in row.unknown
    )


def _take(*, by: Actor, at: datetime, portfolio: Portfolio, row: Read) -> Project:
    initiative = take_in_initiative(
        by=by, at=at, owner_id=portfolio.owner_id, shared_with_id=portfolio.shared_with_id, title=row.title,
        source_id=row.source_id,
    )  # fmt: skip
    return Project.objects.create(
        **house_of(initiative), initiative=initiative, portfolio=portfolio, source_id=row.source_id, entered_at=at,
        updated_at=at, version=0,
    )  # fmt: skip


def _one(*, by: Actor, at: datetime, portfolio: Portfolio, row: Read, standing: Project | None,
         result: ImportResult) -> None:  # fmt: skip
    if standing is not None:
        if _same(standing, row, {a.kind: a for a in standing.amounts.all()}):
            result.unchanged += 1
            return
        save_imported_title(by=by, at=at, initiative=standing.initiative, title=row.title)
        result.updated += 1
    else:
        standing = _take(by=by, at=at, portfolio=portfolio, row=row)
        result.imported += 1
    _keep(standing, row, at)
    event = events.ProjectEntered(
        initiative_id=standing.initiative_id, project_id=standing.pk, portfolio_id=portfolio.pk
    )
    record(event, by=by, at=at, house=standing)


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def import_projects(*, by: Actor, at: datetime, portfolio: Portfolio, sheet: gateway.Sheet, mapping: gateway.Mapping,
                    file_name: str = "", sha256: str = "", all_or_nothing: bool = False,
                    dry_run: bool = False) -> ImportResult:  # fmt: skip
    """Import projects from a spreadsheet. The same file twice changes nothing; a dry run changes nothing at all."""
    can_manage(by, portfolio).require()
    result = ImportResult(records=len(sheet.records))
    try:
        with transaction.atomic():
            _all(by=by, at=at, portfolio=portfolio, sheet=sheet, mapping=mapping, result=result)
            if dry_run:
                raise _Undo
            if all_or_nothing and result.refused:
                result.imported = result.updated = result.unchanged = 0
                raise _Undo
            counts = {k: v for k, v in result.as_dict().items() if isinstance(v, int)}
            batch = ImportBatch.objects.create(
                **house_of(portfolio), portfolio=portfolio, file_name=file_name[:200], sha256=sha256,
                mapping_name=mapping.name[:80], counts=counts, refused=result.refused, unknown=result.unknown,
                imported_at=at, imported_by_id=by.person,
            )  # fmt: skip
            record(events.ProjectsImported(batch_id=batch.pk, **counts), by=by, at=at, house=batch)
    except _Undo:
        pass
    return result


def _all(*, by: Actor, at: datetime, portfolio: Portfolio, sheet: gateway.Sheet, mapping: gateway.Mapping,
         result: ImportResult) -> None:  # fmt: skip
    found = portfolio.projects.exclude(source_id="").select_related("initiative").prefetch_related("amounts")
    standing = {p.source_id: p for p in found}
    seen: set[str] = set()
    for one in sheet.records:
        row = read_record(one.cells, sheet.headers, mapping)
        reason = "no_id" if not row.source_id else "no_title" if not row.title else ""
        reason = reason or ("id_twice" if row.source_id in seen else "")
        if reason:
            result.refused.append({"record": one.number, "line": one.line, "reason": reason})
            continue
        seen.add(row.source_id)
        result.unknown += [{"record": one.number, **u} for u in row.unknown]
        _one(by=by, at=at, portfolio=portfolio, row=row, standing=standing.get(row.source_id), result=result)
