"""Importing: the good rows come in, the same file twice changes nothing, and what is unknown is listed."""

import argparse
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.portfolio.actions import ImportResult, import_projects, save_mapping
from samrad.portfolio.commands import import_portfolio
from samrad.portfolio.models import ImportBatch, ImportMapping, Portfolio, Project, ProjectAmount, UnknownCell
from samrad.portfolio.sheets import GMPP, propose, read
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.real import real_portfolio

OURS = "Prosjektnr;Prosjektnavn;Prosjekteier;Budsjett (mnok);Oppstart;Slutt;Trafikklys;Fase\n"
ROWS = "P-1;Blå sløyfe;Kari;1,5;31.12.2026;1.2.2028;Gul;Planlegging\nP-2;<script>alert(1)</script>;Ola;10-15;tull;;Grønn;\n"


def bring_in(importing: Importing, text: str, *, all_or_nothing: bool = False, dry_run: bool = False) -> ImportResult:
    """Import our own spreadsheet."""
    sheet = read(text.encode())
    return import_projects(
        by=importing.by,
        at=AT,
        portfolio=importing.portfolio,
        sheet=sheet,
        mapping=propose(sheet).mapping,
        all_or_nothing=all_or_nothing,
        dry_run=dry_run,
    )


def test_an_import_makes_an_initiative_and_a_project_for_each_row(importing: Importing) -> None:
    result = bring_in(importing, OURS + ROWS)
    assert (result.records, result.imported, result.updated, result.unchanged) == (2, 2, 0, 0)
    project = Project.objects.get(source_id="P-1")
    assert project.initiative.origin == Initiative.Origin.IMPORTED
    assert (project.initiative.title, project.initiative.phase) == ("Blå sløyfe", "plan")
    assert (project.owner_name, project.source_rating) == ("Kari", "amber")
    assert (project.start_date, project.end_date) == (date(2026, 12, 31), date(2028, 2, 1))
    amount = project.amounts.get(kind="budget")
    assert (amount.value, amount.currency, amount.unit, amount.price_base) == (
        Decimal("1.5"),
        "NOK",
        10**6,
        "not stated",
    )


def test_an_unreadable_cell_never_rejects_its_row(importing: Importing) -> None:
    result = bring_in(importing, OURS + ROWS)
    assert result.unknown == [
        {"record": 2, "column": "Oppstart", "text": "tull", "reason": "not_a_date"},
        {"record": 2, "column": "Slutt", "text": "", "reason": "blank"},
        {"record": 2, "column": "Budsjett (mnok)", "text": "10-15", "reason": "range"},
    ]
    project = Project.objects.get(source_id="P-2")
    amount = project.amounts.get(kind="budget")
    assert (amount.value, amount.low, amount.high, amount.unknown_reason) == (
        None,
        Decimal(10),
        Decimal(15),
        "range",
    )
    assert project.unknown_cells.count() == 3


def test_the_same_file_again_changes_nothing(importing: Importing) -> None:
    bring_in(importing, OURS + ROWS)
    before = Project.objects.get(source_id="P-1")
    result = bring_in(importing, OURS + ROWS)
    assert (result.imported, result.updated, result.unchanged) == (0, 0, 2)
    assert Project.objects.get(source_id="P-1").version == before.version
    assert (Project.objects.count(), ProjectAmount.objects.count(), UnknownCell.objects.count()) == (2, 2, 3)


def test_a_new_version_of_the_file_updates_what_differs(importing: Importing) -> None:
    bring_in(importing, OURS + ROWS)
    result = bring_in(importing, OURS + ROWS.replace("1,5", "2,5").replace("Blå sløyfe", "Blå"))
    assert (result.imported, result.updated, result.unchanged) == (0, 1, 1)
    project = Project.objects.get(source_id="P-1")
    assert (project.initiative.title, project.amounts.get(kind="budget").value) == ("Blå", Decimal("2.5"))
    changes = Event.objects.filter(kind="portfolio.ProjectImported").order_by("id")
    assert [e.data["change"] for e in changes] == ["imported", "imported", "updated"]
    assert Event.objects.filter(kind="portfolio.ProjectsImported").count() == 2


def test_all_or_nothing_brings_in_nothing_when_a_row_is_refused(importing: Importing) -> None:
    text = OURS + ROWS + ";Uten id;;;;;;\nP-1;To ganger;;;;;;\n"
    result = bring_in(importing, text, all_or_nothing=True)
    assert result.stopped and (result.imported, Project.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)
    result = bring_in(importing, text)
    assert (result.imported, Project.objects.count()) == (2, 2)
    assert result.refused == [
        {"record": 3, "line": 4, "reason": "no_id"},
        {"record": 4, "line": 5, "reason": "id_twice"},
    ]


