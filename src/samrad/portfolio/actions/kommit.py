"""Bringing in KommIT's benefits workbook: a project with its benefits, its plan for them and its stakeholders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.benefits.actions import take_in_plan
from samrad.core.models import house_of
from samrad.core.sheets.files import Unreadable
from samrad.core.sheets.words import unreadable_words
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives.actions import (
    UnderWay,
    lock_initiative,
    save_imported_title,
    take_in_benefits,
    take_in_initiatives,
)
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.bringing import close_rows
from samrad.portfolio.actions.kommitplans import (
    _found,
    _has_plan,
    _phase,
    _plan_benefits,
    _plan_line,
    _plan_money,
    _plan_project,
    _plan_stakeholders,
    _texts,
    _Work,
)
from samrad.portfolio.actions.money import keep_money
from samrad.portfolio.actions.projects import lock_project, staff_project
from samrad.portfolio.actions.rowscenes import SAME, RowResult, scene_of, told
from samrad.portfolio.actions.stakeholders import keep_stakeholder
from samrad.portfolio.models import Portfolio, Project, ProjectAmount, RowImport
from samrad.portfolio.policy import can_bring
from samrad.portfolio.policy.projects import ROLES
from samrad.portfolio.sheets.bringing import Brought
from samrad.portfolio.sheets.kommit import (
    read_kommit,
    source_of,
)
from samrad.portfolio.sheets.mapping import NOT_STATED


def _write_project(work: _Work, batch: RowImport) -> Project:
    portfolio, book, scene = work.portfolio, work.book, work.scene
    given: dict[str, Any] = {"by": scene.by, "at": scene.at}
    house = house_of(portfolio)
    project = work.project
    change = work.outcome.changes[0]  # the project is planned first of what is counted
    if project is None:
        source = source_of(book.name)
        under_way = UnderWay(title=book.name, source_id=source, phase=_phase(book))
        [initiative] = take_in_initiatives(**given, **house, taken=[under_way])
        project = Project(
            **house, initiative=initiative, portfolio=portfolio, source_id=source, entered_at=scene.at, version=0
        )
    elif project.source_id == source_of(book.name):
        save_imported_title(**given, initiative=project.initiative, title=book.name)
    if change == SAME:
        return project
    for name in ("owner_name", "start_date", "end_date"):
        if name in work.facts:
            setattr(project, name, work.facts[name])
    project.texts = {**project.texts, **_texts(book)}
    project.updated_at = scene.at
    project.version += 1
    project.save()
    if book.budget_kr is not None:
        said = {"value": book.budget_kr, "currency": "NOK", "unit": 1, "unknown_reason": "", "price_base": NOT_STATED}
        ProjectAmount.objects.update_or_create(
            project=project, kind="budget", defaults=said, create_defaults={**house, **said}
        )
    event = events.ProjectImported(
        initiative_id=project.initiative_id, project_id=project.pk, batch_id=batch.pk, change=change
    )
    record(event, **given, house=project)
    _staff(work, project)
    return project


def _staff(work: _Work, project: Project) -> None:
    """Name those who answer for it, as by hand: they are let in, tasks pass on, and the log tells."""
    standing = {role: getattr(project, f"{role}_id") for role in ROLES}
    wanted = {role: work.facts.get(f"{role}_id", standing[role]) for role in ROLES}
    if wanted != standing:
        given: dict[str, Any] = {"by": work.scene.by, "at": work.scene.at, "version": None}
        dates: dict[str, Any] = {"start_date": project.start_date, "end_date": project.end_date}
        staff_project(**given, project_id=project.pk, people=wanted, **dates)


def _write(work: _Work, batch: RowImport) -> None:
    project = _write_project(work, batch)
    given: dict[str, Any] = {"by": work.scene.by, "at": work.scene.at}
    if work.benefits:
        rows = [row for _said, row in work.benefits]
        made = take_in_benefits(**given, initiative_id=project.initiative_id, rows=rows)
        for (said, _row), benefit in zip(work.benefits, made, strict=True):
            if _has_plan(said):
                take_in_plan(**given, benefit=benefit, line=_plan_line(said, _row))
    for number, row in work.stakeholders:
        keep_stakeholder(**given, project_id=project.pk, stakeholder_id=number, version=None, row=row)
    if work.money:
        keep_money(**given, project_id=project.pk, version=None, rows=work.money)


@transaction.atomic
def import_kommit(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    content: bytes,
    file_name: str = "",
    all_or_nothing: bool = False,
    dry_run: bool = False,
    batch: RowImport | None = None,
) -> RowResult:
    """Bring in KommIT's workbook as a project. The same file again changes nothing; a new version what differs.

    Empty template rows are no rows. `all_or_nothing` and `dry_run` as for other rows.
    """
    can_bring(by, portfolio, RowImport.Kind.KOMMIT).require()
    try:
        book = read_kommit(content)
    except Unreadable as trouble:
        raise Refused(unreadable_words(trouble)) from None
    if not book.name:
        raise Refused(_("The workbook says no name. Write the project's name in cell B4 of «Forside» first."))
    if not dry_run:
        # Two imports at once would both find the project missing, and make it twice.
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
    scene = scene_of(by, at)
    found = _found(scene, portfolio, book.name)
    if found is not None and not dry_run:
        lock_project(found.pk, None)  # nobody changes it by hand meanwhile
        lock_initiative(found.initiative_id, None)  # nor its benefits
        found = _found(scene, portfolio, book.name)
    work = _Work(scene, portfolio, book, found)
    for plan in (_plan_money, _plan_project, _plan_benefits, _plan_stakeholders):
        plan(work)
    for sheet, place, text, reason in book.unknown:
        row = Brought(1, int("".join(c for c in place if c.isdigit())), {}, {}, [])
        row.doubt(f"{sheet}!{place}", text, reason)
        work.outcome.unknown += row.unknown
    result = told(1 + len(book.benefits) + len(book.stakeholders), [work.outcome], [])
    result.workbook = book
    if all_or_nothing and result.refused:
        result.imported = result.updated = result.unchanged = 0
        result.stopped = True
    elif not dry_run:
        batch = batch or RowImport(
            **house_of(portfolio), portfolio=portfolio, kind=RowImport.Kind.KOMMIT, uploaded_at=at
        )
        close_rows(by=by, at=at, batch=batch, result=result, file_name=file_name)
        _write(work, batch)
    return result
