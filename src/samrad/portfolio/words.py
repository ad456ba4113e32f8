"""What the reading of spreadsheets says in codes, said to people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.money import NBSP, kroner
from samrad.core.sheets.words import CELLS
from samrad.portfolio.sheets.mapping import NOT_STATED

if TYPE_CHECKING:
    from samrad.portfolio.models import ProjectAmount

REASONS: dict[str, Any] = {
    **CELLS,
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


def reason_words(code: str) -> str:
    """Why a cell is unknown or a row refused, for people."""
    return str(REASONS.get(code, code))


def field_words(code: str) -> str:
    """What a column is, for people."""
    return str(FIELDS.get(code, code))


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


def figure_words(value: Decimal, currency: str, unit: int) -> str:
    """An amount in its own currency and unit: «23,11 mill. GBP»; kroner are said in full."""
    if currency == "NOK":
        return kroner(value * unit)
    units = {1: "", 1000: _("thousand"), 1_000_000: _("million"), 1_000_000_000: _("billion")}
    number = formats.number_format(value.quantize(Decimal("0.01")).normalize() + 0, use_l10n=True, force_grouping=True)
    return NBSP.join(part for part in (number, units.get(unit, ""), currency) if part)


def _figure(value: Decimal, amount: ProjectAmount) -> str:
    return figure_words(value, amount.currency, amount.unit)


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
