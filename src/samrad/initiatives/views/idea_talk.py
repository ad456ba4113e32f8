"""Talking about an idea, supporting it, and following ideas and initiatives."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.initiatives.actions import (
    comment_idea,
    follow_idea,
    follow_initiative,
    remove_comment,
    support_idea,
    withdraw_idea,
)
from samrad.initiatives.forms.ideas import CommentForm
from samrad.initiatives.models import IdeaComment
from samrad.initiatives.views.found import found, upwards
from samrad.initiatives.views.ideas import found_idea
from samrad.organisation.middleware import actor


def _number(text: str | None) -> int | None:
    """An id from a form, or nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


@login_required
@require_POST
def idea_comment(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Write a comment or a question, or answer one."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect(reverse("initiatives:idea_detail", args=[idea.pk]) + "#dialogue")
    answers_to = _number(request.POST.get("answers_to"))
    text = form.cleaned_data["text"]
    comment = comment_idea(by=by, at=timezone.now(), idea_id=idea.pk, text=text, answers_to_id=answers_to)
    messages.success(request, _("What you wrote is there now. Those it concerns are told."))
    return redirect(reverse("initiatives:idea_detail", args=[idea.pk]) + f"#said-{comment.pk}")


@login_required
@require_POST
def comment_remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Remove a comment."""
    by = actor(request)
    comment = IdeaComment.objects.filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    found_idea(by, comment.idea_id)
    idea = remove_comment(by=by, at=timezone.now(), comment_id=comment.pk)
    messages.success(request, _("The comment is removed."))
    return redirect(reverse("initiatives:idea_detail", args=[idea.pk]) + "#dialogue")


@login_required
@require_POST
def idea_support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Support an idea, or take the support back."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    support_idea(by=by, at=timezone.now(), idea_id=idea.pk, supported="back" not in request.POST)
    return redirect("initiatives:idea_detail", idea.pk)


@login_required
@require_POST
def idea_follow(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Follow an idea, or stop."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    follow_idea(by=by, at=timezone.now(), idea_id=idea.pk, followed="stop" not in request.POST)
    return redirect("initiatives:idea_detail", idea.pk)


@login_required
@require_POST
def initiative_follow(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Follow an initiative, or stop."""
    by = actor(request)
    initiative = found(by, initiative_id)
    followed = "stop" not in request.POST
    follow_initiative(by=by, at=timezone.now(), initiative_id=initiative.pk, followed=followed)
    if followed:
        messages.success(request, _("You follow it. You are told in the weekly letter, and find it on your page."))
    else:
        messages.success(request, _("You no longer follow it."))
    back = upwards("overview:initiative_story", initiative.pk)
    return redirect(back or reverse("initiatives:initiative_detail", args=[initiative.pk]))


@login_required
@require_POST
def idea_withdraw(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Take one's own idea back."""
    by = actor(request)
    idea = withdraw_idea(by=by, at=timezone.now(), idea_id=found_idea(by, idea_id).pk)
    messages.success(request, _("Your idea is withdrawn. Only you see it now."))
    return redirect("initiatives:idea_detail", idea.pk)
