"""The prioritisation rounds: opened, listed, proposed, read, printed and taken out for the economic plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.workflow import COLOURS
from samrad.core.asked import number_in
from samrad.core.downloads import download
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.documents.paper import thawed
from samrad.documents.typeset import paper_pdf
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.secretariat import actions
from samrad.secretariat.forms.rounds import CancelForm, OpenForm, ProposalForm
from samrad.secretariat.models import PaperVersion, Round, RoundRow
from samrad.secretariat.papers.rounds import list_paper, plan_file
from samrad.secretariat.policy import rounds as policy
from samrad.secretariat.queries import rounds as queries
from samrad.secretariat.queries import versions_of
from samrad.secretariat.queries.lists import rounds_table
from samrad.secretariat.queries.money import shares_of
from samrad.secretariat.words import round_state

CANCEL_ID = "id_cancel_%s"


def _found(by: Actor, pk: int) -> Round:
    return get_object_or_404(queries.visible_rounds(by), pk=pk)


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    """The prioritisation rounds of one's own houses, and those of the annual cycle that can be opened."""
    by, on = actor(request), timezone.localdate()
    bodies = queries.bodies_for(by)
    rows = [(one, round_state(one, on), COLOURS[one.case.state]) for one in queries.visible_rounds(by)[:100]]
    context = {
        "rows": rows,
        "opens": policy.can_open_round(by) if bodies else None,
        "dates": queries.dates_to_open([body.owner_id for body in bodies], on=on),
        "coming": queries.dates_to_open(by.entities, on=on)[:2],
    }
    return render(request, "secretariat/round_list.html", context)


def _start(request: HttpRequest, form_rows: Any, on: Any) -> dict[str, Any]:
    """What the form begins with: the date in the annual cycle that was chosen says the rest."""
    bodies, dates = form_rows
    asked = request.GET.get("date", "")
    chosen = next((one for one in dates if str(one.pk) == asked), None)
    start: dict[str, Any] = {"body": bodies[0].pk if bodies else None, "first_year": on.year + 1}
    if chosen is None:
        return start
    budget = chosen.code == "priority_autumn"
    deadline = queries.deadline_before(chosen)
    return {
        **start,
        "cycle_date": chosen.pk,
        "purpose": Round.Purpose.BUDGET if budget else Round.Purpose.ECONOMIC_PLAN,
        "first_year": chosen.year + 1,
        "deadline": deadline,
        "body": next((b.pk for b in bodies if b.owner_id == chosen.owner_id), start["body"]),
    }


@login_required
def round_open(request: HttpRequest) -> HttpResponse:
    """Open a prioritisation round, perhaps from a date in the annual cycle."""
    by, on = actor(request), timezone.localdate()
    policy.can_open_round(by).require()
    bodies = queries.bodies_for(by)
    dates = queries.dates_to_open([body.owner_id for body in bodies], on=on)
    form = OpenForm(request.POST or None, initial=_start(request, (bodies, dates), on), bodies=bodies, dates=dates)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                one = actions.open_round(by=by, at=timezone.now(), **form.values())
            except Refused as refused:
                blame(form, refused)
                status = 409
            else:
                messages.success(request, _("The round is open. What comes in by the deadline can be with."))
                return redirect("secretariat:round_detail", one.pk)
    return render(request, "secretariat/round_open.html", {"form": form}, status=status)


def _page(request: HttpRequest, one: Round, status: int = 200, **bound: forms.Form) -> HttpResponse:
    by, on = actor(request), timezone.localdate()
    lines = queries.list_for(by, one, on=on)
    runs = policy.can_open_round(by, one.owner_id)
    came = queries.incoming(one) if one.case.state in policy.LISTED_IN else None
    reads = policy.reads_proposals(by, one, one.case)
    context = {
        "one": one,
        "state": round_state(one, on),
        "colour": COLOURS[one.case.state],
        "rows": rounds_table(lines, reads=reads),
        "reads": reads,
        "treated": one.case.state in queries.DONE,
        "runs": runs,
        "incoming": came,
        "next": queries.next_round(one.owner_id, after=one.deadline) if came and came.late else None,
        "can_list": policy.can_list(by, one, one.case, on=on),
        "can_finish": policy.can_finish_list(by, one, one.case, rows=sum(line.live for line in lines), on=on),
        "can_propose": policy.can_propose(by, one, one.case),
        "can_cancel": policy.can_cancel_round(by, one, one.case),
        "can_export": policy.can_export(by, one),
        "sent": versions_of(one.case) if policy.can_read_sent(by, one, exempt=any(ln.hidden for ln in lines)) else [],
        "unknown": sum(line.no_amount for line in lines),
        "cancel_form": CancelForm(initial={"version": one.version}, auto_id=CANCEL_ID),
        "problem": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "secretariat/round_detail.html", context, status=status)


