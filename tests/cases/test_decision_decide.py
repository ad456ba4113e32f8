"""Each municipality decides for itself, and the case follows."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from samrad.cases import actions
from samrad.cases.actions import deciding
from samrad.cases.models import Case, Condition, Decision
from samrad.cases.policy import settled_state
from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.governance.actions import adopt_mandate
from samrad.governance.queries import shares
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity, Notification
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Project
from tests.anchoring.line import AT, Line


def _url(decision: Decision) -> str:
    return reverse("cases:decision_decide", args=[decision.pk])


def test_each_municipality_is_asked(line: Line) -> None:
    need = line.recommended(both=True)
    assert line.case(need).state == "at_chief_executive"
    dal = line.decision(need, "dal")
    assert dal.owner_id == line.entities["dal"].pk and dal.shared_with_id == line.entities["region"].pk
    with line.acting("dal_chief") as by:
        assert [t.object_id for t in tasks_of(by)] == [dal.pk]
        assert Notification.objects.filter(person_id=by.person, kind="cases.decide").exists()


def test_a_decision_without_its_notices_never_stands(line: Line) -> None:
    """The server is killed between the decision and the notices: neither is kept, and made anew both are, once."""
    need = line.recommended()
    decision = line.decision(need, "fjell")

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    def decide() -> None:
        with line.acting("chief") as by:
            actions.decide(
                by=by, at=AT, decision_id=decision.pk, version=decision.version, outcome="rejected", text="Ikke i år."
            )

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(deciding, "tell_decided", killed)
        with pytest.raises(KeyboardInterrupt):
            decide()
    told = Notification.objects.filter(kind__startswith="cases.decided")
    with line.seen_by("proposer"):
        assert line.decision(need, "fjell").outcome == "" and not told.exists()
    decide()
    with line.acting("proposer") as by:
        assert line.case(need).state == "rejected" and told.filter(person_id=by.person).count() == 1


def test_differing_answers_settle_the_case(line: Line) -> None:
    need = line.recommended(both=True)
    ours, theirs = line.decision(need, "fjell"), line.decision(need, "dal")
    client = line.client("chief")
    assert "Rådet anbefaler tiltaket." in client.get(_url(ours)).content.decode()
    typed = {"version": ours.version, "outcome": "approved", "text": "", "amount_kr": "350 000 kr"}
    assert client.post(_url(ours), typed).status_code == 302
    assert line.case(need).state == "at_chief_executive"
    line.client("dal_chief").post(
        _url(theirs), {"version": theirs.version, "outcome": "rejected", "text": "Ikke råd i år."}
    )
    assert line.case(need).state == "partly_approved"
    assert line.decision(need, "fjell").amount_kr == 350000
    with line.acting("proposer") as by:
        told = Notification.objects.filter(person_id=by.person, kind="cases.decided")
        assert any("Ikke råd i år." in n.body and "Oda Moe" in n.body for n in told)
        assert Notification.objects.filter(person_id=by.person, kind="cases.settled").exists()


def test_an_approved_need_becomes_a_project(line: Line) -> None:
    need = line.recommended()
    with line.seen_by():
        from samrad.organisation.actors import Held

        by = line.actor("secretary")
        region = line.entities["region"]
        manager = type(by)(by.person_id, by.name, by.entity_id, by.entities, (Held("portfolio_manager", region.pk),))
        create_portfolio(by=manager, at=AT, owner=region, name="Porteføljen")
    decision = line.decision(need, "fjell")
    with line.acting("chief") as by:
        actions.decide(by=by, at=AT, decision_id=decision.pk, version=1, outcome="approved", text="")
        assert Project.objects.filter(initiative=need).exists()
        assert Initiative.objects.get(pk=need.pk).phase == "plan"
    assert line.case(need).state == "approved"


def test_conditions_are_written_down(line: Line) -> None:
    need = line.recommended()
    decision = line.decision(need, "fjell")
    client = line.client("chief")
    typed = {"version": decision.version, "outcome": "approved_with_conditions", "text": ""}
    page = client.post(_url(decision), typed)
    assert page.status_code == 409 and b'href="#id_condition_1_text"' in page.content
    first = {"condition_1_text": "Nullpunkt måles", "rows": 1}
    page = client.post(_url(decision), {**typed, **first, "add_condition": "1"})
    body = page.content.decode()
    assert page.status_code == 200 and "Nullpunkt måles" in body and "id_condition_2_text" in body
    both = {**first, "condition_2_text": "ROS er gjort", "rows": 2}
    page = client.post(_url(decision), {**typed, **both})
    body = page.content.decode()
    for place in ("1_responsible", "1_due", "2_responsible", "2_due"):
        assert page.status_code == 409 and f'href="#id_condition_{place}"' in body
    assert "Stian Stranger" not in body and "Else Vik" not in body  # nobody from elsewhere to choose
    owned = {f"condition_{n}_responsible": line.people["proposer"].pk for n in (1, 2)}
    due = {"condition_1_due": "31.12.2026", "condition_2_due": "31.01.2027"}
    assert client.post(_url(decision), {**typed, **both, **due, **owned}).status_code == 302
    assert line.case(need).state == "approved_with_conditions"
    with line.seen_by():
        rows = list(Condition.objects.filter(decision=decision).order_by("pk"))
    assert [c.text for c in rows] == ["Nullpunkt måles", "ROS er gjort"]
    assert rows[0].due_date == date(2026, 12, 31)
    with line.acting("proposer") as by:
        told = Notification.objects.filter(person_id=by.person, kind="cases.condition")
        assert len(told) == 2 and any("ROS er gjort" in n.body for n in told)
        assert [(t.kind, t.due_date) for t in tasks_of(by)] == [
            ("meet_condition", date(2026, 12, 31)),
            ("meet_condition", date(2027, 1, 31)),
        ]
    meet = reverse("cases:condition_meet", args=[rows[0].pk])
    for who, status in (("colleague", 403), ("dal_chief", 403), ("stranger", 404)):
        assert line.client(who).post(meet).status_code == status, who
    for _click in range(2):
        assert line.client("proposer").post(meet).status_code == 302
    page = line.client("colleague").get(_url(decision)).content.decode()
    assert "Anne Berg" in page and "Oppfylt" in page and "31. desember 2026" in page
    with line.acting("proposer") as by:
        assert [t.object_id for t in tasks_of(by)] == [rows[1].pk]


@pytest.mark.parametrize("outcome", ["rejected", "deferred", "sent_back"])
def test_a_no_needs_a_reason(line: Line, outcome: str) -> None:
    need = line.recommended()
    decision = line.decision(need, "fjell")
    client = line.client("chief")
    page = client.post(_url(decision), {"version": decision.version, "outcome": outcome, "text": ""})
    assert page.status_code == 409 and b'href="#id_text"' in page.content
    client.post(_url(decision), {"version": decision.version, "outcome": outcome, "text": "Fordi."})
    assert line.case(need).state == outcome


def test_a_wrong_amount_and_date_keep_what_was_typed(line: Line) -> None:
    decision = line.decision(line.recommended(), "fjell")
    typed = {"version": 1, "outcome": "approved", "amount_kr": "mye", "condition_1_due": "snart", "text": "Ja takk"}
    page = line.client("chief").post(_url(decision), typed)
    assert page.status_code == 422
    body = page.content.decode()
    assert 'href="#id_amount_kr"' in body and 'href="#id_condition_1_due"' in body and "Ja takk" in body


def test_one_decides_once(line: Line) -> None:
    need = line.recommended(both=True)
    decision = line.decision(need, "fjell")
    client = line.client("chief")
    client.post(_url(decision), {"version": decision.version, "outcome": "approved", "text": ""})
    again = client.post(_url(decision), {"version": decision.version, "outcome": "rejected", "text": "Nei."})
    assert again.status_code == 409
    assert line.decision(need, "fjell").outcome == "approved"


@pytest.mark.parametrize("who", ["proposer", "dal_chief", "secretary", "sector_head"])
def test_only_its_own_chief_executive_decides(line: Line, who: str) -> None:
    need = line.recommended(both=True)
    decision = line.decision(need, "fjell")
    page = line.client(who).post(_url(decision), {"version": 1, "outcome": "approved", "text": ""})
    assert page.status_code == 409
    with line.acting(who) as by, pytest.raises(Refused):
        actions.decide(by=by, at=AT, decision_id=decision.pk, version=None, outcome="approved")
    assert line.decision(need, "fjell").outcome == ""


def test_a_stranger_finds_nothing(line: Line) -> None:
    decision = line.decision(line.recommended(), "fjell")
    client = line.client("stranger")
    assert client.get(_url(decision)).status_code == 404
    assert client.post(_url(decision), {"version": 1, "outcome": "approved"}).status_code == 404


def test_sent_back_is_recommended_and_asked_again(line: Line) -> None:
    need = line.recommended()
    decision = line.decision(need, "fjell")
    with line.acting("chief") as by:
        actions.decide(by=by, at=AT, decision_id=decision.pk, version=None, outcome="sent_back", text="Regn igjen.")
    with line.acting("secretary") as by:
        assert [t.kind for t in tasks_of(by)] == ["prepare"]
        case = line.case(need)
        type(case).objects.filter(pk=case.pk).update(state="treated")
        assert line.council is not None
        actions.recommend(
            by=by,
            at=AT,
            case=line.case(need),
            body_id=line.council.pk,
            outcome="recommended",
            text="Fortsatt ja.",
            reason="",
        )
    assert line.case(need).state == "at_chief_executive"
    again = line.decision(need, "fjell")
    assert (again.outcome, again.round) == ("", 2) and again.pk != decision.pk
    page = line.client("chief").get(_url(again)).content.decode()
    assert "Vedtatt før" in page and "Regn igjen." in page
    with line.acting("chief") as by:
        actions.decide(by=by, at=AT, decision_id=again.pk, version=None, outcome="approved", text="Nå er det regnet.")
    assert line.case(need).state == "approved"
    with line.seen_by():  # what was decided first still stands, with its reason and its time
        first = Decision.objects.get(pk=decision.pk)
        assert (first.outcome, first.text, first.decided_by_id) == ("sent_back", "Regn igjen.", by.person)


def test_when_one_defers_and_one_rejects_both_are_asked_again(line: Line) -> None:
    need = line.recommended(both=True)
    for who, slug, outcome in (("chief", "fjell", "deferred"), ("dal_chief", "dal", "rejected")):
        with line.acting(who) as by:
            actions.decide(
                by=by, at=AT, decision_id=line.decision(need, slug).pk, version=None, outcome=outcome, text="Ikke nå."
            )
    assert line.case(need).state == "deferred"
    with line.acting("secretary") as by:
        Case.objects.filter(pk=line.case(need).pk).update(state="recommended")
        for _twice in range(2):
            Case.objects.filter(pk=line.case(need).pk).update(state="recommended")
            actions.ask_decisions(by=by, at=AT, case=line.case(need))
        assert Decision.objects.filter(case__initiative=need).count() == 4  # asked twice is still one question each
    with line.acting("dal_chief") as by:
        actions.decide(by=by, at=AT, decision_id=line.decision(need, "dal").pk, version=None, outcome="approved")
    assert line.case(need).state == "at_chief_executive"  # the other has not answered in this round
    with line.acting("chief") as by:
        actions.decide(by=by, at=AT, decision_id=line.decision(need, "fjell").pk, version=None, outcome="approved")
    assert line.case(need).state == "approved"


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["approved"], "approved"),
        (["approved", "approved_with_conditions"], "approved_with_conditions"),
        (["approved", "rejected"], "partly_approved"),
        (["approved", "deferred"], "partly_approved"),
        (["rejected", "rejected"], "rejected"),
        (["rejected", "deferred"], "deferred"),
        (["deferred", "sent_back"], "sent_back"),
    ],
)
def test_what_the_answers_make_of_the_case(outcomes: list[str], state: str) -> None:
    assert settled_state(outcomes) == state


def _shared_by(line: Line, **key: object) -> None:
    """The council's mandate says how common costs are shared; Fjell has three times as many inhabitants as Dal."""
    assert line.council is not None
    Entity.objects.filter(slug="fjell").update(inhabitants=9000)
    Entity.objects.filter(slug="dal").update(inhabitants=3000)
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(line.entities["region"].pk, on=date(2026, 1, 1))
        adopt_mandate(by=by, at=AT, body=line.council, valid_from=date(2026, 1, 2), adopted_by="Kommunestyrene", **key)  # type: ignore[arg-type]


