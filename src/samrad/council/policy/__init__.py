"""Who may do what with a meeting, and when it can decide."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Case, Recommendation
from samrad.core.verdict import Lack, Verdict
from samrad.council.models import ActionPoint, AgendaItem, Meeting
from samrad.council.policy.fitting import fits
from samrad.council.queries import VOTING, Agenda, Row, ended_leaders, next_held
from samrad.council.queries.agenda import WAITS
from samrad.governance.models import Body, Seat
from samrad.organisation.actors import Actor
from samrad.organisation.roles import TREATING
from samrad.secretariat.models import CasePaper, PaperVersion

AHEAD = (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT)
OPEN_STATES = (*AHEAD, Meeting.State.HELD)


def _may(by: Actor, action: str, owner_id: int, refusal: str) -> Verdict:
    return Verdict.yes() if by.may(action, owner_id) else Verdict.no(refusal)


def _not_begun(meeting: Meeting, held: str) -> Verdict:
    """Is the meeting still ahead, neither cancelled nor begun? `held`: what is said where it has begun."""
    if meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    return Verdict.yes() if meeting.state in AHEAD else Verdict.no(held)


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
    if allowed:
        allowed = _not_begun(meeting, _("The meeting has been held, so its agenda stands."))
    if not allowed:
        return allowed
    if case is not None and meeting.state == Meeting.State.NOTICE_SENT:
        return Verdict.no(_("The notice has been sent. Only the chair can take in a case now, as an urgent case."))
    return fits(case, meeting) if case is not None else allowed


def can_take_urgent(by: Actor, meeting: Meeting, case: Case | None = None) -> Verdict:
    """May this person take in an urgent case? The chair or the deputy, also in the meeting, until it is closed."""
    refusal = _("Only the chair and the deputy can take in an urgent case.")
    allowed = _may(by, "council.take_urgent", meeting.owner_id, refusal)
    if not allowed:
        return allowed
    if meeting.state not in OPEN_STATES:
        return Verdict.no(_("The meeting is cancelled or its minutes are approved."))
    if meeting.closed_at is not None:
        return Verdict.no(_("The meeting is closed."))
    return fits(case, meeting) if case is not None else allowed


def can_change(by: Actor, meeting: Meeting) -> Verdict:
    """May this person move or cancel the meeting? Whoever plans meetings, until it is held."""
    allowed = can_plan(by, meeting.owner_id)
    return _not_begun(meeting, _("The meeting has been held.")) if allowed else allowed


def can_take_off(by: Actor, agenda: Agenda, item: AgendaItem) -> Verdict:
    """May this person take the item off the agenda? Once the meeting is held, only where the body cannot treat it."""
    meeting = agenda.meeting
    allowed = _may(by, "council.set_agenda", meeting.owner_id, _("Only the secretariat can set the agenda."))
    if not allowed:
        return allowed
    if meeting.state == Meeting.State.CANCELLED:
        return Verdict.no(_("The meeting is cancelled."))
    if meeting.state == Meeting.State.APPROVED:
        return Verdict.no(_("The minutes are approved and locked."))
    if item.treated_at is not None or item.taken_off_at is not None:
        return Verdict.no(_("The item has been treated or taken off, so it stands."))
    if meeting.state == Meeting.State.HELD and quorum(agenda, item):
        return Verdict.no(
            _("The meeting is being held. Write down what the body finds, for example that it defers it.")
        )
    return Verdict.yes()


def has_chair(seats: list[Seat]) -> bool:
    """Does the body have a valid chair or deputy?"""
    return any(seat.position in ("chair", "deputy") for seat in seats)


def _nobody_leads(agenda: Agenda) -> Verdict:
    """Why no meeting can be convened, with those whose time as chair or deputy has run out."""
    text = _("The body has neither a chair nor a deputy on the day of the meeting, so no meeting can be convened.")
    gone = ended_leaders(agenda.meeting)
    if not gone:
        return Verdict.no(f"{text} {_('Nobody has been given either seat.')}")
    names = [
        _("%(name)s (%(seat)s, until %(day)s)")
        % {
            "name": seat.person.name,
            "seat": seat.get_position_display().lower(),
            "day": date_format(seat.valid_to or seat.valid_from, "SHORT_DATE_FORMAT"),
        }
        for seat in gone
    ]
    return Verdict.no(f"{text} {_('The last ones were: %(names)s.') % {'names': ', '.join(names)}}")


def unrepresented(agenda: Agenda) -> list[str]:
    """The professional fields that have a case on the agenda and nobody in the body to speak for them (S31).

    Before the meeting: no seat for the field. Once attendance is written down: nobody for it in the room.
    """
    here = [s for s in agenda.seats if s.position in (*VOTING, "substitute")]
    spoken_for = {s.field_id for s in here if not agenda.attendance or s.person_id in agenda.present}
    asked = {
        i.case.initiative.field
        for i in agenda.standing
        if i.kind == AgendaItem.Kind.CASE and i.case and i.case.initiative and i.case.initiative.field
    }
    return sorted(field.name for field in asked if field.pk not in spoken_for)


def can_send_notice(by: Actor, agenda: Agenda) -> Verdict:
    """May the notice be sent now?"""
    owner_id = agenda.meeting.owner_id
    allowed = _may(by, "council.send_notice", owner_id, _("Only the secretariat and the chair can send the notice."))
    if allowed:
        allowed = _not_begun(agenda.meeting, _("The meeting has been held."))
    if not allowed:
        return allowed
    if not has_chair(agenda.seats):
        return _nobody_leads(agenda)
    if not agenda.standing:
        return Verdict.no(_("Put at least one case on the agenda first."))
    return Verdict.yes()


def notice_warning(agenda: Agenda, on: date) -> str:
    """What to think of before the notice is sent later than the mandate says (flow.md D.3 row 11); empty otherwise."""
    if agenda.mandate is None or agenda.meeting.state != Meeting.State.PLANNED:
        return ""
    left = (localdate(agenda.meeting.starts_at) - on).days
    if left >= agenda.mandate.notice_days:
        return ""
    said = {"days": agenda.mandate.notice_days, "left": max(left, 0)}
    return _("The mandate says the notice goes out %(days)s days before. There are %(left)s days left.") % said


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


def can_hold_elsewhere(by: Actor, meeting: Meeting) -> Verdict:
    """May it be said that the meeting is held in another system? Until somebody has begun to hold it."""
    allowed = _may(by, "council.set_agenda", meeting.owner_id, _("Only the secretariat can set the agenda."))
    return _not_begun(meeting, _("The meeting has been held.")) if allowed else allowed


def can_take_package(by: Actor, meeting: Meeting) -> Verdict:
    """May this person take out the agenda with all its papers? The secretariat, once the notice is sent."""
    allowed = _may(by, "council.set_agenda", meeting.owner_id, _("Only the secretariat takes out the whole package."))
    if allowed and not meeting.notice_paper:
        return Verdict.no(_("The notice has not been sent yet."))
    return allowed


def can_attach_minutes(by: Actor, meeting: Meeting) -> Verdict:
    """May the minutes from the other system be attached? Until they are approved here."""
    if not meeting.elsewhere:
        return Verdict.no(_("The meeting is held here, so its minutes are written here."))
    return can_keep_minutes(by, meeting)


def can_close(by: Actor, meeting: Meeting) -> Verdict:
    """May this person close the meeting?"""
    allowed = can_record(by, meeting)
    if allowed and meeting.state != Meeting.State.HELD:
        return Verdict.no(_("Write down who is present first."))
    return allowed


def here_in(agenda: Agenda, item: AgendaItem | None = None) -> set[int]:
    """Those who are in the room for the item: at the meeting, not gone out, and not disqualified in it."""
    if item is None:
        return agenda.present
    out = {row.person_id for row in item.impartiality.all() if row.disqualified}
    return agenda.present - out - item.away_ids


def stand_ins(agenda: Agenda, item: AgendaItem | None = None) -> dict[int, Seat]:
    """Which substitutes vote in the item, and for whose seat: one's own substitute first, then those for anyone."""
    here = here_in(agenda, item)
    empty = [s for s in agenda.seats if s.position in VOTING and s.person_id not in here]
    sitting = {s.person_id for s in agenda.seats if s.position in VOTING and s.person_id in here}
    ready = [s for s in agenda.seats if s.position == "substitute" and s.person_id in here - sitting]
    found: dict[int, Seat] = {}
    for own in (True, False):
        for seat in list(empty):
            wanted = seat.pk if own else None
            one = next((s for s in ready if s.substitute_for_id == wanted and s.person_id not in found), None)
            if one is not None:
                found[one.person_id] = seat
                empty.remove(seat)
    return found


