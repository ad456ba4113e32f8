"""The order of priority as a spreadsheet that holds all it is counted from, so that anyone can count it again (S61)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Sheet
from samrad.secretariat.queries.scoring import OrderLine


def _rows(house: str, lines: Iterable[OrderLine]) -> list[list[Any]]:
    """A row for each case: where it stands, where it was counted to, and what stands outside the score."""
    found = []
    for line in lines:
        reason = line.placing.reason if line.placing and line.shows_score else None
        assert line.case.initiative is not None  # what is ranked is a need
        found.append(
            [
                house,
                line.place.place,
                line.place.computed,
                line.case.initiative.reference,
                line.case.initiative.title,
                _("Yes") if line.scoring.must_do else _("No"),
                line.scoring.criteria_version,
                line.benefit if line.shows_score else _("exempt"),
                line.feasibility if line.shows_score else _("exempt"),
                reason,
            ]
        )
    return found


def _scores(lines: Iterable[OrderLine]) -> list[list[Any]]:
    """A row for each score that was given: the criterion with the weight it had then. Who gave it is a number."""
    found = []
    for line in lines:
        reference = line.case.initiative.reference if line.case.initiative else ""
        for one in line.standing.criteria if line.shows_score else ():
            for number, card in enumerate(line.standing.given, 1):
                version = line.scoring.criteria_version
                found.append(
                    [reference, version, str(one.axis_name), str(one.name), one.weight, number, card[one.code]]
                )
    return found


def order_sheets(groups: Iterable[tuple[str, list[OrderLine]]]) -> list[Sheet]:
    """The order of each house, every score with its weight, and how the one follows from the other."""
    order: list[list[Any]] = []
    scores: list[list[Any]] = []
    for house, lines in groups:
        order += _rows(house, lines)
        scores += _scores(lines)
    columns = [
        Column(_("Organisation")),
        Column(_("Place no."), "number"),
        Column(_("Counted to place"), "number"),
        Column(_("Reference")),
        Column(_("Title"), width=48),
        Column(_("A law or an authority demands it")),
        Column(_("Version of the criteria"), "number"),
        Column(_("Usefulness"), "number"),
        Column(_("Feasibility"), "number"),
        Column(_("Why the body placed it elsewhere"), width=48),
    ]
    given = [
        Column(_("Reference")),
        Column(_("Version of the criteria"), "number"),
        Column(_("Axis")),
        Column(_("Criterion"), width=40),
        Column(_("Weight"), "number"),
        Column(_("Assessor no."), "number"),
        Column(_("Score"), "number"),
    ]
    rule = [
        [_("Points of an axis: the mean score of each criterion less 1, times its weight, added up, divided by 4 times the sum of the weights, times 100.")],
        [_("Order: what the law demands first, then the most useful, then the most feasible, then the lowest reference. Points are compared before they are rounded.")],
        [_("What the body has placed elsewhere is taken out and put in again at its place, the lowest place first.")],
    ]  # fmt: skip
    return [
        Sheet(_("Order of priority"), columns, order),
        Sheet(_("Scores"), given, scores),
        Sheet(_("How it is counted"), [Column(_("How it is counted"), width=100)], rule),
    ]
