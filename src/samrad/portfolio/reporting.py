"""What stands in a portfolio report (forms.md G.7): plain data, made once and frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from samrad.initiatives.content import SCREEN
from samrad.initiatives.models import Benefit
from samrad.portfolio.balancing import pictures_of, veiled
from samrad.portfolio.models import Portfolio, Project, ProjectAmount, Risk
from samrad.portfolio.queries import (
    MONEY_GROUP,
    Details,
    Extra,
    Line,
    Scope,
    balance_facts,
    details_of,
    extras_of,
    portfolio_own_risks,
    sector_of,
    summary,
    texts_of,
)
from samrad.portfolio.workflow import gate_from

SHAPE = 5
"""The shape of what is frozen here. A new one gets a new number, and `lifted` a step from the one before."""


@dataclass(frozen=True)
class Beside:
    """What the pictures are made of beside the lines: more about each project, the goals in force, and the people."""

    extras: Mapping[int, Extra]
    goals: Sequence[Mapping[str, Any]] = ()
    people: Sequence[Mapping[str, Any]] = ()
    roles: Sequence[Mapping[str, Any]] = ()


def _text(value: Decimal | date | datetime | None) -> str | None:
    if value is None:
        return None
    return str(value) if isinstance(value, Decimal) else value.isoformat()


def _name(person: Any) -> str:
    return person.name if person else ""


def _amount(amount: ProjectAmount) -> dict[str, Any]:
    return {
        "value": _text(amount.value),
        "low": _text(amount.low),
        "high": _text(amount.high),
        "currency": amount.currency,
        "unit": amount.unit,
        "price_base": amount.price_base,
        "unknown": amount.unknown_reason,
    }


def _people(project: Project) -> dict[str, str]:
    return {
        "owner": _name(project.project_owner) or project.owner_name,
        "manager": _name(project.project_manager),
        "benefit_responsible": _name(project.benefit_responsible),
    }


def _risk(risk: Risk) -> dict[str, Any]:
    return {"title": risk.title, "before": risk.before, "after": risk.after, "measure": risk.measure}


def _lights(line: Line) -> dict[str, dict[str, Any]]:
    """The five lights of a line, and how the change among people goes.

    Where another light was reckoned it stands beside, with the code and the number of its reason where that is open:
    `computed` is in no report that was frozen before it came, and is read as absent there.
    """
    found: dict[str, dict[str, Any]] = {name: {"light": light, "trend": trend} for name, light, trend in line.lights()}
    for name, one in line.beside().items():
        found[name]["computed"] = one.kept() if "costs" not in line.masked else one.kept()[:1]
    return found | {"change": {"light": line.report.change if line.report else "", "trend": ""}}


def _details(line: Line, details: Details, hidden: Mapping[str, str]) -> dict[str, Any]:
    """What stands about a project beside its line. Names and risks may tell of anything, and go with any group."""
    needs = sorted(details.needs)
    change, base = details.change, details.baseline
    steps = [
        {
            "name": "" if hidden else step.name,
            "kind": step.kind,
            "due": _text(step.due_date),
            "reached": _text(step.reached_date),
        }
        for step in details.milestones
    ]
    gate = gate_from(line.project.initiative.phase)
    asked = [{"kind": "gate", "gate": details.gate.gate, "state": details.gate.state}] if details.gate else []
    asked += [{"kind": "change", "gate": "", "state": change.state}] if change else []
    return {
        "milestones": steps,
        "risks": [] if hidden else [_risk(risk) for risk in details.risks],
        "needs": needs,
        "next_gate": gate.code if gate else "",
        "asked": asked,
        "approved_end": _text(base.end_date) if base else None,
        "personal_data": line.project.initiative.answers.get(f"{SCREEN}personal_data", ""),
        "ai": line.project.initiative.answers.get(f"{SCREEN}ai", ""),
    }


def project_data(line: Line, hidden: Mapping[str, str], details: Details) -> dict[str, Any]:
    """One project as the report keeps it; groups in `hidden` are left out, with the law that says so."""
    project, report = line.project, line.report
    initiative = project.initiative
    costs, benefits = "costs" not in hidden, "benefits" not in hidden
    data: dict[str, Any] = {
        "reference": initiative.reference,
        "title": initiative.title,
        "initiative_id": initiative.pk,
        "source_id": project.source_id,
        "municipality": initiative.owner.name,
        "sector": sector_of(line),
        "field": str(initiative.field or ""),
        "phase": initiative.phase,
        "status": initiative.status,
        **_people(project),
        "start_date": _text(project.start_date),
        "end_date": _text(project.end_date),
        "goal": "" if "need" in hidden else initiative.answers.get("goal", ""),
        "exempt": dict(hidden),
        "reported": report is not None,
        "reported_at": _text(localdate(report.reported_at)) if report else None,
        "last_reported": _text(localdate(line.lapsed.reported_at)) if line.lapsed else None,
        "period": _text(report.period_start) if report else None,
        "lights": _lights(line),
        "total_trend": line.trend,
        "texts": texts_of(report, hidden) if report else {},
        "source_rating": project.source_rating,
        **_details(line, details, hidden),
    }
    if costs:
        amounts = {kind: _amount(amount) for kind, amount in sorted(line.amounts.items())}
        data["amounts"] = amounts if benefits else _without_benefits(amounts)
        data["budget_kr"] = _text(line.budget_kr)
        base = details.baseline
        data["frame_kr"] = _text(base.frame_kr) if base else None
        data["sources"] = {source: str(kr) for source, kr in sorted(details.sources.items()) if kr}
        data["spent_kr"] = _text(report.spent_kr if report and report.spent_kr is not None else details.spent_kr)
        data["forecast_kr"] = _text(line.forecast.kr)
        data["deviation_percent"] = line.deviation_percent
        data["forecast_end_date"] = _text(report.forecast_end_date) if report else None
    if benefits:
        data["benefit_kr"] = _text(line.benefit_kr)
        data["benefit_hours"] = line.benefit_hours
        data["benefit_quality"] = details.quality
        data["benefit_approved"] = _approved(details)
    return data


def _approved(details: Details) -> dict[str, Any] | None:
    """The sums of the benefits as they stood when the project was decided."""
    if details.approved is None:
        return None
    rows = details.approved
    kr = sum((Decimal(row.get("kroner_a_year") or 0) for row in rows), Decimal(0))
    hours = sum(row.get("hours_a_year") or 0 for row in rows)
    quality = sum(row.get("kind") == Benefit.Kind.QUALITY for row in rows)
    return {"kr": str(kr), "hours": hours, "quality": quality}


def report_data(
    portfolio: Portfolio,
    lines: list[Line],
    *,
    at: datetime,
    period: tuple[date, date],
    exempt: Mapping[int, Mapping[str, str]] | None,
    scope: Scope | None = None,
    details: Mapping[int, Details] | None = None,
    beside: Beside | None = None,
    homes: Sequence[Portfolio] = (),
) -> dict[str, Any]:
    """The whole report. `exempt` names the groups to leave out for each initiative; None leaves nothing out."""
    for line in lines:
        line.masked = dict((exempt or {}).get(line.project.initiative_id, {}))
        line.lapse(period[0])
    totals = summary(lines)
    chosen = scope or Scope()
    ids = [line.project.pk for line in lines]
    if details is None:
        details = details_of(ids)
    beside = beside or Beside(extras_of(ids))
    projects = [
        project_data(line, line.masked, details.get(line.project.pk) or Details())
        | {"balance": balance_facts(line, beside.extras[line.project.pk], line.masked)}
        for line in lines
    ]
    return {
        "shape": SHAPE,
        "scope": {"kind": chosen.kind, "name": chosen.name or portfolio.name},
        "portfolio": portfolio.name,
        "vision": portfolio.vision,
        "manager": _name(portfolio.manager),
        "organisation": portfolio.owner.name,
        "taken_at": at.isoformat(),
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "summary": {k: str(v) if isinstance(v, Decimal) else v for k, v in totals.items()},
        "projects": projects,
        "own_risks": _own_risks(homes or [portfolio]),
        "roles": list(beside.roles),
        **_balance(projects, beside.goals, beside.people, localdate(at)),
    }


def _own_risks(homes: Sequence[Portfolio]) -> list[dict[str, Any]]:
    """The portfolios' own risks; whose each is, where the report covers several."""
    several = len(homes) > 1
    rows = [(risk, risk.portfolio.name if several and risk.portfolio else "") for risk in portfolio_own_risks(homes)]
    return [_risk(risk) | {"portfolio": name} for risk, name in rows]


