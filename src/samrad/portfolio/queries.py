"""Reads about portfolios and their projects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import number_format

from samrad.initiatives.models import Benefit
from samrad.initiatives.queries import masked_groups, visible_ids
from samrad.organisation.actors import Actor
from samrad.organisation.models import Membership, Person, RoleAssignment
from samrad.portfolio.models import (
    ImportBatch,
    ImportMapping,
    Portfolio,
    Project,
    ProjectAmount,
    ReportSnapshot,
    StatusReport,
)
from samrad.portfolio.sheets import BUILT_IN, Mapping
from samrad.portfolio.sheets.rows import variance
from samrad.portfolio.words import amount_words, field_words, reason_words

LIGHTS = ("progress", "economy", "risk", "resources", "benefit")


def period_of(day: date) -> tuple[date, date]:
    """The quarter a day lies in: its first and last day."""
    first_month = 3 * ((day.month - 1) // 3) + 1
    start = date(day.year, first_month, 1)
    after = date(day.year + first_month // 10, (first_month + 2) % 12 + 1, 1)
    return start, date.fromordinal(after.toordinal() - 1)


def portfolios_of(actor: Actor) -> QuerySet[Portfolio]:
    """The portfolios of one's own entities, row security having cut to them; none for the public."""
    return Portfolio.objects.select_related("manager", "owner") if actor.is_person else Portfolio.objects.none()


def visible_to(actor: Actor) -> QuerySet[Project]:
    """The projects whose initiative the actor sees."""
    return Project.objects.filter(initiative_id__in=visible_ids(actor))


def board_of(portfolio: Portfolio, *, on: date) -> list[Person]:
    """The portfolio board: the chief executives of the owner's municipalities, today."""
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), cooperation_id=portfolio.owner_id, valid_from__lte=on
    )
    held = RoleAssignment.objects.filter(
        Q(entity_id=portfolio.owner_id) | Q(entity_id__in=members.values("member_id")),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role="chief_executive",
        valid_from__lte=on,
    )
    return list(Person.objects.filter(active=True, pk__in=held.values("person_id")).select_related("owner"))


def snapshots_of(actor: Actor, portfolio: Portfolio) -> QuerySet[ReportSnapshot]:
    """The frozen reports of a portfolio, newest first."""
    found = ReportSnapshot.objects.filter(portfolio=portfolio, portfolio__in=portfolios_of(actor))
    return found.select_related("taken_by").order_by("-taken_at")


