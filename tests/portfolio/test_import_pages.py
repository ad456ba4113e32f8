"""The import in the browser: upload, correct the columns, look it over, bring it in."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samrad.portfolio.actions import import_projects
from samrad.portfolio.models import ImportBatch, ImportMapping, Project, ProjectAmount
from samrad.portfolio.sheets import propose, read
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.real import real_portfolio

OURS = (
    "Nr;Prosjekttittel;Pris i mnok;Når starter det\n"
    "A-1;Første;1,5;31.12.2026\nA-2;<script>alert(1)</script>;TBC;tull\n;Uten;1;1.1.2027\n"
)


def upload(client: Client, importing: Importing, content: bytes, name: str = "liste.csv") -> str:
    """Upload a file; the address one is sent on to."""
    address = reverse("portfolio:import_upload", args=[importing.portfolio.pk])
    response = client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def filled(client: Client, address: str) -> dict[str, object]:
    """The form as the page fills it in."""
    form = client.get(address).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_import_from_upload_to_result(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, OURS.encode("cp1252"))
    page = client.get(columns)
    assert page.status_code == 200
    assert "Første" in page.content.decode()
    values = filled(client, columns)
    values |= {"c2_target": "budget", "c2_currency": "NOK", "c2_unit": "1000000", "c2_price_base": "2026 prices"}
    values |= {"c3_target": "start_date", "save_as": "Vår liste"}
    assert values["c0_target"] == "source_id" and values["c1_target"] == "title"
    preview = client.post(columns, values)["Location"]
    page = client.get(preview)
    assert (page.context["counts"]["imported"], page.context["refused_count"]) == (2, 1)
    assert Project.objects.count() == 0
    assert "<script>alert" not in page.content.decode()
    result = client.post(preview, {"version": filled(client, preview)["version"]})["Location"]
    page = client.get(result)
    assert page.status_code == 200 and Project.objects.count() == 2
    amount = ProjectAmount.objects.get(project__source_id="A-1", kind="budget")
    assert (amount.unit, amount.currency, amount.price_base) == (1_000_000, "NOK", "2026 prices")
    assert ImportMapping.objects.get().name == "Vår liste"
    assert ImportBatch.objects.get().content is None
    # The next file like it is read the same way.
    again = upload(client, importing, OURS.encode())
    assert filled(client, again)["c2_price_base"] == "2026 prices"


def test_import_all_or_nothing_keeps_the_upload(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, OURS.encode())
    preview = client.post(columns, filled(client, columns))["Location"]
    response = client.post(preview, {"version": filled(client, preview)["version"], "all_or_nothing": "on"})
    assert response.status_code == 400 and Project.objects.count() == 0
    assert client.get(preview).status_code == 200


def test_import_twice_by_double_click_comes_in_once(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, OURS.encode())
    preview = client.post(columns, filled(client, columns))["Location"]
    version = filled(client, preview)["version"]
    first, second = (client.post(preview, {"version": version}) for _time in (1, 2))
    assert first["Location"] == second["Location"]
    assert Project.objects.count() == 2


def test_import_from_a_stale_page_is_refused_kindly(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, OURS.encode())
    values = filled(client, columns)
    assert client.post(columns, values).status_code == 302
    response = client.post(columns, {**values, "save_as": "Mitt navn"})
    assert response.status_code == 400
    assert "Mitt navn" in response.content.decode()


def test_import_columns_answers_bad_input_at_the_field(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, OURS.encode())
    values = filled(client, columns)
    for bad in (
        {"c0_target": ""},
        {"c1_target": "source_id"},
        {"c2_unit": "7"},
        {"c2_currency": "<b>"},
        {"save_as": "gmpp"},
        {"save_as": "x" * 10_000},
        {"version": "x"},
    ):
        assert client.post(columns, {**values, **bad}).status_code == 400, bad
    assert client.post(columns, {}).status_code == 400


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", b"%PDF-1.7 and more"),
        ("liste.xlsx", b"PK\x03\x04 not a workbook"),
        ("../../etc/passwd", b"root:x:0:0"),
        ("liste.csv", b"\x00\x01\x02\x03" * 50),
        ("liste.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("liste.csv", b"bare en kolonne\nen til\n"),
        ("tom.csv", b""),
    ],
)
def test_import_upload_says_what_is_wrong_with_the_file(importing: Importing, name: str, content: bytes) -> None:
    address = reverse("portfolio:import_upload", args=[importing.portfolio.pk])
    response = importing.client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 400
    assert response.context["form"].errors["file"]
    assert importing.client.post(address, {}).status_code == 400
    assert ImportBatch.objects.count() == 0


def test_import_of_a_workbook_with_formulas(importing: Importing) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Nr", "Prosjekt", "Budsjett"])
    book.active.append(["1", '=HYPERLINK("http://x";"klikk")', "=1+1"])
    out = io.BytesIO()
    book.save(out)
    client = importing.client
    columns = upload(client, importing, out.getvalue(), "liste.xlsx")
    preview = client.post(columns, filled(client, columns))["Location"]
    result = client.post(preview, {"version": filled(client, preview)["version"]})["Location"]
    assert Project.objects.get().amounts.get().unknown_reason == "formula"
    lists = client.get(result.rstrip("/") + ".xlsx")
    cells = openpyxl.load_workbook(io.BytesIO(lists.content)).worksheets[1]
    assert [c.value for c in cells[2]][2] == "=1+1" and cells[2][2].data_type == "s"
    assert json.loads(client.get(result.rstrip("/") + ".json").content)["imported"] == 1


def test_import_of_the_real_portfolio_in_few_queries(importing: Importing) -> None:
    client = importing.client
    columns = upload(client, importing, real_portfolio("gmpp_2025_26.csv").read_bytes(), "gmpp.csv")
    values = filled(client, columns)
    assert [values["c4_target"], values["c5_target"], values["c20_target"]] == ["rating", "rating", "source_id"]
    preview = client.post(columns, values)["Location"]
    with CaptureQueriesContext(connection) as asked:
        page = client.get(preview)
    assert sum("FROM" in query["sql"] for query in asked) <= 12
    assert (page.context["counts"]["imported"], page.context["refused_count"]) == (187, 2)
    result = client.post(preview, {"version": page.context["form"]["version"].value()})["Location"]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(result).status_code == 200
    assert sum("FROM" in query["sql"] for query in asked) <= 12
    amount = ProjectAmount.objects.filter(kind="whole_life_cost").first()
    assert amount is not None and (amount.currency, amount.price_base) == ("GBP", "2024/25 real prices")
    falcon = Project.objects.get(source_id="CO_0176_2223-Q3")
    text = client.get(reverse("portfolio:project_detail", args=[falcon.pk])).content.decode().replace("\xa0", " ")
    assert "23,11 mill. GBP (2024/25 real prices)" in text
    assert "−41,40 %" in text


def previewed(importing: Importing, text: str) -> str:
    """Upload a list, take the columns as proposed, and read the page where it is looked over."""
    columns = upload(importing.client, importing, text.encode())
    preview = importing.client.post(columns, filled(importing.client, columns))["Location"]
    return " ".join(importing.client.get(preview).content.decode().replace("\xa0", " ").split())


def test_the_first_rows_are_shown_as_they_were_read_with_what_moves(importing: Importing) -> None:
    head = "Prosjekt-ID;Prosjektnavn;Avdeling;Budsjett;Oppstart;Trafikklys;Beskrivelse\n"
    rows = [f"P-{n};Prosjekt {n};Helse;{n}500;1.{n}.2027;Grønn;Gammel tekst\n" for n in range(1, 13)]
    page = previewed(importing, head + "".join(rows) + "P-13;Uklar;;mye;tull;lilla;\n")
    for said in ("Slik ble de første radene lest", "Prosjekt 10", "Helse", "1 500 kr", "1. oktober 2027", "I rute"):
        assert said in page, said
    assert "Prosjekt 11" not in page and page.count(">Ny<") == 10
    sheet = read((head + "".join(rows)).encode())
    import_projects(by=importing.by, at=AT, portfolio=importing.portfolio, sheet=sheet, mapping=propose(sheet).mapping)
    changed = "P-1;Nytt navn;Teknisk;900;tull;Rød;Ny tekst\n" + rows[1]
    page = previewed(importing, head + changed)
    for said in (
        "Tittel: fra Prosjekt 1 til <strong>Nytt navn</strong>",
        "Sektor eller enhet: fra Helse til <strong>Teknisk</strong>",
        "Budsjett: fra 1 500 kr (prisnivå ikke oppgitt) til <strong>900 kr (prisnivå ikke oppgitt)</strong>",
        "Starter: fra 1. januar 2027 til <strong>«tull» (ukjent: ikke en dato)</strong>",
        "Statuslys: fra I rute til <strong>Ute av rute</strong>",
        "Beskrivelse: fra Gammel tekst til <strong>Ny tekst</strong>",
    ):
        assert said in page, said
    assert page.count('data-color="warning">Endret<') == page.count('data-color="neutral">Uendret<') == 1
    assert Project.objects.get(source_id="P-1").department == "Helse"


def test_the_stranger_and_the_colleague_import_nothing(importing: Importing) -> None:
    columns = upload(importing.client, importing, OURS.encode())
    batch = ImportBatch.objects.get()
    pages = [columns, *(reverse(f"portfolio:{name}", args=[batch.pk]) for name in ("import_preview", "import_result"))]
    for person, refused in ((importing.cast.stranger, {404}), (importing.cast.proposer, {403, 404})):
        client = importing.cast.client(person)
        for address in [*pages, reverse("portfolio:import_upload", args=[importing.portfolio.pk])]:
            assert client.get(address).status_code in refused, address
            assert client.post(address, {"version": 1}).status_code in {*refused, 405}, address
    assert Client().get(columns).status_code == 302
    assert Project.objects.count() == 0
