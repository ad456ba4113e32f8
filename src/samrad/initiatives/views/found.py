"""The initiative a page is about, or 404 as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samrad.core.components import FormStep, Requirement
from samrad.core.verdict import Lack, Verdict
from samrad.initiatives.content import FIELDS, RESPONSIBLES, STEPS, Plan
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import OWN, can_edit, off_anchors
from samrad.initiatives.policy import lacks as lacks_of
from samrad.initiatives.queries import (
    benefits_of,
    get_visible,
    kinds_of,
    responsibles,
)
from samrad.initiatives.screening import Question
from samrad.organisation.actors import Actor


def found(by: Actor, initiative_id: int) -> Initiative:
    """The initiative, if the actor sees anything of it."""
    try:
        return get_visible(by, initiative_id)
    except (Initiative.DoesNotExist, OverflowError) as error:
        raise Http404 from error


def may_edit(by: Actor, initiative: Initiative) -> Verdict:
    """May the actor change what is written?"""
    return can_edit(by, initiative, kinds=kinds_of(by, initiative))


def to_edit(by: Actor, initiative_id: int) -> Initiative:
    """The initiative, if the actor may change it; refused with the reason where it can be seen but not changed."""
    initiative = found(by, initiative_id)
    may_edit(by, initiative).require()
    return initiative


def upwards(name: str, *args: object) -> str:
    """The address of a page in a later room, or nothing where that room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def field_url(initiative: Initiative, step: int | str, anchor: str) -> str:
    """The address of a field in its step."""
    if step == OWN:
        return f"{reverse('initiatives:own_answer', args=[initiative.pk])}#{anchor}"
    return f"{reverse('initiatives:draft_step', args=[initiative.pk, int(step)])}#{anchor}"


def form_pages(
    initiative: Initiative, *, plan: Plan, current: int | None, lacks: Sequence[Lack] = ()
) -> list[FormStep]:
    """Every page of the form in its order: the steps of the plan, then the attachments (`current` None)."""
    shown = sorted({*plan.steps, *([current] if current else [])})
    pages = [
        FormStep(
            STEPS[step],
            reverse("initiatives:draft_step", args=[initiative.pk, step]),
            step == current,
            lacking=sum(1 for lack in lacks if lack.step == str(step)),
        )
        for step in shown
    ]
    files = reverse("initiatives:draft_files", args=[initiative.pk])
    return [*pages, FormStep(_("Attachments"), files, current is None)]


def missing(initiative: Initiative, *, plan: Plan, questions: Sequence[Question]) -> tuple[Lack, ...]:
    """What the minimum requirements still lack."""
    return lacks_of(initiative, benefits_of(initiative), responsibles(initiative), plan=plan, questions=questions)


def checklist(initiative: Initiative, *, plan: Plan, lacks: Sequence[Lack]) -> list[Requirement]:
    """Every minimum requirement, done or not; what is on the page fills while one types."""
    lacking = {lack.anchor: lack for lack in lacks}
    off = off_anchors(plan)
    own: list[tuple[str, int | str, str]] = [(one.question, OWN, f"id_{one.code}") for one in plan.own]
    wanted: list[tuple[str, int | str, str]] = [(str(f.label), f.step, f"id_{f.code}") for f in FIELDS if plan.needs(f)]
    wanted.append((_("At least one benefit"), 4, "id_benefits-0-title"))
    wanted += [(str(label), 6, f"id_{kind}") for kind, label, minimum in RESPONSIBLES if minimum]
    known = {anchor for _label, _step, anchor in wanted}
    wanted += [
        (str(lack.text), int(lack.step), anchor)
        for anchor, lack in lacking.items()
        if anchor not in known and lack.step != OWN
    ]
    return [
        Requirement(label, anchor not in lacking, field_url(initiative, step, anchor), field=anchor)
        for label, step, anchor in [*sorted(wanted, key=lambda one: int(one[1])), *own]
        if anchor not in off
    ]
