"""How a portfolio is balanced: from what stands about each project to the figures of its pictures. Pure, no words.

What comes in and what goes out is plain data that a report freezes. Kroner of different price bases are never added
up, and amounts in other currencies are counted, not summed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import compress
from typing import Any

from samrad.portfolio.money import whole_kroner
from samrad.portfolio.periods import quarter_of, quarters_from

Facts = Mapping[str, Any]
"""What stands about a project (queries/balance.py): `exempt` names the groups of fields that are left out of it."""
Frozen = dict[str, Any]
"""A picture as it is kept: {"code", "bases", "rows": [{"key", "name", "values"}], "total", "left"}."""
NONE, HIDDEN = "none", "hidden"
STEP = Decimal("0.0001")
BENEFITS = ("points", "benefit_kr", "benefit_hours")
MOST_BUBBLES = 30  # the largest: more cannot be told apart in one picture

# What each group of fields takes with it.
GROUPS: dict[str, tuple[str, ...]] = {
    "costs": ("kr", "base", "other", "years", "frame_kr"),
    "benefits": ("benefit_kr", "benefit_hours", "realised_kr"),
    "need": ("goals", "units", "must"),
    "assessment": ("must", "points"),
}


def veiled(facts: Facts, groups: Iterable[str]) -> dict[str, Any]:
    """What is left of a project where some groups of fields are exempt. How large its risk is goes with any of them."""
    hidden = sorted({*facts["exempt"], *groups})
    if not hidden:
        return {**facts, "exempt": hidden}
    gone = {name for group in hidden for name in GROUPS.get(group, ())} | {"risk"}
    return {**{name: value for name, value in facts.items() if name not in gone}, "exempt": hidden}


def parts(amount: Decimal, number: int) -> list[Decimal]:
    """An amount in equal parts that add up to it exactly; what cannot be shared falls on the first."""
    if number == 1:
        return [amount]
    each = (amount / number).quantize(STEP, ROUND_DOWN)
    return [amount - each * (number - 1), *[each] * (number - 1)]


def bases_of(projects: Iterable[Facts]) -> list[str]:
    """The price bases there are kroner of."""
    return sorted({p["base"] for p in projects if p.get("kr") is not None}) or [""]


def left_out(projects: Sequence[Facts]) -> dict[str, Any]:
    """What the kroner are without: exempt, in another currency, or not known."""
    exempt = sum("costs" in p["exempt"] for p in projects)
    other = Counter(p["other"] for p in projects if p.get("other"))
    known = sum(p.get("kr") is not None for p in projects)
    unknown = len(projects) - exempt - known - sum(other.values())
    return {"exempt": exempt, "other": dict(sorted(other.items())), "unknown": unknown}


Shares = list[tuple[str, str]]
"""The rows a project belongs to, each as its key and its name."""


def _goals(p: Facts) -> Shares:
    if "need" in p["exempt"]:
        return [(HIDDEN, "")]
    return [(f"goal:{goal['key']}", goal["text"]) for goal in p["goals"]] or [(NONE, "")]


def _sector(p: Facts) -> Shares:
    return [(p["sector"] or NONE, p["sector"])]


def _size(p: Facts) -> Shares:
    return [(p["size"], "")]


def _must(p: Facts) -> Shares:
    return [(HIDDEN if "must" not in p else "must" if p["must"] else "should", "")]


def _work(p: Facts) -> Shares:
    return [(p["work"] or NONE, "")]


LAST = (NONE, HIDDEN)


def _by_kroner(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["key"] in LAST, -sum(value or 0 for value in row["values"]), row["name"])


def _kroner(projects: Sequence[Facts], rows_of: Any, bases: Sequence[str]) -> dict[str, list[int]]:
    """Whole kroner for each row and price base, adding up to the portfolio's sum rounded once."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(bases))
    for place, base in enumerate(bases):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for p in projects:
            if p.get("kr") is not None and p["base"] == base:
                rows = rows_of(p)
                for (key, _name), part in zip(rows, parts(Decimal(p["kr"]), len(rows)), strict=True):
                    sums[key] += part
        for key, kr in whole_kroner(sums).items():
            found[key][place] = int(kr)
    return found


def _totals(rows: Sequence[Mapping[str, Any]], number: int) -> list[int | None]:
    def total(place: int) -> int | None:
        known = [row["values"][place] for row in rows if row["values"][place] is not None]
        return sum(known) if known else None

    return [total(place) for place in range(number)]


