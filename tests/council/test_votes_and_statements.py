"""How it was voted, and who wants it on record."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.actions import holding
from samrad.council.models import AgendaItem, Meeting, Statement
from tests.anchoring.line import AT, Line
from tests.council.seats import approved, held, treated


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _version(line: Line, item: AgendaItem) -> int:
    with line.seen_by():
        return AgendaItem.objects.get(pk=item.pk).version


def test_a_tie_needs_the_chairs_casting_vote(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line, "chair", "deputy")
    client, url = line.client("secretary"), _url("item_vote", meeting.pk, item.pk)
    votes = {"votes_for": "1", "votes_against": "1", "votes_blank": "", "mode": "minutes"}
    page = client.post(url, {**votes, "version": _version(line, item)})
    assert page.status_code == 422 and "dobbeltstemme" in page.content.decode()
    page = client.post(url, {**votes, "version": _version(line, item), "votes_for": "2"})
    assert page.status_code == 422 and "2 stemmer i denne saken, men 3" in page.content.decode()
    page = client.post(url, {**votes, "version": _version(line, item), "votes_for": "ja"})
    assert page.status_code == 422 and "Skriv et tall." in page.content.decode()
    version = _version(line, item)
    assert client.post(url, {**votes, "version": version, "casting_vote": "for"}).status_code == 302
    assert client.post(url, {**votes, "version": version, "casting_vote": "against"}).status_code == 409
    with line.seen_by():
        kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.votes_for, kept.votes_against, kept.votes_blank, kept.casting_vote) == (1, 1, 0, "for")
    client.post(url, {"version": _version(line, item), "casting_vote": ""})
    with line.seen_by():
        assert not AgendaItem.objects.get(pk=item.pk).voted


def test_a_vote_sent_again_after_the_network_was_gone_is_counted_once(council_line: Line) -> None:
    """The network goes down in mid-vote: the answer never came, so the secretary presses once more on the same page."""
    line = council_line
    _need, meeting, item = held(line)
    client, url = line.client("secretary"), _url("item_vote", meeting.pk, item.pk)
    votes = {"votes_for": "2", "votes_against": "1", "votes_blank": "0", "version": _version(line, item)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(holding, "record", _gone)  # before anything is kept: then nothing is
        with pytest.raises(ConnectionError):
            client.post(url, votes)
    with line.seen_by():
        assert not AgendaItem.objects.get(pk=item.pk).voted
    for _again in range(2):  # kept, but the answer was lost: pressed again it is the same vote, not another
        assert client.post(url, votes).status_code == 302
    assert client.post(url, {**votes, "votes_for": "3", "votes_against": "0"}).status_code == 409
    with line.seen_by():
        kept = AgendaItem.objects.get(pk=item.pk)
        assert (kept.votes_for, kept.votes_against, kept.version) == (2, 1, int(votes["version"]) + 1)


def _gone(*args: object, **kwargs: object) -> None:
    raise ConnectionError


def test_the_casting_vote_is_for_a_tie_alone_and_the_disqualified_do_not_vote(council_line: Line) -> None:
    line = council_line
    _need, _meeting, item = held(line)
    vote = {"item_id": item.pk, "version": None, "votes_blank": 0}
    with line.acting("secretary") as by:
        with pytest.raises(Refused, match="dobbeltstemme"):
            actions.record_vote(by=by, at=AT, votes_for=2, votes_against=1, casting_vote="for", **vote)
        actions.declare_impartiality(
            by=by,
            at=AT,
            item_id=item.pk,
            person_id=line.people["member"].pk,
            reason="Eier selskapet.",
            disqualified=True,
        )
        with pytest.raises(Refused, match="2 stemmer"):
            actions.record_vote(by=by, at=AT, votes_for=2, votes_against=1, **vote)
        actions.record_vote(by=by, at=AT, votes_for=2, votes_against=0, **vote)


def test_vote_and_dissent_stand_in_the_minutes(council_line: Line) -> None:
    line = council_line
    need, meeting, item = treated(line)
    client = line.client("secretary")
    votes = {"votes_for": "2", "votes_against": "1", "votes_blank": "0", "version": _version(line, item)}
    assert client.post(_url("item_vote", meeting.pk, item.pk), votes).status_code == 302
    said = {"person_id": line.people["member"].pk, "kind": "dissent", "text": "Jeg mener det haster ikke."}
    for _click in range(2):
        assert client.post(_url("statement_record", meeting.pk, item.pk), said).status_code == 302
    with line.seen_by():
        assert Statement.objects.count() == 1
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    page = line.client("member").get(_url("minutes_detail", meeting.pk)).content.decode()
    for word in ("2 for, 1 mot, 0 blanke.", "Dissens: Mons Medlem", "haster ikke"):
        assert word in page
    pdf = line.client("member").get(_url("minutes_file", meeting.pk)).content
    text = " ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages)
    assert "2 for, 1 mot, 0 blanke." in text and "haster ikke" in text
    assert line.case(need).state == "at_chief_executive"


def test_a_statement_is_taken_out_while_the_minutes_are_open(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = treated(line)
    client, url = line.client("secretary"), _url("statement_record", meeting.pk, item.pk)
    said = {"person_id": line.people["member"].pk, "kind": "record", "text": "Til protokollen."}
    client.post(url, said)
    client.post(url, {**said, "text": ""})
    with line.seen_by():
        assert not Statement.objects.exists()
    # Only those who are there are asked, and only known kinds taken.
    assert client.post(url, {**said, "person_id": line.people["substitute"].pk}).status_code == 422
    assert client.post(url, {**said, "kind": "rop"}).status_code == 422


def test_approved_minutes_take_neither_votes_nor_statements(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = approved(line)
    client = line.client("secretary")
    votes = {"votes_for": "3", "version": _version(line, item)}
    assert client.post(_url("item_vote", meeting.pk, item.pk), votes).status_code == 403
    said = {"person_id": line.people["member"].pk, "kind": "record", "text": "For sent."}
    assert client.post(_url("statement_record", meeting.pk, item.pk), said).status_code == 403
    for who in ("member", "proposer", "chief"):
        with line.acting(who) as by, pytest.raises(Refused):
            actions.record_statement(
                by=by, at=AT, item_id=item.pk, person_id=line.people["member"].pk, kind="record", text="Nei."
            )
    with line.seen_by():
        assert Meeting.objects.get(pk=meeting.pk).state == "approved"
