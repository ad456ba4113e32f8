"""What has changed from one frozen portfolio report to the next, and what its summary gathers. Pure: frozen data alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from samrad.portfolio.periods import next_quarter, quarter_of
from samrad.portfolio.summing import OVER

TOP = 10
MONEY = ("budget_kr", "frame_kr", "forecast_kr")


def _about(project: Mapping[str, Any]) -> dict[str, Any]:
    return {name: project[name] for name in ("initiative_id", "reference", "title")}


def _lights(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not was["reported"] or not now["reported"]:
        return []
    found = []
    for name, one in now["lights"].items():
        before = was["lights"].get(name, {}).get("light", "")
        if before and one["light"] and before != one["light"]:
            found.append({**_about(now), "name": name, "was": before, "now": one["light"]})
    return found


def _money(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Kroner that moved. Where either report does not show an amount, or the price base differs, nothing is said."""
    found = []
    bases = [p.get("amounts", {}).get("budget", {}).get("price_base", "") for p in (was, now)]
    for name in MONEY:
        one, other = was.get(name), now.get(name)
        if one is None or other is None or (name == "budget_kr" and bases[0] != bases[1]):
            continue
        if Decimal(one) != Decimal(other):
            found.append(
                {**_about(now), "name": name, "was": one, "now": other, "more": str(Decimal(other) - Decimal(one))}
            )
    return found


