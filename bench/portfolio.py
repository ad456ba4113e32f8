"""`python -m bench.run --portfolio`: a portfolio of five hundred projects, new and with five years behind it.

Each project has then a status report a month, twenty risks and ten benefits. Figures, never a test.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import fill

PROJECTS, YEARS, RISKS, BENEFITS = 500, 5, 20, 10
MOST_QUERIES, MOST_P95, MOST_PAPER = 15, 150.0, 5.0
NAME = "Digitaliseringsporteføljen"
PAGES = {
    "the portfolio": "",
    "list of projects": "projects/",
    "balance": "balance/",
    "risks": "risks/",
    "roadmap": "roadmap/",
    "capacity": "capacity/",
}


def _paper(email: str) -> tuple[float, float, int]:
    """Seconds to freeze the report and to set it as PDF, and its kilobytes."""
    from django.utils import timezone

    from samrad.core.acting import acting_for
    from samrad.organisation.actors import actor_by_email
    from samrad.portfolio.actions import take_report
    from samrad.portfolio.commands import rendered
    from samrad.portfolio.models import Portfolio

    by = actor_by_email(email, "fjelldalsregionen", on=timezone.localdate())
    assert by is not None
    tries = []
    for _try in range(3):
        with acting_for(by.entities):
            portfolio = Portfolio.objects.get(name=NAME)
            began = time.perf_counter()
            snapshot = take_report(by=by, at=timezone.now(), portfolio=portfolio)
            frozen = time.perf_counter()
            content = rendered(snapshot.data, ".pdf", language="nb")
            tries.append((frozen - began, time.perf_counter() - frozen, len(content) // 1024))
    return min(tries, key=lambda t: t[0] + t[1])


def run(data: Path, measure: Callable[[dict[str, Any]], Any], client_of: Callable[[str], Any]) -> str:
    """Make the portfolio, measure it new, write five years into it, measure again, and say what it took."""
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", database="owner", verbosity=0)
    from samrad.config.demo import build
    from samrad.core.acting import acting_for
    from samrad.organisation.models import Entity
    from samrad.portfolio.models import Portfolio

    build(limit=10)
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        portfolio = Portfolio.objects.get(name=NAME)
    fill.people(data, house=portfolio.owner_id, count=600)
    fill.initiatives(data, first=1, last=PROJECTS)
    fill.projects(data, portfolio=portfolio.pk, house=portfolio.owner_id, count=PROJECTS)
    fill.settle(data)
    client = client_of("portefolje")
    wanted = {name: (client, f"/portfolio/{portfolio.pk}/{page}") for name, page in PAGES.items()}
    new = measure(wanted)
    fill.history(data, portfolio=portfolio.pk, months=12 * YEARS, risks=RISKS, benefits=BENEFITS)
    fill.settle(data)
    old = measure(wanted)
    return _said(new, old, _paper("portefolje@demo.example"))


def _said(new: dict[str, Any], old: dict[str, Any], paper: tuple[float, float, int]) -> str:
    frozen, typeset, size = paper
    missed = [f"{name}: {page.queries} queries" for name, page in old.items() if page.queries > MOST_QUERIES]
    missed += [f"{name}: p95 {page.p95:.0f} ms" for name, page in old.items() if page.p95 >= MOST_P95]
    missed += [f"report: {frozen + typeset:.1f} s"] if frozen + typeset >= MOST_PAPER else []
    rows = [
        f"| {name} | {new[name].p50:.0f} | {new[name].p95:.0f} | {page.p50:.0f} | {page.p95:.0f} "
        f"| {page.p50 / new[name].p50:.2f} | {page.queries} | {page.database:.1f} | {page.cpu:.0f} | {page.kilobytes} |"
        for name, page in old.items()
    ]
    said = "Every goal is met." if not missed else "Missed: " + "; ".join(missed) + "."
    return f"""# Speed of a portfolio

`python -m bench.run --portfolio` writes this page. {PROJECTS} projects, as new, and with {YEARS} years behind them: a status
report a month, {RISKS} risks and {BENEFITS} benefits each, money for six years, five milestones and two goals.

**{said}** The goals, with {YEARS} years: p95 below {MOST_P95:.0f} ms, at most {MOST_QUERIES} queries a page, and the report
as PDF in less than {MOST_PAPER:.0f} s. Milliseconds, from request to finished page; the quietest block counts (docs/benchmark.md).

| page | p50, new | p95, new | p50, {YEARS} years | p95, {YEARS} years | ratio | queries | ms in the database | cpu | kB |
|---|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

The report of all of it: {frozen:.2f} s to freeze, {typeset:.2f} s to set as PDF/UA, {size} kB.
"""
