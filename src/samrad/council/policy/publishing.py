"""Who may publish the documents of a meeting, to whom, and what must be considered first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.council.models import Meeting, Publication, WiderAccess
from samrad.council.queries.publishing import CLOSED, Document, HeldBack
from samrad.organisation.actors import Actor
from samrad.organisation.roles import INSIDERS


def can_publish(by: Actor, meeting: Meeting) -> Verdict:
    """May this person publish documents of the meeting? Once the notice is sent."""
    if not by.may("council.publish", meeting.owner_id):
        return Verdict.no(_("Only the secretariat, the records manager and the political secretariat can publish."))
    if not meeting.notice_paper:
        return Verdict.no(_("The notice has not been sent yet, so there is nothing to publish."))
    return Verdict.yes()


def may_be_published(document: Document) -> Verdict:
    """Is the document ready? A closed item's paper stays with the body, and wider access is considered first (§ 11)."""
    if document.closed:
        return Verdict.no(_("The item is treated behind closed doors, so its case paper is not published."))
    if document.unanswered:
        return Verdict.no(
            _("Something is held back. Answer first whether it can be shown all the same (offentleglova § 11).")
        )
    return Verdict.yes()


def may_be_public(audience: str, *, opened: bool) -> Verdict:
    """May the document be open to everyone? Where the body's mandate says that its meetings are open."""
    if audience == Publication.Audience.PUBLIC and not opened:
        return Verdict.no(
            _("The body's mandate does not open its meetings to everyone. Choose employees, or employees and elected.")
        )
    return Verdict.yes()


def withdrawal_lacks(reason: str) -> tuple[Lack, ...]:
    """What a withdrawal still lacks."""
    return () if reason.strip() else (Lack(_("Say why it is withdrawn."), "id_reason"),)


def outcomes_for(held: HeldBack, *, binds: bool) -> list[str]:
    """The answers that can be given: what the law binds us to hide is not weighed, and closed doors are opened elsewhere."""
    outcomes = WiderAccess.Outcome
    if binds:
        return [outcomes.DUTY]
    return [outcomes.KEPT] if held.group == CLOSED else [outcomes.KEPT, outcomes.OPENED]


def considered_lacks(held: HeldBack, outcome: str, reason: str, *, binds: bool) -> tuple[Lack, ...]:
    """What an answer to whether wider access can be given still lacks."""
    found = []
    if outcome not in outcomes_for(held, binds=binds):
        text = _("The law forbids us to show this, so it cannot be weighed.") if binds else _("Choose an answer.")
        found.append(Lack(text, "id_outcome"))
    if not reason.strip():
        found.append(
            Lack(_("Say why. Those who publish and those who answer requests for access read it."), "id_reason")
        )
    return tuple(found)


def audiences_for(by: Actor, meeting: Meeting) -> list[str]:
    """Whom a document must be published to for this person to read it (flow.md D.6)."""
    audiences = Publication.Audience
    if not by.is_person:
        return [audiences.PUBLIC]
    roles = by.roles_in([*by.entities, meeting.owner_id])
    if "employee" in roles or roles & INSIDERS:
        return list(audiences.values)
    return [audiences.ELECTED, audiences.PUBLIC] if "elected_rep" in roles else [audiences.PUBLIC]
