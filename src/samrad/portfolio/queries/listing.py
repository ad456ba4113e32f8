"""The list that leaders steer by: every project with what it is narrowed, sorted and added up by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.models import GoalLink, Initiative
from samrad.organisation.actors import Actor
from samrad.portfolio.lights import as_kept
from samrad.portfolio.models import Portfolio, SavedView
from samrad.portfolio.queries.lines import WORST, Line, budgets_of, listed_lines_of
from samrad.portfolio.queries.showing import within
from samrad.portfolio.queries.touching import largest_risk
from samrad.portfolio.workflow import gate_from

LIGHT_WORDS: dict[str, Promise] = {
    "red": _("Off course"),
    "amber": _("Needs attention"),
    "green": _("On course"),
    "grey": _("Not reported"),
}
SIX: dict[str, Promise] = {
    "progress": _("Progress"),
    "economy": _("Economy"),
    "risk": _("Risk"),
    "resources": _("Resources"),
    "benefit": _("Benefits"),
    "change": _("Change among people"),
}
COLUMNS: dict[str, tuple[Promise, str]] = {
    "rank": (_("Rank"), "number"),
    "municipality": (_("Municipality"), "text"),
    "sector": (_("Sector"), "text"),
    "field": (_("Professional field"), "text"),
    "goals": (_("Focus areas"), "text"),
    "phase": (_("Phase"), "text"),
    "size": (_("Size"), "text"),
    "light": (_("Status light"), "text"),
    **{f"light_{name}": (word, "text") for name, word in SIX.items()},
    "computed": (_("Computed light"), "text"),
    "reported": (_("Last reported"), "date"),
    "gate": (_("Next gate"), "text"),
    "top_risk": (_("Largest risk"), "text"),
    "owner": (_("Project owner"), "text"),
    "manager": (_("Project manager"), "text"),
    "responsible": (_("Responsible for the benefits"), "text"),
    "budget": (_("Budget"), "kr"),
    "spent": (_("Spent so far"), "kr"),
    "forecast": (_("Forecast"), "kr"),
    "deviation": (_("Deviation, per cent"), "number"),
    "benefit": (_("Benefits a year"), "kr"),
    "start": (_("Starts"), "date"),
    "ends": (_("Ends"), "date"),
}
USUAL = ("rank", "municipality", "sector", "phase", "light", "owner", "budget", "forecast", "ends")
SUMMED = ("budget", "spent", "forecast", "benefit")
PHASES = list(Initiative.Phase.values)
SIZES = list(Initiative.Size.values)


@dataclass
class Listed:
    """One project in the list: each column's value, what is exempt, and what it can be narrowed by."""

    line: Line
    cells: dict[str, Any]
    exempt: set[str]
    areas: dict[int, str] = field(default_factory=dict)
    light: str = ""
    lacks_owner: bool = False
    also: list[str] = field(default_factory=list)  # the other portfolios it is in
    codes: dict[str, str] = field(default_factory=dict)  # the light in each column that shows one
    beside: dict[str, tuple[str, str]] = field(default_factory=dict)  # what was reckoned instead, and why

    @property
    def title(self) -> str:
        return str(self.line.project.initiative.title)


def _areas(portfolio: Portfolio) -> dict[int, dict[int, str]]:
    """The focus areas each initiative of the portfolio serves, by goal or by a point of the action plan."""
    links = GoalLink.objects.filter(within(portfolio, "initiative__project"))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    names = ("goal__area", "point__goal__area")
    values = [v for name in names for v in (f"{name}_id", f"{name}__root_id", f"{name}__name")]
    for pk, *told in links.values_list("initiative_id", *values):
        for area, root, name in (told[:3], told[3:]):
            if area:
                found[pk][root or area] = name
    return found


