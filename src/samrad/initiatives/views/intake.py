"""At the door: what is operation goes to the service desk, and a mail or a ticket becomes a draft for its right owner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.initiatives.actions import answer_takeover, forward_to_service_desk, take_back, turn_into_draft
from samrad.initiatives.content import BY_CODE
from samrad.initiatives.forms.intake import ReasonForm, RequestForm
from samrad.initiatives.forms.steps import people_choices
from samrad.initiatives.models import Initiative, Takeover
from samrad.initiatives.policy import can_answer_takeover, can_forward, can_take_in_request, is_writer
from samrad.initiatives.queries import (
    forwarding_of,
    kinds_of,
    possible_owners,
    service_desk_for,
    takeovers_visible_to,
)
from samrad.initiatives.views.found import found, to_edit
from samrad.organisation.middleware import actor


def _posted_version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _written(initiative: Initiative) -> list[tuple[str, str]]:
    """The answers that go along to the service desk."""
    told = {"title": initiative.title, **initiative.answers}
    codes = ("title", "problem", "if_nothing", "affected")
    return [(str(BY_CODE[code].label), told[code]) for code in codes if told.get(code)]


@login_required
def operational(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """«This goes to the service desk»: why, where, and forwarding it with one press. Nothing typed is lost."""
    by, at = actor(request), timezone.now()
    initiative = found(by, initiative_id)
    kinds = kinds_of(by, initiative)
    is_writer(kinds).require()
    if request.method == "POST":
        forward_to_service_desk(by=by, at=at, initiative_id=initiative.pk, version=_posted_version(request))
        messages.success(request, _("It is forwarded to the service desk."))
        return redirect("initiatives:operational", initiative.pk)
    desk = service_desk_for(initiative.owner_id, initiative.shared_with_id, on=timezone.localdate(at))
    context = {
        "initiative": initiative,
        "desk": desk,
        "forwarding": forwarding_of(initiative),
        "written": _written(initiative),
        "verdict": can_forward(by, initiative, kinds=kinds, desk=desk is not None),
    }
    return render(request, "initiatives/operational.html", context)


@login_required
@require_POST
def operational_take_back(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Take it back from the service desk: it was more than operation."""
    by = actor(request)
    initiative = found(by, initiative_id)
    take_back(by=by, at=timezone.now(), initiative_id=initiative.pk)
    messages.success(request, _("It is a draft again, as you wrote it. Tell the service desk too."))
    to_edit(by, initiative.pk)
    return redirect("initiatives:draft_step", initiative.pk, 1)


def _again(request: HttpRequest) -> dict[str, Any]:
    """What was turned down, to be sent to another."""
    number = request.GET.get("again", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return {}
    earlier = takeovers_visible_to(actor(request)).filter(pk=int(number), asked_by_id=actor(request).person_id).first()
    return {"subject": earlier.subject, "sender": earlier.sender, "text": earlier.text} if earlier else {}


@login_required
def request_take_in(request: HttpRequest) -> HttpResponse:
    """A mail or a ticket becomes a draft, and its right owner is asked to take it over."""
    by = actor(request)
    can_take_in_request(by).require()
    people = people_choices(list(possible_owners(by)))
    posted = request.method == "POST"
    form = RequestForm(request.POST if posted else None, people=people, initial=_again(request))
    if posted and form.is_valid():
        data = form.cleaned_data
        takeover = turn_into_draft(
            by=by,
            at=timezone.now(),
            subject=data["subject"],
            sender=data["sender"],
            text=data["text"],
            need_owner_id=int(data["need_owner"]),
        )
        told = _("%(name)s is asked to take over the draft %(reference)s.")
        names = {"name": takeover.asked.name, "reference": takeover.initiative.reference}
        messages.success(request, told % names)
        return redirect("initiatives:request_take_in")
    sent = takeovers_visible_to(by).filter(asked_by_id=by.person_id).order_by("-asked_at", "-pk")[:50]
    context = {"form": form, "sent": list(sent)}
    return render(request, "initiatives/request_take_in.html", context, status=422 if form.errors else 200)


@login_required
def takeover_answer(request: HttpRequest, takeover_id: int) -> HttpResponse:
    """«Is this need yours?»: take the draft over, or turn it down and say why."""
    by = actor(request)
    try:
        takeover = takeovers_visible_to(by).get(pk=takeover_id)
    except (Takeover.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    posted, answer = request.method == "POST", request.POST.get("answer", "")
    form = ReasonForm(request.POST if posted and answer == Takeover.Answer.TURNED_DOWN else None)
    if posted and answer in Takeover.Answer.values and (answer == Takeover.Answer.TAKEN or form.is_valid()):
        reason = form.cleaned_data["reason"] if form.is_bound else ""
        answer_takeover(by=by, at=timezone.now(), takeover_id=takeover.pk, answer=answer, reason=reason)
        if answer == Takeover.Answer.TAKEN:
            messages.success(request, _("The draft is yours. Write on."))
            return redirect("initiatives:draft_step", takeover.initiative_id, 1)
        messages.success(request, _("You have turned it down. %(name)s is told.") % {"name": takeover.asked_by.name})
        return redirect("initiatives:takeover_answer", takeover.pk)
    context = {
        "takeover": takeover,
        "initiative": takeover.initiative,
        "form": form,
        "verdict": can_answer_takeover(by, takeover),
    }
    return render(request, "initiatives/takeover_answer.html", context, status=422 if form.errors else 200)
