"""Deadlines: one reminder before, and what happens when nobody answers. What the worker does by itself."""

from datetime import timedelta

from django.urls import reverse

from samrad.anchoring import actions
from samrad.anchoring.models import Request
from samrad.anchoring.tasks import sweep
from samrad.cases.actions import withdraw_case
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line


def _told(line: Line, kind: str) -> list[tuple[str, str, str]]:
    with line.seen_by():
        people = {p.pk: name for name, p in line.people.items()}
    found = []
    for name in line.people:
        with line.seen_by(name):
            rows = Notification.objects.filter(kind=kind, person_id=line.people[name].pk)
            found += [(people[n.person_id], n.subject, n.body) for n in rows]
    return found


def _waiting_hearing(line: Line) -> Initiative:
    need = line.supported(both=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    return need


def test_one_is_reminded_once_before_the_deadline_and_told_why(line: Line) -> None:
    need = line.sent()
    asked = line.asked(need, "expert_group")
    sweep(AT + timedelta(days=10))
    assert _told(line, "anchoring.reminded") == []
    for days in (11, 11, 12):
        sweep(AT + timedelta(days=days))
    [(who, subject, body)] = _told(line, "anchoring.reminded")
    assert who == "expert" and subject == "Påminnelse, svar innen 16.11.2026: Elektroniske låser"
    assert "Du får denne meldingen fordi du er spurt" in body and need.reference in body
    page = line.client("expert").get(reverse("anchoring:request_answer", args=[asked.pk]))
    assert page.status_code == 200
    story = line.client("proposer").get(reverse("overview:initiative_story", args=[need.pk])).content.decode()
    assert "minnet Frida Fag om å svare" in story
    assert _told(line, "anchoring.passed") == []


def test_a_hearing_is_waited_for_until_the_deadline_has_passed_after_a_reminder(line: Line) -> None:
    need = _waiting_hearing(line)
    client, url = line.client("proposer"), reverse("anchoring:submission_send", args=[need.pk])
    sweep(AT + timedelta(days=12))
    assert [who for who, _s, _b in _told(line, "anchoring.reminded")] == ["dal_sector_head"]
    sweep(AT + timedelta(days=14))
    assert "Meld inn</button>" not in client.get(url).content.decode(), "the deadline is the whole day"
    for _ in range(2):
        sweep(AT + timedelta(days=15))
    told = _told(line, "anchoring.passed")
    assert sorted(who for who, _s, _b in told) == ["dal_sector_head", "proposer"]
    assert all("Saken kan nå gå videre uten svaret." in body and "16.11.2026" in body for _w, _s, body in told)
    page = client.get(url).content.decode()
    assert "Meld inn</button>" in page and "(gått ut)" in page
    with line.seen_by("proposer"):
        version = Initiative.objects.get(pk=need.pk).version
    assert client.post(url, {"version": version}).status_code == 302


def test_a_reminder_that_comes_late_gives_time_to_answer(line: Line) -> None:
    need = _waiting_hearing(line)
    sweep(AT + timedelta(days=30))
    [(_who, subject, _body)] = _told(line, "anchoring.reminded")
    assert "04.12.2026" in subject
    sweep(AT + timedelta(days=31))
    assert _told(line, "anchoring.passed") == []
    sweep(AT + timedelta(days=33))
    assert len(_told(line, "anchoring.passed")) == 2
    [hearing] = line.hearings(need)
    with line.acting("dal_sector_head") as by:  # late, but heard all the same
        actions.answer_request(by=by, at=AT, request_id=hearing.pk, version=None, answer="recommended")


def test_the_recommendation_itself_is_never_skipped(line: Line) -> None:
    need = line.supported()
    sweep(AT + timedelta(days=13))
    sweep(AT + timedelta(days=20))
    assert sorted(who for who, _s, _b in _told(line, "anchoring.passed")) == ["proposer", "sector_head"]
    assert line.case(need).state == "awaiting_endorsement"
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    assert line.case(need).state == "endorsed"


def test_who_has_answered_or_need_not_is_left_in_peace(line: Line) -> None:
    answered, withdrawn = line.endorsed(), line.sent()
    with line.acting("proposer") as by:
        withdraw_case(by=by, at=AT, case_id=line.case(withdrawn).pk, version=None, reason="Løst på annen måte.")
    sweep(AT + timedelta(days=40))
    assert _told(line, "anchoring.reminded") == [] and _told(line, "anchoring.passed") == []
    with line.seen_by("proposer"):
        assert not Request.objects.filter(initiative__in=[answered, withdrawn], reminded_at__isnull=False).exists()
