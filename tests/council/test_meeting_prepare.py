"""Setting up a meeting, its agenda, and the notice."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import AgendaItem, Meeting
from samrad.governance.actions import plan_in_cycle
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, ON, Line
from tests.council.seats import ENDS, STARTS, noticed, planned

LIST = "/council/"


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _meetings(line: Line) -> list[Meeting]:
    with line.seen_by():
        return list(Meeting.objects.select_related("body").order_by("pk"))


def test_a_meeting_on_a_free_day_and_a_double_click(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    typed = {
        "body": line.council.pk,
        "starts_at": "10.12.2026 09:00",
        "ends_at": "10.12.2026 11:00",
        "place": "Fjell rådhus",
        "remote_link": "møte",
    }
    client = line.client("secretary")
    wrong = client.post(LIST, {**typed, "ends_at": "10.12.2026 08:00"})
    assert wrong.status_code == 400 and "Fjell rådhus" in wrong.content.decode() and not _meetings(line)
    typed["remote_link"] = "https://video.example/rom"
    for _click in range(2):
        assert client.post(LIST, typed).status_code == 302
    [meeting] = _meetings(line)
    assert (meeting.number, meeting.year, meeting.starts_at) == (1, 2026, STARTS)
    page = client.get(_url("meeting_detail", meeting.pk)).content.decode()
    assert "https://video.example/rom" in page
    assert line.client("proposer").post(LIST, typed).status_code == 403


def test_a_meeting_from_the_annual_cycle_is_set_up_once(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    region = line.entities["region"]
    with acting_for([region.pk]):
        cycle = plan_in_cycle(
            by=system_actor(region.pk, on=ON),
            at=AT,
            body=line.council,
            starts_at=STARTS,
            ends_at=ENDS,
            place="Dal rådhus",
            submission_deadline=date(2026, 11, 20),
        )
    client = line.client("chair")
    assert f'value="{cycle.pk}"' in client.get(LIST).content.decode()
    for _click in range(2):
        client.post(LIST, {"planned": cycle.pk})
    [meeting] = _meetings(line)
    assert (meeting.planned_id, meeting.place) == (cycle.pk, "Dal rådhus")
    assert f'name="planned" value="{cycle.pk}"' not in client.get(LIST).content.decode()


def test_a_ready_case_gets_its_number_and_can_be_taken_off(council_line: Line) -> None:
    line = council_line
    need, meeting = line.prepared(), planned(line)
    client, url = line.client("secretary"), _url("agenda_set", meeting.pk)
    assert need.title in client.get(_url("meeting_detail", meeting.pk)).content.decode()
    case = line.case(need)
    for _click in range(2):
        client.post(url, {"case": case.pk})
    assert line.case(need).state == "on_agenda"
    page = client.get(_url("meeting_detail", meeting.pk)).content.decode()
    assert "Anbefales." in page and "DR 1/26" not in page  # the number comes with the notice
    with line.acting("secretary") as by:
        assert [t.kind for t in tasks_of(by)] == ["hold_meeting"]
        item = AgendaItem.objects.get()
    client.post(url, {"take_off": item.pk})
    assert line.case(need).state == "ready"
    client.post(url, {"case": case.pk})
    with line.acting("secretary") as by:
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        assert AgendaItem.objects.get().number == 1  # what was taken off before the notice leaves no gap


def test_a_case_stands_on_one_agenda(council_line: Line) -> None:
    line = council_line
    need, first, _item = noticed(line)
    assert line.council is not None
    with line.acting("secretary") as by:
        second = actions.plan_meeting(by=by, at=AT, body=line.council, starts_at=ENDS, ends_at=ENDS.replace(hour=12))
        with pytest.raises(Refused):
            actions.put_on_agenda(by=by, at=AT, meeting_id=second.pk, case_id=line.case(need).pk)
    assert first.pk != second.pk


def test_what_is_not_prepared_cannot_come_on_the_agenda(council_line: Line) -> None:
    line = council_line
    need, meeting = line.submitted(), planned(line)
    with line.acting("secretary") as by, pytest.raises(Refused, match="saksframlegg"):
        actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=line.case(need).pk)


def test_a_withdrawn_case_does_not_hold_the_meeting_up(council_line: Line) -> None:
    line = council_line
    need, meeting, item = noticed(line)
    url = reverse("cases:case_withdraw", args=[line.case(need).pk])
    line.client("proposer").post(url, {"version": line.case(need).version, "reason": "Løst på annen måte."})
    client = line.client("secretary")
    assert "Trukket" in client.get(_url("meeting_detail", meeting.pk)).content.decode()
    client.post(_url("agenda_set", meeting.pk), {"take_off": item.pk})
    with line.seen_by():
        assert AgendaItem.objects.get().taken_off_at is not None  # it keeps its number, so there is no gap
    assert line.case(need).state == "withdrawn"


def test_the_notice_needs_an_item_and_goes_to_every_seat(council_line: Line) -> None:
    line = council_line
    meeting = planned(line)
    client, url = line.client("secretary"), _url("notice_send", meeting.pk)
    client.post(url, {"version": meeting.version})
    assert _meetings(line)[0].state == "planned"  # nothing on the agenda
    case = line.case(line.prepared())
    client.post(_url("agenda_set", meeting.pk), {"case": case.pk})
    client.post(url, {"version": meeting.version})
    assert _meetings(line)[0].state == "planned"  # the page was made before the case came on
    for sequence in (1, 2):  # sent, and sent again
        client.post(url, {"version": _meetings(line)[0].version})
        assert (_meetings(line)[0].state, _meetings(line)[0].calendar_sequence) == ("notice_sent", sequence)
    for who in ("chair", "deputy", "member", "substitute"):
        with line.acting(who) as by:
            told = Notification.objects.filter(person_id=by.person, kind="council.notice")
            assert len(told) == 2 and "10.12.2026" in told[0].subject


def test_a_late_notice_is_warned_about(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    from django.utils import timezone

    soon = timezone.now() + timezone.timedelta(days=2)  # type: ignore[attr-defined]
    with line.acting("secretary") as by:
        meeting = actions.plan_meeting(
            by=by,
            at=AT,
            body=line.council,
            starts_at=soon,
            ends_at=soon + timezone.timedelta(hours=1),  # type: ignore[attr-defined]
        )
    page = line.client("secretary").get(_url("meeting_detail", meeting.pk)).content.decode()
    assert "7 dager før" in page and "2 dager igjen" in page


def test_the_calendar_file_keeps_its_uid_while_the_sequence_grows(council_line: Line) -> None:
    line = council_line
    meeting = planned(line)
    client = line.client("member")
    first = Calendar.from_ical(client.get(_url("calendar_file", meeting.pk)).content).events[0]
    case = line.case(line.prepared())
    with line.acting("secretary") as by:
        actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=case.pk)
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    second = Calendar.from_ical(client.get(_url("calendar_file", meeting.pk)).content).events[0]
    assert first["uid"] == second["uid"] and (int(first["sequence"]), int(second["sequence"])) == (0, 1)
    assert second["dtstart"].dt == STARTS and "Fjell rådhus" in second["location"]


@pytest.mark.parametrize("who", ["proposer", "member", "chief"])
def test_others_cannot_prepare(council_line: Line, who: str) -> None:
    line = council_line
    need, meeting, item = noticed(line)
    client = line.client(who)
    for name, typed in (("notice_send", {"version": meeting.version}), ("agenda_set", {"take_off": item.pk})):
        client.post(_url(name, meeting.pk), typed)
    assert line.case(need).state == "on_agenda" and _meetings(line)[0].calendar_sequence == 1


def test_a_stranger_finds_no_meeting(council_line: Line) -> None:
    line = council_line
    need, meeting, item = noticed(line)
    client = line.client("stranger")
    page = client.get(LIST).content.decode()
    assert "Rådet" not in page and need.title not in page
    for name in ("meeting_detail", "minutes_detail", "minutes_file", "calendar_file"):
        assert client.get(_url(name, meeting.pk)).status_code == 404
    for name in ("agenda_set", "notice_send", "attendance_record", "meeting_close", "minutes_detail"):
        assert client.post(_url(name, meeting.pk), {"take_off": item.pk}).status_code == 404
    for name in ("item_treat", "impartiality_declare"):
        assert client.post(_url(name, meeting.pk, item.pk), {}).status_code == 404
