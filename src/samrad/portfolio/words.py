"""What the reading of spreadsheets says in codes, said to people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.money import NBSP, kroner
from samrad.core.sheets.words import CELLS
from samrad.portfolio.sheets.mapping import NOT_STATED

if TYPE_CHECKING:
    from samrad.governance.models import Body
    from samrad.portfolio.models import Measure, MeasureProject, ProjectAmount
    from samrad.portfolio.money import Forecast

REASONS: dict[str, Any] = {
    **CELLS,
    "no_id": gettext_lazy("has no id"),
    "id_twice": gettext_lazy("has the same id as an earlier row"),
    "id_too_long": gettext_lazy("has an id longer than 100 characters"),
    "no_project": gettext_lazy("says no project"),
    "no_such_project": gettext_lazy("names a project that is not in this portfolio"),
    "several_projects": gettext_lazy("names a project by a title that several have; use the reference"),
    "no_name": gettext_lazy("has no name"),
    "no_year": gettext_lazy("has no year between 2000 and 2100"),
    "no_money_kind": gettext_lazy("has a kind or a source we do not know"),
    "day_assumed": gettext_lazy("no day is said: it stands at the project's end until someone says when"),
    "day_reached": gettext_lazy("no day is said: it stands at the day it was reached until someone says when"),
    "day_brought_in": gettext_lazy("no day is said: it stands at the day it was brought in until someone says when"),
    "middle_assumed": gettext_lazy("nothing is said: it stands at 3 of 5 until someone says"),
    "three_at_once": gettext_lazy("a project under way has three who answer for it: name them on the project's page"),
    "plan_written_here": gettext_lazy("how it is realised is written here already, and stays"),
    "not_brought_in": gettext_lazy("what is measured is not brought in"),
    "below_nothing": gettext_lazy("less than nothing"),
    "taken_off_here": gettext_lazy("is taken off the list here, and stays off"),
    "no_unit": gettext_lazy("says no unit"),
    "unit_not_led": gettext_lazy("is about a unit you do not lead"),
    "row_twice": gettext_lazy("says the same as an earlier row"),
    "not_allowed": gettext_lazy("is about a project you may not change"),
    "published_already": gettext_lazy("says less than the report that is published for the quarter"),
    "too_long": gettext_lazy("too long a text"),
    "not_a_choice": gettext_lazy("not one of the words we know"),
    "not_on_the_scale": gettext_lazy("not a number on the scale"),
    "not_a_whole_number": gettext_lazy("not a whole number"),
    "not_a_quarter": gettext_lazy("not a quarter, like «2027 K1»"),
    "no_such_person": gettext_lazy("nobody we know by that name or address"),
    "several_people": gettext_lazy("several people have that name; use the address"),
    "negative_budget": gettext_lazy("a budget cannot be below nothing"),
    "benefits_written_here": gettext_lazy("is a benefit of a need that was written here; change it there"),
    "kommit_years": gettext_lazy("costs without a year: write the years in the workbook, or when the project starts"),
    "more_leave_than_days": gettext_lazy("more leave than days"),
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


# What KommIT's workbook says or computes that no other source does.
KOMMIT_FIELDS: dict[str, Any] = {
    "kommit_npv": gettext_lazy("Net economic effect (present value), by KommIT's workbook"),
    "kommit_freed": gettext_lazy("Freed time a year in man-years, by KommIT's workbook"),
    "kommit_use": gettext_lazy("How freed time is to be used"),
    "kommit_legal": gettext_lazy("Is the change required by law?"),
}

_PROJECT = {"project": gettext_lazy("Project (reference, id or title)")}
ROW_FIELDS: dict[str, dict[str, Any]] = {
    "milestones": {
        **_PROJECT,
        "name": gettext_lazy("Milestone or deliverable"),
        "kind": gettext_lazy("Kind"),
        "due_date": gettext_lazy("Planned"),
        "reached_date": gettext_lazy("Reached"),
    },
    "money": {
        **_PROJECT,
        "year": gettext_lazy("Year"),
        "kind": gettext_lazy("Investment or running cost"),
        "source": gettext_lazy("Who pays"),
        "budget_kr": gettext_lazy("Budget"),
        "actual_kr": gettext_lazy("Paid"),
        "forecast_kr": gettext_lazy("Forecast"),
    },
    "risks": {
        **_PROJECT,
        "title": gettext_lazy("What may happen"),
        "kind": gettext_lazy("Risk or opportunity"),
        "cause": gettext_lazy("Why, and what it leads to"),
        "likelihood": gettext_lazy("How likely, before measures"),
        "impact": gettext_lazy("How much, before measures"),
        "measure": gettext_lazy("What is done about it"),
        "responsible": gettext_lazy("Responsible"),
        "likelihood_after": gettext_lazy("How likely, after measures"),
        "impact_after": gettext_lazy("How much, after measures"),
        "review_date": gettext_lazy("Look at it again"),
        "closed": gettext_lazy("Is it over?"),
    },
    "status": {
        **_PROJECT,
        "day": gettext_lazy("A day in the quarter it is about"),
        "progress": gettext_lazy("Schedule"),
        "progress_text": gettext_lazy("Schedule, comment"),
        "economy": gettext_lazy("Economy"),
        "economy_text": gettext_lazy("Economy, comment"),
        "risk": gettext_lazy("Risk"),
        "risk_text": gettext_lazy("Risk, comment"),
        "resources": gettext_lazy("Resources"),
        "resources_text": gettext_lazy("Resources, comment"),
        "benefit": gettext_lazy("Benefits"),
        "benefit_text": gettext_lazy("Benefits, comment"),
        "spent_kr": gettext_lazy("Spent so far"),
        "forecast_kr": gettext_lazy("Forecast at the end"),
    },
    "people": {
        "unit": gettext_lazy("Unit"),
        "title": gettext_lazy("Role or person"),
        "person": gettext_lazy("Person, by address or name"),
        "quarter": gettext_lazy("Quarter"),
        "days": gettext_lazy("Days in all"),
        "leave_days": gettext_lazy("Leave"),
        "line_days": gettext_lazy("The line's own work"),
        "reserved_days": gettext_lazy("Set aside for development"),
    },
}


def reason_words(code: str) -> str:
    """Why a cell is unknown or a row refused, for people."""
    return str(REASONS.get(code, code))


def named_cells(kind: str, unknown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The unknown cells of rows; where the file has no such column, it is named by what it would hold."""
    names = ROW_FIELDS.get(kind, {})
    return [{**u, "column": str(names.get(u["column"], u["column"]))} for u in unknown]


