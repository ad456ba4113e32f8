"""Importing real portfolios: the good rows in, the rest named; twice changes nothing."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from samrad.config.demo import build
from samrad.core.acting import acting_for
from samrad.organisation.models import Entity
from samrad.portfolio.commands import import_portfolio
from samrad.portfolio.models import Project, ProjectAmount, UnknownCell
from tests.kept import Kept


def shared(name: str) -> Path:
    """A file of the shared data, beside the checkout."""
    places = [Path(os.environ.get("SAMRAD_SHARED", "")), *(p / "shared" for p in Path(__file__).resolve().parents)]
    found = next((p / name for p in places if (p / name).is_file()), None)
    if found is None:
        pytest.skip(f"the shared data is not here: {name}")
    return found


def make_empty_region() -> None:
    """The demo's people, and nothing they have done."""
    build(say=lambda line: None, limit=0)


@pytest.fixture
def in_empty_region(kept_world: Kept) -> Iterator[None]:
    """Where they are."""
    with kept_world(make_empty_region):
        yield


@pytest.fixture
def region(in_empty_region: None, db: None) -> None:
    """The demo's people, as if made for the one test alone."""


def run(capsys: pytest.CaptureFixture[str], file: Path, **values: Any) -> dict[str, Any]:
    options = {
        "file": file, "organisation": "fjelldalsregionen", "email": "portefolje@demo.example", "portfolio": "GMPP",
        "mapping": "", "all_or_nothing": False, "dry_run": False, "json": True, "at": timezone.now(), **values,
    }  # fmt: skip
    import_portfolio(Namespace(**options))
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_both_years_come_in_and_the_second_time_changes_nothing(
    region: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(capsys, shared("data/portfolios/gmpp_2024_25.csv"), mapping="gmpp")
    assert (first["records"], first["imported"], first["refused"]) == (213, 213, [])
    second = run(capsys, shared("data/portfolios/gmpp_2025_26.csv"), mapping="gmpp")
    assert (second["records"], second["imported"] + second["updated"]) == (189, 187)
    assert [r["record"] for r in second["refused"]] == [19, 54]
    again = run(capsys, shared("data/portfolios/gmpp_2025_26.csv"), mapping="gmpp")
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 187)
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert set(ProjectAmount.objects.exclude(kind="budget").values_list("currency", flat=True)) == {"GBP"}
        assert UnknownCell.objects.filter(reason="range").exists()


HEAD = "Prosjekt-ID;Prosjektnavn;Budsjett (mnok);Oppstart\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_never_seen_is_read_whatever_its_encoding(
    region: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(
        f"{HEAD}7;Blåbær på nett;1,5;01.02.2027\n8;<script>alert(1)</script>;=1+1;i fjor\n".encode(encoding)
    )
    said = run(capsys, file)
    assert (said["imported"], said["refused"]) == (2, [])
    assert {(u["record"], u["reason"]) for u in said["unknown"]} >= {(2, "formula"), (2, "not_a_date")}
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        project = Project.objects.get(source_id="7")
        assert project.initiative.title == "Blåbær på nett"
        assert project.amounts.get(kind="budget").value == Decimal("1.5")


def test_a_dry_run_and_all_or_nothing_change_nothing(
    region: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(f"{HEAD}7;En;1;01.02.2027\n;Uten nummer;1;01.02.2027\n")
    assert run(capsys, file, dry_run=True)["imported"] == 1
    assert run(capsys, file, all_or_nothing=True)["imported"] == 0
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert not Project.objects.exists()
    assert run(capsys, file)["refused"] == [{"record": 2, "line": 3, "reason": "no_id"}]


def test_only_the_portfolio_manager_imports(region: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(f"{HEAD}7;En;1;01.02.2027\n")
    values = {"file": file, "organisation": "fjelldalsregionen", "portfolio": "GMPP", "mapping": "", "all_or_nothing": False,
              "dry_run": False, "json": True, "at": timezone.now()}  # fmt: skip
    for email in ("granlia-ansatt-helse@demo.example", "nobody@demo.example"):
        assert import_portfolio(Namespace(email=email, **values)) == 1
        assert capsys.readouterr().err
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert not Project.objects.exists()


@pytest.mark.parametrize("content", [b"", b"bare tekst", b"%PDF-1.7\n\x00\x00\x00", b"PK\x03\x04 ikke en zip"])
def test_what_is_no_spreadsheet_is_refused_in_plain_words(
    region: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(content)
    options = Namespace(file=file, organisation="fjelldalsregionen", email="portefolje@demo.example", portfolio="GMPP",
                        mapping="", all_or_nothing=False, dry_run=False, json=False, at=timezone.now())  # fmt: skip
    assert import_portfolio(options) == 1
    assert capsys.readouterr().err.strip().endswith(".")
