"""What a cooperation no longer reads when a municipality leaves, beside people and roles."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import ngettext

from samrad.cases.models import Task
from samrad.governance.models import Seat
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity


def what_leaving_hides(cooperation: Entity, member: Entity, on: date) -> list[str]:
    """Its initiatives, what waits for someone in the cooperation about them, and seats in its bodies."""
    initiatives = Initiative.objects.filter(owner=member, shared_with=cooperation)
    count = initiatives.count()
    said = [
        ngettext(
            "%(n)s initiative that %(member)s owns can no longer be read by the others.",
            "%(n)s initiatives that %(member)s owns can no longer be read by the others.",
            count,
        )
        % {"n": count, "member": member.name}
    ]
    waiting = Task.objects.filter(initiative__in=initiatives, closed_at__isnull=True).count()
    if waiting:
        text = ngettext(
            "%(n)s task about them waits for someone now. Finish it first, or agree on who takes it over.",
            "%(n)s tasks about them wait for someone now. Finish them first, or agree on who takes them over.",
            waiting,
        )
        said.append(text % {"n": waiting})
    seats = Seat.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), body__owner=cooperation, municipality=member
    ).count()
    if seats:
        text = ngettext(
            "%(n)s seat in the cooperation's bodies is for it. End the seat when it leaves.",
            "%(n)s seats in the cooperation's bodies are for it. End the seats when it leaves.",
            seats,
        )
        said.append(text % {"n": seats})
    return said
