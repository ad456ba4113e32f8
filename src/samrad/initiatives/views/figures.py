"""Cost and benefit as the pages show them: the years in a table, and what they come to in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.components import MoneyRow
from samrad.core.money import NBSP, grouped, kroner
from samrad.initiatives.valuation import Valuation

SWINGS = {
    "costs_up": gettext_lazy("Costs %(percent)s per cent higher"),
    "gains_down": gettext_lazy("Benefits %(percent)s per cent lower"),
    "both": gettext_lazy("Both at once"),
}


@dataclass(frozen=True)
class Figure:
    """One result: what it is, how much, and how it is reckoned."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """The whole reckoning, ready to draw."""

    columns: list[str]
    rows: list[MoneyRow]
    figures: list[Figure]
    swings: list[Figure]


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1))


def _decimal(number: Decimal) -> str:
    return f"{number:.1f}".replace(".", ",")


def _rows(valuation: Valuation) -> list[MoneyRow]:
    flows, rate = valuation.flows, kroner(valuation.rates.hourly_kr)
    rows = [
        MoneyRow(_("One-off cost"), [-_whole(f.one_off) for f in flows]),
        MoneyRow(_("Running cost"), [-_whole(f.running) for f in flows]),
        MoneyRow(_("Internal hours at %(rate)s") % {"rate": rate}, [-_whole(f.time_cost) for f in flows]),
        MoneyRow(_("Taken out in the budget"), [_whole(f.budget_kr) for f in flows]),
    ]
    return rows


def _figures(valuation: Valuation) -> list[Figure]:
    rates = valuation.rates
    discount = rates.discount_percent
    npv_note = (
        _("Budget benefits less costs, discounted by %(percent)s per cent a year.") % {"percent": _decimal(discount)}
        if discount
        else _("Budget benefits less costs, not discounted.")
    )
    payback = valuation.payback_years
    paid = _("%(years)s years") % {"years": _decimal(payback)} if payback else _("From the start")
    figures = [
        Figure(_("Cost in all"), kroner(_whole(valuation.sum_cost)), _("One-off, running and internal hours.")),
        Figure(_("Budget benefits in all"), kroner(_whole(valuation.sum_budget))),
        Figure(_("Net present value"), kroner(_whole(valuation.npv)), npv_note),
        Figure(
            _("Earned back after"),
            paid if payback is not None else _("Not within these years"),
            _("Counted in kroner in the budget alone."),
        ),
        Figure(
            _("Benefit for each krone"),
            "–" if valuation.ratio is None else f"{valuation.ratio:.2f}".replace(".", ",") + f"{NBSP}kr",
        ),
        Figure(
            _("Hours freed in all"),
            _("%(n)s hours") % {"n": grouped(int(valuation.sum_hours))},
            _("Worth %(amount)s at %(rate)s an hour. It is not added to the kroner: freed time is no money saved.")
            % {"amount": kroner(_whole(valuation.worth_of_hours)), "rate": kroner(rates.hourly_kr)},
        ),
    ]
    if valuation.sum_others:
        others = kroner(_whole(valuation.sum_others))
        figures.append(Figure(_("Benefits for others in all"), others, _("Saved elsewhere than in your budget.")))
    return figures


def shown_valuation(valuation: Valuation) -> Shown:
    """The reckoning as a table of years, results and what happens where it turns out otherwise."""
    swings = [Figure(str(SWINGS[s.code]) % {"percent": s.percent}, kroner(_whole(s.npv))) for s in valuation.swings]
    columns: list[Any] = [_("Year %(n)s") % {"n": f.number} for f in valuation.flows]
    return Shown(columns, _rows(valuation), _figures(valuation), swings)
