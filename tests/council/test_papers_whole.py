"""What one meeting leaves to the next: minutes to approve there. And all the papers of a meeting in one file."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samrad.core.verdict import Refused
from samrad.council import actions, tasks
from samrad.council.actions import gathering
from samrad.council.models import AgendaItem, Meeting, PaperSet
from tests.anchoring.line import AT, Line
from tests.council.seats import ENDS, STARTS, attend, noticed, treated

LATER = timedelta(days=30)


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _next(line: Line) -> Meeting:
    assert line.council is not None
    with line.acting("secretary") as by:
        return actions.plan_meeting(
            by=by, at=AT, body=line.council, starts_at=STARTS + LATER, ends_at=ENDS + LATER, place="Dal"
        )


def test_the_minutes_are_an_item_of_the_next_meeting_and_are_locked_there(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = treated(line)
    with line.acting("secretary") as by:
        actions.choose_approval(by=by, at=AT, meeting_id=meeting.pk, approval="next")
        actions.close_meeting(by=by, at=AT, meeting_id=meeting.pk)
    after = _next(line)
    with line.seen_by():
        item = AgendaItem.objects.get(meeting=after)
        assert (item.order, item.approves_id) == (1, meeting.pk) and "10. desember 2026" in item.title
    url, client = _url("item_approve", after.pk, item.pk), line.client("secretary")
    assert client.post(url, {"version": item.version}).status_code == 302  # refused: the meeting is not opened
    with line.acting("secretary") as by:
        actions.send_notice(by=by, at=AT, meeting_id=after.pk)
    attend(line, after, "chair")  # one of three is no quorum
    with line.acting("secretary") as by, pytest.raises(Refused):
        actions.approve_last_minutes(by=by, at=AT, item_id=item.pk)
    attend(line, after, "chair", "deputy", "member")
    page = client.get(f"{_url('meeting_detail', after.pk)}?mode=hold&item={item.pk}").content.decode()
    assert "Godkjenn møteboka" in page
    line.client("member").post(url, {"version": item.version})
    with line.seen_by():
        assert Meeting.objects.get(pk=meeting.pk).state == "held"
    for _click in range(2):
        assert client.post(url, {"version": item.version, "mode": "hold"}).status_code == 302
    with line.seen_by():
        earlier = Meeting.objects.get(pk=meeting.pk)
        assert (earlier.state, earlier.approved_in_id) == ("approved", after.pk) and earlier.minutes_paper
    assert line.case(need).state == "at_chief_executive"  # and the case goes on
    words = client.get(_url("minutes_detail", after.pk)).content.decode()
    assert "Møteboka fra Rådet 1/2026 er godkjent." in words
    assert client.get(_url("minutes_word", after.pk)).content.startswith(b"PK")


def test_minutes_the_chair_approves_after_all_leave_the_agenda(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = treated(line)
    after = _next(line)
    with line.acting("secretary") as by:
        actions.choose_approval(by=by, at=AT, meeting_id=meeting.pk, approval="next")
        assert AgendaItem.objects.filter(meeting=after, approves=meeting).count() == 1
        actions.choose_approval(by=by, at=AT, meeting_id=meeting.pk, approval="next")
        assert AgendaItem.objects.filter(meeting=after, approves=meeting).count() == 1
        actions.choose_approval(by=by, at=AT, meeting_id=meeting.pk, approval="at_end")
        assert not AgendaItem.objects.filter(meeting=after).exists()


def test_all_the_papers_are_made_by_the_worker_also_when_it_is_killed_half_way(
    council_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = council_line
    _need, meeting, _item = noticed(line)
    url = _url("papers_detail", meeting.pk)
    secretary = line.client("secretary")
    assert "0 av 2" in secretary.get(url).content.decode()  # asked for with the notice
    assert line.client("colleague").get(url).status_code == 403
    assert line.client("stranger").get(url).status_code == 404
    assert secretary.get(_url("papers_pdf", meeting.pk)).status_code == 404  # not made yet

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.make_waiting(AT)
    quick = secretary.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "1 av 2" in quick and "<h1" not in quick  # what was set is not set again
    tasks.make_waiting(AT)
    page = secretary.get(url).content.decode()
    assert _url("papers_pdf", meeting.pk) in page
    content = line.client("member").get(_url("papers_pdf", meeting.pk)).content
    read = PdfReader(io.BytesIO(content))
    words = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    assert "Innhold" in words and "Anbefales." in words and f"Side 1 av {len(read.pages)}" in words
    marks = [str(mark["/Title"]) for mark in read.outline if not isinstance(mark, list)]
    assert any("Elektroniske låser" in mark for mark in marks), marks
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    packed = line.client("chair").get(_url("papers_zip", meeting.pk)).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.namelist()) == 2 and all(name.endswith(".pdf") for name in archive.namelist())
    assert line.client("colleague").get(_url("papers_pdf", meeting.pk)).status_code == 403
    # Asked again it is another, and a fault that stays is said, not tried for ever.
    assert secretary.post(url).status_code == 302
    with monkeypatch.context() as patched:
        patched.setattr(gathering, "paper_pdf", lambda paper: 1 / 0)
        for _try in range(gathering.MOST_ATTEMPTS):
            tasks.make_waiting(AT)
    with line.seen_by():
        assert PaperSet.objects.filter(meeting=meeting, state="failed").count() == 1
    assert "kunne ikke lages" in secretary.get(url).content.decode()