def test_the_shares_that_the_cost_key_suggests_make_up_the_whole(line: Line) -> None:
    _shared_by(line, cost_key="mixed", cost_key_equal_percent=40)
    need = line.recommended(both=True)
    page = line.client("chief").get(_url(line.decision(need, "fjell"))).content.decode().replace("\xa0", " ")
    table = page[page.index("Forslag til fordeling") :]
    # 40 per cent in two equal parts, and three quarters of the rest: 65 per cent.
    for place, once, yearly in (("Fjell", "390 000", "78 000"), ("Dal", "210 000", "42 000")):
        row = table[table.index(f'<th scope="row">{place}</th>') :].split("</tr>")[0]
        assert f"{once} kr" in row and f"{yearly} kr" in row
    total = table[table.index("<tfoot>") :].split("</tfoot>")[0]
    assert "600 000 kr" in total and "120 000 kr" in total
    assert "En del likt, resten etter folketall" in table
    assert line.client("stranger").get(_url(line.decision(need, "fjell"))).status_code == 404


def test_where_there_are_no_figures_no_share_is_suggested(line: Line) -> None:
    _shared_by(line, cost_key="use")
    need = line.recommended(both=True)
    page = line.client("chief").get(_url(line.decision(need, "fjell"))).content.decode()
    assert "Det finnes ingen tall å fordele etter" in page and "<tfoot>" not in page
    alone = line.client("chief").get(_url(line.decision(line.recommended(), "fjell"))).content.decode()
    assert "Forslag til fordeling" not in alone  # nobody to share with


@pytest.mark.parametrize("ore", [0, 1, 7, 99, 100, 100_000_100, 123_456_789])
@pytest.mark.parametrize("percent", [0, 33, 40, 100])
@pytest.mark.parametrize("people", [[5200], [1, 800_000], [4100, 9000, 2300], [7, 7, 7, 7, 7, 7, 7]])
def test_shares_always_sum_to_the_amount(ore: int, percent: int, people: list[int]) -> None:
    inhabitants: dict[int, int | None] = dict(enumerate(people))
    amount = Decimal(ore) / 100
    for key in ("equal", "inhabitants", "mixed"):
        found = shares(amount, key=key, equal_percent=percent, inhabitants=inhabitants)
        assert sum(found.values()) == amount and set(found) == set(inhabitants)
        assert all(share >= 0 for share in found.values())
    assert shares(amount, key="use", equal_percent=None, inhabitants=inhabitants) == {}
    assert shares(amount, key="inhabitants", equal_percent=None, inhabitants={**inhabitants, 500: None}) == {}
