"""The first step of every verb: the meeting, locked, as it was when the page was made."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale
from samrad.council.models import AgendaItem, Meeting
from samrad.council.queries import Agenda


def _locked(meeting_id: int, version: int | None = None) -> Agenda:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting_id)
    if version is not None and version != meeting.version:
        raise Stale(_("Someone has changed the meeting since you opened the page. Look at it again before you go on."))
    return Agenda(meeting)


def _touch(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


def _item(item_id: int, version: int | None) -> tuple[AgendaItem, Agenda]:
    found = AgendaItem.objects.filter(pk=item_id).first()
    agenda = _locked(found.meeting_id) if found else None
    item = next((i for i in agenda.items if i.pk == item_id), None) if agenda else None
    if agenda is None or item is None:
        raise Refused(_("The item is no longer on the agenda."))
    _fresh(item, version)
    return item, agenda


def _item_alone(item_id: int, version: int | None) -> tuple[AgendaItem, Meeting]:
    """The item and its meeting, locked, for what asks nothing of the rest of the agenda: it is done while one writes."""
    row = AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=row) if row else None
    item = AgendaItem.objects.select_related("case").filter(pk=item_id).first()  # as it is now that nobody else writes
    if item is None or meeting is None:
        raise Refused(_("The item is no longer on the agenda."))
    _fresh(item, version)
    return item, meeting


def _fresh(item: AgendaItem, version: int | None) -> None:
    """Nobody has written in the item since the page was made."""
    if version is not None and version != item.version:
        raise Stale(
            _("Someone has written in this item since you opened the page. Both texts are below: choose which to keep.")
        )
