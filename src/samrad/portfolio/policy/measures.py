"""Who decides and follows up measures, and what a measure may not lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Measure, MeasureProject, Portfolio, Project
from samrad.portfolio.policy.projects import can_manage
from samrad.portfolio.queries.measures import Ahead, moved_dates

Kind = Measure.Kind
NEEDS_PROJECTS = frozenset({Kind.STOP, Kind.MERGE, Kind.MOVE, Kind.REHOME, Kind.REINFORCE})
ENDS = {Kind.STOP: Initiative.Status.STOPPED, Kind.MERGE: Initiative.Status.MERGED}
NEXT: dict[str, tuple[str, ...]] = {
    Measure.State.PROPOSED: (Measure.State.DROPPED,),
    Measure.State.DECIDED: (Measure.State.UNDER_WAY, Measure.State.DONE, Measure.State.DROPPED),
    Measure.State.UNDER_WAY: (Measure.State.UNDER_WAY, Measure.State.DONE, Measure.State.DROPPED),
}


def can_steer(by: Actor, portfolio: Portfolio, board: Collection[int]) -> Verdict:
    """May this person propose and decide measures? The portfolio manager and the portfolio board."""
    if can_manage(by, portfolio) or (by.is_person and by.person_id in board):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the portfolio board decide measures."))


def can_decide_measure(by: Actor, measure: Measure, board: Collection[int]) -> Verdict:
    """May this person decide it now? While it is a proposal."""
    may = can_steer(by, measure.portfolio, board)
    if may and measure.state != Measure.State.PROPOSED:
        return Verdict.no(_("The measure is decided already."))
    return may


def records_for_board(by: Actor, measure: Measure, board: Collection[int]) -> bool:
    """Does this person only write down what the board has decided? What ends a project is the board's, where there is one."""
    return measure.kind in ENDS and bool(board) and by.person_id not in board


def recorded_lacks(where: str, treated_on: date | None, *, on: date) -> tuple[Lack, ...]:
    """What must be said of a decision that somebody else took."""
    found = []
    if not where.strip():
        found.append(Lack(_("The portfolio board decides this. Write where the board treated it."), "id_where"))
    if treated_on is None:
        found.append(Lack(_("Write the day the board treated it."), "id_treated_on"))
    elif treated_on > on:
        found.append(Lack(_("The board cannot have treated it on a day to come."), "id_treated_on"))
    return tuple(found)


def can_follow_measure(by: Actor, measure: Measure, board: Collection[int]) -> Verdict:
    """May this person write down how it goes? The one responsible, the portfolio manager and the board, until it is over."""
    responsible = by.is_person and by.person_id == measure.responsible_id and measure.state != Measure.State.PROPOSED
    if not responsible and not can_steer(by, measure.portfolio, board):
        return Verdict.no(_("Only the one responsible, the portfolio manager and the portfolio board write this down."))
    return Verdict.yes() if measure.open else Verdict.no(_("The measure is over."))


def can_carry_again(by: Actor, measure: Measure, board: Collection[int], rows: Collection[MeasureProject]) -> Verdict:
    """May this person carry it out anew where a case was closed without an answer? Those who decide measures, while it is open."""
    may = can_steer(by, measure.portfolio, board)
    if may and not (measure.open and any(row.state == MeasureProject.State.BACK for row in rows)):
        return Verdict.no(_("No project of the measure waits to be carried out anew."))
    return may


def measure_lacks(
    kind: str,
    projects: Collection[Project],
    into: Project | None,
    home: Portfolio | None,
    months: tuple[int | None, int | None],
) -> tuple[Lack, ...]:
    """What a proposal lacks of what its kind asks for."""
    found = []
    if kind in NEEDS_PROJECTS and not projects:
        found.append(Lack(_("Choose at least one project."), "id_projects"))
    if kind == Kind.MERGE and (into is None or into in projects):
        found.append(Lack(_("Choose the project that goes on, another than those that are merged into it."), "id_into"))
    if kind == Kind.REHOME and home is None:
        found.append(Lack(_("Choose the portfolio they are moved to."), "id_to_portfolio"))
    if kind == Kind.MOVE and not any(months):
        found.append(Lack(_("Say how many months they are moved. Write minus for earlier."), "id_months"))
    return tuple(found)


