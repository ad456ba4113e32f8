"""Who is told what about anchoring and submission, and why them."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.models import GuestPass, Request
from samrad.anchoring.queries import said_of, writers_of
from samrad.cases.actions import tell
from samrad.cases.queries import named_in, secretariat_of
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def tell_asked(*, by: Actor, at: datetime, asked: Request, people: list[Person]) -> None:
    """Those who are asked hear what they are asked about, and by when."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=people,
        code="anchoring.asked",
        subject=_("You are asked: %(title)s"),
        body=_("%(by)s asks you about %(reference)s (%(kind)s). Answer by %(due)s."),
        path=reverse("anchoring:request_answer", args=[asked.pk]),
        kind=Request.Kind(asked.kind).label,
        due=asked.due_date.strftime("%d.%m.%Y"),
    )


WAITS: dict[str, str | Promise] = {
    Request.Kind.EXPERT_GROUP: _("The case waits with the expert group until someone answers."),
    Request.Kind.ENDORSEMENT: _("The case waits with the head of sector until someone answers."),
    Request.Kind.ESCALATION: _("The case waits until someone answers."),
    Request.Kind.HEARING: _("After that the case can go on without the answer."),
}


def tell_reminded(*, by: Actor, at: datetime, asked: Request, people: list[Person], last: date) -> None:
    """Those who can answer are reminded before the deadline, and told what happens after it."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=people,
        code="anchoring.reminded",
        subject=_("Reminder, answer by %(last)s: %(title)s"),
        body=_(
            "You were asked on %(asked)s about %(reference)s (%(kind)s), and nobody has answered yet. "
            "Answer by %(last)s. %(waits)s\n"
            "You get this because you are the one asked, or hold the same role."
        ),
        path=reverse("anchoring:request_answer", args=[asked.pk]),
        kind=Request.Kind(asked.kind).label,
        asked=_day(localdate(asked.asked_at)),
        last=_day(last),
        waits=WAITS[asked.kind],
    )


PASSED: dict[str, str | Promise] = {
    Request.Kind.EXPERT_GROUP: _("The chief executive is asked now too."),
    Request.Kind.ENDORSEMENT: _("The chief executive is asked now too."),
    Request.Kind.ESCALATION: _("The case still waits. Talk together."),
    Request.Kind.HEARING: _("The case can now go on without the answer."),
}


def tell_passed(*, by: Actor, at: datetime, asked: Request, people: list[Person]) -> None:
    """Those who write the need, and those who did not answer, hear that the deadline has passed."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=[*writers_of(asked.initiative), *people],
        code="anchoring.passed",
        subject=_("The deadline has passed without an answer: %(title)s"),
        body=_(
            "%(person)s was asked about %(reference)s (%(kind)s) with deadline %(due)s, was reminded on %(reminded)s, "
            "and has not answered. %(next)s\n"
            "You get this because you write the need or were to answer."
        ),
        person=asked.asked_name,
        kind=Request.Kind(asked.kind).label,
        due=_day(asked.due_date),
        reminded=_day(localdate(asked.reminded_at)) if asked.reminded_at else "–",
        next=PASSED[asked.kind],
    )


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


NEXT: dict[str, str | Promise] = {
    "awaiting_endorsement": _("The head of sector is asked next."),
    "clarification": _("It is with you: change what is needed, and send it again."),
    "endorsed": "",  # who can send it in stands in the text itself
    "stopped": _("The case is closed."),
    "": _("The case goes on as before."),
}


_SILENT = _("Nobody answered in time, and the mandate takes that for a yes.")
_ANSWERED = _("%(person)s has answered about %(reference)s: %(answer)s.\n%(text)s\n%(next)s")
_ENDORSED = _(
    "%(person)s has answered about %(reference)s: %(answer)s.\n%(text)s\n"
    "Those who write the need can send it in now: %(writers)s."
)


def tell_answered(*, by: Actor, at: datetime, asked: Request, state: str) -> None:
    """Those named in the initiative hear the answer, and what happens next."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=named_in(asked.initiative),
        code="anchoring.answered",
        subject=_("%(person)s: %(answer)s – %(title)s"),
        body=_ENDORSED if state == "endorsed" else _ANSWERED,
        person=asked.speaker_name,
        answer=said_of(asked),
        text=_SILENT if asked.by_silence else asked.text,
        next=NEXT[state],
        writers=", ".join(person.name for person in writers_of(asked.initiative)),
    )


def tell_recorded(*, by: Actor, at: datetime, asked: Request) -> None:
    """The one on whose behalf an answer was written down hears it, and can contest it."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=[asked.asked_person],
        code="anchoring.recorded",
        subject=_("An answer was written down for you: %(title)s"),
        body=_(
            "%(by)s wrote down your answer about %(reference)s: %(answer)s. Source: %(source)s. "
            "Open it and contest it if it is wrong."
        ),
        path=reverse("anchoring:request_answer", args=[asked.pk]),
        answer=Request.Answer(asked.answer).label,
        source=asked.on_behalf_source,
    )


