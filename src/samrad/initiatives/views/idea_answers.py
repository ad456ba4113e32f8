"""Answering an idea: what becomes of it and why, which ideas belong together, and letting it become a need."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.verdict import Refused, Stale
from samrad.initiatives.actions import answer_idea, gather_ideas, make_need, place_idea, undo_answer
from samrad.initiatives.forms.ideas import GatherForm, IdeaAnswerForm, PlaceForm
from samrad.initiatives.models import Idea, IdeaAnswer
from samrad.initiatives.policy import can_answer_idea, can_make_need
from samrad.initiatives.queries import ideas_alike, listed_ideas, standing_answer
from samrad.initiatives.views.ideas import found_idea
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

Kind = IdeaAnswer.Kind
MOST_OTHERS = 60


def _others(by: Actor, idea: Idea, *, leading: bool) -> list[Idea]:
    """Ideas this one may be gathered with by the actor, the most alike first: those that may lead, or those not answered."""
    first = ideas_alike(by, f"{idea.title} {idea.text[:200]}", but=idea.pk)
    rows = listed_ideas(by).filter(leading__isnull=True, withdrawn_at__isnull=True).exclude(pk=idea.pk)
    found = {i.pk: i for i in [*first, *rows[:MOST_OTHERS]]}
    kept = [i for i in found.values() if i.withdrawn_at is None and can_answer_idea(by, i)]
    if leading:
        return kept
    return [i for i in kept if i.became_id is None and i.answer is None and not i.gathered_number]


def _kinds(by: Actor, idea: Idea, leading: list[Idea]) -> list[str]:
    """What whoever answers may choose among; an author who may report needs can only go on with it."""
    if not can_answer_idea(by, idea):
        return [Kind.NEED]
    gathers = [Kind.GATHERED] if leading and not idea.gathered.exists() else []
    return [Kind.NEED, *gathers, Kind.EXISTS, Kind.DECLINED]


@login_required
def idea_answer(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Say what becomes of the idea, and why."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    if not can_answer_idea(by, idea):
        can_make_need(by, idea).require()
    if standing_answer(idea) is not None:
        messages.info(request, _("The idea has its answer."))
        return redirect("initiatives:idea_detail", idea.pk)
    leading = _others(by, idea, leading=True)
    form = IdeaAnswerForm(
        request.POST or None,
        kinds=_kinds(by, idea, leading),
        leading=leading,
        initial={"version": idea.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, by, idea, form.cleaned_data, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused.verdict.reason))
            status = 409 if isinstance(refused, Stale) else 403
            return render(request, "initiatives/idea_answer.html", {"idea": idea, "form": form}, status=status)
    return render(request, "initiatives/idea_answer.html", {"idea": idea, "form": form})


def _answered(
    request: HttpRequest, by: Actor, idea: Idea, said: dict[str, Any], *, at: datetime
) -> HttpResponseRedirectBase:
    act: dict[str, Any] = {"by": by, "at": at, "version": said["version"], "reason": said["reason"]}
    if said["kind"] == Kind.NEED:
        need = make_need(idea_id=idea.pk, **act)
        messages.success(request, _("The draft is made with the idea's words. Write on from here."))
        return redirect("initiatives:draft_step", need.pk, 1)
    if said["kind"] == Kind.GATHERED:
        act["version"] = None  # the version is that of the idea answered, not of the one it is gathered with
        gather_ideas(leading_id=int(said["leading"]), idea_ids=[idea.pk], **act)
    else:
        answer_idea(idea_id=idea.pk, kind=said["kind"], **act)
    messages.success(request, _("The answer is given. %(author)s is told.") % {"author": idea.author.name})
    return redirect("initiatives:idea_detail", idea.pk)


@login_required
def idea_gather(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Gather other ideas under this one."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    can_answer_idea(by, idea).require()
    others = _others(by, idea, leading=False)
    initial = {"version": idea.version}
    form = GatherForm(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        gather_ideas(
            by=by,
            at=timezone.now(),
            leading_id=idea.pk,
            idea_ids=[int(pk) for pk in said["ideas"]],
            version=said["version"],
            reason=said["reason"],
        )
        messages.success(request, _("The ideas are gathered. Those who sent them are told."))
        return redirect("initiatives:idea_detail", idea.pk)
    return render(request, "initiatives/idea_gather.html", {"idea": idea, "form": form, "others": others})


@login_required
@require_POST
def idea_place(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Move the idea to the field it belongs to."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    can_answer_idea(by, idea).require()
    form = PlaceForm(request.POST, idea=idea)
    if form.is_valid():
        said = form.cleaned_data
        place_idea(by=by, at=timezone.now(), idea_id=idea.pk, version=said["version"], field=said["field"])
        messages.success(request, _("The idea is moved. Those who now owe the answer are told."))
    else:
        messages.error(request, _("Choose a field from the list."))
    return redirect("initiatives:idea_detail", idea.pk)


@login_required
@require_POST
def idea_answer_undo(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Take the answer back."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    undo_answer(by=by, at=timezone.now(), idea_id=idea.pk, version=version)
    messages.success(request, _("The answer is taken back. The idea waits for a new one."))
    return redirect("initiatives:idea_detail", idea.pk)
