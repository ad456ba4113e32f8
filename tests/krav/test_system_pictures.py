"""What fit says, how old assessments are, and what several owners have: never more than one sees."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.systems.actions import register_system
from samrad.systems.models import System
from samrad.systems.queries import assessed, in_quadrant, whole_months
from tests.krav.region import STRANGER, Region
from tests.overview.test_queries import MOST, queries

KEEPS, ALSO = "fjelldal-ansatt-organisasjon", "granlia-ansatt-organisasjon"
DAYS = st.dates(date(2010, 1, 1), date(2040, 1, 1))


def added(region: Region, key: str, town: str, name: str, *, shared: bool = True, **values: object) -> System:
    owner = region.world.towns[town]
    given: dict[str, object] = {"owner_id": owner.pk, "values": {"name": name, **values}, "shared": shared}
    made: System = region.do(key, register_system, **given)
    return made


@given(DAYS, st.integers(0, 400))
def test_whole_months_grow_by_one_for_each_month(day: date, months: int) -> None:
    year, month = divmod(day.month - 1 + months, 12)
    later = date(day.year + year, month + 1, min(day.day, 28))
    assert whole_months(day, later) == months - (later.day < day.day)
    assert whole_months(day, day) == 0


@pytest.mark.parametrize("technical", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("helps", [None, 1, 2, 3, 4])
def test_the_list_finds_each_system_where_the_picture_puts_it(
    region: Region, technical: int | None, helps: int | None
) -> None:
    system = added(region, KEEPS, "fjelldal", "Målt", technical_fit=technical, functional_fit=helps)
    codes = [code for code, _label in System.Quadrant.choices] + ["none"]
    rows = System.objects.filter(pk=system.pk)
    found = region.find(lambda: [code for code in codes if rows.filter(in_quadrant(code)).exists()])
    assert found == [system.quadrant or "none"]


def test_fit_is_typed_drawn_and_narrowed_by(region: Region) -> None:
    system = added(region, KEEPS, "fjelldal", "Gammelnytt", functional_fit=4)
    mine = added(region, KEEPS, "fjelldal", "Bare vårt", shared=False, functional_fit=1, technical_fit=1)
    said = {"version": system.version, "name": system.name, "lifecycle": "in_use", "functional_fit": 4, "shared": "on"}
    page = f"/systems/{system.pk}/change/"
    assert region.client(KEEPS).post(page, {**said, "technical_fit": 5}).status_code == 400
    for key, status in ((ALSO, 403), (STRANGER, 404), (KEEPS, 302)):
        assert region.client(key).post(page, {**said, "technical_fit": 1}).status_code == status
    picture = region.page(ALSO, "/systems/fit/")
    assert "<svg" in picture and system.name in picture and mine.name not in picture
    assert mine.name in region.page(KEEPS, "/systems/fit/") and system.name not in region.page(
        STRANGER, "/systems/fit/"
    )
    assert system.name in region.page(ALSO, "/systems/?quadrant=migrate")
    assert system.name not in region.page(ALSO, "/systems/?quadrant=invest")
    assert "2 – virker, men er dyrt å endre" in region.page(KEEPS, f"/systems/{system.pk}/change/")
    assert len(queries(region.client(ALSO), "/systems/fit/")) <= MOST
    # What the picture counts as not measured is what the link leads to: of the same owner, and still in use.
    fjelldal, granlia = (region.world.towns[town].pk for town in ("fjelldal", "granlia"))
    added(region, KEEPS, "fjelldal", "Umålt i bruk")
    added(region, KEEPS, "fjelldal", "Umålt og ute av bruk", lifecycle="retired")
    [link] = re.findall(r'href="([^"]*quadrant=none[^"]*)"', region.page(ALSO, f"/systems/fit/?owner={fjelldal}"))
    left = region.page(ALSO, html.unescape(link))
    assert "Umålt i bruk" in left and "Umålt og ute av bruk" not in left
    assert "Umålt i bruk" not in region.page(ALSO, html.unescape(link).replace(f"owner={fjelldal}", f"owner={granlia}"))


def test_what_was_never_or_long_ago_assessed_stands_first(region: Region) -> None:
    today = region.world.today
    old = added(region, KEEPS, "fjelldal", "Gammel ROS", risk_date=today - timedelta(days=800))
    added(region, KEEPS, "fjelldal", "Fersk ROS", risk_date=today - timedelta(days=40))
    added(region, KEEPS, "fjelldal", "Ny ROS var i går", risk_date=today, risk_next_date=today - timedelta(days=1))
    added(region, KEEPS, "fjelldal", "Uten DPIA", risk_date=today, personal_data="special")
    hidden = added(region, KEEPS, "fjelldal", "Bare vårt", shared=False)
    page = region.page(ALSO, "/systems/assessments/")
    assert "26 måneder siden" in page and "Fersk ROS" not in page and hidden.name not in page
    assert (
        "Ny ROS var i går" in page
        and "Uten DPIA" in page
        and hidden.name in region.page(KEEPS, "/systems/assessments/")
    )
    assert "1 måned siden" in region.page(ALSO, "/systems/assessments/?all=yes")
    rows = assessed([old, hidden], on=today)
    assert [row.system for row in rows] == [hidden, old]


def test_what_several_have_stands_side_by_side_with_the_cost_one_may_see(region: Region) -> None:
    cost = {"annual_kr": Decimal(123_000)}
    for key, town in ((KEEPS, "fjelldal"), (ALSO, "granlia")):
        added(region, key, town, "Tidsboka" if town == "fjelldal" else "TIDSBOKA", vendor="Ur og Tid AS", **cost)
    added(region, ALSO, "granlia", "Stempelur", vendor="Ur og Tid", shared=False)
    page = region.page(KEEPS, "/systems/duplicates/")
    assert "Tidsboka" in page and "TIDSBOKA" in page and page.count("123 000 kr") == 2  # one's own, and the total
    assert "1 uten kjent kostnad" in page
    assert "Stempelur" in region.page(ALSO, "/systems/duplicates/?by=vendor")
    assert "Stempelur" not in region.page(KEEPS, "/systems/duplicates/?by=vendor")
    assert "123 000 kr" not in region.page("folkevalgt", "/systems/duplicates/")
    assert "Tidsboka" not in region.page(STRANGER, "/systems/duplicates/")
    assert region.status(KEEPS, "/systems/duplicates/?by=tull") == 200
    assert len(queries(region.client(KEEPS), "/systems/duplicates/")) <= MOST