def _delayed(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A project that is now expected to end later: by its plan, or by what was reported where both reports show that."""
    told = "costs" not in was["exempt"] and "costs" not in now["exempt"]
    names = ("end_date", "forecast_end_date") if told else ("end_date",)
    sides = [max((p[name] for name in names if p.get(name)), default="") for p in (was, now)]
    return [{**_about(now), "was": sides[0], "now": sides[1]}] if sides[0] and sides[1] > sides[0] else []


def _end(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    one, other = was["end_date"], now["end_date"]
    if any((row["was"], row["now"]) == (one, other) for row in _delayed(was, now)):
        return []
    return [{**_about(now), "was": one, "now": other}] if (one or None) != (other or None) else []


Named = Mapping[Any, Mapping[str, Any]]


def _moved(sides: Sequence[Named], what: Callable[[Mapping[str, Any]], Any]) -> list[dict[str, Any]]:
    """What is new, gone and moved among named things; `what` is what can move in each, None on the side where it is not."""
    (old, new), found = sides, []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = (what(side[key]) if key in side else None for side in (old, new))
        if was != now:
            found.append({"of": new.get(key) or old[key], "was": was, "now": now})
    return found


def _steps(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Milestones by name: the day each is due, or was reached. Where names are exempt in either, nothing is said."""
    sides = [{step["name"]: step for step in p["milestones"]} for p in (was, now)]
    if was["exempt"] or now["exempt"]:
        return []
    rows = _moved(sides, lambda step: [step["reached"] or step["due"], bool(step["reached"])])
    return [{**_about(now), "name": row["of"]["name"], "was": row["was"], "now": row["now"]} for row in rows]


def _risks(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The largest risks by title, and their size after measures. Only the largest of each project are frozen."""
    sides = [{risk["title"]: risk for risk in p["risks"]} for p in (was, now)]
    if was["exempt"] or now["exempt"]:
        return []
    rows = _moved(sides, lambda risk: risk["after"])
    return [{**_about(now), "name": row["of"]["title"], "was": row["was"], "now": row["now"]} for row in rows]


def _own_risks(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same for the portfolio's own."""
    sides = [{(risk.get("portfolio", ""), risk["title"]): risk for risk in data["own_risks"]} for data in (before, now)]
    rows = _moved(sides, lambda risk: risk["after"])
    return [
        {"reference": "", "title": row["of"].get("portfolio", ""), "name": row["of"]["title"]}
        | {side: row[side] for side in ("was", "now")}
        for row in rows
    ]


def _ranks(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The place of each project in each rank order that holds; of an order that is new, how many projects it has."""
    sides = [
        {(order.get("portfolio", ""), order["sector"]): order for order in data["settled"]["rankings"]}
        for data in (before, now)
    ]
    fresh = [
        {"reference": "", "title": portfolio, "name": sector, "was": None, "now": {"projects": len(order["places"])}}
        for (portfolio, sector), order in sides[1].items()
        if (portfolio, sector) not in sides[0]
    ]
    places: list[Named] = [
        {
            (*key, row["initiative_id"]): {**row, "sector": order["sector"]}
            for key, order in side.items()
            for row in order["places"]
            if key in sides[0]
        }
        for side in sides
    ]
    rows = _moved(places, lambda row: row["place"])
    return fresh + [
        {**_about(row["of"]), "name": row["of"]["sector"], "was": row["was"], "now": row["now"]} for row in rows
    ]


def _measures(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The portfolio's measures: how far each has come, and its deadline. One whose words are exempt is told by its kind."""
    sides: list[Named] = []
    for data in (before, now):
        side: dict[tuple[Any, ...], Mapping[str, Any]] = {}
        for row in data["settled"]["measures"]:
            key = (row.get("portfolio", ""), row["kind"], *row["initiative_ids"])
            number = sum(1 for known in side if known[:-1] == key)  # two alike stay two
            side[(*key, number)] = row
        sides.append(side)
    rows = _moved(sides, lambda row: [row["state"], row["due"]])
    return [
        {"reference": "", "title": row["of"]["title"], "name": row["of"]["kind"]}
        | {side: row[side] for side in ("was", "now")}
        for row in rows
    ]


def compare(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """New, left, lights and phases changed, cost and dates moved, and who has fallen silent."""
    old = {p["initiative_id"]: p for p in before["projects"]}
    new = {p["initiative_id"]: p for p in now["projects"]}
    both = [(old[pk], p) for pk, p in new.items() if pk in old]
    return {
        "since": before["taken_at"],
        "new": [_about(p) for pk, p in new.items() if pk not in old],
        "left": [_about(p) for pk, p in old.items() if pk not in new],
        "lights": [row for was, p in both for row in _lights(was, p)],
        "stopped": [_about(p) for was, p in both if was["status"] not in OVER and p["status"] in OVER],
        "delayed": [row for was, p in both for row in _delayed(was, p)],
        "phases": [
            {**_about(p), "was": was["phase"], "now": p["phase"]} for was, p in both if was["phase"] != p["phase"]
        ],
        "statuses": [
            {**_about(p), "was": was["status"], "now": p["status"]}
            for was, p in both
            if was["status"] != p["status"] and p["status"] not in OVER
        ],
        "money": [row for was, p in both for row in _money(was, p)],
        "ends": [row for was, p in both for row in _end(was, p)],
        "steps": [row for was, p in both for row in _steps(was, p)],
        "risks": [row for was, p in both for row in _risks(was, p)] + _own_risks(before, now),
        # What was settled stands in no report from before shape 3: then there is nothing to hold it against.
        "ranks": _ranks(before, now) if before.get("settled") and now.get("settled") else [],
        "measures": _measures(before, now) if before.get("settled") and now.get("settled") else [],
        "silent": [_about(p) for was, p in both if was["reported"] and not p["reported"]],
    }


def top_risks(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The largest risks after measures: the portfolio's own and those of its projects."""
    rows = [{**risk, "reference": "", "project": risk.get("portfolio", "")} for risk in data["own_risks"]]
    for p in data["projects"]:
        rows += [{**risk, "reference": p["reference"], "project": p["title"]} for risk in p["risks"]]
    return sorted(rows, key=lambda row: (-row["after"], row["title"]))[:TOP]


def asked(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The decisions that are asked for: gates with a body, and changes that wait."""
    return [{**_about(p), **one} for p in data["projects"] for one in p["asked"]]


def shown(data: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """A frozen report with what its summary gathers from it, and what is new since the one before."""
    return {
        **data,
        "changes": compare(before, data) if before else None,
        "top_risks": top_risks(data),
        "asked": asked(data),
    }


def milestones(project: Mapping[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The last milestone reached, and the next to come."""
    reached = [step for step in project["milestones"] if step["reached"]]
    coming = [step for step in project["milestones"] if not step["reached"]]
    return (
        max(reached, key=lambda step: str(step["reached"]), default=None),
        min(coming, key=lambda step: str(step["due"]), default=None),
    )


def quarters(data: Mapping[str, Any], most: int = 10) -> list[date]:
    """The first day of each quarter that the roadmap shows, from that of the report and on."""
    days = [p[name] for p in data["projects"] for name in ("start_date", "end_date") if p[name]]
    if not days:
        return []
    first = max(date.fromisoformat(min(days)), date.fromisoformat(data["period_start"]))
    last = date.fromisoformat(max(days))
    found: list[date] = []
    at = quarter_of(first)
    while at <= last and len(found) < most:
        found.append(at)
        at = next_quarter(at)
    return found
