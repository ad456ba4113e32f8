"""ICT effort as a spreadsheet, with the trend as a chart that follows the cells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Lines, Sheet, workbook
from samrad.portfolio.effort import Spent
from samrad.portfolio.queries import UnitSpent


def _figures(spent: Spent | None) -> list[Any]:
    if spent is None:
        return [None] * 8
    hours = [spent.operation, spent.maintenance, spent.development, spent.decided, spent.unplanned]
    return [*hours, spent.operation_percent, spent.development_percent, spent.decided_percent]


def _columns() -> list[Column]:
    hours = [_("Operation"), _("Maintenance"), _("Development"), _("On decided initiatives"), _("Without a decision")]
    percents = [_("Operation, per cent"), _("Development, per cent"), _("Of the development on decided initiatives")]
    return [Column(name, "number", 16) for name in hours] + [Column(name, "percent", 16) for name in percents]


def effort_sheet(months: list[tuple[date, Spent | None]], units: list[UnitSpent], *, at: datetime, title: str) -> bytes:
    """The months with the lines of operation and development, and each unit."""
    by_month = [[date_format(month, "M Y"), *_figures(spent)] for month, spent in months]
    by_unit = [[row.house, row.unit.name, row.months, *_figures(row.spent)] for row in units]
    lines = Lines(_("Operation and development, per cent of the hours"), (6, 7))
    first = [Column(_("Municipality")), Column(_("Unit")), Column(_("Months"), "number")]
    return workbook(
        [
            Sheet(_("Months"), [Column(_("Month")), *_columns()], by_month, bars=lines),
            Sheet(_("Units"), [*first, *_columns()], by_unit),
        ],
        at=at,
        title=title,
    )
