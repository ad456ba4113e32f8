"""The minutes: approved by the chair, then locked, and who may read what."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samrad.cases.models import Recommendation
from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import Meeting
from samrad.organisation.actions import exempt_fields
from samrad.organisation.models import Person
from tests.anchoring.line import AT, Line
from tests.council.seats import approved, attend, held, treated

TEXT = "Rådet anbefaler elektroniske låser."


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _meeting(line: Line) -> Meeting:
    with line.seen_by():
        return Meeting.objects.select_related("body").get()


def _pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_chair_approves_and_the_words_go_on_unaltered(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = treated(line, both=True)
    url = _url("minutes_detail", meeting.pk)
    assert TEXT in line.client("chair").get(url).content.decode()
    line.client("secretary").post(url, {"version": _meeting(line).version})
    assert _meeting(line).state == "held"
    line.client("chair").post(url, {"version": _meeting(line).version})
    assert _meeting(line).state == "approved"
    with line.seen_by():
        given = Recommendation.objects.get(case=line.case(need))
    assert (given.text, given.reason, given.outcome) == (TEXT, "Tiden spares hver natt.", "recommended")
    assert line.case(need).state == "at_chief_executive"
    line.client("chair").post(url, {"version": _meeting(line).version})  # the second click
    with line.seen_by():
        assert Recommendation.objects.filter(case=line.case(need)).count() == 1


def test_the_deputy_may_approve_too(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = treated(line)
    line.client("deputy").post(_url("minutes_detail", meeting.pk), {"version": _meeting(line).version})
    assert _meeting(line).state == "approved"


def test_what_the_chair_has_not_read_is_not_approved(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = treated(line)
    read = _meeting(line).version
    with line.acting("secretary") as by:
        actions.treat_item(
            by=by, at=AT, item_id=item.pk, version=None, outcome="defer", text="Utsettes.", reason="Mangler tall."
        )
    line.client("chair").post(_url("minutes_detail", meeting.pk), {"version": read})
    assert _meeting(line).state == "held"


def test_every_item_has_an_outcome_and_a_quorum_first(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = held(line)
    with line.acting("chair") as by, pytest.raises(Refused, match="utfall"):
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)


def test_attendance_corrected_below_the_quorum_stops_the_approval(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = treated(line)
    attend(line, meeting, "chair")
    with line.acting("chair") as by, pytest.raises(Refused):
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)


def test_approved_minutes_refuse_every_change(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = approved(line)
    client, seats = line.client("secretary"), {"version": _meeting(line).version}
    found = {"version": 1, "outcome": "defer", "text": "Noe annet", "reason": "Derfor"}
    assert client.post(_url("item_treat", meeting.pk, item.pk), found).status_code == 403
    assert client.post(_url("attendance_record", meeting.pk), seats).status_code == 403
    assert client.post(_url("impartiality_declare", meeting.pk, item.pk), {"reason": "x"}).status_code == 403
    client.post(_url("agenda_set", meeting.pk), {"take_off": item.pk})
    client.post(_url("notice_send", meeting.pk), seats)
    client.post(_url("meeting_close", meeting.pk), seats)
    with line.seen_by():
        item.refresh_from_db()
        assert (item.draft_outcome, _meeting(line).state) == ("recommended", "approved")


def test_the_paper_says_next_year_what_it_said_when_approved(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = approved(line)
    url = _url("minutes_file", meeting.pk)
    before = line.client("member").get(url).content
    assert TEXT in _pdf(before) and "Kåre Leder" in _pdf(before) and "Nina Nest" in _pdf(before)
    with line.seen_by():
        Person.objects.filter(pk=line.people["deputy"].pk).update(name="Helt Annet Navn")
    assert line.client("member").get(url).content == before


def test_what_is_found_is_open_first_when_approved(council_line: Line) -> None:
    """Employees of the neighbour see title and state of what is submitted, not more (flow.md D.6)."""
    line = council_line
    need, meeting, _item = treated(line)
    for who in ("proposer", "dal_chief", "dal_sector_head"):
        client = line.client(who)
        for name in ("minutes_detail", "meeting_detail"):
            page = client.get(_url(name, meeting.pk)).content.decode()
            assert need.title in page and TEXT not in page and "drøftet" not in page, (who, name)
        assert client.get(_url("minutes_file", meeting.pk)).status_code == 403
        assert _url("minutes_file", meeting.pk) not in client.get(_url("minutes_detail", meeting.pk)).content.decode()
    assert (
        _url("minutes_file", meeting.pk)
        in line.client("chair").get(_url("minutes_detail", meeting.pk)).content.decode()
    )
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    assert TEXT in line.client("proposer").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert TEXT in line.client("dal_sector_head").get(_url("minutes_detail", meeting.pk)).content.decode()


def test_a_deferred_case_stays_closed_to_the_neighbour(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line)
    with line.acting("secretary") as by:
        actions.treat_item(
            by=by, at=AT, item_id=item.pk, version=None, outcome="defer", text=TEXT, reason="Mangler tall."
        )
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    assert line.case(need).state == "deferred"
    page = line.client("dal_sector_head").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert need.title in page and TEXT not in page
    assert TEXT in line.client("colleague").get(_url("minutes_detail", meeting.pk)).content.decode()


def test_the_legal_basis_stands_in_the_minutes(council_line: Line) -> None:
    line = council_line
    need, meeting, _item = treated(line)
    with line.acting("secretary") as by:
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="costs",
            legal_basis="offentleglova § 23",
            involved=False,
        )
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    assert "offentleglova § 23" in _pdf(line.client("chair").get(_url("minutes_file", meeting.pk)).content)


def test_both_languages(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = approved(line)
    client = line.client("secretary")
    for language, word in (("nb", "Møtebok"), ("nn", "Møtebok")):
        client.post("/organisation/language/", {"language": language, "next": "/"})
        for name in ("minutes_detail", "meeting_detail"):
            page = client.get(_url(name, meeting.pk))
            assert page.status_code == 200 and word in page.content.decode()
