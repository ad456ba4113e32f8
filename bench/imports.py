"""`python -m bench.run --import`: ten thousand projects from a spreadsheet, from the command line, twice and changed.

A process of its own each time, so that its largest memory is its own. Figures, never a test.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROWS, MOST_SECONDS, MOST_MB = 10_000, 20.0, 300.0
HEADS = [
    "Project Name", "Department", "Annual Report Category", "Project Description", "IPA Delivery Confidence Assessment",
    "SRO Delivery Confidence Assessment", "Departmental Commentary on Delivery Confidence Assessment Rating", "Start Date",
    "End Date", "Schedule Narrative", "Financial Year Baseline (£m)", "Financial Year Forecast (£m)",
    "Financial Year Variance (%)", "In Year Variance Narrative", "Whole Life Cost (£m)", "Costs Narrative", "Benefits (£m)",
    "Benefits Narrative", "Evaluation Plan and Registry Link", "Senior Responsible Owner (SRO) Name", "GMPP ID",
]  # fmt: skip
WORDS = [
    "prosjektet",
    "er",
    "i",
    "rute",
    "og",
    "kostnaden",
    "har",
    "økt",
    "siden",
    "forrige",
    "rapport",
    "fordi",
    "leverandøren",
    "ble",
    "forsinket",
]


@dataclass(frozen=True)
class Run:
    """One import: what it did, how long it took and how much memory its process held."""

    name: str
    seconds: float
    megabytes: float
    said: int


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def write(path: Path, *, seed: int, moved: float = 0.0) -> None:
    """A file shaped as the real ones, a part of its figures moved: texts of some hundred characters, blanks and exemptions."""
    rng, moving = random.Random(1), random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        for number in range(ROWS):
            budget = rng.uniform(1, 900) * (1.1 if moving.random() < moved else 1)
            start = date(2024, 1, 1) + timedelta(days=rng.randrange(900))
            light = rng.choice(["GREEN", "AMBER", "RED", "Exempt under Section 43 - Commercial interests", ""])
            out.writerow([
                f"Prosjekt {number} {_words(rng, 3)}", f"Sektor {number % 40}", "Tjenester", _words(rng, 40), light, "",
                _words(rng, 30), f"{start:%d/%m/%Y}", f"{start + timedelta(days=900):%d/%m/%Y}", _words(rng, 20),
                f"{budget:.2f}", f"{budget * 1.05:.2f}", "5", _words(rng, 20), f"{budget * 9:,.2f}", _words(rng, 20),
                rng.choice(["12", "", "Low: 1, Mid: 2, High: 3"]), _words(rng, 20), "", "Kari Nordmann", f"P_{number:05d}",
            ])  # fmt: skip


def _run(data: Path, file: Path, name: str) -> Run:
    command = [str(Path(sys.executable).parent / "samrad"), "import", "portfolio", str(file), "--data", str(data)]
    command += ["--organisation", "fjelldalsregionen", "--as", "portefolje@demo.example", "--portfolio", "Stor"]
    began = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "SAMRAD_DATA": str(data)}, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = sum(" av " in line for line in process.stderr)
    _pid, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"the import answered {status}"
    return Run(name, time.perf_counter() - began, used.ru_maxrss / 1024, said)


def run(data: Path) -> str:
    """Import ten thousand rows into a portfolio of the demo's region; the report as Markdown."""
    import django
    from django.core.management import call_command

    from samrad.core.embedded import using

    files = {name: data / f"{name}.csv" for name in ("first", "second")}
    with using(data):
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        from samrad.config.demo import build

        build(say=lambda _line: None, limit=0)
        write(files["first"], seed=1)
        write(files["second"], seed=2, moved=0.3)
        runs = [
            _run(data, files["first"], f"{ROWS} new projects"),
            _run(data, files["first"], "the same file again"),
            _run(data, files["second"], "next year's file, three of ten changed"),
        ]
        size = files["first"].stat().st_size / 1024 / 1024
    return _said(runs, size)


def _said(runs: list[Run], size: float) -> str:
    slow = [run.name for run in runs if run.seconds >= MOST_SECONDS]
    large = [run.name for run in runs if run.megabytes >= MOST_MB]
    verdict = "Every goal is met." if not slow + large else f"Missed: {', '.join(slow + large)}."
    lines = [
        "# Speed of an import\n",
        f"`python -m bench.run --import` writes this page. A CSV file of {ROWS} rows, {len(HEADS)} columns and {size:.0f} MB is brought "
        "in from the command line, by a process of its own, with every event in the log and every row under row security.\n",
        f"**{verdict}** The goals: below {MOST_SECONDS:.0f} s with progress shown, and at most {MOST_MB:.0f} MB in the process.\n",
        "| what | seconds | largest memory, MB | times it said how far it has come |",
        "|---|---|---|---|",
        *(f"| {run.name} | {run.seconds:.1f} | {run.megabytes:.0f} | {run.said} |" for run in runs),
    ]
    return "\n".join(lines) + "\n"
