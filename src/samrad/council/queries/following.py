"""Reads of what one meeting leaves to the next, and of its papers in one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from samrad.council.models import AgendaItem, Meeting, MeetingChange, PaperSet
from samrad.council.queries.agenda import WAITS


def next_open(meeting: Meeting) -> Meeting | None:
    """The body's first later meeting that is not over yet."""
    later = Meeting.objects.filter(body=meeting.body_id, starts_at__gt=meeting.starts_at, closed_at__isnull=True)
    states = (Meeting.State.PLANNED, Meeting.State.NOTICE_SENT, Meeting.State.HELD)
    return later.filter(state__in=states).order_by("starts_at").first()


def approval_items(meeting: Meeting) -> list[AgendaItem]:
    """The items in which other meetings are to approve this one's minutes."""
    standing = AgendaItem.objects.filter(approves=meeting, treated_at__isnull=True, taken_off_at__isnull=True)
    return list(standing.exclude(meeting__state__in=[Meeting.State.APPROVED, Meeting.State.CANCELLED]))


def minutes_waiting(meeting: Meeting) -> list[Meeting]:
    """The earlier meetings whose minutes the body is to approve, and that stand on no agenda yet. The newest first."""
    over = (Meeting.State.APPROVED, Meeting.State.CANCELLED)
    asked = AgendaItem.objects.filter(approves__isnull=False, treated_at__isnull=True, taken_off_at__isnull=True)
    waiting = Meeting.objects.filter(
        body=meeting.body_id,
        approval=Meeting.Approval.NEXT,
        state=Meeting.State.HELD,
        starts_at__lt=meeting.starts_at,
    )
    on_agenda = asked.exclude(meeting__state__in=over).values("approves_id")
    return list(waiting.exclude(pk__in=on_agenda).order_by("-starts_at"))


def papers_of(meeting: Meeting) -> PaperSet | None:
    """All the papers of a meeting in one, as they were asked for last."""
    return meeting.paper_sets.select_related("asked_by").first()


def papers_waiting(entity_id: int) -> QuerySet[PaperSet]:
    """What a house has asked for and the worker has not made yet."""
    return PaperSet.objects.filter(owner_id=entity_id, state=PaperSet.State.QUEUED).order_by("asked_at", "pk")


def untreated_in(meeting: Meeting) -> bool:
    """Does a case in the meeting still lack its outcome?"""
    rows = meeting.items.filter(kind=AgendaItem.Kind.CASE, treated_at__isnull=True, taken_off_at__isnull=True)
    return rows.filter(case__state__in=WAITS).exists()


@dataclass(frozen=True)
class Change:
    """That a meeting was moved or cancelled, as its page says it."""

    kind: str
    reason: str
    before: datetime
    after: datetime | None
    by: str
    at: datetime


def with_changes(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with what was changed of them as a column, for a page that asks for much at once."""
    row = JSONObject(
        kind="kind",
        reason="reason",
        before="from_starts_at",
        after="to_starts_at",
        by="changed_by__name",
        at="changed_at",
    )
    rows = MeetingChange.objects.filter(meeting=OuterRef("pk")).order_by("-changed_at", "-pk")
    return meetings.annotate(changed=ArraySubquery(rows.values(made=row)))


def changes_of(meeting: Meeting) -> list[Change]:
    """What `with_changes` brought, the newest first."""
    when = datetime.fromisoformat
    return [
        Change(
            c["kind"], c["reason"], when(c["before"]), when(c["after"]) if c["after"] else None, c["by"], when(c["at"])
        )
        for c in getattr(meeting, "changed", [])
    ]