def _spent(code: str, projects: Sequence[Facts], rows_of: Any, order: Sequence[str] = ()) -> Frozen:
    """How the kroner of the portfolio are spread, and how many projects there are."""
    bases = bases_of(projects)
    kroner, names = _kroner(projects, rows_of, bases), {}
    number: Counter[str] = Counter()
    for p in projects:
        for key, name in rows_of(p):
            names[key] = name
            number[key] += 1
    rows = [{"key": key, "name": names[key], "values": [*kroner[key], number[key]]} for key in names]
    rows.sort(key=lambda r: order.index(r["key"]) if r["key"] in order else len(order)) if order else rows.sort(
        key=_by_kroner
    )
    total = _totals(rows, len(bases) + 1)
    return {"code": code, "bases": bases, "rows": rows, "total": total, "left": left_out(projects)}


def goal_effect(projects: Sequence[Facts], goals: Sequence[Mapping[str, Any]]) -> Frozen:
    """For each goal: kroner allocated, benefits planned and realised a year, and freed hours, which are no kroner (S52).

    A project that serves several goals is shared equally between them. Also a goal that nothing serves has its row.
    """
    bases = bases_of(projects)
    kroner = _kroner(projects, _goals, bases)
    names = {f"goal:{goal['key']}": goal["text"] for goal in goals}
    benefit: dict[str, Decimal] = defaultdict(Decimal)
    realised: dict[str, Decimal] = defaultdict(Decimal)
    hours: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for p in projects:
        rows = _goals(p)
        names |= {key: name for key, name in rows if key not in names}
        free = p.get("benefit_hours") or 0
        for place, (key, _name) in enumerate(rows):
            number[key] += 1
            hours[key] += free // len(rows) + (place < free % len(rows))
        for sums, name in ((benefit, "benefit_kr"), (realised, "realised_kr")):
            if p.get(name) is not None:
                for (key, _name), part in zip(rows, parts(Decimal(p[name]), len(rows)), strict=True):
                    sums[key] += part
    planned, measured = whole_kroner(benefit), whole_kroner(realised)
    rows_ = [
        {
            "key": key,
            "name": name,
            "values": [
                *kroner[key],
                int(planned.get(key, Decimal(0))),
                int(measured[key]) if key in measured else None,
                hours[key],
                number[key],
            ],
        }
        for key, name in names.items()
    ]
    rows_.sort(key=_by_kroner)
    total = _totals(rows_, len(bases) + 4)
    total[-1] = len(projects)  # each once, however many goals it serves
    left = {**left_out(projects), "benefits": sum("benefits" in p["exempt"] for p in projects)}
    return {"code": "goal", "bases": bases, "rows": rows_, "total": total, "left": left}


def _known(p: Facts, name: str) -> int:
    """A figure in whole kroner or points; 0 where it is not known."""
    return int(Decimal(p.get(name) or 0).quantize(Decimal(1), ROUND_HALF_UP))


def bubbles(projects: Sequence[Facts]) -> Frozen:
    """Risk against benefit, as large as the cost: the projects where all three are known.

    The benefit is what most projects have: points of the scoring, which count every kind, kroner a year, or freed hours.
    """
    open_ones = [p for p in projects if not p["exempt"]]
    known = [{name: _known(p, name) for name in ("risk", "kr", *BENEFITS)} for p in open_ones]
    # A score of 0 is a score; for the rest 0 says that nobody knows.
    has = [
        {name for name, figure in mine.items() if (p.get(name) is not None if name == "points" else figure > 0)}
        for p, mine in zip(open_ones, known, strict=True)
    ]
    by = max(BENEFITS, key=lambda name: sum({"risk", name, "kr"} <= names for names in has))
    axes = ("risk", by, "kr")
    shown = [(p, mine) for p, mine, names in zip(open_ones, known, has, strict=True) if names.issuperset(axes)]
    found = sorted(shown, key=lambda one: (-one[1]["kr"], one[0]["title"]))[:MOST_BUBBLES]
    rows = [{"key": p["reference"], "name": p["title"], "values": [mine[name] for name in axes]} for p, mine in found]
    missing: dict[str, int] = {name: sum(name not in names for names in has) for name in axes}
    left: dict[str, Any] = {
        "exempt": len(projects) - len(open_ones),
        "missing": missing,
        "shown": len(rows),
        "of": len(projects),
    }
    left["most"] = len(rows) == MOST_BUBBLES
    return {"code": "bubbles", "bases": [by], "rows": rows, "total": [], "left": left}


def _lasts(p: Facts, quarters: Sequence[date]) -> list[bool]:
    """Does the project go on in each of the quarters?"""
    first, end = quarter_of(date.fromisoformat(p["start"])), date.fromisoformat(p["end"])
    return [first <= quarter <= end for quarter in quarters]


