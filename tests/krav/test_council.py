"""S23, S27, S31 and S65 in the council's room: the urgent case, the whole meeting, who is there, and how often."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samrad.cases.models import Case
from samrad.config.demo_data import TILTAK
from samrad.config.demo_way import Walk, prepare_all
from samrad.council.actions import plan_meeting
from samrad.council.models import AgendaItem, Meeting
from samrad.governance.actions import adopt_mandate, give_seat, plan_in_cycle, set_up_body
from samrad.governance.models import Body
from samrad.initiatives.models import Initiative
from tests.krav.meetings import noticed, planned
from tests.krav.region import LIST, SPEECH, STRANGER, TITLES, Region, pdf_text, text_of

krav = pytest.mark.krav
LONG_AGO = date(2020, 1, 1)


def _body(region: Region, name: str, seats: dict[str, tuple[str, str | None]]) -> Body:
    """A council of its own, with a mandate and these people in it: key -> position and field."""
    house = region.world.region
    body: Body = region.set_up(house, set_up_body, owner=house, kind="council", name=name)
    region.set_up(house, adopt_mandate, body=body, valid_from=LONG_AGO, adopted_by="Kommunestyrene")
    for key, (position, code) in seats.items():
        _seat(region, body, key, position, code)
    return body


def _seat(region: Region, body: Body, key: str, position: str, code: str | None) -> None:
    region.set_up(
        region.world.region,
        give_seat,
        body=body,
        person=region.person(key),
        position=position,
        valid_from=LONG_AGO,
        field=region.world.fields[code] if code else None,
    )


def _fresh(region: Region, meeting: Meeting) -> Meeting:
    return region.find(lambda: Meeting.objects.select_related("body").get(pk=meeting.pk))


def _attend(region: Region, meeting: Meeting, *there: str) -> None:
    seats = region.find(lambda: list(meeting.body.seats.all()))
    ids = {region.person(key).pk for key in there}
    values: dict[str, Any] = {f"seat_{s.pk}": "present" if s.person_id in ids else "absent" for s in seats}
    values["version"] = _fresh(region, meeting).version
    assert region.client("saksbehandler").post(f"/council/{meeting.pk}/attendance/", values).status_code == 302


def _convene(region: Region, meeting: Meeting) -> None:
    version = {"version": _fresh(region, meeting).version}
    region.client("sekretariat").post(f"/council/{meeting.pk}/notice/", version)
    assert _fresh(region, meeting).state == "notice_sent"


@krav("S23.AK4", guards=["samrad.council.policy.can_take_urgent", "samrad.council.queries.urgent_unreported"])
def test_an_urgent_case_leaves_a_trace_and_the_next_meeting_hears_of_it(region: Region) -> None:
    ordinary = noticed(region, LIST)
    url = f"/council/{ordinary.meeting_id}/urgent/"
    late = region.case(SPEECH)
    made = {"version": late.version, "proposed_outcome": "recommended", "proposed_text": "Anbefales.", "confirms": "on"}
    secretary, chair = region.client("sekretariat"), region.client("leder")
    secretary.post(
        f"/secretariat/cases/{late.pk}/assessment/", {"version": late.version, "text": "Dette bør vi gjøre."}
    )
    region.answer_finance(late)
    made["version"] = region.case(SPEECH).version
    secretary.post(f"/secretariat/cases/{late.pk}/make-paper/", made)
    assert region.case(SPEECH).state == "ready"
    typed = {"case_id": late.pk, "reason": "Tilbudet gjelder bare ut måneden."}
    # Neither the secretariat nor a member takes it in, and a stranger finds no meeting.
    assert secretary.post(url, typed).status_code == 403
    assert region.client("skarholt-leder-oppvekst").post(url, typed).status_code == 403
    assert region.client(STRANGER).post(url, typed).status_code == 404
    assert region.case(SPEECH).state == "ready"
    assert chair.post(url, typed).status_code == 302
    item = region.find(lambda: AgendaItem.objects.get(case=late))
    trace = f"Tatt inn som hastesak av {region.person('leder').name}: Tilbudet gjelder bare ut måneden."
    page = region.page("granlia-leder-helse", f"/council/{ordinary.meeting_id}/?item={item.pk}")
    assert trace in page and "Hastesak" in page
    assert "tok saken inn som hastesak" in region.page("sekretariat", region.story(SPEECH))
    _attend(region, _fresh(region, ordinary.meeting), "leder", "granlia-leder-helse", "skarholt-leder-oppvekst")
    assert trace in region.page("sekretariat", f"/council/{ordinary.meeting_id}/minutes/")
    # The next meeting hears of it without anybody having to remember.
    starts = timezone.now() + timedelta(days=40)
    council = region.world.bodies["council"]
    after: Meeting = region.do(
        "sekretariat", plan_meeting, body=council, starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    told = region.find(lambda: AgendaItem.objects.filter(meeting=after, reports=item).first())
    assert told is not None
    assert "ble tatt inn som hastesak" in region.page("leder", f"/council/{after.pk}/?item={told.pk}")


@krav("S31.AK2", guards="samrad.council.policy.unrepresented")
def test_a_field_with_a_case_and_nobody_to_speak_for_it_is_warned_about(region: Region) -> None:
    body = _body(region, "Rådet for teknisk", {"leder": ("chair", "organisasjon")})
    meeting, secretary = planned(region, body), region.client("sekretariat")
    assert secretary.post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk}).status_code == 302
    url = f"/council/{meeting.pk}/"
    field = region.find(lambda: Initiative.objects.select_related("field").get(title=LIST).field)
    assert field is not None
    warning = f"Ingen representerer disse fagområdene, som har en sak på sakslista: {field.name}."
    assert warning in region.page("sekretariat", url)
    _seat(region, body, "granlia-leder-helse", "member", "helse")
    assert warning not in region.page("sekretariat", url)
    # It is a warning: the notice goes out. And it comes back where the member does not turn up.
    _convene(region, meeting)
    _attend(region, meeting, "leder")
    assert warning in region.page("sekretariat", url + "?mode=hold")
    _attend(region, meeting, "leder", "granlia-leder-helse")
    assert warning not in region.page("sekretariat", url + "?mode=hold")
    assert region.status(STRANGER, url) == 404


@krav("S31.AK3", guards=["samrad.council.queries.turnout", "samrad.council.policy.can_see_turnout"])
def test_who_comes_to_the_meetings_is_counted_for_each_member(region: Region) -> None:
    body = _body(
        region,
        "Rådet for teknisk",
        {
            "leder": ("chair", None),
            "granlia-leder-helse": ("member", "helse"),
            "sundneset-leder-teknisk": ("member", None),
        },
    )
    meeting = planned(region, body)
    region.client("sekretariat").post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk})
    _convene(region, meeting)
    _attend(region, meeting, "leder", "granlia-leder-helse")
    year = timezone.localtime(meeting.starts_at).year
    url = f"/council/attendance/{body.pk}/"
    page = region.page("granlia-leder-helse", f"{url}?year={year}")
    rows = {part.split("<")[0]: part.split("</tr>")[0] for part in page.split('<th scope="row">')[1:]}
    for key, share in (("leder", "100 %"), ("granlia-leder-helse", "100 %"), ("sundneset-leder-teknisk", "0 %")):
        assert f">{share}<" in rows[region.person(key).name], (key, rows)
    assert region.status("fossmark-ansatt-helse", url) == 403 and region.status(STRANGER, url) == 404


@krav("S65.AK2", guards="samrad.governance.queries.cycle.kept")
def test_how_often_a_body_meets_is_measured_against_its_plan(region: Region) -> None:
    body = _body(region, "Rådet for teknisk", {"leder": ("chair", None)})
    year = timezone.localdate().year - 1
    rows = [
        region.set_up(
            region.world.region,
            plan_in_cycle,
            body=body,
            starts_at=datetime(year, month, 10, 9, tzinfo=UTC),
            ends_at=datetime(year, month, 10, 11, tzinfo=UTC),
            place="Rådhuset",
            submission_deadline=date(year, month, 1),
        )
        for month in (3, 9)
    ]
    url = f"/governance/cycle/{year}/"

    def counted() -> list[str]:
        row = region.page("fossmark-ansatt-helse", url).split(f'<th scope="row">{body.name}</th>')[1]
        return [part.split("<")[0] for part in row.split("</tr>")[0].split('<td class="number">')[1:]]

    assert counted() == ["6", "2", "2", "0"]  # by the mandate, planned, due by now, held
    assert "2 planlagte møter ble ikke holdt" in region.page("leder", url)
    meeting = region.do(
        "sekretariat",
        plan_meeting,
        body=body,
        planned=rows[0],
        starts_at=rows[0].starts_at,
        ends_at=rows[0].ends_at,
    )
    region.client("sekretariat").post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk})
    _convene(region, meeting)
    assert counted()[3] == "0"  # called is not held
    _attend(region, meeting, "leder")
    assert counted() == ["6", "2", "2", "1"]
    assert "1 planlagt møte ble ikke holdt" in region.page("leder", url)
    assert body.name not in region.page(STRANGER, url)


def _ten_in_preparation(region: Region) -> dict[str, Case]:
    """Ten cases that the secretariat has found complete and not yet made the paper of, taken there by the demo's actions."""
    more = [one for one in TILTAK if one.title not in TITLES and one.owner == "fjelldal"][:9]
    for place, one in enumerate(more, 41):
        prepare_all(Walk(region.world, one._replace(stage="preparation"), place))
    return {title: region.case(title) for title in (SPEECH, *(one.title for one in more))}


