"""Bringing projects in, in a browser: files that are no tables, headers never seen, and the next file like them."""

import pytest
from playwright.sync_api import Locator, Page

from samrad.portfolio.models import Portfolio, ProjectAmount
from samrad.portfolio.sheets import TARGETS
from samrad.portfolio.sheets.mapping import DATE, MONEY
from tests.browser.region import Region
from tests.ui.pages import WIDE, narrow_faults, wide_faults

UNSEEN = (
    "Løpenr i lista;Hva heter det;Pris i mnok;Klart til bruk;Æresord\n"
    "Å-1;Felles vaktsentral;12,5;31.12.2027;ja\nÅ-2;Ny nettside;0,8;1.6.2026;nei\n"
)


def choose_file(page: Page, content: bytes, name: str = "liste.csv") -> None:
    """Choose a file and upload it."""
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Last opp").click()
    page.wait_for_load_state()


@pytest.fixture
def upload_page(region: Region, page: Page) -> str:
    """The upload page of the region's second portfolio, open to the portfolio manager."""
    region.sign_in(page.context, "portefolje")
    portfolio = region.look(lambda: Portfolio.objects.get(name="Store prosjekter"))
    address = f"{region.url}/portfolio/{portfolio.pk}/import/"
    page.set_viewport_size(WIDE)
    page.goto(address)
    return address


@pytest.mark.parametrize(
    ("content", "name", "said_to_one"),
    [
        (b"", "tom.csv", "Fila er tom. Velg en annen."),
        (b"%PDF-1.7 and more", "liste.csv", "Dette er en PDF."),
        (b"Her er et brev.\nDet er ingen tabell.\n", "brev.csv", "Vi fant bare én kolonne."),
        (b"Nr;Tittel\n", "liste.csv", "Det er overskrifter, men ingen rader under dem."),
        (b"\xff\xfeN\x00r\x00;\x00T\x00\n\x00\x00\xd8\x00", "liste.csv", "Tegnene på linje"),
        (b"PK\x03\x04 not a workbook", "liste.xlsx", "Excel-fila"),
    ],
    ids=["empty", "pdf", "not a table", "headers only", "letters that cannot be read", "broken workbook"],
)
def test_a_file_that_cannot_be_read_is_explained(
    upload_page: str, page: Page, said: list[str], content: bytes, name: str, said_to_one: str
) -> None:
    choose_file(page, content, name)
    assert page.url == upload_page
    assert said_to_one in page.locator(".error-summary").inner_text()
    assert page.title().startswith("Feil:")
    assert page.evaluate("() => document.activeElement.matches('.error-summary')")
    refused = [line for line in said if "400" not in line]
    assert [*wide_faults(page), *narrow_faults(page), *refused] == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_any_encoding_and_delimiter_shows_its_letters(
    upload_page: str, page: Page, encoding: str, delimiter: str
) -> None:
    choose_file(page, UNSEEN.replace(";", delimiter).encode(encoding))
    shown = page.locator("main").inner_text()
    assert "«Å-1», «Å-2»" in shown and "Æresord" in shown and "«Felles vaktsentral»" in shown


def column(page: Page, header: str) -> Locator:
    """What is asked about one column."""
    return page.get_by_role("group", name=header)


def test_a_column_asks_only_what_it_needs(upload_page: str, page: Page) -> None:
    choose_file(page, UNSEEN.encode())
    asked = column(page, "Æresord")
    for target, kind in TARGETS.items():
        asked.get_by_label("Hva den er").select_option(target)
        assert asked.get_by_label("Valuta").is_visible() == (kind == MONEY), target
        assert asked.get_by_label("Datoer").is_visible() == (kind == DATE), target


def test_headers_never_seen_are_corrected_saved_and_used_again(
    region: Region, upload_page: str, page: Page, said: list[str]
) -> None:
    choose_file(page, UNSEEN.encode("cp1252"), "ny liste.csv")
    price = column(page, "Pris i mnok")
    assert price.get_by_label("Hva den er").input_value() == "budget"  # proposed, with its unit
    assert price.get_by_label("Beløpene står i").input_value() == "1000000"
    price.get_by_label("Prisnivå").fill("2025-kroner")
    column(page, "Løpenr i lista").get_by_label("Hva den er").select_option("source_id")
    column(page, "Hva heter det").get_by_label("Hva den er").select_option("title")
    column(page, "Klart til bruk").get_by_label("Hva den er").select_option("end_date")
    page.get_by_label("Lagre kolonneoppsettet").fill("Lista vår")
    page.get_by_role("button", name="Se over").click()
    assert "2" in page.locator(".big-figures").inner_text()
    page.get_by_role("button", name="Hent inn").click()
    assert "Prosjektene er hentet inn." in page.locator("main").inner_text()
    page.get_by_role("link", name="Se porteføljen").click()
    figures = page.locator(".big-figures").inner_text().replace("\xa0", " ")
    assert "2025-kroner" in figures and "13,3 mill. kr" in figures
    assert "Kroner med ulikt prisnivå legges ikke sammen." in page.locator("main").inner_text()
    kept = region.look(lambda: ProjectAmount.objects.get(project__source_id="Å-1"))
    assert (kept.unit, kept.price_base, str(kept.value)) == (1_000_000, "2025-kroner", "12.5000")
    page.goto(upload_page)
    choose_file(page, (UNSEEN + "Å-3;Enda et;1;1.1.2028;ja\n").encode())
    assert "slik du lagret dem under «Lista vår»" in page.locator("main").inner_text()
    assert column(page, "Pris i mnok").get_by_label("Prisnivå").input_value() == "2025-kroner"
    page.get_by_role("button", name="Se over").click()
    assert page.locator(".big-figures").inner_text().split()[:6] == ["Rader", "3", "Nye", "prosjekter", "1", "Endret"]
    assert said == []
