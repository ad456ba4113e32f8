"""What people do with an organisation's Word templates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Refused, Verdict
from samrad.documents import events, files
from samrad.documents.models import WordTemplate
from samrad.documents.policy import can_keep_templates
from samrad.documents.uploads import Upload
from samrad.documents.word_check import take_template
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


@transaction.atomic
def adopt_template(
    *, by: Actor, at: datetime, owner_id: int, kind: str, valid_from: date, upload: Upload | None
) -> WordTemplate:
    """Take an organisation's own Word template into use from a day on. Raises Unfit where it is no template."""
    can_keep_templates(by, owner_id).require()
    owner = Entity.objects.select_for_update().get(pk=owner_id)  # two versions come one after the other
    if valid_from < localdate(at):
        lack = Lack(
            _("Choose today or a later day: what has been sent already, stands as it was sent."), "id_valid_from"
        )
        raise Refused(Verdict.no(lack.text, (lack,)))
    sound, places = take_template(upload)
    sha256 = files.store(sound.content)
    rows = WordTemplate.objects.filter(owner=owner, kind=WordTemplate.Kind(kind)).order_by("-number")
    last = rows.first()
    if last is not None and (last.sha256, last.valid_from, last.valid_to) == (sha256, valid_from, None):
        return last  # sent twice
    # The ones before it are used until the day before; one that had not begun is never used.
    for row in rows.filter(valid_to__isnull=True) | rows.filter(valid_to__gte=valid_from):
        row.valid_to = valid_from - timedelta(days=1)
        row.save(update_fields=["valid_to"])
    made = WordTemplate.objects.create(
        owner=owner,
        shared_with=owner if owner.kind == Entity.Kind.COOPERATION else None,
        kind=kind,
        number=(last.number if last else 0) + 1,
        name=sound.name,
        sha256=sha256,
        size=len(sound.content),
        places=places,
        valid_from=valid_from,
        uploaded_at=at,
        uploaded_by_id=by.person,
    )
    event = events.TemplateAdopted(template_id=made.pk, paper=kind, number=made.number)
    record(event, by=by, at=at, house=made)
    return made


@transaction.atomic
def end_template(*, by: Actor, at: datetime, template_id: int) -> WordTemplate:
    """Use the template that comes with Samråd again, from today on. The version stays in the list."""
    row = WordTemplate.objects.select_for_update(of=("self",)).get(pk=template_id)
    can_keep_templates(by, row.owner_id).require()
    today = localdate(at)
    if row.valid_to is not None and row.valid_to < today:
        return row  # a second click
    row.valid_to = today - timedelta(days=1)
    row.save(update_fields=["valid_to"])
    record(events.TemplateEnded(template_id=row.pk, paper=row.kind, number=row.number), by=by, at=at, house=row)
    return row
