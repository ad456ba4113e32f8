"""Saying whether a project is still right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Portfolio, StillRight, house_in
from samrad.portfolio.policy import can_review, review_lacks
from samrad.portfolio.queries import board_of


@transaction.atomic
def answer_still_right(
    *, by: Actor, at: datetime, portfolio: Portfolio, project_id: int, after: int | None, answer: str, reason: str
) -> StillRight:
    """Say whether a project is still right, and why. `after`: the number of the answer that stood when one read it."""
    can_review(by, portfolio, {person.pk for person in board_of(portfolio, on=localdate(at))}).require()
    lacks = review_lacks(reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    project = lock_project(project_id, None)
    last = StillRight.objects.filter(portfolio=portfolio, project=project).first()
    if after is not None and after != (last.pk if last else 0):
        raise Stale(_("Someone has answered since you opened the page. Look at it again before you go on."))
    said = {"answer": answer, "reason": reason.strip(), "answered_at": at, "answered_by_id": by.person}
    row = StillRight.objects.create(**house_in(portfolio, project), portfolio=portfolio, project=project, **said)
    event = events.StillRightAnswered(
        initiative_id=project.initiative_id, portfolio_id=portfolio.pk, project_id=project.pk, answer=answer
    )
    record(event, by=by, at=at, house=project)
    return row
