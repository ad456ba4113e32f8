"""S49–S68: the portfolio, its reports, and what comes in and goes out."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook
from pypdf import PdfReader

from samrad.governance.actions import put_cycle_date
from samrad.organisation.actions import exempt_fields
from samrad.portfolio.exporting import COLUMNS
from samrad.portfolio.models import Project, ReportSnapshot
from samrad.portfolio.periods import period_in
from tests.krav.region import ALARM, GUIDE, MEDICINE, NIGHT, ROUTES, STRANGER, Region, pdf_text, text_of

krav = pytest.mark.krav
GREEN = dict.fromkeys(["progress", "economy", "risk", "resources", "benefit"], "green")


def take(region: Region, key: str = "portefolje") -> HttpResponse:
    return region.client(key).post(f"/portfolio/{region.portfolio().pk}/report/")


def taken(region: Region) -> int:
    """The number of a report that the portfolio manager freezes."""
    assert take(region).status_code == 302
    return region.find(lambda: ReportSnapshot.objects.latest("pk").pk)


def report(region: Region, key: str, title: str, **values: str) -> HttpResponse:
    """Report status for the quarter, for the first time."""
    url = f"/portfolio/projects/{region.project(title).pk}/status/"
    return region.client(key).post(url, {**GREEN, **values})


def rows(content: bytes) -> list[tuple[str, ...]]:
    """The lines of a spreadsheet."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [tuple(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]


@krav("S49.AK1", guards=["samrad.config.delivery.into_portfolio", "samrad.cases.policy.can_decide"])
def test_what_is_decided_is_in_the_portfolio(region: Region) -> None:
    reader = "granlia-ansatt-oppvekst"
    for town in list(region.world.towns)[:-1]:
        assert NIGHT not in region.page(reader, "/portfolio/")
        assert region.decide(f"{town}-direktor", NIGHT, town, amount_kr="100 000").status_code == 302
    assert region.decide("granlia-direktor", NIGHT, "fossmark").status_code == 409
    no = {"outcome": "rejected", "text": "Ikke i år."}
    assert region.decide("fossmark-direktor", NIGHT, "fossmark", **no).status_code == 302
    page = region.page(reader, "/portfolio/")
    assert NIGHT in page and "500 000" in page  # what those who said yes have granted
    assert GUIDE not in page  # rejected
    decided = [MEDICINE, ROUTES, ALARM, NIGHT]
    assert all(title in page for title in decided)
    assert NIGHT not in region.page(STRANGER, "/portfolio/")


@krav("S55.AK2", guards=["samrad.portfolio.policy.sees_exempt", "samrad.core.rowsecurity"])
def test_every_employee_reads_the_portfolio_and_its_reports_without_asking(region: Region) -> None:
    need, law = region.need(MEDICINE), "offentleglova § 23"
    values = {"initiative_id": need.pk, "field_group": "costs", "legal_basis": law, "involved": False}
    region.do("sekretariat", exempt_fields, house=need, **values)
    url = f"/portfolio/reports/{taken(region)}"
    for town in region.world.towns:
        key = f"{town}-ansatt-teknisk"
        assert ROUTES in region.page(key, "/portfolio/") and ROUTES in region.page(key, f"{url}/"), town
        lines = json.loads(region.client(key).get(f"{url}.json").content)["projects"]
        [exempt] = [line for line in lines if line["title"] == MEDICINE]
        assert "budget_kr" not in exempt and exempt["exempt"] == {"costs": law}
    full = json.loads(region.client("portefolje").get(f"{url}.json").content)["projects"]
    assert next(line["budget_kr"] for line in full if line["title"] == MEDICINE)
    assert region.status(STRANGER, f"{url}/") == 404 and region.status(STRANGER, f"{url}.json") == 404


@krav("S56.AK1", guards=["samrad.portfolio.queries.lines_of", "samrad.portfolio.policy.can_take_report"])
def test_every_project_is_in_the_report_also_the_one_that_never_reported(region: Region) -> None:
    for key, status in (("granlia-ansatt-helse", 403), ("folkevalgt", 403), (STRANGER, 404)):
        assert take(region, key).status_code == status
    url = f"/portfolio/reports/{taken(region)}"
    manager = region.client("portefolje")
    page, sheet = text_of(manager.get(f"{url}/")), rows(manager.get(f"{url}.xlsx").content)
    words = pdf_text(manager.get(f"{url}.pdf").content)
    titles = region.find(lambda: list(Project.objects.values_list("initiative__title", flat=True)))
    assert len(titles) == 3 and len(sheet) == 4
    for title in titles:
        assert title in page and title in words and any(title in row for row in sheet), title
    [unreported] = [row for row in sheet if ROUTES in row]
    [reported] = [row for row in sheet if MEDICINE in row]
    assert "ikke rapportert" in unreported and "ikke rapportert" not in reported
    line = page[page.index(ROUTES) :].split("</tr>")[0]
    assert "Ikke rapportert" in line and "ikke rapportert" in words