class _Counted(Client):
    """A browser that counts the pages it is given, those it is led on to among them."""

    pages = 0

    def request(self, **request: Any) -> Any:
        self.pages += 1
        return super().request(**request)


@krav("S27.AK4", guards="samrad.council.actions.calling._keep_papers")
def test_a_meeting_of_ten_cases_is_made_with_all_its_papers_in_an_hour(region: Region) -> None:
    ten, signed_in = _ten_in_preparation(region), region.client("sekretariat")
    cases = list(ten.values())
    for case in cases:
        region.answer_finance(case)  # finance has answered before the meeting is made
    secretary = _Counted()
    secretary.cookies = signed_in.cookies
    assert secretary.get("/secretariat/cases/").status_code == 200
    for case in cases:  # from the backlog to a paper
        page = secretary.get(f"/secretariat/cases/{case.pk}/")
        assert page.status_code == 200
        version = region.find(lambda pk=case.pk: Case.objects.get(pk=pk).version)  # type: ignore[misc]
        typed = {"version": version, "kind": "secretariat", "text": "Dette bør vi gjøre."}
        assert secretary.post(f"/secretariat/cases/{case.pk}/assessment/", typed, follow=True).status_code == 200
        version = region.find(lambda pk=case.pk: Case.objects.get(pk=pk).version)  # type: ignore[misc]
        typed = {"version": version, "proposed_outcome": "recommended", "proposed_text": "Anbefales.", "confirms": "on"}
        assert secretary.post(f"/secretariat/cases/{case.pk}/make-paper/", typed, follow=True).status_code == 200
    assert secretary.get("/council/").status_code == 200
    day = (timezone.localdate() + timedelta(days=21)).strftime("%d.%m.%Y")
    when = {"starts_at": f"{day} 09:00", "ends_at": f"{day} 12:00", "place": "Rådhuset"}
    made = secretary.post("/council/", {"body": region.world.bodies["council"].pk, **when}, follow=True)
    address = made.redirect_chain[-1][0]
    meeting = region.find(lambda: Meeting.objects.get(pk=int(address.strip("/").split("/")[-1])))
    put = secretary.post(f"{address}agenda/", {"case": [case.pk for case in cases]}, follow=True)
    assert put.status_code == 200
    sent = secretary.post(f"{address}notice/", {"version": _fresh(region, meeting).version}, follow=True)
    assert "Innkallingen er sendt." in text_of(sent)
    print(f"S27.AK4: ten cases from the backlog to the notice with all papers in {secretary.pages} page loads")
    assert secretary.pages <= 60
    # All ten are on the agenda, numbered without a gap, each with the paper as it was sent.
    member = region.client("granlia-leder-helse")
    numbers = region.find(lambda: list(meeting.items.filter(kind="case").values_list("number", flat=True)))
    assert len(numbers) == 10 and numbers == list(range(numbers[0], numbers[0] + 10))
    for case in cases:
        assert member.get(f"/secretariat/cases/{case.pk}/paper/1/").status_code == 200
    words = pdf_text(member.get(f"{address}notice.pdf").content)
    assert len(ten) == 10 and all(" ".join(title.split()) in words for title in ten)
    assert region.client(STRANGER).get(address).status_code == 404
