"""The yearly self-evaluation by the statements that are rules of the house: weaknesses of the old model, and requirements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.governance.queries import Statement, in_force
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership
from samrad.overview.models import SelfCheck

LOW, MOST = 2, 5

# Where what is said of a standard statement is mended.
MENDED: dict[str, tuple[Promise, str]] = {
    "predictable": (_("Plan the meetings of the year"), "governance:cycle_now"),
    "planned": (_("Look at the strategy and its reports"), "strategy:strategy_list"),
    "benefits": (_("Find initiatives without an owner"), "overview:owner_list"),
    "development": (_("See who may do what"), "organisation:role_matrix"),
    "form": (_("Set up the archive"), "archive:setup_list"),
    "groundwork": (_("Look at the requirements"), "governance:rule_front"),
    "anchoring": (_("See that every sector has a head"), "organisation:unit_list"),
    "who": (_("Look at «Where do I go?»"), "overview:where_list"),
    "council": (_("See the line of governance"), "overview:steering_line"),
    "members": (_("Look at the seats of the council"), "governance:body_list"),
    "chair": (_("Look at the seats of the council"), "governance:body_list"),
    "coordinator": (_("Enter a coordinator"), "governance:coordinator_list"),
    "secretariat": (_("Look at the secretariat's mandate and seats"), "governance:body_list"),
}


@dataclass(frozen=True)
class Checked:
    """A municipality that judges itself, and the cooperations of the actor's that it is a member of."""

    entity: Entity
    cooperations: tuple[int, ...]

    @property
    def houses(self) -> tuple[int, ...]:
        """The entities whose secretariat and administrator answer for it."""
        return (self.entity.pk, *self.cooperations)

    @property
    def rule_houses(self) -> tuple[int, ...]:
        """The entities whose statements it is judged by: the cooperation's go before its own."""
        return (*self.cooperations, self.entity.pk)


def checked_entities(actor: Actor, *, on: date) -> list[Checked]:
    """The municipalities whose self-evaluations the actor's house sees: its own, and those of its cooperation."""
    if not actor.is_person:
        return []
    rows = in_force(Membership.objects.filter(cooperation_id__in=actor.entities), on).order_by("cooperation_id")
    of: dict[int, tuple[int, ...]] = {}
    for member, cooperation in rows.values_list("member_id", "cooperation_id"):
        of[member] = (*of.get(member, ()), cooperation)
    found = Entity.objects.filter(pk__in={*actor.entities, *of}, kind=Entity.Kind.MUNICIPALITY).order_by("name")
    return [Checked(entity, of.get(entity.pk, ())) for entity in found]


def checks_visible_to(actor: Actor) -> QuerySet[SelfCheck]:
    """The self-evaluations of one's own houses."""
    return SelfCheck.objects.all() if actor.is_person else SelfCheck.objects.none()


@dataclass(frozen=True)
class Result:
    """How a municipality judged itself in one year: the average, and of weaknesses and requirements apart."""

    year: int
    average: float
    weaknesses: float
    requirements: float


def _mean(scores: Iterable[int]) -> float:
    known = list(scores)
    return round(sum(known) / len(known), 1) if known else 0.0


def result_of(check: SelfCheck, statements: Iterable[Statement]) -> Result:
    """The averages of one year, by the statements that held when it was answered."""
    weak = {s.code for s in statements if s.weakness}
    scores: dict[str, int] = check.scores
    return Result(
        check.year,
        _mean(scores.values()),
        _mean(v for k, v in scores.items() if k in weak),
        _mean(v for k, v in scores.items() if k not in weak),
    )


@dataclass(frozen=True)
class Low:
    """One low score, and where it is mended: nowhere for a statement that the house has made itself."""

    text: str
    score: int
    label: str = ""
    url: str = ""


def low_scores(check: SelfCheck, statements: Iterable[Statement]) -> list[Low]:
    """What scored low, the lowest first, each with the page that mends it."""
    found = []
    for one in statements:
        score = check.scores.get(one.code)
        if score is not None and score <= LOW:
            label, page = MENDED.get(one.code, ("", ""))
            found.append(Low(one.text, score, str(label), reverse(page) if page else ""))
    return sorted(found, key=lambda low: low.score)
