"""The idea bank: all ideas, sending one, and one idea with what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.initiatives.actions import send_idea
from samrad.initiatives.content import MAX_LINE
from samrad.initiatives.forms.ideas import CommentForm, IdeaForm, IdeaListForm, PlaceForm
from samrad.initiatives.models import Idea, IdeaAnswer, Initiative
from samrad.initiatives.policy import (
    can_answer_idea,
    can_make_need,
    can_support_idea,
    can_undo_answer,
    can_withdraw_idea,
)
from samrad.initiatives.queries import (
    alike,
    days_to_answer,
    dialogue,
    follows,
    get_idea,
    ideas_alike,
    led_to,
    listed_ideas,
    owes_answer,
    standing_answer,
    visible_to,
)
from samrad.initiatives.views.alike import alike_url
from samrad.initiatives.views.found import upwards
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

PAGE = 25
COLOURS = {"": "yellow", "need": "green", "gathered": "blue", "exists": "blue", "declined": "grey"}


def found_idea(by: Actor, idea_id: int) -> Idea:
    """The idea, if the actor sees it."""
    try:
        return get_idea(by, idea_id)
    except (Idea.DoesNotExist, OverflowError) as error:
        raise Http404 from error


@dataclass(frozen=True)
class IdeaLine:
    """One idea in a list: its state in a word, and how much there is of what others have given it."""

    idea: Any
    state: str
    colour: str


def lines_of(ideas: list[Any]) -> list[IdeaLine]:
    """Ideas as a list shows them."""
    labels: dict[Any, Any] = {**dict(IdeaAnswer.Kind.choices), None: _("Waits for an answer")}
    return [
        IdeaLine(i, _("Withdrawn"), "grey")
        if i.withdrawn_at
        else IdeaLine(i, str(labels[i.answer]), COLOURS[i.answer or ""])
        for i in ideas
    ]


@login_required
def idea_list(request: HttpRequest) -> HttpResponse:
    """The idea bank: search, narrow, sort, page."""
    by = actor(request)
    form = IdeaListForm(by=by, data=request.GET)
    page = Paginator(form.narrowed(listed_ideas(by)), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(list(page)),
        "narrowed": any(name != "sort" for name in form.chosen()),
        "today": timezone.localdate(),
    }
    return render(request, "initiatives/idea_list.html", context)


@login_required
def idea_start(request: HttpRequest) -> HttpResponse:
    """Two fields and send. What is like it is shown while one writes, and by a button where there is no JavaScript."""
    by = actor(request)
    look = request.method == "POST" and "look" in request.POST
    form = IdeaForm(by=by, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and not look and form.is_valid():
        idea = send_idea(by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your idea is sent. You are told when it has its answer."))
        return redirect("initiatives:idea_detail", idea.pk)
    similar = _alike(by, request.POST.get("title", "")) if look else {}
    days = days_to_answer(by, on=timezone.localdate())
    context = {"form": form, **similar, "looked": look, "errors": not look and bool(form.errors), "days": days}
    return render(request, "initiatives/idea_start.html", context)


def _alike(by: Actor, title: str) -> dict[str, Any]:
    """The ideas and initiatives that are like what one writes."""
    title = title[:MAX_LINE]
    lines = alike(by, title, on=timezone.localdate())
    return {"ideas": ideas_alike(by, title), "lines": [(line, alike_url(line)) for line in lines]}


@login_required
def idea_alike(request: HttpRequest) -> HttpResponse:
    """What others have written that is like a text: a part of the page where an idea is written."""
    return render(request, "initiatives/_like_this.html", _alike(actor(request), request.GET.get("title", "")))


@dataclass(frozen=True)
class LedTo:
    """What an idea led to, as far as the reader may see it."""

    initiative: Initiative
    url: str


def _led_to(by: Actor, idea: Idea) -> LedTo | None:
    initiative = led_to(idea)
    if initiative is None:
        return None
    seen = visible_to(by).filter(pk=initiative.pk).exists()
    story = upwards("overview:initiative_story", initiative.pk) or reverse(
        "initiatives:initiative_detail", args=[initiative.pk]
    )
    return LedTo(initiative, story if seen else "")


def _holder(idea: Idea) -> str:
    names = ", ".join(person.name for person in owes_answer(idea, on=timezone.localdate()))
    if idea.field is None:
        return _("the secretariat (%(names)s)") % {"names": names or "–"}
    return _("the expert group %(field)s (%(names)s)") % {"field": idea.field.name, "names": names or "–"}


@login_required
def idea_detail(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One idea: with whom it lies, what became of it, what is said, and what one can do."""
    by = actor(request)
    idea = found_idea(by, idea_id)
    answer = standing_answer(idea)
    supports = list(idea.supports.values_list("person_id", flat=True))
    waits = answer is None and idea.withdrawn_at is None
    kind = answer.kind if answer else ""
    state = (
        _("Withdrawn") if idea.withdrawn_at else str(IdeaAnswer.Kind(kind).label) if kind else _("Waits for an answer")
    )
    answers = can_answer_idea(by, idea)
    context = {
        "idea": idea,
        "answer": answer,
        "state": state,
        "colour": "grey" if idea.withdrawn_at else COLOURS[kind],
        "holder": _holder(idea) if waits else "",
        "late": idea.due_date < timezone.localdate(),
        "waits": waits,
        "supporters": len(supports),
        "supported": by.person_id in supports,
        "may_support": can_support_idea(by, idea),
        "followed": follows(by, idea_id=idea.pk),
        "remarks": dialogue(idea),
        "comment_form": CommentForm(),
        "gathered": list(idea.gathered.select_related("owner")),
        "may_answer": answers,
        "may_make_need": can_make_need(by, idea) if waits else None,
        "may_undo": answer is not None and can_undo_answer(by, idea),
        "may_withdraw": can_withdraw_idea(by, idea, answered=answer is not None),
        "place_form": PlaceForm(idea=idea, initial={"version": idea.version}) if answers and waits else None,
        "led_to": _led_to(by, idea),
    }
    return render(request, "initiatives/idea_detail.html", context)
