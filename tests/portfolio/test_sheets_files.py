"""Files: real portfolios, odd encodings and delimiters, workbooks, and what is no spreadsheet at all."""

import io
import tracemalloc
import zipfile
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.core.sheets import workbooks as workbooks_module
from samrad.core.sheets.incoming import SheetUploadForm
from samrad.portfolio.sheets import GMPP, Mapping, Sheet, Unreadable, interpret, propose, read
from samrad.portfolio.sheets.mapping import bind, fit
from samrad.portfolio.sheets.rows import variance
from tests.portfolio.real import real_portfolio

CSV = 'Prosjektnr;Prosjektnavn;Oppstart;Budsjett (mnok)\nP-1;Blåbær;31.12.2026;1,5\nP-2;"To\nlinjer";01.02.2027;2\n'


def workbook(*rows: list[object]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "records", "rows", "lines"),
    [("gmpp_2024_25.csv", 213, 213, []), ("gmpp_2025_26.csv", 189, 187, [137, 283])],
)
def test_the_real_portfolios_are_read_whole(name: str, records: int, rows: int, lines: list[int]) -> None:
    reading = interpret(read(real_portfolio(name)), GMPP)
    assert (reading.records, len(reading.rows)) == (records, rows)
    assert [(r.line, r.reason) for r in reading.refused] == [(line, "no_id") for line in lines]
    assert set(reading.bound) == set(GMPP.rules)
    reasons = Counter(cell.reason for cell in reading.unknown)
    assert reasons["exempt"] > 300 and reasons["range"] > 15 and reasons["blank"] > 0


def test_the_price_base_is_read_from_each_years_headers() -> None:
    old, new = (bind(GMPP, read(real_portfolio(f"gmpp_{y}.csv")).headers) for y in ("2024_25", "2025_26"))
    assert old["whole_life_cost"].rule.price_base == "not stated"
    assert new["whole_life_cost"].rule.price_base == "2024/25 real prices"
    assert {new[t].rule.currency for t in ("budget_year", "whole_life_cost")} == {"GBP"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_found(encoding: str, delimiter: str) -> None:
    sheet = read(CSV.replace(";", delimiter).encode(encoding))
    assert sheet.headers == ("Prosjektnr", "Prosjektnavn", "Oppstart", "Budsjett (mnok)")
    assert [r.cells["Prosjektnavn"] for r in sheet.records] == ["Blåbær", "To\nlinjer"]
    assert [r.line for r in sheet.records] == [2, 3]


def test_excels_own_delimiter_line_is_obeyed_and_lines_still_count() -> None:
    sheet = read(b"sep=;\r\nid;a\r\n1;x,y\r\n")
    assert (sheet.headers, sheet.records[0].line, sheet.records[0].cells["a"]) == (("id", "a"), 3, "x,y")


def test_ragged_rows_lose_nothing() -> None:
    sheet = read(b"Prosjektnr;Prosjektnavn;Budsjett\nP-1\nP-2;Navn;10;for mye\n")
    reading = interpret(sheet, propose(sheet).mapping)
    assert [r.source_id for r in reading.rows] == ["P-1", "P-2"]
    assert [(u.record, u.column, u.text, u.reason) for u in reading.unknown] == [
        (1, "Budsjett", "", "blank"),
        (2, "#4", "for mye", "beyond_columns"),
    ]


def test_a_row_without_id_and_one_with_an_id_used_before_are_refused() -> None:
    sheet = read(b"Prosjektnr;Prosjektnavn\n;Uten\n7;A\n7;B\n")
    refused = interpret(sheet, propose(sheet).mapping).refused
    assert [(r.record, r.line, r.reason, r.first) for r in refused] == [(1, 2, "no_id", 0), (3, 4, "id_twice", 2)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"<!DOCTYPE html><p>a,b</p>", "web_page"),
        (b"just a line of words\nand one more\n", "one_column"),
        (b"a;b\n", "no_records"),
        (b'a;b\n1;"never closed\n2;x\n', "open_quote"),
        (b"PK\x03\x04 not a zip", "broken_workbook"),
        (b"a,b\n\x81\x8d\x8f\x90,2\n", "encoding"),
        (bytes(range(1, 30)) * 40, "not_text"),
    ],
)
def test_what_is_no_spreadsheet_is_said_to_be_so(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content, "liste.csv")
    assert caught.value.reason == reason


def test_a_workbook_is_read_with_titles_above_dates_and_numbers() -> None:
    sheet = read(
        workbook(
            ["Porteføljen vår"], [], ["Nr", "Prosjekt", "Start", "Budsjett"], [1.0, "A", datetime(2026, 1, 2), 12.5]
        )
    )
    assert sheet.headers == ("Nr", "Prosjekt", "Start", "Budsjett")
    row = interpret(sheet, propose(sheet).mapping).rows[0]
    assert (row.source_id, row.line) == ("1", 4)
    assert row.values["start_date"].day == date(2026, 1, 2)
    assert row.values["budget"].number == Decimal("12.5")


