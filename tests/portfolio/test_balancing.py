"""The pictures of a portfolio add up to the krone, keep price bases and currencies apart, and hide what is exempt."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samrad.core.pictures import Measure, Picture, Row
from samrad.documents.paper import Paper
from samrad.documents.typeset import paper_pdf
from samrad.documents.word import paper_docx
from samrad.portfolio.balancing import Facts, above, pictures_of, veiled
from samrad.portfolio.comparing import top_risks
from samrad.portfolio.papers.pictures import picture_blocks
from samrad.portfolio.papers.settled import settled_sheets, settled_words
from samrad.portfolio.papers.sheet import known_of
from samrad.portfolio.papers.words import trend_word
from samrad.portfolio.queries import REPORTED
from samrad.portfolio.reporting import lifted, without
from tests.krav.region import pdf_text

ON = date(2026, 11, 30)
KR = st.one_of(st.none(), st.decimals(0, 10**9, places=2).map(str))
GOALS = [{"key": n, "text": f"Mål {n}"} for n in range(5)]


@st.composite
def project(draw: st.DrawFn) -> dict[str, Any]:
    kr = draw(KR)
    budget, forecast = (str(draw(st.integers(0, 10**7))) for _ in range(2))
    facts = {
        "id": 1, "reference": "T-1", "title": draw(st.sampled_from("ABC")), "sector": draw(st.sampled_from(["", "Helse"])),
        "size": draw(st.sampled_from(["small", "medium", "large"])), "work": draw(st.sampled_from(["", "operation"])),
        "going": True, "must": draw(st.booleans()),
        "goals": draw(st.lists(st.sampled_from(GOALS), unique_by=lambda g: g["key"])), "units": ["Helse"],
        "risk": draw(st.one_of(st.none(), st.integers(1, 25))), "points": draw(st.one_of(st.none(), st.integers(0, 100))),
        "kr": kr, "base": draw(st.sampled_from(["", "2025"])) if kr is not None else "",
        "other": "" if kr is not None else draw(st.sampled_from(["", "EUR"])), "frame_kr": kr,
        "years": draw(st.sampled_from([{}, {"2026": {"budget": budget, "forecast": forecast}}])),
        "benefit_kr": draw(st.decimals(0, 10**6, places=2).map(str)), "benefit_hours": draw(st.integers(0, 999)),
        "realised_kr": None, "start": "2026-01-10", "end": draw(st.sampled_from([None, "2027-03-31"])), "exempt": [],
    }  # fmt: skip
    return veiled(facts, draw(st.lists(st.sampled_from(["costs", "benefits", "need", "assessment"]))))


def _pictures(projects: list[dict[str, Any]]) -> dict[str, Any]:
    found = pictures_of(projects, goals=GOALS, people=[], on=ON)
    return {one["code"]: one for one in found}


def _sum(projects: list[dict[str, Any]], base: str) -> int:
    kr = [Decimal(p["kr"]) for p in projects if p.get("kr") is not None and p["base"] == base]
    return int(sum(kr, Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP))


@given(st.lists(project(), max_size=8))
def test_every_picture_of_kroner_adds_up_to_the_portfolio_for_each_price_base(projects: list[dict[str, Any]]) -> None:
    pictures = _pictures(projects)
    for code in ("goal", "sector", "size", "must", "work"):
        one = pictures[code]
        for place, base in enumerate(one["bases"]):
            assert sum(row["values"][place] for row in one["rows"]) == _sum(projects, base)
        left = one["left"]
        known = sum(p.get("kr") is not None for p in projects)
        assert known + left["exempt"] + left["unknown"] + sum(left["other"].values()) == len(projects)
    goal = pictures["goal"]
    assert sum(row["values"][-2] for row in goal["rows"]) == sum(p.get("benefit_hours", 0) for p in projects)
    assert {row["key"] for row in goal["rows"]} >= {f"goal:{g['key']}" for g in GOALS}


@given(st.lists(project(), max_size=6))
def test_a_quarter_is_above_by_what_is_expected_beyond_what_is_approved(projects: list[dict[str, Any]]) -> None:
    for row in _pictures(projects)["money"]["rows"]:
        approved, expected, over = row["values"]
        assert over == max(0, expected - approved) == above(approved, expected)


@given(project(), st.sampled_from(["costs", "benefits", "need", "assessment"]))
def test_what_is_exempt_is_nowhere_in_what_the_pictures_are_made_of(facts: dict[str, Any], group: str) -> None:
    left = veiled(facts, [group])
    gone = {"costs": "kr", "benefits": "benefit_kr", "need": "goals", "assessment": "points"}[group]
    assert gone not in left and "risk" not in left and group in left["exempt"] and veiled(left, [group]) == left


def _report(projects: list[Facts]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"initiative_id": n, "exempt": {}, "texts": {}, "goal": "", "budget_kr": p["kr"], "balance": dict(p),
         "amounts": {"budget": {"price_base": p["base"]}}, "lights": {}}
        for n, p in enumerate(projects)
    ]  # fmt: skip
    pictures = pictures_of(projects, goals=GOALS, people=[], on=ON)
    beside = {"goals": GOALS, "people": [], "pictures": pictures, "taken_at": "2026-11-30T12:00:00+00:00"}
    return {"shape": 3, "portfolio": "P", "summary": {}, "projects": rows, **beside}


FACTS: dict[str, Any] = {
    "id": 1, "reference": "T-1", "title": "A", "sector": "Helse", "size": "small", "work": "", "going": True, "must": True,
    "goals": GOALS[:2], "units": [], "risk": 9, "points": 50, "kr": "301", "base": "", "other": "", "frame_kr": None,
    "years": {}, "benefit_kr": "0", "benefit_hours": 0, "realised_kr": None, "start": None, "end": None, "exempt": [],
}  # fmt: skip


def test_a_frozen_picture_loses_what_is_exempt_later_and_nothing_else() -> None:
    report = _report([FACTS, {**FACTS, "kr": "77777", "sector": "Teknikk"}])
    assert without(report, {}) == report
    later = without(report, {1: {"costs": "Offentleglova § 23"}})
    assert "77777" not in str(later) and later["pictures"][1]["left"]["exempt"] == 1
    assert [row["values"][0] for row in later["pictures"][1]["rows"]] == [301, 0]


def test_a_project_of_two_goals_is_shared_equally_to_the_krone() -> None:
    goal = _pictures([FACTS])["goal"]
    assert [row["values"][0] for row in goal["rows"][:2]] == [151, 150] and goal["total"][0] == 301
    assert goal["total"][2] is None  # nothing is measured, and that is not 0


def test_a_report_from_before_the_pictures_has_none_and_reads_as_it_did() -> None:
    old = {"shape": 2, "portfolio": "P", "projects": [{"initiative_id": 1}], "scope": {}, "own_risks": []}
    assert lifted(old) == {**old, "shape": 5, "goals": [], "people": [], "pictures": [], "settled": None, "roles": None}


def test_circles_are_drawn_on_paper_from_the_same_figures() -> None:
    measures = [Measure("Risiko"), Measure("Nytte", "kr"), Measure("Budsjett", "kr")]
    rows = [Row("Stort", [25, 100, 900]), Row("Lite", [5, 50, 100])]
    picture = Picture("bubbles", "Risiko mot nytte", "Prosjekt", measures, rows, kind="bubbles", x_to=25)
    with override("nb"):
        blocks = picture_blocks(picture)
        paper = Paper(title="Bilde", language="nb", blocks=blocks, landscape=True)
        drawn, word = paper_pdf(paper), paper_docx(paper)
    words = pdf_text(drawn)
    assert "Risiko →" in words and "Nytte →" in words  # the axes stand in the drawing alone
    [block] = [b for b in blocks if b["kind"] == "bubbles"]
    circles = {one.number: (float(one.cx), float(one.cy), float(one.r)) for one in picture.bubbles}
    assert {number: (x, y, r) for number, x, y, r in block["marks"]} == circles
    [table] = [b for b in blocks if b["kind"] == "table"]
    assert [row[:2] for row in table["rows"]] == [["1", "Stort"], ["2", "Lite"]]
    with zipfile.ZipFile(BytesIO(word)) as parts:
        assert [name for name in parts.namelist() if name.endswith(".png")]
        assert "Risiko mot nytte. Tabellen" in parts.read("word/document.xml").decode()


def test_what_was_settled_in_an_earlier_shape_reads_without_the_name_of_the_portfolio() -> None:
    measure = {"kind": "stop", "title": "Stopp", "reason": "", "state": "done", "due": "2026-01-01", "late": False}
    measure |= {"responsible": "Kari", "projects": [], "initiative_ids": []}
    old = {"shape": 3, "portfolio": "P", "projects": [], "own_risks": [{"title": "R", "after": 4}]}
    data = lifted({**old, "settled": {"rankings": [], "answers": [], "measures": [measure]}})
    assert settled_words(data)["several"] == [] and top_risks(data)[0]["project"] == ""
    with override("nb"):
        assert settled_sheets(data)[2].columns[0].title == "Grep i porteføljen"


def test_what_a_project_is_known_by_stands_on_its_page_and_in_the_spreadsheet() -> None:
    lights = {name: {"light": "green", "trend": ""} for name in REPORTED}
    lights["risk"] = {"light": "red", "trend": "worse"}
    one = {"lights": lights, "goal": "Kortere kø", "next_gate": "BP3", "asked": [], "risks": [], "needs": ["T-2"]}
    one |= {"milestones": [], "personal_data": "yes", "ai": "no", "frame_kr": "900", "benefit_kr": "50"}
    with override("nb"):
        told = {column.title: value for column, value in known_of(one)}
    assert told["I alt"] == "■ ute av rute" and told["Mål"] == "Kortere kø" and told["Personopplysninger"] == "Ja"
    assert told["Vedtatt ramme (kr)"] == 900 and told["Gevinster i året (kr)"] == 50 and told["Største risiko"] is None
    with override("nb"):
        assert trend_word("worse") == "verre" and trend_word("") == "–"
