"""The review of status: strategy, goals and principles beside the projects, and «still right?» for each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import StillRightForm
from samrad.portfolio.models import Portfolio
from samrad.portfolio.queries import review
from samrad.portfolio.views.projects import _portfolio, _strategies

COLOURS = {"yes": "green", "change": "yellow", "no": "red"}


def _beside(portfolio: Portfolio) -> dict[str, Any]:
    """What the projects are held against."""
    strategies = _strategies(portfolio)
    return {"portfolio": portfolio, "strategies": strategies, "goals": review.goals_of([s.pk for s in strategies])}


@login_required
def review_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every project under way with its newest answer, and what they are held against."""
    by, portfolio = actor(request), _portfolio(request, pk)
    answers = {row.project_id: row for row in review.newest_answers([portfolio])}
    rows = [(project, answers.get(project.pk)) for project in review.reviewed(by, portfolio)]
    context = {
        **_beside(portfolio),
        "rows": [(project, answer, COLOURS[answer.answer] if answer else "") for project, answer in rows],
        "left": sum(1 for _project, answer in rows if answer is None),
        "may": policy.can_review(by, portfolio, queries.on_board(portfolio, on=timezone.localdate())),
    }
    return render(request, "portfolio/review_list.html", context)


@login_required
def review_answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say whether one project is still right; then comes the next that nobody has answered for."""
    by, portfolio = actor(request), _portfolio(request, pk)
    policy.can_review(by, portfolio, queries.on_board(portfolio, on=timezone.localdate())).require()
    projects = list(review.reviewed(by, portfolio))
    project = get_object_or_404(review.reviewed(by, portfolio), pk=number)
    answers = list(project.still_right.filter(portfolio=portfolio).select_related("answered_by"))
    form, status = StillRightForm(request.POST or None, initial={"version": answers[0].pk if answers else 0}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            said = {"after": data["version"], "answer": data["answer"], "reason": data["reason"]}
            try:
                actions.answer_still_right(by=by, at=timezone.now(), portfolio=portfolio, project_id=project.pk, **said)
                messages.success(request, _("Saved."))
                known = {row.project_id: row for row in review.newest_answers([portfolio])}
                following = next((p.pk for p in projects if p.pk not in known), None)
                if following is None:
                    return redirect("portfolio:review_list", portfolio.pk)
                return redirect("portfolio:review_answer", portfolio.pk, following)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {**_beside(portfolio), "project": project, "answers": answers, "form": form}
    return render(request, "portfolio/review_answer.html", context, status=status)
