"""What waits is found by its indexes, however many tasks are open, and the number beside «Min side» counts its cards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connections

from samrad.cases.models import Task
from samrad.overview.queries import count_waiting, my_page, waiting_for
from tests.anchoring.line import AT, Line, make_line

OTHERS = 5000


@pytest.fixture
def line(transactional_db: None) -> Line:
    """A need that waits for its head of sector and its expert group, among thousands of tasks that wait for others."""
    made = make_line()
    made.supported()
    region = made.entities["region"]
    with made.acting("sector_head"):
        Task.objects.bulk_create(
            Task(owner=region, kind=kind, role="chief_executive", entity=region, object_id=n, opened_at=AT)
            for n in range(OTHERS)
            for kind in ("decide", "submit")
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")  # what an unread table is thought to hold would decide the plan
    return made


def reads(plan: dict[str, Any]) -> list[float]:
    """How many tasks each part of a plan reads, those that are thrown away included."""
    below = [read for part in plan.get("Plans", ()) for read in reads(part)]
    if plan.get("Relation Name") != "cases_task":
        return below
    thrown = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return [(plan["Actual Rows"] + thrown) * plan["Actual Loops"], *below]


def test_what_waits_is_not_looked_for_among_every_open_task(line: Line) -> None:
    for key in ("sector_head", "proposer", "colleague"):
        with line.acting(key) as by:
            [told] = json.loads(waiting_for(by).explain(format="json", analyze=True))
            read = reads(told["Plan"])
            assert read and sum(read) < OTHERS / 10, (key, json.dumps(told))
            waits = my_page(by, now=AT)
            assert count_waiting(by) == len(waits.first) + len(waits.rest)
