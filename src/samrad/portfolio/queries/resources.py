"""Reads about resources: what each has, what is asked and given in a quarter, and where it is too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio.models import Capacity, FrozenZone, Portfolio, Project, Resource, ResourceRequest
from samrad.portfolio.periods import next_quarter

LEADER = "sector_head"


def quarter_name(quarter: date) -> str:
    """What a quarter is called."""
    return _("Q%(number)s %(year)s") % {"number": (quarter.month + 2) // 3, "year": quarter.year}


def taken_by_line(days: int, line: int, reserved: int) -> int:
    """How many of the days set aside for development the line's own work takes."""
    return max(0, line - max(0, days - reserved))


@dataclass(frozen=True)
class Load:
    """A resource in a quarter, in person-days. `days` is None where nobody has said what it has."""

    resource: Resource
    quarter: date
    days: int | None  # without leave
    line: int = 0
    reserved: int = 0
    given: int = 0
    asked: int = 0  # and not answered yet

    @property
    def name(self) -> str:
        return quarter_name(self.quarter)

    @property
    def booked(self) -> int:
        return self.line + self.given

    def percent(self, more: int = 0) -> int | None:
        """How much of it is taken, with so many days more; None where it cannot be said."""
        if self.days is None:
            return None
        taken = self.booked + more
        if not self.days:
            return 0 if not taken else 999
        return -(-100 * taken // self.days)  # rounded up: 100,2 is above 100

    @property
    def load(self) -> int | None:
        return self.percent()

    @property
    def over(self) -> bool:
        return (self.percent() or 0) > 100

    @property
    def over_if_given(self) -> bool:
        return not self.over and (self.percent(self.asked) or 0) > 100

    @property
    def drift(self) -> int:
        """How many of the days set aside for development the line has taken (S39)."""
        return 0 if self.days is None else taken_by_line(self.days, self.line, self.reserved)

    @property
    def free(self) -> int | None:
        return None if self.days is None else max(0, self.days - self.booked)


def units_led(actor: Actor, *, on: date) -> QuerySet[Unit]:
    """The units one leads."""
    led = [held.unit_id for held in actor.held if held.role == LEADER and held.unit_id]
    return Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), pk__in=led).order_by("name")


def resources_led(actor: Actor, *, on: date) -> QuerySet[Resource]:
    """Those of the units one leads."""
    return Resource.objects.filter(unit__in=units_led(actor, on=on)).select_related("unit", "person")


def resources_of(project: Project) -> QuerySet[Resource]:
    """Those a project can ask for: of its own house, and of the houses it is shared with."""
    share = Q(shared_with_id=project.shared_with_id) if project.shared_with_id else Q()
    return Resource.objects.filter(Q(owner_id=project.owner_id) | share).select_related("unit", "owner")


def loads_of(resources: Sequence[Resource], quarters: Sequence[date]) -> dict[int, list[Load]]:
    """Each resource in each quarter, in two queries however many there are."""
    here = {"resource__in": resources, "quarter__in": quarters}
    capacity = {(row.resource_id, row.quarter): row for row in Capacity.objects.filter(**here)}
    days: dict[tuple[int, date], dict[str, int]] = defaultdict(dict)
    requests = ResourceRequest.objects.filter(**here).order_by().values("resource_id", "quarter")
    waiting = Q(state=ResourceRequest.State.ASKED)
    for row in requests.annotate(given=Sum("given_days"), asked=Sum("asked_days", filter=waiting)):
        days[row["resource_id"], row["quarter"]] = {"given": row["given"] or 0, "asked": row["asked"] or 0}
    found: dict[int, list[Load]] = {}
    for resource in resources:
        found[resource.pk] = []
        for quarter in quarters:
            kept, taken = capacity.get((resource.pk, quarter)), days.get((resource.pk, quarter), {})
            has = (kept.days - kept.leave_days, kept.line_days, kept.reserved_days) if kept else (None, 0, 0)
            found[resource.pk].append(Load(resource, quarter, *has, **taken))
    return found


def load_of(resource: Resource, quarter: date) -> Load:
    """One resource in one quarter."""
    return loads_of([resource], [quarter])[resource.pk][0]


def requests_to(resources: Iterable[Resource]) -> QuerySet[ResourceRequest]:
    """What is asked of some resources, what waits first."""
    rows = ResourceRequest.objects.filter(resource__in=list(resources))
    return rows.select_related("resource__unit", "project__initiative", "asked_by", "answered_by")


def requests_by(project: Project) -> QuerySet[ResourceRequest]:
    """What a project has asked for."""
    return project.requests.select_related("resource__unit", "answered_by")


def frozen_in(portfolio: Portfolio, quarters: Sequence[date]) -> dict[date, list[FrozenZone]]:
    """The frozen zones of each quarter."""
    zones = list(portfolio.frozen_zones.filter(first_day__lt=next_quarter(quarters[-1]), last_day__gte=quarters[0]))
    return {q: [z for z in zones if z.first_day < next_quarter(q) and z.last_day >= q] for q in quarters}


@dataclass(frozen=True)
class QuarterSum:
    """All the resources of a portfolio in one quarter."""

    quarter: date
    name: str
    loads: list[Load]
    zones: list[FrozenZone]

    @property
    def days(self) -> int:
        return sum(load.days or 0 for load in self.loads)

    @property
    def line(self) -> int:
        return sum(load.line for load in self.loads)

    @property
    def given(self) -> int:
        return sum(load.given for load in self.loads)

    @property
    def asked(self) -> int:
        return sum(load.asked for load in self.loads)

    @property
    def demand(self) -> int:
        return self.line + self.given + self.asked

    @property
    def over(self) -> list[Load]:
        """Those that are booked above 100 per cent."""
        return [load for load in self.loads if load.over]

    @property
    def drift(self) -> list[Load]:
        """Those where the line has taken what was set aside for development."""
        return [load for load in self.loads if load.drift]


def house_loads(portfolio: Portfolio, quarters: Sequence[date]) -> dict[int, list[Load]]:
    """Everyone the portfolio's house sees, in each quarter."""
    here = Q(owner_id=portfolio.owner_id) | Q(shared_with_id=portfolio.owner_id)
    return loads_of(list(Resource.objects.filter(here).select_related("unit", "owner")), quarters)


def capacity_of(portfolio: Portfolio, quarters: Sequence[date]) -> list[QuarterSum]:
    """Capacity against demand, quarter by quarter, for the people the portfolio's house sees."""
    loads = house_loads(portfolio, quarters)
    zones = frozen_in(portfolio, quarters)
    return [
        QuarterSum(quarter, quarter_name(quarter), [row[n] for row in loads.values()], zones[quarter])
        for n, quarter in enumerate(quarters)
    ]