@krav("S56.AK2", guards=["samrad.portfolio.views.reports._snapshot", "samrad.portfolio.policy.can_report"])
def test_a_frozen_report_says_the_same_later(region: Region) -> None:
    url, manager = f"/portfolio/reports/{taken(region)}", region.client("portefolje")
    before = {suffix: manager.get(f"{url}.{suffix}").content for suffix in ("pdf", "docx", "xlsx", "json")}
    late = {"risk": "red", "risk_text": "Leverandøren er konkurs.", "forecast_kr": "900 000"}
    assert report(region, "granlia-ansatt-oppvekst", ROUTES, **late).status_code == 403
    assert report(region, STRANGER, ROUTES, **late).status_code == 404
    assert report(region, "skarholt-ansatt-helse", ROUTES, **late).status_code == 302
    for suffix, content in before.items():
        assert manager.get(f"{url}.{suffix}").content == content, suffix
    later = manager.get(f"/portfolio/reports/{taken(region)}.json").content
    assert b"konkurs" in later and b"konkurs" not in before["json"]


@krav("S56.AK3", guards=["samrad.portfolio.papers.words.light_word", "samrad.core.rowsecurity"])
def test_the_lights_are_read_without_colours(region: Region) -> None:
    late = {"risk": "red", "risk_text": "Leverandøren er konkurs."}
    assert report(region, "skarholt-ansatt-helse", ROUTES, **late).status_code == 302
    url, reader = f"/portfolio/reports/{taken(region)}", region.client("granlia-ansatt-helse")
    page = text_of(reader.get(f"{url}/"))
    line = page[page.index(ROUTES) :].split("</tr>")[0]
    assert "Ute av rute" in line and "■" in line and "I rute" in line
    [row] = [row for row in rows(reader.get(f"{url}.xlsx").content) if ROUTES in row]
    assert "ute av rute" in row and row.count("i rute") == 4
    words = pdf_text(reader.get(f"{url}.pdf").content)
    assert "● i rute" in words and "■ ute av rute" in words and "○ ikke rapportert" in words
    assert region.status(STRANGER, f"{url}.pdf") == 404


@krav("S56.AK4", guards=["samrad.portfolio.comparing.compare", "samrad.portfolio.papers.report.one_pager"])
def test_the_report_has_a_summary_a_line_and_a_page_for_each_project_and_says_what_is_new(region: Region) -> None:
    assert report(region, "skarholt-ansatt-helse", ROUTES).status_code == 302
    taken(region)
    late = {"risk": "red", "risk_text": "Leverandøren er konkurs.", "change": "amber", "change_text": "Uro i vaktene."}
    line = region.project(ROUTES)
    version = region.client("skarholt-ansatt-helse").get(f"/portfolio/projects/{line.pk}/status/")
    held = {"version": version.context["form"]["version"].value()}
    assert report(region, "skarholt-ansatt-helse", ROUTES, **late, **held).status_code == 302
    pk = taken(region)
    url, manager = f"/portfolio/reports/{pk}", region.client("portefolje")
    page = text_of(manager.get(f"{url}/"))
    front = page[page.index("Endringer siden") : page.index("Alle prosjekter")]
    assert f"{ROUTES}: Risiko gikk fra ● i rute til ■ ute av rute" in front
    words = pdf_text(manager.get(f"{url}.pdf").content)
    assert words.count(ROUTES) >= 3 and "Uro i vaktene." in words and "Neste beslutningspunkt" in words
    own = text_of(manager.get(f"{url}/projects/{line.initiative_id}/"))
    assert "Uro i vaktene." in own and "▲ må følges" in own
    book = load_workbook(BytesIO(manager.get(f"{url}.xlsx").content))
    assert book.worksheets[1]._charts and any(ROUTES in map(str, row) for row in book.worksheets[4].values)
    word = docx.Document(BytesIO(manager.get(f"{url}.docx").content))
    assert any(ROUTES in p.text for p in word.paragraphs)
    for path in (f"{url}.docx", f"{url}/projects/{line.initiative_id}/"):
        assert region.status(STRANGER, path) == 404
    assert region.status("portefolje", f"{url}/projects/999999/") == 404


