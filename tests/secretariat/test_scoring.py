"""Scoring: two at the least, each alone until all have scored, by criteria that never change afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.governance.actions import adopt_criteria
from samrad.governance.criteria import STANDARD, Criterion
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from samrad.secretariat import actions
from samrad.secretariat.models import ScoreCard, Scoring
from samrad.secretariat.queries.scoring import scorings_of
from tests.anchoring.line import AT, ON, Line
from tests.secretariat.scored import card_of, given, scored, started, typed


def _url(name: str, *args: int) -> str:
    return reverse(f"secretariat:{name}", args=args)


def test_the_secretariat_asks_two_and_each_scores_alone(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    case = line.case(need)
    start = {"version": case.version, "assessors": [line.people[w].pk for w in ("secretary", "member")], "urgent": "on"}
    page = line.client("secretary").get(_url("scoring", case.pk)).content.decode()
    assert "Mons Medlem" in page and "Anne Berg" not in page and "Siri Dahl" not in page  # named in the case
    assert line.client("secretary").post(_url("scoring_start", case.pk), start).status_code == 302
    with line.seen_by():
        scoring = Scoring.objects.get(case=case)
    own, other = card_of(line, scoring, "secretary"), card_of(line, scoring, "member")
    with line.acting("member") as by:
        assert [(t.kind, t.object_id) for t in tasks_of(by)] == [("score_case", other.pk)]
        assert Notification.objects.filter(person_id=by.person, kind="secretariat.score").exists()
    secretary, member = line.client("secretary"), line.client("member")
    assert secretary.post(_url("score_give", own.pk), typed(4, "Hemmelig grunn.")).status_code == 302
    for who in ("member", "secretary", "chair"):
        page = line.client(who).get(_url("scoring", case.pk)).content.decode()
        assert "Hemmelig grunn." not in page and "av 100" not in page
    assert member.get(_url("score_give", own.pk)).status_code == 404  # another's card
    assert member.post(_url("score_give", other.pk), typed(2, "Vanskelig.")).status_code == 302
    page = member.get(_url("scoring", case.pk)).content.decode()
    assert "Hemmelig grunn." in page and "50 av 100" in page and "Haster" in page
    late = member.post(_url("score_give", other.pk), typed(3))
    assert late.status_code == 409 and "Skåringen er lukket" in late.content.decode()
    with line.acting("member") as by:
        assert not tasks_of(by)


def test_one_and_five_ask_why_and_nothing_typed_is_lost(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    card = card_of(line, started(line, need), "member")
    client, url = line.client("member"), _url("score_give", card.pk)
    answer = client.post(url, {**typed(3), "score_1": "5", "reason_2": "Fordi vi sparer tid."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "#id_reason_1" in page and "#id_reason_2" not in page
    assert "Fordi vi sparer tid." in page
    missing = typed(3)
    del missing["score_4"]
    answer = client.post(url, missing)
    assert answer.status_code == 422 and b"Velg fra 1 til 5." in answer.content
    for wrong in ("0", "6", "mye"):
        assert client.post(url, {**typed(3), "score_0": wrong}).status_code == 422
    with line.seen_by():
        assert ScoreCard.objects.get(pk=card.pk).scored_at is None
    assert client.post(url, {**typed(3), "score_1": "5", "reason_1": "For alle."}).status_code == 302


def test_whoever_is_named_in_the_case_or_alone_does_not_score(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    with line.acting("secretary") as by:
        for who in (["member"], ["member", "sector_head"], ["member", "colleague"], ["member", "stranger"]):
            with pytest.raises(Refused):
                people = [line.people[one] for one in who]
                actions.start_scoring(by=by, at=AT, case_id=line.case(need).pk, assessors=people)
    for who in ("proposer", "chief", "member", "stranger"):
        case = line.case(need)
        answer = line.client(who).post(_url("scoring_start", case.pk), {"version": case.version, "assessors": []})
        assert answer.status_code in (403, 404, 422), who
        with line.seen_by():
            assert not Scoring.objects.exists()


def test_one_with_an_interest_withdraws_and_another_is_asked(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    scoring = started(line, need)
    case, card = line.case(need), card_of(line, scoring, "member")
    with line.acting("secretary") as by:
        own = card_of(line, scoring, "secretary")
        actions.score(by=by, at=AT, card_id=own.pk, given=given(line, 4))
    client = line.client("member")
    assert client.post(_url("score_withdraw", card.pk), {"reason": ""}).status_code == 422
    assert client.post(_url("score_withdraw", card.pk), {"reason": "Broren min selger den."}).status_code == 302
    assert client.get(_url("score_give", card.pk)).status_code == 404
    page = line.client("secretary").get(_url("scoring", case.pk)).content.decode()
    assert "Broren min selger den." in page and "Minst to må gi skår" in page and "av 100" not in page
    assert "Broren min" not in line.client("chair").get(_url("scoring", case.pk)).content.decode()
    with line.seen_by():
        version = Scoring.objects.get(pk=scoring.pk).version
    named = {"version": version, "person": line.people["chair"].pk}
    assert line.client("secretary").post(_url("assessor_name", case.pk), named).status_code == 302
    assert line.client("secretary").post(_url("assessor_name", case.pk), named).status_code == 409
    with line.acting("chair") as by:
        actions.score(by=by, at=AT, card_id=card_of(line, scoring, "chair").pk, given=given(line, 2))
    with line.seen_by():
        assert Scoring.objects.get(pk=scoring.pk).closed_at == AT
        closed = [e.data["closed"] for e in Event.objects.filter(kind="secretariat.Scored").order_by("pk")]
        assert closed == [False, True]


def _adopt(line: Line, criteria: list[Criterion]) -> Any:
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        day = AT.date() + timedelta(days=1)
        return adopt_criteria(by=by, at=AT, owner=region, criteria=criteria, valid_from=day, adopted_by="Rådet")


def test_new_weights_never_change_an_old_score(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    scored(line, need, 2, strategy=5)
    url = _url("scoring", line.case(need).pk)
    before = line.client("chair").get(url).content.decode()
    swapped = {"strategy": 5, "users": 30}
    _adopt(line, [Criterion(**{**c.__dict__, "weight": swapped.get(c.code, c.weight)}) for c in STANDARD])
    assert "50 av 100" in before and "standardkriteriene" in before
    assert line.client("chair").get(url).content.decode().split("<main")[1] == before.split("<main")[1]
    with line.acting("secretary") as by:
        later = AT + timedelta(days=2)
        people = [line.people[one] for one in ("secretary", "member")]
        actions.start_scoring(by=by, at=later, case_id=line.case(need).pk, assessors=people)
        newest, oldest = scorings_of(line.case(need))
        assert (newest.scoring.criteria_version, oldest.scoring.criteria_version) == (1, 0)
        assert newest.criteria[0].weight == 5 and oldest.criteria[0].weight == 20


def test_administrators_adopt_criteria_on_the_rules_pages(council_line: Line) -> None:
    from samrad.organisation.actions import give_role

    line, region = council_line, council_line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        give_role(by=by, at=AT, person=line.people["secretary"], role="administrator", valid_from=ON)
    client, url = line.client("secretary"), reverse("governance:criteria_new")
    page = client.get(url)
    form = page.context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {k: "" if v is None else v for k, v in values.items()}
    values |= {"valid_from": "01.12.2026", "adopted_by": "Rådet, sak 7/26"}
    wrong = client.post(url, {**values, "weight_0": "30"})
    assert wrong.status_code == 400 and "Vektene er 110 til sammen." in wrong.content.decode()
    for field in ("low_2", "name_0"):
        assert client.post(url, {**values, field: ""}).status_code == 400, field
    assert client.post(url, {**values, "weight_0": "30", "weight_1": "5", "low_0": "usynlig"}).status_code == 302
    page = line.client("colleague").get(reverse("governance:criteria_list")).content.decode()
    assert "usynlig" in page and "Rådet, sak 7/26" in page and "avgjørende for et vedtatt mål" in page
    assert client.post(url, {**values, "valid_from": "02.12.2026"}).status_code == 400  # made from an older version
    assert line.client("colleague").post(url, values).status_code == 403
    assert "usynlig" not in line.client("stranger").get(reverse("governance:criteria_list")).content.decode()


def test_the_points_stand_in_the_case_paper_and_never_together(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    scored(line, need, 3, strategy=5, flags={"must_do": True})
    case = line.case(need)
    with line.acting("secretary") as by:
        said = {"proposed_outcome": "recommended", "proposed_text": "Anbefales."}
        paper = actions.make_paper(by=by, at=AT, case_id=case.pk, **said)
    rows = {row["label"]: row["text"] for s in paper.sections if s["code"] == "priority" for row in s["rows"]}
    assert rows["Nytte"] == "67 av 100" and rows["Gjennomførbarhet"] == "50 av 100"
    assert rows["Det som står utenfor skåren"] == "Lov- eller myndighetskrav."
    assert rows["Bidrag til strategien og handlingsplanen"] == "5, 5. Spredning: 0."


def test_what_stands_outside_the_score_is_changed_only_with_a_reason_that_everyone_reads(council_line: Line) -> None:
    line, need = council_line, council_line.prepared()
    scoring = started(line, need)
    case, url = line.case(need), _url("flags_change", line.case(need).pk)
    change = {"version": scoring.version, "must_do": "on", "reason": ""}
    secretary = line.client("secretary")
    refused = secretary.post(url, change)
    assert refused.status_code == 409 and "etter at skåringen begynte" in refused.content.decode()
    for who, status in (("member", 403), ("colleague", 404), ("stranger", 404)):
        assert line.client(who).post(url, {**change, "reason": "Forskriften kom."}).status_code == status, who
    assert secretary.post(url, {**change, "reason": "Forskriften kom."}).status_code == 302
    page = line.client("member").get(_url("scoring", case.pk)).content.decode()
    assert "Forskriften kom." in page and "Endret etter at skåringen begynte" in page
    with line.seen_by():
        logged = Event.objects.get(kind="secretariat.FlagsChanged")
        assert logged.data["fields"] == ["must_do"] and Scoring.objects.get(pk=scoring.pk).must_do
    # Scored anew, it is as it was last, or the reason is asked for again.
    for who in ("secretary", "member"):
        with line.acting(who) as by:
            actions.score(by=by, at=AT, card_id=card_of(line, scoring, who).pk, given=given(line, 3))
    with pytest.raises(Refused):
        started(line, need)
    assert started(line, need, must_do=True).must_do
