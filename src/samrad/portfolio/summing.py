"""What the summary of a portfolio report adds up: status, money in and out, the benefit bridge and key roles. Frozen data alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Report = Mapping[str, Any]
OVER = ("stopped", "rejected", "withdrawn", "merged")
NOTHING = Decimal(0)


def statuses_of(data: Report) -> dict[str, int]:
    """How many projects have each status: active, paused, stopped and so on."""
    return dict(Counter(project["status"] for project in data["projects"]))


def money_of(data: Report) -> dict[str, Any]:
    """Kroner in by who pays, and kroner out: approved, spent and expected; with how many projects each is known for.

    What is exempt is in none of the sums, nor counted. Amounts in other currencies are never among them.
    """
    sources: dict[str, Decimal] = defaultdict(Decimal)
    paid = 0
    for project in data["projects"]:
        paid += bool(project.get("sources"))
        for source, kr in project.get("sources", {}).items():
            sources[source] += Decimal(kr)
    found: dict[str, Any] = {"sources": {code: str(kr) for code, kr in sorted(sources.items())}, "paid": paid}
    for name in ("frame_kr", "spent_kr", "forecast_kr"):
        known = [Decimal(p[name]) for p in data["projects"] if p.get(name) is not None]
        found[name] = {"kr": str(sum(known, NOTHING)), "known": len(known)}
    return found


def _worth(project: Report) -> tuple[Decimal, int, int]:
    """What is planned of benefits now: kroner and hours a year, and how many benefits in quality."""
    kr, hours = Decimal(project.get("benefit_kr") or 0), int(project.get("benefit_hours") or 0)
    return kr, hours, len(project.get("benefit_quality", []))


def _approved(project: Report) -> tuple[Decimal, int, int]:
    kept = project["benefit_approved"]
    return Decimal(kept["kr"]), int(kept["hours"]), int(kept["quality"])


def _row(code: str, worth: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """A step of the bridge. `worth` is a row of kroner, hours and quality for each project that is in it."""
    kr, hours, quality = (sum(column) for column in zip(*worth, strict=True)) if worth else (NOTHING, 0, 0)
    projects = sum(any(row) for row in worth)
    return {"code": code, "kr": str(kr), "hours": hours, "quality": quality, "projects": projects}


def bridge_of(data: Report) -> list[dict[str, Any]]:
    """From the benefits that were approved to those that are planned now, and to what is realised (forms.md G.7).

    The steps add up for kroner, hours and quality each; hours are never kroner. What nobody has measured is None, not 0.
    A report from before approved benefits were kept has only what was planned then. Exempt benefits are in no step.
    """
    told = [p for p in data["projects"] if "benefits" not in p["exempt"]]
    going = [p for p in told if p["status"] not in OVER]
    realised = {"code": "realised", "kr": None, "hours": None, "quality": None, "projects": 0}
    rows: list[dict[str, Any]] = []
    if told and all("benefit_approved" in p for p in told):
        known = [p for p in told if p["benefit_approved"] is not None]
        stays = [(_approved(p), _worth(p)) for p in known if p["status"] not in OVER]

        def moved(pick: Callable[[Any, int], Any]) -> list[list[Any]]:
            return [[pick(new[n] - old[n], 0) for n in range(3)] for old, new in stays]

        gone = [[-one for one in _approved(p)] for p in known if p["status"] in OVER]
        rows = [
            _row("approved", [_approved(p) for p in known]),
            _row("elsewhere", [_worth(p) for p in going if p["benefit_approved"] is None]),
            _row("more", moved(max)),
            _row("less", moved(min)),
            _row("stopped", gone),
        ]
    return [*rows, _row("now", [_worth(p) for p in going]), realised]


def roles_of(data: Report) -> list[dict[str, Any]]:
    """Those the projects ask for, the hardest pressed first: for each the largest share of its days that is wanted."""
    return sorted(data["roles"] or [], key=lambda role: (-_pressure(role["loads"]), role["name"], role["unit"]))


def _pressure(loads: Sequence[Sequence[Any]]) -> float:
    """The largest share of its days; where nobody has said what it has, it comes after those with too much."""
    return max((float(wants) / has if has else float(bool(wants)) for has, wants in loads), default=0.0)
