"""The rows of an import as projects: what each states, whether it is new or differs, and writing them in bulk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samrad.core.bulk import insert_all, update_all
from samrad.core.models import house_of
from samrad.eventlog.actions import record_all
from samrad.initiatives.actions import UnderWay, save_imported_title, take_in_initiatives
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.models import ImportBatch, ImportedRow, Portfolio, Project, ProjectAmount, UnknownCell
from samrad.portfolio.sheets import TARGETS, Reading, Row, Value
from samrad.portfolio.sheets.mapping import MONEY
from samrad.portfolio.sheets.stated import plain, stated

# What an amount is called in the portfolio, by the field it came from.
KINDS = {t: t for t, kind in TARGETS.items() if kind == MONEY} | {"benefits_amount": "benefits"}
FIELDS = {"owner_name": 200, "department": 200, "category": 200}
TEXTS = (
    "description", "phase", "rating_comment", "schedule_text", "variance_text", "cost_text", "benefits_text",
    "evaluation_plan",
)  # fmt: skip
PHASES = (
    ("idea", ("idé", "ide", "idea")),
    ("concept", ("konsept", "concept", "outline")),
    ("realise", ("realis", "gevinst", "benefit")),
    ("plan", ("plan",)),
    ("close", ("avslutt", "avslutning", "clos")),
    ("done", ("ferdig", "fullført", "done", "complete")),
)


def _plain(value: Any) -> Any:
    """A value as it is hashed: numbers and dates as text, numbers without idle zeros."""
    return plain(value) if isinstance(value, Decimal | date) else value


def _amounts(row: Row, reading: Reading) -> dict[str, dict[str, Any]]:
    """The amounts of a row by kind, each with its own currency, unit and price base."""
    found = {}
    for target, kind in KINDS.items():
        if target not in row.values:
            continue
        value, rule = row.values[target], reading.bound[target].rule
        found[kind] = {
            "value": _rounded(value.number),
            "low": _rounded(value.low),
            "high": _rounded(value.high),
            "currency": rule.currency or "NOK",
            "unit": rule.unit,
            "price_base": rule.price_base,
            "unknown_reason": str(value.reason or ""),
            "source_text": value.text,
        }
    return found


def _rounded(value: Any) -> Decimal | None:
    return value.quantize(Decimal("0.0001")) if isinstance(value, Decimal) else None


def _title(row: Row) -> str:
    value = row.values.get("title")
    return " ".join(value.word.split()) if value and value.word else row.source_id


def _rating(value: Value) -> str:
    return "exempt" if value.reason == "exempt" else value.word


def _facts(row: Row) -> dict[str, Any]:
    """The columns of the project that the row states; what the file has no column for is left as it is."""
    facts: dict[str, Any] = {name: row.values[name].word[:most] for name, most in FIELDS.items() if name in row.values}
    facts |= {name: row.values[name].day for name in ("start_date", "end_date") if name in row.values}
    if "rating" in row.values:
        facts["source_rating"] = _rating(row.values["rating"])
    return facts


def _texts(row: Row) -> dict[str, str]:
    texts = {name: row.values[name].word for name in TEXTS if name in row.values}
    if len(_title(row)) > 200:
        texts["title"] = _title(row)
    return {name: text for name, text in texts.items() if text}


def _fingerprint(row: Row, amounts: dict[str, dict[str, Any]]) -> str:
    said = {
        "title": _title(row),
        "facts": {name: _plain(value) for name, value in _facts(row).items()},
        "texts": _texts(row),
        "amounts": {k: {n: _plain(v) for n, v in a.items()} for k, a in amounts.items()},
        "unknown": [[cell.column, cell.text, cell.reason] for cell in row.unknown],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _phase(row: Row) -> str:
    said = row.values["phase"].word.casefold() if "phase" in row.values else ""
    return next((code for code, words in PHASES if any(word in said for word in words)), "execute")


@dataclass(frozen=True)
class _Planned:
    row: Row
    amounts: dict[str, dict[str, Any]]
    fingerprint: str
    standing: Project | None
    change: str


def _lock(portfolio: Portfolio, rows: Sequence[Row]) -> None:
    """Keep the projects of these rows as they are until it is done: what is read for deciding is locked first."""
    mine = Project.objects.filter(portfolio=portfolio, source_id__in=[row.source_id for row in rows])
    list(mine.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _plan(portfolio: Portfolio, reading: Reading, rows: Sequence[Row]) -> list[_Planned]:
    """What each row would do; to be carried out only of projects that are locked."""
    ids = [row.source_id for row in rows]
    standing = {
        project.source_id: project
        for project in Project.objects.filter(portfolio=portfolio, source_id__in=ids).select_related("initiative")
    }
    planned = []
    for row in rows:
        amounts = _amounts(row, reading)
        fingerprint, project = _fingerprint(row, amounts), standing.get(row.source_id)
        same = project is not None and project.source_fingerprint == fingerprint
        change = "imported" if project is None else "unchanged" if same else "updated"
        planned.append(_Planned(row, amounts, fingerprint, project, change))
    return planned


def _taken_in(planned: Sequence[_Planned], *, portfolio: Portfolio, by: Actor, at: datetime) -> dict[str, Project]:
    """A project, not yet saved, for each row that has none, by its id at the source; its initiative is taken in."""
    rows = [plan.row for plan in planned if plan.standing is None]
    initiatives = take_in_initiatives(
        by=by,
        at=at,
        owner_id=portfolio.owner_id,
        shared_with_id=portfolio.shared_with_id,
        taken=[UnderWay(_title(row), row.source_id, _phase(row)) for row in rows],
    )
    house = house_of(portfolio)
    return {
        row.source_id: Project(
            **house,
            initiative=initiative,
            portfolio=portfolio,
            source_id=row.source_id,
            entered_at=at,
            updated_at=at,
        )
        for row, initiative in zip(rows, initiatives, strict=True)
    }


def _fill(project: Project, plan: _Planned, *, by: Actor, at: datetime) -> None:
    """Let the project say what the file says; not yet saved."""
    if plan.standing is not None:
        project.version += 1
        if project.initiative.title != _title(plan.row)[:200]:
            save_imported_title(by=by, at=at, initiative=project.initiative, title=_title(plan.row))
    for name, value in _facts(plan.row).items():
        setattr(project, name, value)
    read = {name for name in TEXTS if name in plan.row.values} | {"title"}
    kept = {name: text for name, text in project.texts.items() if name not in read}
    project.texts = kept | _texts(plan.row)
    project.source_fingerprint = plan.fingerprint
    project.updated_at = at


COLUMNS = [*FIELDS, "start_date", "end_date", "source_rating", "texts", "source_fingerprint", "updated_at", "version"]


def _write(
    planned: Sequence[_Planned], *, portfolio: Portfolio, batch: ImportBatch, reading: Reading, by: Actor, at: datetime
) -> None:
    """Write what is new and what differs, in bulk, with one event for each project; and keep what every row said."""
    taken = _taken_in(planned, portfolio=portfolio, by=by, at=at)
    projects = {plan.row.source_id: plan.standing or taken[plan.row.source_id] for plan in planned}
    changed = [(plan, projects[plan.row.source_id]) for plan in planned if plan.change != "unchanged"]
    for plan, project in changed:
        _fill(project, plan, by=by, at=at)
    insert_all(taken.values())
    standing = [project for plan, project in changed if plan.standing is not None]
    update_all(standing, COLUMNS)
    _write_cells(changed, portfolio=portfolio, standing=[project.pk for project in standing])
    house = house_of(portfolio)
    insert_all(
        ImportedRow(**house, batch=batch, project=projects[plan.row.source_id], said=stated(plan.row, reading))
        for plan in planned
    )
    happened = [
        events.ProjectImported(
            initiative_id=project.initiative_id, project_id=project.pk, batch_id=batch.pk, change=plan.change
        )
        for plan, project in changed
    ]
    record_all(list(zip(happened, (project for _plan, project in changed), strict=True)), by=by, at=at)


def _write_cells(changed: Sequence[tuple[_Planned, Project]], *, portfolio: Portfolio, standing: list[int]) -> None:
    """The amounts and the unknown cells of what came in, in the place of those that stood."""
    house = house_of(portfolio)
    UnknownCell.objects.filter(project_id__in=standing).delete()
    kinds = {kind for plan, _project in changed for kind in plan.amounts}
    ProjectAmount.objects.filter(project_id__in=standing, kind__in=kinds).delete()
    insert_all(
        ProjectAmount(**house, project=project, kind=kind, **amount)
        for plan, project in changed
        for kind, amount in plan.amounts.items()
    )
    insert_all(
        UnknownCell(**house, project=project, column=c.column[:200], target=c.target, text=c.text, reason=c.reason)
        for plan, project in changed
        for c in plan.row.unknown
    )