@krav("S53.AK2", guards=["samrad.portfolio.queries.reports.periods_for", "samrad.portfolio.policy.can_take_report"])
def test_the_report_follows_the_tertials_and_the_dates_of_the_annual_cycle(region: Region) -> None:
    today = region.world.today
    start, end = period_in("tertial", today)
    told = {"kind": "reporting", "title": "Tertialrapport til kommunedirektørene", "starts_on": end}
    region.do("sekretariat", put_cycle_date, owner=region.portfolio().owner, **told)
    url = f"/portfolio/{region.portfolio().pk}/report/"
    form = region.page("portefolje", url)
    assert f"{(start.month + 3) // 4}. tertial {start.year}" in form and "Tertialrapport til kommunedirektørene" in form
    assert region.status("granlia-ansatt-helse", url) == 403 and region.status(STRANGER, url) == 404
    manager, last = region.client("portefolje"), period_in("tertial", start - timedelta(days=1))
    asked = {"period": f"tertial:{last[0]}", "scope": f"municipality:{region.world.towns['skarholt'].pk}"}
    assert manager.post(url, {**asked, "period": "tertial:1999-01-01"}).status_code == 422
    made = manager.post(url, asked)
    data = json.loads(manager.get(f"{made['Location'].rstrip('/')}.json").content)
    assert (data["period_start"], data["period_end"]) == tuple(day.isoformat() for day in last)
    assert data["scope"]["name"] == region.world.towns["skarholt"].name
    assert ROUTES in {p["title"] for p in data["projects"]} and not any(p["reported"] for p in data["projects"])


@krav("S57.AK3", guards=["samrad.portfolio.policy.can_treat_report", "samrad.portfolio.policy.can_send_report"])
def test_the_report_is_sent_to_the_portfolio_board_and_what_it_said_stands_with_it(region: Region) -> None:
    url = f"/portfolio/reports/{taken(region)}"
    chief, manager, said = region.client("granlia-direktor"), region.client("portefolje"), "Stans det røde prosjektet."
    today = region.world.today.strftime("%d.%m.%Y")
    values = {"version": 1, "treated_on": today, "outcome": "remarks", "text": said}
    assert chief.post(f"{url}/board/", values).status_code == 403  # not before it is sent
    for key, status in (("granlia-ansatt-helse", 403), ("granlia-direktor", 403), (STRANGER, 404)):
        assert region.client(key).post(f"{url}/send/").status_code == status
    assert manager.post(f"{url}/send/").status_code == 302
    assert manager.post(f"{url}/send/").status_code == 403  # once
    assert "Porteføljerapport" in region.page("granlia-direktor", "/organisation/notifications/")
    assert region.client("granlia-ansatt-helse").post(f"{url}/board/", values).status_code == 403
    assert chief.post(f"{url}/board/", {**values, "text": ""}).status_code == 422
    assert chief.post(f"{url}/board/", values).status_code == 302
    assert manager.post(f"{url}/board/", values).status_code == 409  # somebody was there first
    page = region.page("granlia-ansatt-helse", f"{url}/")
    assert said in page and region.person("granlia-direktor").name in page


@krav("S57.AK1", guards=["samrad.portfolio.queries.board_of", "samrad.core.rowsecurity"])
def test_vision_owner_and_board_stand_on_top_of_the_portfolio(region: Region) -> None:
    url = f"/portfolio/{region.portfolio().pk}/"
    page = region.page("sundneset-ansatt-helse", url)
    top = page[page.index("<h1>") : page.index("<table")]
    assert "«Gjøre de riktige tingene»" in top and "Fjelldalsregionen" in top
    assert f"Porteføljeforvalter: {region.person('portefolje').name}" in top
    board = top[top.index("Porteføljestyre:") :]
    for slug, town in region.world.towns.items():
        assert f"{region.person(f'{slug}-direktor').name}, {town.name}" in board
    assert region.status(STRANGER, url) == 404


OURS = "Id;Prosjekt;Budsjett;Slutt\nO-1;Ny vannmåler;1 200 000;31.12.2027\nO-2;Nytt arkiv;TBC;1.6.2028\n"