def field_words(code: str) -> str:
    """What a column is, for people."""
    return str(FIELDS.get(code) or KOMMIT_FIELDS.get(code, code))


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


AHEAD: dict[str, Any] = {
    "stop": gettext_lazy("Is stopped at once"),
    "merge": gettext_lazy("Is merged at once"),
    "move": gettext_lazy("The project owner is asked for other dates"),
    "rehome": gettext_lazy("Is moved at once"),
}


def measure_words(measure: Measure, row: MeasureProject, bodies: Mapping[int, Body | None]) -> str:
    """What a measure does with a project: what came of it, or what will happen when it is decided."""
    if measure.state != "proposed":
        return str(row.standing)
    if body := bodies.get(row.project_id):
        return _("%(body)s is asked, as a case") % {"body": body.name}
    return str(AHEAD.get(measure.kind, _("Those who answer for it are told")))


def base_words(base: str) -> str:
    """What a price base is called beside kroner."""
    if base == NOT_STATED:
        return _("price base not stated")
    return base or _("as decided")


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


def forecast_words(forecast: Forecast) -> str:
    """Which forecast counts, where the last status report and the money lines do not say the same; else nothing."""
    counts, other = forecast.counts, forecast.other
    if counts is None or other is None:
        return ""
    said = {"kr": kroner(counts.kr), "other": kroner(other.kr)}
    said["day"] = formats.date_format(localtime(counts.at).date(), "DATE_FORMAT") if counts.at else "–"
    if counts.where == "report":
        words = _(
            "The status report of %(day)s says %(kr)s. It came last, so it counts. The money lines add up to %(other)s."
        )
    else:
        words = _(
            "The money lines add up to %(kr)s. They were changed last, %(day)s, so they count. The status report says %(other)s."
        )
    return str(words) % said
