"""The scores a decision stood on: by which criteria and weights, how far apart they were, and where the body deviated."""

from __future__ import annotations

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samrad.cases.models import Decision
from samrad.overview.basis import Part
from samrad.secretariat.models import FlagChange, Placing, RoundRow
from samrad.secretariat.queries.scoring import Standing, scorings_of


def scores_of(decision: Decision) -> Part | None:
    """The part of the basis about scores; None where the case was not scored before it was decided."""
    then = decision.decided_at
    found = [one for one in scorings_of(decision.case) if one.closed]
    known = next((s for s in found if then and s.scoring.closed_at and s.scoring.closed_at <= then), None)
    if known is None or then is None:
        return None
    lines = [*_points(known), *_criteria(known), *_flags(known, decision), *_deviation(decision)]
    return Part(_("Scores and criteria that day"), lines, groups=("assessment", "benefits"))


def _points(one: Standing) -> list[str]:
    axes = {c.axis: c.axis_name for c in one.criteria}
    version = one.scoring.criteria_version
    day = date_format(localtime(one.scoring.closed_at), "DATE_FORMAT") if one.scoring.closed_at else ""
    said = {"day": day, "number": len(one.given)}
    by = _("Version %(version)s of the criteria.") % {"version": version} if version else _("The standard criteria.")
    points = [f"{name}: {round(one.points(axis))}" for axis, name in axes.items()]
    return [_("Scored by %(number)s, closed %(day)s.") % said + f" {by}", ", ".join(points) + "."]


def _criteria(one: Standing) -> list[str]:
    text = _("%(name)s (weight %(weight)s): %(scores)s. Spread %(spread)s.")
    return [
        text
        % {
            "name": c.name,
            "weight": c.weight,
            "scores": ", ".join(str(card[c.code]) for card in one.given),
            "spread": one.spread(c),
        }
        for c in one.criteria
    ]


def _flags(one: Standing, decision: Decision) -> list[str]:
    changes = FlagChange.objects.filter(scoring=one.scoring, changed_at__lte=decision.decided_at)
    found = [_("Demanded by law or an authority, and so first in the order.")] if one.scoring.must_do else []
    return found + [
        _("What stands outside the score was changed: %(reason)s") % {"reason": row.reason} for row in changes
    ]


def _deviation(decision: Decision) -> list[str]:
    """Where the body put it elsewhere than it was counted to, in the standing order and in a round, and why."""
    then = decision.decided_at
    stood = Placing.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=then), case_id=decision.case_id)
    text = _("The body placed it as number %(place)s: %(reason)s")
    found = [text % {"place": row.place, "reason": row.reason} for row in stood.filter(placed_at__lte=then)]
    rows = RoundRow.objects.filter(own_case_id=decision.case_id, recommendation__made_at__lte=then)
    for row in rows.select_related("line__case__round"):
        name = row.line.case.round.name
        if row.found_place is None:
            found.append(_("%(round)s: number %(place)s, as counted.") % {"round": name, "place": row.line.order})
        else:
            said = {"round": name, "counted": row.line.order, "place": row.found_place, "reason": row.found_reason}
            found.append(_("%(round)s: counted to %(counted)s, placed as number %(place)s: %(reason)s") % said)
    return found
