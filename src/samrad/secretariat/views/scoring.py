"""Scoring: the case's scoring, one's own score, and withdrawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.models import Case
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.secretariat import actions
from samrad.secretariat.forms.scoring import AssessorForm, FlagsForm, ScoreForm, ScoringForm, WithdrawForm
from samrad.secretariat.models import ScoreCard, Scoring
from samrad.secretariat.policy import house
from samrad.secretariat.policy.scoring import can_change_flags, can_name_assessor, can_score, can_start_scoring
from samrad.secretariat.queries.scoring import Standing, case_to_score, changes_of, interested, may_assess, scorings_of
from samrad.secretariat.ranking import axis_points, spread

WITHDRAW_ID = "withdraw_%s"  # the score's form has reasons too
FLAGS_ID = "id_flags_%s"


def _case(by: Actor, pk: int) -> tuple[Case, Initiative]:
    case = case_to_score(by, pk)
    if case is None or case.initiative is None:
        raise Http404
    return case, case.initiative


def _result(one: Standing) -> dict[str, Any]:
    """A closed scoring, criterion by criterion: what each gave and why, and how far apart they are."""
    rows = [
        {
            "criterion": criterion,
            "spread": spread(criterion, one.given),
            "cells": [card.scores[criterion.code] for card in one.cards],
        }
        for criterion in one.criteria
    ]
    axes = {c.axis: c.axis_name for c in one.criteria}
    points = [(name, axis_points(one.criteria, one.given, axis)) for axis, name in axes.items()]
    return {"standing": one, "rows": rows, "points": [(name, round(value)) for name, value in points]}


def _flags(scoring: Scoring) -> dict[str, Any]:
    return {name: getattr(scoring, name) for name in ("must_do", "security", "urgent", "contract_end")}


def _flags_form(scoring: Scoring | None) -> FlagsForm | None:
    """The form by which the flags of the newest scoring are changed."""
    return FlagsForm(initial={"version": scoring.version, **_flags(scoring)}, auto_id=FLAGS_ID) if scoring else None


def _page(request: HttpRequest, pk: int, status: int = 200, **bound: forms.Form) -> HttpResponse:
    by = actor(request)
    case, initiative = _case(by, pk)
    found = scorings_of(case)
    current = found[0] if found and not found[0].closed else None
    newest = found[0].scoring if found else None
    people = may_assess(house(case), initiative, on=timezone.localdate())
    duty = bool(initiative.answers.get("legal_duty"))
    scoring = current.scoring if current else None
    asked = [card.assessor_id for card in [*current.cards, *current.withdrawn]] if current else []
    context = {
        "case": case,
        "initiative": initiative,
        "current": current,
        "own": current.card_of(by.person_id) if current else None,
        "results": [_result(one) for one in found if one.closed],
        "can_start": can_start_scoring(by, case, scoring),
        "can_name": can_name_assessor(by, case, scoring),
        "newest": newest,
        "flag_changes": changes_of(case),
        "can_change_flags": can_change_flags(by, case) if newest else None,
        "flags_form": _flags_form(newest),
        "scoring_form": ScoringForm(
            initial={"version": case.version, **(_flags(newest) if newest else {"must_do": duty})}, people=people
        ),
        "assessor_form": AssessorForm(
            initial={"version": scoring.version if scoring else 0}, people=people.exclude(pk__in=asked)
        ),
        "problem": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "secretariat/scoring.html", context, status=status)


@login_required
def scoring(request: HttpRequest, pk: int) -> HttpResponse:
    """The scoring of a case: who scores, how far it has come, and what came of it when everyone has scored."""
    return _page(request, pk)


@login_required
@require_POST
def scoring_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the case scored."""
    by = actor(request)
    case, initiative = _case(by, pk)
    people = may_assess(house(case), initiative, on=timezone.localdate())
    form = ScoringForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, pk, 422, scoring_form=form)
    values = {**form.cleaned_data, "assessors": list(form.cleaned_data["assessors"])}
    try:
        actions.start_scoring(by=by, at=timezone.now(), case_id=case.pk, **values)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, Case.objects.get(pk=case.pk).version)
        return _page(request, pk, 409, scoring_form=form)
    messages.success(request, _("Those who score are asked. Each sees the others' scores when everyone has scored."))
    return redirect("secretariat:scoring", case.pk)


