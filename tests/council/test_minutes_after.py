"""After the meeting: how minutes are approved, corrections, extracts, what people are to do, and who came."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import ActionPoint, Meeting, MinutesCorrection
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line
from tests.council.seats import ENDS, STARTS, approved, attend, held, treated
from tests.overview.test_queries import queries

WRONG = {"text": "Det skal stå 600 000 kroner.", "reason": "Skrivefeil."}


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _pdf(content: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages).split())


def test_a_correction_stands_beside_the_minutes_and_changes_nothing(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = approved(line)
    with line.seen_by():
        before = Meeting.objects.get(pk=meeting.pk).minutes_paper
    client, url = line.client("secretary"), _url("correction_add", meeting.pk)
    unsaid = client.post(url, {**WRONG, "reason": "", "item_id": item.pk})
    assert unsaid.status_code == 422 and "Skriv hvorfor det rettes." in unsaid.content.decode()
    assert "600 000" in unsaid.content.decode()
    for _click in range(2):
        assert client.post(url, {**WRONG, "item_id": item.pk}).status_code == 302
    with line.seen_by():
        assert MinutesCorrection.objects.count() == 1
        assert Meeting.objects.get(pk=meeting.pk).minutes_paper == before
    page = line.client("member").get(_url("minutes_detail", meeting.pk)).content.decode()
    for said in ("Rettelser etter godkjenning", "600 000 kroner", "Skrivefeil.", "Sara Sekretær"):
        assert said in page
    for name, ids in (("minutes_file", [meeting.pk]), ("extract_file", [meeting.pk, item.pk])):
        text = _pdf(line.client("member").get(_url(name, *ids)).content)
        assert "600 000 kroner" in text and "Rådet anbefaler elektroniske låser." in text


def test_a_correction_is_never_changed_either(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = approved(line)
    with line.acting("chair") as by:
        actions.correct_minutes(by=by, at=AT, meeting_id=meeting.pk, **WRONG)
        for statement in (MinutesCorrection.objects.all().delete, lambda: MinutesCorrection.objects.update(text="x")):
            with pytest.raises(DatabaseError), transaction.atomic():
                statement()


@pytest.mark.parametrize("who", ["member", "proposer", "chief"])
def test_others_correct_nothing(council_line: Line, who: str) -> None:
    line = council_line
    _need, meeting, _item = approved(line)
    assert line.client(who).post(_url("correction_add", meeting.pk), WRONG).status_code == 403
    assert line.client("stranger").post(_url("correction_add", meeting.pk), WRONG).status_code == 404


def test_open_minutes_are_changed_where_they_are_written(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = treated(line)
    with line.acting("secretary") as by, pytest.raises(Refused, match="ikke godkjent ennå"):
        actions.correct_minutes(by=by, at=AT, meeting_id=meeting.pk, **WRONG)


def test_the_extract_is_for_those_who_may_read_the_case(council_line: Line) -> None:
    line = council_line
    need, meeting, item = treated(line)
    url = _url("extract_file", meeting.pk, item.pk)
    assert line.client("secretary").get(url).status_code == 404  # not before approval
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    text = _pdf(line.client("proposer").get(url).content)
    assert "Særutskrift" in text and need.title in text and "Rådet anbefaler elektroniske låser." in text
    assert line.client("stranger").get(url).status_code == 404
    with line.seen_by("proposer"):
        told = Notification.objects.get(person=line.people["proposer"], kind="cases.recommended")
        assert told.pk
    page = line.client("proposer").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert url in page


def test_minutes_can_wait_for_the_next_meeting(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    _need, meeting, _item = treated(line)
    url = _url("approval_choose", meeting.pk)
    line.client("member").post(url, {"approval": "next"})
    line.client("secretary").post(url, {"approval": "tull"})
    with line.seen_by():
        assert Meeting.objects.get(pk=meeting.pk).approval == "at_end"
    line.client("secretary").post(url, {"approval": "next"})
    with line.acting("chair") as by, pytest.raises(Refused, match="neste møte"):
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    with line.acting("secretary") as by:
        week = timedelta(days=7)
        second = actions.plan_meeting(by=by, at=AT, body=line.council, starts_at=STARTS + week, ends_at=ENDS + week)
        actions.add_information(by=by, at=AT, meeting_id=second.pk, title="Godkjenning av møteboka")
        actions.send_notice(by=by, at=AT, meeting_id=second.pk)
    attend(line, second, "chair", "deputy", "member")
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    page = line.client("member").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert f"Godkjent i møtet Rådet {second.number}/2026." in page


def test_an_action_point_becomes_a_task_with_a_deadline(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    client, url = line.client("secretary"), _url("point_give", meeting.pk)
    typed = {"text": "Spør leverandøren om pris.", "responsible_id": line.people["proposer"].pk, "due": "15.01.2027"}
    wrong = client.post(url, {**typed, "due": "snart", "mode": "hold"})
    assert wrong.status_code == 422 and "Skriv datoen som 15.01.2027." in wrong.content.decode()
    assert "Spør leverandøren om pris." in wrong.content.decode()
    for _click in range(2):
        assert client.post(url, {**typed, "item": item.pk, "mode": "hold"}).status_code == 302
    with line.acting("proposer") as by:
        point = ActionPoint.objects.get()
        [task] = [t for t in tasks_of(by) if t.kind == "do_action_point"]
        assert (task.due_date, task.object_id) == (date(2027, 1, 15), point.pk)
        assert Notification.objects.filter(person=by.person, kind="council.action_point").count() == 1
    page = _url("point_detail", point.pk)
    assert line.client("stranger").get(page).status_code == 404
    assert line.client("colleague").get(page).status_code == 404
    assert line.client("member").post(page).status_code == 403
    assert "Spør leverandøren" in line.client("proposer").get(page).content.decode()
    for _click in range(2):
        assert line.client("proposer").post(page).status_code == 302
    with line.acting("proposer") as by:
        assert ActionPoint.objects.get().done_by_id == by.person
        assert not [t for t in tasks_of(by) if t.kind == "do_action_point"]


def test_attendance_is_counted_for_each_member_with_the_same_few_queries(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    held(line, "chair", "member")
    url, client, counted = _url("turnout_detail", line.council.pk), line.client("chair"), []
    for week in (1, 2):
        with line.acting("secretary") as by:
            after = timedelta(days=7 * week)
            more = actions.plan_meeting(by=by, at=AT, body=line.council, starts_at=STARTS + after, ends_at=ENDS + after)
            actions.add_information(by=by, at=AT, meeting_id=more.pk, title="Nytt")
            actions.send_notice(by=by, at=AT, meeting_id=more.pk)
        attend(line, more, "chair", "substitute")
        counted.append(len(queries(client, f"{url}?year=2026")))
    page = client.get(url, {"year": 2026}).content.decode()
    assert counted[0] == counted[1] <= 12, counted
    assert "Det er holdt 3 møter." in page
    rows = [" ".join(part.split("</tr>")[0].split()) for part in page.split("<tr>")[2:]]
    assert "Kåre Leder" in rows[0] and "100 %" in rows[0]
    assert "Nina Nest" in rows[1] and "0 %" in rows[1]
    assert "Mons Medlem" in rows[2] and "33 %" in rows[2]
    assert "Vera Vara" in rows[3] and "100 %" in rows[3]  # counted only where she came
    assert line.client("proposer").get(url).status_code == 403
    assert line.client("stranger").get(url).status_code == 404
