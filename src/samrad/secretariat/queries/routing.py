"""Reads of where a case goes: what was confirmed, and which rules of the mandate hold."""

from __future__ import annotations

from samrad.cases.models import Case
from samrad.secretariat.models import RouteChoice


def choices_of(case: Case) -> list[RouteChoice]:
    """Every confirmation of where a case goes, the newest first."""
    return list(RouteChoice.objects.filter(case=case).select_related("chosen_by"))


def sent_to_council(case: Case) -> RouteChoice | None:
    """The choice by which the head of the secretariat sent the case to the council against the rules, if it stands."""
    newest = RouteChoice.objects.filter(case=case).first()
    return newest if newest is not None and newest.chosen != newest.proposed else None
