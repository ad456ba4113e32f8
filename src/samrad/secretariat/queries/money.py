"""What each municipality would pay of what stands on a list, in whole kroner, by the cost key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from samrad.cases.queries import sharers_of, split_or_equally
from samrad.governance.models import Body
from samrad.governance.queries import mandate_in_force
from samrad.secretariat.models import Round
from samrad.secretariat.queries.rounds import Line


@dataclass(frozen=True)
class Share:
    """One municipality's part of a line: whole kroner once and a year, None where the amount is not known or not open."""

    place: str
    key: str
    percent: Decimal | None
    once: int | None
    yearly: int | None


def _whole(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal(1), ROUND_HALF_UP)


def shares_of(one: Round, lines: Iterable[Line], *, on: date) -> dict[int, list[Share]]:
    """What each municipality would pay of each line: three questions to the database whatever the length of the list.

    By what is said of the case, else by the key in the council's mandate, else equally.
    """
    found = list(lines)
    places_of = sharers_of([line.initiative for line in found], on=on)
    mandate = mandate_in_force(one.owner_id, Body.Kind.COUNCIL, on=on)
    result = {}
    for line in found:
        places, plan = places_of[line.initiative.pk], getattr(line.row.own_case, "cost_plan", None)
        once, yearly = (
            split_or_equally(amount, places, plan, mandate) if amount is not None and line.shows_cost else None
            for amount in map(_whole, (line.initiative.one_off_kr, line.initiative.annual_kr))
        )
        said = plan or mandate
        if len(places) < 2:
            key = _("Pays all")
        elif plan:
            key = plan.get_key_display()
        else:
            key = str(mandate.get_cost_key_display()) if said and mandate else _("Equal shares")
        part = split_or_equally(Decimal(10_000), places, plan, mandate)
        result[line.initiative.pk] = [
            Share(
                place.name,
                key,
                part[place.pk] / 100 if place.pk in part else None,
                int(once[place.pk]) if once is not None else None,
                int(yearly[place.pk]) if yearly is not None else None,
            )
            for place in sorted(places, key=lambda place: place.name)
        ]
    return result
