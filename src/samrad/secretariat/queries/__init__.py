"""Reads for the secretariat: what lies where, the mandates in force, and the paper as one may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from samrad.cases.models import Case, Decision
from samrad.cases.queries import participants_of
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.governance.models import Body, CostKey, Mandate
from samrad.governance.policy import Facts, Route, route
from samrad.governance.queries import budget_hours, members_of, shares
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id, needs_budget
from samrad.initiatives.queries import readable
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership
from samrad.organisation.roles import SECRETARIAT
from samrad.secretariat.models import CasePaper, PaperVersion
from samrad.secretariat.queries.editing import standing_sections

GROUPS: dict[str, frozenset[str]] = {
    "inbox": frozenset({"submitted", "sent_back", "deferred"}),
    "preparation": frozenset({"preparation"}),
    "ready": frozenset({"ready"}),
    "waiting": frozenset({"returned"}),
}


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor's secretariat treats, with what the list shows."""
    houses = [h.entity_id for h in actor.held if h.role in SECRETARIAT]
    mine = Q(shared_with_id__in=houses) | Q(shared_with__isnull=True, owner_id__in=houses)
    return (
        cases_visible_to(actor).filter(mine).select_related("initiative", "initiative__field", "owner", "case_officer")
    )


def mandates_in_force(entity_id: int, *, on: date) -> list[Mandate]:
    """The mandates of a house's bodies on a day."""
    rows = Mandate.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), body__owner_id=entity_id, valid_from__lte=on
    )
    return list(rows.select_related("body"))


def given_in(entity_id: int, year: int) -> QuerySet[Decision]:
    """What a house's secretariat has given within its mandate in a year, a row for each municipality."""
    return Decision.objects.filter(
        Q(case__shared_with_id=entity_id) | Q(case__shared_with__isnull=True, case__owner_id=entity_id),
        level=Decision.Level.SECRETARIAT,
        outcome=Decision.Outcome.APPROVED,
        decided_at__year=year,
    )


def spent_in(entity_id: int, year: int, *, by_members: Iterable[int] | None = None) -> Decimal:
    """What a house's secretariat has given in a year, in kroner; by some municipalities alone where they are named."""
    given = given_in(entity_id, year)
    if by_members is not None:
        given = given.filter(municipality_id__in=list(by_members))
    return given.aggregate(total=Sum("amount_kr"))["total"] or Decimal(0)


def member_ids(house: Entity, *, on: date) -> frozenset[int]:
    """The municipalities of a house on a day: those of a cooperation, or the municipality itself."""
    return frozenset(town.pk for town in members_of(house, on))


def left_before(house_id: int, mandate: Mandate, *, on: date) -> frozenset[int]:
    """The municipalities that have adopted the mandate and have left the cooperation since."""
    rows = Membership.objects.filter(cooperation_id=house_id, member_id__in=mandate.adopted_in_ids)
    gone = rows.filter(valid_to__lt=on).values_list("member_id", flat=True)
    standing = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return frozenset(gone) - frozenset(standing.values_list("member_id", flat=True))


def parts_of(mandate: Mandate) -> dict[int, Decimal]:
    """The year's frame as each municipality's part, by the mandate's cost key.

    Equal parts by use, which is not known beforehand, and where the inhabitants are not registered.
    """
    towns = dict(Entity.objects.filter(pk__in=mandate.adopted_in_ids).values_list("pk", "inhabitants"))
    frame, percent = mandate.amount_per_year or Decimal(0), mandate.cost_key_equal_percent
    for key in (mandate.cost_key, CostKey.EQUAL):
        if found := shares(frame, key=key, equal_percent=percent, inhabitants=towns):
            return found
    return {}


def taken_out(house_id: int, mandate: Mandate, *, on: date) -> Decimal:
    """What municipalities that have left took out of the year's frame, in kroner."""
    gone = left_before(house_id, mandate, on=on)
    if not gone:
        return Decimal(0)
    return sum((part for town, part in parts_of(mandate).items() if town in gone), Decimal(0))


@dataclass(frozen=True)
class Frame:
    """How much the secretariat may give: in one case, and what is left of the year."""

    mandate: Mandate
    per_case: Decimal
    left: Decimal | None

    @property
    def most(self) -> Decimal:
        """The most that can be given now."""
        return max(self.per_case if self.left is None else min(self.per_case, self.left), Decimal(0))

    def holds(self, amount_kr: Decimal) -> bool:
        """Is the amount within both, to the øre?"""
        return amount_kr <= self.most


