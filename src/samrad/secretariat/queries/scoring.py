"""Reads of scorings: who scores, what each sees of the others', and the order that everyone sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.core.verdict import Stale
from samrad.governance.queries import BENEFIT, Criterion, from_plain
from samrad.initiatives.models import Initiative, Responsibility
from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.roles import TREATING
from samrad.secretariat.models import FlagChange, Placing, ScoreCard, Scoring
from samrad.secretariat.ranking import Place, Ranked, Scores, axis_points, in_order, ranked, spread


@dataclass(frozen=True)
class Standing:
    """A scoring with its criteria and with the cards that count, in the order of names."""

    scoring: Scoring
    criteria: tuple[Criterion, ...]
    cards: list[ScoreCard]
    withdrawn: list[ScoreCard]

    @property
    def closed(self) -> bool:
        return self.scoring.closed_at is not None

    @cached_property
    def given(self) -> list[Scores]:
        """What the assessors gave, as numbers. Only for a scoring that is closed."""
        return [numbers(card) for card in self.cards if card.scored_at is not None] if self.closed else []

    def points(self, axis: str) -> Fraction:
        """The points on an axis, of 100."""
        return axis_points(self.criteria, self.given, axis)

    def spread(self, criterion: Criterion) -> int:
        """How far apart the assessors stood on a criterion."""
        return spread(criterion, self.given)

    def card_of(self, person_id: int | None) -> ScoreCard | None:
        """A person's own card."""
        return next((card for card in self.cards if card.assessor_id == person_id), None)


def benefit_points(criteria: Sequence[dict[str, Any]], cards: Sequence[Mapping[str, Any]]) -> int | None:
    """The benefit of a closed scoring as whole points of 100, from its plain data; None where nobody has scored."""
    given = [{code: int(said["score"]) for code, said in card.items()} for card in cards]
    found = from_plain(list(criteria))
    return int(axis_points(found, given, BENEFIT) + Fraction(1, 2)) if found and given else None


def numbers(card: ScoreCard) -> dict[str, int]:
    """The scores of a card by criterion."""
    return {code: int(said["score"]) for code, said in card.scores.items()}


def standing_of(scoring: Scoring) -> Standing:
    """A scoring whose cards are at hand, as it stands."""
    cards = list(scoring.cards.all())
    return Standing(
        scoring,
        from_plain(scoring.criteria),
        [card for card in cards if card.withdrawn_at is None],
        [card for card in cards if card.withdrawn_at is not None],
    )


def _with_cards(rows: QuerySet[Scoring]) -> QuerySet[Scoring]:
    return rows.prefetch_related(Prefetch("cards", ScoreCard.objects.select_related("assessor")))


def scorings_of(case: Case) -> list[Standing]:
    """Every scoring of a case, the newest first."""
    return [standing_of(row) for row in _with_cards(Scoring.objects.filter(case=case)).order_by("-number")]


FLAG_WORDS: dict[str, Promise] = {
    "must_do": _("A law or an authority demands it"),
    "security": _("Security or preparedness demands it"),
    "urgent": _("It is urgent"),
    "contract_end": _("A contract ends"),
}


@dataclass(frozen=True)
class Changed:
    """That what stands outside a score was changed: which flags came and which went, and the row that says why."""

    row: FlagChange
    came: list[Promise]
    went: list[Promise]


def changes_of(case: Case) -> list[Changed]:
    """Every change of what stands outside the scores of a case, after the scoring had begun, the first first."""
    rows = FlagChange.objects.filter(scoring__case=case).select_related("changed_by")
    return [
        Changed(
            row,
            [
                word
                for name, word in FLAG_WORDS.items()
                if row.after.get(name) and row.after[name] != row.before.get(name)
            ],
            [word for name, word in FLAG_WORDS.items() if row.before.get(name) and not row.after.get(name)],
        )
        for row in rows
    ]


def lock_scoring(scoring_id: int, version: int | None, stale: str) -> Scoring:
    """The scoring, locked for this transaction; Stale, with these words, when the page was made from another version."""
    scoring = Scoring.objects.select_for_update(of=("self",)).get(pk=scoring_id)
    if version is not None and version != scoring.version:
        raise Stale(stale)
    return scoring


def interested(initiative: Initiative) -> set[int]:
    """Those who cannot score it, because they wrote it, own it, have answered for it or will carry it out."""
    return set(Responsibility.objects.filter(initiative=initiative).values_list("person_id", flat=True))


def may_assess(house_id: int, initiative: Initiative, *, on: date) -> QuerySet[Person]:
    """Those who can be asked to score: the secretariat and the council of the house, but no one with an interest."""
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), entity_id=house_id, role__in=TREATING, valid_from__lte=on
    )
    rows = Person.objects.filter(active=True, pk__in=held.values("person_id")).select_related("owner")
    return rows.exclude(pk__in=interested(initiative)).order_by("name", "pk")