def _computed(line: Line) -> tuple[str, str]:
    """The worst light where what was reckoned stands in the place of what was reported, and why, if it is another."""
    beside = line.beside()
    if not beside:
        return "", ""
    reported = {name: light for name, light, _trend in line.lights()} | {
        "change": line.report.change if line.report else ""
    }
    lights = reported | {name: one.light for name, one in beside.items()}
    worst = next((code for code in WORST if code in lights.values()), "")
    why = " ".join(line.why(one) for one in beside.values() if one.light == worst)
    return ("", "") if worst == line.worst else (worst, why)


def _steered(line: Line) -> tuple[dict[str, Any], dict[str, str], dict[str, tuple[str, str]]]:
    """What else one may choose to see of how it goes: the cells, their lights, and what was reckoned beside them."""
    report, risk, gate = line.report, vars(line.project).get("top_risk"), gate_from(line.project.initiative.phase)
    codes = {f"light_{name}": getattr(report, name) for name in SIX} if report else {}
    reckoned = [one.light for one in as_kept(report.computed).values()] if report else []
    codes["computed"] = next((code for code in WORST if code in reckoned), "")
    cells: dict[str, Any] = {f"light_{name}": "" for name in SIX}
    cells |= {name: str(LIGHT_WORDS[code]) if code else "" for name, code in codes.items()}
    cells["reported"] = report.period_end if report else None
    cells["gate"] = f"{gate.code} {gate.label}" if gate else ""
    cells["top_risk"] = f"{risk['title']} ({risk['size']})" if risk else ""
    beside = {f"light_{name}": (one.light, line.why(one)) for name, one in line.beside().items()}
    return cells, codes, beside


def _listed(line: Line, areas: dict[int, str], phases: dict[str, str], sizes: dict[str, str]) -> Listed:
    project, need, report = line.project, line.project.initiative, line.report
    named = vars(project)  # with the names that were read as columns (queries/lines.py)
    light, (computed, why) = line.worst or "grey", _computed(line)
    exempt = {"budget", "spent", "forecast", "deviation"} if "costs" in line.masked else set()
    exempt |= {"benefit"} if "benefits" in line.masked else set()
    exempt |= {"top_risk"} if line.masked else set()
    told, codes, lights = _steered(line)
    cells = told | {
        "rank": named["rank_place"],
        "municipality": named["municipality"],
        "sector": named["sector"] or "",
        "field": named["field"] or "",
        "goals": ", ".join(sorted(areas.values())),
        "phase": phases[need.phase],
        "size": sizes[need.size],
        "light": str(LIGHT_WORDS[light]) + (f" ({_('Computed:')} {LIGHT_WORDS[computed]})" if computed else ""),
        "owner": named["owner_said"] or project.owner_name,
        "manager": named["manager_said"] or "",
        "responsible": named["responsible_said"] or "",
        "budget": line.budget_kr,
        "spent": report.spent_kr if report else None,
        "forecast": line.forecast.kr,
        "deviation": line.deviation_percent,
        "benefit": line.benefit_kr or None,
        "start": project.start_date,
        "ends": project.end_date,
    }
    cells |= dict.fromkeys(exempt)
    codes, lights = codes | {"light": light}, lights | {"light": (computed, why)}
    return Listed(line, cells, exempt, areas, light, not cells["owner"], list(named["also"]), codes, lights)


def listed(actor: Actor, portfolio: Portfolio, *, on: date, asked: Collection[str] = ()) -> list[Listed]:
    """Every project of the portfolio that the actor sees, in seven queries whatever their number.

    Risks are looked up only where they are `asked` for, as a column or to sort by.
    """
    more = {"top_risk": largest_risk()} if "top_risk" in asked else {}
    areas, lines = _areas(portfolio), listed_lines_of(actor, portfolio, on=on, more=more)
    # Said once: to look a word up for each row costs more than all the rest of the row.
    phases, sizes = ({code: str(word) for code, word in kind.choices} for kind in (Initiative.Phase, Initiative.Size))
    return [_listed(line, areas.get(line.project.initiative_id, {}), phases, sizes) for line in lines]