@krav("S68.AK2", guards="samrad.portfolio.policy.can_import")
def test_projects_come_in_from_a_spreadsheet_and_go_out_as_one(region: Region) -> None:
    url, manager = f"/portfolio/{region.portfolio().pk}/import/", region.client("portefolje")
    for key, status in (("granlia-ansatt-helse", 403), ("saksbehandler", 403), (STRANGER, 404)):
        assert region.status(key, url) == status
        file = {"file": SimpleUploadedFile("liste.csv", OURS.encode())}
        assert region.client(key).post(url, file).status_code == status
    columns = manager.post(url, {"file": SimpleUploadedFile("liste.csv", OURS.encode())})["Location"]

    def filled(address: str) -> dict[str, object]:
        form = manager.get(address).context["form"]
        return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}

    chosen = {"c0_target": "source_id", "c1_target": "title", "c2_target": "budget", "c3_target": "end_date"}
    money = {"c2_currency": "NOK", "c2_unit": "1", "c2_price_base": "2026"}
    preview = manager.post(columns, {**filled(columns), **chosen, **money})["Location"]
    assert "Ny vannmåler" not in region.page("granlia-ansatt-helse", "/portfolio/")
    assert manager.post(preview, {"version": filled(preview)["version"]}).status_code == 302
    page = region.page("granlia-ansatt-helse", "/portfolio/")
    assert "Ny vannmåler" in page and "Nytt arkiv" in page
    sheet = load_workbook(BytesIO(manager.get(f"/portfolio/reports/{taken(region)}.xlsx").content)).worksheets[0]
    head, *lines = list(sheet.iter_rows())
    [out] = [line for line in lines if "Ny vannmåler" in [cell.value for cell in line]]
    told = {str(title.value): cell for title, cell in zip(head, out, strict=True)}
    assert told["Kilde-ID"].value == "O-1"
    budget, ends = told["Budsjett (kr)"], told["Slutter (dato)"]
    assert (budget.value, budget.number_format) == (1_200_000, '#,##0" kr"')
    assert (ends.value, ends.number_format) == (datetime(2027, 12, 31), "dd.mm.yyyy")


@krav("S8.AK3", guards=["samrad.portfolio.policy.can_export", "samrad.portfolio.exporting.everything"])
def test_everything_goes_out_without_help_from_the_supplier(region: Region) -> None:
    url, manager = f"/portfolio/{region.portfolio().pk}/export", region.client("portefolje")
    for key, status in (("granlia-ansatt-helse", 403), ("saksbehandler", 403), (STRANGER, 404)):
        assert region.status(key, f"{url}.json") == status
    data = json.loads(manager.get(f"{url}.json").content)
    titles = region.find(lambda: set(Project.objects.values_list("initiative__title", flat=True)))
    assert {p["title"] for p in data["projects"]} == titles
    known = {p["reference"] for p in data["projects"]}
    for table in ("status", "money", "risks", "milestones", "benefits", "gates", "baselines"):
        assert data[table] and {row["reference"] for row in data[table]} <= known, table
    assert set(COLUMNS) <= set(data) and data["by"]
    book = load_workbook(BytesIO(manager.get(f"{url}.xlsx").content))
    assert book.sheetnames[:4] == ["Om fila", "Prosjekter", "Statusrapporter", "Penger per år"]
    assert len(book.sheetnames) == len(COLUMNS) + 1
    assert [cell.value for cell in book["Risikoer i prosjektene"][1]][:3] == ["Referanse", "Type", "Tittel"]
    assert {row[1].value for row in book["Risikoer i prosjektene"].iter_rows(min_row=2)} <= {"Risiko", "Mulighet"}
    with ZipFile(BytesIO(manager.get(f"{url}.zip").content)) as folder:
        assert all(title in folder.read("Prosjekter.csv").decode("utf-8-sig") for title in titles)
    assert "Hent ut alt" in region.page("portefolje", f"/portfolio/{region.portfolio().pk}/")


def test_the_report_on_paper_begins_with_two_pages_and_ends_with_the_pictures(region: Region) -> None:
    content = region.client("portefolje").get(f"/portfolio/reports/{taken(region)}.pdf").content
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    first = [next(n for n, page in enumerate(pages) if words in page) for words in ("Alle prosjekter", "Balanse")]
    assert first[0] <= 2 and first[1] > first[0]
    assert "Fase ● i rute" in pages[0]
    page = region.page("portefolje", f"/portfolio/reports/{taken(region)}/")
    assert page.index("Etter fase") < page.index("Alle prosjekter</h2>") < page.index("Balanse</h2>")
