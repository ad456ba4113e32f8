"""S49, S51, S56: a project in more than one portfolio: one home that steers it, shown, ranked and reported in others."""

import json

import pytest

from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Portfolio, ReportSnapshot, ShownIn, StillRight
from tests.krav.region import ALARM, MEDICINE, ROUTES, STRANGER, Region
from tests.krav.test_steering_list import cells, table
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
MANAGER, READER, CHIEF = "portefolje", "granlia-ansatt-oppvekst", "skarholt-direktor"
WHY = "Helsesektoren følger den samlet."


def second(region: Region) -> Portfolio:
    """One more portfolio of the region, set up by its manager."""
    given = {"owner": region.world.region, "name": "Helse og omsorg", "manager": region.person(MANAGER)}
    made: Portfolio = region.do(MANAGER, create_portfolio, **given)
    return made


def total(region: Region, home: str) -> object:
    """The budgets added up, as the spreadsheet of the list has it."""
    return cells(region.client(MANAGER).get(f"{home}/projects.xlsx?col=budget").content)[-1][-1]


@krav("S49.AK1", guards=["samrad.portfolio.queries.showing.within", "samrad.portfolio.policy.showing.can_show"])
def test_a_project_is_steered_by_one_portfolio_and_shown_in_others(region: Region) -> None:
    first, health = region.portfolio(), second(region)
    home, url = f"/portfolio/{health.pk}", f"/portfolio/{health.pk}/shown/"
    routes, alarm = region.project(ROUTES), region.project(ALARM)
    said = {"project": routes.pk, "reason": WHY}
    for key, status in ((READER, 403), ("skarholt-leder-helse", 403), (STRANGER, 404)):
        assert region.client(key).post(url, said).status_code == status
    assert region.client(MANAGER).post(url, {**said, "reason": ""}).status_code == 422
    assert region.client(MANAGER).post(url, said).status_code == 302
    assert region.client(MANAGER).post(url, said).status_code == 422  # it is there already
    assert region.client(MANAGER).post(url, {**said, "project": alarm.pk}).status_code == 302
    # Listed, added up and marked in both; its home is the one it had.
    shown = table(region.page(READER, f"{home}/projects/"))
    assert ROUTES in shown and MEDICINE not in shown and f"Også i {first.name}" in shown
    assert "Også i Helse og omsorg" in table(region.page(READER, f"/portfolio/{first.pk}/projects/"))
    assert "Også i Helse og omsorg" in region.page(READER, f"/portfolio/projects/{routes.pk}/")
    assert region.project(ROUTES).portfolio_id == first.pk
    assert ROUTES in region.page(READER, f"{home}/") and WHY in region.page(READER, url)
    # Ranked and held against the strategy here too.
    ranks = {"version": 0, f"place_{routes.pk}": 1, f"place_{alarm.pk}": 2}
    assert region.client(MANAGER).post(f"{home}/ranking/0/", ranks).status_code == 302
    answer = {"version": 0, "answer": "yes", "reason": "Helse først."}
    assert region.client(CHIEF).post(f"{home}/review/{routes.pk}/", answer).status_code == 302
    assert region.find(lambda: StillRight.objects.get().portfolio_id) == health.pk
    # Reported in both; a report of all the house's portfolios counts it once.
    assert region.client(MANAGER).post(f"{home}/report/").status_code == 302
    data = region.find(lambda: ReportSnapshot.objects.latest("pk").data)
    assert {p["title"] for p in data["projects"]} == {ROUTES, ALARM}
    assert region.client(MANAGER).post(f"{home}/report/", {"scope": "house"}).status_code == 302
    pk = region.find(lambda: ReportSnapshot.objects.latest("pk").pk)
    titles = [
        p["title"] for p in json.loads(region.client(MANAGER).get(f"/portfolio/reports/{pk}.json").content)["projects"]
    ]
    assert sorted(titles) == sorted([MEDICINE, ROUTES, ALARM])
    assert region.status(STRANGER, url) == 404
    for page in (url, f"{home}/projects/", f"{home}/", f"/portfolio/projects/{routes.pk}/"):
        assert len(queries(region.client(MANAGER), page)) <= MOST, page
    # Taken out with a reason; that it was there, stands.
    row = region.find(lambda: ShownIn.objects.get(project=routes))
    gone = {"do": "hide", "shown": row.pk, "h-reason": "Følges av programmet."}
    for key, status in ((READER, 403), (STRANGER, 404)):
        assert region.client(key).post(url, gone).status_code == status
    assert region.client(MANAGER).post(url, {**gone, "h-reason": ""}).status_code == 422
    assert region.client(MANAGER).post(url, gone).status_code == 302
    assert region.client(MANAGER).post(url, gone).status_code == 409
    assert ROUTES not in table(region.page(READER, f"{home}/projects/"))
    assert "Følges av programmet." in region.page(READER, url)
    assert region.project(ROUTES).portfolio_id == first.pk  # no decided initiative outside a portfolio


def test_a_municipalitys_own_portfolio_shows_what_its_readers_may_read(region: Region) -> None:
    town = region.world.towns["granlia"]
    own: Portfolio = region.set_up(town, create_portfolio, owner=town, name="Granlias egen")
    routes = region.project(ROUTES)
    assert (
        region.client(MANAGER).post(f"/portfolio/{own.pk}/shown/", {"project": routes.pk, "reason": WHY}).status_code
        == 404
    )
    from samrad.organisation.actions import give_role

    chief = region.person("granlia-direktor")
    region.set_up(town, give_role, person=chief, role="portfolio_manager", valid_from=region.world.today)
    said = {"project": routes.pk, "reason": WHY}
    assert region.client("granlia-direktor").post(f"/portfolio/{own.pk}/shown/", said).status_code == 302
    assert ROUTES in table(region.page(READER, f"/portfolio/{own.pk}/projects/"))
    # Those of other municipalities do not read the portfolio, and do not hear its name.
    assert region.status("skarholt-ansatt-helse", f"/portfolio/{own.pk}/projects/") == 404
    assert "Granlias egen" not in region.page("skarholt-ansatt-helse", f"/portfolio/projects/{routes.pk}/")
    answer = {"version": 0, "answer": "change", "reason": "Bør deles."}
    review = f"/portfolio/{own.pk}/review/{routes.pk}/"
    assert region.client("granlia-direktor").post(review, answer).status_code == 302
    ranks = {"version": 0, f"place_{routes.pk}": 1}
    assert region.client("granlia-direktor").post(f"/portfolio/{own.pk}/ranking/0/", ranks).status_code == 302
