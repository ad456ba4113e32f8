"""Assessments by named people, who has a case, and questions between the secretariat and those who write the need."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samrad.cases.actions import withdraw_case
from samrad.cases.models import Case, Task
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Notification
from samrad.secretariat import actions
from samrad.secretariat.models import Exchange, Review
from tests.anchoring.line import AT, Line

DUE = AT.date() + timedelta(days=14)


def _url(name: str, *ids: int) -> str:
    return reverse(f"secretariat:{name}", args=ids)


def _told(line: Line, name: str, kind: str) -> list[str]:
    with line.seen_by(name):
        rows = Notification.objects.filter(kind=kind, person_id=line.people[name].pk).order_by("pk")
        return [row.body for row in rows]


def _preparing(line: Line) -> Initiative:
    need = line.submitted()
    with line.acting("secretary") as by:
        actions.check_completeness(by=by, at=AT, case_id=line.case(need).pk)
    return need


def _asked(line: Line, need: Initiative, name: str = "colleague", kind: str = "technology") -> Review:
    with line.acting("secretary") as by:
        return actions.ask_review(
            by=by, at=AT, case_id=line.case(need).pk, kind=kind, person_id=line.people[name].pk, due=DUE
        )


def test_the_one_who_is_asked_answers_on_one_page_and_the_case_stays(line: Line) -> None:
    need = _preparing(line)
    review = _asked(line, need)
    url = _url("review_answer", review.pk)
    assert line.client("stranger").get(url).status_code == 404
    assert line.client("sector_head").get(url).status_code == 404
    client = line.client("colleague")
    assert "40 omveier" in client.get(url).content.decode()
    empty = client.post(url, {"version": review.version, "text": "Vi må ha en avtale.", "conclusion": ""})
    assert empty.status_code == 422 and "Vi må ha en avtale." in empty.content.decode(), "what was typed is kept"
    given = {"version": review.version, "text": "Vi må ha en avtale.", "conclusion": "conditions"}
    assert client.post(url, given).status_code == 302
    assert line.case(need).state == "preparation"
    assert "Ja, på vilkår" in _told(line, "secretary", "secretariat.review_answered")[0]
    again = client.post(url, given)
    assert again.status_code == 409
    with line.seen_by("colleague"):
        assert not Task.objects.filter(kind="assess", closed_at__isnull=True).exists()


def test_making_the_paper_does_not_take_the_question_away(line: Line) -> None:
    need = _preparing(line)
    _asked(line, need)
    line.finance(need)
    with line.acting("secretary") as by:
        case = line.case(need)
        actions.write_assessment(by=by, at=AT, case_id=case.pk, text="God sak.")
        actions.make_paper(by=by, at=AT, case_id=case.pk, proposed_outcome="recommended", proposed_text="Ja.")
    with line.acting("colleague") as by:
        assert [t.kind for t in tasks_of(by)] == ["assess"]
    paper = line.client("secretary").get(_url("paper_detail", line.case(need).pk)).content.decode()
    assert "Ikke vurdert. Kari Lie er spurt" in paper


def test_a_question_is_taken_back_or_answered_by_a_reason_and_the_person_hears(line: Line) -> None:
    need = _preparing(line)
    case = line.case(need)
    first, second = _asked(line, need), _asked(line, need, kind="innovation")
    with pytest.raises(Refused, match="spurt allerede"):
        _asked(line, need)
    back = _url("review_withdraw", case.pk, first.pk)
    assert line.client("colleague").post(back).status_code == 404
    assert line.client("secretary").post(back).status_code == 302
    with line.acting("secretary") as by:
        actions.write_assessment(by=by, at=AT, case_id=case.pk, kind="innovation", not_assessed_reason="Kjent løsning.")
    assert len(_told(line, "colleague", "secretariat.review_ended")) == 2
    with line.acting("colleague") as by:
        assert list(tasks_of(by)) == []
        with pytest.raises(Refused):
            actions.answer_review(by=by, at=AT, review_id=second.pk, text="Sent.", conclusion="no_objection")


def test_when_a_case_is_closed_nobody_is_waited_for(line: Line) -> None:
    need = _preparing(line)
    _asked(line, need)
    with line.acting("secretary") as by:
        actions.write_across(by=by, at=AT, initiative_id=need.pk, text="Hvor mange låser?", asks=True)
    with line.acting("proposer") as by:
        withdraw_case(by=by, at=AT, case_id=line.case(need).pk, version=None, reason="Løst på annen måte.")
        waits = Task.objects.filter(initiative=need, closed_at__isnull=True).values_list("kind", flat=True)
        assert not {"assess", "answer_secretariat"} & set(waits)
    with line.acting("secretary") as by:
        assert not Review.objects.filter(case__initiative=need, withdrawn_at__isnull=True).exists()


def test_who_is_asked_and_by_when_must_hold(line: Line) -> None:
    need = _preparing(line)
    client, case = line.client("secretary"), line.case(need)
    url = _url("review_ask", case.pk)
    assert line.client("proposer").get(url).status_code == 404
    typed = {"version": case.version, "kind": "archive", "person": line.people["colleague"].pk, "due": "01.11.2020"}
    late = client.post(url, typed)
    assert late.status_code == 409 and "Fristen kan ikke være gått ut." in late.content.decode()
    stranger = client.post(url, {**typed, "due": "01.12.2031", "person": line.people["stranger"].pk})
    assert stranger.status_code == 422 and "Velg hvem som blir spurt." in stranger.content.decode()


def test_the_secretariat_asks_and_those_who_write_the_need_answer_without_a_return(line: Line) -> None:
    need = _preparing(line)
    url = _url("exchange_list", need.pk)
    for other in ("stranger", "colleague"):
        assert line.client(other).post(url, {"text": "Hei."}).status_code == 404
    asked = {"text": "Hvor mange dører gjelder det?", "asks": "on"}
    assert line.client("secretary").post(url, asked).status_code == 302
    assert "Hvor mange dører" in _told(line, "proposer", "secretariat.question")[0]
    with line.acting("proposer") as by:
        assert [t.kind for t in tasks_of(by)] == ["answer_secretariat"]
    story = line.client("proposer").get(reverse("overview:initiative_story", args=[need.pk])).content.decode()
    assert url in story and "skrev i spørsmål og svar" in story
    assert line.client("proposer").post(url, {"text": " "}).status_code == 422
    assert line.client("proposer").post(url, {"text": "1 200 dører."}).status_code == 302
    page = line.client("secretary").get(url).content.decode()
    assert "1 200 dører." in page and "Venter på svar" not in page
    assert line.case(need).state == "preparation"
    with line.acting("proposer") as by:
        assert list(tasks_of(by)) == []
        actions.write_across(by=by, at=AT, initiative_id=need.pk, text="Når kommer saken opp?", asks=True)
    with line.acting("secretary") as by:
        assert "answer_need" in [t.kind for t in tasks_of(by)]
        actions.write_across(by=by, at=AT, initiative_id=need.pk, text="I desember.")
        assert "answer_need" not in [t.kind for t in tasks_of(by)]
        assert Exchange.objects.filter(asks=True, answered_at__isnull=True).count() == 0


def test_a_case_is_given_to_another_who_hears_it_and_the_list_counts(line: Line) -> None:
    need = line.submitted()
    case, client = line.case(need), line.client("secretary")
    url, listed = _url("case_assign", case.pk), reverse("secretariat:case_list")
    assert "Ingen har den ennå: 1" in client.get(listed).content.decode()
    typed = {"version": case.version, "person": line.people["secretary"].pk}
    assert line.client("proposer").post(url, typed).status_code == 404
    assert client.post(url, {**typed, "person": line.people["colleague"].pk}).status_code == 422
    assert client.post(url, typed).status_code == 302
    page = client.get(listed).content.decode()
    assert "Sara Sekretær: 1" in page and "Ingen har den ennå: 0" in page
    assert client.post(url, typed).status_code == 409, "the case has been changed since"
    assert "Elektroniske låser" not in client.get(f"{listed}?officer=nobody").content.decode()
    assert "Elektroniske låser" in client.get(f"{listed}?q=låser&sort=officer").content.decode()
    assert client.get(f"{listed}?officer=x&municipality=9&sort=y&late=%00").status_code == 200


def test_the_list_says_what_is_late_and_asks_the_database_no_more_for_more(
    line: Line, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    need = _preparing(line)
    review = _asked(line, need)
    with line.seen_by():
        Review.objects.filter(pk=review.pk).update(due_date=AT.date() - timedelta(days=800))
    for days in (0, 30):
        case = line.case(line.submitted())
        with line.seen_by():
            Case.objects.filter(pk=case.pk).update(state_since=timezone.now() - timedelta(days=days))
    client = line.client("secretary")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("secretariat:case_list")).content.decode()
    assert "Vurderinger over fristen: 1" in page and "Ikke kontrollert innen 5 virkedager" in page
    assert "2 saker er forsinket" in page and page.count("Elektroniske låser") == 3
    only = client.get(f"{reverse('secretariat:case_list')}?late=1").content.decode()
    assert only.count("Elektroniske låser") == 2