@login_required
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: what has come in, the list in order, what is proposed, and what the body found."""
    return _page(request, _found(actor(request), pk))


def _do(request: HttpRequest, pk: int, action: Callable[..., object], done: str) -> HttpResponse:
    """Do one thing with a round, and come back to it."""
    by = actor(request)
    one = _found(by, pk)
    version = number_in(request.POST.get("version"))
    try:
        action(by=by, at=timezone.now(), round_id=one.pk, version=version)
    except Stale as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, done)
    return redirect("secretariat:round_detail", pk)


@login_required
@require_POST
def round_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the list of what is ready."""
    return _do(request, pk, actions.make_list, _("The list is made, in the order that is counted."))


@login_required
@require_POST
def round_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the list is ready for a meeting."""
    done = _("The list is ready for a meeting. Put it on the agenda there.")
    return _do(request, pk, actions.finish_list, done)


@login_required
@require_POST
def round_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the round."""
    by = actor(request)
    one = _found(by, pk)
    policy.can_cancel_round(by, one, one.case).require()
    form = CancelForm(request.POST, auto_id=CANCEL_ID)
    if not form.is_valid():
        return _page(request, one, 422, cancel_form=form)
    try:
        actions.cancel_round(by=by, at=timezone.now(), round_id=one.pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        one = _found(by, pk)
        if isinstance(refused, Stale):
            renew(form, one.version)
        return _page(request, one, 409, cancel_form=form)
    messages.success(request, _("The round is cancelled."))
    return redirect("secretariat:round_list")


@login_required
def row_propose(request: HttpRequest, pk: int, row_id: int) -> HttpResponse:
    """Change what is proposed for one line."""
    by = actor(request)
    one = _found(by, pk)
    line = next((x for x in queries.list_for(by, one, on=timezone.localdate()) if x.row.pk == row_id), None)
    if line is None:
        raise Http404
    row: RoundRow = line.row
    policy.can_propose(by, one, one.case, row).require()
    start = {"version": one.version, "outcome": row.outcome, "reason": row.reason}
    form = ProposalForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.propose_row(by=by, at=timezone.now(), row_id=row.pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                if isinstance(refused, Stale):
                    renew(form, _found(by, pk).version)
                status = 409
            else:
                messages.success(request, _("The proposal is kept."))
                return redirect("secretariat:round_detail", pk)
    context = {"one": one, "line": line, "form": form}
    return render(request, "secretariat/row_propose.html", context, status=status)


def _taken_out(by: Actor, one: Round) -> list[queries.Line]:
    """The list as one may take it out: what is proposed is left out for those who do not read it on the page either."""
    lines = queries.list_for(by, one, on=timezone.localdate())
    if not policy.reads_proposals(by, one, one.case):
        for line in lines:
            line.row.outcome = line.row.reason = ""
    return lines


@login_required
def round_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a PDF, without what is exempt for the one who takes it out; `?sent=` as the body was sent it."""
    by = actor(request)
    one = _found(by, pk)
    policy.can_export(by, one).require()
    lines = _taken_out(by, one)
    if "sent" in request.GET:
        policy.can_read_sent(by, one, exempt=any(line.hidden for line in lines)).require()
        number = number_in(request.GET["sent"])
        paper = thawed(get_object_or_404(PaperVersion, case=one.case_id, number=number).paper)
    else:
        paper = list_paper(one, lines, at=one.case.state_since, language=one.owner.language)
    response = HttpResponse(paper_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="prioritering-{one.first_year}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
def round_export(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The result for the economic plan: each municipality's share of each line, year by year, in whole kroner."""
    by, on = actor(request), timezone.localdate()
    one = _found(by, pk)
    policy.can_export(by, one).require()
    lines = _taken_out(by, one)
    content = plan_file(suffix, one, lines, shares_of(one, lines, on=on), at=timezone.now())
    return download(content, f"prioritering-{one.first_year}.{suffix}")
