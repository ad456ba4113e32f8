"""The first projects of a file as they were read, each held against the project that stands here. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samrad.portfolio.actions.import_rows import FIELDS, KINDS, _facts, _Planned, _texts, _title
from samrad.portfolio.models import Project, ProjectAmount
from samrad.portfolio.sheets import TARGETS
from samrad.portfolio.sheets.mapping import DATE, MONEY, TEXT
from samrad.portfolio.sheets.seen import FIRST, ReadField, ReadRow

# What is shown whether it changes or not; of the rest only what changes.
MAIN = {"phase", "rating", *FIELDS} | {code for code, kind in TARGETS.items() if kind in (DATE, MONEY)}
PARTS = ("value", "low", "high", "currency", "unit", "price_base", "unknown_reason")


def first_projects(planned: Sequence[_Planned]) -> list[ReadRow]:
    """The first rows as they were read, and what each changes. Whoever imports here sees all of the projects."""
    first = list(planned[:FIRST])
    standing = [plan.standing for plan in first if plan.standing is not None and plan.change == "updated"]
    found = ProjectAmount.objects.filter(project__in=standing) if standing else ()
    amounts = {(amount.project_id, amount.kind): amount for amount in found}
    return [_read(plan, amounts) for plan in first]


def _read(plan: _Planned, amounts: Mapping[tuple[int, str], ProjectAmount]) -> ReadRow:
    said = _said(plan)
    was = _stands(plan.standing, amounts) if plan.standing is not None and plan.change == "updated" else said
    fields = []
    for code, now in said.items():
        moves = not _alike(now, was.get(code))
        unread = plan.row.values[code] if code in plan.row.values and not isinstance(now, ProjectAmount) else None
        why = str(unread.reason or "") if unread else ""
        if moves or (code in MAIN and not _blank(now, why)):
            fields.append(ReadField(code, unread.text if unread and why else now, was.get(code), moves, why))
    row = plan.row
    return ReadRow(row.record, row.line, _title(row), row.source_id, plan.change, tuple(fields))


def _said(plan: _Planned) -> dict[str, Any]:
    """What the row says, by field, as the project would say it."""
    row, facts, texts = plan.row, _facts(plan.row), _texts(plan.row)
    by_kind = {
        target: ProjectAmount(kind=kind, **plan.amounts[kind]) for target, kind in KINDS.items() if kind in plan.amounts
    }
    said: dict[str, Any] = {}
    for code, kind in TARGETS.items():
        if code == "title":
            said[code] = _title(row)[:200]
        elif code in by_kind:
            said[code] = by_kind[code]
        elif code in row.values:
            said[code] = facts.get(
                "source_rating" if code == "rating" else code, texts.get(code, "" if kind == TEXT else None)
            )
    return said


def _stands(project: Project, amounts: Mapping[tuple[int, str], ProjectAmount]) -> dict[str, Any]:
    """The same fields as they stand here."""
    facts = {name: getattr(project, name) for name in (*FIELDS, "start_date", "end_date")}
    money = {target: amounts.get((project.pk, kind)) for target, kind in KINDS.items()}
    texts = {name: text for name, text in project.texts.items() if name != "title"}
    return texts | money | facts | {"title": project.initiative.title, "rating": project.source_rating}


def _alike(now: Any, before: Any) -> bool:
    if isinstance(now, ProjectAmount) and isinstance(before, ProjectAmount):
        return all(getattr(now, name) == getattr(before, name) for name in PARTS)
    return (now or None) == (before or None)


def _blank(now: Any, why: str) -> bool:
    """Does the cell say nothing at all?"""
    reason = now.unknown_reason if isinstance(now, ProjectAmount) else why
    return reason == "blank" or (not now and not reason)
