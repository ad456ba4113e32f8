"""Moving and cancelling a meeting, the mail that goes with it, the order of the agenda."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import AgendaItem, Meeting
from samrad.governance.actions import plan_in_cycle
from samrad.organisation.models import Notification
from samrad.organisation.tasks import mail_sweep
from tests.anchoring.line import AT, Line
from tests.council.seats import ENDS, STARTS, held, noticed, planned

LATER = {
    "starts_at": "17.12.2026 12:00",
    "ends_at": "17.12.2026 14:00",
    "place": "Dal rådhus",
    "reason": "Lederen er syk.",
}


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _meeting(line: Line, pk: int) -> Meeting:
    with line.seen_by():
        return Meeting.objects.get(pk=pk)


def _mailed(to: str) -> list[mail.EmailMessage]:
    mail.outbox.clear()
    mail_sweep(0)
    return [m for m in mail.outbox if to in m.to and m.attachments]


def _event(message: mail.EmailMessage) -> tuple[str, object]:
    content = next(a for a in message.attachments if str(a[0]) == "mote.ics")[1]
    made = Calendar.from_ical(content)
    return str(made["method"]), made.events[0]


def test_the_notice_mail_carries_the_calendar_file_and_the_notice(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = noticed(line)
    [message] = _mailed("member@dal.example")
    method, event = _event(message)
    assert method == "REQUEST" and int(event["sequence"]) == 1  # type: ignore[index]
    assert "member@dal.example" in str(event["attendee"])  # type: ignore[index]
    raw = message.message().as_string()
    assert 'text/calendar; method="REQUEST"' in raw
    pdf = next(a for a in message.attachments if str(a[0]).endswith(".pdf"))
    assert pdf[1].startswith(b"%PDF") and pdf[2] == "application/pdf"
    page = line.client("member").get(_url("notice_file", meeting.pk))
    assert page.content == pdf[1]
    assert need.title.encode() not in str(pdf[0]).encode()


def test_a_meeting_is_moved_and_everyone_is_told(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = noticed(line)
    _mailed("member@dal.example")
    client, url = line.client("chair"), _url("meeting_move", meeting.pk)
    assert "Fjell rådhus" in client.get(url).content.decode()
    version = _meeting(line, meeting.pk).version
    page = client.post(url, {**LATER, "version": version, "reason": ""})
    assert page.status_code == 422 and b"#id_reason" in page.content and "17.12.2026" in page.content.decode()
    page = client.post(url, {**LATER, "version": version, "ends_at": "17.12.2026 11:00"})
    assert page.status_code == 422 and b"#id_ends_at" in page.content
    assert client.post(url, {**LATER, "version": version - 1}).status_code == 409
    assert client.post(url, {**LATER, "version": version}).status_code == 302
    assert client.post(url, {**LATER, "version": version}).status_code == 409  # a double click
    moved = _meeting(line, meeting.pk)
    assert (moved.starts_at, moved.place, moved.calendar_sequence) == (
        STARTS + timedelta(days=7, hours=3),
        "Dal rådhus",
        2,
    )
    [message] = _mailed("member@dal.example")
    assert "Lederen er syk." in message.body and "Flyttet" in message.subject
    method, event = _event(message)
    assert (method, int(event["sequence"])) == ("REQUEST", 2)  # type: ignore[index]
    assert event["dtstart"].dt == moved.starts_at  # type: ignore[index]
    assert "Lederen er syk." in line.client("member").get(_url("meeting_detail", meeting.pk)).content.decode()
    with line.acting("secretary") as by:
        assert [str(t.due_date) for t in tasks_of(by)] == ["2026-12-17"]
    assert line.case(need).state == "on_agenda"


def test_a_planned_meeting_is_moved_without_telling_anyone(council_line: Line) -> None:
    line = council_line
    meeting = planned(line)
    page = line.client("secretary").post(
        _url("meeting_move", meeting.pk), {**LATER, "version": meeting.version, "reason": ""}
    )
    assert page.status_code == 302
    assert _meeting(line, meeting.pk).calendar_sequence == 0
    with line.acting("member") as by:
        assert not Notification.objects.filter(person_id=by.person, kind__startswith="council.").exists()


def test_a_cancelled_meeting_frees_its_cases_and_the_calendars(council_line: Line) -> None:
    line = council_line
    need, meeting, item = noticed(line)
    _mailed("member@dal.example")
    client, url = line.client("secretary"), _url("meeting_cancel", meeting.pk)
    version = _meeting(line, meeting.pk).version
    assert client.post(url, {"version": version, "reason": " "}).status_code == 422
    assert client.post(url, {"version": version, "reason": "For få saker."}).status_code == 302
    assert client.post(url, {"version": version, "reason": "For få saker."}).status_code == 403
    assert (_meeting(line, meeting.pk).state, line.case(need).state) == ("cancelled", "ready")
    [message] = _mailed("member@dal.example")
    method, event = _event(message)
    assert (method, str(event["status"]), int(event["sequence"])) == ("CANCEL", "CANCELLED", 2)  # type: ignore[index]
    assert "For få saker." in message.body
    fetched = Calendar.from_ical(line.client("member").get(_url("calendar_file", meeting.pk)).content)
    assert fetched["method"] == "CANCEL"
    page = client.get(_url("meeting_detail", meeting.pk)).content.decode()
    assert "avlyst" in page and "For få saker." in page
    client.post(_url("agenda_set", meeting.pk), {"take_off": item.pk})
    client.post(_url("notice_send", meeting.pk), {"version": _meeting(line, meeting.pk).version})
    assert _meeting(line, meeting.pk).state == "cancelled"
    with line.acting("secretary") as by:  # and the case comes up at another one
        assert line.council is not None
        second = actions.plan_meeting(
            by=by, at=AT, body=line.council, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1)
        )
        assert second.pk != meeting.pk
        actions.put_on_agenda(by=by, at=AT, meeting_id=second.pk, case_id=line.case(need).pk)


def test_a_held_meeting_is_neither_moved_nor_cancelled(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = held(line)
    for name in ("meeting_move", "meeting_cancel"):
        typed = {**LATER, "version": _meeting(line, meeting.pk).version}
        assert line.client("secretary").post(_url(name, meeting.pk), typed).status_code == 403


def test_the_order_of_the_agenda(council_line: Line) -> None:
    line = council_line
    _need, meeting, first = noticed(line)
    second_case = line.case(line.prepared())
    with line.acting("secretary") as by:
        second = actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=second_case.pk)
    client = line.client("secretary")
    version = _meeting(line, meeting.pk).version
    for _click in range(2):
        client.post(_url("item_move", meeting.pk, second.pk), {"to": "up", "version": version})
    with line.seen_by():
        assert [i.pk for i in AgendaItem.objects.filter(meeting=meeting)] == [second.pk, first.pk]
        assert [i.number for i in AgendaItem.objects.filter(meeting=meeting)] == [2, 1]  # a number is given out once
    page = client.get(_url("meeting_detail", meeting.pk)).content.decode()
    assert page.index("DR 2/26") < page.index("DR 1/26")
    line.client("member").post(
        _url("item_move", meeting.pk, first.pk), {"to": "up", "version": _meeting(line, meeting.pk).version}
    )
    with line.seen_by():
        assert [i.pk for i in AgendaItem.objects.filter(meeting=meeting)] == [second.pk, first.pk]


@pytest.mark.parametrize("who", ["member", "proposer", "chief"])
def test_others_neither_move_nor_cancel(council_line: Line, who: str) -> None:
    line = council_line
    _need, meeting, _item = noticed(line)
    client, version = line.client(who), _meeting(line, meeting.pk).version
    assert "Bare sekretariatet" in client.get(_url("meeting_move", meeting.pk)).content.decode()
    for name in ("meeting_move", "meeting_cancel"):
        assert client.post(_url(name, meeting.pk), {**LATER, "version": version}).status_code == 403
    with line.acting(who) as by, pytest.raises(Refused):
        actions.cancel_meeting(by=by, at=AT, meeting_id=meeting.pk, reason="Nei.")


def test_a_stranger_finds_nothing(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = noticed(line)
    client = line.client("stranger")
    for name in ("meeting_move", "meeting_cancel", "notice_file"):
        assert client.get(_url(name, meeting.pk)).status_code == 404
        assert client.post(_url(name, meeting.pk), LATER).status_code == 404
    for name in ("item_move", "item_vote", "statement_record"):
        assert client.post(_url(name, meeting.pk, item.pk), {"to": "up"}).status_code == 404


def _subscribed(line: Line, key: str) -> list[Any]:
    """The council's meetings in the calendar that a person subscribes to."""
    client = line.client(key)
    client.post("/governance/cycle/follow/", {"do": "follow", "kinds": ["meeting"]})
    page = client.get("/governance/cycle/follow/").content.decode()
    address = re.search(r"<code>http://testserver(/governance/cycle/feed/[^<]+\.ics)</code>", page)
    assert address is not None
    return list(Calendar.from_ical(Client().get(address[1]).content).walk("VEVENT"))


