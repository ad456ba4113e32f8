"""Reads of where a case goes: what was confirmed, and which rules of the mandate hold."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery

from samrad.cases.models import Case
from samrad.secretariat.models import RouteChoice


def choices_of(case: Case) -> list[RouteChoice]:
    """Every confirmation of where a case goes, the newest first."""
    return list(RouteChoice.objects.filter(case=case).select_related("chosen_by"))


def newest_choice(case: Case) -> RouteChoice | None:
    """The last confirmation of where a case goes, the one that counts."""
    return RouteChoice.objects.filter(case=case).first()


def routed_to(place: str) -> Exists:
    """Is it confirmed that a case goes to a place? A column for a query of many cases."""
    newest = RouteChoice.objects.filter(case=OuterRef(OuterRef("pk"))).values("pk")[:1]
    return Exists(RouteChoice.objects.filter(pk=Subquery(newest), chosen=place))


def sent_to_council(case: Case) -> RouteChoice | None:
    """The choice by which the head of the secretariat sent the case to the council against the rules, if it stands."""
    newest = newest_choice(case)
    return newest if newest is not None and newest.chosen != newest.proposed else None
