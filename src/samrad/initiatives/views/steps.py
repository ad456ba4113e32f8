"""«Report a need»: starting it, and the form one step at a time."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Stale
from samrad.governance.queries import budget_hours
from samrad.initiatives.actions import lock_initiative, start_draft
from samrad.initiatives.content import DEFAULT_PLANS, STEPS, Plan
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import can_import_needs, can_start, can_take_in_request, needs_budget
from samrad.initiatives.queries import (
    Changes,
    benefits_of,
    called_reviewers,
    changes_since,
    house_id,
    plan_for,
    valuation_of,
)
from samrad.initiatives.views.figures import shown_valuation
from samrad.initiatives.views.found import checklist, field_url, form_pages, missing, to_edit, upwards
from samrad.initiatives.views.sheet import Sheet
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Person

SIZES = [str(size) for size in Initiative.Size.values]
PAGES_KEY = "form_pages"
PAGES_KEPT = 20


@login_required
def draft_start(request: HttpRequest) -> HttpResponse:
    """«Report a need»: what it takes, and the button that begins. An empty draft is taken up again."""
    by = actor(request)
    verdict = can_start(by)
    if request.method != "POST":
        small = DEFAULT_PLANS["small"].steps
        context = {
            "verdict": verdict,
            "steps": [(label, number in small) for number, label in STEPS.items()],
            "takes_in": can_take_in_request(by),
            "imports": can_import_needs(by),
        }
        return render(request, "initiatives/draft_start.html", context)
    verdict.require()
    # The lock makes the second click of a double click wait, and then find the draft of the first.
    Person.objects.select_for_update(of=("self",)).get(pk=by.person_or_none)
    draft = Initiative.objects.filter(created_by_id=by.person_id, stage=Initiative.Stage.DRAFT, version=1, title="")
    initiative = draft.first() or start_draft(by=by, at=timezone.now())
    return redirect("initiatives:draft_step", initiative.pk, min(STEPS))


def _posted_version(request: HttpRequest, initiative: Initiative) -> int:
    """The version the page was made from, or the one that the same page has saved itself since."""
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    saved = _saved(request, initiative)
    return max(version, saved[1]) if saved else version


def _saved(request: HttpRequest, initiative: Initiative) -> list[Any] | None:
    """What the same page has saved itself: the initiative, its version, and the benefits it made, by row."""
    saved = request.session.get(PAGES_KEY, {}).get(_page(request))
    return saved if saved and saved[0] == initiative.pk else None


def _page(request: HttpRequest) -> str:
    return request.POST.get("page", "")[:40]


def _remember(request: HttpRequest, initiative: Initiative, ids: dict[str, int]) -> None:
    if not _page(request):
        return
    pages = dict(list(request.session.get(PAGES_KEY, {}).items())[-PAGES_KEPT:])
    request.session[PAGES_KEY] = {**pages, _page(request): [initiative.pk, initiative.version, ids]}


def _choice_text(sheet: Sheet, name: str, value: Any) -> str:
    choices = dict(getattr(sheet.form.fields[name], "choices", []))
    if isinstance(value, list):
        return ", ".join(str(choices.get(str(v), v)) for v in value)
    return str(choices.get(str(value), value)) if value not in (None, "") else ""


def _field_lines(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "field": sheet.form[name],
            "minimum": name in sheet.form.minimum and not (name == "goal" and sheet.goals and sheet.goals.chosen),
            "conflict": name in sheet.conflicts,
            "standing": _choice_text(sheet, name, sheet.conflicts.get(name)),
            "several": isinstance(sheet.form.fields[name].widget, CheckboxSelectMultiple | RadioSelect),
            "beside": isinstance(sheet.form.fields[name].widget, RadioSelect),
            "suffix": getattr(sheet.form.fields[name], "suffix", ""),
            "code": name,
        }
        for name in sheet.form.fields
    ]


def _answer(
    request: HttpRequest, sheet: Sheet, *, stale: str = "", grown: bool = False, status: int = 200
) -> HttpResponse:
    initiative, on = sheet.initiative, timezone.localdate()
    steps = list(sheet.plan.steps)
    position = steps.index(sheet.step) if sheet.step in steps else -1
    lacks = missing(initiative, plan=sheet.plan, questions=sheet.questions)
    context = {
        "initiative": initiative,
        "step": sheet.step,
        "step_label": STEPS[sheet.step],
        "number": position + 1,
        "count": len(steps) + 1,
        "steps": form_pages(initiative, plan=sheet.plan, current=sheet.step, lacks=lacks),
        "fields": _field_lines(sheet),
        "rows": sheet.rows,
        "goals": sheet.goals,
        "goals_conflict": sheet.goals_conflict,
        "years": sheet.years,
        "row_conflicts": sheet.row_conflicts,
        "conflicts": sheet.conflicts,
        "was": sheet.marks(),
        "errors": sheet.errors() if sheet.form.is_bound else [],
        "stale": stale,
        "page": _page(request) or secrets.token_hex(8),
        "requirements": checklist(initiative, plan=sheet.plan, lacks=lacks),
        "first": position <= 0,
        "grown": grown,
        "added": _added(sheet.plan) if grown else [],
        "oob": False,
        **_step_context(sheet, on=on),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "initiatives/draft_saved.html", {**context, "oob": True})
    return render(request, "initiatives/draft_step.html", context, status=status)


def _step_context(sheet: Sheet, *, on: date) -> dict[str, Any]:
    """What some steps show besides their questions."""
    initiative, found = sheet.initiative, dict[str, Any]()
    house = house_id(initiative)
    if sheet.step == 1 and initiative.classification == Initiative.Classification.OPERATION:
        found["operational_url"] = reverse("initiatives:operational", args=[initiative.pk])
    if sheet.step == 5:
        found["budget"] = needs_budget(initiative, hours_limit=budget_hours(house, on=on))
        if sheet.years is not None:
            found["valuation"] = shown_valuation(valuation_of(initiative, benefits_of(initiative), on=on))
    if sheet.step == 7:
        found["called"] = called_reviewers(initiative, on=on, questions=sheet.questions)
    return found


def _added(plan: Plan) -> list[str]:
    return [str(STEPS[step]) for step in plan.steps if step not in DEFAULT_PLANS["small"].steps]


def _onwards(request: HttpRequest, sheet: Sheet, go: str) -> HttpResponseRedirectBase:
    initiative, step, steps = sheet.initiative, sheet.step, list(sheet.plan.steps)
    here = reverse("initiatives:draft_step", args=[initiative.pk, step])
    if go == "later":
        messages.success(
            request,
            _("Saved. You find %(reference)s again among your initiatives.") % {"reference": initiative.reference},
        )
        return redirect(upwards("overview:my_page") or reverse("initiatives:initiative_list"))
    if go in {"add", "remove", "usual"}:
        end = "rows-end" if sheet.rows is not None else "add-alternative"
        return redirect({"add": f"{here}?more=1#{end}", "remove": f"{here}#rows"}.get(go, f"{here}#years"))
    if go == "review":
        return redirect("initiatives:draft_review", initiative.pk)
    if step == 1 and go == "next" and initiative.classification == Initiative.Classification.OPERATION:
        return redirect("initiatives:operational", initiative.pk)
    if go == "previous":
        before = [s for s in steps if s < step]
        return redirect("initiatives:draft_step", initiative.pk, before[-1] if before else steps[0])
    after = [s for s in steps if s > step]
    if after:
        return redirect("initiatives:draft_step", initiative.pk, after[0])
    return _after_the_last(sheet)


def _after_the_last(sheet: Sheet) -> HttpResponseRedirectBase:
    """From the last step to the first one that still lacks something, else to the attachments."""
    initiative, lacks = sheet.initiative, missing(sheet.initiative, plan=sheet.plan, questions=sheet.questions)
    if lacks:
        return redirect(field_url(initiative, lacks[0].step, lacks[0].anchor))
    return redirect("initiatives:draft_files", initiative.pk)


def _stale_text(changes: Changes) -> str:
    who = Person.objects.filter(pk=changes.by_person_id).first() if changes.by_person_id else None
    if who is None or changes.at is None:
        return _("Someone has changed this since you opened the page. Both texts are below: choose which to keep.")
    at = timezone.localtime(changes.at)
    return _(
        "We did not save, because %(name)s changed the same at %(time)s. Both texts are below. Choose which to keep."
    ) % {"name": who.name, "time": f"{at:%H.%M}"}


def _grown_text(initiative: Initiative, plan: Plan) -> str:
    words = _(
        "With these costs the need is %(size)s, so the form has more steps: %(steps)s. Everything you have written is kept."
    )
    return words % {"size": initiative.get_size_display().lower(), "steps": ", ".join(_added(plan))}


def _posted(request: HttpRequest, by: Actor, initiative: Initiative, step: int, at: datetime) -> tuple[Sheet, str]:
    go, _colon, number = request.POST.get("go", "next").partition(":")
    saved = _saved(request, initiative)
    ids = saved[2] if saved and len(saved) > 2 else {}
    sheet = Sheet.of(by, initiative, step, at, data=request.POST, saved_ids=ids)
    if go == "remove" and number.isascii() and number.isdigit():
        sheet.without = int(number)
    return sheet, go


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
    sheet, go = _posted(request, by, initiative, step, at)
    size, version, usual = initiative.size, _posted_version(request, initiative), go == "usual"
    try:
        saved = sheet.save(at=at, version=version, usual_years=usual)
    except Stale:
        changes = changes_since(initiative, version)
        if sheet.conflicting(changes):
            sheet.form.is_valid()
            return _answer(request, sheet, stale=_stale_text(changes), status=409)
        saved = sheet.save(at=at, version=initiative.version, usual_years=usual)
    _remember(request, saved, sheet.saved_ids)
    sound = sheet.is_valid()
    sheet.initiative = to_edit(by, initiative_id)
    sheet.plan = plan_for(sheet.initiative, on=timezone.localdate(at))
    grown = SIZES.index(sheet.initiative.size) > SIZES.index(size) and size == Initiative.Size.SMALL
    if request.headers.get("HX-Request") == "true" or not sound:
        return _answer(request, sheet, grown=grown)
    if grown:
        messages.info(request, _grown_text(sheet.initiative, sheet.plan))
    return _onwards(request, sheet, go)
