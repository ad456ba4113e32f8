"""Who says whether a project is still right."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio
from samrad.portfolio.policy.projects import can_manage


def can_review(by: Actor, portfolio: Portfolio, board: Collection[int]) -> Verdict:
    """May this person say whether projects are still right? The portfolio manager and the portfolio board."""
    if can_manage(by, portfolio) or (by.is_person and by.person_id in board):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the portfolio board say whether a project is still right."))


def review_lacks(reason: str) -> tuple[Lack, ...]:
    """What an answer lacks: also a yes has its reason in the strategy (S57)."""
    if reason.strip():
        return ()
    return (Lack(_("Say why, with the strategy or a principle to go by."), "id_reason"),)
