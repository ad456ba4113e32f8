"""Pages where one answers, writes down an answer, and contests one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import LABELS, AnswerForm, RecordForm, VersionForm
from samrad.anchoring.models import Request
from samrad.anchoring.views.finding import find_request
from samrad.core.components import FileLine
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.documents.lines import file_lines
from samrad.initiatives.policy import Sight
from samrad.initiatives.queries import Readable, opens, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.queries import exempt_groups

# What one needs to answer in two minutes; the rest stands below.
SHORT = frozenset({"problem", "wanted", "one_off_kr", "annual_kr", "benefit-1", "benefit-2", "benefit-3"})


def _content(by: Actor, asked: Request) -> dict[str, Any]:
    """What was asked about, for those who see the whole of it, and what has changed since the last answer."""
    now = timezone.localdate()
    seen = readable(by, asked.initiative, on=now)
    if seen.sight < Sight.OPEN:
        return {"lines": [], "previous": None, "files": []}
    previous = queries.last_answer_before(asked)
    lines = queries.content_lines(asked.content.content)
    changes = queries.differences(previous.content.content, asked.content.content) if previous else []
    if seen.sight < Sight.FULL:  # a change could show what is exempt
        lines, changes = [line for line in lines if seen.shows(line.group)], []
    return {
        "lines": lines,
        "short": [line for line in lines if line.code in SHORT],
        "numbers": [change for change in changes if change.is_number],
        "texts": [change for change in changes if not change.is_number],
        "previous": previous,
        "previous_said": queries.said_of(previous) if previous else "",
        "files": _files(seen, asked, now),
    }


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
        "thanked": bool(answer) and asked.contested_at is None and asked.answered_by_id == by.person_id,
        "next": queries.next_of(asked),
        "hearing": asked.kind == Request.Kind.HEARING,
        "before": asked.escalates,
        "before_said": queries.said_of(asked.escalates) if asked.escalates else "",
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
    asked = find_request(by, pk)
    page = "anchoring/request_answer.html"
    if request.method != "POST":
        return _answer_page(request, asked, AnswerForm(asked.kind, initial={"version": asked.version}), page)
    form = AnswerForm(asked.kind, request.POST)
    if not form.is_valid():
        return _answer_page(request, asked, form, page, 422)
    try:
        actions.answer_request(by=by, at=timezone.now(), request_id=pk, **form.cleaned_data)
    except Refused as refused:
        asked = find_request(by, pk)
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
    asked = find_request(by, pk)
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
        asked = find_request(by, pk)
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
    asked = find_request(by, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    actions.contest_answer(by=by, at=timezone.now(), request_id=asked.pk, version=version)
    messages.success(request, _("You have contested the answer. It no longer counts, and the secretariat is told."))
    return redirect("overview:initiative_story", asked.initiative_id)