def due_lacks(due: date, *, on: date) -> tuple[Lack, ...]:
    """A deadline that has passed helps nobody."""
    return (Lack(_("Choose a deadline that has not passed."), "id_due_date"),) if due < on else ()


def _moved(measure: Measure, project: Project, ahead: Ahead) -> str:
    """What keeps one project from being moved in time: nothing to move, a change that waits, or nobody who decides."""
    if measure.months and project.end_date is None:
        return _("«%(title)s» has no end that can be moved.")
    if measure.start_months and (project.start_date is None or project.start_date <= ahead.on):
        return _("«%(title)s» has started, or has no start, so its start cannot be moved.")
    start, end = moved_dates(measure, project)
    first, last = start or project.start_date, end or project.end_date
    if first is not None and last is not None and last < first:
        return _("«%(title)s» would end before it starts.")
    if project.pk in ahead.changing:
        return _("In «%(title)s» a change waits for an answer. Decide that first.")
    if ahead.bodies.get(project.pk) is None and project.project_owner is None:
        return _("«%(title)s» has no owner who can decide the change.")
    return ""


def _rehomed(project: Project, home: Portfolio, ahead: Ahead) -> str:
    """What keeps one project from being moved to the portfolio."""
    if home.owner_id != (project.shared_with_id or project.owner_id):
        return _("«%(title)s» belongs to another house than the portfolio, so it cannot be moved there.")
    if project.source_id in ahead.taken:
        return _("The portfolio has another project with the same id as «%(title)s».")
    return ""


def is_under_way(need: Initiative) -> bool:
    """Does the project of this initiative still go on, or is it only paused?"""
    going = need.status in (Initiative.Status.ACTIVE, Initiative.Status.PAUSED)
    return going and need.phase != Initiative.Phase.DONE


def _stands_in_way(measure: Measure, project: Project, ahead: Ahead) -> str:
    if not is_under_way(project.initiative):
        return _("«%(title)s» is no longer under way.")
    if project.portfolio_id != measure.portfolio_id:
        return _("«%(title)s» is no longer in this portfolio.")
    if project.initiative.status == Initiative.Status.PAUSED and ahead.bodies.get(project.pk) is not None:
        return _("«%(title)s» is paused, so the body cannot treat it. Take it up again first.")
    if project.pk in ahead.asked:
        return _("The body is asked about «%(title)s» already.")
    if measure.kind == Kind.MOVE:
        return _moved(measure, project, ahead)
    if measure.kind == Kind.REHOME and measure.to_portfolio is not None:
        return _rehomed(project, measure.to_portfolio, ahead)
    return ""


def carry_lacks(by: Actor, measure: Measure, projects: Sequence[Project], ahead: Ahead) -> tuple[Lack, ...]:
    """What keeps a measure from being decided, project by project: all is known before anything is moved."""
    found = []
    if measure.kind == Kind.REHOME and measure.to_portfolio and not can_steer(by, measure.to_portfolio, ahead.board):
        found.append(Lack(_("Only those who steer both portfolios can move projects between them.")))
    if not measure.responsible.active:
        found.append(Lack(_("The one responsible has left. Change the proposal and name another.")))
    if measure.into is not None and not is_under_way(measure.into.initiative):
        found.append(Lack(_("«%(title)s» is no longer under way.") % {"title": measure.into.initiative.title}))
    for project in projects:
        if text := _stands_in_way(measure, project, ahead):
            found.append(Lack(text % {"title": project.initiative.title}))
    return tuple(found)
