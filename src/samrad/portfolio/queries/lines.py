"""Reads about the projects of a portfolio, a line for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.utils.formats import number_format

from samrad.cases.queries import waits_on_conditions
from samrad.core.manyids import one_of
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import masked_groups, visible_ids
from samrad.organisation.actors import Actor
from samrad.portfolio.lights import Reckoned, as_kept
from samrad.portfolio.models import (
    Portfolio,
    Project,
    ProjectAmount,
    Ranking,
    RankPlace,
    ReportSnapshot,
    ShownIn,
    StatusReport,
)
from samrad.portfolio.money import Forecast
from samrad.portfolio.queries.forecasts import forecast_in, said_forecasts
from samrad.portfolio.queries.portfolios import portfolios_of
from samrad.portfolio.queries.showing import also_in, within
from samrad.portfolio.queries.touching import largest_risk, measures_about, next_step, open_deviations, waiting_change
from samrad.portfolio.sheets.rows import variance
from samrad.portfolio.words import amount_words, field_words, reason_words
from samrad.portfolio.workflow import STAFFED_PHASES

LIGHTS = ("progress", "economy", "risk", "resources", "benefit")
WORST = ("red", "amber", "green")


def trend_of(before: str, now: str) -> str:
    """Is a light better, worse or the same as it was? Empty where either is not said."""
    if not before or not now:
        return ""
    change = WORST.index(now) - WORST.index(before)
    return "better" if change > 0 else "worse" if change < 0 else "same"


def visible_to(actor: Actor) -> QuerySet[Project]:
    """The projects whose initiative the actor sees."""
    return Project.objects.filter(initiative_id__in=visible_ids(actor))


def answered_for_by(person_id: int) -> QuerySet[Project]:
    """The projects under way where a person is owner, manager or responsible for the benefits."""
    mine = Q(project_owner_id=person_id) | Q(project_manager_id=person_id) | Q(benefit_responsible_id=person_id)
    return under_way().filter(mine)


def under_way() -> QuerySet[Project]:
    """The projects that are not finished or stopped."""
    active = Project.objects.filter(initiative__status__in=["active", "paused"])
    return active.exclude(initiative__phase=Initiative.Phase.DONE)


def lacking_people() -> QuerySet[Project]:
    """The projects under way where one who answers for it has left, or is not named while it is carried out (S7)."""
    left, missing = Q(), Q()
    for role in ("project_owner", "project_manager", "benefit_responsible"):
        left |= Q(**{f"{role}__active": False})
        missing |= Q(**{f"{role}__isnull": True})
    return under_way().filter(left | missing & Q(initiative__phase__in=STAFFED_PHASES))


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
    forecast: Forecast = field(default_factory=Forecast)
    lapsed: StatusReport | None = None  # the last one, where it is older than what is asked about

    def lapse(self, start: date) -> None:
        """A status from before this day is no status now: the project has not reported."""
        if self.report is not None and self.report.period_end < start:
            self.lapsed, self.report, self.previous = self.report, None, None

    @property
    def budget_kr(self) -> Decimal | None:
        amount = self.amounts.get("budget")
        plain = amount is not None and amount.currency == "NOK" and amount.value is not None
        return amount.value * amount.unit if amount and plain and amount.value is not None else None

    @property
    def money_words(self) -> str:
        """The budget in kroner, else what the source says of budget or whole life cost, in its own currency."""
        found = [self.amounts[kind] for kind in AMOUNTS if kind in self.amounts]
        known = next((a for a in found if a.value is not None or a.low is not None), None)
        return amount_words(known) if known else "–"

    @property
    def deviation_percent(self) -> int | None:
        """Forecast against budget, in per cent; None where either is unknown."""
        budget, forecast = self.budget_kr, self.forecast.kr
        if not budget or forecast is None:
            return None
        return int(((forecast - budget) * 100 / budget).to_integral_value())

    @property
    def worst(self) -> str:
        """The worst of its lights, the change among people too; an unreported project has none."""
        return self._worst_in(self.report)

    @property
    def trend(self) -> str:
        """How it stands in all against the report before: better, worse or same; empty where either is not there."""
        return trend_of(self._worst_in(self.previous), self.worst)

    @staticmethod
    def _worst_in(report: StatusReport | None) -> str:
        lights = [getattr(report, name) for name in (*LIGHTS, "change")] if report else []
        return next((light for light in WORST if light in lights), "")

    def lights(self) -> list[tuple[str, str, str]]:
        """(dimension, light, trend) for each; an unreported project has no lights."""
        found = []
        for name in LIGHTS:
            now = getattr(self.report, name) if self.report else ""
            before = getattr(self.previous, name) if self.previous else ""
            found.append((name, now, trend_of(before, now)))
        return found

    def beside(self) -> dict[str, Reckoned]:
        """The lights that were reckoned when it was reported, where they are not what was reported."""
        seen = as_kept(self.report.computed) if self.report else {}
        return {name: one for name, one in seen.items() if getattr(self.report, name) not in ("", one.light)}

    def why(self, one: Reckoned) -> str:
        """The reason of such a light. It tells of money, and goes where that is exempt."""
        return "" if "costs" in self.masked else one.reason


# What a line shows of its project, where its whole content is not asked for.
SHORT = (
    "owner_name",
    "end_date",
    "project_owner__name",
    *(
        f"initiative__{name}"
        for name in ("reference", "title", "phase", "stage", "owner", "shared_with", "participant_ids")
    ),
)
SHORT_REPORT = ("project_id", *LIGHTS, "change", "computed", "spent_kr", "period_end")
SHORT_AMOUNT = (
    "project_id",
    "kind",
    "value",
    "low",
    "high",
    "currency",
    "unit",
    "price_base",
    "unknown_reason",
)
AMOUNTS = ("budget", "whole_life_cost")


def lines_of(actor: Actor, portfolio: Portfolio, *, on: date) -> list[Line]:
    """Every project of the portfolio that the actor sees, whole, in five queries whatever their number."""
    return _lines(_whole(visible_to(actor), on=on).filter(within(portfolio)), actor, on=on)


def short_lines_of(actor: Actor, portfolio: Portfolio, *, on: date) -> list[Line]:
    """The same for a page with a line for each, without the texts: hundreds are read as plain rows, no more than it shows."""
    found = visible_to(actor).filter(within(portfolio)).select_related("initiative").only(*SHORT)
    waits, also = waits_on_conditions("initiative_id"), also_in(but=portfolio)
    found = found.annotate(owner_said=F("project_owner__name"), waits=waits, also=also)
    return _lines(found, actor, on=on, short=True)


MONEY = (*SHORT, "start_date", "department", "initiative__owning_sector__name")
LISTED = (*SHORT, "start_date", "initiative__size", "initiative__status")
# What things are called, as columns of the project: hundreds of rows made for a name each cost more than all the rest.
NAMED = {
    "municipality": F("initiative__owner__name"),
    "sector": F("initiative__owning_sector__name"),
    "field": F("initiative__field__name"),
    "owner_said": F("project_owner__name"),
    "manager_said": F("project_manager__name"),
    "responsible_said": F("benefit_responsible__name"),
}


def listed_lines_of(
    actor: Actor, portfolio: Portfolio, *, on: date, more: Mapping[str, Combinable] | None = None
) -> list[Line]:
    """The same with what the steering list narrows and sorts by: sector, municipality, size and people; and `more`."""
    found = visible_to(actor).filter(within(portfolio)).select_related("initiative")
    holds = Ranking.objects.filter(portfolio=portfolio, sector=None, state=Ranking.State.PUBLISHED)
    newest = holds.order_by("-published_at", "-pk").values("pk")[:1]
    places = RankPlace.objects.filter(project=OuterRef("pk"), ranking=Subquery(newest)).values("place")
    beside = {"rank_place": Subquery(places[:1]), "also": also_in(but=portfolio), **said_forecasts(on=on)}
    found = found.only(*LISTED).annotate(**beside, **NAMED, **(more or {}))
    return _lines(found, actor, on=on, short=True)


def money_lines_of(actor: Actor, portfolio: Portfolio, *, on: date) -> list[Line]:
    """The same with amounts and benefits alone, and nothing of how each project goes."""
    found = visible_to(actor).filter(within(portfolio)).select_related("initiative__owning_sector")
    return _lines(found.only(*MONEY), actor, on=on, short=True, reported=False)


def portfolios_told(actor: Actor) -> QuerySet[Portfolio]:
    """The portfolios, each with the projects the actor sees in it and the day of its last report."""
    shown = ShownIn.objects.filter(portfolio=OuterRef(OuterRef("pk")), removed_at__isnull=True).values("project_id")
    projects = visible_to(actor).filter(Q(portfolio=OuterRef("pk")) | Q(pk__in=shown)).order_by()
    reports = ReportSnapshot.objects.filter(portfolio=OuterRef("pk"), scope="portfolio").order_by("-taken_at")
    last = {"report_id": Subquery(reports.values("pk")[:1]), "reported_at": Subquery(reports.values("taken_at")[:1])}
    return portfolios_of(actor).annotate(project_ids=ArraySubquery(projects.values("pk")), **last).order_by("name")


def line_of(actor: Actor, project_id: int, *, on: date) -> Line | None:
    """The line of one project; None where the actor does not see it."""
    one = _whole(visible_to(actor), on=on).filter(pk=project_id)
    beside = {
        "measures_about": measures_about(),
        "top_risk": largest_risk(),
        "next_step": next_step(),
        "open_deviations": open_deviations(),
        "waiting_change": waiting_change(),
    }
    found = _lines(one.annotate(also=also_in(), **beside), actor, on=on)
    return found[0] if found else None


def _whole(found: QuerySet[Project], *, on: date) -> QuerySet[Project]:
    initiative = ("initiative__field", "initiative__owning_sector", "initiative__owner")
    return found.annotate(**said_forecasts(on=on)).select_related(
        *initiative, "portfolio", "programme", "project_owner", "project_manager", "benefit_responsible"
    )


class Unnested(Func):
    """The elements of an array, a row each."""

    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()


def first_of_each(rows: QuerySet[Any], most: int, project_ids: Iterable[int]) -> QuerySet[Project, Any]:
    """The ids of the first rows of each project: so many are looked up for each by the index, however many it has."""
    mine = rows.filter(project=OuterRef("pk")).values("pk")[:most]
    return Project.objects.filter(one_of("pk", project_ids)).values_list(Unnested(ArraySubquery(mine)))


def _reports(project_ids: list[int], *, on: date, short: bool) -> dict[int, list[Any]]:
    """The last report of each project and the one before it, as quick after five years as after one."""
    told = StatusReport.objects.filter(
        period_start__lte=on, state=StatusReport.State.PUBLISHED, series__isnull=True
    ).order_by("-period_start", "-reported_at")
    rows = StatusReport.objects.filter(pk__in=first_of_each(told, 2, project_ids))
    rows = rows.order_by("project_id", "-period_start", "-reported_at")
    reports: dict[int, list[Any]] = defaultdict(list)
    for report in rows.values_list(*SHORT_REPORT, named=True) if short else rows:
        reports[report.project_id].append(report)
    return reports


def _lines(
    found: QuerySet[Project],
    actor: Actor,
    *,
    on: date,
    short: bool = False,
    reported: bool = True,
) -> list[Line]:
    """The lines of the projects found, with what hangs on them."""
    projects = list(found.order_by("initiative__title_sort", "id"))
    ids = [project.pk for project in projects]
    reports = _reports(ids, on=on, short=short) if reported else {}
    amounts: dict[int, dict[str, Any]] = defaultdict(dict)
    stands = ProjectAmount.objects.filter(one_of("project_id", ids))
    for amount in stands.filter(kind__in=AMOUNTS).values_list(*SHORT_AMOUNT, named=True) if short else stands:
        amounts[amount.project_id][amount.kind] = amount
    needs = one_of("initiative_id", [project.initiative_id for project in projects])
    sums = (
        Benefit.objects.filter(needs, removed_at__isnull=True)
        .order_by()
        .values_list("initiative_id")
        .annotate(Sum("kroner_a_year"), Sum("hours_a_year"))
    )
    worth = {pk: (kroner or Decimal(0), hours or 0) for pk, kroner, hours in sums}
    hidden = masked_groups(actor, [p.initiative for p in projects], on=on)
    lines = []
    for project in projects:
        mine = reports.get(project.pk, [])
        now, before = mine[0] if mine else None, mine[1] if len(mine) > 1 else None
        kroner, hours = worth.get(project.initiative_id, (Decimal(0), 0))
        masked = hidden.get(project.initiative_id, {})
        forecast = (
            forecast_in(project) if hasattr(project, "said_quarterly") else Forecast()
        )  # a page without it asks less
        lines.append(Line(project, now, before, amounts.get(project.pk, {}), kroner, hours, masked, forecast))
    return lines


def budgets_of(lines: list[Line]) -> dict[str, Decimal]:
    """The budgets in kroner summed for each price base: kroner of different years are not the same kroner."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if (kr := line.budget_kr) is not None:
            found[line.amounts["budget"].price_base] += kr
    return dict(found)


def summary(lines: list[Line]) -> dict[str, Any]:
    """Numbers by phase and by worst light, and money by (currency, unit, price base): currencies are never summed."""
    phases: dict[str, int] = defaultdict(int)
    worst: dict[str, int] = {"green": 0, "amber": 0, "red": 0, "unreported": 0}
    for line in lines:
        phases[line.project.initiative.phase] += 1
        worst[line.worst or "unreported"] += 1
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
    "costs": ("budget", "budget_year", "forecast_year", "whole_life_cost", "cost_text", "variance_text", "kommit_npv"),
    "benefits": ("benefits", "benefits_text", "kommit_npv", "kommit_freed", "kommit_use"),
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
        found.append((field_words("variance"), f"{number_format(percent)} %".replace("-", "\u2212")))
    texts = {k: v for k, v in project.texts.items() if k not in hidden and isinstance(v, str)}
    return found + [(field_words(name), text) for name, text in texts.items()]