def change_load(projects: Sequence[Facts], quarters: Sequence[date]) -> Frozen:
    """How many projects change something in each unit, quarter by quarter: the sector that owns it, and those affected."""
    going = [p for p in projects if p["going"]]
    hidden = sum("units" not in p for p in going)
    dated = [p for p in going if "units" in p and p["start"] and p["end"]]
    counts: dict[str, list[int]] = {}
    for p in dated:
        lasts = _lasts(p, quarters)
        for unit in p["units"]:
            row = counts.setdefault(unit, [0] * len(quarters))
            for place, going_on in enumerate(lasts):
                row[place] += going_on
    most = sorted((-max(row), unit) for unit, row in counts.items() if any(row))
    rows = [{"key": unit, "name": unit, "values": [-peak, *counts[unit]]} for peak, unit in most]
    left = {"hidden": hidden, "undated": len(going) - hidden - len(dated)}
    days = [quarter.isoformat() for quarter in quarters]
    return {"code": "change", "bases": days, "rows": rows, "total": [], "left": left}


def above(has: int, wants: int) -> int:
    """How much more is wanted than there is."""
    return max(0, wants - has)


def _row(quarter: str, has: int, wants: int, over: int) -> dict[str, Any]:
    return {"key": quarter, "name": "", "values": [has, wants, over]}


def capacity(quarters: Sequence[Mapping[str, Any]]) -> Frozen:
    """Person-days there are against those that are asked for, and how many too many, quarter by quarter (S62).

    Too many is reckoned for each person or role alone: what one has left over helps no other.
    """
    rows = [
        _row(q["quarter"], q["days"], q["demand"], sum(above(has, wants) for has, wants in q["each"])) for q in quarters
    ]
    return {"code": "capacity", "bases": [], "rows": rows, "total": [], "left": {}}


def _active(p: Facts, year: int) -> list[date]:
    """The quarters of a year a project lasts; all four where that is not known, so that no krone is lost."""
    every = [date(year, month, 1) for month in (1, 4, 7, 10)]
    return list(compress(every, _lasts(p, every))) or every if p["start"] and p["end"] else every


def _approved(p: Facts) -> dict[str, Decimal]:
    """What is approved of a project for each year: its budget, and no more in all than the frame that was decided."""
    years = p.get("years", {})
    budget = {year: Decimal(said["budget"]) for year, said in years.items()}
    frame = Decimal(p["frame_kr"]) if p.get("frame_kr") is not None else None
    planned = sum(budget.values(), Decimal(0))
    if frame is None or 0 < planned <= frame:
        return budget
    weights = budget if planned else {year: Decimal(said["forecast"]) for year, said in years.items()}
    whole = sum(weights.values(), Decimal(0))
    if not whole:
        return budget
    found = {year: (frame * weight / whole).quantize(STEP, ROUND_DOWN) for year, weight in weights.items()}
    last = max(found)
    return {**found, last: found[last] + frame - sum(found.values(), Decimal(0))}


def money(projects: Sequence[Facts], quarters: Sequence[date]) -> Frozen:
    """Kroner approved against those expected, and how many too many, quarter by quarter (S62).

    Money is written down by year. A year's kroner are spread equally over the quarters the project lasts in it.
    """
    shown = {quarter.year for quarter in quarters}
    sums: dict[str, dict[date, Decimal]] = {"budget": defaultdict(Decimal), "forecast": defaultdict(Decimal)}
    for p in projects:
        approved = _approved(p)
        for year, said in p.get("years", {}).items():
            if int(year) not in shown:
                continue
            when = _active(p, int(year))
            for name, kr in (("budget", approved[year]), ("forecast", Decimal(said["forecast"]))):
                for quarter, part in zip(when, parts(kr, len(when)), strict=True):
                    sums[name][quarter] += part
    whole = {name: whole_kroner(found) for name, found in sums.items()}
    nothing = Decimal(0)
    rows = []
    for quarter in quarters:
        has, wants = (int(whole[name].get(quarter, nothing)) for name in ("budget", "forecast"))
        rows.append(_row(quarter.isoformat(), has, wants, above(has, wants)))
    exempt = sum("costs" in p["exempt"] for p in projects)
    left = {"exempt": exempt, "unknown": sum(not p.get("years") for p in projects) - exempt}
    return {"code": "money", "bases": [], "rows": rows, "total": [], "left": left}


SIZES = ("small", "medium", "large")
WORK = ("development", "maintenance", "operation", NONE)


def pictures_of(
    projects: Sequence[Facts],
    *,
    goals: Sequence[Mapping[str, Any]],
    people: Sequence[Mapping[str, Any]],
    on: date,
) -> list[Frozen]:
    """Every picture of the portfolio on a day, as plain data: what a page shows, and what a report freezes."""
    quarters = quarters_from(on)
    return [
        goal_effect(projects, goals),
        _spent("sector", projects, _sector),
        _spent("size", projects, _size, SIZES),
        _spent("must", projects, _must, ("must", "should", HIDDEN)),
        _spent("work", projects, _work, WORK),
        bubbles(projects),
        money(projects, quarters),
        capacity(people),
        change_load(projects, quarters),
    ]
