"""Making the documents of a meeting open: published, withdrawn, and wider access considered first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.council import events
from samrad.council.actions.locking import _locked, _touch
from samrad.council.models import Publication, PublishedPart, WiderAccess
from samrad.council.papers import public
from samrad.council.policy import publishing as policy
from samrad.council.queries import Agenda, number_of
from samrad.council.queries.publishing import Document, binding, documents_of, opens_meetings
from samrad.eventlog.actions import record
from samrad.organisation.actions import lift_exemption
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


def _write(*, by: Actor, at: datetime, agenda: Agenda, document: Document, audience: str) -> Publication:
    meeting = agenda.meeting
    house, language = house_of(meeting), Entity.objects.get(pk=meeting.owner_id).language
    if document.standing is not None:
        Publication.objects.filter(pk=document.standing.pk).update(ended_at=at, ended_by_id=by.person)
    with override(language):
        made = Publication.objects.create(
            **house,
            meeting=meeting,
            item=document.item,
            kind=document.kind,
            audience=audience,
            title=public.title(document, agenda)[:260],
            facts=public.facts(document, agenda),
            language=language,
            published_at=at,
            published_by_id=by.person,
        )
        found = public.parts(document, agenda)
    PublishedPart.objects.bulk_create(
        PublishedPart(
            **house,
            publication=made,
            order=order,
            item=part.item,
            initiative_id=part.item.case.initiative_id if part.item and part.item.case else None,
            field_groups=list(part.groups),
            label=number_of(part.item, meeting) if part.item else "",
            heading=part.heading[:260],
            level=part.level,
            blocks=part.blocks,
        )
        for order, part in enumerate(found)
    )
    return made


@transaction.atomic
def publish_documents(
    *, by: Actor, at: datetime, meeting_id: int, documents: Sequence[str], audience: str, version: int | None = None
) -> list[Publication]:
    """Publish documents of a meeting, named by their keys, to employees, to the elected too, or to everyone."""
    agenda = _locked(meeting_id, version)
    meeting, on = agenda.meeting, localdate(at)
    policy.can_publish(by, meeting).require()
    if audience not in Publication.Audience.values:
        raise Refused(_("Choose who can read them."))
    policy.may_be_public(audience, opened=opens_meetings(meeting.body_id, on)).require()
    chosen = [document for document in documents_of(agenda, on=on) if document.key in documents]
    if not chosen:
        raise Refused(_("Tick at least one document."))
    for document in chosen:
        ready = policy.may_be_published(document)
        if not ready:
            name = f"{document.number} {document.title}".strip()
            raise Refused(Verdict.no(f"{name}: {ready.reason}"))
    made = [_write(by=by, at=at, agenda=agenda, document=document, audience=audience) for document in chosen]
    _touch(meeting)
    ids = tuple(row.pk for row in made)
    event = events.DocumentsPublished(meeting_id=meeting_id, audience=audience, publication_ids=ids)
    record(event, by=by, at=at, house=meeting)
    return made


@transaction.atomic
def withdraw_document(
    *, by: Actor, at: datetime, meeting_id: int, publication_id: int, reason: str, version: int | None = None
) -> Publication:
    """Withdraw a published document, with the reason. Nobody reads it from now on."""
    agenda = _locked(meeting_id, version)
    policy.can_publish(by, agenda.meeting).require()
    row = agenda.meeting.publications.filter(pk=publication_id, ended_at__isnull=True).first()
    if row is None:
        raise Refused(_("The document is not published any longer."))
    lacks = policy.withdrawal_lacks(reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    row.ended_at, row.ended_by_id, row.end_reason = at, by.person, reason.strip()[:500]
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _touch(agenda.meeting)
    event = events.DocumentWithdrawn(meeting_id=meeting_id, publication_id=row.pk, document=row.kind)
    record(event, by=by, at=at, house=row)
    return row


@transaction.atomic
def consider_wider_access(
    *, by: Actor, at: datetime, meeting_id: int, document: str, held: str, outcome: str, reason: str
) -> WiderAccess:
    """Answer whether what is exempt in a document can be shown all the same, and why. To show it lifts the exemption."""
    agenda = _locked(meeting_id)
    meeting = agenda.meeting
    policy.can_publish(by, meeting).require()
    asked = next((d for d in documents_of(agenda, on=localdate(at)) if d.key == document), None)
    one = next((h for h in asked.held if h.key == held), None) if asked else None
    if asked is None or one is None:
        raise Refused(_("This is not held back any longer."))
    lacks = policy.considered_lacks(one, outcome, reason, binds=one.key in binding([one], on=localdate(at)))
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    row = WiderAccess.objects.create(
        **house_of(meeting),
        meeting=meeting,
        item=one.item,
        kind=asked.kind,
        field_group=one.group,
        exemption_id=one.exemption.pk if one.exemption else None,
        legal_basis=one.basis,
        outcome=outcome,
        reason=reason.strip()[:1000],
        considered_at=at,
        considered_by_id=by.person,
    )
    if outcome == WiderAccess.Outcome.OPENED and one.exemption is not None:
        lift_exemption(by=by, at=at, exemption=one.exemption)
    event = events.WiderAccessConsidered(
        initiative_id=one.item.case.initiative_id if one.item.case else None,
        case_id=one.item.case_id,
        meeting_id=meeting_id,
        item_id=one.item.pk,
        document=asked.kind,
        field_group=one.group,
        outcome=outcome,
    )
    record(event, by=by, at=at, house=meeting)
    return row
