"""What has changed from one frozen portfolio report to the next, and what its summary gathers. Pure: frozen data alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from samrad.portfolio.periods import next_quarter, quarter_of

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


def _end(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    one, other = was["end_date"], now["end_date"]
    if not one or not other or one == other:
        return []
    days = (date.fromisoformat(other) - date.fromisoformat(one)).days
    return [{**_about(now), "was": one, "now": other, "days": days}]


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
        "phases": [
            {**_about(p), "was": was["phase"], "now": p["phase"]} for was, p in both if was["phase"] != p["phase"]
        ],
        "money": [row for was, p in both for row in _money(was, p)],
        "ends": [row for was, p in both for row in _end(was, p)],
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