def test_a_dry_run_says_what_would_happen_and_does_nothing(importing: Importing) -> None:
    result = bring_in(importing, OURS + ROWS, dry_run=True)
    assert (
        result.imported,
        Project.objects.count(),
        Event.objects.filter(kind="portfolio.ProjectImported").count(),
    ) == (2, 0, 0)


def test_a_title_of_10_000_characters_is_cut_and_kept_whole_beside(importing: Importing) -> None:
    bring_in(importing, OURS + f"P-9;{'x' * 10_000};;;;;;\n")
    project = Project.objects.get(source_id="P-9")
    assert (len(project.initiative.title), len(project.texts["title"])) == (200, 10_000)


def test_a_file_without_an_id_column_is_refused_whole(importing: Importing) -> None:
    with pytest.raises(Refused, match="ID"):
        bring_in(importing, "Prosjektnavn;Budsjett\nA;1\n")


def test_only_the_portfolio_manager_imports(importing: Importing) -> None:
    sheet = read((OURS + ROWS).encode())
    for person in (importing.cast.proposer, importing.cast.stranger):
        with pytest.raises(Refused):
            import_projects(
                by=importing.cast.actor(person), at=AT, portfolio=importing.portfolio, sheet=sheet, mapping=GMPP
            )


def test_a_saved_mapping_is_saved_over_and_never_takes_a_built_in_name(importing: Importing) -> None:
    for _time in (1, 2):
        save_mapping(by=importing.by, at=AT, portfolio=importing.portfolio, name="vår", mapping=GMPP)
    assert ImportMapping.objects.count() == 1
    with pytest.raises(Refused):
        save_mapping(by=importing.by, at=AT, portfolio=importing.portfolio, name="gmpp", mapping=GMPP)


def arguments(path: Path, **options: object) -> argparse.Namespace:
    """What `samrad import portfolio` is called with."""
    given: dict[str, object] = {
        "file": path, "organisation": "region", "email": "pia@region.example", "portfolio": "Digitalisering",
        "mapping": "", "all_or_nothing": False, "dry_run": False, "json": True, "at": AT,
    }  # fmt: skip
    return argparse.Namespace(**{**given, **options})


def test_the_command_takes_the_real_portfolios_and_answers_scripts(
    importing: Importing, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_portfolio(arguments(real_portfolio("gmpp_2024_25.csv"), mapping="gmpp")) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"records", "imported", "updated", "unchanged", "refused", "unknown", "changes"}
    assert said["changes"] is None  # nothing to hold the first one against
    assert (said["records"], said["imported"], said["refused"]) == (213, 213, [])
    assert import_portfolio(arguments(real_portfolio("gmpp_2025_26.csv"))) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["records"], said["imported"], said["updated"], said["unchanged"]) == (189, 17, 170, 0)
    assert [r["line"] for r in said["refused"]] == [137, 283]
    assert (said["changes"]["counts"]["new"], said["changes"]["counts"]["left"]) == (17, 43)
    amount = ProjectAmount.objects.get(project__source_id="CO_0176_2223-Q3", kind="whole_life_cost")
    assert (amount.currency, amount.unit, amount.price_base) == ("GBP", 1_000_000, "2024/25 real prices")
    assert import_portfolio(arguments(real_portfolio("gmpp_2025_26.csv"), json=False, all_or_nothing=True)) == 1
    assert "linje 137" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ({"email": "ingen@region.example"}, "Fant ikke"),
        ({"mapping": "finnes-ikke"}, "gmpp"),
        ({"email": "stian@annen.example"}, "Fant ikke"),
    ],
)
def test_the_command_answers_what_is_wrong(
    importing: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, str], answer: str
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(OURS + ROWS)
    assert import_portfolio(arguments(path, **options)) == 1
    assert answer in capsys.readouterr().err


def test_the_command_sets_up_a_portfolio_that_is_not_there_yet(importing: Importing, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(OURS + ROWS)
    assert import_portfolio(arguments(path, portfolio="Ny")) == 0
    assert Project.objects.filter(portfolio__name="Ny").count() == 2


def test_the_command_says_so_when_the_file_is_no_spreadsheet(
    importing: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"%PDF-1.7")
    assert import_portfolio(arguments(path)) == 1
    assert "PDF" in capsys.readouterr().err


def test_the_command_leaves_no_empty_portfolio_behind_what_it_refuses(importing: Importing, tmp_path: Path) -> None:
    before = Portfolio.objects.count()
    no_ids, no_sheet, good = tmp_path / "uten.csv", tmp_path / "feil.csv", tmp_path / "liste.csv"
    no_ids.write_text("Prosjektnavn;Budsjett\nA;1\n")
    no_sheet.write_bytes(b"%PDF-1.7")
    good.write_text(OURS + ROWS)
    for path in (no_ids, no_sheet, tmp_path / "finnes-ikke.csv"):
        assert import_portfolio(arguments(path, portfolio="Ny")) == 1
    assert import_portfolio(arguments(good, portfolio="Ny", dry_run=True)) == 0
    assert Portfolio.objects.count() == before
