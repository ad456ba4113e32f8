"""Reads of what is to be assessed in a case: who is expected, who is asked, and what they have answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samrad.anchoring.queries import REMIND_BEFORE, members_on
from samrad.cases.models import Case
from samrad.cases.queries import participants_of
from samrad.governance.queries import budget_hours, coordinating
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id, needs_budget
from samrad.initiatives.queries import Called, called_reviewers
from samrad.organisation.models import Entity, Person
from samrad.secretariat.models import Assessment, Review

Kind = Assessment.Kind
FOUR = (Kind.TECHNOLOGY, Kind.INNOVATION, Kind.BENEFIT, Kind.ORGANISATION)
"""The four that every case paper has side by side (S37)."""

# Which assessment a yes in the check calls for. A question the house has added itself is called by its own code.
CALLED: dict[str, str] = {
    "personal_data": Kind.PRIVACY,
    "ai": Kind.AI,
    "security": Kind.SECURITY,
    "accessibility": Kind.ACCESSIBILITY,
    "procurement": Kind.PROCUREMENT,
    "archive": Kind.ARCHIVE,
    "integrations": Kind.TECHNOLOGY,
    "working_environment": Kind.WORKING_ENVIRONMENT,
    "climate": Kind.CLIMATE,
}


@dataclass(frozen=True)
class Wanted:
    """An assessment that is expected in a case, and why."""

    kind: str
    title: str = ""
    town: Entity | None = None
    reasons: tuple[str, ...] = ()
    likely: bool = False  # the check has no answer, but the cost says it is probably yes

    @property
    def key(self) -> str:
        """How a form names it."""
        return key_of(self.kind, self.town.pk if self.town else None)

    @property
    def label(self) -> str:
        """What it is, in words."""
        return Assessment(kind=self.kind, title=self.title, municipality=self.town).label


def key_of(kind: str, municipality_id: int | None) -> str:
    """How a form names an assessment: its kind, and the municipality it is for."""
    return f"{kind}:{municipality_id}" if municipality_id else kind


def read_key(key: str) -> tuple[str, int | None]:
    """The kind and the municipality a form means."""
    kind, _colon, town = key.partition(":")
    return kind, int(town) if town.isdecimal() else None


def towns_of(initiative: Initiative) -> dict[int, Entity]:
    """The municipalities that take part, by name."""
    return {one.pk: one for one in Entity.objects.filter(pk__in=participants_of(initiative)).order_by("name")}


def in_budget(initiative: Initiative, *, on: date) -> bool:
    """Does the case need budget, so that finance must be heard?"""
    return needs_budget(initiative, hours_limit=budget_hours(house_id(initiative), on=on)).allowed


def wanted_in(called: Iterable[Called], *, budget: bool, towns: Iterable[Entity]) -> list[Wanted]:
    """What a case is to have: the four, what the check calls for, and finance for each municipality that pays."""
    reasons: dict[str, list[str]] = {str(kind): [] for kind in FOUR}
    titles: dict[str, str] = {}
    likely: set[str] = set()
    for one in called:
        kind = str(CALLED.get(one.question.code, one.question.code))
        reasons.setdefault(kind, []).append(str(one.question.reason))
        if kind not in Kind.values:
            titles[kind] = str(one.question.reviewer)
        if one.likely:
            likely.add(kind)
    found = [Wanted(k, titles.get(k, ""), None, tuple(why), k in likely) for k, why in reasons.items()]
    return [*found, *(Wanted(Kind.FINANCE, "", town) for town in towns if budget)]


@dataclass(frozen=True)
class AssessmentLine:
    """One assessment of a case as it stands: expected or not, asked for or not, written or not."""

    wanted: Wanted
    assessment: Assessment | None
    review: Review | None
    late: bool
    four: bool

    @property
    def state(self) -> str:
        """assessed, not_assessed (with a reason), late, asked or missing."""
        if self.review is not None and self.review.waits:
            return "late" if self.late else "asked"
        if self.assessment is None:
            return "missing"
        return "assessed" if self.assessment.text else "not_assessed"


def lines_of(
    wanted: Sequence[Wanted], assessments: Iterable[Assessment], reviews: Iterable[Review], *, on: date
) -> list[AssessmentLine]:
    """Each assessment of a case, the four first, then what is expected, then what is there besides."""
    written = {key_of(a.kind, a.municipality_id): a for a in assessments if a.kind != Kind.SECRETARIAT}
    asked = {key_of(r.kind, r.municipality_id): r for r in reviews if r.withdrawn_at is None}
    also: dict[str, Wanted] = {}
    rows: list[Assessment | Review] = [*written.values(), *asked.values()]
    for row in rows:
        also[key_of(row.kind, row.municipality_id)] = Wanted(row.kind, row.title, row.municipality)
    every = {**{w.key: w for w in wanted}, **{k: w for k, w in also.items() if k not in {w.key for w in wanted}}}
    return [
        AssessmentLine(w, written.get(key), asked.get(key), _late(asked.get(key), on), w.kind in FOUR)
        for key, w in every.items()
    ]


def _late(review: Review | None, on: date) -> bool:
    return review is not None and review.waits and review.due_date < on


@dataclass(frozen=True)
class Assessed:
    """What is assessed in a case, and what is missing before its paper can be made."""

    lines: list[AssessmentLine]
    budget: bool
    towns: dict[int, Entity]

    @property
    def four(self) -> list[AssessmentLine]:
        return [line for line in self.lines if line.four]

    @property
    def others(self) -> list[AssessmentLine]:
        return [line for line in self.lines if not line.four]

    @property
    def unanswered(self) -> list[AssessmentLine]:
        """Of the four, those that are neither written nor set aside with a reason."""
        return [line for line in self.four if line.assessment is None]

    @property
    def finance(self) -> set[int]:
        """The municipalities whose finance question is answered."""
        rows = (line.assessment for line in self.lines if line.wanted.kind == Kind.FINANCE)
        return {row.municipality_id for row in rows if row is not None and row.municipality_id is not None}


def assessed_in(
    case: Case,
    initiative: Initiative,
    assessments: Iterable[Assessment],
    *,
    on: date,
    called: Sequence[Called] | None = None,
) -> Assessed:
    """Everything about the assessments of a case on a day."""
    found = called_reviewers(initiative, on=on) if called is None else called
    budget, towns = in_budget(initiative, on=on), towns_of(initiative)
    reviews = case.reviews.select_related("person", "municipality")
    wanted = wanted_in(found, budget=budget, towns=towns.values())
    return Assessed(lines_of(wanted, assessments, reviews, on=on), budget, towns)


def lacking_in(initiative: Initiative, assessments: Iterable[Assessment], *, on: date) -> Assessed:
    """The four and finance alone, without who is asked: enough to say what a case paper lacks."""
    budget, towns = in_budget(initiative, on=on), towns_of(initiative)
    wanted = wanted_in((), budget=budget, towns=towns.values())
    return Assessed(lines_of(wanted, assessments, (), on=on), budget, towns)


def written_in(case: Case) -> list[Assessment]:
    """The assessments of a case, each with who wrote it and for which municipality."""
    return list(case.assessments.select_related("written_by", "municipality").order_by("pk"))


def coordinator_ids(case: Case, *, on: date) -> frozenset[int]:
    """Those who may give a coordinator's advice in a case: the register of the house that treats it."""
    return frozenset(coordinating(case.shared_with_id or case.owner_id, on=on).values_list("pk", flat=True))


def people_to_ask(case: Case, *, on: date) -> QuerySet[Person]:
    """Those who can be asked: who works in the house that treats the case, or in one of its members."""
    house = case.shared_with_id or case.owner_id
    rows = Person.objects.filter(owner_id__in={house} | members_on(house, on), active=True)
    return rows.select_related("owner").order_by("name", "pk")


def unanswered_reviews(on: date) -> QuerySet[Review]:
    """The reviews that wait for an answer, where a reminder or the deadline may be due: what the timer follows up."""
    waiting = Review.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True, case__closed_at__isnull=True)
    return waiting.filter(passed_at__isnull=True, due_date__lte=on + REMIND_BEFORE).order_by("due_date", "pk")
