"""What belongs on an agenda."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.core.verdict import Verdict
from samrad.council.models import Meeting
from samrad.initiatives.models import Initiative
from samrad.secretariat.policy.routing import is_routed
from samrad.secretariat.queries.rounds import open_round_of
from samrad.secretariat.queries.routing import newest_choice


def fits(case: Case, meeting: Meeting) -> Verdict:
    """Does the case belong on the meeting's agenda, and is it prepared?"""
    if (case.shared_with_id or case.owner_id) != meeting.owner_id:
        return Verdict.no(_("The case belongs to another council."))
    if case.initiative and case.initiative.classification != Initiative.Classification.DEVELOPMENT:
        return Verdict.no(_("Operation and maintenance do not belong on the council's agenda."))
    if case.state == "on_agenda":
        return Verdict.no(_("The case is on an agenda already."))
    if open_round_of(case) is not None:
        return Verdict.no(_("The case stands in a prioritisation round, and goes on the agenda with it."))
    if case.state not in ("ready", "deferred"):
        return Verdict.no(_("The case is not ready: the case paper must be made first."))
    return is_routed(newest_choice(case)) if case.kind == Case.Kind.SUBMISSION else Verdict.yes()
