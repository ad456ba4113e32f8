"""The report of what changed from one year's file to the next, held against one worked out from the raw files by itself."""

import csv
import hashlib
import io
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samrad.portfolio.actions import import_projects
from samrad.portfolio.commands import import_portfolio
from samrad.portfolio.models import ImportBatch
from samrad.portfolio.queries import changes_of
from samrad.portfolio.sheets import GMPP, ColumnRule, Mapping, read
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.real import real_portfolio
from tests.portfolio.test_import import arguments

EXPECTED = Path(__file__).parent / "gmpp" / "changes.csv"


def bring_in(importing: Importing, name: str) -> ImportBatch:
    path = real_portfolio(name)
    result = import_projects(
        by=importing.by,
        at=AT,
        portfolio=importing.portfolio,
        sheet=read(path),
        mapping=GMPP,
        file_name=name,
        sha256=name,
    )
    return ImportBatch.objects.get(pk=result.batch_id)


def test_the_report_of_two_real_years_says_what_the_raw_files_say(importing: Importing) -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = {(row["id"], row["change"], row["field"]): row for row in csv.DictReader(file)}
    assert changes_of(importing.by, bring_in(importing, "gmpp_2024_25.csv")) is None
    report = changes_of(importing.by, bring_in(importing, "gmpp_2025_26.csv"))
    assert report is not None and report.hidden == 0 and report.uncompared == []
    found = {}
    for line in report.as_json()["lines"]:
        row = {name: str(line[name]) for name in ("id", "change", "field", "before", "after", "difference")}
        row["doubts"] = " ".join(sorted(line["doubts"]))
        found[(row["id"], row["change"], row["field"])] = row
    assert found == expected


HEAD = "Prosjekt-ID;Prosjektnavn;Budsjett;Oppstart;Slutt;Trafikklys;Årsbudsjett;Årsprognose\n"
MONEY = {"budget": "Budsjett", "budget_year": "Årsbudsjett", "forecast_year": "Årsprognose"}


