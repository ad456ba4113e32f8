"""The plans of a search, as the application's role gets them: of the page's query, and inside the search function."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bench.fill import connect


def of_page(data: Path, client: Any, url: str) -> list[str]:
    """The plan of the query that searches, and the plan inside the function it calls, both with times."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samrad.core.acting import acting_for

    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    statements = [q["sql"] for q in captured.captured_queries]
    acting = next(m[1] for s in reversed(statements) if (m := re.search(r"set_config\('[\w.]+', '\{([\d,]+)\}'", s)))
    entities = [int(pk) for pk in acting.split(",")]
    search = next(s for s in statements if "unnest(" in s)
    with acting_for(entities), connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, costs off, timing off) {search}")
        outer = [row[0] for row in cursor.fetchall()]
    call = next(m for s in statements if (m := re.search(r"samrad_search_titles\('([^']*)', (\d+),", s)))
    outer = [re.sub(r"\{(\d+,\d+),[\d,]+\}", r"{\1, …}", line) for line in outer]  # hundreds of ids say nothing
    return ["The page's query", *outer, "", "Inside the function", *_inside(data, call[1], int(call[2]), entities)]


def _inside(data: Path, wanted: str, most: int, entities: list[int]) -> list[str]:
    """The function's own queries, newest titles and then older ones, taken from the database, with its variables filled in."""
    with connect(data) as admin:
        row = admin.execute("select prosrc from pg_proc where proname = 'samrad_search_titles'").fetchone()
        assert row is not None
        values = {"folded": f"samrad_fold('{wanted}')", "most - hits": str(most), "most": str(most)}
        values["narrowed"] = "'{}'::text[]"
        values["houses"] = "array[" + ", ".join(f"'o:{pk}'" for pk in entities) + "]"
        values["newest"] = str(
            admin.execute(
                "select min(n.initiative_id) from (select initiative_id from initiatives_searchindex"
                " order by 1 desc limit %s) n",
                [most * 10],
            ).fetchone()[0]  # type: ignore[index]
        )
        lines = []
        for query in re.findall(r"return query\s+(.*?);", row[0], re.S)[-2:]:  # the one before is for a narrowed search
            for name, value in values.items():
                query = re.sub(rf"\b{name}\b", value, query)
            plan = admin.execute(f"explain (analyze, costs off, timing off) {query}")  # type: ignore[arg-type]
            lines += [line[0] for line in plan]
        return lines
