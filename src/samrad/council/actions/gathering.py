"""Gathering all the papers of a meeting in one file: asked for here, made by the worker one case at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from samrad.core.models import house_of
from samrad.council import events
from samrad.council.actions.locking import _locked
from samrad.council.models import Meeting, PaperSet
from samrad.council.papers.whole import file_name, sent_ids, sent_papers, stem, whole, zipped
from samrad.council.policy.approving import can_take_papers
from samrad.council.queries import Agenda
from samrad.documents import files
from samrad.documents.paper import Paper, thawed
from samrad.documents.typeset import paper_pdf
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.models import PaperVersion

MOST_ATTEMPTS = 5


@transaction.atomic
def gather_papers(*, by: Actor, at: datetime, meeting_id: int) -> PaperSet:
    """Ask for all the papers of a meeting in one file, as they were sent. Asked again while they are made, it is once."""
    agenda = _locked(meeting_id)
    can_take_papers(by, agenda.meeting).require()
    return _queue_papers(by=by, at=at, agenda=agenda)


def _queue_papers(*, by: Actor, at: datetime, agenda: Agenda) -> PaperSet:
    """What follows from the notice too, so it asks for no permission. What is being made of an older notice gives way."""
    meeting, total = agenda.meeting, len(sent_ids(agenda)) + 1
    standing = PaperSet.objects.filter(meeting=meeting, state=PaperSet.State.QUEUED).first()
    if standing is not None and standing.sequence == meeting.calendar_sequence:
        return standing
    row = standing or PaperSet(**house_of(meeting), meeting=meeting)
    row.sequence, row.total, row.parts, row.attempts = meeting.calendar_sequence, total, [], 0
    row.asked_at, row.asked_by_id = at, by.person_id
    row.save()
    event = events.PapersAsked(meeting_id=meeting.pk, set_id=row.pk, total=total)
    record(event, by=by, at=at, house=meeting)
    return row


@transaction.atomic
def make_next_part(*, by: Actor, at: datetime, set_id: int) -> bool:
    """Set the next paper of those that are asked for; when each is set, the whole and the zip. False: nothing is left.

    Each step is kept by itself: whoever takes it up after a stop goes on from there.
    """
    row = PaperSet.objects.select_for_update(of=("self",)).get(pk=set_id)
    if row.state != PaperSet.State.QUEUED:
        return False
    meeting = Meeting.objects.select_related("body").get(pk=row.meeting_id)
    agenda = Agenda(meeting)
    ids, done = sent_ids(agenda), {part["item"] for part in row.parts}
    item = next((i for i in agenda.standing if i.pk in ids and i.pk not in done), None)
    if item is not None:
        kept = files.store(paper_pdf(thawed(PaperVersion.objects.get(pk=ids[item.pk]).paper)))
        row.parts = [*row.parts, {"item": item.pk, "name": file_name(item, meeting), "sha256": kept}]
        row.save()
        return True
    language = Entity.objects.get(pk=meeting.owner_id).language
    with override(language):
        _finish(row, whole(agenda, sent_papers(agenda), language=language), meeting)
    row.state, row.done_at = PaperSet.State.DONE, at
    row.save()
    record(events.PapersMade(meeting_id=meeting.pk, set_id=row.pk, failed=False), by=by, at=at, house=meeting)
    return False


def _finish(row: PaperSet, paper: Paper, meeting: Meeting) -> None:
    content = paper_pdf(paper)
    row.pdf_sha256, row.pdf_size = files.store(content), len(content)
    named = [(part["name"], files.read(part["sha256"])) for part in row.parts]
    if meeting.notice_paper:
        named.insert(0, (f"innkalling-{stem(meeting)}.pdf", paper_pdf(thawed(meeting.notice_paper))))
    packed = zipped(named)
    row.zip_sha256, row.zip_size = files.store(packed), len(packed)


@transaction.atomic
def fail_part(*, by: Actor, at: datetime, set_id: int) -> PaperSet:
    """Keep that a paper could not be set. It is tried again some times, and then it says so on the page."""
    row = PaperSet.objects.select_for_update(of=("self",)).get(pk=set_id)
    if row.state != PaperSet.State.QUEUED:
        return row
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.state = PaperSet.State.FAILED
    row.save()
    event = events.PapersMade(meeting_id=row.meeting_id, set_id=row.pk, failed=True)
    record(event, by=by, at=at, house=row)
    return row
