"""Who may do what with a meeting, and when it can decide."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Case, Recommendation
from samrad.core.verdict import Lack, Verdict
from samrad.council.models import AgendaItem, Meeting
from samrad.council.queries import VOTING, WAITS, Agenda, Row
from samrad.governance.models import Seat
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.roles import TREATING

OPEN_STATES = (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT, Meeting.State.HELD)


def _may(by: Actor, action: str, owner_id: int, refusal: str) -> Verdict:
    return Verdict.yes() if by.may(action, owner_id) else Verdict.no(refusal)


def is_called(by: Actor, agenda: Agenda) -> bool:
    """Is this person called to the meeting, or does the calling? The notice, with the link to the room, is theirs."""
    seated = by.is_person and by.person_id in {seat.person_id for seat in agenda.seats}
    return seated or bool(by.roles_in([agenda.meeting.owner_id]) & TREATING)


def can_plan(by: Actor, owner_id: int) -> Verdict:
    """May this person set up meetings of the body?"""
    return _may(by, "council.plan_meeting", owner_id, _("Only the secretariat and the chair can plan meetings."))


def can_set_agenda(by: Actor, meeting: Meeting, case: Case | None = None) -> Verdict:
    """May this person put the case on the agenda? Only development, only prepared cases, only before it is held."""
    allowed = _may(by, "council.set_agenda", meeting.owner_id, _("Only the secretariat can set the agenda."))
    if not allowed:
        return allowed
    if meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    if meeting.state not in (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT):
        return Verdict.no(_("The meeting has been held, so its agenda stands."))
    return _fits(case, meeting) if case is not None else allowed


def can_change(by: Actor, meeting: Meeting) -> Verdict:
    """May this person move or cancel the meeting? Whoever plans meetings, until it is held."""
    allowed = can_plan(by, meeting.owner_id)
    if not allowed:
        return allowed
    if meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    if meeting.state not in (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT):
        return Verdict.no(_("The meeting has been held."))
    return Verdict.yes()


def _fits(case: Case, meeting: Meeting) -> Verdict:
    if (case.shared_with_id or case.owner_id) != meeting.owner_id:
        return Verdict.no(_("The case belongs to another council."))
    if case.initiative and case.initiative.classification != Initiative.Classification.DEVELOPMENT:
        return Verdict.no(_("Operation and maintenance do not belong on the council's agenda."))
    if case.state == "on_agenda":
        return Verdict.no(_("The case is on an agenda already."))
    if case.state not in ("ready", "deferred"):
        return Verdict.no(_("The case is not ready: the case paper must be made first."))
    return Verdict.yes()


def can_take_off(by: Actor, meeting: Meeting, item: AgendaItem) -> Verdict:
    """May this person take the item off the agenda? Also in the meeting, as long as it is not treated."""
    allowed = _may(by, "council.set_agenda", meeting.owner_id, _("Only the secretariat can set the agenda."))
    if not allowed:
        return allowed
    if meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    if meeting.state == Meeting.State.APPROVED:
        return Verdict.no(_("The minutes are approved and locked."))
    if item.treated_at is not None:
        return Verdict.no(_("The item has been treated, so it stands."))
    return Verdict.yes()


def has_chair(seats: list[Seat]) -> bool:
    """Does the body have a valid chair or deputy?"""
    return any(seat.position in ("chair", "deputy") for seat in seats)


def can_send_notice(by: Actor, agenda: Agenda) -> Verdict:
    """May the notice be sent now?"""
    owner_id = agenda.meeting.owner_id
    allowed = _may(by, "council.send_notice", owner_id, _("Only the secretariat and the chair can send the notice."))
    if not allowed:
        return allowed
    if agenda.meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    if agenda.meeting.state not in (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT):
        return Verdict.no(_("The meeting has been held."))
    if not has_chair(agenda.seats):
        return Verdict.no(_("The body has neither a chair nor a deputy today, so no meeting can be convened."))
    if not agenda.items:
        return Verdict.no(_("Put at least one case on the agenda first."))
    return Verdict.yes()


def notice_warning(agenda: Agenda, on: date) -> str:
    """What to think of before the notice is sent later than the mandate says (flow.md D.3 row 11); empty otherwise."""
    if agenda.mandate is None or agenda.meeting.state != Meeting.State.PLANNED:
        return ""
    left = (localdate(agenda.meeting.starts_at) - on).days
    if left >= agenda.mandate.notice_days:
        return ""
    text = _("The mandate says the notice goes out %(days)s days before. There are %(left)s days left.")
    return text % {"days": agenda.mandate.notice_days, "left": max(left, 0)}


def can_keep_minutes(by: Actor, meeting: Meeting) -> Verdict:
    """May this person write in the minutes? Nobody, once they are approved."""
    if meeting.state == Meeting.State.APPROVED:
        return Verdict.no(_("The minutes are approved and locked."))
    if meeting.state not in OPEN_STATES:
        return Verdict.no(_("The meeting is cancelled."))
    if meeting.state == Meeting.State.PLANNED:
        return Verdict.no(_("The notice has not been sent yet."))
    return _may(by, "council.keep_minutes", meeting.owner_id, _("Only the secretariat keeps the minutes."))


def can_record(by: Actor, meeting: Meeting) -> Verdict:
    """May this person write down who is there and who is disqualified? Until the meeting is closed."""
    allowed = can_keep_minutes(by, meeting)
    if allowed and meeting.closed_at is not None:
        return Verdict.no(_("The meeting is closed, so who was there stands."))
    return allowed


def can_close(by: Actor, meeting: Meeting) -> Verdict:
    """May this person close the meeting?"""
    allowed = can_record(by, meeting)
    if allowed and meeting.state != Meeting.State.HELD:
        return Verdict.no(_("Write down who is present first."))
    return allowed


def voting_here(agenda: Agenda, item: AgendaItem | None = None) -> set[int]:
    """Those who are here, vote, and are not disqualified in the item."""
    out = {row.person_id for row in item.impartiality.all() if row.disqualified} if item else set()
    voters = {s.person_id for s in agenda.seats if s.position in (*VOTING, "substitute")}
    return (agenda.present & voters) - out


def quorum(agenda: Agenda, item: AgendaItem | None = None) -> Verdict:
    """Can the body decide (flow.md D.3 row 12)? The mandate's share of the voting seats, without the disqualified."""
    voting = [seat for seat in agenda.seats if seat.position in VOTING]
    share = agenda.mandate.quorum_share_percent if agenda.mandate else 50
    needed = -(-len(voting) * share // 100)
    present = len(voting_here(agenda, item))
    if present >= needed and voting:
        return Verdict.yes()
    text = _(
        "The body cannot decide: %(present)s of those who vote are here and not disqualified, %(needed)s are needed."
    )
    return Verdict.no(text % {"present": present, "needed": needed})


def can_treat(by: Actor, agenda: Agenda, item: AgendaItem) -> Verdict:
    """May the treatment of the item be written down?"""
    allowed = can_keep_minutes(by, agenda.meeting)
    if allowed and item.case is not None and item.case.state not in WAITS:
        return Verdict.no(_("The case is no longer before the meeting, so there is nothing to treat."))
    return quorum(agenda, item) if allowed else allowed


def treatment_lacks(outcome: str, text: str, reason: str) -> tuple[Lack, ...]:
    """What the treatment still lacks."""
    found = []
    if outcome not in Recommendation.Outcome.values:
        found.append(Lack(_("Choose what the body recommends."), "id_outcome"))
    if not text.strip():
        found.append(Lack(_("Write the recommendation."), "id_text"))
    if not reason.strip():
        found.append(Lack(_("Write the reason."), "id_reason"))
    return tuple(found)


def vote_lacks(agenda: Agenda, item: AgendaItem, votes: tuple[int, int, int], casting_vote: str) -> tuple[Lack, ...]:
    """What is wrong with a vote: everyone who votes here is counted once, and a tie needs the casting vote the mandate gives."""
    here, cast = len(voting_here(agenda, item)), sum(votes)
    if cast != here:
        text = _(
            "%(here)s vote in this item, but %(cast)s votes are counted. Whoever does not vote is counted as blank."
        )
        return (Lack(text % {"here": here, "cast": cast}, "id_votes_for"),)
    tie = votes[0] == votes[1]
    if agenda.mandate is not None and not agenda.mandate.casting_vote:
        text = _("The mandate gives the chair no casting vote.")
        return (Lack(text, "id_casting_vote"),) if casting_vote else ()
    if tie and casting_vote not in ("for", "against"):
        return (Lack(_("It is a tie: say how the chair's casting vote was given."), "id_casting_vote"),)
    if casting_vote and not tie:
        return (Lack(_("The chair's casting vote is given only where it is a tie."), "id_casting_vote"),)
    return ()


def can_fetch_minutes(agenda: Agenda, rows: list[Row]) -> Verdict:
    """May this person take out the minutes, when these are the items that he or she sees?"""
    if len(rows) != len(agenda.items) or not all(row.opens for row in rows):
        return Verdict.no(_("Parts of the minutes are not open to you."))
    return Verdict.yes()


def can_approve(by: Actor, agenda: Agenda) -> Verdict:
    """May the minutes be approved now? By the chair or the deputy, when every item has an outcome."""
    meeting = agenda.meeting
    if meeting.state == Meeting.State.APPROVED:
        return Verdict.no(_("The minutes are approved and locked."))
    refusal = _("Only the chair and the deputy can approve the minutes.")
    allowed = _may(by, "council.approve_minutes", meeting.owner_id, refusal)
    if not allowed:
        return allowed
    if meeting.state != Meeting.State.HELD:
        return Verdict.no(_("The meeting has not been held yet."))
    if any(item.treated_at is None for item in agenda.waiting):
        return Verdict.no(_("Every item must have an outcome first."))
    short = next((v for v in (quorum(agenda, item) for item in agenda.waiting) if not v), None)
    return Verdict.yes() if short is None else short
