"""The yearly point where the elected are heard on the strategy."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.organisation.middleware import actor
from samrad.strategy import actions, policy, queries
from samrad.strategy.forms import AnswerForm, InputForm, RecordInputForm, RoundForm
from samrad.strategy.models import InputRound
from samrad.strategy.views.strategies import found


def _round(request: HttpRequest, pk: int) -> InputRound:
    return get_object_or_404(queries.rounds_of(actor(request)), pk=pk)


@login_required
def round_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the elected for their input this year."""
    by, strategy = actor(request), found(request, pk)
    policy.can_open_round(by, strategy).require()
    taken = set(strategy.rounds.values_list("year", flat=True))
    form = RoundForm(request.POST or None, taken=taken, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        asked = actions.open_round(by=by, at=timezone.now(), strategy_id=pk, **form.cleaned_data)
        messages.success(request, _("The elected are asked. They have been told."))
        return redirect("strategy:round_detail", asked.pk)
    title = _("Ask the elected")
    context = {"form": form, "title": title, "label": _("Ask them"), "strategy": strategy}
    return render(request, "strategy/form.html", context, status=422 if form.errors else 200)


@login_required
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the elected are asked, what they have said, and what came of it. Everyone in the house can read it."""
    by, asked, now = actor(request), _round(request, pk), timezone.now()
    may_give = policy.can_give_input(by, asked, on=timezone.localdate(now))
    form = InputForm(request.POST or None)
    if request.method == "POST":
        may_give.require()
        if form.is_valid():
            actions.give_input(by=by, at=now, round_id=pk, **form.cleaned_data)
            messages.success(request, _("Thank you. Your input is recorded, and you are told when it is answered."))
            return redirect("strategy:round_detail", pk)
    records = policy.can_record_input(by, asked)
    context = {
        "round": asked,
        "strategy": asked.strategy,
        "inputs": list(asked.inputs.select_related("said_by__owner", "recorded_by", "answered_by")),
        "form": form,
        "may_give": may_give,
        "elected": by.holds("elected_rep"),
        "records": records,
        "open": asked.opens_on <= timezone.localdate(now) <= asked.closes_on,
    }
    return render(request, "strategy/round_detail.html", context, status=422 if form.errors else 200)


@login_required
def input_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what an elected representative or a body said elsewhere, with the source."""
    by, asked, now = actor(request), _round(request, pk), timezone.now()
    policy.can_record_input(by, asked).require()
    people = queries.elected_of(asked.strategy.owner, on=timezone.localdate(now))
    form = RecordInputForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = data["said_by"].pk if data["said_by"] else None
        actions.give_input(
            by=by,
            at=now,
            round_id=pk,
            text=data["text"],
            said_by_id=person,
            said_by_name=data["said_by_name"],
            source=data["source"],
        )
        messages.success(request, _("The input is written down."))
        return redirect("strategy:round_detail", pk)
    context = {
        "form": form,
        "title": _("Write down input for others"),
        "label": _("Write it down"),
        "strategy": asked.strategy,
        "round": asked,
    }
    return render(request, "strategy/form.html", context, status=422 if form.errors else 200)


@login_required
def input_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an input, with the reason."""
    by = actor(request)
    said = get_object_or_404(queries.inputs_of(by), pk=pk)
    policy.can_answer_input(by, said).require()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_input(by=by, at=timezone.now(), input_id=pk, **form.cleaned_data)
        messages.success(request, _("The answer is recorded, and the one who gave the input is told."))
        return redirect("strategy:round_detail", said.round_id)
    context = {"form": form, "said": said, "strategy": said.round.strategy}
    return render(request, "strategy/input_answer.html", context, status=422 if form.errors else 200)
