"""A meeting of the council, through its pages: noticed, held and agreed on."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from samrad.council.actions import plan_meeting
from samrad.council.models import AgendaItem, Meeting
from samrad.governance.models import Body
from tests.krav.region import Region


def planned(region: Region, body: Body | None = None) -> Meeting:
    """A meeting the secretariat sets up."""
    starts = timezone.now() + timedelta(days=9)
    meeting: Meeting = region.do(
        "sekretariat",
        plan_meeting,
        body=body or region.world.bodies["council"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )
    return meeting


def _fresh(region: Region, item: AgendaItem) -> AgendaItem:
    return region.find(lambda: AgendaItem.objects.select_related("meeting").get(pk=item.pk))


def noticed(region: Region, title: str) -> AgendaItem:
    """A case that is ready, on the agenda of a meeting whose notice is sent."""
    meeting, secretary = planned(region), region.client("sekretariat")
    assert secretary.post(f"/council/{meeting.pk}/agenda/", {"case": region.case(title).pk}).status_code == 302
    item = region.find(lambda: AgendaItem.objects.select_related("meeting").get(case__initiative__title=title))
    version = {"version": item.meeting.version}
    assert secretary.post(f"/council/{meeting.pk}/notice/", version).status_code == 302
    return _fresh(region, item)


def held(region: Region, title: str) -> AgendaItem:
    """The same, with everyone present."""
    item = noticed(region, title)
    seats = region.find(lambda: [s.pk for s in item.meeting.body.seats.all()])
    values = {"version": item.meeting.version, **{f"seat_{pk}": "present" for pk in seats}}
    assert region.client("saksbehandler").post(f"/council/{item.meeting_id}/attendance/", values).status_code == 302
    return _fresh(region, item)


def agreed(region: Region, item: AgendaItem, text: str = "Digitaliseringsrådet anbefaler tiltaket.") -> None:
    """The case is treated, and the chair approves the minutes."""
    values = {"version": item.version, "outcome": "recommended", "text": text, "reason": "Gevinsten er stor."}
    treated = region.client("saksbehandler").post(f"/council/{item.meeting_id}/items/{item.pk}/", values)
    assert treated.status_code == 302
    version = {"version": _fresh(region, item).meeting.version}
    region.client("leder").post(f"/council/{item.meeting_id}/minutes/", version)
    assert _fresh(region, item).meeting.state == "approved"
