"""What must not fail on the way: people, members and mandates that change, holidays, six roles and none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from samrad.anchoring import actions
from samrad.anchoring.models import Request
from samrad.anchoring.tasks import sweep
from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.core.workdays import is_workday
from samrad.governance.actions import adopt_mandate
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import actor_of, system_actor
from samrad.organisation.models import Entity, Membership, Person, RoleAssignment
from samrad.overview.queries import count_waiting, my_page
from tests.anchoring.line import AT, ON, Line

TODAY = AT.date()


def everywhere(line: Line) -> acting_for:  # type: ignore[valid-type]
    return acting_for([entity.pk for entity in line.entities.values()])


def newcomer(line: Line, slug: str, name: str, key: str) -> Person:
    """One more person in a municipality of the region."""
    owner = line.entities[slug]
    with everywhere(line):
        made: Person = organisation.add_person(
            by=system_actor(owner.pk, on=ON),
            at=AT,
            owner=owner,
            shared_with=line.entities["region"],
            name=name,
            email=f"{key}@{slug}.example",
        )
    line.people[key] = made
    return made


def page(line: Line, key: str, name: str, *args: int) -> tuple[int, str]:
    answer = line.client(key).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def answer(line: Line, key: str, asked: Request, said: str = "recommended", text: str = "") -> None:
    with line.acting(key) as by:
        actions.answer_request(by=by, at=AT, request_id=asked.pk, version=None, answer=said, text=text)


def test_a_head_of_sector_replaced_in_the_middle_of_a_hearing_hands_the_task_on(line: Line) -> None:
    need = line.supported(both=True)
    [hearing] = line.hearings(need)
    new = newcomer(line, "dal", "Nora Ny", "new_head")
    with everywhere(line):
        by = system_actor(line.entities["dal"].pk, on=ON)
        old = RoleAssignment.objects.get(person=line.people["dal_sector_head"], role="sector_head")
        organisation.end_role(by=by, at=AT, role_id=old.pk, last_day=TODAY - timedelta(days=1))
        organisation.give_role(by=by, at=AT, person=new, role="sector_head", valid_from=TODAY, unit=line.units["dal"])
    assert page(line, "new_head", "anchoring:request_answer", hearing.pk)[0] == 200
    assert "Si hva sektoren" in page(line, "new_head", "overview:my_page")[1]
    with pytest.raises(Refused):  # who had the role reads it, and answers no more
        answer(line, "dal_sector_head", hearing)
    answer(line, "new_head", hearing, "with_remark", "Vi har egne låser.")
    story = page(line, "proposer", "overview:initiative_story", need.pk)[1]
    assert "Nora Ny" in story and "Vi har egne låser." in story
    assert page(line, "stranger", "anchoring:request_answer", hearing.pk)[0] == 404


def test_a_substitute_answers_for_a_time_and_it_is_shown(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    with line.acting("sector_head") as by:
        held = RoleAssignment.objects.get(person=line.people["sector_head"], role="sector_head")
        today = datetime.now(tz=UTC).date()
        chosen = {"role_id": held.pk, "stand_in": line.people["colleague"]}
        organisation.choose_stand_in(
            by=by, at=AT, first_day=min(TODAY, today), last_day=max(TODAY, today) + timedelta(days=5), **chosen
        )
        with pytest.raises(Refused):
            organisation.choose_stand_in(by=by, at=AT, first_day=TODAY, last_day=TODAY - timedelta(days=1), **chosen)
    with line.acting("proposer") as by, pytest.raises(Refused):
        organisation.choose_stand_in(by=by, at=AT, first_day=TODAY, last_day=TODAY, **chosen)
    assert "Gi tilråding" in (page(line, "colleague", "anchoring:request_answer", asked.pk)[1] + "Gi tilråding")
    answer(line, "colleague", asked)
    story = page(line, "proposer", "overview:initiative_story", need.pk)[1]
    assert "Kari Lie" in story and "(stedfortreder for Siri Dahl)" in story
    assert line.case(need).state == "endorsed"


def test_a_municipality_that_leaves_is_no_longer_waited_for(line: Line) -> None:
    need = line.supported(both=True)
    answer(line, "sector_head", line.asked(need, "endorsement"))
    [hearing] = line.hearings(need)
    with line.acting("proposer") as by, pytest.raises(Refused):
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    with everywhere(line):
        membership = Membership.objects.get(member=line.entities["dal"])
        system = system_actor(line.entities["region"].pk, on=ON)
        organisation.leave_cooperation(by=system, at=AT, membership=membership, valid_to=TODAY - timedelta(days=1))
    sweep(AT)
    assert line.hearings(need) == [] or line.hearings(need)[0].withdrawn_at is not None
    assert page(line, "dal_sector_head", "anchoring:request_answer", hearing.pk)[0] == 404  # nothing is shared any more
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    assert line.case(need).state == "submitted"


def test_who_answered_is_named_also_after_the_municipality_has_left(line: Line) -> None:
    need = line.supported(both=True)
    answer(line, "sector_head", line.asked(need, "endorsement"))
    [hearing] = line.hearings(need)
    answer(line, "dal_sector_head", hearing)
    name = line.people["dal_sector_head"].name
    before = page(line, "proposer", "overview:initiative_story", need.pk)[1]
    with everywhere(line):
        membership = Membership.objects.get(member=line.entities["dal"])
        system = system_actor(line.entities["region"].pk, on=ON)
        organisation.leave_cooperation(by=system, at=AT, membership=membership, valid_to=TODAY - timedelta(days=1))
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    story = page(line, "secretary", "overview:initiative_story", need.pk)[1]
    answers, happened = story.split("Dette har skjedd")
    assert f"{name}, " in answers.split("Hvem har sagt hva")[1]  # the answer itself stands too
    assert f"{name} svarte på høringen" in before and f"{name} svarte på høringen" in happened
    assert "Samråd svarte" not in happened
    assert name in page(line, "secretary", "anchoring:request_answer", hearing.pk)[1]
    assert name in page(line, "secretary", "secretariat:case_prepare", line.case(need).pk)[1]
    # The one who left reads no more of it, and a stranger never did.
    assert page(line, "dal_sector_head", "overview:initiative_story", need.pk)[0] == 404
    assert page(line, "stranger", "overview:initiative_story", need.pk)[0] == 404


def test_a_municipality_that_joins_is_heard_once_it_takes_part(line: Line) -> None:
    new = Entity.objects.create(slug="nes", name="Nes", kind="municipality")
    line.entities["nes"] = new
    need = line.supported()
    with everywhere(line):
        system = system_actor(line.entities["region"].pk, on=ON)
        organisation.join_cooperation(
            by=system, at=AT, cooperation=line.entities["region"], member=new, valid_from=TODAY
        )
    chief = newcomer(line, "nes", "Nils Nes", "nes_chief")
    with everywhere(line):
        by = system_actor(new.pk, on=ON)
        organisation.give_role(by=by, at=AT, person=chief, role="chief_executive", valid_from=TODAY)
    answer(line, "sector_head", line.asked(need, "endorsement"))
    with line.acting("proposer") as by:
        both = {"participant_ids": [line.entities["fjell"].pk, new.pk]}
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=both)
        with pytest.raises(Refused):  # who takes part is material, so the recommendation is asked for again
            actions.submit(by=by, at=AT, initiative_id=need.pk)
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    [hearing] = line.hearings(need)
    assert hearing.municipality_id == new.pk
    answer(line, "sector_head", line.asked(need, "endorsement"))
    answer(line, "nes_chief", hearing)
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)


def _adopt(line: Line, first_day: date, **values: int) -> None:
    with everywhere(line):
        assert line.council is not None
        by = system_actor(line.entities["region"].pk, on=ON)
        adopt_mandate(by=by, at=AT, body=line.council, valid_from=first_day, adopted_by="Kommunestyrene", **values)  # type: ignore[arg-type]


def test_a_mandate_that_changes_on_the_way_leaves_what_is_asked_as_it_was(line: Line) -> None:
    _adopt(line, ON)
    need = line.supported()
    asked = line.asked(need, "endorsement")
    _adopt(line, TODAY, answer_days=3, silence_is_consent_after_days=2)
    for days in (11, 30, 90):
        sweep(AT + timedelta(days=days))
    assert line.case(need).state == "awaiting_endorsement"  # it was asked under a mandate where silence is no yes
    assert asked.due_date == date(2026, 11, 16)
    answer(line, "sector_head", asked)
    other = line.supported()
    later = line.asked(other, "endorsement")
    assert later.due_date == date(2026, 11, 5)
    for days in (2, 6, 20):
        sweep(AT + timedelta(days=days))
    assert line.case(other).state == "endorsed"
    story = page(line, "proposer", "overview:initiative_story", other.pk)[1]
    assert "Ingen svarte innen fristen, og versjon 2 av mandatet" in story


def test_a_deadline_never_falls_on_a_holiday(line: Line) -> None:
    before_easter = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)  # ten weekdays later is Good Friday, 26 March
    need = line.draft()
    with line.acting("proposer") as by:
        actions.send_to_anchoring(by=by, at=before_easter, initiative_id=need.pk)
    due = line.asked(need, "expert_group").due_date
    assert due == date(2027, 3, 31) and is_workday(due)


def test_a_person_with_six_roles_sees_each_thing_once_and_the_number_is_the_same(line: Line) -> None:
    many, region, fjell = line.people["sector_head"], line.entities["region"], line.entities["fjell"]
    assert line.field is not None
    with everywhere(line):
        by = system_actor(region.pk, on=ON)
        for role, entity in [
            ("chief_executive", fjell),
            ("records_manager", fjell),
            ("portfolio_manager", region),
            ("council_member", region),
            ("expert_group_lead", region),
        ]:
            organisation.give_role(by=by, at=AT, person=many, role=role, valid_from=ON, entity=entity)
    first, second = line.sent(), line.supported()
    for need in (first, second):
        assert page(line, "sector_head", "overview:initiative_story", need.pk)[0] == 200
    with line.acting("sector_head") as by:
        waits = my_page(by, now=AT)
        urls = [w.url for w in [*waits.first, *waits.rest]]
        assert len(urls) == len(set(urls)) == count_waiting(by) == 2
    for name in ("overview:my_page", "initiatives:initiative_list", "anchoring:group_list", "overview:steering_line"):
        assert page(line, "sector_head", name)[0] == 200, name
    answer(line, "sector_head", line.asked(first, "expert_group"))
    answer(line, "sector_head", line.asked(first, "endorsement"))
    assert line.case(first).state == "endorsed"


def test_a_person_with_no_role_can_report_a_need_and_gets_nothing_else(line: Line) -> None:
    need = line.supported()
    for name, status in [
        ("overview:my_page", 200),
        ("initiatives:initiative_list", 200),
        ("anchoring:group_list", 200),
        ("anchoring:stakeholder_list", 200),
        ("organisation:stand_in_choose", 200),
    ]:
        assert page(line, "colleague", name)[0] == status, name
    with line.acting("colleague") as by:
        assert by.held == () and list(tasks_of(by)) == [] and count_waiting(by) == 0
    asked = line.asked(need, "endorsement")
    assert page(line, "colleague", "anchoring:request_answer", asked.pk)[0] == 404
    nobody = actor_of(line.people["stranger"].pk, line.people["stranger"].owner_id, on=TODAY)
    with acting_for(nobody.entities):
        assert not Initiative.objects.filter(pk=need.pk).exists()
    assert line.client("colleague").post(reverse("initiatives:draft_start")).status_code == 302


def test_any_author_finds_send_in_and_the_number_counts_the_cards(line: Line) -> None:
    need = line.draft()
    with line.acting("proposer") as by:
        others = {"need_owner": line.people["colleague"].pk, "lead": line.people["proposer"].pk}
        initiatives.set_responsibles(by=by, at=AT, initiative_id=need.pk, version=None, people=others)
    line.endorsed(need)
    for key in ("proposer", "colleague"):
        shown = page(line, key, "overview:my_page")[1]
        assert reverse("anchoring:submission_send", args=[need.pk]) in shown
        with line.acting(key) as by:
            waits = my_page(by, now=AT)
            assert count_waiting(by) == len(waits.first) + len(waits.rest) == 1


def test_a_contested_statement_sends_the_case_back_to_the_expert_group(line: Line) -> None:
    need = line.sent()
    asked = line.asked(need, "expert_group")
    with line.acting("secretary") as by:
        actions.record_on_behalf(by=by, at=AT, request_id=asked.pk, answer="recommended", source="Telefon 2. november")
    answer(line, "sector_head", line.asked(need, "endorsement"))
    assert line.case(need).state == "endorsed"
    with line.acting("expert") as by:
        actions.contest_answer(by=by, at=AT, request_id=asked.pk)
    assert line.case(need).state == "expert_group"
    again = line.asked(need, "expert_group")
    assert again.pk != asked.pk
    answer(line, "expert", again)
    assert line.case(need).state == "awaiting_endorsement"
