"""S51, S53, S55, S57, S68: the list leaders steer by, the rank order, and who answers for the portfolio."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from samrad.governance.models import Body
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.portfolio.actions import RiskRow, keep_risk
from samrad.portfolio.models import Ranking, SavedView, StatusReport
from samrad.portfolio.policy import reasons_lack
from samrad.portfolio.queries.listing import SIX
from samrad.portfolio.queries.ranking import Difference
from samrad.portfolio.workflow import gate_from
from tests.krav.region import ALARM, MEDICINE, ROUTES, STRANGER, Region
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
MANAGER, READER = "portefolje", "granlia-ansatt-oppvekst"


def cells(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def table(page: str) -> str:
    """The lines of the list, without the choices above them."""
    return page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""


@krav("S51.AK1", guards=["samrad.portfolio.queries.listing.narrowed", "samrad.portfolio.policy.listing.can_keep_view"])
def test_the_list_is_narrowed_sorted_added_up_and_kept_as_a_link(region: Region) -> None:
    home = f"/portfolio/{region.portfolio().pk}"
    url = f"{home}/projects/"
    everything = region.page(READER, url)
    assert all(title in table(everything) for title in (MEDICINE, ROUTES, ALARM)) and "3 av 3 prosjekter" in everything
    need = region.need(ROUTES)
    skarholt = region.world.towns["skarholt"].name
    for asked, there, gone in (
        (f"municipality={skarholt}", ROUTES, MEDICINE),
        ("light=grey", ROUTES, MEDICINE),
        (f"phase={need.phase}", ROUTES, ""),
        (f"size={need.size}", ROUTES, ""),
        ("owner=named", ROUTES, ""),
    ):
        shown = table(region.page(READER, f"{url}?{asked}"))
        assert there in shown and (not gone or gone not in shown), asked
    assert "Ingen prosjekter er slik" in region.page(READER, f"{url}?sector=Finnes+ikke&col=budget")
    by_title = [table(region.page(READER, f"{url}?sort={sort}")) for sort in ("title", "-title")]
    assert by_title[0].index(ALARM) < by_title[0].index(ROUTES) and by_title[1].index(ROUTES) < by_title[1].index(ALARM)
    # The spreadsheet holds exactly what is shown: these columns, these lines, their sum.
    address = f"municipality={skarholt}&col=budget&col=phase"
    sheet = cells(region.client(READER).get(f"{home}/projects.xlsx?{address}").content)
    assert sheet[0] == ("Referanse", "Prosjekt", "Fase", "Budsjett") and sheet[1][1] == ROUTES and len(sheet) == 3
    # What is exempt is in no line and no sum.
    law = {"field_group": "costs", "legal_basis": "offentleglova § 23", "involved": False}
    region.do("sekretariat", exempt_fields, house=need, initiative_id=need.pk, **law)
    hidden = region.page(READER, f"{url}?{address}")
    assert "unntatt" in table(hidden) and "De er ikke med i summen" not in table(hidden)
    assert cells(region.client(READER).get(f"{home}/projects.xlsx?{address}").content)[1][3] == "unntatt"
    # A view is a link with a name: one's own, or shared with all who read the portfolio.
    mine = {"query": address, "name": "Skarholt"}
    assert region.client(READER).post(f"{home}/views/", mine).status_code == 302
    assert ">Skarholt</a>" in region.page(READER, url) and ">Skarholt</a>" not in region.page(MANAGER, url)
    assert region.client(READER).post(f"{home}/views/", {**mine, "shared": "on"}).status_code == 302
    assert ">Skarholt</a>" in region.page(MANAGER, url)
    kept = region.find(lambda: SavedView.objects.get())
    assert kept.query == "municipality=" + skarholt.replace(" ", "+") + "&col=budget&col=phase"
    gone = {"remove": kept.pk, "query": ""}
    assert region.client(MANAGER).post(f"{home}/views/", gone).status_code == 403
    for wrong in ("", "a\x00b", "Lang" * 21):
        answer = region.client(READER).post(f"{home}/views/", {**mine, "name": wrong})
        assert answer.status_code == 422
        assert "Lang" * 21 not in wrong or wrong in answer.content.decode()  # what was typed stands there still
    assert region.client(STRANGER).post(f"{home}/views/", mine).status_code == 404
    assert region.client(READER).post(f"{home}/views/", gone).status_code == 302
    assert region.find(SavedView.objects.count) == 0
    assert region.status(STRANGER, url) == 404 and region.status(STRANGER, f"{home}/projects.xlsx") == 404
    for page in (url, f"{home}/header/"):
        assert len(queries(region.client(READER), page)) <= MOST


def test_one_chooses_the_six_lights_what_was_reckoned_the_next_gate_and_the_largest_risk(region: Region) -> None:
    url = f"/portfolio/{region.portfolio().pk}/projects/"
    usual = len(queries(region.client(READER), url))
    project = region.project(MEDICINE)
    report = region.find(lambda: StatusReport.objects.filter(project=project, series=None).latest("period_start"))
    home = region.portfolio()
    for title in ("Leverandøren går konkurs", "Enda en like stor"):
        row = RiskRow(title=title, kind="risk", likelihood=5, impact=5)
        region.do(MANAGER, keep_risk, portfolio=home, project=project, risk_id=None, version=0, row=row)
    chosen = [f"light_{name}" for name in SIX] + ["computed", "reported", "gate", "top_risk"]
    asked = "&".join(f"col={name}" for name in chosen)
    page = region.page(READER, f"{url}?{asked}")
    shown = next(line for line in table(page).split("</tr>") if MEDICINE in line)
    assert shown.count('class="light"') >= 6 and f"{report.period_end:%d.%m.%Y}" in shown
    gate = gate_from(region.need(MEDICINE).phase)
    assert gate and gate.code in shown and "Leverandøren går konkurs (25)" in shown
    for name in ("Framdrift", "Neste beslutningspunkt", "Sist rapportert", "Største risiko", "Beregnet lys"):
        assert f">{name}" in page, name
    assert len(queries(region.client(READER), f"{url}?{asked}")) == usual  # however much is chosen
    largest = table(region.page(READER, f"{url}?sort=-top_risk&col=budget"))
    assert largest.index(MEDICINE) < largest.index(ROUTES)
    # What is exempt is not told here either.
    law = {"field_group": "need", "legal_basis": "offentleglova § 23", "involved": False}
    region.do("sekretariat", exempt_fields, house=region.need(MEDICINE), initiative_id=project.initiative_id, **law)
    assert "konkurs" not in region.page(READER, f"{url}?{asked}")


@krav("S68.AK1", guards="samrad.portfolio.policy.projects.can_manage")
def test_a_named_portfolio_manager_is_appointed_by_a_decision_with_a_date(region: Region) -> None:
    url = f"/portfolio/{region.portfolio().pk}/header/"
    council = region.find(lambda: Body.objects.get(kind="council", owner=region.world.region))
    said = {
        "version": 1,
        "name": "Digitaliseringsporteføljen",
        "vision": "Færre og større grep",
        "manager": region.person(MANAGER).pk,
        "body": council.pk,
        "appointed_by": "Regionrådet, sak 12/26",
        "appointed_date": "02.03.2026",
    }
    for key, status in ((READER, 403), (STRANGER, 404)):
        assert region.client(key).post(url, said).status_code == status
    client = region.client(MANAGER)
    for lacking in ("manager", "appointed_by", "appointed_date"):
        assert client.post(url, {**said, lacking: ""}).status_code == 422, lacking
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 409  # made from an older version
    top = region.page(READER, f"/portfolio/{region.portfolio().pk}/")
    assert "«Færre og større grep»" in top and "Regionrådet, sak 12/26" in top
    page = region.page(READER, url)
    assert "Regionrådet, sak 12/26, 2. mars 2026" in page and "Gjøre de riktige tingene" in page  # what stood before


class Ranks:
    """The rank order through the pages."""

    def __init__(self, region: Region) -> None:
        self.region, self.url = region, f"/portfolio/{region.portfolio().pk}/ranking/"
        self.ids = {title: region.project(title).pk for title in (MEDICINE, ROUTES, ALARM)}

    def set(self, key: str, sector: int = 0, version: int = 0, **named: tuple[object, str]) -> int:
        """Give places: {«medicine»: (place, reason)}."""
        ids = {"medicine": self.ids[MEDICINE], "routes": self.ids[ROUTES], "alarm": self.ids[ALARM]}
        said: dict[str, object] = {"version": version}
        for name, (place, reason) in named.items():
            said |= {f"place_{ids[name]}": place, f"reason_{ids[name]}": reason}
        return int(self.region.client(key).post(f"{self.url}{sector}/", said).status_code)

    def in_work(self, sector: int | None = None) -> Ranking:
        rows = Ranking.objects.exclude(state="published").filter(sector=sector)
        return self.region.find(lambda: rows.get())

    def settle(self, key: str, do: str, ranking: Ranking, **more: str) -> int:
        said = {"do": do, "ranking": ranking.pk, "version": ranking.version, **more}
        return int(self.region.client(key).post(f"{self.url}settle/", said).status_code)


@krav(
    "S51.AK3",
    guards=["samrad.portfolio.policy.ranking.places_lack", "samrad.portfolio.policy.ranking.can_approve_ranking"],
)
@krav("S55.AK1", guards="samrad.portfolio.policy.ranking.can_publish_ranking")
@krav("S53.AK1", guards="samrad.portfolio.policy.ranking.reasons_lack")
def test_the_rank_order_is_unique_approved_dated_and_read_by_all_beside_the_sectors(region: Region) -> None:
    ranks = Ranks(region)
    sector = region.need(ROUTES).owning_sector_id
    assert sector is not None
    head, chief, two = "skarholt-leder-helse", "skarholt-direktor", {"routes": (1, "Haster."), "alarm": (2, "")}
    # A sector ranks its own; its head answers for it alone.
    # The health sector of Skarholt owns the joint alarm too, so that it has two projects to put in order.
    region.find(lambda: Initiative.objects.filter(title=ALARM).update(owning_sector=sector))
    for key, status in ((READER, 403), (MANAGER, 403), (STRANGER, 404), (head, 302)):
        assert ranks.set(key, sector, **two) == status
    assert ranks.settle(MANAGER, "publish", ranks.in_work(sector)) == 403
    assert ranks.settle(head, "publish", ranks.in_work(sector)) == 302
    # The common one: each place once, a draft that nobody else reads.
    for key, status in ((READER, 403), (head, 403), (STRANGER, 404)):
        assert ranks.set(key, medicine=(1, "")) == status
    assert ranks.set(MANAGER, medicine=(1, ""), routes=(1, "")) == 409
    assert ranks.set(MANAGER, medicine=(0, "")) == 422 and ranks.set(MANAGER) == 409
    assert ranks.set(MANAGER, medicine=(1, "Flest brukere."), alarm=(2, ""), routes=(3, "")) == 302
    assert ranks.set(MANAGER, medicine=(1, "")) == 409  # made from an older page
    assert "Flest brukere." not in region.page(READER, ranks.url)
    # The board approves, on a day and in a meeting, and only then it is published.
    assert ranks.settle(MANAGER, "publish", ranks.in_work()) == 403
    assert ranks.settle(MANAGER, "approve", ranks.in_work()) == 403
    assert ranks.settle(STRANGER, "approve", ranks.in_work()) == 404
    # Where the sector wants another order, the reason is asked for first.
    assert "Si hvorfor" in region.page(MANAGER, ranks.url)
    ranks.settle(chief, "approve", ranks.in_work())
    assert ranks.in_work().state == "draft"
    again = {"medicine": (1, "Flest brukere."), "alarm": (2, "Pengene er bundet."), "routes": (3, "Venter på kart.")}
    assert ranks.set(MANAGER, version=ranks.in_work().version, **again) == 302
    assert ranks.settle(chief, "approve", ranks.in_work(), where="Porteføljestyret, sak 3/26") == 302
    assert ranks.settle(chief, "publish", ranks.in_work()) == 403
    assert ranks.settle(MANAGER, "publish", ranks.in_work()) == 302
    page = region.page(READER, ranks.url)
    assert f"Godkjent av porteføljestyret ved {region.person(chief).name}" in page and "sak 3/26" in page
    lines = page[page.index("<tbody") :]
    assert lines.index(MEDICINE) < lines.index(ALARM) < lines.index(ROUTES)
    apart = page[page.index("Der sektorene rangerer annerledes") :]
    assert "Plass blant sektorens prosjekter, felles" in apart  # not the place in the whole list above
    assert ROUTES in apart and "Haster." in apart and "Venter på kart." in apart
    assert region.status(STRANGER, ranks.url) == 404
    assert len(queries(region.client(MANAGER), ranks.url)) <= MOST


def test_only_what_differs_asks_for_a_reason() -> None:
    def differs(own: int, common: int, reason: str) -> Difference:
        return Difference(
            project_id=7, title="Kart", sector="Teknisk", own=own, common=common, reason=reason, own_reason=""
        )

    assert [lack.anchor for lack in reasons_lack([differs(1, 2, " ")])] == ["id_reason_7"]
    assert not reasons_lack([differs(1, 2, "Venter."), differs(2, 2, "")])


@krav("S57.AK2", guards="samrad.portfolio.policy.review.can_review")
def test_each_project_is_said_to_be_still_right_or_not_beside_the_strategy(region: Region) -> None:
    home = f"/portfolio/{region.portfolio().pk}/review/"
    project = region.project(ROUTES).pk
    page = region.page(READER, home)
    principle = "Spør bare én gang"
    assert principle in page and "Målene" in page and "Ikke besvart" in page and ROUTES in page
    no = {"version": 0, "answer": "no", "reason": f"Strider mot «{principle}»."}
    for key, status in ((READER, 403), ("skarholt-leder-helse", 403), (STRANGER, 404)):
        assert region.client(key).post(f"{home}{project}/", no).status_code == status
    chief = region.client("skarholt-direktor")
    assert principle in region.page("skarholt-direktor", f"{home}{project}/")
    assert chief.post(f"{home}{project}/", {**no, "reason": " "}).status_code == 422
    assert chief.post(f"{home}{project}/", {**no, "answer": "maybe"}).status_code == 422
    said = chief.post(f"{home}{project}/", no)
    assert said.status_code == 302 and said["Location"] != f"{home}{project}/"  # on to the next
    assert chief.post(f"{home}{project}/", no).status_code == 409  # someone has answered since
    page = region.page(READER, home)
    assert "Nei, ikke riktig lenger" in page and f"Strider mot «{principle}»." in page
    assert region.person("skarholt-direktor").name in page and region.status(STRANGER, home) == 404
    assert len(queries(region.client(MANAGER), home)) <= MOST
