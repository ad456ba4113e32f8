"""S52, S62: what each goal gets and gives, and where a quarter has more than is approved or can be done."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.utils.translation import override
from lxml import html
from openpyxl import load_workbook

from samrad.core.pictures import Picture
from samrad.organisation.actions import exempt_fields
from samrad.portfolio.models import ReportSnapshot
from samrad.portfolio.papers import in_words
from samrad.portfolio.queries import quarter_name, quarters_from
from tests.krav.region import ALARM, MEDICINE, ROUTES, STRANGER, Region, pdf_text
from tests.krav.test_projects import MANAGER, url
from tests.krav.test_resources import LEADER, asked, written
from tests.overview.test_queries import queries

krav = pytest.mark.krav
READER = "granlia-ansatt-oppvekst"
GOAL = "Flere klarer seg hjemme med trygghet og mestring"
QUERIES = 15


def balance(region: Region, suffix: str = "/") -> str:
    return f"/portfolio/{region.portfolio().pk}/balance{suffix}"


def tables(page: str) -> dict[str, list[list[str]]]:
    """The tables of a page by their caption: the words of every cell but those of the bars."""
    found = {}
    for table in html.fromstring(page).xpath("//table[caption]"):
        rows = [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td") if not cell.xpath("./svg")]
            for row in table.xpath("./thead/tr|./tbody/tr")
        ]
        found[str(table.xpath("./caption")[0].text_content()).strip()] = rows
    return found


def shown(region: Region, caption: str, key: str = READER) -> dict[str, list[str]]:
    """What the page says of each row of a picture."""
    return {row[0]: row[1:] for row in tables(region.page(key, balance(region)))[caption][1:]}


def exempted(region: Region, title: str, group: str) -> None:
    need = region.need(title)
    values = {
        "initiative_id": need.pk,
        "field_group": group,
        "legal_basis": "Offentleglova § 23",
        "basis_code": "offl-23-1",
    }
    region.do("sekretariat", exempt_fields, house=need, involved=False, **values)


@krav("S52.AK1", guards=["samrad.portfolio.queries.balance.served", "samrad.initiatives.queries.masked_groups"])
def test_each_goal_says_what_it_gets_and_what_it_gives_planned_and_realised(region: Region) -> None:
    before = shown(region, "Mål og effekt")
    allocated, planned, realised, hours, projects = before[GOAL]
    assert (allocated, realised, projects) == ("1 275 000 kr", "ikke målt", "3") and hours == "4 100"
    assert planned.endswith(" kr") and before["Færre systemer, bedre brukt"][0] == "0 kr"  # a goal nobody serves yet
    page = region.page(READER, balance(region))
    assert "Ingen gevinst er målt ennå, så ingenting er regnet som realisert." in page and "<svg" in page
    assert "1 450 000 kr" in page  # the sum is the portfolio's own
    assert "1 450 000 kr" in region.page(READER, f"/portfolio/{region.portfolio().pk}/projects/")
    exempted(region, MEDICINE, "costs")
    page = region.page(READER, balance(region))
    assert shown(region, "Mål og effekt")[GOAL][0] == "1 100 000 kr" and "1 450 000 kr" not in page
    assert "1 prosjekt er unntatt offentlighet. Kronene er ikke med her." in page
    assert shown(region, "Mål og effekt", "portefolje")[GOAL][0] == "1 275 000 kr"
    assert region.status(STRANGER, balance(region)) == region.status(STRANGER, balance(region, ".xlsx")) == 404
    assert len(queries(region.client(READER), balance(region))) <= QUERIES


@krav("S62.AK2", guards=["samrad.portfolio.balancing.above", "samrad.portfolio.queries.balance.people_by_quarter"])
def test_a_quarter_with_more_than_is_approved_or_more_than_people_can_do_says_so(region: Region) -> None:
    this, following = (quarter_name(q) for q in quarters_from(region.world.today)[:2])
    page = region.page(READER, balance(region))
    assert page.count("Ingen kvartaler har for mye.") == 2
    # What the people of a unit are asked for is more than they have.
    assert written(region, LEADER, days=60, leave_days=10, line_days=30).status_code == 302
    asked(region, 30)
    has, wants, over = shown(region, "Kapasitet per kvartal")[following]
    assert over == "10" and int(wants) > 0 and int(has) > 0
    # What a project expects to use this year is more than it has been approved.
    row = {"r0_year": str(region.world.today.year), "r0_kind": "running", "r0_source": "own"}
    said = {"version": region.project(ROUTES).version, **row, "r0_budget_kr": "100 000", "r0_forecast_kr": "160 000"}
    for key, status in ((READER, 403), (STRANGER, 404), (MANAGER, 302)):
        assert region.client(key).post(url(region, "money/change/"), said).status_code == status
    approved, expected, above = shown(region, "Budsjett per kvartal")[this]
    assert above != "0 kr" and approved != expected
    page = region.page(READER, balance(region))
    assert f"For mye i: {following} (10)." in page and f"For mye i: {this} ({above})." in page
    assert region.status(STRANGER, balance(region)) == 404


def _as_page(picture: Picture) -> list[list[str]]:
    return [[row.label, *picture.cells(row.values)] for row in picture.rows]


@pytest.mark.parametrize("hidden", [False, True])
def test_page_paper_and_spreadsheet_show_the_same_pictures_from_one_snapshot(region: Region, hidden: bool) -> None:
    if hidden:
        exempted(region, ALARM, "costs")
        exempted(region, MEDICINE, "benefits")
    assert written(region, LEADER, days=60, leave_days=10, line_days=30).status_code == 302
    chosen = {"scope": "portfolio", "period": ""}
    take = f"/portfolio/{region.portfolio().pk}/report/"
    page = region.page("portefolje", take)
    chosen["period"] = str(
        html.fromstring(page).xpath("//*[@name='period']//option/@value|//input[@name='period']/@value")[0]
    )
    assert region.client("portefolje").post(take, chosen).status_code == 302
    snapshot = region.find(lambda: ReportSnapshot.objects.latest("pk"))
    home = f"/portfolio/reports/{snapshot.pk}"
    for key, data in (("portefolje", snapshot.data), (READER, snapshot.public_data)):
        with override("nb"):
            pictures = in_words(data["pictures"])
        assert len(pictures) == 9
        page = tables(region.page(key, f"{home}/"))
        paper = pdf_text(region.client(key).get(f"{home}.pdf").content)
        book = load_workbook(BytesIO(region.client(key).get(f"{home}.xlsx").content))
        for picture in pictures:
            sheet = book[picture.title]
            assert len(sheet._charts) == (1 if picture.rows else 0), picture.title
            cells = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)][: len(picture.rows)]
            number = picture.kind == "bubbles"  # it stands first, and at each circle
            assert cells == [[*[n] * number, row.label, *row.values] for n, row in enumerate(picture.rows, 1)]
            if number and picture.rows:
                assert len(sheet._charts[0].series) == len(picture.rows)
            wanted = _as_page(picture)
            if wanted:
                start = 1 if picture.kind == "bubbles" else 0  # the number of the circle stands first
                assert [[c.replace("\xa0", " ") for c in row] for row in wanted] == [
                    [cell.split("T-20")[0] for cell in row[start:]] for row in page[picture.title][1:]
                ]
            squeezed = "".join(paper.split())
            for line in wanted:
                for cell in line:
                    assert "".join(cell.split()) in squeezed, (picture.title, cell)
    with override("nb"):
        public = in_words(snapshot.public_data["pictures"])[1]
    assert (sum(row.values[0] or 0 for row in public.rows) == 1_450_000) is not hidden
    live = tables(region.page(READER, balance(region)))
    frozen = tables(region.page(READER, f"{home}/"))
    assert {name: live[name] for name in live} == {name: frozen[name] for name in live}
    assert region.status(STRANGER, f"{home}/") == 404