def tell_contested(*, by: Actor, at: datetime, asked: Request, on: date) -> None:
    """The secretariat and those named hear that an answer is contested."""
    people = [*named_in(asked.initiative), *secretariat_of(house_id(asked.initiative), on=on)]
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=people,
        code="anchoring.contested",
        subject=_("Contested: %(title)s"),
        body=_("%(by)s says that the answer written down about %(reference)s was not theirs. It no longer counts."),
    )


def tell_submitted(*, by: Actor, at: datetime, initiative: Initiative, on: date, again: bool) -> None:
    """The secretariat hears that something came in, and those named that it was sent."""
    people = [*named_in(initiative), *secretariat_of(house_id(initiative), on=on)]
    subject = _("Completed: %(title)s") if again else _("Sent in: %(title)s")
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people,
        code="anchoring.submitted",
        subject=subject,
        body=_("%(by)s sent in %(reference)s. The secretariat now checks that it is complete."),
    )


ESCALATED = _(
    "%(person)s was asked about %(reference)s (%(kind)s) and has not answered by %(due)s. "
    "You are asked to answer instead, or to see to it that it is answered.\n"
    "You get this because you are the chief executive where the need belongs."
)
OVERRULE = _(
    "%(person)s does not recommend %(reference)s. %(by)s asks you to look at it again.\n%(question)s\n"
    "You get this because you are the chief executive where the need belongs."
)


def tell_escalated(*, by: Actor, at: datetime, asked: Request, people: list[Person]) -> None:
    """The chief executive hears what nobody has answered, or whose no is taken further."""
    before = asked.escalates
    if before is None:
        raise ValueError("an escalation is of something")
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=people,
        code="anchoring.escalated",
        subject=_("The chief executive is asked: %(title)s"),
        body=OVERRULE if before.answer else ESCALATED,
        path=reverse("anchoring:request_answer", args=[asked.pk]),
        person=before.speaker_name,
        kind=Request.Kind(before.kind).label,
        due=_day(before.due_date),
        question=asked.question,
    )


def tell_nobody_to_escalate_to(*, by: Actor, at: datetime, asked: Request, on: date) -> None:
    """The secretariat hears that nobody has answered, and that there is no chief executive to ask."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=secretariat_of(house_id(asked.initiative), on=on),
        code="anchoring.escalated",
        subject=_("Nobody answers: %(title)s"),
        body=_(
            "%(person)s has not answered about %(reference)s (%(kind)s), and no chief executive is registered where "
            "the need belongs. Talk to them.\nYou get this because you are the secretariat."
        ),
        person=asked.asked_name,
        kind=Request.Kind(asked.kind).label,
    )


def tell_hearing_ended(*, by: Actor, at: datetime, asked: Request) -> None:
    """Those who write the need hear that one who was asked has left the cooperation, or that they have themselves."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=writers_of(asked.initiative),
        code="anchoring.hearing_ended",
        subject=_("No longer asked: %(title)s"),
        body=_(
            "%(person)s is no longer asked about %(reference)s (%(kind)s): the municipality is no longer part of the "
            "cooperation.\nYou get this because you write the need."
        ),
        # The person is no longer seen from here, but which municipalities there are is known to all.
        person=asked.municipality.name if asked.municipality else "–",
        kind=Request.Kind(asked.kind).label,
    )


def tell_guest_commented(*, by: Actor, at: datetime, given: GuestPass) -> None:
    """The one who shared it hears that the guest has written something."""
    tell(
        by=by,
        at=at,
        initiative=given.initiative,
        people=[given.made_by],
        code="anchoring.guest_commented",
        subject=_("A guest has commented: %(title)s"),
        body=_("%(guest)s has commented on %(reference)s.\nYou get this because you shared it."),
        path=reverse("anchoring:share_list", args=[given.initiative_id]),
        guest=given.stakeholder.name,
    )