def test_formulas_are_never_evaluated() -> None:
    sheet = read(workbook(["Nr", "Prosjekt", "Budsjett"], ["1", '=HYPERLINK("http://x")', "=1+1"]))
    row = interpret(sheet, propose(sheet).mapping).rows[0]
    assert row.values["budget"].known is None
    assert [u.reason for u in row.unknown] == ["formula"]
    assert row.values["title"].word.startswith("=HYPERLINK")


def test_a_zip_bomb_and_other_zips_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(["a", "b"], [1, 2])
    monkeypatch.setattr(workbooks_module, "MAX_UNPACKED", 100)
    with pytest.raises(Unreadable, match="bomb"):
        read(content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(Unreadable, match="packed"):
        read(packed.getvalue())


def test_a_workbook_whose_texts_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO(workbook(["a", "b"], [1, 2]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        texts = "".join(f"<si><t>{number:x}</t></si>" for number in range(1_200_000))
        archive.writestr("xl/sharedStrings2.xml", f"<sst>{texts}</sst>")
    with pytest.raises(Unreadable, match="bomb"):
        read(out.getvalue())


def _wide(rows: int) -> bytes:
    return ";".join(f"k{n}" for n in range(150)).encode() + b"\n" + (b"y;" * 149 + b"y\n") * rows


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_wide(7000), "too_many_cells 600 000"),
        (b"id;navn\n" + b"1;2\n" * 21_000, "too_many_records"),
        (b"id;navn\n" + b"\n" * 1_100_000, "too_many_records"),
        (b"id;navn\n" + b";" * 200_000, "too_many_columns"),
        (b"id;navn\n" + b"1;2" + b";" * 200_000 + b"\n1;2\n", "too_many_columns"),
    ],
    ids=["many cells", "many rows", "many blank lines", "one line of delimiters", "a line of delimiters among others"],
)
def test_a_file_within_the_limit_of_bytes_that_would_fill_the_memory_is_refused(content: bytes, reason: str) -> None:
    tracemalloc.start()
    with pytest.raises(Unreadable, match=reason):
        read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120 * 1024 * 1024


def test_lines_end_as_in_any_system_and_count_alike() -> None:
    for end in ("\n", "\r\n", "\r"):
        sheet = read(end.join(["id;navn", '1;"to', 'linjer"', "2;en"]).encode())
        assert [(r.line, r.cells["navn"]) for r in sheet.records] == [(2, f"to{end}linjer"), (4, "en")]


def test_never_seen_norwegian_headers_get_a_proposal() -> None:
    sheet = read(
        b"Prosjektnr;Prosjektnavn;Prosjekteier;Budsjett (mnok), 2025-priser;Oppstart;Trafikklys;Tull\nP1;Navn;Kari;1,5;31.12.2026;Gul;x\n"
    )
    proposal = propose(sheet)
    assert {g.header: g.target for g in proposal.guesses} == {
        "Prosjektnr": "source_id",
        "Prosjektnavn": "title",
        "Prosjekteier": "owner_name",
        "Budsjett (mnok), 2025-priser": "budget",
        "Oppstart": "start_date",
        "Trafikklys": "rating",
        "Tull": "",
    }
    budget = proposal.mapping.rules["budget"]
    assert (budget.currency, budget.unit, budget.price_base, budget.decimal) == ("NOK", 1_000_000, "2025-priser", ",")
    assert proposal.guesses[3].samples == ("1,5",)


def test_american_dates_are_noticed_from_the_cells() -> None:
    sheet = read(b"id,title,start date\n1,A,12/31/2026\n2,B,01/02/2026\n")
    assert propose(sheet).mapping.rules["start_date"].order == "mdy"


def test_a_mapping_survives_json_and_foreign_json_is_no_error() -> None:
    assert Mapping.from_json(GMPP.as_json()) == GMPP
    assert Mapping.from_json({"rules": {"title": {"headers": 3}, "x": {}, "budget": None}}).rules["title"].headers == ()
    assert Mapping.from_json(None).rules == {}


def test_a_mapping_fits_only_a_file_with_the_id() -> None:
    assert fit(GMPP, ["Project Name"]) == 0
    assert fit(GMPP, read(real_portfolio("gmpp_2025_26.csv")).headers) == 1


def test_the_variance_is_recomputed_with_its_sign() -> None:
    assert variance(Decimal("166.9"), Decimal("145.56")) == Decimal("-12.79")
    assert variance(Decimal(0), Decimal(1)) is None


def test_a_sheet_says_how_it_was_read() -> None:
    sheet = read(CSV.encode("cp1252"))
    assert isinstance(sheet, Sheet) and (sheet.kind, sheet.encoding, sheet.delimiter) == ("csv", "cp1252", ";")


def test_a_refused_upload_lets_go_of_what_was_read() -> None:
    form = SheetUploadForm({}, {"file": SimpleUploadedFile("l.csv", b"id;navn\n" + b"1;2\n" * 21_000)})
    [error] = form.errors.as_data()["file"]
    # A chain of errors would hold the rows for as long as the form is there.
    assert "20000" in str(error) and error.__context__ is None and form.content == b""
