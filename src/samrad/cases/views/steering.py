"""Pages that steer a case: sending it on, sharing its cost, assignments, and stopping, pausing, merging or opening it anew."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from samrad.cases import actions, policy, queries
from samrad.cases.forms import AnswerForm, AssignmentForm, CostPlanForm, SendOnForm, TurnForm
from samrad.cases.models import Case, CostPlan, Decision, Turn
from samrad.cases.views.deciding import decision_of, people_to_choose
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import Sight
from samrad.initiatives.queries import get_visible, kinds_of, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor


def _open_decision(by: Actor, pk: int) -> tuple[Decision, Initiative]:
    decision = decision_of(by, pk)
    initiative = get_visible(by, decision.case.initiative_id or 0)
    if readable(by, initiative, on=timezone.localdate()).sight < Sight.OPEN:
        raise Http404
    return decision, initiative


def _open_case(by: Actor, pk: int) -> tuple[Case, Initiative]:
    case = queries.visible_to(by).filter(pk=pk, initiative__isnull=False).select_related("initiative").first()
    if case is None or case.initiative is None:
        raise Http404
    if readable(by, case.initiative, on=timezone.localdate()).sight < Sight.OPEN:
        raise Http404
    return case, case.initiative


@login_required
def decision_send_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the management team, the executive committee or the municipal council decide."""
    by = actor(request)
    decision, initiative = _open_decision(by, pk)
    form = SendOnForm(request.POST or None, initial={"version": decision.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.send_on(by=by, at=timezone.now(), decision_id=pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                decision, status = decision_of(by, pk), 409
                if isinstance(refused, Stale):
                    renew(form, decision.version)
            else:
                messages.success(request, _t("The case is sent on. Those it concerns have been told."))
                return redirect("cases:decision_decide", pk)
    context = {
        "decision": decision,
        "initiative": initiative,
        "form": form,
        "verdict": policy.can_send_on(by, decision, decision.case),
        "recommendation": decision.case.recommendations.order_by("-made_at").first(),
    }
    return render(request, "cases/decision_send_on.html", context, status=status)


@login_required
@require_POST
def decision_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one's own municipality is told at home."""
    by = actor(request)
    _open_decision(by, pk)
    actions.tell_at_home(by=by, at=timezone.now(), decision_id=pk)
    messages.success(request, _t("It is noted that your municipality has been told."))
    return redirect("cases:decision_decide", pk)


@login_required
def assignment_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a need owner an assignment that follows from a decision."""
    by = actor(request)
    decision, initiative = _open_decision(by, pk)
    form = AssignmentForm(request.POST or None, people=people_to_choose(by, decision))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                given = actions.give_assignment(
                    by=by,
                    at=timezone.now(),
                    decision_id=pk,
                    text=said["text"],
                    person_id=said["person"],
                    due=said["due"],
                )
            except Refused as refused:
                blame(form, refused)
                status = 409
            else:
                messages.success(request, _t("The assignment is given, and the one who has it is told."))
                return redirect("cases:assignment_detail", given.pk)
    verdict = policy.can_assign(by, decision)
    context = {"decision": decision, "initiative": initiative, "form": form, "verdict": verdict}
    return render(request, "cases/assignment_give.html", context, status=status)


@login_required
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An assignment: what is asked for, by which decision, and the answer."""
    by = actor(request)
    rows = queries.assignments_visible_to(by).select_related("decision__municipality", "decision__case")
    assignment = rows.select_related("person", "given_by").filter(pk=pk).first()
    if assignment is None:
        raise Http404
    decision, initiative = _open_decision(by, assignment.decision_id)
    form, status = AnswerForm(request.POST or None), 200
    if request.method == "POST":
        form.full_clean()
        try:
            if "accept" in request.POST:
                actions.accept_assignment(by=by, at=timezone.now(), assignment_id=pk)
            else:
                answer = str(form.cleaned_data.get("answer") or "")
                actions.answer_assignment(by=by, at=timezone.now(), assignment_id=pk, answer=answer)
        except Refused as refused:
            blame(form, refused)
            status = 409
        else:
            messages.success(request, _t("It is kept, and shows in the story."))
            return redirect("cases:assignment_detail", pk)
    context = {
        "assignment": assignment,
        "decision": decision,
        "initiative": initiative,
        "form": form,
        "verdict": policy.can_answer_assignment(by, assignment),
    }
    return render(request, "cases/assignment_detail.html", context, status=status)


def _plan_start(plan: CostPlan | None) -> dict[str, object]:
    if plan is None:
        return {"version": 0, "key": "equal"}
    names = ("version", "key", "equal_percent", "start_count", "start_kr")
    use = {f"use_{pk}": number for pk, number in plan.use.items()}
    return {**{name: getattr(plan, name) for name in names}, "host": plan.host_id, **use}


@login_required
def case_costs(request: HttpRequest, pk: int) -> HttpResponse:
    """How those who take part share the cost, who is host, when it may start, and who has told at home."""
    by = actor(request)
    case, initiative = _open_case(by, pk)
    if not readable(by, initiative, on=timezone.localdate()).shows("costs"):
        raise Http404
    plan, places = queries.plan_of(case), queries.sharers(initiative, timezone.now())
    decisions = queries.last_round(case)
    form = CostPlanForm(request.POST or None, initial=_plan_start(plan), places=places)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            wanted = actions.Plan(
                key=said["key"],
                equal_percent=said["equal_percent"],
                use={place.pk: said[f"use_{place.pk}"] for place in places},
                host_id=said["host"],
                start_count=said["start_count"],
                start_kr=said["start_kr"],
            )
            try:
                actions.plan_costs(by=by, at=timezone.now(), case_id=pk, version=said["version"], plan=wanted)
            except Refused as refused:
                blame(form, refused)
                plan, status = queries.plan_of(case), 409
                if isinstance(refused, Stale):
                    renew(form, plan.version if plan else 0)
            else:
                messages.success(request, _t("The shares are kept. The municipalities see them where they decide."))
                return redirect("cases:case_costs", pk)
    context = {
        "case": case,
        "initiative": initiative,
        "plan": plan,
        "form": form,
        "verdict": policy.can_plan_costs(by, case, decisions),
        "sharing": queries.suggested_sharing(places, initiative, plan, on=timezone.localdate()),
        "decisions": decisions,
        "start": queries.start_of(plan, decisions) if plan else None,
    }
    return render(request, "cases/case_costs.html", context, status=status)


TURNS: dict[str, tuple[str, Promise, Promise]] = {
    "stop": (Turn.Kind.STOPPED, _("Stop the case"), _("Nothing more happens in the case. What is written stays.")),
    "pause": (Turn.Kind.PAUSED, _("Pause the case"), _("Nothing can be done in it until somebody takes it up again.")),
    "resume": (Turn.Kind.RESUMED, _("Take the case up again"), _("It goes on from where it stood.")),
    "merge": (Turn.Kind.MERGED, _("Merge with another"), _("This one is closed, and the other goes on.")),
    "reopen": (Turn.Kind.REOPENED, _("Open the case anew"), _("A new case is opened. The old one stays closed.")),
}


@login_required
def case_turn(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Stop, pause, take up, merge or open a case anew, and say why."""
    if kind not in TURNS:
        raise Http404
    by, (turned, heading, what) = actor(request), TURNS[kind]
    case, initiative = _open_case(by, pk)
    verdict = policy.can_turn(by, case, initiative, turned, kinds=kinds_of(by, initiative))
    others = queries.to_merge_with(by, case) if turned == Turn.Kind.MERGED and verdict else None
    form = TurnForm(request.POST or None, initial={"version": case.version}, others=others)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.turn_case(
                    by=by,
                    at=timezone.now(),
                    case_id=pk,
                    version=said["version"],
                    kind=turned,
                    reason=said["reason"],
                    into_id=said.get("into"),
                )
            except Refused as refused:
                blame(form, refused)
                status = 409
                if isinstance(refused, Stale):
                    renew(form, _open_case(by, pk)[0].version)
            else:
                messages.success(request, _t("It is done. Those it concerns have been told."))
                return redirect("overview:initiative_story", initiative.pk)
    context = {
        "case": case,
        "initiative": initiative,
        "form": form,
        "verdict": verdict,
        "heading": heading,
        "what": what,
    }
    return render(request, "cases/case_turn.html", context, status=status)
