"""What stands in a portfolio report (forms.md G.7): plain data, made once and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from samrad.portfolio.models import Portfolio, Project, ProjectAmount, StatusReport
from samrad.portfolio.queries import LIGHTS, MONEY_GROUP, Line, summary


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


def _texts(report: StatusReport | None, *, costs: bool, benefits: bool) -> dict[str, str]:
    """What was written to each light. It tells of money, and the last of benefits."""
    if report is None or not costs:
        return {}
    return {n: getattr(report, f"{n}_text") for n in LIGHTS if n != "benefit" or benefits}


def project_data(line: Line, hidden: Mapping[str, str]) -> dict[str, Any]:
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
        "sector": str(initiative.owning_sector or project.department),
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
        "period": _text(report.period_start) if report else None,
        "lights": {name: {"light": light, "trend": trend} for name, light, trend in line.lights()},
        "texts": _texts(report, costs=costs, benefits=benefits),
        "source_rating": project.source_rating,
    }
    if costs:
        amounts = {kind: _amount(amount) for kind, amount in sorted(line.amounts.items())}
        data["amounts"] = amounts if benefits else _without_benefits(amounts)
        data["budget_kr"] = _text(line.budget_kr)
        data["spent_kr"] = _text(report.spent_kr) if report else None
        data["forecast_kr"] = _text(report.forecast_kr) if report else None
        data["deviation_percent"] = line.deviation_percent
        data["forecast_end_date"] = _text(report.forecast_end_date) if report else None
    if benefits:
        data["benefit_kr"] = _text(line.benefit_kr)
        data["benefit_hours"] = line.benefit_hours
    return data


def report_data(
    portfolio: Portfolio,
    lines: list[Line],
    *,
    at: datetime,
    period: tuple[date, date],
    exempt: Mapping[int, Mapping[str, str]] | None,
) -> dict[str, Any]:
    """The whole report. `exempt` names the groups to leave out for each initiative; None leaves nothing out."""
    for line in lines:
        line.masked = dict((exempt or {}).get(line.project.initiative_id, {}))
    totals = summary(lines)
    return {
        "portfolio": portfolio.name,
        "vision": portfolio.vision,
        "manager": _name(portfolio.manager),
        "organisation": portfolio.owner.name,
        "taken_at": at.isoformat(),
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "summary": {k: str(v) if isinstance(v, Decimal) else v for k, v in totals.items()},
        "projects": [project_data(line, line.masked) for line in lines],
    }


# What a group of fields takes with it out of a project.
TAKES = {
    "costs": ("amounts", "budget_kr", "spent_kr", "forecast_kr", "deviation_percent", "forecast_end_date"),
    "benefits": ("benefit_kr", "benefit_hours"),
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
        if "benefits" in new:
            project["texts"] = {name: text for name, text in project["texts"].items() if name != "benefit"}
            project |= {"amounts": _without_benefits(project["amounts"])} if "amounts" in project else {}
        if "need" in new:
            project["goal"] = ""
        projects.append(project)
    totals = {**data["summary"], **(_sums(projects) if changed else {})}
    return {**data, "summary": totals, "projects": projects}
