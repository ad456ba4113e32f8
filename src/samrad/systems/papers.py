"""The register as a spreadsheet: what the one who asks may see, every cell as text, number or date, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Kind, Sheet, comma_separated, workbook
from samrad.systems.content import DATE, ITEMS, MONEY, NUMBER, Item
from samrad.systems.models import System, Terms
from samrad.systems.queries import LinkedInitiative, value_of
from samrad.systems.words import BESIDE, beside, reason_words, said

KINDS: dict[str, Kind] = {DATE: "date", MONEY: "kr", NUMBER: "number"}


def _columns(items: Iterable[Item]) -> list[Column]:
    own = [Column(str(item.label), KINDS.get(item.kind, "text")) for item in items]
    beside = [Column(str(label)) for label in BESIDE.values()]
    return [Column(_("Id in the spreadsheet")), Column(_("Owner")), *own, *beside]


def _row(
    system: System,
    terms: Terms | None,
    items: Iterable[Item],
    names: Mapping[str, Mapping[Any, str]],
    linked: Iterable[LinkedInitiative],
) -> list[Any]:
    cells: list[Any] = [system.source_id, system.owner.name]
    for item in items:
        row = terms if item.terms else system
        value = value_of(row, item.code) if row is not None else None
        cells.append(value if item.kind in KINDS else said(item, value, names))
    return [*cells, *(beside(code, system, linked) for code in BESIDE)]


def register_table(
    systems: Iterable[System],
    terms: Mapping[int, Terms],
    names: Mapping[str, Mapping[Any, str]],
    linked: Mapping[int, list[LinkedInitiative]],
) -> tuple[list[Column], list[list[Any]]]:
    """Columns and rows. Without a single contract to see, there are no columns for contracts."""
    items = [item for item in ITEMS if terms or not item.terms]
    return _columns(items), [
        _row(system, terms.get(system.pk), items, names, linked.get(system.pk, [])) for system in systems
    ]


def register_file(suffix: str, columns: list[Column], rows: list[list[Any]], *, at: datetime) -> bytes:
    """The register as CSV or XLSX."""
    if suffix == "csv":
        return comma_separated(columns, rows)
    return workbook([Sheet(_("Systems"), columns, rows)], at=at, title=_("System register"))


def import_lists(refused: list[dict[str, Any]], unknown: list[dict[str, Any]], *, at: datetime) -> bytes:
    """The refused rows and the unknown cells of an import, as XLSX, to be mended at the source."""
    rows = [[r["record"], r["line"], r["name"], reason_words(r["reason"])] for r in refused]
    cells = [[u["record"], u["line"], u["name"], u["column"], u["text"], reason_words(u["reason"])] for u in unknown]
    where = [Column(_("Row"), "number"), Column(_("Line"), "number"), Column(_("Name"))]
    sheets = [
        Sheet(_("Refused rows"), [*where, Column(_("Reason"))], rows),
        Sheet(_("Unknown cells"), [*where, Column(_("Column")), Column(_("Text")), Column(_("Reason"))], cells),
    ]
    return workbook(sheets, at=at, title=_("What could not be brought in"))
