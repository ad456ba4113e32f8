"""A meeting's agenda: what is on it, who sits there on its day, and what it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q
from django.utils.timezone import localdate

from samrad.cases.models import CaseInitiative, Decision
from samrad.council.models import AgendaItem, Attendance, Away, Impartiality, Meeting, Statement
from samrad.governance.models import Mandate, Seat
from samrad.governance.queries import in_force
from samrad.secretariat.models import PaperVersion

# The states in which an item still waits for the meeting; a case may be withdrawn while it stands on the agenda.
WAITS = ("on_agenda", "treated")
# Decided below the council: it hears of it afterwards.
BELOW = (Decision.Level.SECRETARIAT, Decision.Level.LINE)


def seats_on(body_id: int, on: date) -> list[Seat]:
    """Who sits in the body on a day, the chair first."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = Seat.objects.filter(valid, body_id=body_id, valid_from__lte=on)
    rows = found.select_related("person", "field", "municipality").order_by("person__name")
    return sorted(rows, key=lambda seat: Seat.Position.values.index(seat.position))


def mandate_on(body_id: int, on: date) -> Mandate | None:
    """The mandate in force on a day."""
    return in_force(Mandate.objects.filter(body_id=body_id), on).order_by("-version").first()


@dataclass(frozen=True)
class Agenda:
    """A meeting with its items, and who sits there on its day. Each is read when it is asked for: few ask for all."""

    meeting: Meeting

    @property
    def on(self) -> date:
        """The day it is held."""
        return localdate(self.meeting.starts_at)

    @cached_property
    def items(self) -> list[AgendaItem]:
        """The items in order, also those that have been taken off."""
        found = self.meeting.items.select_related(
            "case__initiative__field",
            "recommendation",
            "case__paper",
            "case__round__body",
            "urgent_by",
            "reports__meeting__body",
            "approves__body",
        ).prefetch_related(
            Prefetch("impartiality", Impartiality.objects.select_related("person")),
            Prefetch("statements", Statement.objects.select_related("person")),
        )
        return list(
            # What only the worker and the PDF read stays behind: with forty cases it is megabytes.
            found.defer("case__paper__sections").annotate(
                gone=ArraySubquery(Away.objects.filter(item=OuterRef("pk")).values("person_id")),
                listed=ArraySubquery(CaseInitiative.objects.filter(case=OuterRef("case_id")).values("initiative_id")),
            )
        )

    @cached_property
    def seats(self) -> list[Seat]:
        return seats_on(self.meeting.body_id, self.on)

    @cached_property
    def attendance(self) -> dict[int, Attendance]:
        """Who has answered or come, by the seat."""
        return {a.seat_id: a for a in self.meeting.attendance.select_related("person", "seat")}

    @cached_property
    def mandate(self) -> Mandate | None:
        return mandate_on(self.meeting.body_id, self.on)

    @cached_property
    def decided(self) -> dict[int, list[Decision]]:
        """What was decided in each referral item's case, by the case."""
        return _decided(self.items)

    @cached_property
    def papers(self) -> dict[int, PaperVersion]:
        """Each case paper as it was sent, by the case."""
        return _papers(self.items)

    @property
    def present(self) -> set[int]:
        return {a.person_id for a in self.attendance.values() if a.presence != Attendance.Presence.ABSENT}

    @property
    def waiting(self) -> list[AgendaItem]:
        """The items that need an outcome before the minutes can be approved."""
        return [i for i in self.standing if i.kind == AgendaItem.Kind.CASE and i.case and i.case.state in WAITS]

    @property
    def standing(self) -> list[AgendaItem]:
        """The items that have not been taken off."""
        return [i for i in self.items if i.taken_off_at is None]


def _decided(items: list[AgendaItem]) -> dict[int, list[Decision]]:
    referred = [i.case_id for i in items if i.kind == AgendaItem.Kind.REFERRAL and i.case_id]
    found: dict[int, list[Decision]] = {}
    if referred:
        rows = Decision.objects.filter(case__in=referred, level__in=BELOW).exclude(outcome="").order_by("pk")
        for row in rows.select_related("municipality", "decided_by"):
            found.setdefault(row.case_id, []).append(row)
    return found


def _papers(items: list[AgendaItem]) -> dict[int, PaperVersion]:
    sent = {i.case_id: i.paper_number for i in items if i.case_id and i.paper_number}
    rows = PaperVersion.objects.filter(case__in=sent).defer("paper", "sections") if sent else ()
    return {row.case_id: row for row in rows if sent[row.case_id] == row.number}
