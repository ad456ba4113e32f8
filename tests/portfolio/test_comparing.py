"""What a report says has changed since the one before: dates, milestones, risks, rank orders and measures."""

from copy import deepcopy
from typing import Any

from django.utils.translation import override

from samrad.portfolio.comparing import compare
from samrad.portfolio.papers import change_lines


def _report() -> dict[str, Any]:
    about = {"initiative_id": 1, "reference": "T-1", "title": "Ruter"}
    step = {"name": "Kontrakt", "kind": "milestone", "due": "2027-01-10", "reached": None}
    risk = {"title": "Forsinket", "before": 16, "after": 9, "measure": ""}
    measure = {"kind": "stop", "title": "Stopp ruter", "state": "decided", "due": "2027-02-01", "initiative_ids": [1]}
    project = {
        **about,
        "reported": False,
        "lights": {},
        "phase": "plan",
        "status": "active",
        "exempt": {},
        "end_date": "2027-06-01",
        "milestones": [step],
        "risks": [risk],
    }
    order = {"sector": "", "places": [{**about, "place": 1}]}
    return {
        "taken_at": "2026-12-01T09:00:00+01:00",
        "projects": [project],
        "own_risks": [],
        "settled": {"rankings": [order], "answers": [], "measures": [measure]},
    }


def _lines(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    with override("nb"):
        return change_lines(compare(before, now))


def test_nothing_has_changed_where_nothing_has() -> None:
    assert _lines(_report(), _report()) == ["Ingenting er endret."]


def test_a_date_that_came_or_went_is_a_change() -> None:
    before, now = _report(), _report()
    now["projects"][0]["end_date"] = None
    assert _lines(before, now) == ["Ruter: har ikke lenger noen slutt. Den var 01.06.2027"]
    assert _lines(now, before) == ["Ruter: har fått slutt, 01.06.2027"]


def test_milestones_and_risks_that_are_new_gone_and_moved_are_named() -> None:
    before, now = _report(), _report()
    now["projects"][0]["milestones"][0]["due"] = "2027-03-10"
    now["projects"][0]["risks"][0]["after"] = 16
    now["own_risks"] = [{"title": "Folk slutter", "before": 20, "after": 20, "measure": ""}]
    assert _lines(before, now) == [
        "Ruter: milepælen «Kontrakt»: fra 10.01.2027 til 10.03.2027",
        "Ruter: risiko «Forsinket»: fra 9 til 16",
        "Porteføljen: risiko «Folk slutter»: ny (20)",
    ]
    now["projects"][0] |= {"title": "eRuter"}
    assert _lines(before, now)[0] == "eRuter: milepælen «Kontrakt»: fra 10.01.2027 til 10.03.2027"
    now["projects"][0] |= {"title": "Ruter"}
    now["projects"][0]["milestones"][0]["reached"] = "2027-03-09"
    assert _lines(before, now)[0] == "Ruter: milepælen «Kontrakt»: nådd 09.03.2027"
    gone = deepcopy(before)
    gone["projects"][0] |= {"milestones": [], "risks": []}
    assert _lines(before, gone) == [
        "Ruter: milepælen «Kontrakt»: borte (var 10.01.2027)",
        "Ruter: risiko «Forsinket»: borte (var 9)",
    ]
    gone["projects"][0]["exempt"] = {"costs": "§ 23"}  # then they are hidden, not gone
    assert _lines(before, gone) == ["Ingenting er endret."]


def test_ranks_and_measures_are_compared_where_both_reports_hold_them() -> None:
    before, now = _report(), _report()
    now["settled"]["rankings"][0]["places"][0]["place"] = 4
    now["settled"]["measures"][0]["state"] = "done"
    rank, measure = _lines(before, now)
    assert rank == "Ruter: felles rangering: fra 1 til 4"
    assert measure.startswith("Stopp ruter: grep:") and "01.02.2027" in measure
    now["settled"]["rankings"], order = [], now["settled"]["rankings"]
    assert _lines(now, {**now, "settled": {**now["settled"], "rankings": order}}) == [
        "Felles rangering: ny (1 prosjekt)"
    ]
    now["settled"] = {"rankings": [], "answers": [], "measures": []}
    gone = _lines(before, now)
    assert len(gone) == 2 and all("borte" in line for line in gone)
    before["settled"] = None  # frozen before any of it stood there
    assert _lines(before, now) == ["Ingenting er endret."]