@login_required
@require_POST
def flags_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands outside the score after the scoring has begun."""
    by = actor(request)
    case, _initiative = _case(by, pk)
    can_change_flags(by, case).require()
    form = FlagsForm(request.POST, auto_id=FLAGS_ID)
    if not form.is_valid():
        return _page(request, pk, 422, flags_form=form)
    try:
        actions.change_flags(by=by, at=timezone.now(), case_id=case.pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, scorings_of(case)[0].scoring.version)
        return _page(request, pk, 409, flags_form=form)
    messages.success(request, _("What stands outside the score is changed, and the reason stands beside it."))
    return redirect("secretariat:scoring", case.pk)


@login_required
@require_POST
def assessor_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one more to score."""
    by = actor(request)
    case, initiative = _case(by, pk)
    form = AssessorForm(request.POST, people=may_assess(house(case), initiative, on=timezone.localdate()))
    if not form.is_valid():
        return _page(request, pk, 422, assessor_form=form)
    try:
        actions.name_assessor(by=by, at=timezone.now(), case_id=case.pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, scorings_of(case)[0].scoring.version)
        return _page(request, pk, 409, assessor_form=form)
    messages.success(request, _("One more is asked to score."))
    return redirect("secretariat:scoring", case.pk)


def _card(by: Actor, card_id: int) -> tuple[ScoreCard, Case, Initiative, Standing]:
    """One's own card; anybody else's is not there."""
    rows = ScoreCard.objects.filter(pk=card_id, assessor_id=by.person_or_none, withdrawn_at__isnull=True)
    card = rows.select_related("scoring").first()
    if card is None:
        raise Http404
    case, initiative = _case(by, card.scoring.case_id)
    standing = next(one for one in scorings_of(case) if one.scoring.pk == card.scoring_id)
    return card, case, initiative, standing


def _score_page(request: HttpRequest, card_id: int, status: int = 200, **bound: forms.Form) -> HttpResponse:
    by = actor(request)
    card, case, initiative, standing = _card(by, card_id)
    context = {
        "card": card,
        "case": case,
        "initiative": initiative,
        "can_score": can_score(by, standing.scoring, card, interested(initiative)),
        "score_form": ScoreForm(criteria=standing.criteria, given=card.scores),
        "withdraw_form": WithdrawForm(auto_id=WITHDRAW_ID),
        "problem": next(iter(bound.values()), None),
        **bound,
    }
    return render(request, "secretariat/score_give.html", context, status=status)


@login_required
def score_give(request: HttpRequest, card_id: int) -> HttpResponse:
    """Score a case, on one's own."""
    if request.method != "POST":
        return _score_page(request, card_id)
    by = actor(request)
    card, case, _initiative, standing = _card(by, card_id)
    form = ScoreForm(request.POST, criteria=standing.criteria, given={})
    if not form.is_valid():
        return _score_page(request, card_id, 422, score_form=form)
    try:
        actions.score(by=by, at=timezone.now(), card_id=card.pk, given=form.given())
    except Refused as refused:
        blame(form, refused)
        return _score_page(request, card_id, 409, score_form=form)
    messages.success(request, _("Your score is kept. You can change it until everyone has scored."))
    return redirect("secretariat:scoring", case.pk)


@login_required
@require_POST
def score_withdraw(request: HttpRequest, card_id: int) -> HttpResponse:
    """Say that one has an interest in the case, and score it no more."""
    by = actor(request)
    card, case, _initiative, _standing = _card(by, card_id)
    form = WithdrawForm(request.POST, auto_id=WITHDRAW_ID)
    if not form.is_valid():
        return _score_page(request, card_id, 422, withdraw_form=form)
    try:
        actions.withdraw_from_scoring(by=by, at=timezone.now(), card_id=card.pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        return _score_page(request, card_id, 409, withdraw_form=form)
    messages.success(request, _("You no longer score the case. The secretariat sees why."))
    return redirect("secretariat:scoring", case.pk)
