"""Importing by processes of their own: killed half-way nothing is half in, and two at once make nothing twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samrad.core.embedded import stop, using
from tests.server.conftest import ask
from tests.server.test_serve import command, environment

ROWS = 600
EMAIL = "pia@region.example"


@pytest.fixture(scope="module")
def region() -> Iterator[Path]:
    """An organisation with a portfolio manager, and the server that runs on for all of the tests here."""
    folder = Path(tempfile.mkdtemp(prefix="samrad-t-", dir="/tmp"))
    folder.chmod(0o711)
    data = folder / "data"
    data.mkdir()
    person = ["--organisation", "region", "--email", EMAIL, "--name", "Pia Port", "--role", "portfolio_manager"]
    with using(data):
        do(data, "organisation", "add", "region", "--name", "Regionen", "--kind", "cooperation", "--council")
        do(data, "person", "add", *person)
        yield data
    stop(data)
    shutil.rmtree(folder)


def do(data: Path, *words: str) -> str:
    """Run a command to its end."""
    done = subprocess.run(command(*words, data=data), capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(data: Path, portfolio: str, *words: str) -> subprocess.Popen[str]:
    """Begin to import the list of the data directory."""
    file = data.parent / "liste.csv"
    if not file.exists():
        rows = "".join(f"K-{n};Prosjekt {n};{n}\n" for n in range(ROWS))
        file.write_text(f"Prosjekt-ID;Prosjektnavn;Budsjett\n{rows}")
    given = ["--organisation", "region", "--as", EMAIL, "--portfolio", portfolio, "--json", *words]
    return subprocess.Popen(
        command("import", "portfolio", str(file), *given, data=data),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What an import answered when it had come to its end."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def count(data: Path, portfolio: str) -> tuple[object, ...]:
    """The projects of a portfolio, and the events of their import."""
    mine = f"portfolio_project p join portfolio_portfolio f on f.id = p.portfolio_id and f.name = '{portfolio}'"
    happened = "e.initiative_id = p.initiative_id and e.kind = 'portfolio.ProjectImported'"
    return ask(
        data,
        f"select count(distinct p.initiative_id), count(e.id) from {mine} left join eventlog_event e on {happened}",
    )[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Gode rader", []), ("Alt eller ingenting", ["--all-or-nothing"])],
    ids=["good rows", "all or nothing"],
)
def test_an_import_killed_half_way_leaves_nothing_half_and_is_completed_by_the_next(
    region: Path, name: str, words: list[str]
) -> None:
    killed = start(region, name, *words)
    assert killed.stderr is not None
    for line in killed.stderr:
        if line.startswith("500 av"):
            break
    killed.kill()
    killed.communicate()
    assert count(region, name) == (0, 0)
    assert said(start(region, name, *words))["imported"] == ROWS
    assert said(start(region, name, *words))["unchanged"] == ROWS
    assert count(region, name) == (ROWS, ROWS)


def test_two_imports_at_once_make_no_project_twice(region: Path) -> None:
    answers = [said(process) for process in [start(region, "Ny"), start(region, "Ny")]]
    assert sorted((a["imported"], a["unchanged"]) for a in answers) == [(0, ROWS), (ROWS, 0)]
    assert count(region, "Ny") == (ROWS, ROWS)
    assert ask(region, "select count(*) from portfolio_portfolio where name = 'Ny'") == [(1,)]