def imports_of(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports into the portfolios the actor may import to, newest first; never the files themselves."""
    mine = [p.pk for p in portfolios_of(actor) if actor.may("portfolio.import_projects", p.owner_id)]
    found = ImportBatch.objects.filter(portfolio_id__in=mine).select_related("portfolio", "imported_by")
    return found.defer("content").order_by("-imported_at", "-id")


def mappings_of(actor: Actor, portfolio: Portfolio) -> dict[str, Mapping]:
    """Every saved way to read a spreadsheet for this portfolio's house by name, and the built-in ones."""
    saved = ImportMapping.objects.filter(owner_id=portfolio.owner_id).order_by("name") if actor.is_person else []
    return {row.name: Mapping.from_json({**row.rules, "name": row.name}) for row in saved} | BUILT_IN


@dataclass
class Line:
    """One project in the portfolio, with what its line shows. Kroner; hours a year are never added to kroner."""

    project: Project
    report: StatusReport | None
    previous: StatusReport | None
    amounts: dict[str, ProjectAmount]
    benefit_kr: Decimal
    benefit_hours: int
    masked: dict[str, str] = field(default_factory=dict)

    @property
    def budget_kr(self) -> Decimal | None:
        amount = self.amounts.get("budget")
        plain = amount is not None and amount.currency == "NOK" and amount.value is not None
        return amount.value * amount.unit if amount and plain and amount.value is not None else None

    @property
    def money_words(self) -> str:
        """The budget in kroner, else what the source says of budget or whole life cost, in its own currency."""
        found = [self.amounts[kind] for kind in ("budget", "whole_life_cost") if kind in self.amounts]
        known = next((a for a in found if a.value is not None or a.low is not None), None)
        return amount_words(known) if known else "–"

    @property
    def deviation_percent(self) -> int | None:
        """Forecast against budget, in per cent; None where either is unknown."""
        budget, forecast = (
            self.budget_kr,
            self.report.forecast_kr if self.report else None,
        )
        if not budget or forecast is None:
            return None
        return int(((forecast - budget) * 100 / budget).to_integral_value())

    def lights(self) -> list[tuple[str, str, str]]:
        """(dimension, light, trend) for each; an unreported project has no lights."""
        found = []
        rank = {"green": 0, "amber": 1, "red": 2}
        for name in LIGHTS:
            now = getattr(self.report, name) if self.report else ""
            before = getattr(self.previous, name) if self.previous else ""
            trend = ""
            if now and before:
                change = rank[now] - rank[before]
                trend = "better" if change < 0 else "worse" if change > 0 else "same"
            found.append((name, now, trend))
        return found


def lines_of(actor: Actor, portfolio: Portfolio, *, on: date) -> list[Line]:
    """Every project of the portfolio that the actor sees, in five queries whatever their number."""
    return _lines(actor, visible_to(actor).filter(portfolio=portfolio), on=on)


def line_of(actor: Actor, project: Project, *, on: date) -> Line:
    """The line of one project that the actor sees."""
    return _lines(actor, visible_to(actor).filter(pk=project.pk), on=on)[0]


def _lines(actor: Actor, found: QuerySet[Project], *, on: date) -> list[Line]:
    projects = list(
        found.select_related(
            "initiative",
            "initiative__field",
            "initiative__owning_sector",
            "initiative__owner",
            "project_owner",
            "project_manager",
            "benefit_responsible",
        ).order_by("initiative__title_sort", "id")
    )
    ids = [p.pk for p in projects]
    initiative_ids = [p.initiative_id for p in projects]
    reports: dict[int, list[StatusReport]] = defaultdict(list)
    for report in StatusReport.objects.filter(project_id__in=ids, period_start__lte=on).select_related("reported_by"):
        reports[report.project_id].append(report)
    amounts: dict[int, dict[str, ProjectAmount]] = defaultdict(dict)
    for amount in ProjectAmount.objects.filter(project_id__in=ids):
        amounts[amount.project_id][amount.kind] = amount
    kroner: dict[int, Decimal] = defaultdict(Decimal)
    hours: dict[int, int] = defaultdict(int)
    for benefit in Benefit.objects.filter(initiative_id__in=initiative_ids, removed_at__isnull=True):
        kroner[benefit.initiative_id] += benefit.kroner_a_year or 0
        hours[benefit.initiative_id] += benefit.hours_a_year or 0
    hidden = masked_groups(actor, [p.initiative for p in projects], on=on)
    lines = []
    for project in projects:
        mine = reports.get(project.pk, [])
        lines.append(
            Line(
                project,
                mine[0] if mine else None,
                mine[1] if len(mine) > 1 else None,
                amounts.get(project.pk, {}),
                kroner[project.initiative_id],
                hours[project.initiative_id],
                hidden.get(project.initiative_id, {}),
            )
        )
    return lines


def budgets_of(lines: list[Line]) -> dict[str, Decimal]:
    """The budgets in kroner summed for each price base: kroner of different years are not the same kroner."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.budget_kr is not None:
            found[line.amounts["budget"].price_base] += line.budget_kr
    return dict(found)


def summary(lines: list[Line]) -> dict[str, Any]:
    """Numbers by phase and by worst light, and money by (currency, unit, price base): currencies are never summed."""
    phases: dict[str, int] = defaultdict(int)
    worst: dict[str, int] = {"green": 0, "amber": 0, "red": 0, "unreported": 0}
    for line in lines:
        phases[line.project.initiative.phase] += 1
        lights = {light for _name, light, _trend in line.lights()}
        key = next((c for c in ("red", "amber", "green") if c in lights), "unreported")
        worst[key] += 1
    shown = [line for line in lines if "costs" not in line.masked]
    budgets = budgets_of(shown)
    return {
        "count": len(lines),
        "phases": dict(phases),
        "worst": worst,
        # One sum where there is one price base; several bases are never added up.
        "budget_kr": next(iter(budgets.values()), Decimal(0)) if len(budgets) < 2 else None,
        "budgets": [{"price_base": base, "kr": str(kr)} for base, kr in sorted(budgets.items())],
        "spent_kr": sum(
            (line.report.spent_kr or Decimal(0) for line in shown if line.report),
            Decimal(0),
        ),
        "benefit_kr": sum(
            (line.benefit_kr for line in lines if "benefits" not in line.masked),
            Decimal(0),
        ),
        "benefit_hours": sum(line.benefit_hours for line in lines if "benefits" not in line.masked),
    }


MONEY_GROUP = {
    "costs": ("budget", "budget_year", "forecast_year", "whole_life_cost", "cost_text", "variance_text"),
    "benefits": ("benefits", "benefits_text"),
}


def stated(line: Line) -> list[tuple[str, str]]:
    """What the source of a taken-in project says of it, for its page: amounts, the deviation computed anew, texts."""
    project = line.project
    if not project.source_id:
        return []
    hidden = {name for group in line.masked for name in MONEY_GROUP.get(group, ())}
    if "need" in line.masked:
        hidden.add("description")
    found = [(field_words("source_id"), project.source_id)]
    if project.source_rating:
        light = StatusReport.Light(project.source_rating).label if project.source_rating != "exempt" else ""
        found.append((field_words("rating"), str(light) or reason_words("exempt")))
    for kind in (*MONEY_GROUP["costs"][:4], "benefits"):
        if kind in line.amounts and kind not in hidden:
            name = "benefits_amount" if kind == "benefits" else kind
            found.append((field_words(name), amount_words(line.amounts[kind])))
    year, forecast = line.amounts.get("budget_year"), line.amounts.get("forecast_year")
    percent = variance(year.value if year else None, forecast.value if forecast else None)
    if percent is not None and "budget_year" not in hidden:
        found.append((field_words("variance"), f"{number_format(percent)} %"))
    texts = {k: v for k, v in project.texts.items() if k not in hidden and isinstance(v, str)}
    return found + [(field_words(name), text) for name, text in texts.items()]
