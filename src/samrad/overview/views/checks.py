"""Pages of the yearly self-evaluation: the results over the years, and answering one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.components import Bar
from samrad.core.verdict import Verdict
from samrad.governance.models import Rule
from samrad.governance.queries import statement_rules, statements_on
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.overview.actions import answer_self_check
from samrad.overview.forms import SelfCheckForm
from samrad.overview.models import SelfCheck
from samrad.overview.policy import can_answer_self_check
from samrad.overview.selfcheck import (
    MOST,
    Checked,
    Low,
    Result,
    checked_entities,
    checks_visible_to,
    low_scores,
    result_of,
)

YEARS_BACK = 5  # how it was before the council began can be recorded too


@dataclass(frozen=True)
class Judged:
    """One municipality: its result each year, drawn, and what its last one says should be mended."""

    entity: Entity
    results: list[Result]
    bars: list[Bar]
    low: list[Low]
    note: str
    may_answer: Verdict


def _judged(by: Actor, checked: Checked, checks: list[SelfCheck], rules: list[Rule]) -> Judged:
    held = {c.pk: statements_on(rules, checked.rule_houses, timezone.localdate(c.answered_at)) for c in checks}
    results = [result_of(check, held[check.pk]) for check in checks]
    bars = [Bar(str(r.year), r.average, f"{r.average:.1f}".replace(".", ","), plan=MOST) for r in results]
    last = checks[-1] if checks else None
    low, note = (low_scores(last, held[last.pk]), last.note) if last else ([], "")
    return Judged(checked.entity, results, bars, low, note, can_answer_self_check(by, checked.houses))


@login_required
def self_check_list(request: HttpRequest) -> HttpResponse:
    """How each municipality has judged itself over the years, and where what is low is mended."""
    by, today = actor(request), timezone.localdate()
    by_entity: dict[int, list[SelfCheck]] = {}
    for check in checks_visible_to(by).order_by("year"):
        by_entity.setdefault(check.owner_id, []).append(check)
    entities = checked_entities(by, on=today)
    rules = statement_rules(pk for c in entities for pk in c.rule_houses)
    judged = [_judged(by, c, by_entity.get(c.entity.pk, []), rules) for c in entities]
    refused = next((one.may_answer for one in judged if not one.may_answer), None)
    context = {"judged": judged, "refused": refused, "year": today.year, "before": today.year - 1}
    return render(request, "overview/self_check_list.html", context)


@login_required
def self_check_answer(request: HttpRequest, entity_id: int, year: int) -> HttpResponse:
    """Answer the self-evaluation of one municipality for one year."""
    by, today = actor(request), timezone.localdate()
    checked = next((c for c in checked_entities(by, on=today) if c.entity.pk == entity_id), None)
    if checked is None or not today.year - YEARS_BACK <= year <= today.year:
        raise Http404
    can_answer_self_check(by, checked.houses).require()
    entity = checked.entity
    standing = checks_visible_to(by).filter(owner=entity, year=year).first()
    said = {code: str(score) for code, score in standing.scores.items()} if standing else {}
    initial = {**said, "note": standing.note if standing else "", "version": standing.version if standing else 0}
    statements = statements_on(statement_rules(checked.rule_houses), checked.rule_houses, today)
    form = SelfCheckForm(request.POST or None, statements=statements, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        scores = {s.code: int(data[s.code]) for s in statements}
        answer_self_check(
            by=by,
            at=timezone.now(),
            municipality=entity,
            year=year,
            version=data["version"],
            scores=scores,
            note=data["note"],
        )
        messages.success(request, _("The self-evaluation is kept."))
        return redirect("overview:self_check_list")
    context = {"entity": entity, "year": year, "form": form, "weak": [s.code for s in statements if s.weakness]}
    return render(request, "overview/self_check_answer.html", context)
