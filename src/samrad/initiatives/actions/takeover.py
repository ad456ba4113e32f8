"""A mail or a ticket becomes a draft, and goes to its right owner, who takes it over or turns it down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import lock_initiative
from samrad.initiatives.actions.drafting import make_draft
from samrad.initiatives.content import MAX_TEXT
from samrad.initiatives.models import Initiative, Responsibility, Takeover
from samrad.initiatives.notifications import tell_takeover_answered, tell_takeover_asked
from samrad.initiatives.policy import can_answer_takeover, can_take_in_request
from samrad.initiatives.queries import possible_owners, sector_of
from samrad.organisation.actors import Actor
from samrad.organisation.queries import shared_with


@transaction.atomic
def turn_into_draft(
    *, by: Actor, at: datetime, subject: str, text: str, need_owner_id: int, sender: str = ""
) -> Takeover:
    """Make a mail or a ticket into a draft, and ask its right owner to take it over."""
    can_take_in_request(by).require()
    asked = possible_owners(by).select_related("owner", "unit__parent").filter(pk=need_owner_id).first()
    if asked is None:
        raise Refused(_("Choose a person from the list."))
    share = shared_with(asked.owner, on=localdate(at))
    draft = make_draft(
        by=by,
        at=at,
        owner_id=asked.owner_id,
        share_id=share.pk if share else None,
        title=subject.strip(),
        sector_id=sector_of(asked),
    )
    draft.answers = {"problem": text.strip()[:MAX_TEXT]}
    draft.version += 1
    draft.save(update_fields=["answers", "version"])
    for kind in ("author", "need_owner"):
        Responsibility.objects.create(**house_of(draft), initiative=draft, person=asked, kind=kind)
    takeover = Takeover.objects.create(
        **house_of(draft),
        initiative=draft,
        sender=sender.strip()[:200],
        subject=subject.strip()[:200],
        text=text.strip(),
        asked=asked,
        asked_by_id=by.person,
        asked_at=at,
    )
    tell_takeover_asked(by=by, at=at, takeover=takeover, person=asked)
    event = events.TakeoverAsked(initiative_id=draft.pk, takeover_id=takeover.pk, person_id=asked.pk)
    record(event, by=by, at=at, house=draft)
    return takeover


@transaction.atomic
def answer_takeover(*, by: Actor, at: datetime, takeover_id: int, answer: str, reason: str = "") -> Takeover:
    """Take a draft over, or turn it down and say why."""
    takeover = Takeover.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=takeover_id)
    can_answer_takeover(by, takeover).require()
    taken = answer == Takeover.Answer.TAKEN
    if not taken and not reason.strip():
        lack = Lack(_("Say why it is not yours, and whose it may be."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    initiative = lock_initiative(takeover.initiative_id, None)
    takeover.answer = Takeover.Answer.TAKEN if taken else Takeover.Answer.TURNED_DOWN
    takeover.reason, takeover.answered_at = reason.strip(), at
    takeover.save(update_fields=["answer", "reason", "answered_at"])
    if not taken:
        initiative.status = Initiative.Status.WITHDRAWN
        initiative.version += 1
        initiative.updated_at = at
        initiative.save(update_fields=["status", "version", "updated_at"])
    tell_takeover_answered(by=by, at=at, takeover=takeover, taken=taken)
    event = events.TakeoverAnswered(initiative_id=initiative.pk, takeover_id=takeover.pk, answer=takeover.answer)
    record(event, by=by, at=at, house=initiative)
    return takeover