def case_to_score(actor: Actor, pk: int) -> Case | None:
    """A case whose scoring the actor may open: that of one's own secretariat, or one where one is asked to score."""
    houses = [h.entity_id for h in actor.held if h.role in TREATING]
    mine = Q(shared_with_id__in=houses) | Q(shared_with__isnull=True, owner_id__in=houses)
    rows = cases_visible_to(actor).filter(mine, initiative__stage__gte=Initiative.Stage.SUBMITTED)
    return rows.select_related("initiative", "initiative__owner").filter(pk=pk).first()


@dataclass(frozen=True)
class OrderLine:
    """A line of the order as one reads it; what is exempt for the reader is None."""

    place: Place
    case: Case
    standing: Standing
    shows_score: bool
    cost_kr: Decimal | None
    placing: Placing | None

    @property
    def scoring(self) -> Scoring:
        """The scoring that counts."""
        return self.standing.scoring

    @property
    def benefit(self) -> int | None:
        """From 0 to 100, rounded."""
        return round(self.place.row.benefit) if self.shows_score else None

    @property
    def feasibility(self) -> int | None:
        """From 0 to 100, rounded."""
        return round(self.place.row.feasibility) if self.shows_score else None


def standings_of(cases: Sequence[Case]) -> dict[int, Standing]:
    """The newest scoring of each case that everyone has given, with its cards."""
    rows = _with_cards(Scoring.objects.filter(case__in=cases, closed_at__isnull=False)).order_by("case_id", "number")
    return {row.case_id: standing_of(row) for row in rows}


def ranked_cases(cases: Sequence[Case]) -> tuple[list[Ranked], dict[int, Standing]]:
    """The cases that are scored, with their points; the newest scoring that is closed counts."""
    standing = standings_of(cases)
    rows = []
    for case in cases:
        if case.pk in standing and case.initiative is not None:
            one = standing[case.pk]
            rows.append(ranked(case.pk, case.initiative.reference, one.scoring.must_do, one.criteria, one.given))
    return rows, standing


def placings_of(cases: Sequence[Case]) -> dict[int, Placing]:
    """Where the body has put cases that stand elsewhere than they were counted to."""
    rows = Placing.objects.filter(case__in=cases, ended_at__isnull=True).select_related("placed_by")
    return {row.case_id: row for row in rows}


MOST_UNSCORED = 100


def open_cases(*house_ids: int) -> QuerySet[Case]:
    """What the houses have before them: sent in, and not settled."""
    ours = Q(shared_with_id__in=house_ids) | Q(shared_with__isnull=True, owner_id__in=house_ids)
    rows = Case.objects.filter(
        ours, closed_at__isnull=True, kind=Case.Kind.SUBMISSION, initiative__stage__gte=Initiative.Stage.SUBMITTED
    )
    return rows.select_related("initiative", "initiative__owner").order_by("pk")


@dataclass(frozen=True)
class Order:
    """The order of a house as one reads it, and those that are not scored."""

    lines: list[OrderLine]
    unscored: list[Case]


def orders_for(actor: Actor, house_ids: Sequence[int], *, on: date) -> dict[int, Order]:
    """The order of each house as the actor reads it: the same for everyone, in as many questions whatever their number.

    It is counted over all the house's cases that the database lets anyone in the house see; what the reader may not
    see of one, title and place apart, is left out. Of those that are not scored, the `MOST_UNSCORED` oldest of each.
    """
    scored = Scoring.objects.filter(closed_at__isnull=False).values("case_id")
    before = open_cases(*house_ids)
    cases = list(before.filter(pk__in=scored))
    rows, standing = ranked_cases(cases)
    placings = placings_of(cases)
    hidden = _hidden(actor, cases, on=on)
    nth = Window(RowNumber(), partition_by=Coalesce("shared_with_id", "owner_id"), order_by="pk")
    waiting = list(before.exclude(pk__in=scored).annotate(nth=nth).filter(nth__lte=MOST_UNSCORED))
    found = {}
    for pk in house_ids:
        ours = {case.pk: case for case in cases if (case.shared_with_id or case.owner_id) == pk}
        placed = {case: placing.place for case, placing in placings.items() if case in ours}
        places = in_order([row for row in rows if row.case_id in ours], placed)
        lines = [_line(place, ours[place.row.case_id], standing, placings, hidden) for place in places]
        found[pk] = Order(lines, [case for case in waiting if (case.shared_with_id or case.owner_id) == pk])
    return found


def _hidden(actor: Actor, cases: Sequence[Case], *, on: date) -> Mapping[int, dict[str, str]]:
    initiatives = [case.initiative for case in cases if case.initiative is not None]
    return masked_groups(actor, initiatives, on=on)


def _line(
    place: Place,
    case: Case,
    standing: Mapping[int, Standing],
    placings: Mapping[int, Placing],
    hidden: Mapping[int, dict[str, str]],
) -> OrderLine:
    masked = hidden[case.initiative_id or 0]
    initiative = case.initiative
    cost = None
    if initiative is not None and initiative.one_off_kr is not None and "costs" not in masked:
        cost = initiative.one_off_kr + (initiative.annual_kr or Decimal(0))
    shows = not {"assessment", "benefits"} & set(masked)
    return OrderLine(place, case, standing[case.pk], shows, cost, placings.get(case.pk))
