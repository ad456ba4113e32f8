"""Reads of prioritisation rounds: what has come in, the list as one reads it, and what each municipality would pay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.cases.workflow import STATES
from samrad.governance.models import Body, CycleDate, CycleKind
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.organisation.roles import TREATING
from samrad.secretariat.models import Round, RoundRow, ScoreCard
from samrad.secretariat.queries.routing import routed_to
from samrad.secretariat.queries.scoring import Standing, open_cases, standing_of, standings_of
from samrad.secretariat.ranking import Place, Ranked, in_order, ranked

READY = ("ready", "deferred")
"""The states in which a case can be collected: its paper is made."""
BEFORE = (*READY, "submitted", "returned", "preparation", "sent_back")
"""The states in which a case still waits for the body."""
BEHIND = Fraction(-1)
"""The points of what is not scored: it stands behind everything that is."""
DONE = frozenset({"recommended", "implemented"})
"""The states of the round's case in which the minutes are approved."""
CLOSED_WORDS = {"withdrawn", "stopped", "merged", "redirected"}


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """The rounds of the bodies of one's own houses; none for the public."""
    rows = Round.objects.select_related("case", "body", "owner", "cycle_date")
    return rows if actor.is_person else rows.none()


def lock_round(pk: int) -> Round:
    """The round, locked for this transaction, with its case."""
    return Round.objects.select_for_update(of=("self",)).select_related("body", "case", "owner").get(pk=pk)


def dates_to_open(house_ids: Collection[int], *, on: date) -> list[CycleDate]:
    """The priority rounds of the annual cycle that are to come or going on, and that no round is opened from."""
    taken = Round.objects.filter(cycle_date__isnull=False).exclude(case__state="stopped").values("cycle_date_id")
    rows = CycleDate.objects.filter(
        Q(ends_on__gte=on) | Q(ends_on__isnull=True, starts_on__gte=on),
        owner_id__in=house_ids,
        kind=CycleKind.PRIORITY,
        cancelled=False,
    )
    return list(rows.exclude(code="scoring").exclude(pk__in=taken).select_related("owner").order_by("starts_on")[:12])


def deadline_before(row: CycleDate) -> date | None:
    """The last deadline for sending in, in the same annual cycle, before a date in it."""
    rows = CycleDate.objects.filter(
        owner_id=row.owner_id, kind=CycleKind.DEADLINE, cancelled=False, starts_on__lte=row.starts_on
    )
    return rows.order_by("-starts_on").values_list("starts_on", flat=True).first()


def next_round(house_id: int, *, after: date) -> Round | CycleDate | None:
    """The next round one can come with: an open one whose deadline is later, else the next in the annual cycle."""
    later = Round.objects.filter(owner_id=house_id, deadline__gt=after, case__closed_at__isnull=True)
    found = later.order_by("deadline").first()
    if found is not None:
        return found
    return next((row for row in dates_to_open([house_id], on=after) if row.starts_on > after), None)


def in_open_round(*, but: int = 0) -> Exists:
    """Does a case stand on the list of a round that is not over? `but`: the case of a round that does not count."""
    rows = RoundRow.objects.filter(own_case=OuterRef("pk"), line__case__closed_at__isnull=True)
    return Exists(rows.exclude(line__case_id=but))


def open_round_of(case: Case) -> Round | None:
    """The round in which a case stands on the list, until the round is over."""
    rows = Round.objects.filter(case__further__round_row__own_case=case, case__closed_at__isnull=True)
    return rows.first()


@dataclass(frozen=True)
class Incoming:
    """What has come in for a round: ready, not ready yet, and too late."""

    ready: list[Case]
    waiting: list[tuple[Case, Promise]]
    late: list[Case]


def incoming(one: Round) -> Incoming:
    """What stands before the house, sorted by the round's deadline and by whether its case paper is made."""
    taken = in_open_round(but=one.case_id)
    ready: list[Case] = []
    waiting: list[tuple[Case, Promise]] = []
    late: list[Case] = []
    cases = open_cases(one.owner_id).filter(state__in=BEFORE)
    for case in cases.select_related("paper").annotate(routed=routed_to(Body.Kind.COUNCIL), taken=taken):
        assert case.initiative is not None
        sent = case.initiative.submitted_at
        if sent is not None and localdate(sent) > one.deadline:
            late.append(case)
        elif case.initiative.status == Initiative.Status.PAUSED:
            waiting.append((case, _("It is paused.")))
        elif case.taken:
            waiting.append((case, _("It stands in another round.")))
        elif case.state in READY and not case.routed:
            waiting.append((case, _("Where it goes is not confirmed.")))
        elif case.state in READY:
            ready.append(case)
        else:
            waiting.append((case, STATES[case.state]))
    return Incoming(ready, waiting, late)


def counted(cases: Sequence[Case]) -> tuple[list[Place], dict[int, Standing]]:
    """The cases in the order that is counted; those that are not scored stand last, by number."""
    standing = standings_of(cases)
    rows = []
    for case in cases:
        assert case.initiative is not None
        one, number = standing.get(case.pk), case.initiative.reference
        if one is not None:
            rows.append(ranked(case.pk, number, one.scoring.must_do, one.criteria, one.given))
        else:
            rows.append(Ranked(case_id=case.pk, number=number, must_do=False, benefit=BEHIND, feasibility=BEHIND))
    return in_order(rows), standing


