"""Who keeps views of the list, and what the top of a portfolio may not lack."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio.models import SavedView


def can_keep_view(by: Actor, view: SavedView | None) -> Verdict:
    """May this person keep a view, or take it away? Everyone their own."""
    if not by.is_person:
        return Verdict.no(_("You must sign in to do this."))
    if view is not None and view.person_id != by.person_id:
        return Verdict.no(_("Only the one who saved this view can take it away."))
    return Verdict.yes()


def header_lacks(manager: Person | None, appointed_by: str, appointed_date: date | None) -> tuple[Lack, ...]:
    """What is missing of the one who manages the portfolio: a name, and the decision that appoints (S68)."""
    found = []
    if manager is None:
        found.append(Lack(_("Name the one who manages the portfolio."), "id_manager"))
    if not appointed_by.strip():
        found.append(Lack(_("Write who appointed the portfolio manager, and in which case."), "id_appointed_by"))
    if appointed_date is None:
        found.append(Lack(_("Write the day the portfolio manager was appointed."), "id_appointed_date"))
    return tuple(found)
