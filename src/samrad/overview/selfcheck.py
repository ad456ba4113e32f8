"""The yearly self-evaluation: the model's four weaknesses and nine requirements, as statements with dates and source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.governance.queries import in_force
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership
from samrad.overview.models import SelfCheck

LOW, MOST = 2, 5
START = date(2025, 1, 1)
SOURCE = "Veileder for digitaliseringsråd"


class Statement(NamedTuple):
    """One statement, agreed with from 1 to 5. A statement that is changed gets a new code, and the old one its last day."""

    code: str
    weakness: bool
    text: Promise
    mend: Promise
    page: str
    valid_from: date = START
    valid_to: date | None = None
    source: str = SOURCE


STATEMENTS: tuple[Statement, ...] = (
    Statement("predictable", True, _("We know when a need is treated, and by whom."), _("Plan the meetings of the year"), "governance:cycle_now"),
    Statement("planned", True, _("What we start follows from the strategy, not from who shouts loudest."), _("Look at the strategy and its reports"), "strategy:strategy_list"),
    Statement("benefits", True, _("Every benefit is described, and someone is responsible for it."), _("Find initiatives without an owner"), "overview:owner_list"),
    Statement("development", True, _("Development has its own time and its own queue, apart from operation."), _("See who may do what"), "organisation:role_matrix"),
    Statement("form", False, _("All new initiatives are reported in the digital form, tied to the archive."), _("Set up the archive"), "archive:setup_list"),
    Statement("groundwork", False, _("All needs meet the minimum requirements to the groundwork."), _("Look at the requirements"), "governance:rule_front"),
    Statement("anchoring", False, _("The head of sector is heard and recommends before a need is sent in."), _("See that every sector has a head"), "organisation:unit_list"),
    Statement("who", False, _("Everyone knows who can report a need, and everyone can send an idea."), _("Look at «Where do I go?»"), "overview:where_list"),
    Statement("council", False, _("All initiatives that need budget are treated in the council before they go on."), _("See the line of governance"), "overview:steering_line"),
    Statement("members", False, _("The council has members from every field, with position, legitimacy and knowledge."), _("Look at the seats of the council"), "governance:body_list"),
    Statement("chair", False, _("The council has a chair with competence and legitimacy."), _("Look at the seats of the council"), "governance:body_list"),
    Statement("coordinator", False, _("Coordinators with enough time tie the sectors and the technology together."), _("Enter a coordinator"), "governance:coordinator_list"),
    Statement("secretariat", False, _("The secretariat prepares every case, and has the competence it needs."), _("Look at the secretariat's mandate and seats"), "governance:body_list"),
)  # fmt: skip


def statements_on(day: date) -> list[Statement]:
    """The statements that hold on a day."""
    return [s for s in STATEMENTS if s.valid_from <= day and (s.valid_to is None or day <= s.valid_to)]


@dataclass(frozen=True)
class Checked:
    """A municipality that judges itself, and the cooperations of the actor's that it is a member of."""

    entity: Entity
    cooperations: tuple[int, ...]

    @property
    def houses(self) -> tuple[int, ...]:
        """The entities whose secretariat and administrator answer for it."""
        return (self.entity.pk, *self.cooperations)


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


def result_of(check: SelfCheck) -> Result:
    """The averages of one year."""
    weak = {s.code for s in STATEMENTS if s.weakness}
    scores: dict[str, int] = check.scores
    return Result(
        check.year,
        _mean(scores.values()),
        _mean(v for k, v in scores.items() if k in weak),
        _mean(v for k, v in scores.items() if k not in weak),
    )


@dataclass(frozen=True)
class Low:
    """One low score, and where it is mended."""

    text: str
    score: int
    label: str
    url: str


def low_scores(check: SelfCheck) -> list[Low]:
    """What scored low, the lowest first, each with the page that mends it."""
    known = {s.code: s for s in STATEMENTS}
    found = [
        Low(str(known[code].text), score, str(known[code].mend), reverse(known[code].page))
        for code, score in check.scores.items()
        if score <= LOW and code in known
    ]
    return sorted(found, key=lambda low: low.score)