def rows_of(one: Round) -> list[RoundRow]:
    """The list as it is kept, in the order that was counted."""
    rows = RoundRow.objects.filter(line__case_id=one.case_id).select_related(
        "line", "own_case__paper", "own_case__initiative__owner", "own_case__cost_plan", "scoring"
    )
    cards = ScoreCard.objects.filter(withdrawn_at__isnull=True)
    given = cards.filter(scoring__case=OuterRef("own_case"), scoring__closed_at=None, scored_at__isnull=False)
    alone = given.order_by().values("scoring__case").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(given=Coalesce(Subquery(alone, output_field=IntegerField()), 0))
    found = rows.prefetch_related(Prefetch("scoring__cards", cards.select_related("assessor")))
    return list(found.order_by("line__order", "pk"))


def rows_of_case(case: Case | None) -> list[RoundRow]:
    """The list of the round that a case is; empty where it is no round."""
    return rows_of(case.round) if case is not None and case.kind == Case.Kind.ROUND else []


@dataclass(frozen=True)
class Line:
    """A line of the list as one reads it. What is exempt for the reader is None, with the law in `basis`."""

    row: RoundRow
    initiative: Initiative
    points: Ranked | None
    place: int  # where the body puts it, else where it was counted to
    counted: int
    live: bool
    marks: tuple[Promise, ...]
    hidden: Mapping[str, str]

    @property
    def moved(self) -> bool:
        """Has the body placed it elsewhere than it was counted to?"""
        return self.row.found_place is not None

    @property
    def title(self) -> str:
        return self.initiative.title

    @property
    def shows_score(self) -> bool:
        return not {"assessment", "benefits"} & set(self.hidden)

    @property
    def shows_cost(self) -> bool:
        return "costs" not in self.hidden

    @property
    def no_amount(self) -> bool:
        """Is nothing said of what it costs, as far as the reader may know?"""
        return self.shows_cost and self.initiative.one_off_kr is None and self.initiative.annual_kr is None

    @property
    def basis(self) -> str:
        """By which law something in the line is exempt for the reader."""
        return ", ".join(sorted({law for law in self.hidden.values() if law}))

    @property
    def benefit(self) -> int | None:
        """From 0 to 100, rounded."""
        return round(self.points.benefit) if self.points and self.shows_score else None

    @property
    def feasibility(self) -> int | None:
        """From 0 to 100, rounded."""
        return round(self.points.feasibility) if self.points and self.shows_score else None


def _points(row: RoundRow) -> Ranked | None:
    """The points of the scoring that was counted when the list was made."""
    if row.scoring is None:
        return None
    one = standing_of(row.scoring)
    reference = row.own_case.initiative.reference if row.own_case.initiative else ""
    return ranked(row.own_case_id, reference, row.scoring.must_do, one.criteria, one.given)


def places_of(rows: Sequence[RoundRow]) -> dict[int, int]:
    """Each row's place: those the body has placed stand where it put them, the others in the order that was counted."""
    order = [row for row in rows if row.found_place is None]
    for row in sorted((r for r in rows if r.found_place is not None), key=lambda r: (r.found_place, r.line.order)):
        order.insert((row.found_place or 1) - 1, row)
    return {row.pk: place for place, row in enumerate(order, 1)}


def _marks(row: RoundRow) -> tuple[Promise, ...]:
    """What one must know of a line: that it has left the round, is not wholly scored, or has no known amount."""
    case, initiative = row.own_case, row.own_case.initiative
    assert initiative is not None
    found: list[Promise] = []
    if case.state in CLOSED_WORDS:
        found.append(STATES[case.state])
    elif initiative.status == Initiative.Status.PAUSED:
        found.append(_("Paused"))
    if row.scoring is None:
        given = getattr(row, "given", 0)  # how many have scored, while not everyone has
        found.append(_("Scored by only one") if given == 1 else _("Not scored"))
    if initiative.one_off_kr is None and initiative.annual_kr is None:
        found.append(_("Amount not known"))
    return tuple(found)


def list_for(actor: Actor, one: Round, *, on: date) -> list[Line]:
    """The list in order as the actor may read it; the same number of questions to the database whatever its length.

    What the body found is read by those who treat it, and by everyone when the minutes are approved.
    """
    rows = rows_of(one)
    if one.case.state not in DONE and not actor.roles_in([one.owner_id]) & TREATING:
        for row in rows:
            row.found_outcome, row.found_place, row.found_reason = "", None, ""
    hidden = masked_groups(actor, [r.own_case.initiative for r in rows if r.own_case.initiative], on=on)
    return lines_of(rows, hidden)


def lines_of(rows: Iterable[RoundRow], hidden: Mapping[int, Mapping[str, str]]) -> list[Line]:
    """The rows as lines; `hidden`: the groups that are left out, by initiative."""
    found, kept = [], list(rows)
    places = places_of(kept)
    for row in kept:
        initiative = row.own_case.initiative
        assert initiative is not None
        masked = hidden.get(initiative.pk, {})
        marks = tuple(m for m in _marks(row) if "costs" not in masked or m != _("Amount not known"))
        found.append(Line(row, initiative, _points(row), places[row.pk], row.line.order, row.live, marks, masked))
    return sorted(found, key=lambda line: line.place)


def bodies_for(actor: Actor) -> list[Body]:
    """The bodies that a round can be opened for: the councils of the houses whose secretariat one is in."""
    houses = {h.entity_id for h in actor.held if actor.may("secretariat.run_round", h.entity_id)}
    return list(Body.objects.filter(owner_id__in=houses, kind=Body.Kind.COUNCIL).order_by("name", "pk"))
