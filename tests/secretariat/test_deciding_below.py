"""What is decided below the council: by the owning sector, and by the secretariat within its mandate and frame."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connections
from django.urls import reverse

from samrad.archive.models import Filing
from samrad.cases.models import Case
from samrad.cases.models import Decision as Row
from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.council import actions as council
from samrad.council.models import AgendaItem
from samrad.eventlog.models import Event
from samrad.governance.actions import adopt_mandate, set_up_body
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import give_role, join_cooperation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity, Membership, Notification
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Project
from samrad.secretariat import actions
from samrad.secretariat.queries import frame_of, route_of, spent_in
from tests.anchoring.line import AT, ON, Line, make_line
from tests.council.seats import STARTS, planned

OWN = {"one_off_kr": Decimal(300_000), "annual_kr": Decimal(0), "funding": "own", "internal_hours": 40}


def _mandate(line: Line, *, case: int = 200_000, year: int = 300_000) -> None:
    """A secretariat that may decide, and its head."""
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        body = set_up_body(by=by, at=AT, owner=region, shared_with=region, kind="secretariat", name="Sekretariatet")
        adopt_mandate(
            by=by,
            at=AT,
            body=body,
            valid_from=ON,
            adopted_by="Kommunestyrene",
            adopted_in=[line.entities["fjell"], line.entities["dal"]],
            may_decide_types=["development"],
            amount_per_case=Decimal(case),
            amount_per_year=Decimal(year),
        )
        give_role(by=by, at=AT, person=line.people["secretary"], role="secretariat_lead", valid_from=ON)
        create_portfolio(by=by, at=AT, owner=region, name="Porteføljen")


def _checked(line: Line, *, both: bool = False, **costs: object) -> Initiative:
    """A need in preparation that costs what the test says."""
    from samrad.initiatives.actions import save_answers

    original = line.draft

    def cheap(**values: object) -> Initiative:
        need = original(**values)  # type: ignore[arg-type]
        with line.acting("proposer") as by:
            save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=costs)
            return Initiative.objects.get(pk=need.pk)

    line.draft = cheap  # type: ignore[method-assign]
    try:
        need = line.submitted(both=both)
    finally:
        line.draft = original  # type: ignore[method-assign]
    with line.acting("secretary") as by:
        actions.check_completeness(by=by, at=AT, case_id=line.case(need).pk)
    return need


def _url(name: str, pk: int) -> str:
    return reverse(f"secretariat:{name}", args=[pk])


def _sent_to_line(line: Line) -> tuple[Initiative, Row]:
    need = _checked(line, **OWN)
    case = line.case(need)
    page = line.client("secretary").post(_url("line_send", case.pk), {"version": case.version})
    assert page.status_code == 302
    return need, line.decision(need, "fjell")


def test_the_head_of_sector_decides_and_the_council_hears_of_it(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    meeting = planned(line)
    need, decision = _sent_to_line(line)
    assert line.case(need).state == "at_sector_head" and decision.level == "line"
    with line.acting("sector_head") as by:
        assert [(t.kind, t.object_id) for t in tasks_of(by)] == [("decide_in_line", decision.pk)]
        assert Notification.objects.filter(person_id=by.person, kind="cases.decide_in_line").exists()
    url = reverse("cases:decision_decide", args=[decision.pk])
    client = line.client("sector_head")
    page = client.get(url).content.decode()
    assert "sektoren som eier behovet" in page and 'value="deferred"' not in page
    typed = {"version": 1, "outcome": "approved", "text": "Vi tar det av eget budsjett.", "amount_kr": "300 000"}
    for _click in range(2):
        assert client.post(url, typed).status_code == 302
    assert client.post(url, {**typed, "outcome": "rejected", "text": "Nei."}).status_code == 409
    assert line.case(need).state == "decided_in_line"
    with line.seen_by():
        item = AgendaItem.objects.get(meeting=meeting)
        assert (item.kind, item.case_id, item.number) == ("referral", line.case(need).pk, None)
        assert Project.objects.filter(initiative=need).exists()
    with acting_for([line.entities["fjell"].pk]):
        assert Filing.objects.filter(kind="decision", owner=line.entities["fjell"]).count() == 1
    later = line.case(line.prepared())
    with line.acting("secretary") as by:  # a case comes before what is only referred
        council.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=later.pk)
        assert [i.kind for i in AgendaItem.objects.filter(meeting=meeting)] == ["case", "referral"]
        council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    url = reverse("council:meeting_detail", args=[meeting.pk])
    page = line.client("member").get(f"{url}?item={item.pk}").content.decode()
    assert "RS 1/26" in page and "Vi tar det av eget budsjett." in page and "Siri Dahl" in page


def test_a_referral_item_stands_in_the_minutes_and_holds_nothing_up(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    need, decision = _sent_to_line(line)
    with line.acting("sector_head") as by:
        from samrad.cases.actions import decide

        decide(by=by, at=AT, decision_id=decision.pk, version=None, outcome="rejected", text="Ikke nå.")
    assert line.case(need).state == "rejected"
    meeting = planned(line)  # set up afterwards: it takes the referral in
    with line.acting("secretary") as by:
        council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        seats = {s.pk: "present" for s in meeting.body.seats.all()}
        council.record_attendance(by=by, at=AT, meeting_id=meeting.pk, presence=seats)
    with line.acting("chair") as by:
        council.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    page = line.client("member").get(reverse("council:minutes_detail", args=[meeting.pk])).content.decode()
    assert "Tatt til orientering." in page and "Ikke nå." in page
    later = STARTS + timedelta(days=30)
    with line.acting("secretary") as by:
        assert line.council is not None
        second = council.plan_meeting(
            by=by, at=AT, body=line.council, starts_at=later, ends_at=later + timedelta(hours=1)
        )
        assert not AgendaItem.objects.filter(meeting=second).exists()  # heard of once


def test_a_cancelled_meeting_leaves_the_referral_to_the_next(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    meeting = planned(line)
    need, decision = _sent_to_line(line)
    line.client("sector_head").post(
        reverse("cases:decision_decide", args=[decision.pk]), {"version": 1, "outcome": "approved", "text": ""}
    )
    with line.acting("secretary") as by:
        council.cancel_meeting(by=by, at=AT, meeting_id=meeting.pk, reason="Ingen saker.")
    assert line.case(need).state == "decided_in_line"
    second = planned(line)
    with line.seen_by():
        assert [i.case_id for i in AgendaItem.objects.filter(meeting=second)] == [line.case(need).pk]


def test_the_head_of_sector_sends_it_back(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    need, decision = _sent_to_line(line)
    url = reverse("cases:decision_decide", args=[decision.pk])
    page = line.client("sector_head").post(url, {"version": 1, "outcome": "sent_back", "text": ""})
    assert page.status_code == 409 and b"#id_text" in page.content
    line.client("sector_head").post(url, {"version": 1, "outcome": "sent_back", "text": "Hva med drift?"})
    assert line.case(need).state == "sent_back"
    with line.acting("secretary") as by:
        assert [t.kind for t in tasks_of(by)] == ["prepare"]
        actions.send_to_line(by=by, at=AT, case_id=line.case(need).pk)
    assert line.decision(need, "fjell").round == 2


@pytest.mark.parametrize("who", ["dal_sector_head", "chief", "proposer", "secretary", "stranger"])
def test_only_the_owning_head_of_sector_decides_in_the_line(council_line: Line, who: str) -> None:
    line = council_line
    _mandate(line)
    need, decision = _sent_to_line(line)
    url = reverse("cases:decision_decide", args=[decision.pk])
    answer = line.client(who).post(url, {"version": 1, "outcome": "approved", "text": ""})
    assert answer.status_code in (404, 409)
    assert line.decision(need, "fjell").outcome == ""


def test_what_needs_budget_or_is_within_the_mandate_is_not_for_the_line(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    for costs in ({"funding": "new"}, {"one_off_kr": Decimal(100_000), "annual_kr": Decimal(0)}):
        case = line.case(_checked(line, **costs))
        with line.acting("secretary") as by, pytest.raises(Refused):
            actions.send_to_line(by=by, at=AT, case_id=case.pk)
        page = line.client("secretary").post(_url("line_send", case.pk), {"version": case.version})
        assert page.status_code == 409
        for who in ("proposer", "sector_head", "stranger", "chief"):
            assert line.client(who).post(_url("line_send", case.pk), {"version": case.version}).status_code == 404


SMALL = {"one_off_kr": Decimal(150_000), "annual_kr": Decimal(0)}


def test_the_secretariat_decides_within_its_mandate(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    meeting = planned(line)
    need = _checked(line, both=True, **SMALL)
    case, client = line.case(need), line.client("secretary")
    page = client.get(_url("case_prepare", case.pk)).content.decode()
    assert "200\xa0000" in page and "300\xa0000" in page and "Sara Sekretær" in page
    typed = {"version": case.version, "outcome": "approved", "text": "Nyttig.", "amount_kr": "150 000,01"}
    url = _url("mandate_decide", case.pk)
    for wrong, field in (("", "amount_kr"), ("200 001", "amount_kr"), ("mye", "amount_kr")):
        page = client.post(url, {**typed, "amount_kr": wrong})
        assert page.status_code in (409, 422) and f"#id_decide_{field}".encode() in page.content
    assert client.post(url, {**typed, "outcome": "deferred"}).status_code == 422
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 409
    assert line.case(need).state == "decided_by_secretariat"
    with line.seen_by():
        rows = {r.municipality.slug: r.amount_kr for r in Row.objects.filter(case__initiative=need)}
        assert rows == {"fjell": Decimal("75000.01"), "dal": Decimal("75000.00")}
        assert AgendaItem.objects.get(meeting=meeting).kind == "referral"
        assert Project.objects.filter(initiative=need).exists()
        assert spent_in(line.entities["region"].pk, 2026) == Decimal("150000.01")
    with line.acting("proposer") as by:
        told = Notification.objects.filter(person_id=by.person, kind="cases.decided")
        assert any("referatsak" in n.body for n in told)


def test_the_years_frame_holds_to_the_krone(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    first, second, third = (_checked(line, **SMALL) for _ in range(3))
    with line.acting("secretary") as by:
        decide = {"by": by, "at": AT, "outcome": "approved", "text": ""}
        actions.decide_within_mandate(case_id=line.case(first).pk, amount_kr=Decimal(150_000), **decide)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="150\xa0000"):
            actions.decide_within_mandate(case_id=line.case(second).pk, amount_kr=Decimal(150_001), **decide)  # type: ignore[arg-type]
        actions.decide_within_mandate(case_id=line.case(second).pk, amount_kr=Decimal(150_000), **decide)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="mandat"):
            actions.decide_within_mandate(case_id=line.case(third).pk, amount_kr=Decimal(1), **decide)  # type: ignore[arg-type]
    page = line.client("secretary").get(_url("case_prepare", line.case(third).pk)).content.decode()
    assert "krever budsjett" in page and "Avgjør innenfor mandatet" not in page


def test_a_member_of_the_secretariat_does_not_decide(line: Line) -> None:
    need = _checked(line, **SMALL)
    case = line.case(need)
    page = line.client("secretary").post(
        _url("mandate_decide", case.pk), {"version": case.version, "outcome": "approved"}
    )
    assert page.status_code == 409
    for who in ("proposer", "stranger", "chief"):
        assert line.client(who).post(_url("mandate_decide", case.pk), {}).status_code == 404


def _give(line: Line, case_id: int) -> str:
    try:
        with line.acting("secretary") as by:
            actions.decide_within_mandate(by=by, at=AT, case_id=case_id, outcome="approved", amount_kr=Decimal(150_000))
        return "done"
    except Refused:
        return "refused"
    finally:
        connections.close_all()


@pytest.fixture
def real_line(transactional_db: None) -> Line:
    """The cast, seen by every connection."""
    return make_line()


def test_two_decisions_at_once_do_not_break_the_frame(real_line: Line) -> None:
    line = real_line
    _mandate(line, year=200_000)
    cases = [line.case(_checked(line, **SMALL)).pk for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(lambda pk: _give(line, pk), cases)) == ["done", "refused"]
    with line.seen_by():
        assert spent_in(line.entities["region"].pk, 2026) == 150_000
        assert sorted(Case.objects.filter(pk__in=cases).values_list("state", flat=True)) == [
            "decided_by_secretariat",
            "preparation",
        ]


def test_the_ledger_shows_the_frame_each_decision_and_what_is_left(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    for both, cost, amount in ((True, 150_000, Decimal("150000.01")), (False, 50_000, Decimal(50_000))):
        case = line.case(_checked(line, both=both, one_off_kr=Decimal(cost), annual_kr=Decimal(0)))
        with line.acting("secretary") as by:
            actions.decide_within_mandate(by=by, at=AT, case_id=case.pk, outcome="approved", amount_kr=amount)
    page = line.client("chair").get(reverse("secretariat:ledger_year", args=[2026])).content.decode()
    page = page.replace("\xa0", " ")
    for said in ("300 000 kr", "200 000,01 kr", "99 999,99 kr", "149 999,99 kr", "75 000,01 kr", "Elektroniske låser"):
        assert said in page, said
    for who in ("colleague", "proposer"):
        assert line.client(who).get(reverse("secretariat:ledger")).status_code == 403
    assert "Elektroniske låser" not in line.client("stranger").get(reverse("secretariat:ledger")).content.decode()
    assert line.client("chair").get(reverse("secretariat:ledger_year", args=[2099])).status_code == 404


def _leave(line: Line, town: str, last: date) -> None:
    Membership.objects.filter(member=line.entities[town], cooperation=line.entities["region"]).update(valid_to=last)


def test_a_municipality_that_leaves_takes_its_part_of_the_frame_out(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    need, later = _checked(line, both=True, **SMALL), _checked(line, **SMALL)
    with line.acting("secretary") as by:
        given = {"by": by, "at": AT, "outcome": "approved"}
        actions.decide_within_mandate(case_id=line.case(need).pk, amount_kr=Decimal(100_000), **given)  # type: ignore[arg-type]
        frame = frame_of(later, on=AT.date())
        assert frame is not None and frame.left == 200_000
    _leave(line, "dal", AT.date())
    with line.acting("secretary"):
        gone = frame_of(later, on=AT.date() + timedelta(days=1))
        assert gone is not None and gone.left == 150_000 - 50_000
        assert route_of(later, on=AT.date() + timedelta(days=1)).failing == "frame"
    page = line.client("secretary").get(reverse("secretariat:ledger_year", args=[2026])).content.decode()
    page = page.replace("\xa0", " ")
    assert "Dal har gått ut og tok med seg 150 000 kr av rammen." in page and "100 000 kr" in page


def test_a_member_that_has_not_adopted_the_mandate_keeps_the_secretariat_from_deciding(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    need = _checked(line, **SMALL)
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(line.entities["region"].pk, on=ON)
        nes = Entity.objects.create(slug="nes", name="Nes", kind="municipality")
        join_cooperation(by=by, at=AT, cooperation=line.entities["region"], member=nes, valid_from=ON)
    case = line.case(need)
    page = line.client("secretary").get(_url("case_prepare", case.pk)).content.decode()
    assert "gjelder ikke i alle medlemskommunene" in page and "Avgjør innenfor mandatet" not in page
    typed = {"version": case.version, "outcome": "approved", "amount_kr": "1"}
    assert line.client("secretary").post(_url("mandate_decide", case.pk), typed).status_code == 409


def _again(line: Line, case: Case) -> Case:
    with line.seen_by():
        return Case.objects.get(pk=case.pk)


def test_the_head_confirms_where_it_goes_or_sends_it_up(council_line: Line) -> None:
    line = council_line
    _mandate(line)
    case = line.case(_checked(line, **SMALL))
    url, client = _url("case_route", case.pk), line.client("secretary")
    page = client.get(url).content.decode()
    assert "innenfor mandatet til sekretariatet" in page
    typed = {"version": case.version, "chosen": "council", "reason": ""}
    unsaid = client.post(url, typed)
    assert unsaid.status_code == 409 and b"#id_reason" in unsaid.content
    assert client.post(url, {**typed, "chosen": "line"}).status_code == 422  # never where the rules do not let it
    assert client.post(url, {**typed, "reason": "Det gjelder prinsipper."}).status_code == 302
    case = _again(line, case)
    decide = {"version": case.version, "outcome": "approved", "amount_kr": "1"}
    refused = client.post(_url("mandate_decide", case.pk), decide)
    assert refused.status_code == 409 and "Det gjelder prinsipper." in refused.content.decode()
    with line.seen_by():
        event = Event.objects.get(kind="secretariat.RouteChosen")
        assert (event.data["proposed"], event.data["chosen"]) == ("secretariat", "council")
    assert client.post(url, {"version": case.version, "chosen": "secretariat"}).status_code == 302
    case = _again(line, case)
    assert client.post(_url("mandate_decide", case.pk), {**decide, "version": case.version}).status_code == 302
    for who in ("proposer", "chair", "stranger"):
        assert line.client(who).get(url).status_code == 404