def voting_here(agenda: Agenda, item: AgendaItem | None = None) -> set[int]:
    """Those who vote in the item: the members in the room, and substitutes for those who are not. Never an observer."""
    members = {s.person_id for s in agenda.seats if s.position in VOTING}
    return (here_in(agenda, item) & members) | set(stand_ins(agenda, item))


def leads_item(agenda: Agenda, item: AgendaItem | None = None) -> Seat | None:
    """Who leads the item: the chair, or the deputy where the chair is out or disqualified. None: the body chooses one."""
    here = here_in(agenda, item)
    return next((s for s in agenda.seats if s.position in ("chair", "deputy") and s.person_id in here), None)


def quorum(agenda: Agenda, item: AgendaItem | None = None) -> Verdict:
    """Can the body decide (flow.md D.3 row 12)? The mandate's share of the voting seats, without the disqualified."""
    if agenda.meeting.elsewhere:
        return Verdict.yes()  # the other system counts them, and its minutes say so
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
    if allowed and item.taken_off_at is not None:
        return Verdict.no(_("The item is taken off the agenda."))
    if allowed and item.case is not None and item.case.state not in WAITS:
        return Verdict.no(_("The case is no longer before the meeting, so there is nothing to treat."))
    return quorum(agenda, item) if allowed else allowed


