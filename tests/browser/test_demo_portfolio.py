"""The demo's portfolio shows each of its features alive to a leader who opens it, none of them empty."""

from __future__ import annotations

import re
from html import unescape

from samrad.portfolio.models import Portfolio, Project, ReportSnapshot
from tests.browser.region import Region

COMMON, SECOND = "Digitaliseringsporteføljen", "Helse og oppvekst"
CHIEF = "granlia-direktor"
ACCESS = "Felles brukeradministrasjon"


def _read(region: Region, address: str, who: str = CHIEF) -> str:
    answer = region.client(who).get(address)
    assert answer.status_code == 200, address
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(text).replace("\xa0", " ").split())


def _home(region: Region, name: str) -> str:
    return f"/portfolio/{region.look(lambda: Portfolio.objects.get(name=name)).pk}/"


def _project(region: Region, title: str) -> str:
    return f"/portfolio/projects/{region.look(lambda: Project.objects.get(initiative__title=title)).pk}/"


def test_there_are_two_portfolios_with_some_of_the_same_projects(region: Region) -> None:
    common, second = (_read(region, _home(region, name)) for name in (COMMON, SECOND))
    assert "Gjøre de riktige tingene" in common and "Mer tid til folk" in second
    assert "Porteføljeforvalter: Torunn Lidvoll" in second and "Faggruppe helse og mestring" in second
    assert f"Også i {SECOND}" in common and f"Også i {COMMON}" in second
    assert "Barnevernets fagsystem" in common and "Barnevernets fagsystem" in second
    found = _read(region, "/portfolio/")
    for name in (COMMON, SECOND):
        assert re.search(rf"{name} .{{0,200}}\d+ prosjekter · Rapporten fra \d", found), name
    stranger = region.client("stranger")
    assert COMMON not in _read(region, "/portfolio/", "stranger")
    assert [stranger.get(_home(region, name)).status_code for name in (COMMON, SECOND)] == [404, 404]


def test_the_lights_have_come_up_and_down_and_are_not_always_what_is_reckoned(region: Region) -> None:
    page = _read(region, _home(region, COMMON))
    for said in ("bedre enn sist", "verre enn sist", "som sist", "Beregnet:", "Ikke rapportert"):
        assert said in page, said
    assert "0 Ute av rute" not in page and "Forslag" in page and "I gang" in page


def test_the_second_report_says_what_has_changed_and_the_first_what_the_board_said(region: Region) -> None:
    def found() -> list[int]:
        rows = ReportSnapshot.objects.filter(portfolio__name=COMMON)
        return list(rows.order_by("taken_at").values_list("pk", flat=True))

    first, second = (_read(region, f"/portfolio/reports/{pk}/") for pk in region.look(found))
    assert "Vi vil se en rangering før neste rapport" in first and "felles rangering" not in first
    assert "Styret har ikke behandlet den ennå" in second and "Endringer siden" in second
    for said in ("Ny: ", "Ikke lenger i porteføljen: SFO-innmelding", "Har ikke rapportert denne gangen: Robot"):
        assert said in second, said
    assert "Framdrift gikk fra ▲ må følges til ■ ute av rute" in second and "fra 8 til 16" in second


def test_balance_has_its_pictures(region: Region) -> None:
    page = _read(region, f"{_home(region, COMMON)}balance/")
    assert "Lov- eller myndighetskrav" in page and "Ingen tall å vise ennå" not in page
    shown = re.search(r"(\d+) av \d+ prosjekter er med i bildet", page)
    assert shown and int(shown[1]) >= 6
    assert "For mye i:" in page  # money in a quarter, and people in another


def test_one_person_is_booked_for_more_than_there_is_and_one_project_is_past_what_is_tolerated(region: Region) -> None:
    capacity = _read(region, f"{_home(region, COMMON)}capacity/")
    over = re.search(r"Prosjektleder for fellessystemer: (\d+) %", capacity)
    assert over and int(over[1]) > 100
    changes = _read(region, f"{_project(region, ACCESS)}changes/")
    assert "Prognosen er 25 prosent over rammen" in changes and "Avvikssaken ble opprettet" in changes
    assert "Venter på prosjekteieren" in changes and "Beslutningspunkt BP3" in changes
    overview = _read(region, _project(region, ACCESS))
    assert "Utenfor toleransen Kostnad" in overview and "Endring det bes om Venter på prosjekteieren" in overview
    needs = _read(region, f"{_project(region, 'Felles barnehagesystem med app for foreldre')}plan/")
    assert ACCESS in needs


def test_a_projects_page_says_why_a_light_is_not_green(region: Region) -> None:
    page = _read(region, _project(region, "eByggeSak med kart og arkiv"))
    assert "Prosjektlederen er borte til januar, og ingen har tatt over." in page
    assert "Kroner – Frigjort tid 1 300 timer" in page  # what nobody has put a figure on is not 0
