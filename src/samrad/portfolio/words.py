"""What the reading of spreadsheets says in codes, said to people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.money import NBSP, kroner
from samrad.portfolio.sheets import Unreadable
from samrad.portfolio.sheets.mapping import NOT_STATED

if TYPE_CHECKING:
    from samrad.portfolio.models import ProjectAmount

REASONS: dict[str, Any] = {
    "blank": gettext_lazy("the cell is blank"),
    "exempt": gettext_lazy("exempt from public access at the source"),
    "range": gettext_lazy("a range, not one value"),
    "not_yet_known": gettext_lazy("not yet known at the source"),
    "formula": gettext_lazy("a formula without a saved value"),
    "not_a_number": gettext_lazy("not a number"),
    "not_a_date": gettext_lazy("not a date"),
    "not_a_rating": gettext_lazy("not a known rating"),
    "number_too_large": gettext_lazy("too large a number"),
    "other_currency": gettext_lazy("another currency than its column"),
    "beyond_columns": gettext_lazy("stands beyond the last column with a header"),
    "ends_before_start": gettext_lazy("the end is before the start"),
    "no_id": gettext_lazy("has no id"),
    "id_twice": gettext_lazy("has the same id as an earlier row"),
    "id_too_long": gettext_lazy("has an id longer than 100 characters"),
}

FIELDS: dict[str, Any] = {
    "source_id": gettext_lazy("Id at the source"),
    "title": gettext_lazy("Title"),
    "department": gettext_lazy("Sector or unit"),
    "category": gettext_lazy("Category"),
    "description": gettext_lazy("Description"),
    "phase": gettext_lazy("Phase"),
    "owner_name": gettext_lazy("Project owner"),
    "rating": gettext_lazy("Status light"),
    "rating_comment": gettext_lazy("Comment on the status"),
    "start_date": gettext_lazy("Starts"),
    "end_date": gettext_lazy("Ends"),
    "schedule_text": gettext_lazy("Comment on the schedule"),
    "budget": gettext_lazy("Budget"),
    "budget_year": gettext_lazy("Budget this year"),
    "forecast_year": gettext_lazy("Forecast this year"),
    "variance": gettext_lazy("Deviation in per cent (computed anew)"),
    "variance_text": gettext_lazy("Comment on the deviation"),
    "whole_life_cost": gettext_lazy("Whole life cost"),
    "cost_text": gettext_lazy("Comment on the cost"),
    "benefits_amount": gettext_lazy("Benefits, amount"),
    "benefits_text": gettext_lazy("Comment on the benefits"),
    "evaluation_plan": gettext_lazy("Evaluation plan"),
}

UNREADABLE: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Choose another one."),
    "too_large": gettext_lazy("The file is too large. The limit is %(detail)s MB."),
    "pdf": gettext_lazy("This is a PDF. Choose the spreadsheet it was made from, as CSV or XLSX."),
    "old_excel": gettext_lazy("The file is an old Excel file, or has a password. Save it as XLSX without a password."),
    "picture": gettext_lazy("This is a picture. Choose a spreadsheet, as CSV or XLSX."),
    "packed": gettext_lazy("The file is packed. Unpack it, and choose the spreadsheet in it."),
    "program": gettext_lazy("This is a program. Choose a spreadsheet, as CSV or XLSX."),
    "open_document": gettext_lazy("This is an OpenDocument file. Save it as XLSX or CSV."),
    "word": gettext_lazy("This is a Word file. Choose a spreadsheet, as CSV or XLSX."),
    "web_page": gettext_lazy("This is a web page, whatever it is called. Save it as XLSX or CSV."),
    "not_text": gettext_lazy("This is not a spreadsheet. Choose a CSV or XLSX file."),
    "not_csv": gettext_lazy("The file cannot be read as CSV. Save it anew from the spreadsheet, as XLSX or CSV."),
    "one_column": gettext_lazy("Only one column was found. Save the file with comma, semicolon or tab between columns."),
    "no_records": gettext_lazy("There are headers, but no rows under them."),
    "open_quote": gettext_lazy("A quotation mark is opened and never closed, so the rows run together. Mend it, and try again."),
    "encoding": gettext_lazy("The letters on line %(detail)s cannot be read. Save the file as CSV UTF-8 or XLSX."),
    "broken_workbook": gettext_lazy("The Excel file is damaged. Open it, save it anew, and try again."),
    "bomb": gettext_lazy("The Excel file swells too much when it is opened. Save only the sheet you need."),
    "no_such_sheet": gettext_lazy("There is no sheet called «%(detail)s»."),
    "too_many_records": gettext_lazy("There are more than %(detail)s rows. Divide the file."),
    "too_many_columns": gettext_lazy("There are more than %(detail)s columns. Remove those you do not need."),
}  # fmt: skip


def reason_words(code: str) -> str:
    """Why a cell is unknown or a row refused, for people."""
    return str(REASONS.get(code, code))


def field_words(code: str) -> str:
    """What a column is, for people."""
    return str(FIELDS.get(code, code))


def unreadable_words(trouble: Unreadable) -> str:
    """Why a file cannot be read, and what to do."""
    text = str(UNREADABLE.get(trouble.reason, _("The file cannot be read as a spreadsheet.")))
    return text % {"detail": trouble.detail} if "%(detail)s" in text else text


def budget_figures(summary: Mapping[str, Any]) -> list[tuple[str, Decimal | None]]:
    """The budget of a portfolio, one sum for each price base and what it is called. Older reports have but one sum."""
    budgets = summary.get("budgets") or [{"price_base": "", "kr": summary["budget_kr"]}]
    found = []
    for one in budgets:
        base = str(one["price_base"])
        if base == NOT_STATED:
            label = _("Budget, price base not stated")
        elif base:
            label = _("Budget, %(base)s") % {"base": base}
        else:
            label = _("Budget, as decided") if len(budgets) > 1 else _("Budget")
        found.append((label, Decimal(one["kr"]) if one["kr"] is not None else None))
    return found


def _figure(value: Decimal, amount: ProjectAmount) -> str:
    if amount.currency == "NOK":
        return kroner(value * amount.unit)
    units = {1: "", 1000: _("thousand"), 1_000_000: _("million"), 1_000_000_000: _("billion")}
    number = formats.number_format(value.quantize(Decimal("0.01")).normalize() + 0, use_l10n=True, force_grouping=True)
    return NBSP.join(part for part in (number, units.get(amount.unit, ""), amount.currency) if part)


def amount_words(amount: ProjectAmount) -> str:
    """An amount in its own currency and price base, a range with both ends, or why it is unknown. Never converted."""
    if amount.value is not None:
        said = _figure(amount.value, amount)
    elif amount.low is not None or amount.high is not None:
        said = "–".join(_figure(end, amount) if end is not None else "?" for end in (amount.low, amount.high))
    else:
        return _("unknown: %(reason)s") % {"reason": reason_words(amount.unknown_reason)}
    base = _("price base not stated") if amount.price_base == NOT_STATED else amount.price_base
    return f"{said} ({base})" if base else said
