"""The agenda: numbers, time, what is told, closed doors, and what cannot wait."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.models import AgendaItem, Meeting
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line
from tests.council.seats import ENDS, STARTS, approved, held, noticed, planned


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _page(line: Line, meeting: Meeting, who: str = "secretary", **query: object) -> str:
    return str(line.client(who).get(_url("meeting_detail", meeting.pk), query).content.decode())


def test_numbers_are_given_with_the_notice_and_have_no_gap(council_line: Line) -> None:
    line = council_line
    cases, meeting = [line.case(line.prepared()) for _case in range(3)], planned(line)
    client = line.client("secretary")
    client.post(_url("agenda_set", meeting.pk), {"case": [case.pk for case in cases]})  # all at once
    with line.seen_by():
        first = AgendaItem.objects.get(case=cases[0])
    client.post(_url("agenda_set", meeting.pk), {"take_off": first.pk})
    client.post(_url("information_add", meeting.pk), {"title": "Nytt fra KS"})
    with line.acting("secretary") as by:
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        items = list(AgendaItem.objects.filter(meeting=meeting))
    assert [item.number for item in items] == [1, 2, 3]
    page = _page(line, meeting, mode="minutes", item=items[-1].pk)
    assert "DR 3/26 Nytt fra KS" in page
    url = _url("text_save", meeting.pk, items[-1].pk)
    for text, status in (("KS har ny veileder.", 302), ("En annen skriver.", 409)):
        said = client.post(url, {"discussion": text, "version": items[-1].version, "mode": "minutes"})
        assert said.status_code == status
    assert "KS har ny veileder." in said.content.decode() and "En annen skriver." in said.content.decode()
    # What is taken off after the notice stands with its number.
    client.post(_url("agenda_set", meeting.pk), {"take_off": items[0].pk})
    assert "Tatt av sakslista" in _page(line, meeting, item=items[0].pk)
    with line.seen_by():
        cases[1].refresh_from_db()
        assert cases[1].state == "ready"


def test_nothing_is_taken_off_while_the_meeting_can_treat_it(council_line: Line) -> None:
    line = council_line
    need, meeting, item = held(line)
    for mode in ("prepare", "hold", "minutes"):
        assert "Ta av sakslista" not in _page(line, meeting, mode=mode, item=item.pk)
    line.client("secretary").post(_url("agenda_set", meeting.pk), {"take_off": item.pk})
    assert line.case(need).state == "on_agenda"


def test_the_clock_is_reckoned_from_the_minutes_of_each_item(council_line: Line) -> None:
    line = council_line
    cases, meeting = [line.case(line.prepared()) for _case in range(2)], planned(line)
    client = line.client("secretary")
    client.post(_url("agenda_set", meeting.pk), {"case": [case.pk for case in cases]})
    with line.seen_by():
        first = AgendaItem.objects.order_by("order")[0]
    url = _url("item_plan", meeting.pk, first.pk)
    wrong = client.post(url, {"version": first.version, "minutes": "0"})
    assert wrong.status_code == 422 and "Skriv et tall fra 1 til 480." in wrong.content.decode()
    typed = {"version": first.version, "minutes": "110", "closed_code": "koml-11-5-3a"}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, {**typed, "minutes": "20"}).status_code == 409
    page = _page(line, meeting)
    assert "kl. 09.00" in page and "kl. 10.50" in page and "5 minutter mer enn møtet varer" in page
    assert "Møtet er lukket i saken: kommuneloven § 11-5 tredje ledd bokstav a" in _page(line, meeting, item=first.pk)
    refused = line.client("member").post(url, typed)
    assert refused.status_code == 403


def test_what_was_treated_behind_closed_doors_is_not_opened_to_others(council_line: Line) -> None:
    line = council_line
    _need, meeting, item = held(line)
    with line.seen_by():
        AgendaItem.objects.filter(pk=item.pk).update(closed_basis="kommuneloven § 11-5")
    with line.acting("secretary") as by:
        said = {"text": "Hemmelig innstilling.", "reason": "Derfor."}
        actions.treat_item(by=by, at=AT, item_id=item.pk, version=None, outcome="recommended", **said)
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    assert "Hemmelig innstilling." in line.client("member").get(_url("minutes_detail", meeting.pk)).content.decode()
    for who in ("colleague", "dal_chief"):
        assert "Hemmelig" not in line.client(who).get(_url("minutes_detail", meeting.pk)).content.decode()
        assert line.client(who).get(_url("extract_file", meeting.pk, item.pk)).status_code == 404
        assert line.client(who).get(_url("minutes_file", meeting.pk)).status_code == 403


def test_after_the_notice_only_the_chair_takes_in_what_cannot_wait(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = noticed(line)
    late = line.case(line.prepared())
    client = line.client("secretary")
    page = client.post(_url("agenda_set", meeting.pk), {"case": late.pk}, follow=True).content.decode()
    assert "Nå kan bare leder ta inn en sak, som hastesak." in page
    typed = {"case_id": late.pk, "reason": "Søknadsfristen er i morgen."}
    assert client.post(_url("urgent_take", meeting.pk), typed).status_code == 403
    assert line.client("stranger").post(_url("urgent_take", meeting.pk), typed).status_code == 404
    chair = line.client("chair")
    unsaid = chair.post(_url("urgent_take", meeting.pk), {**typed, "reason": " "})
    assert unsaid.status_code == 422 and "Skriv hvorfor det haster." in unsaid.content.decode()
    for _click in range(2):
        chair.post(_url("urgent_take", meeting.pk), typed)
    with line.seen_by("member"):
        urgent = AgendaItem.objects.get(case=late)
        assert (urgent.number, urgent.urgent_by_id, urgent.paper_number) == (2, line.people["chair"].pk, 1)
        assert Notification.objects.filter(person=line.people["member"], kind="council.urgent").count() == 1
    page = _page(line, meeting, "member", item=urgent.pk)
    assert "Hastesak" in page and "Tatt inn som hastesak av Kåre Leder: Søknadsfristen er i morgen." in page


def test_the_next_meeting_hears_of_an_urgent_case_once(council_line: Line) -> None:
    line = council_line
    assert line.council is not None
    _need, meeting, _item = held(line)
    late = line.case(line.prepared())
    with line.acting("chair") as by:
        actions.take_urgent_case(by=by, at=AT, meeting_id=meeting.pk, case_id=late.pk, reason="Fristen er i morgen.")
    with line.acting("secretary") as by:
        for days in (7, 14):
            actions.plan_meeting(
                by=by,
                at=AT,
                body=line.council,
                starts_at=STARTS + timedelta(days=days),
                ends_at=ENDS + timedelta(days=days),
            )
        told = AgendaItem.objects.filter(reports__isnull=False)
        assert [t.meeting.starts_at for t in told] == [STARTS + timedelta(days=7)]
        urgent = AgendaItem.objects.get(case=late, kind="case")
        assert told[0].reports_id == urgent.pk
        actions.send_notice(by=by, at=AT, meeting_id=told[0].meeting_id)
        assert AgendaItem.objects.get(pk=told[0].pk).number == 3


def test_approved_minutes_take_no_urgent_case(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = approved(line)
    late = line.case(line.prepared())
    with line.acting("chair") as by, pytest.raises(Refused):
        actions.take_urgent_case(by=by, at=AT, meeting_id=meeting.pk, case_id=late.pk, reason="For sent.")