def proposed(agenda: Agenda, item: AgendaItem) -> PaperVersion | CasePaper | None:
    """The case paper that the body has before it: as it was sent, or as it is where it has not been sent."""
    if item.kind != AgendaItem.Kind.CASE or item.case is None:
        return None
    return agenda.papers.get(item.case_id or 0) or getattr(item.case, "paper", None)


def can_agree(by: Actor, agenda: Agenda, item: AgendaItem) -> Verdict:
    """May it be written down that the body agrees with the case paper as it stands?"""
    if proposed(agenda, item) is None:
        return Verdict.no(_("There is no case paper to agree with."))
    return can_treat(by, agenda, item)


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


def can_correct(by: Actor, meeting: Meeting) -> Verdict:
    """May this person note a correction to the minutes? The secretariat, the chair and the deputy, once they are approved."""
    if meeting.state != Meeting.State.APPROVED:
        return Verdict.no(_("The minutes are not approved yet, so they are changed where they are written."))
    if by.may("council.approve_minutes", meeting.owner_id):
        return Verdict.yes()
    refusal = _("Only the secretariat, the chair and the deputy can correct the minutes.")
    return _may(by, "council.keep_minutes", meeting.owner_id, refusal)


def correction_lacks(text: str, reason: str) -> tuple[Lack, ...]:
    """What a correction still lacks."""
    found = []
    if not text.strip():
        found.append(Lack(_("Write how it should read."), "id_correct_text"))
    if not reason.strip():
        found.append(Lack(_("Say why it is corrected."), "id_correct_reason"))
    return tuple(found)


def can_give_point(by: Actor, meeting: Meeting) -> Verdict:
    """May this person give someone an action point? Whoever keeps the minutes, from the notice until they are approved."""
    return can_keep_minutes(by, meeting)


def can_finish_point(by: Actor, point: ActionPoint) -> Verdict:
    """May this person tick off the action point? The one responsible, and the secretariat."""
    if by.is_person and by.person_id == point.responsible_id:
        return Verdict.yes()
    refusal = _("Only the one responsible and the secretariat can tick it off.")
    return _may(by, "council.keep_minutes", point.owner_id, refusal)


def can_see_turnout(by: Actor, body: Body) -> Verdict:
    """May this person see who has come to the body's meetings? Its members and its secretariat."""
    if by.is_person and by.roles_in([body.owner_id]) & TREATING:
        return Verdict.yes()
    return Verdict.no(_("Only the body and its secretariat see who has come to its meetings."))


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
    if meeting.approval == Meeting.Approval.NEXT and next_held(meeting) is None:
        return Verdict.no(_("The minutes are approved in the body's next meeting, and it has not been opened yet."))
    return are_whole(agenda)


def are_whole(agenda: Agenda) -> Verdict:
    """Do the minutes hold all that they must before anyone can approve them?"""
    if any(item.treated_at is None for item in agenda.waiting):
        return Verdict.no(_("Every item must have an outcome first."))
    if agenda.meeting.elsewhere and agenda.meeting.minutes_file_id is None:
        return Verdict.no(_("Attach the minutes from the other system first."))
    short = next((v for v in (quorum(agenda, item) for item in agenda.waiting) if not v), None)
    return Verdict.yes() if short is None else short
