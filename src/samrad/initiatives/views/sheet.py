"""What stands on the page of one step: the answers, the benefits' rows and the table of years, and how they are saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from samrad.initiatives.actions import BenefitRow, link_goals, save_answers, save_benefits, set_responsibles
from samrad.initiatives.content import BY_CODE, Plan
from samrad.initiatives.forms.benefits import BenefitRows, row_mark
from samrad.initiatives.forms.goals import GoalForm
from samrad.initiatives.forms.marks import mark
from samrad.initiatives.forms.steps import StepForm, people_choices
from samrad.initiatives.forms.years import YearRows
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import (
    Changes,
    benefits_of,
    house_id,
    people_of,
    plan_for,
    questions_for,
    rates_for,
    years_of,
)
from samrad.initiatives.screening import Question
from samrad.organisation.actors import Actor


@dataclass
class Sheet:
    """The page of one step, as it stands or as it was posted."""

    by: Actor
    initiative: Initiative
    step: int
    plan: Plan
    form: StepForm
    questions: Sequence[Question] = ()
    rows: BenefitRows | None = None
    years: YearRows | None = None
    goals: GoalForm | None = None
    goals_conflict: bool = False
    without: int | None = None
    conflicts: dict[str, Any] = field(default_factory=dict)
    row_conflicts: dict[str, BenefitRow] = field(default_factory=dict)
    saved_ids: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        by: Actor,
        initiative: Initiative,
        step: int,
        at: datetime,
        *,
        data: Mapping[str, Any] | None = None,
        more: bool = False,
        saved_ids: Mapping[str, int] | None = None,
    ) -> Sheet:
        """The page as it stands, or as it was posted."""
        on, house = timezone.localdate(at), house_id(initiative)
        plan = plan_for(initiative, on=on)
        questions = questions_for(house, on=on)
        form = StepForm(
            by=by, initiative=initiative, step=step, on=on, plan=plan, questions=questions, data=data, more=more
        )
        sheet = cls(by, initiative, step, plan, form, questions, saved_ids=dict(saved_ids or {}))
        if step == 2:
            sheet.goals = GoalForm(initiative=initiative, on=on, data=data)
        if step == 4:
            people = people_choices(people_of(initiative)) if "benefit_owner" not in plan.left_out else []
            sheet.rows = BenefitRows(
                standing=benefits_of(initiative),
                people=people,
                left_out=plan.left_out,
                data=data,
                more=more,
                saved_ids=saved_ids,
            )
        if step == 5 and plan.asks(BY_CODE["years"]):
            sheet.years = YearRows(standing=years_of(initiative, rates_for(house, on=on)), data=data)
        return sheet

    def is_valid(self) -> bool:
        """Is everything on the page well-formed?"""
        rows = self.rows is None or self.rows.is_valid()
        return self.form.is_valid() and rows and (self.years is None or self.years.is_valid())

    def save(self, *, at: datetime, version: int, usual_years: bool = False) -> Initiative:
        """Save what is well-formed, and was changed here."""
        initiative, changed = self.initiative, self.form.changed()
        years = self.years.changed() if self.years else None
        if years is not None or usual_years:
            changed = {**changed, "years": "" if usual_years else years}
        act: dict[str, Any] = {"by": self.by, "at": at, "initiative_id": initiative.pk}
        if changed and self.step == 6:
            initiative = set_responsibles(**act, version=version, people=changed)
            version = initiative.version
        elif changed:
            initiative = save_answers(**act, version=version, values=changed)
            version = initiative.version
        if self.goals is not None and self.goals.changed():
            initiative = link_goals(**act, version=version, codes=self.goals.chosen)
        if self.rows is not None and self.rows.forms and self.rows.changed(without=self.without):
            placed = self.rows.placed(without=self.without)
            initiative = save_benefits(**act, version=version, rows=[row for _prefix, row in placed])
            made = benefits_of(initiative)
            self.saved_ids |= {prefix: b.pk for (prefix, _row), b in zip(placed, made, strict=True) if prefix}
        return initiative

    def conflicting(self, changes: Changes) -> bool:
        """Does the page hold something else than what another has written since? Notes which fields and rows."""
        changed = {name: value for name, value in self.form.changed().items() if name in changes.fields}
        self.conflicts = {name: self.form[name].field.prepare_value(self.form.standing[name]) for name in changed}
        if self.rows is not None and "benefits" in changes.fields:
            self.row_conflicts = self.rows.conflicts()
        years = self.years.changed() if self.years and "years" in changes.fields else None
        if years is not None:
            self.conflicts["years"] = ""
        self.goals_conflict = self.goals is not None and "goals" in changes.fields and self.goals.changed()
        return bool(self.conflicts or self.row_conflicts or self.goals_conflict)

    def marks(self) -> str:
        """The marks of everything that stands on the page."""
        found = {name: mark(value) for name, value in self.form.standing.items()}
        if self.rows is not None:
            found |= {prefix: row_mark(row) for prefix, row in self.rows.marks().items()}
        if self.years is not None:
            found["years"] = mark(self.years.standing)
        return json.dumps(found, separators=(",", ":"))

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for the whole page."""
        found = [(f"id_{name}", str(e)) for name, errors in self.form.errors.items() for e in errors]
        found += self.rows.errors() if self.rows else []
        return found + (self.years.errors() if self.years else [])
