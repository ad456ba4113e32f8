"""Holding a meeting: attendance, quorum, impartiality, treatment."""

import pytest
from django.urls import reverse

from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line
from tests.council.seats import attend, held, noticed, treated

FOUND = {"outcome": "recommended", "text": "Rådet anbefaler.", "reason": "God gevinst.", "discussion": "Lang drøfting."}


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _meeting(line: Line) -> Meeting:
    with line.seen_by():
        return Meeting.objects.select_related("body").get()


def _item(line: Line) -> AgendaItem:
    with line.seen_by():
        return AgendaItem.objects.get()


def test_attendance_is_written_down_by_seat(council_line: Line) -> None:
    line = council_line
    _need, meeting, _i = noticed(line)
    client, url = line.client("secretary"), _url("attendance_record", meeting.pk)
    with line.seen_by():
        seats = {s.position: s.pk for s in meeting.body.seats.all()}
    presence = {f"seat_{seats['chair']}": "present", f"seat_{seats['deputy']}": "remote"}
    stale = client.post(url, {**presence, "version": meeting.version, "mode": "hold"})
    assert stale.status_code == 409  # the notice has been sent since
    assert client.post(url, {**presence, "version": _meeting(line).version}).status_code == 302
    with line.seen_by():
        kept = dict(Attendance.objects.values_list("seat__position", "presence"))
    assert kept == {"chair": "present", "deputy": "remote", "member": "absent", "substitute": "absent"}
    assert _meeting(line).state == "held"


def test_the_council_decides_only_when_half_is_there(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line, "chair")
    client, url = line.client("secretary"), _url("item_treat", meeting.pk, item.pk)
    refused = client.post(url, {**FOUND, "version": item.version})
    page = refused.content.decode()
    assert refused.status_code == 422 and "vedtaksført: 1 med stemmerett" in page and "Lang drøfting." in page
    assert line.case(need).state == "on_agenda"
    attend(line, meeting, "chair", "substitute")
    assert client.post(url, {**FOUND, "version": item.version}).status_code == 302
    assert line.case(need).state == "treated"


def test_who_is_disqualified_does_not_count(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line, "chair", "member")
    client = line.client("secretary")
    url = _url("impartiality_declare", meeting.pk, item.pk)
    unsaid = client.post(url, {"person": line.people["member"].pk, "disqualified": "on"})
    assert unsaid.status_code == 422 and "Skriv hva spørsmålet er." in unsaid.content.decode()
    said = {"person": line.people["member"].pk, "reason": "Eier i selskapet som tilbyr.", "disqualified": "on"}
    client.post(url, said)
    refused = client.post(_url("item_treat", meeting.pk, item.pk), {**FOUND, "version": item.version})
    assert refused.status_code == 422 and line.case(need).state == "on_agenda"
    client.post(url, {**said, "disqualified": ""})  # the body found otherwise
    assert client.post(_url("item_treat", meeting.pk, item.pk), {**FOUND, "version": item.version}).status_code == 302
    with line.seen_by():
        assert not Impartiality.objects.get().disqualified


def test_each_lack_is_named_at_its_field(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    typed = {**FOUND, "text": " ", "version": item.version}
    page = line.client("secretary").post(_url("item_treat", meeting.pk, item.pk), typed)
    assert page.status_code == 422
    assert "Skriv innstillingen." in page.content.decode()
    assert "God gevinst." in page.content.decode()


def test_a_stale_page_keeps_both_texts(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    client, url = line.client("secretary"), _url("item_treat", meeting.pk, item.pk)
    assert client.post(url, {**FOUND, "version": item.version}).status_code == 302
    second = {**FOUND, "text": "En annen tekst.", "version": item.version}
    page = client.post(url, second)
    text = page.content.decode()
    assert page.status_code == 409 and "En annen tekst." in text and "Rådet anbefaler." in text
    assert f'name="version" value="{_item(line).version}"' in text
    client.post(url, {**second, "version": _item(line).version})
    assert _item(line).draft_text == "En annen tekst."


def test_closing_fixes_who_was_there_and_tells_the_chair(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = treated(line)
    client = line.client("secretary")
    client.post(_url("meeting_close", meeting.pk), {"version": _meeting(line).version})
    assert _meeting(line).closed_at is not None
    late = client.post(_url("attendance_record", meeting.pk), {"version": _meeting(line).version})
    assert late.status_code == 403
    more = {**FOUND, "discussion": "Utfyllende referat.", "version": _item(line).version}
    assert client.post(_url("item_treat", meeting.pk, item.pk), more).status_code == 302
    with line.acting("chair") as by:
        assert Notification.objects.filter(person_id=by.person, kind="council.minutes").exists()


def test_a_meeting_without_quorum_lets_its_cases_go(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line, "chair")
    line.client("secretary").post(_url("agenda_set", meeting.pk), {"take_off": item.pk})
    assert line.case(need).state == "ready"
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)


def test_the_three_modes_open(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = held(line)
    for mode in ("prepare", "hold", "minutes", "tull"):
        page = line.client("secretary").get(_url("meeting_detail", meeting.pk), {"mode": mode, "item": "x"})
        assert page.status_code == 200 and need.title in page.content.decode()
    assert (
        'class="projector"'
        in line.client("member").get(_url("meeting_detail", meeting.pk), {"mode": "hold"}).content.decode()
    )


@pytest.mark.parametrize("who", ["proposer", "member", "chair", "dal_chief"])
def test_only_the_secretariat_writes(council_line: Line, who: str) -> None:
    line = council_line
    need, meeting, item = held(line)
    client = line.client(who)
    assert client.post(_url("item_treat", meeting.pk, item.pk), {**FOUND, "version": item.version}).status_code == 403
    assert client.post(_url("attendance_record", meeting.pk), {"version": meeting.version}).status_code == 403
    assert line.case(need).state == "on_agenda"
    with line.acting(who) as by, pytest.raises(Refused):
        actions.treat_item(by=by, at=AT, item_id=item.pk, version=None, outcome="defer", text="Nei", reason="Nei")
