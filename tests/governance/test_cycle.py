"""Laying out the annual cycle: once, told to those who can read it, and never by others."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused, Stale
from samrad.council.actions import move_meeting, plan_meeting
from samrad.eventlog.models import Event
from samrad.governance.actions import (
    Rhythm,
    adopt_mandate,
    change_cycle_date,
    change_planned,
    follow_cycle,
    plan_as_proposed,
    plan_year,
    put_cycle_date,
    set_up_body,
)
from samrad.governance.models import Body, CycleDate, PlannedMeeting
from samrad.governance.queries.cycle import entries, kept, next_deadlines
from samrad.organisation.actions import join_cooperation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity, Notification
from tests.anchoring.line import AT, ON, Line

RHYTHM = Rhythm(6, 1, time(9), place="Rådhuset")


def _told(line: Line, who: str) -> list[str]:
    with line.seen_by(who):
        mine = Notification.objects.filter(person=line.people[who], kind__startswith="governance.cycle")
        return list(mine.values_list("subject", flat=True))


def _year(line: Line, year: int = 2028) -> list[PlannedMeeting]:
    assert line.council is not None
    with line.acting("secretary") as by:
        return plan_as_proposed(by=by, at=AT, body=line.council, year=year, rhythm=RHYTHM)


def test_a_year_laid_out_twice_stands_once(council_line: Line) -> None:
    assert len(_year(council_line)) == 6
    assert _year(council_line) == []
    with council_line.seen_by("secretary"):
        assert PlannedMeeting.objects.filter(starts_at__year=2028).count() == 6
        dates = CycleDate.objects.filter(year=2028)
        assert dates.count() == len(set(dates.values_list("code", flat=True))) > 10
        assert [line.planned for line in kept(council_line.actor("secretary"), 2028, now=AT)] == [6]


def test_a_year_laid_out_as_proposed_is_recorded_once(council_line: Line) -> None:
    _year(council_line)
    with council_line.seen_by("secretary"):
        assert Event.objects.filter(kind="governance.YearPlanned").count() == 1


def _planner(line: Line, year: int) -> dict[str, str]:
    """What the page starts with, by field."""
    assert line.council is not None
    page = line.client("secretary").get(reverse("governance:cycle_plan", args=[line.council.pk, year])).content.decode()
    tags = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*hidden[^>]*>", page)]
    return {tag["name"]: tag["value"] for tag in tags if tag["name"] in DAYS}


DAYS = ("ordinary_days", "urgent_days", "notice_days")


def test_a_year_is_planned_with_the_days_of_the_mandate_and_others_hold_for_that_year_only(council_line: Line) -> None:
    region, body = council_line.entities["region"], council_line.council
    assert body is not None
    with acting_for([e.pk for e in council_line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        said = {"submission_days": 30, "urgent_days": 12, "notice_days": 9}
        adopt_mandate(by=by, at=AT, body=body, valid_from=date(2027, 1, 1), adopted_by="Kommunestyrene", **said)
    assert _planner(council_line, 2028) == dict(zip(DAYS, ("30", "12", "9"), strict=True))
    other = Rhythm(1, 1, time(9), ordinary_days=25, urgent_days=5, notice_days=8)
    with council_line.acting("secretary") as by:
        [made] = plan_year(by=by, at=AT, body=body, year=2028, rhythm=other, days=[(date(2028, 3, 7), time(9))])
    assert (made.submission_deadline, made.urgent_deadline) == (date(2028, 2, 11), date(2028, 3, 2))
    assert _planner(council_line, 2028) == dict(zip(DAYS, ("25", "5", "8"), strict=True))
    assert _planner(council_line, 2029) == dict(zip(DAYS, ("30", "12", "9"), strict=True))


def test_only_those_who_prepare_the_cases_lay_out_a_year(council_line: Line) -> None:
    body = council_line.council
    assert body is not None
    for who in ("proposer", "chief", "stranger"):
        with council_line.acting(who) as by, pytest.raises(Refused):
            plan_year(by=by, at=AT, body=body, year=2028, rhythm=RHYTHM, days=[(date(2028, 3, 7), time(9))])


def test_nobody_meets_on_a_closed_day(council_line: Line) -> None:
    body = council_line.council
    assert body is not None
    with council_line.acting("secretary") as by, pytest.raises(Refused):
        plan_year(by=by, at=AT, body=body, year=2028, rhythm=RHYTHM, days=[(date(2028, 5, 17), time(9))])


def test_a_change_is_told_once_to_those_who_follow_and_not_to_the_one_who_made_it(council_line: Line) -> None:
    row = _year(council_line)[0]
    for who in ("proposer", "secretary", "stranger"):
        with council_line.acting(who) as by:
            follow_cycle(by=by, at=AT)
    later = row.starts_at + timedelta(days=1)
    with council_line.acting("secretary") as by:
        change_planned(by=by, at=AT, planned_id=row.pk, version=0, starts_at=later, ends_at=None)
        with pytest.raises(Stale):
            change_planned(by=by, at=AT, planned_id=row.pk, version=0, place="Et annet sted")
        change_planned(by=by, at=AT, planned_id=row.pk, version=1, place=row.place)  # nothing is changed
    assert len(_told(council_line, "proposer")) == 1
    assert _told(council_line, "secretary") == [] and _told(council_line, "stranger") == []


def test_what_is_one_municipalitys_own_is_neither_told_nor_shown_to_its_neighbour(council_line: Line) -> None:
    fjell = council_line.entities["fjell"]
    for who in ("proposer", "dal_sector_head"):
        with council_line.acting(who) as by:
            follow_cycle(by=by, at=AT)
    system = system_actor(fjell.pk, on=ON)
    with acting_for(system.entities):
        made = put_cycle_date(
            by=system, at=AT, owner=fjell, kind="budget", title="Fjells eget", starts_on=date(2028, 5, 3)
        )
        change_cycle_date(by=system, at=AT, cycle_date_id=made.pk, starts_on=date(2028, 5, 4))
    assert len(_told(council_line, "proposer")) == 1 and _told(council_line, "dal_sector_head") == []
    for who, seen in (("proposer", 1), ("dal_sector_head", 0), ("stranger", 0)):
        with council_line.acting(who) as by:
            found = entries(by, first=date(2028, 1, 1), last=date(2028, 12, 31))
            assert len([e for e in found if e.title == "Fjells eget"]) == seen, who


def test_one_whose_municipality_is_in_two_cooperations_hears_of_changes_in_both(council_line: Line) -> None:
    other = Entity.objects.create(slug="nabosamarbeid", name="Nabosamarbeidet", kind="cooperation")
    everyone = [other.pk, *(e.pk for e in council_line.entities.values())]
    fjell, region = council_line.entities["fjell"], council_line.entities["region"]
    with acting_for(everyone):
        by = system_actor(other.pk, on=ON)
        join_cooperation(by=by, at=AT, cooperation=other, member=fjell, valid_from=ON)
    for who in ("proposer", "stranger", "dal_chief"):
        with council_line.acting(who) as by:
            follow_cycle(by=by, at=AT)
    made = {}
    for house in (region, other):
        with acting_for(everyone):
            by = system_actor(house.pk, on=ON)
            made[house.pk] = put_cycle_date(
                by=by, at=AT, owner=house, kind="reporting", title=f"Rapport {house.slug}", starts_on=date(2028, 5, 3)
            )
        with acting_for([house.pk]):  # one who changes it in the second is in none of the first's rooms
            change_cycle_date(
                by=system_actor(house.pk, on=ON), at=AT, cycle_date_id=made[house.pk].pk, starts_on=date(2028, 5, 4)
            )
    assert [told.split(": ")[1] for told in sorted(_told(council_line, "proposer"))] == [
        "Rapport nabosamarbeid",
        "Rapport region",
    ]
    assert len(_told(council_line, "dal_chief")) == 1 and _told(council_line, "stranger") == []


def test_the_cycle_follows_a_meeting_that_is_set_up_and_no_longer_moves_it(council_line: Line) -> None:
    row = _year(council_line)[0]
    body = council_line.council
    assert body is not None
    with council_line.acting("proposer") as by:
        follow_cycle(by=by, at=AT)
    with council_line.acting("secretary") as by:
        ends = row.starts_at + timedelta(hours=2)
        meeting = plan_meeting(by=by, at=AT, body=body, starts_at=row.starts_at, ends_at=ends, planned=row)
        with pytest.raises(Refused):
            change_planned(by=by, at=AT, planned_id=row.pk, place="Et annet sted")
        later = timedelta(days=2)
        move_meeting(by=by, at=AT, meeting_id=meeting.pk, starts_at=row.starts_at + later, ends_at=ends + later)
        row.refresh_from_db()
        assert row.sequence == 1 and row.starts_at == meeting.starts_at + later
    assert len(_told(council_line, "proposer")) == 1


def test_a_cancelled_date_gives_no_deadline_until_it_stands_again(council_line: Line) -> None:
    row = _year(council_line)[0]
    by, on = council_line.actor("secretary"), row.submission_deadline
    with council_line.acting("secretary"):
        assert next_deadlines(by, on=on)[0].day == on
        with pytest.raises(Refused):
            change_planned(by=by, at=AT, planned_id=row.pk, cancelled=True)
        change_planned(by=by, at=AT, planned_id=row.pk, cancelled=True, reason="Ferie.")
        assert next_deadlines(by, on=on)[0].day > on
        change_planned(by=by, at=AT, planned_id=row.pk, cancelled=False)
        assert next_deadlines(by, on=on)[0].day == on
        again = PlannedMeeting.objects.get(pk=row.pk)
        assert again.sequence == 2 and again.reason == "" and timezone.localdate(again.starts_at).year == 2028


def test_a_date_is_about_a_body_of_the_same_house(council_line: Line) -> None:
    fjell = council_line.entities["fjell"]
    region = council_line.entities["region"]
    system = system_actor(fjell.pk, on=ON)
    with acting_for(system.entities):
        own: Body = set_up_body(by=system, at=AT, owner=fjell, kind="political", name="Formannskapet")
        with pytest.raises(Refused):
            put_cycle_date(
                by=system, at=AT, owner=region, kind="budget", title="Feil", starts_on=date(2028, 5, 3), body=own
            )
