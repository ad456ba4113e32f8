"""Assessments by named people: asking for them, and giving the one that is asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring.queries import content_lines, submission_of
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.core.workdays import add_workdays
from samrad.documents.lines import file_lines
from samrad.governance.queries import ASSESSMENT_DAYS, days_of
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import attachments_of, get_visible, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.secretariat import actions, policy
from samrad.secretariat.forms.reviewing import AskForm, ReviewForm
from samrad.secretariat.models import Review
from samrad.secretariat.queries.reviewing import assessed_in, people_to_ask, written_in
from samrad.secretariat.queries.workspace import competence_of
from samrad.secretariat.views import found_case


@login_required
def review_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is asked for which assessment in a case, and asking one more."""
    by, on = actor(request), timezone.localdate()
    case, initiative = found_case(by, pk)
    assessed = assessed_in(case, initiative, written_in(case), on=on)
    days = days_of(ASSESSMENT_DAYS, [case.shared_with_id, case.owner_id], on)
    start = {"version": case.version, "due": add_workdays(on, days), "kind": request.GET.get("kind", "")}
    form = AskForm(request.POST or None, initial=start, assessed=assessed, people=people_to_ask(case, on=on))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.ask_review(by=by, at=timezone.now(), case_id=case.pk, **form.values())
            except Refused as refused:
                blame(form, refused)
                if isinstance(refused, Stale):
                    renew(form, found_case(by, pk)[0].version)
                status = 409
            else:
                messages.success(request, _("The question is sent. You see here when it is answered."))
                return redirect("secretariat:review_ask", case.pk)
    context = {
        "case": case,
        "initiative": initiative,
        "assessed": assessed,
        "can_assess": policy.can_assess(by, case),
        "form": form,
        "competence": competence_of(by) if request.method == "GET" else [],
    }
    return render(request, "secretariat/review_ask.html", context, status=status)


@login_required
@require_POST
def review_withdraw(request: HttpRequest, pk: int, review_id: int) -> HttpResponse:
    """Take a question for an assessment back."""
    by = actor(request)
    case, _initiative = found_case(by, pk)
    if not Review.objects.filter(pk=review_id, case=case).exists():
        raise Http404
    try:
        actions.withdraw_review(by=by, at=timezone.now(), case_id=case.pk, review_id=review_id)
    except Refused as refused:
        messages.error(request, str(refused.verdict.reason))
    else:
        messages.success(request, _("The question is taken back. The person is told."))
    return redirect("secretariat:review_ask", case.pk)


def _review(by: Actor, review_id: int) -> tuple[Review, Initiative]:
    """A review, for the one asked and the secretariat; otherwise as if it were not there."""
    rows = Review.objects.select_related("case", "person", "asked_by", "municipality")
    review = rows.filter(pk=review_id).first()
    if review is None or not policy.can_read_review(by, review, review.case):
        raise Http404
    try:
        return review, get_visible(by, review.case.initiative_id or 0)
    except Initiative.DoesNotExist as error:
        raise Http404 from error


@login_required
def review_answer(request: HttpRequest, review_id: int) -> HttpResponse:
    """The assessment one is asked for: what it is about, a text and a conclusion."""
    by, on = actor(request), timezone.localdate()
    review, initiative = _review(by, review_id)
    form = ReviewForm(request.POST or None, initial={"version": review.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_review(by=by, at=timezone.now(), review_id=review.pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                if isinstance(refused, Stale):
                    renew(form, _review(by, review_id)[0].version)
                status = 409
            else:
                messages.success(request, _("The assessment is kept, and the secretariat is told."))
                return redirect("secretariat:review_answer", review.pk)
    return render(
        request, "secretariat/review_answer.html", _answer_page(by, review, initiative, form, on), status=status
    )


def _answer_page(by: Actor, review: Review, initiative: Initiative, form: ReviewForm, on: Any) -> dict[str, Any]:
    seen = readable(by, initiative, on=on)
    submission = submission_of(initiative)
    lines = content_lines(submission.content.content) if submission else []
    written = review.case.assessments.filter(kind=review.kind, municipality=review.municipality)
    return {
        "review": review,
        "initiative": initiative,
        "written": written.select_related("written_by").first() if review.answered_at else None,
        "can_answer": policy.can_answer_review(by, review, review.case),
        "lines": [line for line in lines if seen.shows(line.group)],
        "files": file_lines(attachments_of(seen)),
        "form": form,
    }
