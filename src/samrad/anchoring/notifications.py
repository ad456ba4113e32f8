"""Who is told what about anchoring and submission, and why them."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.models import Request
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


NEXT: dict[str, str | Promise] = {
    "awaiting_endorsement": _("The head of sector is asked next."),
    "clarification": _("It is with you: change what is needed, and send it again."),
    "endorsed": _("You can send it in now."),
    "stopped": _("The case is closed."),
    "": _("The case goes on as before."),
}


def tell_answered(*, by: Actor, at: datetime, asked: Request, state: str) -> None:
    """Those named in the initiative hear the answer, and what happens next."""
    tell(
        by=by,
        at=at,
        initiative=asked.initiative,
        people=named_in(asked.initiative),
        code="anchoring.answered",
        subject=_("%(person)s: %(answer)s – %(title)s"),
        body=_("%(person)s has answered about %(reference)s: %(answer)s.\n%(text)s\n%(next)s"),
        person=asked.asked_person.name,
        answer=Request.Answer(asked.answer).label,
        text=asked.text,
        next=NEXT[state],
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