def _balance(projects: Sequence[Mapping[str, Any]], goals: Any, people: Any, on: date) -> dict[str, Any]:
    """The pictures of the portfolio, and what they are made of beside the projects: frozen with them."""
    pictures = pictures_of([p["balance"] for p in projects], goals=goals, people=people, on=on)
    return {"goals": goals, "people": people, "pictures": pictures}


# What a shape that came later has in each project, as it stands for a report that was frozen before.
_SINCE_2: dict[str, Any] = {
    "milestones": [],
    "risks": [],
    "needs": [],
    "next_gate": "",
    "asked": [],
    "approved_end": None,
    "personal_data": "",
}


def lifted(data: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen report in the newest shape, whatever shape it was frozen in; what it never held stays empty."""
    found = {"settled": None, **data}  # what is settled stands in no report from before shape 3
    if found.get("shape", 1) < 2:
        found["projects"] = [{**_SINCE_2, **p, "lights": _with_change(p["lights"])} for p in found["projects"]]
        found |= {"scope": {"kind": "portfolio", "name": found["portfolio"]}, "own_risks": [], "shape": 2}
    if found["shape"] < 3:
        found |= {"goals": [], "people": [], "pictures": [], "shape": 3}  # none were frozen, and none are made up now
    if found["shape"] < 4:  # what was settled was of the one portfolio, and said without its name
        risks = [{"portfolio": "", **risk} for risk in found["own_risks"]]
        settled = found["settled"] or {}
        named = {name: [{"portfolio": "", **row} for row in rows] for name, rows in settled.items()}
        found |= {"own_risks": risks, "settled": named or None, "shape": 4}
    if found["shape"] < 5:  # who the projects asked for was not kept, nor what was approved of benefits
        found |= {"roles": None, "shape": 5}
    return found


def _with_change(lights: Mapping[str, Any]) -> dict[str, Any]:
    return {**lights, "change": lights.get("change", {"light": "", "trend": ""})}


# What a group of fields takes with it out of a project.
TAKES = {
    "costs": (
        "amounts",
        "budget_kr",
        "frame_kr",
        "sources",
        "spent_kr",
        "forecast_kr",
        "deviation_percent",
        "forecast_end_date",
    ),
    "benefits": ("benefit_kr", "benefit_hours", "benefit_quality", "benefit_approved"),
}


def _sums(projects: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of a report, of what stands in its projects."""

    def total(name: str) -> Decimal:
        return sum((Decimal(p.get(name) or 0) for p in projects), Decimal(0))

    budgets: dict[str, Decimal] = {}
    for project in projects:
        if project.get("budget_kr") is not None:
            base = project["amounts"]["budget"]["price_base"]
            budgets[base] = budgets.get(base, Decimal(0)) + Decimal(project["budget_kr"])
    return {
        "budget_kr": str(total("budget_kr")) if len(budgets) < 2 else None,
        "budgets": [{"price_base": base, "kr": str(kr)} for base, kr in sorted(budgets.items())],
        "spent_kr": str(total("spent_kr")),
        "benefit_kr": str(total("benefit_kr")),
        "benefit_hours": int(total("benefit_hours")),
    }


def _without_benefits(amounts: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: amount for kind, amount in amounts.items() if kind not in MONEY_GROUP["benefits"]}


def _without_why(one: Mapping[str, Any]) -> dict[str, Any]:
    """A light where the reason of the one that was computed is taken out: it tells of money."""
    return {**one, "computed": one["computed"][:1]} if "computed" in one else dict(one)


def without(data: Mapping[str, Any], exempt: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    """A frozen report without what was exempt from public access after it was made; frozen it stays."""
    projects, changed = [], False
    for standing in data["projects"]:
        new = {g: law for g, law in exempt.get(standing["initiative_id"], {}).items() if g not in standing["exempt"]}
        changed = changed or bool(new)
        gone = {name for group in new for name in TAKES.get(group, ())}
        project = {name: value for name, value in standing.items() if name not in gone}
        project["exempt"] = {**standing["exempt"], **new}
        if "costs" in new:
            project["texts"] = {}
            project["lights"] = {name: _without_why(one) for name, one in project["lights"].items()}
        if "benefits" in new:
            project["texts"] = {name: text for name, text in project["texts"].items() if name != "benefit"}
            project |= {"amounts": _without_benefits(project["amounts"])} if "amounts" in project else {}
        if "need" in new:
            project["goal"] = ""
        if new and "milestones" in project:
            project["risks"] = []
            project["milestones"] = [{**step, "name": ""} for step in project["milestones"]]
        if "balance" in project:
            project["balance"] = veiled(project["balance"], new)
        projects.append(project)
    if not changed:
        return {**data, "projects": projects}
    found = {**data, "summary": {**data["summary"], **_sums(projects)}, "projects": projects}
    if "pictures" in data:
        taken = localdate(datetime.fromisoformat(data["taken_at"]))
        found |= _balance(projects, data["goals"], data["people"], taken)
    return found
