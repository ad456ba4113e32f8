"""A frozen report after something in it was exempt: the figure is gone, and so is what the sums would tell of it."""

from typing import Any

from samrad.portfolio.reporting import without

LAW = "Offentleglova § 23"


def _project(initiative: int, budget: str, base: str) -> dict[str, Any]:
    amount = {"value": budget, "currency": "NOK", "unit": 1, "price_base": base}
    return {
        "initiative_id": initiative,
        "exempt": {},
        "texts": {"economy": "Dyrere lås.", "benefit": "Mindre kjøring."},
        "goal": "",
        "lights": {"economy": {"light": "green", "trend": "", "computed": ["red", "cost_over", "37.5"]}},
        "amounts": {"budget": amount, "benefits": {**amount, "value": "70"}},
        "budget_kr": budget,
        "spent_kr": "5",
        "benefit_kr": "70",
        "benefit_hours": 9,
    }


def _report(*projects: dict[str, Any]) -> dict[str, Any]:
    budgets = [{"price_base": p["amounts"]["budget"]["price_base"], "kr": p["budget_kr"]} for p in projects]
    sums = {"spent_kr": "10", "benefit_kr": "140", "benefit_hours": 18, "count": 2}
    return {"summary": {"budget_kr": None, "budgets": budgets, **sums}, "projects": list(projects)}


def test_costs_exempt_later_are_gone_from_the_sums_of_each_price_base() -> None:
    report = _report(_project(1, "300", ""), _project(2, "4100", "2025"))
    shown = without(report, {2: {"costs": LAW}})
    assert "4100" not in str(shown)
    why = [project["lights"]["economy"]["computed"] for project in shown["projects"]]
    assert why == [["red", "cost_over", "37.5"], ["red"]]  # the light stays, how much it costs does not
    assert shown["summary"]["budgets"] == [{"price_base": "", "kr": "300"}]
    assert (shown["summary"]["budget_kr"], shown["summary"]["spent_kr"]) == ("300", "5")
    assert (shown["summary"]["benefit_kr"], shown["summary"]["count"]) == ("140", 2)


def test_benefits_exempt_later_take_the_amount_of_the_source_with_them() -> None:
    report = _report(_project(1, "300", ""), _project(2, "4100", "2025"))
    shown = without(report, {2: {"benefits": LAW}})
    assert set(shown["projects"][1]["amounts"]) == {"budget"} and set(shown["projects"][0]["amounts"]) > {"budget"}
    assert shown["projects"][1]["texts"] == {"economy": "Dyrere lås."}
    assert (shown["summary"]["benefit_kr"], shown["summary"]["benefit_hours"]) == ("70", 9)
    assert [b["kr"] for b in shown["summary"]["budgets"]] == ["300", "4100"]


def test_a_report_stands_as_it_was_where_nothing_is_exempt_later() -> None:
    report = _report(_project(1, "300", ""), _project(2, "4100", "2025"))
    assert without(report, {}) == report
