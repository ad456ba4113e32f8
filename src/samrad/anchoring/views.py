"""Pages of anchoring: send, answer, write down, contest, send in, receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import LABELS, AnswerForm, RecordForm, VersionForm
from samrad.anchoring.models import Request
from samrad.cases.models import Case
from samrad.cases.queries import current_case
from samrad.core.components import FileLine
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.documents.lines import file_lines
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import Sight
from samrad.initiatives.queries import Readable, attachments_of, get_visible, involved, kinds_of, opens, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.queries import exempt_groups


def _request(by: Actor, pk: int) -> Request:
    """The request, for one who may open it; otherwise as if it were not there."""
    asked = queries.visible_to(by).filter(pk=pk).first()
    if asked is None or not policy.can_read_request(by, asked, involved=involved(by, asked.initiative)):
        raise Http404
    return asked


def _initiative(by: Actor, pk: int) -> tuple[Initiative, Case | None]:
    try:
        initiative = get_visible(by, pk)
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    if not involved(by, initiative):
        raise Http404
    return initiative, current_case(initiative)


def _content(by: Actor, asked: Request) -> dict[str, Any]:
    """What was asked about, for those who see the whole of it, and what has changed since the last answer."""
    now = timezone.localdate()
    seen = readable(by, asked.initiative, on=now)
    if seen.sight < Sight.OPEN:
        return {"lines": [], "changes": [], "previous": None, "files": []}
    previous = queries.last_answer_before(asked)
    lines = queries.content_lines(asked.content.content)
    changes = queries.differences(previous.content.content, asked.content.content) if previous else []
    if seen.sight < Sight.FULL:  # a change could show what is exempt
        lines, changes = [line for line in lines if seen.shows(line.group)], []
    return {"lines": lines, "changes": changes, "previous": previous, "files": _files(seen, asked, now)}


def _files(seen: Readable, asked: Request, on: date) -> list[FileLine]:
    """The attachments of the version asked about; one that was removed since is named to those who see everything."""
    of_version, exempt = queries.files_of(asked.content), exempt_groups([asked.initiative_id], on=on)
    standing = [f for f in of_version if f.removed_at is None and opens(seen, f)]
    gone = [f for f in of_version if f.removed_at is not None and seen.sight == Sight.FULL]
    lines = file_lines(standing, exempt=exempt.get(asked.initiative_id))
    return [*lines, *(FileLine(name=f.name, kind=f.title, note=_("Removed since you were asked")) for f in gone)]


def _answer_page(
    request: HttpRequest, asked: Request, form: forms.Form, template: str, status: int = 200
) -> HttpResponse:
    by = actor(request)
    answer = dict(LABELS[asked.kind]).get(asked.answer, "") if asked.answer else ""
    context = {
        "asked": asked,
        "initiative": asked.initiative,
        "form": form,
        "answer": answer,
        "can_answer": policy.can_answer(by, asked),
        "can_record": policy.can_record_on_behalf(by, asked),
        "can_contest": policy.can_contest(by, asked),
        **_content(by, asked),
    }
    return render(request, template, context, status=status)


def _mine(by: Actor, asked: Request, form: forms.Form) -> bool:
    """Is this the same answer by the same person once more, as by a double click?"""
    same = (asked.answer, asked.text) == (form.cleaned_data["answer"], form.cleaned_data["text"].strip())
    return same and asked.answered_by_id == by.person_id


@login_required
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what one is asked about, and answer."""
    by = actor(request)
    asked = _request(by, pk)
    page = "anchoring/request_answer.html"
    if request.method != "POST":
        return _answer_page(request, asked, AnswerForm(asked.kind, initial={"version": asked.version}), page)
    form = AnswerForm(asked.kind, request.POST)
    if not form.is_valid():
        return _answer_page(request, asked, form, page, 422)
    try:
        actions.answer_request(by=by, at=timezone.now(), request_id=pk, **form.cleaned_data)
    except Refused as refused:
        asked = _request(by, pk)
        if _mine(by, asked, form):
            return redirect("anchoring:request_answer", pk)
        blame(form, refused)
        return _answer_page(request, asked, form, page, 409)
    messages.success(request, _("Your answer is kept. Those who wrote the need have been told."))
    return redirect("anchoring:request_answer", pk)


