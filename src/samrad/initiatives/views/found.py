"""The initiative a page is about, or 404 as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.governance.queries import own_requirements, switched_off
from samrad.initiatives.content import FIELDS, RESPONSIBLES, STEPS
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import COVERED, OWN, can_edit, house_id, lacks
from samrad.initiatives.queries import benefits_of, get_visible, kinds_of, responsibles
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


@dataclass(frozen=True)
class FormPage:
    """One page of the form, as the list of steps shows it."""

    label: str
    url: str
    current: bool


def form_pages(initiative: Initiative, *, current: int | None) -> list[FormPage]:
    """Every page of the form in its order: the steps, then the attachments (`current` None)."""
    pages = [
        FormPage(str(label), reverse("initiatives:draft_step", args=[initiative.pk, step]), step == current)
        for step, label in STEPS.items()
    ]
    files = reverse("initiatives:draft_files", args=[initiative.pk])
    return [*pages, FormPage(_("Attachments"), files, current is None)]


@dataclass(frozen=True)
class Requirement:
    """One minimum requirement in the checklist."""

    label: str
    done: bool
    url: str


def missing(initiative: Initiative) -> tuple[Lack, ...]:
    """What the minimum requirements still lack."""
    return lacks(initiative, benefits_of(initiative), responsibles(initiative))


def checklist(initiative: Initiative) -> list[Requirement]:
    """Every minimum requirement, done or not."""
    lacking = {lack.anchor for lack in missing(initiative)}
    off = {a for code in switched_off(house_id(initiative), initiative.size) for a in COVERED.get(code, ())}
    own: list[tuple[str, int | str, str]] = [
        (one.question, OWN, f"id_{one.code}") for one in own_requirements(house_id(initiative), initiative.size)
    ]
    wanted = [(str(f.label), f.step, f"id_{f.code}") for f in FIELDS if f.minimum and f.step < 4]
    wanted.append((_("At least one benefit"), 4, "id_benefits-0-title"))
    wanted += [(str(f.label), f.step, f"id_{f.code}") for f in FIELDS if f.minimum and f.step == 5]
    if "id_zero_reason" in lacking:
        wanted.append((_("Why it costs nothing"), 5, "id_zero_reason"))
    wanted += [(str(label), 6, f"id_{kind}") for kind, label, minimum in RESPONSIBLES if minimum]
    wanted += [(str(f.label), f.step, f"id_{f.code}") for f in FIELDS if f.minimum and f.step > 6]
    return [
        Requirement(label, anchor not in lacking, field_url(initiative, step, anchor))
        for label, step, anchor in [*wanted, *own]
        if anchor not in off
    ]