FILTERS: dict[str, Callable[[Listed, str], bool]] = {
    "sector": lambda row, asked: row.cells["sector"] == asked,
    "municipality": lambda row, asked: row.cells["municipality"] == asked,
    "phase": lambda row, asked: row.line.project.initiative.phase == asked,
    "size": lambda row, asked: row.line.project.initiative.size == asked,
    "area": lambda row, asked: asked in map(str, row.areas),
    "light": lambda row, asked: row.light == asked,
    "owner": lambda row, asked: row.lacks_owner if asked == "missing" else not row.lacks_owner,
}


def narrowed(rows: Iterable[Listed], asked: Mapping[str, str]) -> list[Listed]:
    """The rows that fit everything that is asked for."""
    asks = [(FILTERS[name], value) for name, value in asked.items() if value and name in FILTERS]
    return [row for row in rows if all(fits(row, value) for fits, value in asks)]


def _key(row: Listed, column: str) -> Any:
    need = row.line.project.initiative
    if column == "title":
        return need.title.casefold()
    if column == "phase":
        return PHASES.index(need.phase)
    if column == "size":
        return SIZES.index(need.size)
    if column in row.codes:
        return [*WORST, "grey"].index(row.codes[column])
    if column == "top_risk":
        return vars(row.line.project)["top_risk"]["size"]
    value = row.cells[column]
    return value.casefold() if isinstance(value, str) else value


def in_order(rows: list[Listed], sort: str) -> list[Listed]:
    """The rows sorted by a column, down where it starts with «-». What is not known comes last either way."""
    column = sort.removeprefix("-")
    if column != "title" and column not in COLUMNS:
        return rows
    known = [row for row in rows if column == "title" or row.cells[column] not in (None, "")]
    rest = [row for row in rows if column != "title" and row.cells[column] in (None, "")]
    return sorted(known, key=lambda row: _key(row, column), reverse=sort.startswith("-")) + rest


def totals(rows: Sequence[Listed]) -> dict[str, Decimal | None]:
    """The sums of the kroner that are shown. Budgets of several price bases are never added up: then None."""
    sums: dict[str, Decimal | None] = {
        name: sum((row.cells[name] for row in rows if row.cells[name] is not None), Decimal(0)) for name in SUMMED
    }
    if len(budgets_of([row.line for row in rows if "budget" not in row.exempt])) > 1:
        sums["budget"] = None
    return sums


def choices(rows: Iterable[Listed]) -> dict[str, list[tuple[str, str]]]:
    """What there is to narrow by: only what some project has."""
    rows = list(rows)
    needs = [row.line.project.initiative for row in rows]
    areas = {str(pk): name for row in rows for pk, name in row.areas.items()}
    lights = {row.light for row in rows}

    def named(column: str) -> list[tuple[str, str]]:
        return [(name, name) for name in sorted({row.cells[column] for row in rows} - {""})]

    return {
        "sector": named("sector"),
        "municipality": named("municipality"),
        "phase": [(c, str(n)) for c, n in Initiative.Phase.choices if c in {need.phase for need in needs}],
        "size": [(c, str(n)) for c, n in Initiative.Size.choices if c in {need.size for need in needs}],
        "area": sorted(areas.items(), key=lambda pair: pair[1]),
        "light": [(code, str(word)) for code, word in LIGHT_WORDS.items() if code in lights],
        "owner": [("missing", str(_("No owner"))), ("named", str(_("Has an owner")))],
    }


def views_of(actor: Actor, portfolio: Portfolio) -> QuerySet[SavedView]:
    """One's own saved views of the portfolio, and those others share."""
    mine = Q(person_id=actor.person_or_none) | Q(shared=True)
    return SavedView.objects.filter(mine, portfolio=portfolio).select_related("person").order_by("name", "pk")
