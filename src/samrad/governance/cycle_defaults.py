"""The usual dates of a year (forms.md G.12): what is offered when a year is planned. All of it can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.core.workdays import next_workday
from samrad.governance.cycle_days import school_holidays


@dataclass(frozen=True)
class UsualDate:
    """One of the dates most houses have every year."""

    code: str
    kind: str
    title: Promise
    starts_on: date
    ends_on: date | None = None


# code, kind, title, (month, day) and perhaps the last (month, day)
USUAL: tuple[tuple[str, str, Promise, tuple[int, int], tuple[int, int] | None], ...] = (
    ("status", "reporting", _("Status and benefits of last year"), (1, 31), None),
    ("deadline_a", "deadline", _("Deadline A: needs for the economic plan"), (3, 15), None),
    ("scoring", "priority", _("Scoring of what is sent in"), (4, 10), (4, 30)),
    ("priority_spring", "priority", _("Priority round for the economic plan"), (5, 2), (5, 20)),
    ("tertial_1", "reporting", _("Report for January to April"), (5, 15), None),
    ("elected", "elected", _("Briefing of the elected, and their input on the strategy"), (6, 10), None),
    ("deadline_b", "deadline", _("Deadline B: needs for next year's budget"), (8, 20), None),
    ("priority_autumn", "priority", _("Priority round for the budget"), (9, 1), (9, 20)),
    ("tertial_2", "reporting", _("Report for May to August"), (9, 15), None),
    ("budget_treated", "budget", _("The budget is treated politically"), (11, 1), (11, 30)),
    ("budget_adopted", "budget", _("Adopted budget becomes next year's action plan"), (12, 15), None),
    ("strategy", "strategy", _("Status and revision of the strategy"), (12, 10), None),
    ("mandate", "strategy", _("Evaluation of the mandates"), (12, 12), None),
)
QUIET: dict[str, Promise] = {
    "winter_break": _("Winter break"),
    "easter": _("Easter"),
    "summer": _("Summer holidays"),
    "autumn_break": _("Autumn break"),
    "christmas": _("Christmas"),
}


def usual_dates(year: int) -> list[UsualDate]:
    """The usual dates of that year in order; none falls due on a day the office is closed."""
    found = [
        UsualDate(code, kind, title, next_workday(date(year, *first)), date(year, *last) if last else None)
        for code, kind, title, first, last in USUAL
    ]
    found += [UsualDate(code, "quiet", QUIET[code], *period) for code, period in school_holidays(year).items()]
    return sorted(found, key=lambda usual: usual.starts_on)
