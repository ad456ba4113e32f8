"""Pictures of the register: what fit says to do, how old the assessments are, and what several owners have."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samrad.organisation.middleware import actor
from samrad.systems import policy, queries
from samrad.systems.models import System

PAGE = 50
GROUPS = 40
WAYS = [("name", _("Name")), ("vendor", _("Vendor")), ("area", _("Field and task"))]
COLOURS = {"invest": "green", "migrate": "yellow", "tolerate": "blue", "eliminate": "red"}
# The drawing: four by four squares, functional fit upwards and technical fit to the right.
SIDE, LEFT, TOP = 92, 56, 12


@dataclass(frozen=True)
class Mark:
    """So many systems in one square of the picture."""

    number: int
    x: int
    y: int
    r: int


def _marks(systems: list[System]) -> list[Mark]:
    squares: dict[tuple[int, int], int] = {}
    for system in systems:
        where = (system.technical_fit or 0, system.functional_fit or 0)
        squares[where] = squares.get(where, 0) + 1
    return [
        Mark(
            number, LEFT + SIDE * technical - SIDE // 2, TOP + SIDE * (5 - helps) - SIDE // 2, min(40, 16 + 3 * number)
        )
        for (technical, helps), number in sorted(squares.items())
    ]


@login_required
def fit_picture(request: HttpRequest) -> HttpResponse:
    """Tolerate, invest, migrate or eliminate: what technical and functional fit say of each system."""
    by, asked = actor(request), request.GET.get("owner", "")
    owners = queries.owners_seen(by)
    owner = next((pk for pk, _name in owners if str(pk) == asked), None)
    systems = list(queries.in_use(by, owner_id=owner).order_by("name", "pk"))
    measured = [system for system in systems if system.quadrant]
    context = {
        "marks": _marks(measured),
        "groups": [
            (code, label, COLOURS[code], [s for s in measured if s.quadrant == code])
            for code, label in System.Quadrant.choices
        ],
        "measured": len(measured),
        "all": len(systems),
        "owners": owners,
        "owner": owner,
    }
    return render(request, "systems/fit_picture.html", context)


@login_required
def assessment_list(request: HttpRequest) -> HttpResponse:
    """How long it is since each system's risk and data protection were assessed, the oldest first."""
    rows = queries.assessed(queries.in_use(actor(request)), on=timezone.localdate())
    only = request.GET.get("all") != "yes"
    shown = [row for row in rows if row.stale] if only else rows
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "stale": sum(1 for row in rows if row.stale),
        "all": len(rows),
        "only": only,
        "months": queries.STALE_MONTHS,
    }
    return render(request, "systems/assessment_list.html", context)


@login_required
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """What several municipalities have of the same, with what it costs each of them side by side."""
    by, ways = actor(request), dict(WAYS)
    way = request.GET.get("by", "")
    way = way if way in ways else "name"
    groups = queries.duplicates(by, by=way)
    context = {
        "page": Paginator(groups, GROUPS).get_page(request.GET.get("page")),
        "ways": WAYS,
        "way": way,
        "sees_terms": policy.can_see_contracts(by),
    }
    return render(request, "systems/duplicate_list.html", context)
