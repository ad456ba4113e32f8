"""Which days a body meets, and which deadlines follow."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samrad.core.workdays import is_workday
from samrad.governance.cycle_days import can_meet, deadlines, is_half_day, propose, school_holidays
from samrad.governance.cycle_defaults import usual_dates

YEARS = st.integers(2020, 2099)
NUMBERS = st.integers(1, 20)
WEEKDAYS = st.integers(0, 4)
QUIET = [period for year in range(2020, 2100) for period in school_holidays(year).values()]


@given(YEARS, NUMBERS, WEEKDAYS)
def test_every_proposed_meeting_is_on_its_weekday_an_open_day_and_there_are_as_many_as_asked(
    year: int, number: int, weekday: int
) -> None:
    quiet = list(school_holidays(year).values())
    days = propose(year, number, weekday=weekday, quiet=quiet)
    assert len(days) == len(set(days)) == number and days == sorted(days)
    assert all(day.year == year and day.weekday() == weekday and can_meet(day, quiet) for day in days)


@given(YEARS, NUMBERS, WEEKDAYS, st.integers(0, 30))
def test_what_stands_is_not_proposed_again(year: int, number: int, weekday: int, kept: int) -> None:
    days = propose(year, number, weekday=weekday)
    assert propose(year, number, weekday=weekday, taken=days) == []
    rest = propose(year, number, weekday=weekday, taken=days[:kept])
    assert len(rest) == max(number - kept, 0) and not set(rest) & set(days[:kept])


@given(YEARS, st.integers(0, 364), st.integers(1, 60), st.integers(1, 30), st.integers(1, 30))
def test_deadlines_fall_on_working_days_in_order_and_before_the_meeting(
    year: int, number: int, ordinary: int, urgent: int, notice: int
) -> None:
    meeting = date(year, 1, 1) + timedelta(days=number)
    due = deadlines(meeting, ordinary=max(ordinary, urgent), urgent=urgent, notice=notice)
    assert all(is_workday(day) for day in (due.ordinary, due.urgent, due.notice))
    assert due.ordinary <= due.urgent < meeting
    assert due.notice <= meeting - timedelta(days=notice)


def test_nobody_is_called_together_on_a_half_day_or_in_a_quiet_period() -> None:
    assert is_half_day(date(2026, 12, 24)) and is_half_day(date(2026, 12, 31))
    assert not can_meet(date(2026, 12, 24)) and can_meet(date(2026, 12, 23))
    winter = school_holidays(2027)["winter_break"]
    assert winter == (date(2027, 2, 22), date(2027, 2, 28))
    assert not can_meet(date(2027, 2, 23), [winter]) and can_meet(date(2027, 3, 2), [winter])


def test_a_deadline_in_easter_is_moved_to_the_first_day_after_it() -> None:
    due = deadlines(date(2027, 4, 20), ordinary=22, urgent=7, notice=25)
    assert due.ordinary == date(2027, 3, 30)  # 29 March is Easter Monday
    assert due.notice == date(2027, 3, 24)  # 26 March is Good Friday, 25 March Maundy Thursday


@given(YEARS)
def test_the_usual_dates_fall_on_working_days_with_one_code_each(year: int) -> None:
    usual = usual_dates(year)
    assert len({one.code for one in usual}) == len(usual)
    assert all(is_workday(one.starts_on) for one in usual if one.kind != "quiet")
    assert all(one.ends_on is None or one.ends_on >= one.starts_on for one in usual)
