"""Who keeps a project's plan, programmes and activities, and what a dependency may not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project
from samrad.portfolio.policy.projects import can_report


def can_plan(by: Actor, project: Project) -> Verdict:
    """May this person change the plan? Those who report for the project."""
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(_("Only the project manager, the project owner and the portfolio manager change the plan."))


def loop_through(edges: Mapping[int, Sequence[int]], project_id: int, needs_id: int) -> list[int]:
    """The members of the loop that would come of it, from the project and back to it; empty where there is none.

    `edges`: what each project needs. The shortest way back is named.
    """
    ways: list[list[int]] = [[project_id, needs_id]]
    seen: set[int] = set()
    while ways:
        way = ways.pop(0)
        last = way[-1]
        if last == project_id:
            return way
        if last not in seen:
            seen.add(last)
            ways += [[*way, needed] for needed in edges.get(last, ())]
    return []


def no_loop(edges: Mapping[int, Sequence[int]], project_id: int, needs_id: int, titles: Mapping[int, str]) -> Verdict:
    """May one project need another? Not where it would come to need itself (S63)."""
    loop = loop_through(edges, project_id, needs_id)
    if not loop:
        return Verdict.yes()
    named = " → ".join(f"«{titles.get(pk) or _('a project you do not see')}»" for pk in loop)
    lack = Lack(_("They would wait for each other in a loop: %(loop)s.") % {"loop": named}, "id_needs")
    return Verdict.no(lack.text, (lack,))


def dates_lack(start: date | None, end: date | None) -> tuple[Lack, ...]:
    """What lasts cannot end before it starts."""
    if start and end and end < start:
        return (Lack(_("It cannot end before it starts."), "id_end_date"),)
    return ()
