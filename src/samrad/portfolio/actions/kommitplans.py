"""What KommIT's workbook would do with a project, its benefits, stakeholders and money: nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.benefits.actions import PlanLine
from samrad.benefits.models import PlannedBenefit
from samrad.core.money import kroner
from samrad.core.verdict import Refused
from samrad.governance.models.bodies import HOURS_A_YEAR
from samrad.initiatives.actions import BenefitRow
from samrad.initiatives.models import Benefit, Initiative
from samrad.portfolio.actions.money import MoneyRow
from samrad.portfolio.actions.rowscenes import CHANGED, NEW, SAME, Outcome, Scene
from samrad.portfolio.actions.stakeholders import StakeholderRow
from samrad.portfolio.models import Portfolio, Project, Stakeholder
from samrad.portfolio.queries import names_of, removed_stakeholders, stakeholders_of
from samrad.portfolio.sheets.bringing import Brought
from samrad.portfolio.sheets.kommit import (
    DIRECT,
    FRONT,
    INDIRECT,
    LIST,
    PLAN,
    KommitBenefit,
    KommitBook,
    KommitStakeholder,
    source_of,
)
from samrad.portfolio.workflow import STAFFED_PHASES

KINDS = {DIRECT: Benefit.Kind.AVOIDED_COST, INDIRECT: Benefit.Kind.SAVED_TIME}
EFFECTS = {DIRECT: Benefit.BudgetEffect.BUDGET_CUT, INDIRECT: Benefit.BudgetEffect.FREED_TIME}
INVOLVEMENT = {
    "intervjue": Stakeholder.Involvement.INTERVIEW,
    "invitere til gevinstworkshop": Stakeholder.Involvement.WORKSHOP,
    "holde informert": Stakeholder.Involvement.INFORM,
    "involvere senere": Stakeholder.Involvement.LATER,
    "ikke involvere": Stakeholder.Involvement.NOT,
}


@dataclass
class _Work:
    """One workbook on its way in: what stands here already, and what is to be done."""

    scene: Scene
    portfolio: Portfolio
    book: KommitBook
    project: Project | None
    outcome: Outcome = field(default_factory=Outcome)
    facts: dict[str, Any] = field(default_factory=dict)
    benefits: list[tuple[KommitBenefit, BenefitRow]] = field(default_factory=list)
    stakeholders: list[tuple[int | None, StakeholderRow]] = field(default_factory=list)
    money: list[MoneyRow] = field(default_factory=list)


def _found(scene: Scene, portfolio: Portfolio, name: str) -> Project | None:
    names = names_of(scene.by, portfolio, on=localdate(scene.at), wanted="money")
    found = names.find(source_of(name)) or names.find(name)
    if len(found) > 1:
        raise Refused(_("Several projects here have the name of the workbook. Give one of them another name first."))
    return found[0] if found else None


def _facts(work: _Work) -> dict[str, Any]:
    """What the front page says of the project, by field; what it leaves blank is left as it is."""
    book, project = work.book, work.project
    row = Brought(1, 4, {}, {}, [], {"owner": f"{FRONT}!B17", "manager": f"{FRONT}!B18"})
    said: dict[str, Any] = {"start_date": book.start_date, "end_date": book.end_date}
    if book.start_date and book.end_date and book.end_date < book.start_date:
        row.doubt(f"{FRONT}!B11", book.end_date.isoformat(), "ends_before_start")
        said["end_date"] = None
    said["owner_name"] = book.roles["owner"]
    if (project.initiative.phase if project else _phase(book)) in STAFFED_PHASES and not _all_named(work):
        row.doubt("owner", book.roles["owner"], "three_at_once")
        work.outcome.unknown += row.unknown
        return {name: value for name, value in said.items() if value}
    for role, field_name in (("owner", "project_owner_id"), ("manager", "project_manager_id")):
        row.values[role] = book.roles[role]
        standing = getattr(project, field_name.removesuffix("_id")) if project else None
        person = work.scene.person(row, role, standing)
        said[field_name] = person.pk if person else None
    work.outcome.unknown += row.unknown
    return {name: value for name, value in said.items() if value}


def _all_named(work: _Work) -> bool:
    """Would owner, manager and benefit responsible all be known? A project under way must have the three."""
    project, named = work.project, work.scene.named
    return bool(
        project
        and project.benefit_responsible_id
        and (project.project_owner_id or len(named(work.book.roles["owner"])) == 1)
        and (project.project_manager_id or len(named(work.book.roles["manager"])) == 1)
    )


def _texts(book: KommitBook) -> dict[str, str]:
    texts = {"description": book.purpose, "cost_text": book.cost_text, "benefits_text": book.judgement}
    if book.benefits:
        texts["kommit_npv"] = kroner(book.net_present_value.quantize(Decimal(1)))
        texts["kommit_freed"] = f"{book.freed_a_year.quantize(Decimal('0.01'))}".replace(".", ",")
    if book.freed_use:
        texts["kommit_use"] = book.freed_use
    if book.legal:
        texts["kommit_legal"] = book.legal
    return {name: text for name, text in texts.items() if text}


def _plan_project(work: _Work) -> None:
    work.facts = _facts(work)
    project, texts = work.project, _texts(work.book)
    row = Brought(1, 4, {}, {}, [])
    if project is None:
        work.outcome.take(row, NEW)
        return
    budget = project.amounts.filter(kind="budget").first()
    same = (
        all(getattr(project, name) == value for name, value in work.facts.items())
        and {**project.texts, **texts} == project.texts
        and (work.book.budget_kr is None or (budget is not None and budget.value == work.book.budget_kr))
        and not work.money
    )
    work.outcome.take(row, SAME if same else CHANGED)


def _assumption(said: KommitBenefit) -> str:
    """What the workbook says around a benefit, in the words of its own headings."""
    parts = (
        ("Prosess", said.process),
        ("Endring", said.change),
        ("Strategisk mål", said.goal),
        ("Forutsetninger", said.assumption),
        ("Gevinstbudsjett, fire år", "; ".join("–" if b is None else f"{b:f}".replace(".", ",") for b in said.budget)),
        ("Tiltak", said.measure),
        ("Frist for tiltak", said.measure_due.strftime("%d.%m.%Y") if said.measure_due else ""),
        ("Hvordan gevinsten omsettes", said.use),
        ("Når gevinsten blir realisert", said.realised),
        ("Betydning (1–5)", str(said.importance or "")),
    )
    return "\n".join(f"{name}: {text}" for name, text in parts if text.strip("–; "))


def _plan_benefits(work: _Work) -> None:
    standing = {b.title.casefold(): b for b in _benefits_of(work.project)}
    planned = {p.benefit_id: p for p in PlannedBenefit.objects.filter(benefit__in=standing.values())}
    seen: set[str] = set()
    for number, said in enumerate(work.book.benefits, start=2):
        row = Brought(number, said.line, {}, {}, [], {"responsible": f"{PLAN}!G{2 * said.line - 5}"})
        title = said.title[:200]
        if title.casefold() in seen:
            work.outcome.refuse([row], "row_twice")
            continue
        seen.add(title.casefold())
        if work.project and work.project.initiative.origin != Initiative.Origin.IMPORTED:
            work.outcome.refuse([row], "benefits_written_here")
            continue
        found = standing.get(title.casefold())
        row.values["responsible"] = said.responsible
        owner = work.scene.person(row, "responsible", found.benefit_owner if found else None)
        new = _benefit_row(row, said, title, found, owner.pk if owner else None)
        same = found is not None and all(getattr(found, n) == getattr(new, n) for n in COMPARED)
        same = same and _plan_stands(row, said, new, planned.get(found.pk if found else 0))
        if said.measured is not None:
            row.doubt("measured", f"{said.measured:f}", "not_brought_in")
        work.outcome.take(row, NEW if found is None else SAME if same else CHANGED)
        if not same:
            work.benefits.append((said, new))


def _plan_stands(row: Brought, said: KommitBenefit, new: BenefitRow, standing: PlannedBenefit | None) -> bool:
    """Is nothing of how it is realised left to take in? What somebody has written here already stays, and is told of."""
    if not _has_plan(said):
        return True
    line = _plan_line(said, new)
    if standing is not None and any(getattr(standing, name) != value for name, value in vars(line).items()):
        row.doubt("indicator", said.indicator, "plan_written_here")
    return standing is not None


def _has_plan(said: KommitBenefit) -> bool:
    return bool(said.indicator or said.unit or said.goal_value is not None)


MOST_HOURS, MOST_KR = 2_147_483_647, Decimal(10) ** 12
COMPARED = ("title", "kind", "budget_effect", "kroner_a_year", "hours_a_year", "assumption", "benefit_owner_id")


def _benefits_of(project: Project | None) -> list[Benefit]:
    if project is None:
        return []
    return list(project.initiative.benefits.filter(removed_at__isnull=True).select_related("benefit_owner"))


def _held(row: Brought, amount: Decimal | None, most: Decimal | int, *, least: Decimal | int) -> Decimal | None:
    """An amount that can be kept; one that is too large or below what it can be is an unknown cell."""
    if amount is None or least <= amount < most:
        return amount
    row.doubt("budget", f"{amount:f}", "number_too_large" if amount > 0 else "below_nothing")
    return None


def _benefit_row(
    row: Brought, said: KommitBenefit, title: str, found: Benefit | None, owner_id: int | None
) -> BenefitRow:
    stated = any(amount is not None for amount in said.budget)
    kroner_a_year = said.a_year.quantize(Decimal("0.01")) if said.kind == DIRECT and stated else None
    kroner_a_year = _held(row, kroner_a_year, MOST_KR, least=-MOST_KR)
    hours = (said.a_year * HOURS_A_YEAR).to_integral_value() if said.kind == INDIRECT and stated else None
    hours = _held(row, hours, MOST_HOURS, least=0)
    return BenefitRow(
        id=found.pk if found else None,
        title=title,
        kind=KINDS.get(said.kind, Benefit.Kind.QUALITY),
        budget_effect=EFFECTS.get(said.kind, Benefit.BudgetEffect.UNPRICED),
        recipient=found.recipient if found else Benefit.Recipient.MUNICIPALITY,
        kroner_a_year=kroner_a_year,
        hours_a_year=int(hours) if hours is not None else None,
        assumption=_assumption(said),
        uncertainty=found.uncertainty if found else "",
        quality_before=found.quality_before if found else None,
        quality_after=found.quality_after if found else None,
        benefit_owner_id=owner_id,
    )


def _plan_stakeholders(work: _Work) -> None:
    standing = {s.name.casefold(): s for s in stakeholders_of(work.project)} if work.project else {}
    gone = {s.name.casefold() for s in removed_stakeholders(work.project)} if work.project else set()
    seen: set[str] = set()
    for number, said in enumerate(work.book.stakeholders, start=2 + len(work.book.benefits)):
        row = Brought(number, said.line, {}, {}, [])
        if said.name.casefold() in seen:
            work.outcome.refuse([row], "row_twice")
            continue
        seen.add(said.name.casefold())
        found = standing.get(said.name.casefold())
        if found is None and said.name.casefold() in gone:
            row.doubt(f"{LIST}!A{said.line}", said.name, "taken_off_here")
            work.outcome.take(row, SAME)
            continue
        new = _stakeholder_row(row, said, found)
        same = found is not None and all(getattr(found, name) == value for name, value in vars(new).items())
        work.outcome.take(row, NEW if found is None else SAME if same else CHANGED)
        if not same:
            work.stakeholders.append((found.pk if found else None, new))


def _stakeholder_row(row: Brought, said: KommitStakeholder, found: Stakeholder | None) -> StakeholderRow:
    word = said.involvement.casefold().strip()
    if word and word not in INVOLVEMENT:
        row.doubt(f"{LIST}!B{said.line}", said.involvement, "not_a_choice")
    had = found or Stakeholder()
    return StakeholderRow(
        name=found.name if found else said.name,
        group=had.group,
        interest="\n".join(text for text in (said.affected, said.comment) if text) or had.interest,
        influence=had.influence if said.influence is None else said.influence,
        attitude=had.attitude if said.attitude is None else said.attitude,
        involvement=INVOLVEMENT.get(word, had.involvement),
        responsible=had.responsible,
        measures=said.strategy or had.measures,
        due_date=had.due_date,
        done=had.done,
    )


def _plan_money(work: _Work) -> None:
    """Investment and running costs as lines of the project's money, where the workbook says which years it means."""
    book = work.book
    years = _years(book)
    stated = [(0, "investment", book.investment_kr), *((n + 1, "running", k) for n, k in enumerate(book.running_kr))]
    wanted = [(place, kind, amount) for place, kind, amount in stated if amount]
    if wanted and years is None:
        row = Brought(1, 26, {}, {}, [])
        row.doubt("KONSEPT - Gevinstanalyse!D6:G6", "", "kommit_years")
        work.outcome.unknown += row.unknown
        return
    lines = {m.key: m for m in map(_money_row, work.project.money.all())} if work.project else {}
    before = dict(lines)
    for place, kind, amount in wanted:
        base = lines.get((years[place], kind, "own")) if years else None
        row_of = base or MoneyRow(year=years[place] if years else 0, kind=kind, source="own")
        lines[row_of.key] = MoneyRow(**{**vars(row_of), "budget_kr": abs(amount).quantize(Decimal(1))})
    work.money = [lines[key] for key in sorted(lines)] if lines != before else []


