"""S9: how the organisation is rigged, judged once a year and kept over the years."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from samrad.governance.models import Rule
from samrad.governance.queries import STATEMENTS
from samrad.organisation.actions import give_role
from tests.krav.region import STRANGER, Region

krav = pytest.mark.krav
URL = "/overview/self-check/"


def answer(region: Region, key: str, town: str, year: int, **low: str) -> int:
    """Answer with fours, but for what is low; through the page as it is opened."""
    url = f"{URL}{region.world.towns[town].pk}/{year}/"
    opened = region.client(key).get(url)
    found = re.search(r'name="version" value="(\d+)"', opened.content.decode())
    said = {s.code: "4" for s in STATEMENTS} | low | {"version": found[1] if found else "0", "note": ""}
    return int(region.client(key).post(url, said).status_code)


@krav("S9.AK1", guards="samrad.overview.policy.can_answer_self_check")
def test_each_municipality_is_judged_every_year_and_the_years_stand_side_by_side(region: Region) -> None:
    year = timezone.localdate().year
    weak = [s for s in STATEMENTS if s.kind == Rule.Kind.WEAKNESS]
    assert len(weak) == 4 and len(STATEMENTS) - len(weak) == 9
    assert answer(region, "granlia-ansatt-helse", "granlia", year) == 403
    assert answer(region, STRANGER, "granlia", year) == 404
    # How it was before can be recorded too.
    assert answer(region, "sekretariat", "granlia", year - 1, predictable="1", planned="1") == 302
    assert answer(region, "administrator", "granlia", year) == 302
    assert answer(region, "sekretariat", "granlia", year + 1) == 404
    # A municipality's own administrator answers for it, and for no other; one who works there answers as secretariat too.
    for person, role, scope in (
        ("skarholt-ansatt-helse", "administrator", region.world.towns["skarholt"]),
        ("fossmark-ansatt-helse", "coordinator", region.world.region),
    ):
        who = region.person(person)
        region.set_up(who.owner, give_role, person=who, role=role, entity=scope, valid_from=timezone.localdate())
    assert answer(region, "skarholt-ansatt-helse", "granlia", year) == 403
    assert answer(region, "skarholt-ansatt-helse", "skarholt", year) == 302
    assert answer(region, "fossmark-ansatt-helse", "fjelldal", year) == 302
    page = region.page("granlia-ansatt-helse", URL)
    town = page[page.index("Granlia kommune</h2>") : page.index("Skarholt kommune</h2>")]
    rows = re.findall(r'<th scope="row">(\d{4})</th><td class="num">([\d,]+)</td><td class="num">([\d,]+)</td>', town)
    assert rows == [(str(year - 1), "3,5", "2,5"), (str(year), "4,0", "4,0")]
    assert "Granlia kommune" not in region.page(STRANGER, URL)


@krav("S9.AK2", guards=["samrad.overview.selfcheck.low_scores"])
def test_each_low_score_leads_to_the_page_that_mends_it(region: Region) -> None:
    year = timezone.localdate().year
    low = {s.code: "2" for s in STATEMENTS}
    assert answer(region, "sekretariat", "granlia", year, **low) == 302
    page = region.page("administrator", URL)
    part = page[page.index("Lavt, og hvor det kan rettes") :]
    links = re.findall(r'av 5\)</span> <a href="([^"]+)"', part)
    assert len(links) == len(STATEMENTS)
    for link in set(links):
        assert region.client("administrator").get(link, follow=True).status_code == 200, link
    assert answer(region, "sekretariat", "granlia", year, chair="3") == 302
    assert "Rådet har en leder" not in region.page("administrator", URL)


def adopt(region: Region, key: str, url: str, **said: str) -> int:
    """Adopt a version of a rule through the page as it is opened."""
    page = region.page(key, url)
    version = re.search(r'name="version" value="(\d+)"', page)
    owner = {} if 'name="owner"' not in page else {"owner": str(region.world.region.pk)}
    typed = {"version": version[1] if version else "0", "valid_from": f"{timezone.localdate():%d.%m.%Y}", **owner}
    return int(region.client(key).post(url, typed | said).status_code)


@krav("S9.AK1", guards=["samrad.governance.queries.statements_on"])
def test_the_statements_are_rules_that_the_administrator_changes(region: Region) -> None:
    year, town = timezone.localdate().year, region.world.towns["granlia"].pk
    assert answer(region, "sekretariat", "granlia", year - 1) == 302
    assert "Rådet har en leder" in region.page("granlia-ansatt-helse", "/governance/rules/")
    assert region.status("granlia-ansatt-helse", "/governance/rules/standard/chair/") == 403
    assert (
        adopt(region, "administrator", "/governance/rules/standard/chair/", name="Lederen vår møter forberedt.") == 302
    )
    own = {"kind": "demand", "name": "Alle kan lese vedtakene våre."}
    assert adopt(region, "administrator", "/governance/rules/add/", **own) == 302
    page = region.page("sekretariat", f"{URL}{town}/{year}/")
    assert "Lederen vår møter forberedt." in page and "Alle kan lese vedtakene våre." in page
    assert "Rådet har en leder" not in page
    # What is switched off is no longer asked; the standard does not come back.
    chair = region.find(lambda: Rule.objects.get(code="chair"))
    assert region.client("administrator").post(f"/governance/rules/{chair.pk}/end/").status_code == 302
    page = region.page("sekretariat", f"{URL}{town}/{year}/")
    assert "Lederen vår" not in page and "Rådet har en leder" not in page
    # What a house adopts is its own.
    assert "Alle kan lese vedtakene våre." not in region.page(STRANGER, "/governance/rules/")
