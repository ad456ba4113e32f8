"""Pages of a case: deciding for a municipality, and withdrawing."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.cases import actions, policy, queries
from samrad.cases.forms import DecisionForm, WithdrawForm
from samrad.cases.models import Case, Condition, Decision
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import Sight
from samrad.initiatives.queries import get_visible, kinds_of, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor


def decision_of(by: Actor, pk: int) -> Decision:
    """The decision, where the reader may see its case; 404 elsewhere."""
    found = queries.decisions_visible_to(by).filter(pk=pk)
    decision = found.select_related("municipality", "decided_by", "informed_by", "mandate", "case").first()
    if decision is None:
        raise Http404
    return decision


def _decision_page(request: HttpRequest, decision: Decision, form: forms.Form, status: int = 200) -> HttpResponse:
    by = actor(request)
    case = decision.case
    initiative = get_visible(by, case.initiative_id or 0)
    seen = readable(by, initiative, on=timezone.localdate())
    if seen.sight < Sight.OPEN:
        raise Http404
    costs, plan = seen.shows("costs"), queries.plan_of(case)
    rows = case.decisions.filter(level=decision.level).select_related("municipality", "decided_by").order_by("pk")
    others = list(rows)
    last = [d for d in others if d.round == decision.round]
    people = [d.municipality for d in last]
    shared = decision.level == Decision.Level.CHIEF_EXECUTIVE and costs
    context = {
        "decision": decision,
        "case": case,
        "initiative": initiative,
        "seen": seen,
        "costs": costs,
        "sharing": queries.suggested_sharing(people, initiative, plan, on=timezone.localdate()) if shared else None,
        "plan": plan,
        "start": queries.start_of(plan, last) if plan and costs else None,
        "recommendation": case.recommendations.select_related("body").order_by("-made_at").first(),
        "others": [d for d in last if d.municipality_id != decision.municipality_id],
        "earlier": [d for d in others if d.outcome and d.round < decision.round],
        "conditions": [
            (c, policy.can_meet(by, c))
            for c in decision.conditions.select_related("responsible", "met_by").order_by("pk")
        ],
        "assignments": list(decision.assignments.select_related("person")) if decision.outcome else [],
        "verdict": policy.can_decide(by, decision, case),
        "may_send_on": policy.can_send_on(by, decision, case),
        "may_assign": policy.can_assign(by, decision),
        "may_tell": policy.can_tell_at_home(by, decision),
        "link": request.build_absolute_uri(request.path),
        "form": form,
    }
    return render(request, "cases/decision_decide.html", context, status=status)


MOST_CONDITIONS = 20


def people_to_choose(by: Actor, decision: Decision) -> list[tuple[int, str]]:
    """Those who can be responsible for something that follows from a decision, with their titles."""
    initiative = get_visible(by, decision.case.initiative_id or 0)
    could_be = queries.responsible_people(decision, initiative, on=timezone.localdate())
    return [(p.pk, f"{p.name}, {p.title}" if p.title else p.name) for p in could_be]


def _form(request: HttpRequest, decision: Decision, *, more: bool = False) -> DecisionForm:
    """The form with as many conditions as it was sent with, one at first, and one more where that is asked for."""
    people = people_to_choose(actor(request), decision)
    typed = str(request.POST.get("rows", "1"))
    rows = min(max(int(typed) if typed.isdecimal() and len(typed) < 4 else 1, 1) + more, MOST_CONDITIONS)
    amount = decision.case.initiative.one_off_kr if decision.case.initiative and decision.level == "line" else None
    authority = policy.authority_of("", decision)
    start = {"version": decision.version, "amount_kr": amount, "authority": authority}
    if request.method != "POST":
        return DecisionForm(initial=start, people=people, decision=decision)
    if more:
        return DecisionForm(initial=request.POST.dict(), people=people, decision=decision, rows=rows)
    return DecisionForm(request.POST, people=people, decision=decision, rows=rows)


@login_required
def decision_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what the council recommends, and decide for one's own municipality or sector."""
    by = actor(request)
    decision = decision_of(by, pk)
    more = "add_condition" in request.POST
    form = _form(request, decision, more=more)
    if request.method != "POST" or more:
        return _decision_page(request, decision, form)
    if not form.is_valid():
        return _decision_page(request, decision, form, 422)
    said = form.cleaned_data
    conditions = [actions.NewCondition(text=t, responsible_id=who, due=due) for t, who, due in form.conditions()]
    try:
        actions.decide(
            by=by,
            at=timezone.now(),
            decision_id=decision.pk,
            version=said["version"],
            outcome=said["outcome"],
            text=said["text"],
            amount_kr=said["amount_kr"],
            conditions=conditions,
            authority=said["authority"],
            case_number=said.get("case_number") or "",
            decided_date=said.get("decided_date"),
        )
    except Refused as refused:
        decision = decision_of(by, pk)
        same = (decision.outcome, decision.text) == (said["outcome"], said["text"].strip())
        if same and decision.decided_by_id == by.person_id:
            return redirect("cases:decision_decide", pk)  # a double click
        blame(form, refused)
        return _decision_page(request, decision, form, 409)
    messages.success(request, _("The decision is kept. Everyone it concerns has been told."))
    return redirect("cases:decision_decide", decision.pk)


@login_required
def condition_meet(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick off a condition; it stands on the page of the decision it belongs to."""
    by = actor(request)
    seen = queries.decisions_visible_to(by)
    condition = Condition.objects.filter(pk=pk, decision__in=seen).first()
    if condition is None:
        raise Http404
    if request.method == "POST":
        actions.meet_condition(by=by, at=timezone.now(), condition_id=pk)
        messages.success(request, _("The condition is ticked off."))
    return redirect("cases:decision_decide", condition.decision_id)


def _withdraw_page(
    request: HttpRequest, case: Case, initiative: Initiative, form: forms.Form, status: int = 200
) -> HttpResponse:
    by = actor(request)
    verdict = policy.can_withdraw(by, case, kinds=kinds_of(by, initiative))
    context = {"case": case, "initiative": initiative, "form": form, "verdict": verdict}
    return render(request, "cases/case_withdraw.html", context, status=status)


@login_required
def case_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a need before it is decided."""
    by = actor(request)
    case = queries.visible_to(by).filter(pk=pk, initiative__isnull=False).select_related("initiative").first()
    if case is None or case.initiative is None or not kinds_of(by, case.initiative):
        raise Http404
    if request.method != "POST":
        return _withdraw_page(request, case, case.initiative, WithdrawForm(initial={"version": case.version}))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, case, case.initiative, form, 422)
    try:
        actions.withdraw_case(by=by, at=timezone.now(), case_id=case.pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        case = queries.visible_to(by).select_related("initiative").get(pk=pk)
        if isinstance(refused, Stale):
            renew(form, case.version)
        return _withdraw_page(request, case, get_visible(by, case.initiative_id or 0), form, 409)
    messages.success(request, _("The need is withdrawn. Those it concerns have been told."))
    return redirect("overview:initiative_story", case.initiative_id)