def _money_row(line: Any) -> MoneyRow:
    return MoneyRow(**{name: getattr(line, name) for name in MoneyRow.__dataclass_fields__})


def _years(book: KommitBook) -> list[int] | None:
    """The five years of the workbook: the one of the investment, and the four of the benefits (its years 2 to 5)."""
    said = next(((place, year) for place, year in enumerate(book.years) if year), None)
    first = said[1] - said[0] - 1 if said else book.start_date.year if book.start_date else None
    return [first + n for n in range(5)] if first and 2000 <= first <= 2095 else None


def _phase(book: KommitBook) -> str:
    """How far it has come, by which sheets are filled in."""
    if any(b.measured is not None for b in book.benefits):
        return "realise"
    return "plan" if any(b.measure or b.indicator for b in book.benefits) else "concept"


def _plan_line(said: KommitBenefit, row: BenefitRow) -> PlanLine:
    return PlanLine(
        benefit_owner_id=row.benefit_owner_id,
        indicator=said.indicator,
        unit=said.unit,
        baseline_value=_two(said.start),
        baseline_how=said.method,
        target_value=_two(said.goal_value),
        target_date=said.realised_date,
    )


def _two(value: Decimal | None) -> Decimal | None:
    return value.quantize(Decimal("0.01")) if value is not None and abs(value) < Decimal(10) ** 12 else None
