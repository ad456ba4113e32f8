"""Reads for a portfolio report: what it may be about, for which period, and what stands about each project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from samrad.governance.models import CycleDate, CycleKind
from samrad.initiatives.models import Benefit, ContentVersion
from samrad.organisation.actors import Actor
from samrad.portfolio.models import (
    Baseline,
    ChangeRequest,
    Dependency,
    GateReview,
    Milestone,
    MoneyLine,
    Portfolio,
    PortfolioDate,
    ReportSnapshot,
    ReportTreatment,
    Risk,
)
from samrad.portfolio.periods import MONTHS, period_in
from samrad.portfolio.queries.lines import Line, first_of_each, lines_of, visible_to
from samrad.portfolio.queries.money import frames_of
from samrad.portfolio.queries.portfolios import portfolios_of
from samrad.portfolio.queries.risks import largest_first
from samrad.portfolio.queries.showing import within
from samrad.portfolio.queries.steering import WAITING

WHOLE, HOUSE, MUNICIPALITY, SECTOR = "portfolio", "house", "municipality", "sector"
LOOK_BACK = 4
MOST_RISKS = 3  # of a project


@dataclass(frozen=True)
class Scope:
    """What a report is about: the whole portfolio, all portfolios of the house, a municipality or a sector."""

    kind: str = WHOLE
    key: str = ""
    name: str = ""

    @property
    def code(self) -> str:
        """How it is chosen and kept."""
        return f"{self.kind}:{self.key}"[:220] if self.key else self.kind

    def holds(self, line: Line) -> bool:
        """Is the project within it?"""
        need = line.project.initiative
        if self.kind == MUNICIPALITY:
            return int(self.key) in {need.owner_id, *need.participant_ids}
        return self.kind != SECTOR or self.key == sector_of(line)


def sector_of(line: Line) -> str:
    """The sector that owns the project, as the report writes it."""
    return str(line.project.initiative.owning_sector or line.project.department)


def scopes_of(actor: Actor, portfolio: Portfolio) -> list[Scope]:
    """Everything a report of this portfolio may be about."""
    rows = visible_to(actor).filter(within(portfolio)).order_by()
    named = ("initiative__owner_id", "initiative__owner__name", "initiative__owning_sector__name", "department")
    told = list(rows.values_list(*named).distinct())
    towns = {pk: name for pk, name, _sector, _department in told}
    sectors = {sector or department for _pk, _name, sector, department in told} - {""}
    found = [Scope(WHOLE, "", portfolio.name)]
    if portfolios_of(actor).filter(owner_id=portfolio.owner_id).exclude(pk=portfolio.pk).exists():
        found.append(Scope(HOUSE, "", portfolio.owner.name))
    found += [Scope(MUNICIPALITY, str(pk), name) for pk, name in sorted(towns.items(), key=lambda town: town[1])]
    return found + [Scope(SECTOR, name, name) for name in sorted(sectors)]


def homes_in(actor: Actor, portfolio: Portfolio, scope: Scope) -> list[Portfolio]:
    """The portfolios a report covers: its own alone, or all those of the house."""
    if scope.kind != HOUSE:
        return [portfolio]
    return list(portfolios_of(actor).filter(owner_id=portfolio.owner_id).order_by("name", "pk"))


def scoped_lines(actor: Actor, homes: Sequence[Portfolio], scope: Scope, *, on: date) -> list[Line]:
    """The projects a report is about, a line each: once, however many of the portfolios it is in."""
    found = {line.project.pk: line for home in homes for line in lines_of(actor, home, on=on)}
    return [line for line in found.values() if scope.holds(line)]


@dataclass(frozen=True)
class Period:
    """A tertial or a quarter, and the date of the annual cycle when it is reported."""

    rhythm: str
    start: date
    end: date
    reporting: CycleDate | None = None

    @property
    def code(self) -> str:
        """How it is chosen."""
        return f"{self.rhythm}:{self.start.isoformat()}"

    @property
    def number(self) -> int:
        """Which tertial or quarter of the year it is."""
        return (self.start.month - 1) // MONTHS[self.rhythm] + 1


def periods_for(portfolio: Portfolio, *, on: date) -> list[Period]:
    """The tertials and quarters a report may be for, newest first; each with its reporting date in the annual cycle."""
    rows = CycleDate.objects.filter(
        owner_id=portfolio.owner_id, kind=CycleKind.REPORTING, cancelled=False, starts_on__gte=on - timedelta(days=500)
    ).order_by("starts_on", "pk")
    tied = set(PortfolioDate.objects.filter(portfolio=portfolio).values_list("cycle_date_id", flat=True))
    dates = [row for row in rows if row.pk in tied] or list(rows)
    found = []
    for rhythm in ("tertial", "quarter"):
        start, end = period_in(rhythm, on)
        for _step in range(LOOK_BACK):
            following = period_in(rhythm, end + timedelta(days=1))[1]
            told = next((d for d in dates if end - timedelta(days=20) <= d.starts_on < following), None)
            found.append(Period(rhythm, start, end, told))
            start, end = period_in(rhythm, start - timedelta(days=1))
    return found


def previous_of(portfolio: Portfolio, scope: str, start: date) -> ReportSnapshot | None:
    """What a new report is compared with: the last of an earlier period about the same, else the last there is."""
    rows = ReportSnapshot.objects.filter(portfolio=portfolio, scope=scope).defer("data", "public_data")
    earlier = rows.filter(period_start__lt=start).order_by("-period_start", "-taken_at").first()
    return earlier or rows.filter(period_start=start).order_by("-taken_at").first()


@dataclass
class Details:
    """What a report tells of a project beside its line."""

    milestones: list[Milestone] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    sources: dict[str, Decimal] = field(default_factory=dict)
    spent_kr: Decimal | None = None
    baseline: Baseline | None = None
    change: ChangeRequest | None = None
    gate: GateReview | None = None
    quality: list[dict[str, Any]] = field(default_factory=list)
    # Its benefits as they stood when it was decided; None where none are kept.
    approved: list[dict[str, Any]] | None = None


def details_of(project_ids: Collection[int]) -> dict[int, Details]:
    """The same for many projects, in nine queries whatever their number."""
    found: dict[int, Details] = defaultdict(Details)
    for step in Milestone.objects.filter(project_id__in=project_ids):
        found[step.project_id].milestones.append(step)
    risks = largest_first(Risk.objects.filter(kind=Risk.Kind.RISK))
    firsts = first_of_each(risks, MOST_RISKS, project_ids)
    for risk in largest_first(Risk.objects.filter(pk__in=firsts)):
        found[risk.project_id or 0].risks.append(risk)
    needs = Dependency.objects.filter(project_id__in=project_ids)
    for pk, reference in needs.values_list("project_id", "needs__initiative__reference"):
        found[pk].needs.append(reference)
    sums = MoneyLine.objects.filter(project_id__in=project_ids).order_by().values_list("project_id", "source")
    for pk, source, *kr in sums.annotate(Sum("budget_kr"), Sum("actual_kr")):
        one = found[pk]
        one.sources[source] = kr[0] or Decimal(0)
        if kr[1] is not None:
            one.spent_kr = (one.spent_kr or Decimal(0)) + kr[1]
    for pk, baseline in frames_of(project_ids).items():
        found[pk].baseline = baseline
    for change in ChangeRequest.objects.filter(project_id__in=project_ids, state__in=WAITING):
        found[change.project_id].change = change
    for gate in GateReview.objects.filter(project_id__in=project_ids, state=GateReview.State.WITH_BODY):
        found[gate.project_id].gate = gate
    _benefits(found, project_ids)
    return found


def _benefits(found: dict[int, Details], project_ids: Collection[int]) -> None:
    """Benefits that no kroner show, and every benefit as it stood when the project came into the portfolio."""
    better = Benefit.objects.filter(
        initiative__project__in=project_ids, removed_at__isnull=True, kind=Benefit.Kind.QUALITY
    )
    names = ("initiative__project", "title", "quality_before", "quality_after")
    for pk, title, before, after in better.order_by("order", "pk").values_list(*names):
        found[pk].quality.append({"title": title, "before": before, "after": after})
    versions = ContentVersion.objects.filter(
        initiative__project__in=project_ids, made_at__lte=F("initiative__project__entered_at")
    )
    last = versions.order_by("initiative_id", "-number").distinct("initiative_id")
    for pk, benefits in last.values_list("initiative__project", "content__benefits"):
        found[pk].approved = benefits


def portfolio_own_risks(portfolios: Collection[Portfolio]) -> list[Risk]:
    """The portfolios' own open risks, the largest first."""
    own = Risk.objects.filter(portfolio__in=portfolios, project__isnull=True, kind=Risk.Kind.RISK)
    return list(largest_first(own.select_related("portfolio")))


def treatment_of(snapshot: ReportSnapshot) -> ReportTreatment | None:
    """That the report is sent to the board, and what the board said; None where it is not sent."""
    rows = ReportTreatment.objects.filter(snapshot=snapshot)
    return rows.select_related("sent_by", "recorded_by").first()
