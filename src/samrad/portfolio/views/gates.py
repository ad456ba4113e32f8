"""Pages of the gates: the check list and the decision, and what each gate asks in a house."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Verdict
from samrad.initiatives.models import Initiative
from samrad.organisation import queries as people
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.checklists import LESSONS
from samrad.portfolio.forms import ChecklistForm, ConditionMetForm, GateDecisionForm, GateForm
from samrad.portfolio.models import GateCondition, Project
from samrad.portfolio.views.pages import page_of, project_of
from samrad.portfolio.workflow import BY_CODE


def _filled(standing: queries.Standing) -> dict[str, Any]:
    review = standing.review
    values: dict[str, Any] = {"version": review.version if review else 0}
    for code, _text in standing.questions:
        said = review.said(code) if review else {}
        values |= {code: said.get("answer", ""), f"{code}_note": said.get("note", "")}
    return values


def _posted(request: HttpRequest, project: Project, form: GateForm | None, decision: GateDecisionForm) -> str:
    """Do what is asked; what there is to say when it is done, nothing where it could not be."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now(), "project_id": project.pk}
    do = request.POST.get("do", "answer")
    if do == "send":
        actions.send_gate(**given, version=number_in(request.POST.get("version")))
        return _("The gate is sent. It is ready for the next agenda.")
    if do == "decide":
        if not decision.is_valid():
            return ""
        data = decision.cleaned_data
        said: dict[str, Any] = {"passes": data["passes"] == "yes", "text": data["text"]}
        conditions = list(decision.conditions().values())
        actions.decide_gate(**given, version=data["version"], **said, conditions=conditions)
        return _("The decision stands in the project's history.")
    if form is None or not form.is_valid():
        return ""
    actions.answer_gate(**given, version=form.cleaned_data["version"], answers=form.answers())
    return _("Saved.")


def _may(by: Actor, standing: queries.Standing | None, do: str, may_answer: Verdict) -> Verdict:
    """Whoever may not is refused before the form is read."""
    if standing is None or do not in ("decide", "send"):
        return may_answer
    if do == "send":
        return policy.can_send_gate(by, standing)
    return policy.can_decide_gate(by, standing, passes=False)


@login_required
def project_gate(request: HttpRequest, pk: int) -> HttpResponse:
    """The project's next gate: its check list, what stops it, and who decides."""
    by, project = actor(request), project_of(request, pk)
    reviews = queries.reviews_of(project)
    standing = queries.standing_of(project, reviews, on=timezone.localdate())
    may_answer, status = policy.can_answer_gate(by, standing), 200
    do, data = request.POST.get("do", "answer"), request.POST or None
    first = _filled(standing) if standing else {}
    version = {"version": first.get("version", 0)}
    questions = standing.questions if standing else []
    form = GateForm(data if do == "answer" else None, questions=questions, initial=first)
    among: dict[str, Any] = {"people": people.visible_to(by).order_by("name"), "today": timezone.localdate()}
    decision = GateDecisionForm(data if do == "decide" else None, **among, initial=version)
    if standing and LESSONS in form.fields:
        form.fields[LESSONS].help_text = _lessons_words(standing.lessons)
    if request.method == "POST":
        _may(by, standing, do, may_answer).require()
        status = 422
        try:
            if said := _posted(request, project, form, decision):
                messages.success(request, said)
                return redirect("portfolio:project_gate", project.pk)
        except Refused as refused:
            blame(decision if do == "decide" else form, refused)
            status = 409
    context = {
        **page_of(request, project, "project_gate"),
        "standing": standing,
        "form": form,
        "decision": decision,
        "may_answer": may_answer,
        "verdict": policy.gate_verdict(standing) if standing else None,
        "can_decide": policy.can_decide_gate(by, standing, passes=False) if standing else None,
        "can_send": policy.can_send_gate(by, standing) if standing else None,
        "decided": queries.decided_gates(reviews),
        "conditions": standing.set_conditions if standing else queries.gate_conditions_of(project, reviews),
        "asks_lessons": standing is not None and LESSONS in [code for code, _text in standing.questions],
    }
    return render(request, "portfolio/project_gate.html", context, status=status)


def _lessons_words(number: int) -> str:
    if not number:
        return _("No lesson is in the log yet.")
    said = ngettext("%(count)s lesson is in the log.", "%(count)s lessons are in the log.", number)
    return said % {"count": number}


@login_required
def gate_condition_meet(request: HttpRequest, pk: int) -> HttpResponse:
    """A condition from a gate: what, whose, by when, and ticking it off."""
    by = actor(request)
    rows = GateCondition.objects.select_related("review__project__initiative", "responsible", "met_by")
    condition = get_object_or_404(rows, pk=pk)
    project = project_of(request, condition.review.project_id)
    may, form, status = policy.can_meet_gate_condition(by, condition), ConditionMetForm(request.POST or None), 200
    if request.method == "POST":
        may.require()
        status = 422
        if form.is_valid():
            actions.meet_gate_condition(by=by, at=timezone.now(), condition_id=pk, note=form.cleaned_data["note"])
            messages.success(request, _("The condition is ticked off."))
            return redirect("portfolio:project_gate", project.pk)
    context = {**page_of(request, project, "project_gate"), "condition": condition, "form": form, "may": may}
    context["late"] = condition.met_at is None and condition.due_date < timezone.localdate()
    return render(request, "portfolio/gate_condition_meet.html", context, status=status)


@login_required
def checklist_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What every gate asks, and for whom the body decides."""
    portfolio = get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)
    sizes = dict(Initiative.Size.choices)
    rows = [
        (found, [sizes[s] for s in found.body_sizes if s in sizes])
        for found in queries.checklists_of(portfolio.owner_id, on=timezone.localdate())
    ]
    may = policy.can_manage(actor(request), portfolio)
    return render(request, "portfolio/checklist_list.html", {"portfolio": portfolio, "rows": rows, "may": may})


@login_required
def checklist_change(request: HttpRequest, pk: int, gate: str) -> HttpResponse:
    """Adopt what a gate asks from a day on."""
    by, today = actor(request), timezone.localdate()
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    if gate not in BY_CODE:
        raise Http404
    policy.can_manage(by, portfolio).require()
    now = queries.checklist_for(portfolio.owner_id, gate, on=today)
    first = {
        "version": queries.latest_checklist(portfolio.owner_id, gate),
        "body_sizes": now.body_sizes,
        "source": now.source,
        "valid_from": today,
    }
    questions = [(q.code, str(q.text)) for q in now.questions]
    form, status = ChecklistForm(request.POST or None, questions=questions, initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.adopt_checklist(
                    by=by,
                    at=timezone.now(),
                    portfolio=portfolio,
                    gate=gate,
                    questions=form.asked(),
                    body_sizes=data["body_sizes"],
                    valid_from=data["valid_from"],
                    source=data["source"],
                    after=data["version"],
                )
                messages.success(request, _("The check list is adopted. Gates that are being prepared keep theirs."))
                return redirect("portfolio:checklist_list", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"portfolio": portfolio, "gate": BY_CODE[gate], "form": form}
    return render(request, "portfolio/checklist_change.html", context, status=status)
