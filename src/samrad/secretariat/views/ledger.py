"""The ledger of the secretariat's frame."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.secretariat.policy.scoring import can_see_ledger
from samrad.secretariat.queries.ledger import ledger_of, mandate_of, years_of


@login_required
def ledger(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What the secretariat may give in a year, what it has given, and what is left, to the krone."""
    by, today = actor(request), timezone.localdate()
    can_see_ledger(by).require()
    if year is not None and not 2000 <= year <= today.year:
        raise Http404
    houses = Entity.objects.filter(pk__in=by.entities).order_by("-kind", "name")
    ours = [house for house in houses if mandate_of(house.pk, on=today) or len(years_of(house.pk, on=today)) > 1]
    books = [ledger_of(by, house, year or today.year, today=today) for house in ours]
    years = sorted({one for house in ours for one in years_of(house.pk, on=today)}, reverse=True)
    context = {"books": books, "years": years, "year": year or today.year}
    return render(request, "secretariat/ledger.html", context)
