"""`make bench`: what the pages cost with 1 000 and with 100 000 initiatives in one cooperation, 50 others beside it.

Figures, never a test: they depend on the machine. The report is written to docs/benchmark.md.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".samrad-bench"
os.environ["SAMRAD_DATA"] = str(DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")

from bench import duplicates, fill, imports, meeting, plans, portfolio, report  # noqa: E402 - the environment comes first
from samrad.core.embedded import using  # noqa: E402

FEW, COOPERATIONS, EACH, PEOPLE, PROJECTS = 1000, 50, 100, 3000, 500
BLOCKS, ROUNDS = 5, 20
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET", "SELECT SET_CONFIG", "SELECT CURRENT_SETTING")


@dataclass(frozen=True)
class Page:
    """What a page costs, in milliseconds: of several blocks of rounds, the quietest."""

    p50: float
    p95: float
    database: float
    cpu: float
    queries: int
    kilobytes: int


def processor_time(server: int) -> float:
    """Milliseconds of processor time so far, here and in the database's process: other work on the machine is not in it."""
    there = int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e6
    return time.process_time() * 1000 + there


@contextmanager
def counted() -> Iterator[list[tuple[str, float]]]:
    """Every statement, with the milliseconds it took in the database and on the way there and back."""
    from django.db import connection

    asked: list[tuple[str, float]] = []

    def clock(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.append((sql, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(clock):
        yield asked


def client_of(email: str) -> Any:
    """A browser where one of the demo's people is signed in."""
    from django.test import Client

    from samrad.core.acting import acting_for
    from samrad.organisation.models import Entity, Person

    with acting_for(Entity.objects.values_list("pk", flat=True)):
        account = Person.objects.select_related("account").get(email=f"{email}@demo.example").account
    assert account is not None
    client = Client()
    client.force_login(account)
    return client


def pages() -> dict[str, tuple[Any, str]]:
    """The pages, with who opens them."""
    from samrad.core.acting import acting_for
    from samrad.initiatives.models import Initiative
    from samrad.organisation.models import Entity
    from samrad.portfolio.models import Portfolio

    with acting_for(Entity.objects.values_list("pk", flat=True)):
        told = Initiative.objects.get(reference=f"T-{time.localtime().tm_year}-0003")
        portfolio = Portfolio.objects.get(name="Digitaliseringsporteføljen").pk
    head, employee = client_of("sekretariat"), client_of("granlia-ansatt-helse")
    narrowed = f"/initiatives/?municipality={told.owner_id}&stage=3&phase={told.phase}"
    return {
        "My page": (head, "/overview/"),
        "list": (head, "/initiatives/"),
        "list with filters": (head, narrowed),
        "list, sorted by title": (head, "/initiatives/?sort=title"),
        "list, no match": (head, "/initiatives/?phase=done"),
        "list, lies with": (head, "/initiatives/?with=secretariat_lead"),
        "search, common word": (head, f"/initiatives/?q={fill.WORDS[1]}"),
        "search, rare word": (head, f"/initiatives/?q={fill.RARE}"),
        "search with filters": (head, f"{narrowed}&q={fill.WORDS[1]}"),
        "whole story": (head, f"/overview/initiatives/{told.pk}/"),
        f"portfolio, {PROJECTS} projects": (head, f"/portfolio/{portfolio}/"),
        "My page, employee": (employee, "/overview/"),
        "list, employee": (employee, "/initiatives/"),
        "search, employee": (employee, f"/initiatives/?q={fill.WORDS[1]}"),
    }


def measure(blocks_wanted: int, wanted: dict[str, tuple[Any, str]] | None = None) -> dict[str, Page]:
    """Each page in several blocks of rounds, one page after the other in each, so that noise falls on all alike."""
    from django.db import connection

    wanted = wanted or pages()
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = cursor.fetchone()[0]
    blocks: dict[str, list[list[float]]] = {name: [] for name in wanted}
    for client, url in wanted.values():
        assert client.get(url).status_code == 200, url
    gc.collect()
    gc.freeze()  # as the server does, and so seldom (config/wsgi.py)
    gc.set_threshold(100_000, 20, 50)
    for _block in range(blocks_wanted):
        for name, (client, url) in wanted.items():
            times = []
            for _round in range(ROUNDS):
                began = time.perf_counter()
                client.get(url)
                times.append((time.perf_counter() - began) * 1000)
            blocks[name].append(sorted(times))
    found = {}
    for name, (client, url) in wanted.items():
        quietest = min(blocks[name], key=statistics.median)
        spent, worked = [], []
        for _round in range(ROUNDS):
            began = processor_time(server)
            with counted() as asked:
                answer = client.get(url)
            worked.append(processor_time(server) - began)
            spent.append(sum(took for _sql, took in asked))
        questions = [sql for sql, _took in asked if not sql.lstrip().upper().startswith(FRAME)]
        p95 = quietest[int(ROUNDS * 0.95) - 1]
        size = len(answer.content) // 1024
        found[name] = Page(
            statistics.median(quietest), p95, min(spent), statistics.median(worked), len(questions), size
        )
        print(
            f"  {name:24} p50 {found[name].p50:6.1f}  p95 {p95:6.1f}  cpu {found[name].cpu:6.1f}  {len(questions):3} queries",
            flush=True,
        )
    return found


def paper() -> tuple[float, float, int]:
    """Seconds to freeze the portfolio's report and to set it as PDF, and its size in kilobytes."""
    from django.utils import timezone

    from samrad.core.acting import acting_for
    from samrad.organisation.actors import actor_by_email
    from samrad.portfolio.actions import take_report
    from samrad.portfolio.commands import rendered
    from samrad.portfolio.models import Portfolio

    today = timezone.localdate()
    by = actor_by_email("portefolje@demo.example", "fjelldalsregionen", on=today)
    assert by is not None
    tries = []
    for _try in range(3):
        with acting_for(by.entities):
            portfolio = Portfolio.objects.get(name="Digitaliseringsporteføljen")
            began = time.perf_counter()
            snapshot = take_report(by=by, at=timezone.now(), portfolio=portfolio)
            frozen = time.perf_counter()
            content = rendered(snapshot.data, ".pdf", language="nb")
            tries.append((frozen - began, time.perf_counter() - frozen, len(content) // 1024))
            assert len(snapshot.data["projects"]) >= PROJECTS
    return min(tries, key=lambda t: t[0] + t[1])


def done_before(house: int, many: int) -> duplicates.Duplicates:
    """How well, and how fast, what others have done before is found: among the corpus alone, then among all."""
    from samrad.core.acting import acting_for
    from samrad.initiatives.models import Initiative
    from samrad.initiatives.queries import alike_scores, visible_to
    from samrad.organisation.actors import actor_by_email

    by = actor_by_email("fjelldal-ansatt-helse@demo.example", "fjelldal", on=date.today())
    assert by is not None
    corpus = duplicates.titles()
    # The demo's ten have the corpus's titles too: a house of its own holds the corpus alone.
    alone = fill.corpus_alone(DATA, corpus)

    def small(text: str) -> list[str]:
        with acting_for([alone]):
            found = alike_scores(text)
            named = dict(Initiative.objects.filter(pk__in=found).values_list("pk", "title"))
        return [named[pk] for pk in found]

    def large(text: str) -> object:
        with acting_for(by.entities):
            found = alike_scores(text)
            return list(visible_to(by).filter(pk__in=found)[:5])

    words = fill.retitle(DATA, house=house, titles=duplicates.many_titles(many), corpus=corpus)
    fill.settle(DATA)
    return duplicates.figures(small, large, among=many, words=words)


def compare(many: int, blocks: int) -> report.Figures:
    """Measure small, fill, measure large."""
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
        portfolio = Portfolio.objects.get(name="Digitaliseringsporteføljen")
    fill.people(DATA, house=portfolio.owner_id, count=PEOPLE)
    fill.initiatives(DATA, first=1, last=FEW)
    fill.others(DATA, cooperations=COOPERATIONS, each=EACH)
    fill.projects(DATA, portfolio=portfolio.pk, house=portfolio.owner_id, count=PROJECTS)
    fill.settle(DATA)
    print(f"{FEW} initiatives", flush=True)
    small = measure(blocks)
    began = time.perf_counter()
    fill.initiatives(DATA, first=FEW + 1, last=many)
    fill.settle(DATA)
    print(f"{many} initiatives, written in {time.perf_counter() - began:.0f} s", flush=True)
    large = measure(blocks)
    frozen, set_, size = paper()
    searches = {
        name: plans.of_page(DATA, client, url) for name, (client, url) in pages().items() if name.startswith("search, ")
    }
    found = done_before(portfolio.owner_id, many)
    return report.Figures(
        FEW, many, COOPERATIONS, EACH, PROJECTS, blocks, ROUNDS, small, large, frozen, set_, size, searches, found
    )


def only_duplicates(many: int) -> duplicates.Duplicates:
    """The same database, and of the figures only these."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    from samrad.config.demo import build
    from samrad.core.acting import acting_for
    from samrad.organisation.models import Entity

    build(limit=10)
    with acting_for([]):
        house = Entity.objects.get(slug="fjelldalsregionen").pk
    fill.people(DATA, house=house, count=PEOPLE)
    fill.initiatives(DATA, first=1, last=many)
    fill.others(DATA, cooperations=COOPERATIONS, each=EACH)
    return done_before(house, many)


def main() -> None:
    """Make a database of its own, measure, write the report and stop the server again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--many", type=int, default=100_000)
    options.add_argument("--blocks", type=int, default=BLOCKS, help="of 20 rounds each")
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmark.md")
    options.add_argument("--keep", action="store_true", help="leave the database for a closer look")
    options.add_argument("--duplicates", action="store_true", help="only what others have done before, to the screen")
    options.add_argument("--portfolio", action="store_true", help="only a portfolio with five years behind it")
    options.add_argument("--meeting", action="store_true", help="only a meeting of forty items, and its papers")
    options.add_argument(
        "--import", action="store_true", dest="imports", help="only an import of ten thousand projects"
    )
    chosen = options.parse_args()
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir()
    if chosen.meeting or chosen.imports:
        name, module = ("meeting", meeting) if chosen.meeting else ("import", imports)
        said = module.run(DATA)
        (ROOT / "docs" / f"benchmark-{name}.md").write_text(said, encoding="utf-8")
        print(said)
        shutil.rmtree(DATA, ignore_errors=True)
        return
    with using(DATA):
        if chosen.portfolio:
            said = portfolio.run(DATA, lambda wanted: measure(chosen.blocks, wanted), client_of)
            (ROOT / "docs" / "benchmark-portfolio.md").write_text(said, encoding="utf-8")
            print(said)
            if not chosen.keep:
                shutil.rmtree(DATA, ignore_errors=True)
            return
        if chosen.duplicates:
            print(report.duplicates_section(only_duplicates(chosen.many)))
            return
        figures = compare(chosen.many, chosen.blocks)
    chosen.out.write_text(report.written(figures), encoding="utf-8")
    print(report.verdict(figures))
    if not chosen.keep:
        shutil.rmtree(DATA, ignore_errors=True)


if __name__ == "__main__":
    main()
