"""Publishing the documents of a meeting, and considering what is held back in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.council import actions
from samrad.council.forms import ConsiderForm, PublishForm, WithdrawForm
from samrad.council.models import Publication, WiderAccess
from samrad.council.policy import publishing as policy
from samrad.council.queries.publishing import CLOSED, Document, HeldBack, binding, documents_of, opens_meetings
from samrad.council.views.page import _agenda, _status, _version
from samrad.organisation.middleware import actor
from samrad.organisation.policy import GROUP_LABELS


@login_required
def publish_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which documents of a meeting are published, and to whom."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_publish(by, agenda.meeting).require()
    today = timezone.localdate()
    documents = documents_of(agenda, on=today)
    opened = opens_meetings(agenda.meeting.body_id, today)
    audience = Publication.Audience.PUBLIC if opened else Publication.Audience.ELECTED
    form = PublishForm(
        request.POST or None, initial={"audience": audience}, keys=[document.key for document in documents]
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.publish_documents(
                    by=by, at=timezone.now(), meeting_id=pk, version=_version(request), **form.cleaned_data
                )
                messages.success(request, _published(len(made)))
                return redirect("council:publish_list", pk)
            except Refused as refused:
                blame(form, refused)
                status = _status(refused)
    context = {
        "meeting": agenda.meeting,
        "rows": [(document, policy.may_be_published(document)) for document in documents],
        "form": form,
        "ticked": request.POST.getlist("documents") or _usual(documents),
        "opened": opened,
        "public": policy.may_be_public(Publication.Audience.PUBLIC, opened=opened),
    }
    return render(request, "council/publish_list.html", context, status=status)


def _usual(documents: list[Document]) -> list[str]:
    """What is ticked to begin with: all that is ready and not published."""
    return [d.key for d in documents if d.standing is None and policy.may_be_published(d)]


def _published(count: int) -> str:
    return _("The document is published.") if count == 1 else _("%(count)s documents are published.") % {"count": count}


def _document(request: HttpRequest, pk: int, key: str) -> tuple[Any, Document]:
    agenda = _agenda(request, pk)
    policy.can_publish(actor(request), agenda.meeting).require()
    found = next((d for d in documents_of(agenda, on=timezone.localdate()) if d.key == key), None)
    if found is None:
        raise Http404
    return agenda, found


def _consider_form(held: HeldBack, *, binds: bool, data: Any = None) -> ConsiderForm:
    allowed = policy.outcomes_for(held, binds=binds)
    outcomes = [(code, label) for code, label in WiderAccess.Outcome.choices if code in allowed]
    return ConsiderForm(data, outcomes=outcomes, prefix=held.key)


@login_required
def publish_detail(request: HttpRequest, pk: int, document: str) -> HttpResponse:
    """One document: who can read it, what is held back in it and why, and what has been published before."""
    return _detail(request, *_document(request, pk, document))


def _detail(
    request: HttpRequest,
    agenda: Any,
    document: Document,
    *,
    typed: dict[str, ConsiderForm] | None = None,
    withdraw: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = typed or {}
    bound = binding(document.held, on=timezone.localdate())
    held = [
        {
            "row": one,
            "group": _("Closed doors") if one.group == CLOSED else GROUP_LABELS.get(one.group, one.group),
            "form": forms.get(one.key) or _consider_form(one, binds=one.key in bound),
            "binds": one.key in bound,
        }
        for one in document.held
    ]
    context = {
        "meeting": agenda.meeting,
        "document": document,
        "ready": policy.may_be_published(document),
        "held": held,
        "wrong": next(iter(forms.values()), None) or withdraw,
        "withdraw": withdraw or WithdrawForm(auto_id="id_withdraw_%s"),
    }
    return render(request, "council/publish_detail.html", context, status=status)


@login_required
@require_POST
def access_consider(request: HttpRequest, pk: int, document: str) -> HttpResponse:
    """Answer whether what is held back can be shown all the same."""
    agenda, found = _document(request, pk, document)
    held = next((one for one in found.held if one.key == request.POST.get("held")), None)
    if held is None:
        messages.error(request, _("This is not held back any longer."))
        return redirect("council:publish_detail", pk, document)
    bound = binding([held], on=timezone.localdate())
    form, status = _consider_form(held, binds=held.key in bound, data=request.POST), 422
    if form.is_valid():
        said = {"document": document, "held": held.key, **form.cleaned_data}
        try:
            actions.consider_wider_access(by=actor(request), at=timezone.now(), meeting_id=pk, **said)
            messages.success(request, _("Your answer is kept."))
            return redirect("council:publish_detail", pk, document)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    return _detail(request, agenda, found, typed={held.key: form}, status=status)


@login_required
@require_POST
def publication_withdraw(request: HttpRequest, pk: int, document: str) -> HttpResponse:
    """Withdraw a published document."""
    agenda, found = _document(request, pk, document)
    if found.standing is None:
        messages.error(request, _("The document is not published any longer."))
        return redirect("council:publish_detail", pk, document)
    form, status = WithdrawForm(request.POST, auto_id="id_withdraw_%s"), 422
    if form.is_valid():
        try:
            actions.withdraw_document(
                by=actor(request),
                at=timezone.now(),
                meeting_id=pk,
                publication_id=found.standing.pk,
                version=_version(request),
                **form.cleaned_data,
            )
            messages.success(request, _("The document is withdrawn. Nobody reads it from now on."))
            return redirect("council:publish_detail", pk, document)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    return _detail(request, agenda, found, withdraw=form, status=status)
