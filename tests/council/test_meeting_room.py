"""In the room: who is there for each item, who sits for whom, one click, and two who write at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cases.actions import withdraw_case
from samrad.core.verdict import Refused
from samrad.council import actions, policy
from samrad.council.models import AgendaItem, Attendance, Away, Meeting
from samrad.council.queries import Agenda
from samrad.eventlog.models import Event
from samrad.governance.models import Seat
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line
from tests.council.seats import STARTS, attend, held, planned, treated
from tests.overview.test_queries import queries

MOST = 15

FOUND = {"outcome": "recommended", "text": "Rådet anbefaler.", "reason": "God gevinst.", "discussion": "Lang drøfting."}


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _item(line: Line, item: AgendaItem) -> AgendaItem:
    with line.seen_by():
        return AgendaItem.objects.get(pk=item.pk)


def _post(line: Line, name: str, item: AgendaItem, **typed: Any) -> Any:
    return line.client("secretary").post(_url(name, item.meeting_id, item.pk), {"mode": "hold", **typed})


def _ids(line: Line, *names: str) -> list[int]:
    return [line.people[name].pk for name in names]


def test_one_who_leaves_early_counts_only_until_then(council_line: Line) -> None:
    line = council_line
    cases, meeting = [line.case(line.prepared()) for _case in range(3)], planned(line)
    with line.acting("secretary") as by:
        items = [actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=case.pk) for case in cases]
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    attend(line, meeting, "chair", "member")
    version = {"version": items[0].version}
    assert _post(line, "item_treat", items[0], **FOUND, **version).status_code == 302
    # Mons leaves before the second item: from there on only the chair is left, and the quorum is lost half-way.
    _post(line, "away_record", items[1], here=_ids(line, "chair"), onward="on")
    for item in items[1:]:
        refused = _post(line, "item_treat", item, **FOUND, version=item.version)
        assert refused.status_code == 422 and "vedtaksført: 1 med stemmerett" in refused.content.decode()
    page = line.client("secretary").get(_url("meeting_detail", meeting.pk), {"mode": "hold", "item": items[1].pk})
    assert "Stemmer i saken (1): Kåre Leder" in page.content.decode()
    with line.seen_by():
        assert Away.objects.count() == 2  # the first item stands as it was treated
    # He comes back for the last one; the one between waits for another meeting.
    _post(line, "away_record", items[2], here=_ids(line, "chair", "member"))
    assert _post(line, "item_treat", items[2], **FOUND, version=items[2].version).status_code == 302
    line.client("secretary").post(_url("agenda_set", meeting.pk), {"take_off": items[1].pk})
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    minutes = line.client("member").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert minutes.count("Stemmer i saken (2): Kåre Leder, Mons Medlem") == 2 and "Tatt av sakslista" in minutes


def test_only_the_secretariat_says_who_is_in_the_room(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    for who in ("chair", "member", "proposer"):
        line.client(who).post(_url("away_record", meeting.pk, item.pk), {"here": []})
    assert line.client("stranger").post(_url("away_record", meeting.pk, item.pk), {}).status_code == 404
    with line.seen_by():
        assert not Away.objects.exists()


def test_a_substitute_is_called_and_sits_for_the_one_who_is_out(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line, "chair", "deputy", "member", "substitute")
    with line.seen_by():
        seat = Seat.objects.get(position="substitute")
    client = line.client("secretary")
    for _click in range(2):
        client.post(_url("substitute_call", meeting.pk), {"seat": seat.pk, "mode": "hold"})
    with line.seen_by("substitute"):
        told = Notification.objects.filter(kind="council.substitute")
        assert told.count() == 1 and "kalt inn som vara" in told[0].subject
    page = client.get(_url("meeting_detail", meeting.pk), {"mode": "hold"}).content.decode()
    assert "kalt inn" in page and "Stemmer i saken (3)" in page  # nobody is out, so the substitute has no vote
    votes = {"votes_for": "4", "version": item.version}
    assert _post(line, "item_vote", item, **votes).status_code == 422
    said = {"person": line.people["member"].pk, "reason": "Eier selskapet.", "disqualified": "on"}
    client.post(_url("impartiality_declare", meeting.pk, item.pk), said)
    page = client.get(_url("meeting_detail", meeting.pk), {"mode": "hold"}).content.decode()
    assert "Vera Vara (for Mons Medlem)" in page
    assert _post(line, "item_vote", item, **{**votes, "votes_for": "3"}).status_code == 302


def test_an_observer_has_no_vote(council_line: Line) -> None:
    line = council_line
    with line.seen_by():
        Seat.objects.filter(position="member").update(position="observer")
    _need, meeting, _item = held(line, "chair", "deputy", "member")
    page = line.client("secretary").get(_url("meeting_detail", meeting.pk), {"mode": "hold"}).content.decode()
    assert "Stemmer i saken (2): Kåre Leder, Nina Nest." in page and "uten stemmerett" in page


def test_the_deputy_leads_where_the_chair_is_disqualified(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    client = line.client("secretary")
    where = {"mode": "hold", "item": item.pk}
    assert "Kåre Leder leder saken." in client.get(_url("meeting_detail", meeting.pk), where).content.decode()
    said = {"person": line.people["chair"].pk, "reason": "Bror av leverandøren.", "disqualified": "on"}
    client.post(_url("impartiality_declare", meeting.pk, item.pk), said)
    page = client.get(_url("meeting_detail", meeting.pk), where).content.decode()
    assert "Nina Nest leder saken." in page and "Stemmer i saken (2): Nina Nest, Mons Medlem" in page
    # Equal votes: the casting vote is given by the one who leads.
    tie = {"votes_for": "1", "votes_against": "1", "version": item.version}
    assert _post(line, "item_vote", item, **tie).status_code == 422
    assert _post(line, "item_vote", item, **tie, casting_vote="for").status_code == 302


def test_agreement_is_one_click_and_two_clicks_are_one(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line)
    assert (
        "Enstemmig som foreslått"
        in line.client("secretary").get(_url("meeting_detail", meeting.pk), {"mode": "hold"}).content.decode()
    )
    for _click in range(2):
        assert _post(line, "item_agree", item, version=item.version).status_code == 302
    kept = _item(line, item)
    assert (kept.draft_outcome, kept.draft_text, kept.unanimous) == ("recommended", "Anbefales.", True)
    assert line.case(need).state == "treated" and kept.version == item.version + 1
    page = line.client("secretary").get(_url("minutes_detail", meeting.pk)).content.decode()
    assert "Enstemmig." in page and "Organet var enig i saksframlegget." in page
    # What is written differently afterwards is no longer what everybody agreed with.
    changed = {**FOUND, "text": "Noe annet.", "version": kept.version}
    assert _post(line, "item_treat", item, **changed).status_code == 302
    assert not _item(line, item).unanimous


def test_agreement_needs_a_quorum_and_the_secretariat(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line, "chair")
    _post(line, "item_agree", item, version=item.version)
    assert _item(line, item).treated_at is None
    attend(line, meeting, "chair", "deputy", "member")
    line.client("member").post(_url("item_agree", meeting.pk, item.pk), {"version": item.version})
    assert _item(line, item).treated_at is None


def test_the_same_vote_posted_again_counts_once(council_line: Line) -> None:
    line = council_line
    _need, _meeting, item = held(line)
    votes = {"votes_for": "2", "votes_against": "1", "votes_blank": "", "version": item.version}
    for _sent in range(3):  # the connection went down, and the browser sends it again
        assert _post(line, "item_vote", item, **votes).status_code == 302
    kept = _item(line, item)
    assert (kept.votes_for, kept.votes_against, kept.version) == (2, 1, item.version + 1)
    with line.seen_by():
        assert Event.objects.filter(kind="council.Voted").count() == 1
    assert _post(line, "item_vote", item, **{**votes, "votes_for": "3", "votes_against": ""}).status_code == 409


def test_what_is_written_is_kept_while_one_writes(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line)
    client, url = line.client("secretary"), _url("text_save", meeting.pk, item.pk)
    page = client.get(_url("meeting_detail", meeting.pk), {"mode": "minutes"}).content.decode()
    assert f'hx-post="{url}"' in page and 'id="saved-state"' in page
    half = {"discussion": "Rådet drøf", "outcome": "recommended", "text": "", "reason": "", "version": item.version}
    answer = client.post(url, half, headers={"HX-Request": "true"}).content.decode()
    kept = _item(line, item)
    assert (
        f'id="id_version" value="{kept.version}"' in answer and f'id="id_vote_version" value="{kept.version}"' in answer
    )
    assert (kept.discussion, kept.treated_at) == ("Rådet drøf", None) and line.case(need).state == "on_agenda"
    # Another has written meanwhile: nothing is overwritten, and both texts are on the page.
    other = {**half, "discussion": "Kari skriver noe annet."}
    answer = client.post(url, other, headers={"HX-Request": "true"}).content.decode()
    assert "Ikke lagret" in answer and _item(line, item).discussion == "Rådet drøf"
    page = _post(line, "item_treat", item, **{**FOUND, "discussion": "Kari skriver noe annet."}, version=item.version)
    assert page.status_code == 409 and "Kari skriver noe annet." in page.content.decode()
    assert "Rådet drøf" in page.content.decode()
    without = client.post(url, other).content.decode()  # and without JavaScript
    assert "Kari skriver noe annet." in without and "Rådet drøf" in without


def test_what_the_body_found_is_never_half_erased(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = treated(line)
    version = _item(line, item).version
    half = {"discussion": "Mer.", "outcome": "recommended", "text": "", "reason": "", "version": version}
    line.client("secretary").post(_url("text_save", meeting.pk, item.pk), half)
    kept = _item(line, item)
    assert kept.discussion == "Mer." and kept.draft_text == "Rådet anbefaler elektroniske låser."


def test_a_member_whose_term_ended_yesterday_does_not_vote(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    with line.seen_by():
        Seat.objects.filter(person=line.people["member"]).update(valid_to=STARTS.date() - timedelta(days=1))
        agenda = Agenda(Meeting.objects.select_related("body").get(pk=meeting.pk))
        assert line.people["member"].pk not in policy.voting_here(agenda, agenda.items[0])
    votes = {"votes_for": "3", "version": item.version}
    assert _post(line, "item_vote", item, **votes).status_code == 422
    assert _post(line, "item_vote", item, **{**votes, "votes_for": "2"}).status_code == 302
    with line.acting("secretary") as by, pytest.raises(Refused):
        actions.declare_impartiality(
            by=by, at=AT, item_id=item.pk, person_id=line.people["member"].pk, reason="x", disqualified=True
        )


def test_a_case_withdrawn_while_the_meeting_goes_on_is_not_treated(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line)
    with line.acting("proposer") as by:
        withdraw_case(by=by, at=AT, case_id=line.case(need).pk, version=None, reason="Løst på annen måte.")
    for name, typed in (("item_treat", FOUND), ("item_agree", {}), ("item_vote", {"votes_for": "3"})):
        _post(line, name, item, **typed, version=item.version)
    kept = _item(line, item)
    assert kept.treated_at is None and not kept.voted and line.case(need).state == "withdrawn"
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    assert "Trukket" in line.client("secretary").get(_url("minutes_detail", meeting.pk)).content.decode()


def test_forty_items_ask_no_more_of_the_database_than_two(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    client, counted = line.client("secretary"), []
    for more in (1, 38):
        with line.seen_by():
            made = [
                AgendaItem(
                    owner_id=meeting.owner_id,
                    shared_with_id=meeting.shared_with_id,
                    meeting=meeting,
                    kind="information",
                    title=f"Orientering {number}",
                    order=10 + number + more,
                )
                for number in range(more)
            ]
            AgendaItem.objects.bulk_create(made)
        pages = [f"{_url('meeting_detail', meeting.pk)}?mode={mode}&item={item.pk}" for mode in ("hold", "minutes")]
        counted += [len(queries(client, page)) for page in (*pages, _url("minutes_detail", meeting.pk))]
    assert counted[:3] == counted[3:] and max(counted) <= MOST, counted
    with line.seen_by():
        assert Attendance.objects.count() == 4