@login_required
def answer_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down an answer that was given by mail or telephone."""
    by = actor(request)
    asked = _request(by, pk)
    page = "anchoring/answer_record.html"
    if request.method != "POST":
        policy.can_record_on_behalf(by, asked).require()
        return _answer_page(request, asked, RecordForm(asked.kind, initial={"version": asked.version}), page)
    form = RecordForm(asked.kind, request.POST, request.FILES)
    if not form.is_valid():
        return _answer_page(request, asked, form, page, 422)
    try:
        actions.record_on_behalf(by=by, at=timezone.now(), request_id=pk, **form.cleaned_data)
    except Refused as refused:
        asked = _request(by, pk)
        if _mine(by, asked, form):
            return redirect("anchoring:request_answer", pk)
        blame(form, refused)
        return _answer_page(request, asked, form, page, 409)
    messages.success(request, _("The answer is written down. The person has been told, and can contest it."))
    return redirect("anchoring:request_answer", pk)


@login_required
@require_POST
def answer_contest(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer written down on one's behalf was not one's own."""
    by = actor(request)
    asked = _request(by, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    actions.contest_answer(by=by, at=timezone.now(), request_id=asked.pk, version=version)
    messages.success(request, _("You have contested the answer. It no longer counts, and the secretariat is told."))
    return redirect("overview:initiative_story", asked.initiative_id)


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
    initiative, case = _initiative(by, initiative_id)
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
        initiative, case = _initiative(by, initiative_id)
        sent = queries.submission_of(initiative)
        if sent and case and case.state == "submitted" and sent.submitted_by_id == by.person_id:
            return redirect("anchoring:submission_receipt", initiative.pk)  # a double click
        _tell(form, refused, initiative)
        return _submit_page(request, initiative, case, form, 409)
    return redirect("anchoring:submission_receipt", initiative.pk)


@login_required
def submission_receipt(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The receipt: the reference, what was sent, when, by whom, and what happens next."""
    initiative, case = _initiative(actor(request), initiative_id)
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
    request: HttpRequest, initiative: Initiative, case: Case | None, form: forms.Form, status: int = 200
) -> HttpResponse:
    by = actor(request)
    verdict = policy.can_send(by, initiative, case.state if case else "draft", kinds=kinds_of(by, initiative))
    if verdict:
        verdict = policy.groundwork(queries.groundwork_lacks(initiative, on=timezone.localdate()))
    context = {"initiative": initiative, "case": case, "form": form, "verdict": verdict}
    return render(request, "anchoring/request_send.html", context, status=status)


@login_required
def request_send(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Send the need to the expert group or the head of sector; the review page posts here."""
    by = actor(request)
    initiative, case = _initiative(by, initiative_id)
    if case is not None and case.state in {"returned", "endorsed"}:
        standing = queries.standing_of(initiative, case, on=timezone.localdate())
        if standing.endorsed_mark == standing.current_mark:
            return redirect("anchoring:submission_send", initiative.pk)
    if request.method != "POST":
        return _send_page(request, initiative, case, VersionForm(initial={"version": initiative.version}))
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _send_page(request, initiative, case, form, 422)
    try:
        actions.send_to_anchoring(
            by=by, at=timezone.now(), initiative_id=initiative.pk, version=form.cleaned_data["version"]
        )
    except Refused as refused:
        initiative, case = _initiative(by, initiative_id)
        writes = kinds_of(by, initiative) & policy.WRITERS
        if writes and case is not None and case.state in {"expert_group", "awaiting_endorsement"}:
            messages.info(request, _("It has been sent already, and waits for an answer."))
            return redirect("overview:initiative_story", initiative.pk)
        _tell(form, refused, initiative)
        return _send_page(request, initiative, case, form, 409)
    messages.success(request, _("The need is sent. You will be told when there is an answer."))
    return redirect("overview:initiative_story", initiative.pk)
