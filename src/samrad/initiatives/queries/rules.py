"""What the form asks and reckons with on a day: adopted rows, and what holds where nothing is adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samrad.governance.models import OWN, Requirement
from samrad.governance.queries import in_force, requirements_on, size_classes, switched_off
from samrad.initiatives.content import DEFAULT_PLANS, Plan
from samrad.initiatives.models import Benefit, CalculationRates, FormScope, Initiative, ScreeningQuestion, ServiceDesk
from samrad.initiatives.queries.reading import house_id
from samrad.initiatives.screening import DEFAULT_QUESTIONS, Question
from samrad.initiatives.valuation import Gains, Rates, Valuation, Year, spread, value


def plans_of(owner_id: int, *, on: date) -> dict[str, Plan]:
    """What the form asks in a house, by size."""
    adopted = {
        row.size: Plan(row.size, tuple(row.steps), frozenset(row.left_out), row.from_municipalities)
        for row in in_force(FormScope.objects.filter(owner_id=owner_id), on).order_by("valid_from")
    }
    return {**DEFAULT_PLANS, **adopted}


def plan_for(initiative: Initiative, *, on: date) -> Plan:
    """What the form asks of a need as large as this, with what the house requires besides."""
    house, size = house_id(initiative), initiative.size
    plan = plans_of(house, on=on).get(size) or DEFAULT_PLANS["large"]
    rows = sorted(requirements_on(house, size, on), key=lambda row: (row.valid_from, row.pk))
    own = tuple(row for row in rows if row.is_own)
    return replace(plan, required=frozenset(row.code for row in rows), own=own, off=switched_off(house, size, on))


@dataclass(frozen=True)
class OwnAnswer:
    """A question that the house has added itself, and what was answered; empty where nothing was."""

    code: str
    question: str
    text: str


def own_answers(house: int, answers: Mapping[str, Any], *, asked: Iterable[str] = ()) -> list[OwnAnswer]:
    """What a house asks for besides the form, and what was answered; questions no longer asked stay answered."""
    codes = {*asked, *(code for code, value in answers.items() if value and code.startswith(OWN))}
    if not codes:
        return []
    found = {}
    for one in Requirement.objects.filter(owner_id=house, code__in=codes).order_by("valid_from", "pk"):
        value = answers.get(one.code) or ""
        said = _("Confirmed") if value and one.answer == Requirement.Answer.CONFIRM else str(value)
        found[one.code] = OwnAnswer(one.code, one.question, said)
    return list(found.values())


def latest(rows: QuerySet[Any]) -> int:
    """What the newest version of a rule is known by, for the page that is made from it; 0 where there is none."""
    return int(rows.order_by("-pk").values_list("pk", flat=True).first() or 0)


def size_limits(owner_id: int, *, on: date) -> list[tuple[str, Decimal | None, int | None]]:
    """The size classes a house has adopted, smallest first: below how many kroner and hours each holds."""
    return [(row.code, row.below_kr, row.below_hours) for row in size_classes(owner_id, on)]


def questions_for(owner_id: int, *, on: date) -> tuple[Question, ...]:
    """The questions of the check in a house."""
    rows = list(in_force(ScreeningQuestion.objects.filter(owner_id=owner_id), on))
    if not rows:
        return DEFAULT_QUESTIONS
    return tuple(
        Question(
            code=row.code,
            text=row.text,
            help=row.help,
            reviewer=row.reviewer,
            reason=row.reason,
            law=row.law,
            threshold_kr=row.threshold_kr,
            high_risk=row.high_risk,
        )
        for row in rows
    )


def screening_codes(owner_id: int) -> set[str]:
    """The codes of every question a house has had in its check: what was answered is kept under them."""
    return set(ScreeningQuestion.objects.filter(owner_id=owner_id).values_list("code", flat=True))


def screening_labels(codes: Iterable[str]) -> dict[str, str]:
    """What the questions of the check say, also those that are no longer asked."""
    known = {question.code: str(question.text) for question in DEFAULT_QUESTIONS}
    rows = ScreeningQuestion.objects.filter(code__in=list(codes)).order_by("valid_from")
    return {**known, **dict(rows.values_list("code", "text"))}


@dataclass(frozen=True)
class Called:
    """A reviewer who is called, and why."""

    question: Question
    likely: bool = False  # not answered, but the cost says it is probably yes


def called_reviewers(
    initiative: Initiative, *, on: date, questions: Sequence[Question] | None = None, costs: bool = True
) -> list[Called]:
    """Who is called by what is answered in the check, in the order of the questions; by the `costs` where they are read."""
    if questions is None:
        questions = questions_for(house_id(initiative), on=on)
    cost = (initiative.one_off_kr or Decimal(0)) + 4 * (initiative.annual_kr or Decimal(0))
    found = []
    for question in questions:
        answer = initiative.answers.get(question.field)
        likely = costs and not answer and question.threshold_kr is not None and cost >= question.threshold_kr
        if answer == "yes" or likely:
            found.append(Called(question, likely))
    return found


def rates_for(owner_id: int, *, on: date) -> Rates:
    """What a house reckons cost and benefit with."""
    row = in_force(CalculationRates.objects.filter(owner_id=owner_id), on).order_by("-valid_from").first()
    if row is None:
        return Rates()
    return Rates(
        hourly_kr=row.hourly_kr,
        discount_percent=row.discount_percent,
        horizon_years=row.horizon_years,
        sensitivity_percent=row.sensitivity_percent,
    )


def service_desk_for(owner_id: int, share_id: int | None, *, on: date) -> ServiceDesk | None:
    """Where a municipality takes what is operation: its own service desk, else the cooperation's."""
    rows = in_force(ServiceDesk.objects.filter(owner_id__in=[owner_id, share_id]), on).order_by("-valid_from")
    found = {row.owner_id: row for row in reversed(rows)}
    return found.get(owner_id) or found.get(share_id or 0)


def _number(value: Any) -> Decimal:
    try:
        return Decimal(str(value or 0))
    except InvalidOperation:
        return Decimal(0)


def years_of(initiative: Initiative, rates: Rates) -> tuple[Year, ...]:
    """The costs year by year: as they were written, else the usual spread over the solution's life."""
    written = initiative.answers.get("years")
    if isinstance(written, list) and written:
        return tuple(
            Year(
                one_off=_number(row.get("one_off")),
                running=_number(row.get("running")),
                hours=int(_number(row.get("hours"))),
                gain_percent=int(_number(row.get("gain"))),
            )
            for row in written
            if isinstance(row, dict)
        )
    return spread(
        initiative.one_off_kr or Decimal(0),
        initiative.annual_kr or Decimal(0),
        initiative.internal_hours or 0,
        horizon=min(initiative.lifetime_years or rates.horizon_years, 20),
    )


def gains_of(benefits: Sequence[Benefit]) -> Gains:
    """The benefits of a full year, by what they do to the budget."""
    effects = Benefit.BudgetEffect
    return Gains(
        budget_kr=sum((b.priced for b in benefits if b.budget_effect == effects.BUDGET_CUT), Decimal(0)),
        others_kr=sum((b.priced for b in benefits if b.budget_effect == effects.ELSEWHERE), Decimal(0)),
        hours=Decimal(sum(b.hours_a_year or 0 for b in benefits)),
    )


def valuation_of(initiative: Initiative, benefits: Sequence[Benefit], *, on: date) -> Valuation:
    """Cost and benefit of a need, reckoned with the house's rates."""
    rates = rates_for(house_id(initiative), on=on)
    return value(years_of(initiative, rates), gains_of(benefits), rates)