def test_a_meeting_from_the_annual_cycle_stands_once_in_a_calendar(council_line: Line) -> None:
    """The file in the mail and the calendar one subscribes to have the same UID and sequence, also when it is moved."""
    line = council_line
    need = line.prepared()
    with line.acting("secretary") as by:
        assert line.council is not None
        last = STARTS.date() - timedelta(days=14)
        day = plan_in_cycle(
            by=by, at=AT, body=line.council, starts_at=STARTS, ends_at=ENDS, place="", submission_deadline=last
        )
        when = {"starts_at": STARTS + timedelta(hours=1), "ends_at": ENDS + timedelta(hours=1)}
        meeting = actions.plan_meeting(by=by, at=AT, body=line.council, planned=day, place="Fjell rådhus", **when)
        actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=line.case(need).pk)
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    sequences = []
    for change in (False, True):
        if change:
            values = {**LATER, "version": _meeting(line, meeting.pk).version}
            assert line.client("chair").post(_url("meeting_move", meeting.pk), values).status_code == 302
        [message] = _mailed("member@dal.example")
        mailed: Any = _event(message)[1]
        [followed] = _subscribed(line, "member")
        for part in ("UID", "SEQUENCE", "LOCATION"):
            assert str(followed[part]) == str(mailed[part]), part
        assert followed.decoded("dtstart") == mailed.decoded("dtstart")
        sequences.append(int(mailed["SEQUENCE"]))
    assert sequences[0] < sequences[1]
    assert _subscribed(line, "stranger") == []
