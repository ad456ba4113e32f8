"""The ledger of the secretariat's frame: the frame of a year, what was given, what is left. Summed from the decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.timezone import localdate

from samrad.cases.models import Case, Decision
from samrad.governance.models import Body, Mandate
from samrad.governance.queries import in_force
from samrad.initiatives.queries import masked_groups, visible_ids
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.queries import given_in, left_before, left_of, parts_of, spent_in


@dataclass(frozen=True)
class Given:
    """One decision as one reads it: the case, what each municipality bears, and what was left after it."""

    case: Case
    at: date
    rows: list[Decision]
    amount_kr: Decimal
    left_kr: Decimal | None
    title: str  # empty where one sees nothing of the initiative
    shows_amount: bool


@dataclass(frozen=True)
class Ledger:
    """The frame of a house in a year, in kroner; `frame_kr` is None where the mandate sets none."""

    house: Entity
    year: int
    mandate: Mandate | None
    frame_kr: Decimal | None
    used_kr: Decimal
    left_kr: Decimal | None
    given: list[Given]
    gone: list[tuple[Entity, Decimal]] = field(default_factory=list)


def mandate_of(house_id: int, *, on: date) -> Mandate | None:
    """The mandate by which a house's secretariat decides on a day."""
    rows = Mandate.objects.filter(
        body__owner_id=house_id, body__kind=Body.Kind.SECRETARIAT, amount_per_case__isnull=False
    )
    found: Mandate | None = in_force(rows, on).select_related("body").order_by("pk").first()
    return found


def years_of(house_id: int, *, on: date) -> list[int]:
    """The years there is a ledger for: this one, and those in which something was given."""
    rows = Decision.objects.filter(
        level=Decision.Level.SECRETARIAT, decided_at__isnull=False, case__shared_with_id=house_id
    ) | Decision.objects.filter(
        level=Decision.Level.SECRETARIAT,
        decided_at__isnull=False,
        case__shared_with__isnull=True,
        case__owner_id=house_id,
    )
    return sorted({on.year, *(day.year for day in rows.dates("decided_at", "year"))}, reverse=True)


def ledger_of(actor: Actor, house: Entity, year: int, *, today: date) -> Ledger:
    """The ledger of a year as it stands today, or as it stood on the last day of a year that has passed."""
    on = min(today, date(year, 12, 31))
    mandate = mandate_of(house.pk, on=on)
    gone = left_before(house.pk, mandate, on=on) if mandate else frozenset()
    staying = set(mandate.adopted_in_ids) - gone if mandate else None
    parts = parts_of(mandate) if mandate and gone else {}
    left = left_of(house.pk, mandate, on=on) if mandate else None
    used = spent_in(house.pk, year, by_members=staying)
    return Ledger(
        house=house,
        year=year,
        mandate=mandate,
        frame_kr=None if left is None else left + used,
        used_kr=used,
        left_kr=left,
        given=_given(actor, house.pk, year, None if left is None else left + used, staying, on=today),
        gone=[(town, parts[town.pk]) for town in Entity.objects.filter(pk__in=gone).order_by("name")],
    )


def _given(
    actor: Actor, house_id: int, year: int, frame: Decimal | None, staying: set[int] | None, *, on: date
) -> list[Given]:
    """Each decision in the order they were made, with what was left after it."""
    found = given_in(house_id, year).select_related("case__initiative__owner", "municipality", "decided_by")
    rows = list(found.order_by("decided_at", "case_id", "municipality__name"))
    if staying is not None:
        rows = [row for row in rows if row.municipality_id in staying]
    initiatives = {row.case.initiative.pk: row.case.initiative for row in rows if row.case.initiative}
    hidden = masked_groups(actor, list(initiatives.values()), on=on)
    seen = set(visible_ids(actor).filter(pk__in=initiatives).values_list("pk", flat=True))
    lines, left = [], frame
    for _key, group in groupby(rows, key=lambda row: (row.decided_at, row.case_id)):
        shares = list(group)
        case, amount = shares[0].case, sum((row.amount_kr or Decimal(0) for row in shares), Decimal(0))
        left = None if left is None else left - amount
        about = case.initiative
        lines.append(
            Given(
                case=case,
                at=localdate(shares[0].decided_at or case.opened_at),
                rows=shares,
                amount_kr=amount,
                left_kr=left,
                title=about.title if about and about.pk in seen else "",
                shows_amount=bool(about and "costs" not in hidden.get(about.pk, {"costs": ""})),
            )
        )
    return lines
