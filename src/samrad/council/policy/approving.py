"""Who may approve an earlier meeting's minutes, and take out all the papers of one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.council.models import AgendaItem, Meeting
from samrad.council.policy import can_keep_minutes, quorum
from samrad.council.queries import Agenda, treats
from samrad.organisation.actors import Actor


def can_approve_last(by: Actor, agenda: Agenda, item: AgendaItem, earlier: Meeting, *, whole: Verdict) -> Verdict:
    """May it be written down in this item that the body approves the minutes of its earlier meeting?

    By whoever keeps the minutes, or by the chair and the deputy: it is the body that approves, so it must have a quorum.
    `whole`: whether the earlier minutes hold all that they must.
    """
    meeting = agenda.meeting
    if meeting.state != Meeting.State.HELD:
        return Verdict.no(_("The meeting has not been opened yet. Write down who is present first."))
    allowed = can_keep_minutes(by, meeting)
    if not allowed and not by.may("council.approve_minutes", meeting.owner_id):
        return allowed
    if item.treated_at is not None or item.taken_off_at is not None:
        return Verdict.no(_("The item has been treated or taken off, so it stands."))
    if earlier.state != Meeting.State.HELD:
        return Verdict.no(_("These minutes are not waiting to be approved."))
    return quorum(agenda, item) if whole else whole


def seem_whole(untreated: bool) -> Verdict:
    """The same in short, for a page that only shows the button: the action looks at all of it."""
    return Verdict.no(_("Every item must have an outcome first.")) if untreated else Verdict.yes()


def can_take_papers(by: Actor, meeting: Meeting) -> Verdict:
    """May this person take out all the papers in one? Those who treat the cases, for nothing is left out of them."""
    if not treats(by, meeting):
        return Verdict.no(_("Only the body and its secretariat can take out all the papers."))
    if not meeting.notice_paper:
        return Verdict.no(_("The notice has not been sent yet."))
    return Verdict.yes()
