"""Dates of the annual cycle that are about a portfolio: chosen, shown next, moved along, and kept to one's own house."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.governance.actions import change_cycle_date, put_cycle_date
from samrad.governance.models import CycleDate
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.portfolio.actions import create_portfolio, tie_date
from samrad.portfolio.models import Portfolio, PortfolioDate
from samrad.portfolio.queries import next_dates, with_strategies
from tests.access.planted import plant
from tests.anchoring.line import AT, ON, Line

TODAY = timezone.localdate()
TITLE = "Tertialrapport for porteføljen"


def everywhere(line: Line) -> acting_for:  # type: ignore[valid-type]
    return acting_for([entity.pk for entity in line.entities.values()])


@pytest.fixture
def portfolio(line: Line) -> Portfolio:
    region = line.entities["region"]
    with everywhere(line):
        by = system_actor(region.pk, on=ON)
        person = organisation.add_person(by=by, at=AT, owner=region, name="Pia Port", email="pia@region.example")
        organisation.give_role(by=by, at=AT, person=person, role="portfolio_manager", valid_from=ON, entity=region)
        line.people["manager"] = person
        made: Portfolio = create_portfolio(by=by, at=AT, owner=region, name="Porteføljen", manager=person)
    return made


def put(line: Line, house: str = "region", days: int = 20, title: str = TITLE) -> CycleDate:
    owner = line.entities[house]
    with everywhere(line):
        by = system_actor(owner.pk, on=ON)
        first = TODAY + timedelta(days=days)
        return put_cycle_date(by=by, at=AT, owner=owner, kind="reporting", title=title, starts_on=first)


def choose(line: Line, who: str, portfolio: Portfolio, day: CycleDate, on: str = "yes") -> Any:
    address = reverse("portfolio:date_choose", args=[portfolio.pk])
    return line.client(who).post(address, {"date": day.pk, "on": on})


def shown(line: Line, portfolio: Portfolio, who: str = "secretary") -> str:
    return line.client(who).get(reverse("portfolio:portfolio_detail", args=[portfolio.pk])).content.decode()


def next_ones(line: Line, portfolio: Portfolio) -> list[CycleDate]:
    with line.acting("secretary") as by:
        return next_dates(with_strategies(by, on=TODAY).get(pk=portfolio.pk))


def test_a_date_that_is_chosen_is_among_the_next_on_the_portfolios_page(line: Line, portfolio: Portfolio) -> None:
    day = put(line)
    assert TITLE not in shown(line, portfolio)
    assert choose(line, "manager", portfolio, day).status_code == 302
    page = shown(line, portfolio)
    assert "Neste datoer" in page and TITLE in page
    cycle = line.client("secretary").get(reverse("governance:cycle_year", args=[day.starts_on.year])).content.decode()
    assert f'href="{reverse("portfolio:portfolio_detail", args=[portfolio.pk])}">Porteføljen' in cycle
    assert choose(line, "secretary", portfolio, day, "no").status_code == 302  # who lays out the year may too
    assert TITLE not in shown(line, portfolio)
    with line.seen_by("secretary"):
        said = Event.objects.filter(kind="portfolio.PortfolioDateTied").order_by("pk")
        assert [event.data["tied"] for event in said] == [True, False]


def test_the_page_follows_a_date_that_is_moved_or_cancelled(line: Line, portfolio: Portfolio) -> None:
    day, over = put(line), put(line, days=-3, title="Forrige rapport")
    later = TODAY + timedelta(days=33)
    with everywhere(line):
        by = system_actor(portfolio.owner_id, on=ON)
        for one in (day, over):
            assert tie_date(by=by, at=AT, portfolio_id=portfolio.pk, cycle_date_id=one.pk)
        assert not tie_date(by=by, at=AT, portfolio_id=portfolio.pk, cycle_date_id=day.pk)  # twice is once
        change_cycle_date(by=by, at=AT, cycle_date_id=day.pk, starts_on=later)
    [found] = next_ones(line, portfolio)
    assert (found.title, found.starts_on, found.ends_on) == (TITLE, later, None)
    with everywhere(line):
        change_cycle_date(by=by, at=AT, cycle_date_id=day.pk, cancelled=True, reason="Slått sammen.")
    assert next_ones(line, portfolio) == []


def test_only_those_who_manage_or_plan_choose_and_a_stranger_finds_nothing(line: Line, portfolio: Portfolio) -> None:
    day = put(line)
    for who, status in (("proposer", 403), ("chief", 403), ("stranger", 404)):
        assert choose(line, who, portfolio, day).status_code == status
    assert choose(line, "manager", portfolio, CycleDate(pk=9_999_999)).status_code == 403
    assert line.client("manager").post(reverse("portfolio:date_choose", args=[portfolio.pk]), {}).status_code == 404


def test_a_date_of_another_house_is_never_tied(line: Line, portfolio: Portfolio) -> None:
    theirs = put(line, "annetsamarbeid")
    with line.acting("manager") as by, pytest.raises(Refused):
        tie_date(by=by, at=AT, portfolio_id=portfolio.pk, cycle_date_id=theirs.pk)
    with everywhere(line), pytest.raises(DatabaseError, match="another owner"), transaction.atomic():
        plant(PortfolioDate, owner_id=portfolio.owner_id, portfolio_id=portfolio.pk, cycle_date_id=theirs.pk)
