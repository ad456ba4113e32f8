"""Two who decide at once: one comes after the other, and nothing is decided twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from samrad.cases import actions
from samrad.cases.models import Decision
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from tests.anchoring.line import AT, Line, make_line


@pytest.fixture
def real_line(transactional_db: None) -> Line:
    """The cast, seen by every connection."""
    return make_line()


def _decide(line: Line, who: str, decision_id: int, outcome: str) -> str:
    try:
        with line.acting(who) as by:
            actions.decide(by=by, at=AT, decision_id=decision_id, version=1, outcome=outcome, text="Slik ble det.")
        return "done"
    except Refused:
        return "refused"
    finally:
        connections.close_all()


def test_two_municipalities_at_once_settle_the_case_once(real_line: Line) -> None:
    line = real_line
    need = line.recommended(both=True)
    ours, theirs = line.decision(need, "fjell").pk, line.decision(need, "dal").pk
    with ThreadPoolExecutor(2) as pool:
        answers = [
            pool.submit(_decide, line, "chief", ours, "approved"),
            pool.submit(_decide, line, "dal_chief", theirs, "rejected"),
        ]
        assert [a.result() for a in answers] == ["done", "done"]
    assert line.case(need).state == "partly_approved"
    with line.seen_by():
        assert Event.objects.filter(kind="cases.CaseSettled", case_id=line.case(need).pk).count() == 1


def test_a_double_click_decides_once(real_line: Line) -> None:
    line = real_line
    need = line.recommended(both=True)
    decision = line.decision(need, "fjell").pk
    with ThreadPoolExecutor(2) as pool:
        clicks = [pool.submit(_decide, line, "chief", decision, outcome) for outcome in ("approved", "rejected")]
        assert sorted(c.result() for c in clicks) == ["done", "refused"]
    with acting_for([e.pk for e in line.entities.values()]):
        assert Event.objects.filter(kind="cases.Decided").count() == 1
        assert Decision.objects.get(pk=decision).version == 2
