"""The summary of a portfolio report: two pages, what is new since the last one, people, money and benefits that add up."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from samrad.core.acting import acting_for
from samrad.initiatives.actions import BenefitRow, set_phase, take_in_benefits
from samrad.organisation.models import Entity
from samrad.portfolio.actions import ask_people, import_projects, import_rows, take_report
from samrad.portfolio.comparing import shown
from samrad.portfolio.models import Project, ReportSnapshot, Resource
from samrad.portfolio.papers import words
from samrad.portfolio.papers.report import report_docx, report_pdf
from samrad.portfolio.papers.sheet import report_sheet
from samrad.portfolio.papers.summary import bridge_rows, money_rows
from samrad.portfolio.papers.words import change_lines, total_trend
from samrad.portfolio.reporting import lifted, without
from samrad.portfolio.sheets import propose, read
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from samrad.portfolio.summing import OVER, bridge_of
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing

LATER = AT + timedelta(days=80)  # in the quarter after
LIGHTS = ("grønn", "gul", "rød")


def _projects(numbers: range, year: int = 2027) -> str:
    rows = [
        f"P-{n:02};Nye digitale tjenester nummer {n} for innbyggere og ansatte;{100 + n} 000;1.2.2027;1.9.{year}"
        for n in numbers
    ]
    return "\n".join(["Nr;Prosjekt;Budsjett (kr);Start;Slutt", *rows])


def _status(numbers: range, light: int, day: str) -> str:
    head = "Prosjekt;Dato;Framdrift;Kommentar til framdrift;Økonomi;Risiko;Ressurser;Gevinst"
    return "\n".join(
        [head, *(f"P-{n:02};{day};{LIGHTS[(n + light) % 3]};Som sagt;grønn;grønn;grønn;grønn" for n in numbers)]
    )


@dataclass
class Made:
    """A portfolio of twenty projects, reported twice."""

    importing: Importing
    first: ReportSnapshot
    second: ReportSnapshot

    @property
    def data(self) -> dict[str, Any]:
        """The last report, held against the first."""
        return shown(lifted(self.second.data), lifted(self.first.data))

    @property
    def url(self) -> str:
        return f"/portfolio/reports/{self.second.pk}"


def _bring(importing: Importing, kind: str, text: str, *, at: Any = AT, by: Any = None) -> None:
    sheet = read(text.encode())
    if kind == "projects":
        mapping = propose(sheet).mapping
        import_projects(by=importing.by, at=at, portfolio=importing.portfolio, sheet=sheet, mapping=mapping)
        return
    columns = {g.header: g.target for g in propose_rows(sheet, KINDS[kind]) if g.target}
    given = {"portfolio": importing.portfolio, "kind": kind, "sheet": sheet, "columns": columns}
    result = import_rows(by=by or importing.by, at=at, **given)  # type: ignore[arg-type]
    assert result.refused == []


def _project(number: int) -> Project:
    return Project.objects.select_related("initiative").get(source_id=f"P-{number:02}")


@pytest.fixture
def made(importing: Importing) -> Iterator[Made]:
    """Twenty projects with status, risks, money, people and benefits; then one stopped, one delayed and two new."""
    _bring(importing, "projects", _projects(range(20)))
    _bring(importing, "status", _status(range(20), 0, "2.11.2026"))
    risks = [f"P-{n:02};Leverandøren av del {n} blir forsinket;{1 + n % 5};4;Møte hver uke." for n in range(20)]
    _bring(importing, "risks", "\n".join(["Prosjekt;Tittel;Sannsynlighet;Konsekvens;Tiltak", *risks]))
    money = [f"P-{n:02};2027;Investering;{('Egne midler', 'Tilskudd')[n % 2]};{100 + n}000;9000" for n in range(20)]
    _bring(importing, "money", "\n".join(["Prosjekt;År;Type;Kilde;Budsjett (kr);Regnskap", *money]))
    unit, leader = importing.cast.health, importing.cast.actor(importing.cast.sector_head)
    _bring(importing, "people", f"Enhet;Rolle;Kvartal;Dager\n{unit.name};Testleder;2027 K1;40", by=leader)
    role = Resource.objects.get()
    for number in (0, 1):
        asked = {"resource": role, "quarter": date(2027, 1, 1), "days": 30, "purpose": "Prøve."}
        ask_people(by=importing.by, at=AT, project_id=_project(number).pk, **asked)
    rows = [BenefitRow(title="Mindre kjøring", kind="avoided_cost", kroner_a_year=Decimal(50_000), hours_a_year=200)]
    rows.append(BenefitRow(title="Tryggere hjemme", kind="quality", quality_before=2, quality_after=4))
    for number in (0, 5):
        need = _project(number).initiative_id
        take_in_benefits(by=importing.by, at=AT, initiative_id=need, rows=rows)
    first = take_report(by=importing.by, at=AT, portfolio=importing.portfolio)
    set_phase(by=importing.by, at=LATER, initiative=_project(5).initiative, status="stopped")
    changed = _projects(range(22)).replace("P-03;", "P-03;").replace("1.9.2027", "1.9.2027")
    changed = "\n".join(
        row.replace("1.9.2027", "1.3.2028") if row.startswith("P-03") else row for row in changed.split("\n")
    )
    _bring(importing, "projects", changed, at=LATER)
    _bring(importing, "status", _status(range(22), 1, "15.1.2027"), at=LATER)
    second = take_report(by=importing.by, at=LATER, portfolio=importing.portfolio)
    yield Made(importing, first, second)


def _pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in PdfReader(BytesIO(content)).pages]


def _first_with(pages: list[str], words: str) -> int:
    return next(number for number, page in enumerate(pages, 1) if words in page)


def test_the_summary_fills_two_pages_at_most_and_says_what_is_new(made: Made) -> None:
    pages = _pages(made.importing.client.get(f"{made.url}.pdf").content)
    assert _first_with(pages, "Alle prosjekter") <= 3
    front = " ".join(pages[: _first_with(pages, "Alle prosjekter") - 1])
    assert "22 Prosjekter" in front and "Status: Aktiv 21 · Stoppet 1" in front
    assert "Ny: Nye digitale tjenester nummer 20" in front and "Nye digitale tjenester nummer 21" in front
    assert "Stoppet: Nye digitale tjenester nummer 5 " in front
    delayed = front[front.index("Forsinket: Nye digitale tjenester nummer 3") :]
    assert "(fra 01.09.2027 til 01.03.2028)" in delayed
    assert "Inn: tilskudd" in front and "Ut: brukt så langt" in front and "Leverandøren av del" in front
    assert "Testleder" in front and "60 / 40 ■" in front  # more than there is, told without colour
    assert "Planlagt nå" in front and "Realisert" in front and "ikke målt" in front


def test_the_summary_keeps_to_two_pages_where_everything_is_long_and_everything_has_changed(made: Made) -> None:
    data = made.data
    long = " som er så lang at den går over flere linjer i de fleste tabeller og lister" * 2
    for p in data["projects"]:
        p["title"], p["phase"] = (
            p["title"] + long,
            ["plan", "execute", "close", "realise", "done"][p["initiative_id"] % 5],
        )
        p["asked"] = [{"kind": "gate", "gate": "BP3", "state": "with_body"}]
        p["risks"] = [{"title": "Risiko" + long, "before": 20, "after": 15, "measure": "Tiltak" + long}]
        p["sources"] = dict.fromkeys(("own", "grant", "fund", "others"), "100000")
    data["roles"] = [
        {
            "name": f"Rolle {n}{long[:40]}",
            "unit": "En avdeling med langt navn",
            "loads": [[10, 20]] * len(data["people"]),
        }
        for n in range(30)
    ]
    before = json.loads(json.dumps(data))
    for p in before["projects"]:
        p["end_date"], p["phase"], p["budget_kr"], p["risks"] = "2027-01-01", "idea", "7", []
        p["lights"] = {name: {"light": "red", "trend": ""} for name in p["lights"]}
    gone = {"initiative_id": 10_000, "title": "Borte" + long}
    before["projects"] = [{**p, "status": "paused"} for p in before["projects"][6:]] + [
        {**before["projects"][0], **gone}
    ]
    with override("nb"):
        content = report_pdf(shown(data, before), language="nb")
        pages = _pages(content)
    assert _first_with(pages, "Alle prosjekter") == 3
    assert "endringer til står i regnearket" in " ".join(pages[:2])


def test_page_word_and_spreadsheet_tell_the_same_as_the_paper(made: Made) -> None:
    client = made.importing.client
    page = client.get(f"{made.url}/").content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
    for said in (
        "Status: Aktiv 21 · Stoppet 1",
        "Forsinket: ",
        "Testleder",
        "60 / 40 ■",
        "Planlagt nå",
        "ikke målt",
        "Inn: ",
    ):
        assert said in page, said
    assert "<svg" in page[page.index("Veikart") :] and "↓ verre" in page
    word = docx.Document(BytesIO(client.get(f"{made.url}.docx").content))
    cells = {cell.text.replace("\xa0", " ") for table in word.tables for row in table.rows for cell in row.cells}
    assert {"60 / 40 ■", "Planlagt nå", "ikke målt"} <= cells
    assert any(p.text.startswith("Stoppet: ") or "Stoppet: " in p.text for p in word.paragraphs)
    book = load_workbook(BytesIO(client.get(f"{made.url}.xlsx").content))
    assert {"Aktive og stoppede", "Penger", "Kapasitet i nøkkelroller", "Gevinster"} <= set(book.sheetnames)
    assert book["Gevinster"]._charts and book["Penger"]._charts
    assert [c.value for c in book["Kapasitet i nøkkelroller"][2]][3:] == [60, 40, 20]
    changes = {row[2].value for row in book["Endringer"].iter_rows(min_row=2)}
    assert {"ny", "stoppet", "forsinket"} <= changes
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    quality = [line[head.index("Gevinster i kvalitet")] for line in lines if line[1] == "P-00"]
    assert quality == ["Tryggere hjemme: Kvalitet fra 2 (dårlig) til 4 (god) av 5"]
    own = client.get(f"{made.url}/projects/{_project(0).initiative_id}/").content.decode()
    assert "Tryggere hjemme: Kvalitet fra 2 (dårlig) til 4 (god) av 5" in own
    stranger = made.importing.cast.client(made.importing.cast.stranger)
    for path in (f"{made.url}/", f"{made.url}.pdf", f"{made.url}.xlsx"):
        assert stranger.get(path).status_code == 404


def test_the_roadmap_is_drawn_on_paper_with_words_for_those_who_do_not_see_it(made: Made) -> None:
    reader = PdfReader(BytesIO(made.importing.client.get(f"{made.url}.pdf").content))
    root: Any = reader.trailer["/Root"]
    alts: list[str] = []
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            alts += [str(one["/Alt"])] if "/Alt" in one else []
            waiting += [one["/K"]] if "/K" in one else []
    assert "Veikart. Tabellen under viser det samme." in alts
    with override("nb"):
        word = docx.Document(BytesIO(report_docx(made.data, language="nb")))
    assert "Veikart. Tabellen under viser det samme." in {
        str(shape._inline.docPr.get("descr")) for shape in word.inline_shapes
    }


def test_the_bridge_adds_up_and_stopped_projects_give_nothing(made: Made) -> None:
    rows = {row["code"]: row for row in bridge_of(made.data)}
    steps = ("approved", "elsewhere", "more", "less", "stopped")
    for name in ("kr", "hours", "quality"):
        assert sum(Decimal(rows[code][name]) for code in steps) == Decimal(rows["now"][name]), name
    assert (rows["now"]["kr"], rows["now"]["hours"], rows["now"]["quality"]) == ("50000.00", 200, 1)
    assert rows["realised"]["kr"] is None  # what nobody has measured is not 0
    kept = made.data
    need = _project(0).initiative_id
    for p in kept["projects"]:  # as if it had been decided here for less, and the stopped one for what it promised
        if p["status"] in OVER or p["initiative_id"] == need:
            p["benefit_approved"] = {"kr": "30000", "hours": 250, "quality": 0}
    rows = {row["code"]: row for row in bridge_rows(kept)}
    assert [rows[code]["kr"] for code in ("approved", "more", "stopped", "now")] == [
        "60000",
        "20000.00",
        "-30000",
        "50000.00",
    ]
    assert (rows["less"]["hours"], rows["more"]["quality"], rows["now"]["hours"]) == (-50, 1, 200)
    hidden = without(kept, {need: {"benefits": "Offentleglova § 23"}})
    assert [row["kr"] for row in bridge_of(hidden) if row["code"] == "now"] == ["0"] and "Tryggere" not in str(
        [p for p in hidden["projects"] if p["initiative_id"] == need]
    )


def test_what_is_known_of_few_projects_says_so(made: Made) -> None:
    with override("nb"):
        rows = {name: (kr, known) for name, kr, known in money_rows(made.data)}
    assert rows["Inn: planlagt i alt"][1] == 20 and rows["Ut: brukt så langt"] == (Decimal(20 * 9000), 20)
    with override("nb"):
        assert {total_trend(p) for p in made.data["projects"]} == {"↓\xa0verre", "↑\xa0bedre", "–"}


def test_a_report_from_before_shows_no_bridge_it_cannot_know(made: Made) -> None:
    old = json.loads(json.dumps(made.first.data)) | {"shape": 4}
    del old["roles"]
    for p in old["projects"]:
        for name in ("benefit_approved", "benefit_quality", "total_trend"):
            del p[name]
    data = shown(lifted(made.second.data), lifted(old))
    assert [row["code"] for row in bridge_of(lifted(old))] == ["now", "realised"]
    with override("nb"):
        assert any(line.startswith("Stoppet: ") for line in change_lines(data["changes"]))
        pages = " ".join(_pages(report_pdf(shown(lifted(old), None), language="nb")))
        book = load_workbook(BytesIO(report_sheet(shown(lifted(old), None))))
    assert "Kapasitet i nøkkelroller" not in pages and "Dette er den første rapporten" in pages
    assert "Kapasitet i nøkkelroller" not in book.sheetnames and "Gevinster" in book.sheetnames


def test_a_report_of_many_asks_the_database_no_more(made: Made) -> None:
    by, portfolio = made.importing.by, made.importing.portfolio

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            take_report(by=by, at=LATER, portfolio=portfolio)
        return len(found)

    with acting_for(Entity.objects.values_list("pk", flat=True)):
        few = asked()
        _bring(made.importing, "projects", _projects(range(60)), at=LATER)
        assert asked() <= few + 2
    client = made.importing.client
    client.get(f"{made.url}/")
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"{made.url}/").status_code == 200
    assert (
        len(
            [q for q in found if not q["sql"].lower().startswith(("savepoint", "release", "set ", "select set_config"))]
        )
        <= 15
    )


def test_a_report_frozen_just_after_midnight_says_the_day_it_was_in_norway() -> None:
    assert words.day("2026-03-01T23:30:00+00:00") == "02.03.2026"
    assert words.day("2026-03-01") == "01.03.2026" and words.day(None) == "–"
