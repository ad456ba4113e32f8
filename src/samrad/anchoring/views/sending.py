"""Pages where a need is sent to be anchored, and sent in; and the receipt."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import AffectedForm, VersionForm
from samrad.anchoring.views.finding import find_initiative
from samrad.anchoring.views.hearing import affected_form
from samrad.cases.models import Case
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.documents.lines import file_lines
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import attachments_of, kinds_of, readable
from samrad.organisation.middleware import actor


def _tell(form: forms.Form, refused: Refused, initiative: Initiative) -> None:
    """Why not. Where the need is another than when the page was opened, the next press counts for what is shown now."""
    if not isinstance(refused, Stale):
        return blame(form, refused)
    form.add_error(None, _("Someone has changed the need since you opened the page. Look it over, and send it again."))
    return renew(form, initiative.version)


def _submit_page(
    request: HttpRequest, initiative: Initiative, case: Case | None, form: forms.Form, status: int = 200
) -> HttpResponse:
    by = actor(request)
    kinds = kinds_of(by, initiative)
    standing = queries.standing_of(initiative, case, on=timezone.localdate())
    completing = standing.state == "returned"
    check = policy.can_complete if completing else policy.can_submit
    endorsement = queries.endorsement_of(initiative)
    changed = endorsement is not None and standing.endorsed_mark != standing.current_mark
    context = {
        "initiative": initiative,
        "case": case,
        "form": form,
        "completing": completing,
        "verdict": check(by, initiative, standing, kinds=kinds),
        "endorsement": endorsement,
        "changed": changed,
        "may_ask_again": changed and policy.can_send(by, initiative, standing.state, kinds=kinds).allowed,
        "requests": queries.requests_of(initiative).filter(withdrawn_at__isnull=True),
        "writers": queries.writers_of(initiative),
        "files": file_lines(attachments_of(readable(by, initiative, on=timezone.localdate()))),
        "missing": case.completeness_checks.order_by("-pk").first() if case and completing else None,
    }
    return render(request, "anchoring/submission_send.html", context, status=status)


@login_required
def submission_send(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Send in what was recommended, or send a returned case back complete."""
    by = actor(request)
    initiative, case = find_initiative(by, initiative_id)
    if request.method != "POST":
        form = VersionForm(initial={"version": initiative.version})
        return _submit_page(request, initiative, case, form)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _submit_page(request, initiative, case, form, 422)
    send = actions.complete if case is not None and case.state == "returned" else actions.submit
    try:
        send(by=by, at=timezone.now(), initiative_id=initiative.pk, version=form.cleaned_data["version"])
    except Refused as refused:
        initiative, case = find_initiative(by, initiative_id)
        sent = queries.submission_of(initiative)
        if sent and case and case.state == "submitted" and sent.submitted_by_id == by.person_id:
            return redirect("anchoring:submission_receipt", initiative.pk)  # a double click
        _tell(form, refused, initiative)
        return _submit_page(request, initiative, case, form, 409)
    return redirect("anchoring:submission_receipt", initiative.pk)


@login_required
def submission_receipt(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The receipt: the reference, what was sent, when, by whom, and what happens next."""
    initiative, case = find_initiative(actor(request), initiative_id)
    submission = queries.submission_of(initiative)
    if submission is None:
        raise Http404
    context = {
        "initiative": initiative,
        "case": case,
        "submission": submission,
        "requirements": queries.requirements_of(submission),
        "rules": queries.rules_of(submission),
    }
    return render(request, "anchoring/submission_receipt.html", context)


def _send_page(
    request: HttpRequest, initiative: Initiative, case: Case | None, form: AffectedForm, status: int = 200
) -> HttpResponse:
    by = actor(request)
    verdict = policy.can_send(by, initiative, case.state if case else "draft", kinds=kinds_of(by, initiative))
    if verdict:
        verdict = policy.groundwork(queries.groundwork_lacks(initiative, on=timezone.localdate()))
    context = {
        "initiative": initiative,
        "case": case,
        "form": form,
        "verdict": verdict,
        "heard": queries.names_to_hear(initiative, on=timezone.localdate()),
    }
    return render(request, "anchoring/request_send.html", context, status=status)


@login_required
def request_send(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Send the need to the expert group or the head of sector; the review page posts here."""
    by = actor(request)
    initiative, case = find_initiative(by, initiative_id)
    if case is not None and case.state in {"returned", "endorsed"}:
        standing = queries.standing_of(initiative, case, on=timezone.localdate())
        if standing.endorsed_mark == standing.current_mark:
            return redirect("anchoring:submission_send", initiative.pk)
    if request.method != "POST":
        return _send_page(request, initiative, case, affected_form(initiative))
    form = affected_form(initiative, request.POST)
    if not form.is_valid():
        return _send_page(request, initiative, case, form, 422)
    try:
        actions.send_to_anchoring(
            by=by,
            at=timezone.now(),
            initiative_id=initiative.pk,
            version=form.cleaned_data["version"],
            affected_ids=form.chosen(),
        )
    except Refused as refused:
        initiative, case = find_initiative(by, initiative_id)
        writes = kinds_of(by, initiative) & policy.WRITERS
        if writes and case is not None and case.state in {"expert_group", "awaiting_endorsement"}:
            messages.info(request, _("It has been sent already, and waits for an answer."))
            return redirect("overview:initiative_story", initiative.pk)
        _tell(form, refused, initiative)
        return _send_page(request, initiative, case, form, 409)
    messages.success(request, _("The need is sent. You will be told when there is an answer."))
    return redirect("overview:initiative_story", initiative.pk)
