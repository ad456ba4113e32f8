"""«Report a need»: starting it, and the form one step at a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Stale
from samrad.initiatives.actions import (
    link_goals,
    lock_initiative,
    save_answers,
    save_benefits,
    set_responsibles,
    start_draft,
)
from samrad.initiatives.content import STEPS
from samrad.initiatives.forms.benefits import BenefitRows
from samrad.initiatives.forms.goals import GoalForm
from samrad.initiatives.forms.steps import StepForm, people_choices, people_for
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import can_start, needs_budget
from samrad.initiatives.queries import Changes, benefits_of, changes_since
from samrad.initiatives.views.found import checklist, form_pages, to_edit, upwards
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Person

ORDER = list(STEPS)
PAGES_KEY = "form_pages"
PAGES_KEPT = 20


@login_required
def draft_start(request: HttpRequest) -> HttpResponse:
    """«Report a need»: what it takes, and the button that begins. An empty draft is taken up again."""
    by = actor(request)
    verdict = can_start(by)
    if request.method != "POST":
        labels = [*STEPS.values(), _("Attachments")]
        return render(request, "initiatives/draft_start.html", {"verdict": verdict, "steps": labels})
    verdict.require()
    # The lock makes the second click of a double click wait, and then find the draft of the first.
    Person.objects.select_for_update(of=("self",)).get(pk=by.person_or_none)
    draft = Initiative.objects.filter(created_by_id=by.person_id, stage=Initiative.Stage.DRAFT, version=1, title="")
    initiative = draft.first() or start_draft(by=by, at=timezone.now())
    return redirect("initiatives:draft_step", initiative.pk, ORDER[0])


@dataclass
class Sheet:
    """What stands on the page of one step: the answers, and in step 4 the rows."""

    by: Actor
    initiative: Initiative
    step: int
    form: StepForm
    rows: BenefitRows | None = None
    goals: GoalForm | None = None
    without: int | None = None
    conflicts: dict[str, Any] = field(default_factory=dict)
    goals_conflict: bool = False

    @classmethod
    def of(
        cls, by: Actor, initiative: Initiative, step: int, at: datetime, data: Any = None, more: bool = False
    ) -> Sheet:
        """The page as it stands, or as it was posted."""
        form = StepForm(by=by, initiative=initiative, step=step, on=timezone.localdate(at), data=data)
        sheet = cls(by, initiative, step, form)
        if step == 4:
            people = people_choices(people_for(by, initiative))
            sheet.rows = BenefitRows(standing=benefits_of(initiative), people=people, data=data, more=more)
        if step == 2:
            sheet.goals = GoalForm(initiative=initiative, on=timezone.localdate(at), data=data)
        return sheet

    def is_valid(self) -> bool:
        """Is everything on the page well-formed?"""
        return self.form.is_valid() and (self.rows is None or self.rows.is_valid())

    def save(self, *, at: datetime, version: int) -> Initiative:
        """Save what is well-formed and has changed."""
        initiative, changed = self.initiative, self.form.changed()
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
            initiative = save_benefits(**act, version=version, rows=self.rows.rows(without=self.without))
        return initiative

    def conflicting(self, changes: Changes) -> bool:
        """Does the page hold something else than what another has written since? Notes which fields."""
        changed = self.form.changed()
        if self.step != 6:
            changed = {name: value for name, value in changed.items() if name in changes.fields}
        self.conflicts = (
            {name: self.form[name].field.prepare_value(self.form.standing[name]) for name in changed} if changed else {}
        )
        rows = self.rows is not None and "benefits" in changes.fields and self.rows.changed()
        self.goals_conflict = self.goals is not None and "goals" in changes.fields and self.goals.changed()
        return bool(changed) or rows or self.goals_conflict

    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong) for the whole page."""
        found = [(f"id_{name}", str(e)) for name, errors in self.form.errors.items() for e in errors]
        return found + (self.rows.errors() if self.rows else [])


def _posted_version(request: HttpRequest, initiative: Initiative) -> int:
    """The version the page was made from, or the one that the same page has saved itself since."""
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    saved = request.session.get(PAGES_KEY, {}).get(_page(request))
    return max(version, saved[1]) if saved and saved[0] == initiative.pk else version


def _page(request: HttpRequest) -> str:
    return request.POST.get("page", "")[:40]


def _remember(request: HttpRequest, initiative: Initiative) -> None:
    if not _page(request):
        return
    pages = dict(list(request.session.get(PAGES_KEY, {}).items())[-PAGES_KEPT:])
    request.session[PAGES_KEY] = {**pages, _page(request): [initiative.pk, initiative.version]}


