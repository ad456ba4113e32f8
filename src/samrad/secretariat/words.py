"""What the states of a prioritisation round are called."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.secretariat.models import Round

WORDS: dict[str, Promise] = {
    "ready": _("Ready for a meeting"),
    "on_agenda": _("On the agenda"),
    "deferred": _("Put off by the body"),
    "treated": _("Treated, minutes not approved yet"),
    "recommended": _("Treated by the body"),
    "implemented": _("Treated by the body"),
    "stopped": _("Cancelled"),
}


def round_state(one: Round, on: date) -> Promise:
    """Where a round stands, in words."""
    if one.case.state in WORDS:
        return WORDS[one.case.state]
    if one.listed_at is not None:
        return _("The list is being made")
    return _("Waits for its list") if one.is_over(on) else _("Still open")
