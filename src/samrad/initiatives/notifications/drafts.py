"""Who is told what about a draft, and why them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.models import Initiative, Takeover
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def _tell(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    person: Person,
    code: str,
    subject: Promise,
    body: Promise,
    path: str,
    **values: object,
) -> None:
    known = {"title": initiative.title or initiative.reference, "reference": initiative.reference, "by": by.name}
    message = Message(code=code, subject=subject, body=body, values={**known, **values}, path=path)
    notify(by=by, at=at, house=initiative, people=[person], message=message, initiative_id=initiative.pk)


def tell_invited(*, by: Actor, at: datetime, initiative: Initiative, person: Person) -> None:
    """Whoever is let in to write hears of it."""
    _tell(
        by=by,
        at=at,
        initiative=initiative,
        person=person,
        code="initiatives.invited",
        subject=_("Write along: %(title)s"),
        body=_("%(by)s has let you in to write the need %(reference)s. You can both write at the same time."),
        path=reverse("initiatives:draft_review", args=[initiative.pk]),
    )


def tell_takeover_asked(*, by: Actor, at: datetime, takeover: Takeover, person: Person) -> None:
    """The right owner is asked to take a draft over."""
    _tell(
        by=by,
        at=at,
        initiative=takeover.initiative,
        person=person,
        code="initiatives.takeover_asked",
        subject=_("Is this yours? %(title)s"),
        body=_(
            "%(by)s has made a mail or a ticket into a draft, %(reference)s, and believes the need is yours. "
            "Take it over, or turn it down and say why."
        ),
        path=reverse("initiatives:takeover_answer", args=[takeover.pk]),
    )


def tell_takeover_answered(*, by: Actor, at: datetime, takeover: Takeover, taken: bool) -> None:
    """Whoever made the draft hears what the owner answered."""
    _tell(
        by=by,
        at=at,
        initiative=takeover.initiative,
        person=takeover.asked_by,
        code="initiatives.takeover_answered",
        subject=_("Taken over: %(title)s") if taken else _("Turned down: %(title)s"),
        body=_("%(by)s has taken over the draft %(reference)s, and writes on.")
        if taken
        else _("%(by)s turned down the draft %(reference)s: %(reason)s"),
        path=reverse("initiatives:request_take_in"),
        reason=takeover.reason,
    )