def frame_of(initiative: Initiative, *, on: date) -> Frame | None:
    """The frame of the mandate by which the secretariat may decide; None where no mandate lets it."""
    house = house_id(initiative)
    for mandate in mandates_in_force(house, on=on):
        if mandate.body.kind == Body.Kind.SECRETARIAT and mandate.amount_per_case is not None:
            return Frame(mandate, mandate.amount_per_case, left_of(house, mandate, on=on))
    return None


def left_of(house: int, mandate: Mandate, *, on: date) -> Decimal | None:
    """What is left of the year's frame, in kroner; None where the mandate sets none.

    A municipality that has left takes out both its part and what it bore itself: the rest goes by what they have.
    """
    if mandate.amount_per_year is None:
        return None
    staying = set(mandate.adopted_in_ids) - left_before(house, mandate, on=on)
    return mandate.amount_per_year - taken_out(house, mandate, on=on) - spent_in(house, on.year, by_members=staying)


def route_of(initiative: Initiative, *, on: date) -> Route:
    """Where the case about an initiative goes, under the mandates in force and what is left of the year's frame."""
    house = house_id(initiative)
    mandates = mandates_in_force(house, on=on)
    own = next((m for m in mandates if m.body.kind == Body.Kind.SECRETARIAT and m.amount_per_case is not None), None)
    gone = left_before(house, own, on=on) if own else frozenset()
    facts = Facts(
        classification=initiative.classification,
        needs_budget=needs_budget(initiative, hours_limit=budget_hours(house_id(initiative), on=on)).allowed,
        amount_kr=(initiative.one_off_kr or Decimal(0)) + (initiative.annual_kr or Decimal(0)),
        legal_duty=bool(initiative.answers.get("legal_duty")),
        participants=frozenset(participants_of(initiative)),
        members=member_ids(Entity.objects.get(pk=house), on=on) if own else frozenset(),
        spent_this_year_kr=spent_in(house, on.year, by_members=set(own.adopted_in_ids) - gone) if own else Decimal(0),
        taken_out_kr=taken_out(house, own, on=on) if own and gone else Decimal(0),
    )
    return route(facts, mandates)


def body_of(entity_id: int, kind: str) -> Body | None:
    """A house's body of a kind."""
    return Body.objects.filter(owner_id=entity_id, kind=kind).order_by("pk").first()


@dataclass(frozen=True)
class Section:
    """One section of the case paper as one may read it; `basis` is the law where it is exempt."""

    code: str
    heading: str
    text: str
    rows: list[Mapping[str, str]]
    basis: str = ""


def sections_for(actor: Actor, paper: CasePaper | PaperVersion, initiative: Initiative, *, on: date) -> list[Section]:
    """The paper's sections as the actor may read them: exempt groups are gone, with the law in their place."""
    seen = readable(actor, initiative, on=on)
    found = []
    for section in standing_sections(paper):
        rows, hidden = [], ""
        for row in section["rows"]:
            if seen.shows(row["group"]):
                rows.append(row)
            else:
                hidden = seen.masked.get(row["group"], "")
        shown = seen.shows(section["group"])
        if not shown:
            hidden = seen.masked.get(section["group"], "")
        found.append(
            Section(
                section["code"], section["heading"], section["text"] if shown else "", rows if shown else [], hidden
            )
        )
    return found


def paper_of(case: Case) -> CasePaper | None:
    """The case paper, where it is made."""
    return CasePaper.objects.filter(case=case).select_related("made_by").first()


def whole_sections(paper: CasePaper) -> list[Section]:
    """Every section with everything in it: what is kept of the paper, never shown as it is."""
    return [Section(s["code"], s["heading"], s["text"], s["rows"]) for s in standing_sections(paper)]


def versions_of(case: Case) -> list[PaperVersion]:
    """The case paper as the council has been sent it, the first version first."""
    return list(PaperVersion.objects.filter(case=case).select_related("made_by"))


def house_language(case: Case) -> str:
    """The language of the house that treats a case: its papers are written in it."""
    return Entity.objects.get(pk=case.shared_with_id or case.owner_id).language
