"""The pages of a plan for benefits."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.benefits import actions, policy, queries
from samrad.benefits.forms import LineForm
from samrad.benefits.models import BenefitPlan
from samrad.core.asked import number_in
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import Readable, get_visible, readable
from samrad.organisation.middleware import actor


def _content(request: HttpRequest, pk: int) -> Readable:
    """What the reader may read of the initiative; 404 where it is not open to them."""
    by = actor(request)
    try:
        initiative = get_visible(by, pk)
    except (Initiative.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    content = readable(by, initiative, on=timezone.localdate())
    if not policy.can_read_plan(content):
        raise Http404
    return content


@login_required
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The benefits realisation plan: every benefit, what is missing, and what was approved. A post approves it."""
    by, content = actor(request), _content(request, pk)
    initiative, shown = content.initiative, content.shows("benefits")
    plan = queries.plan_of(initiative)
    lines = queries.shown_lines(content)
    given = queries.consents_to_come(plan)
    may_approve = policy.can_approve(by, content, plan, lines, given)
    refused, status = None, 200
    if request.method == "POST":
        version = number_in(request.POST.get("version"))
        try:
            made = actions.approve_plan(by=by, at=timezone.now(), initiative_id=initiative.pk, version=version)
            whole = _("The plan is approved. It stays readable, also when the draft is changed.")
            messages.success(request, whole if made else _("You have approved the plan. It waits for the others."))
            return redirect("benefits:plan_detail", initiative.pk)
        except Stale as stale:
            refused, status = stale.verdict, 409
    context = {
        "initiative": initiative,
        "masked": "" if shown else content.masked.get("benefits", ""),
        "plan": plan,
        "lines": lines,
        "planned": sum(line.is_planned for line in lines),
        "approved": queries.approved_of(initiative) if shown else [],
        "may_plan": policy.can_plan(by, content),
        "may_approve": may_approve,
        "offers": not policy.stands_approved(plan, lines),
        "refused": refused,
        "owners": [(person, pk in given) for pk, person in queries.owners_of(lines).items()],
    }
    return render(request, "benefits/plan_detail.html", context, status=status)


@login_required
def benefit_plan(request: HttpRequest, pk: int, benefit_id: int) -> HttpResponse:
    """Write down how one benefit is to be realised, as a draft or as planned."""
    by, content = actor(request), _content(request, pk)
    initiative = content.initiative
    if not content.shows("benefits"):
        raise Http404
    policy.can_plan(by, content).require()
    line = next((line for line in queries.shown_lines(content) if line.benefit.pk == benefit_id), None)
    if line is None:
        raise Http404
    benefit, row = line.benefit, line.planned
    first = {name: getattr(row, name, None) for name in LineForm.base_fields} | {"version": row.version if row else 0}
    first["benefit_owner"] = row.benefit_owner_id if row else benefit.benefit_owner_id
    form, status = LineForm(request.POST or None, people=queries.could_own(by, initiative), initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            planned = request.POST.get("do") == "planned"
            try:
                actions.plan_benefit(
                    by=by,
                    at=timezone.now(),
                    initiative_id=initiative.pk,
                    benefit_id=benefit.pk,
                    version=form.cleaned_data["version"],
                    line=form.line(),
                    planned=planned,
                )
                messages.success(request, _("The benefit is planned.") if planned else _("The draft is saved."))
                return redirect("benefits:plan_detail", initiative.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
                if isinstance(refused, Stale):
                    renew(form, row.version if row else 0)
    context = {
        "initiative": initiative,
        "benefit": benefit,
        "form": form,
        "row": row,
        "reopens": row is not None and row.plan.state == BenefitPlan.State.APPROVED,
    }
    return render(request, "benefits/benefit_plan.html", context, status=status)