def _choice_text(sheet: Sheet, name: str, value: Any) -> str:
    choices = dict(getattr(sheet.form.fields[name], "choices", []))
    if isinstance(value, list):
        return ", ".join(str(choices.get(str(v), v)) for v in value)
    return str(choices.get(str(value), value)) if value not in (None, "") else ""


def _answer(request: HttpRequest, sheet: Sheet, *, stale: str = "", status: int = 200) -> HttpResponse:
    initiative = sheet.initiative
    position = ORDER.index(sheet.step)
    fields = [
        {
            "field": sheet.form[name],
            "minimum": name in sheet.form.minimum and not (name == "goal" and sheet.goals and sheet.goals.chosen),
            "conflict": name in sheet.conflicts,
            "standing": _choice_text(sheet, name, sheet.conflicts.get(name)),
            "several": name == "participant_ids",
            "code": name,
        }
        for name in sheet.form.fields
    ]
    context = {
        "initiative": initiative,
        "step": sheet.step,
        "step_label": STEPS[sheet.step],
        "number": position + 1,
        "steps": form_pages(initiative, current=sheet.step),
        "fields": fields,
        "rows": sheet.rows,
        "goals": sheet.goals,
        "goals_conflict": sheet.goals_conflict,
        "errors": sheet.errors() if sheet.form.is_bound else [],
        "stale": stale,
        "page": _page(request) or secrets.token_hex(8),
        "requirements": checklist(initiative),
        "budget": needs_budget(initiative) if sheet.step == 5 else None,
        "first": position == 0,
        "oob": False,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "initiatives/draft_saved.html", {**context, "oob": True})
    return render(request, "initiatives/draft_step.html", context, status=status)


def _onwards(request: HttpRequest, initiative: Initiative, step: int, go: str) -> HttpResponseRedirectBase:
    position = ORDER.index(step)
    if go == "later":
        messages.success(
            request,
            _("Saved. You find %(reference)s again among your initiatives.") % {"reference": initiative.reference},
        )
        return redirect(upwards("overview:my_page") or reverse("initiatives:initiative_list"))
    if go in {"add", "remove"}:
        url = reverse("initiatives:draft_step", args=[initiative.pk, step])
        return redirect(f"{url}?more=1#rows-end" if go == "add" else f"{url}#rows")
    if go == "previous":
        return redirect("initiatives:draft_step", initiative.pk, ORDER[max(position - 1, 0)])
    if go == "review":
        return redirect("initiatives:draft_review", initiative.pk)
    if position == len(ORDER) - 1:
        return redirect("initiatives:draft_files", initiative.pk)
    return redirect("initiatives:draft_step", initiative.pk, ORDER[position + 1])


def _stale_text(changes: Changes) -> str:
    who = Person.objects.filter(pk=changes.by_person_id).first() if changes.by_person_id else None
    if who is None or changes.at is None:
        return _("Someone has changed this since you opened the page. Both texts are below: choose which to keep.")
    at = timezone.localtime(changes.at)
    return _(
        "We did not save, because %(name)s changed the same at %(time)s. Both texts are below. Choose which to keep."
    ) % {"name": who.name, "time": f"{at:%H.%M}"}


@login_required
def draft_step(request: HttpRequest, initiative_id: int, step: int) -> HttpResponse:
    """One step of the form: show it, save it by itself, save it and go on."""
    by, at = actor(request), timezone.now()
    initiative = to_edit(by, initiative_id)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return _answer(request, Sheet.of(by, initiative, step, at, more="more" in request.GET))
    lock_initiative(initiative.pk, None)
    initiative = to_edit(by, initiative_id)  # as it stands now that nobody else can change it
    go, _colon, number = request.POST.get("go", "next").partition(":")
    sheet = Sheet.of(by, initiative, step, at, data=request.POST)
    if go == "remove" and number.isascii() and number.isdigit():
        sheet.without = int(number)
    version = _posted_version(request, initiative)
    try:
        saved = sheet.save(at=at, version=version)
    except Stale:
        changes = changes_since(initiative, version)
        if sheet.conflicting(changes):
            sheet.form.is_valid()
            return _answer(request, sheet, stale=_stale_text(changes), status=409)
        saved = sheet.save(at=at, version=initiative.version)
    _remember(request, saved)
    sound = sheet.is_valid()
    sheet.initiative = to_edit(by, initiative_id)
    if request.headers.get("HX-Request") == "true" or not sound:
        return _answer(request, sheet)
    return _onwards(request, saved, step, go)
