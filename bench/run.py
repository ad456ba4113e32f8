"""`make bench`: what the pages cost with 1 000 and with 100 000 initiatives in one cooperation. Figures, never a test.

Rows are written straight into a database of its own, past the actions: this measures pages, not the making of data.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".samrad-bench"
os.environ["SAMRAD_DATA"] = str(DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")

from samrad.core.embedded import using  # noqa: E402 - the environment comes first

ROUNDS = 15
WORDS = [
    "hjemmetjeneste",
    "medisindispenser",
    "skole",
    "byggesak",
    "arkiv",
    "vann",
    "lønn",
    "barnehage",
    "nettside",
    "tilsyn",
]

FILL = """
set session_replication_role = replica;
insert into initiatives_initiative (owner_id, shared_with_id, reference, title, title_sort, phase, status, stage, origin,
  source_id, classification, size, field_id, kostra_function, owning_sector_id, participant_ids, answers, one_off_kr, annual_kr,
  internal_hours, funding, created_by_id, created_at, updated_at, version)
select i.owner_id, i.shared_with_id, 'B-' || (n + %(done)s), w.word || ' ' || n, w.word || ' ' || n, i.phase, 'active', 3, 'form', '',
  'development', 'small', i.field_id, '', i.owning_sector_id, i.participant_ids, i.answers, 100000, 50000, 40, 'new',
  i.created_by_id, now() - n * interval '1 minute', now() - n * interval '1 minute', 1
from generate_series(1, %(n)s) n
cross join lateral (select * from initiatives_initiative where reference like 'T-%%' order by id offset (n %% 8) limit 1) i
cross join lateral (select (%(words)s::text[])[1 + n %% 10] as word) w;
insert into cases_case (owner_id, shared_with_id, kind, state, initiative_id, routing_rule, gates, opened_at, state_since,
  archive_ref, version)
select owner_id, shared_with_id, 'submission', 'approved', id, '', 'BP1', created_at, created_at, '', 1
from initiatives_initiative where reference like 'B-%%' and not exists (
  select 1 from cases_case c where c.initiative_id = initiatives_initiative.id);
set session_replication_role = origin;
update initiatives_initiative set title = title where reference like 'B-%%'
  and not exists (select 1 from initiatives_searchindex s where s.initiative_id = initiatives_initiative.id);
"""


def fill(total: int, *, done: int = 0) -> None:
    """Write the rows as the bootstrap role, and let the planner know."""
    import psycopg

    from samrad.core.embedded import DATABASE, socket_dir

    where = str(socket_dir(DATA))
    with psycopg.connect(
        host=where, user="samrad_bootstrap", dbname=DATABASE, autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as connection:
        connection.execute(FILL, {"n": total - done, "done": done, "words": WORDS})  # type: ignore[arg-type]
        connection.execute("vacuum analyze")


def measure(label: str) -> dict[str, tuple[float, float, int]]:
    """p50 and p95 in milliseconds and the queries of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from samrad.core.acting import acting_for
    from samrad.initiatives.models import Initiative
    from samrad.organisation.models import Entity, Person
    from samrad.portfolio.models import Portfolio

    with acting_for(Entity.objects.values_list("pk", flat=True)):
        account = Person.objects.select_related("account").get(email="sekretariat@demo.example").account
        one = Initiative.objects.get(reference=f"T-{time.localtime().tm_year}-0003").pk
        portfolio = Portfolio.objects.order_by("id")[0].pk
    assert account is not None
    client = Client()
    client.force_login(account)
    pages = {
        "My page": "/overview/", "list": "/initiatives/", "search": "/initiatives/?q=medisindispenser",
        "whole story": f"/overview/initiatives/{one}/", "portfolio": f"/portfolio/{portfolio}/",
    }  # fmt: skip
    found = {}
    for name, url in pages.items():
        client.get(url)
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            assert client.get(url).status_code == 200
            times.append((time.perf_counter() - began) * 1000)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        plain = [q for q in queries.captured_queries if q["sql"].lstrip("(").upper().startswith(("SELECT ", "INSERT", "UPDATE")) and "set_config" not in q["sql"] and "current_setting" not in q["sql"]]  # fmt: skip
        found[name] = (statistics.median(times), sorted(times)[int(ROUNDS * 0.95)], len(plain))
        print(
            f"{label:>8} {name:12} p50 {found[name][0]:7.1f} ms  p95 {found[name][1]:7.1f} ms  {len(plain):3} queries",
            flush=True,
        )
    return found


def main() -> None:
    """Start the server, measure, and stop it again."""
    DATA.mkdir(exist_ok=True)
    with using(DATA):
        compare()


def compare() -> None:
    """Measure small, fill, measure large, and print the ratios."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    from samrad.config.demo import build

    build()
    few, many = 1000, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    fill(few)
    small = measure(str(few))
    fill(many, done=few)
    large = measure(str(many))
    for name in small:
        print(f"   ratio {name:12} {large[name][0] / small[name][0]:.2f}")


if __name__ == "__main__":
    main()