def ours(importing: Importing, text: str, *, base: str = "2026-kroner", unit: int = 1, head: str = HEAD) -> ImportBatch:
    """Import our own list, its amounts in this unit and price base."""
    rules = {name: ColumnRule((header,), currency="NOK", unit=unit, price_base=base) for name, header in MONEY.items()}
    named = {"source_id": "Prosjekt-ID", "title": "Prosjektnavn", "start_date": "Oppstart", "end_date": "Slutt"}
    plain = {name: ColumnRule((header,)) for name, header in {**named, "rating": "Trafikklys"}.items()}
    content = (head + text).encode()
    result = import_projects(
        by=importing.by, at=AT, portfolio=importing.portfolio, sheet=read(content), mapping=Mapping("vår", rules | plain),
        file_name="liste.csv", sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    return ImportBatch.objects.get(pk=result.batch_id)


def lines(importing: Importing, batch: ImportBatch) -> list[tuple[object, ...]]:
    """The changes, short."""
    report = changes_of(importing.by, batch)
    assert report is not None
    return [(one.source_id, c.kind, c.field, c.before, c.after, c.difference, c.doubts)
            for one in report.lines for c in [one.change]]  # fmt: skip


def test_what_is_new_what_left_and_what_moved_is_said_with_the_difference(importing: Importing) -> None:
    ours(importing, "1;En;100;1.1.2026;1.1.2027;Grønn;100;110\n2;To;5;;;;;\n")
    batch = ours(importing, "1;En;150;1.1.2026;11.1.2027;Gul;100;90\n3;Tre;7;;;;;\n")
    assert lines(importing, batch) == [
        ("3", "new", "", "", "", "", ()),
        ("2", "left", "", "", "", "", ()),
        ("1", "cost", "budget", "100", "150", "50", ()),
        ("1", "date", "end_date", "2027-01-01", "2027-01-11", "10", ()),
        ("1", "rating", "rating", "green", "amber", "", ()),
        ("1", "deviation", "variance", "10", "-10", "-20", ()),
    ]


def test_a_doubtful_figure_is_marked_and_has_no_difference(importing: Importing) -> None:
    start = "1;En;100;3.4.2026;;;;\n2;To;100;;;;;\n3;Tre;-100;;;;;\n4;Fire;10-20;;;;;\n"
    ours(importing, start)
    after = "1;En;100000;4.3.2026;;;;\n2;To;;;;;;\n3;Tre;100;;;;;\n4;Fire;15;;;;;\n"
    assert [line[2:] for line in lines(importing, ours(importing, after))] == [
        ("budget", "100", "100000", "", ("magnitude",)),
        ("budget", "100", "", "", ("after_blank",)),
        ("budget", "-100", "100", "", ("sign",)),
        ("budget", "10....20", "15", "", ("before_range",)),
        ("start_date", "2026-04-03", "2026-03-04", "", ("swapped",)),
    ]


def test_two_price_bases_never_give_a_plain_difference_and_two_units_do(importing: Importing) -> None:
    row = "1;En;{};;;;;\n"
    ours(importing, row.format("1500000"))
    moved = ours(importing, row.format("2"), unit=1_000_000)
    assert lines(importing, moved) == [("1", "cost", "budget", "1.5", "2", "0.5", ())]
    lifted = ours(importing, row.format("3"), unit=1_000_000, base="2027-kroner")
    assert lines(importing, lifted) == [("1", "cost", "budget", "2", "3", "", ("price_base",))]


def test_a_project_that_changed_its_id_is_marked_on_both_lines(importing: Importing) -> None:
    ours(importing, "1;En;1;;;;;\n2;To;2;;;;;\n3;Tre;2;;;;;\n")
    batch = ours(importing, "1;En;1;;;;;\n2b; TO ;2;;;;;\n;Tre;2;;;;;\n")
    assert lines(importing, batch) == [
        ("2b", "new", "", "", "", "", ("same_name",)),
        ("2", "left", "", "", "", "", ("same_name",)),
        ("3", "left", "", "", "", "", ("name_without_id",)),
    ]


def test_the_same_file_again_tells_the_same_story_and_another_list_is_not_held_against_it(importing: Importing) -> None:
    first = ours(importing, "1;En;1;;;;;\n2;To;2;;;;;\n")
    second = ours(importing, "1;En;9;;;;;\n2;To;2;;;;;\n")
    again = ours(importing, "1;En;9;;;;;\n2;To;2;;;;;\n")
    assert lines(importing, again) == lines(importing, second) == [("1", "cost", "budget", "1", "9", "8", ())]
    assert again.compared_with == second.compared_with == first
    assert ours(importing, "8;Helt annet;1;;;;;\n").compared_with is None


def test_a_column_only_one_file_has_is_named_and_not_compared(importing: Importing) -> None:
    ours(importing, "1;En;1;;;;;\n")
    report = changes_of(importing.by, ours(importing, "1;En;2;;;;\n", head=HEAD.replace("Trafikklys;", "")))
    assert report is not None and report.uncompared == ["rating"]
    assert [line.change.field for line in report.lines] == ["budget"]


def test_the_result_page_and_its_files_tell_what_changed(importing: Importing) -> None:
    ours(importing, "1;En;100;1.1.2026;;Grønn;;\n2;<b>To</b>;5;;;;;\n")
    batch = ours(importing, "1;En;150;12.1.2026;;Gul;;\n3;=1+1;7;;;;;\n", base="2027-kroner")
    address = reverse("portfolio:import_result", args=[batch.pk])
    with CaptureQueriesContext(connection) as asked:
        page = importing.client.get(address).content.decode().replace("\xa0", " ")
    assert sum("FROM" in query["sql"] for query in asked) <= 14
    for said in (
        "Endret siden sist",
        "100 kr (2026-kroner)",
        "150 kr (2027-kroner)",
        "+11 dager",
        "prisnivået er et annet",
    ):
        assert said in page
    assert "<b>To" not in page
    book = openpyxl.load_workbook(io.BytesIO(importing.client.get(f"{address}changes.xlsx").content)).worksheets[0]
    _head, *rows = [[cell.value for cell in row] for row in book.iter_rows()]
    [cost] = [row for row in rows if row[2] == "Kostnad endret"]
    assert cost[:2] + cost[4:8] == [
        "1",
        "En",
        100,
        150,
        None,
        "prisnivået er et annet, så beløpene kan ikke sammenlignes",
    ]
    assert "=1+1" in [row[1] for row in rows] and "Ute av fila" in [row[2] for row in rows]
    text = importing.client.get(f"{address}changes.csv").content.decode("utf-8-sig")
    assert text.count("\r\n") == 1 + len(rows) and "'=1+1" in text
    first = reverse("portfolio:import_result", args=[batch.compared_with_id])
    assert "ingen tidligere innhenting" in importing.client.get(first).content.decode()
    assert importing.client.get(f"{first}changes.csv").status_code == 404
    for person, status in ((importing.cast.stranger, 404), (importing.cast.proposer, 404)):
        assert importing.cast.client(person).get(f"{address}changes.xlsx").status_code == status


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_the_command_keeps_the_changes_in_a_file(
    importing: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    file, out = tmp_path / "liste.csv", tmp_path / f"endringer{suffix}"
    file.write_text(HEAD + "1;En;1;;;;;\n")
    assert import_portfolio(arguments(file, changes=out)) == 0
    assert not out.exists() and "ingen tidligere innhenting" in capsys.readouterr().err
    file.write_text(HEAD + "1;En;2;;;;;\n2;To;2;;;;;\n")
    assert import_portfolio(arguments(file, changes=out, json=False)) == 0
    assert "Nye i fila: 1" in capsys.readouterr().out and out.stat().st_size > 100
    assert import_portfolio(arguments(file, changes=tmp_path / "endringer.pdf")) == 2
