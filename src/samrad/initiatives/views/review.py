"""«Look it over and send»: everything that is written, what is missing, and the way ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.documents.lines import file_lines
from samrad.governance.models import Body, PlannedMeeting
from samrad.governance.queries import budget_hours
from samrad.initiatives.content import BY_CODE, RESPONSIBLES, STEPS, Plan
from samrad.initiatives.forms.steps import shown
from samrad.initiatives.models import LINK, Initiative, Responsibility
from samrad.initiatives.policy import OWN, Sight, blocks, house_id, needs_budget
from samrad.initiatives.queries import (
    Called,
    Readable,
    alternatives_in,
    answer_text,
    attachments_of,
    called_reviewers,
    form_fields,
    own_answers,
    plan_for,
    questions_for,
    readable,
    related,
    responsibles,
    valuation_of,
)
from samrad.initiatives.screening import Question
from samrad.initiatives.views.figures import Shown, shown_valuation
from samrad.initiatives.views.found import (
    field_url,
    found,
    may_edit,
    missing,
    upwards,
)
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Person
from samrad.organisation.policy import GROUP_LABELS
from samrad.organisation.queries import exempt_groups, holders

MEETINGS = 3


@dataclass(frozen=True)
class Answer:
    """One question with its answer, as read."""

    label: str
    text: str
    url: str
    lacking: bool


@dataclass(frozen=True)
class Section:
    """One step as read; `basis` is the law where it is exempt."""

    step: int
    label: str
    answers: list[Answer]
    basis: str = ""


def _sections(
    read: Readable,
    initiative: Initiative,
    named: dict[str, Responsibility],
    lacking: set[str],
    *,
    plan: Plan,
    questions: Sequence[Question],
) -> list[Section]:
    sections = []
    for step, label in STEPS.items():
        every = [f for f in form_fields(alternatives_in(read.values)) if f.step == step]
        # What the form does not ask of a need of this size is read where it was answered all the same.
        items = [f for f in every if plan.asks(f) or read.values.get(f.code)]
        answers = [
            Answer(
                str(f.label),
                shown(f, read.values[f.code], initiative),
                field_url(initiative, step, f"id_{f.code}"),
                f"id_{f.code}" in lacking,
            )
            for f in items
            if f.code in read.values and not (f.code in QUIET and not read.values[f.code])
        ]
        if step == 6:
            answers = _people(initiative, named, lacking)
        if step == 7 and "need" not in read.masked:
            answers = _check(read, questions, lacking)
        if not answers and step not in plan.steps:
            continue
        group = "benefits" if step == 4 else every[0].group if every else "need"
        sections.append(Section(step, str(label), answers, read.masked.get(group, "") if group else ""))
    return sections


def _own(initiative: Initiative, read: Readable, lacking: set[str], plan: Plan) -> list[Answer]:
    """What the house has asked for besides the form, and what was answered; questions no longer asked stay answered."""
    if not read.shows("need"):
        return []
    rows = own_answers(house_id(initiative), read.answers, asked=[one.code for one in plan.own])
    return [
        Answer(
            one.question,
            one.text,
            field_url(initiative, OWN, f"id_{one.code}"),
            f"id_{one.code}" in lacking,
        )
        for one in rows
    ]


QUIET = {"zero_reason", "years"}  # said only where they are said


def _check(read: Readable, questions: Sequence[Question], lacking: set[str]) -> list[Answer]:
    return [
        Answer(
            str(question.text),
            answer_text(answer) if (answer := read.answers.get(question.field)) else "",
            field_url(read.initiative, 7, f"id_{question.field}_0"),
            any(anchor.startswith("id_screen_") for anchor in lacking),
        )
        for question in questions
    ]


def _people(initiative: Initiative, named: dict[str, Responsibility], lacking: set[str]) -> list[Answer]:
    return [
        Answer(
            str(label),
            named[kind].person.name if kind in named else "",
            field_url(initiative, 6, f"id_{kind}"),
            f"id_{kind}" in lacking,
        )
        for kind, label, _minimum in RESPONSIBLES
    ]


@dataclass(frozen=True)
class Stop:
    """One stop on the way ahead: who treats it, the people, and the meetings one can reach."""

    label: str
    people: list[Person]
    meetings: list[PlannedMeeting]


def _way_ahead(initiative: Initiative, participants: list[Entity], *, on: date, at: datetime) -> list[Stop]:
    house = house_id(initiative)
    stops = []
    if initiative.field and initiative.field.uses_expert_group:
        leads = list(holders("expert_group_lead", entity_id=house, on=on, field_id=initiative.field_id))
        leads = leads or list(
            holders("expert_group_lead", entity_id=initiative.owner_id, on=on, field_id=initiative.field_id)
        )
        stops.append(Stop(_("The expert group for %(field)s") % {"field": initiative.field.name}, leads, []))
    heads = list(holders("sector_head", entity_id=initiative.owner_id, on=on, unit_id=initiative.owning_sector_id))
    stops.append(Stop(_("The head of the sector"), heads if initiative.owning_sector_id else [], []))
    bodies = list(Body.objects.filter(owner_id=house))
    secretariat = [b.name for b in bodies if b.kind == Body.Kind.SECRETARIAT]
    stops.append(Stop(secretariat[0] if secretariat else _("The secretariat"), [], []))
    councils = [b for b in bodies if b.kind == Body.Kind.COUNCIL]
    meetings = list(
        PlannedMeeting.objects.filter(
            body__in=councils, cancelled=False, starts_at__gt=at, submission_deadline__gte=on
        ).order_by("starts_at")[:MEETINGS]
    )
    stops.append(Stop(councils[0].name if councils else _("The digitalisation council"), [], meetings))
    executive = _("The chief executive of %(places)s") % {"places": ", ".join(e.name for e in participants)}
    stops.append(Stop(executive, [], []))
    return stops


def _budget(read: Readable, *, on: date) -> Verdict | None:
    """Does it need budget, where the reader may see the costs as they stand?"""
    if read.version or not read.shows("costs"):
        return None
    return needs_budget(read.initiative, hours_limit=budget_hours(house_id(read.initiative), on=on))


def _valuation(read: Readable, plan: Plan, *, on: date) -> Shown | None:
    """Cost and benefit, where the reader may see both as they stand and the need is large enough for it."""
    if read.version or not (read.shows("costs") and read.shows("benefits") and plan.asks(BY_CODE["years"])):
        return None
    return shown_valuation(valuation_of(read.initiative, read.benefits, on=on))


def _called(read: Readable, plan: Plan, questions: Sequence[Question], *, on: date) -> list[Called]:
    """Who is called by the check, where the reader may see it as it stands; by the cost only where that may be seen too."""
    if read.version or not read.shows("need") or 7 not in plan.steps:
        return []
    return called_reviewers(read.initiative, on=on, questions=questions, costs=read.shows("costs"))


def _context(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    by, at = actor(request), timezone.now()
    on = timezone.localdate(at)
    read = readable(by, initiative, on=on)
    editing = may_edit(by, initiative)
    named = responsibles(initiative)
    house = house_id(initiative)
    plan, questions = plan_for(initiative, on=on), questions_for(house, on=on)
    lacks = missing(initiative, plan=plan, questions=questions) if editing else ()
    lacking = {lack.anchor for lack in lacks}
    opened = read.sight >= Sight.OPEN
    sections = _sections(read, initiative, named, lacking, plan=plan, questions=questions) if opened else []
    links = list(initiative.goal_links.order_by("pk").values(**LINK)) if sections else []
    participants = list(Entity.objects.filter(pk__in=initiative.participant_ids or [initiative.owner_id]))
    return {
        "initiative": initiative,
        "read": read,
        "open": opened,
        "sections": sections,
        "links": links,
        "blocks": blocks(read, links) if sections else (),
        "own": _own(initiative, read, lacking, plan) if opened else [],
        "participants": participants if len(participants) > 1 else [],
        "editing": editing,
        "lacks": [{"text": lack.text, "url": field_url(initiative, lack.step, lack.anchor)} for lack in lacks],
        "files": file_lines(attachments_of(read), exempt=exempt_groups([initiative.pk], on=on).get(initiative.pk)),
        "masked": [(GROUP_LABELS.get(group, group), basis) for group, basis in read.masked.items()],
        "budget": _budget(read, on=on),
        "valuation": _valuation(read, plan, on=on),
        "called": _called(read, plan, questions, on=on),
        "story_url": upwards("overview:initiative_story", initiative.pk),
        "related": related(initiative),
        "way": _way_ahead(initiative, participants, on=on, at=at) if editing else [],
    }


@login_required
def draft_review(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Look everything over before it is sent."""
    initiative = found(actor(request), initiative_id)
    context = _context(request, initiative)
    if not context["open"]:
        Verdict.no(_("You see only the title and state of this initiative until it is submitted.")).require()
    context["send_url"] = upwards("anchoring:request_send", initiative.pk) if context["editing"] else ""
    return render(request, "initiatives/draft_review.html", context)


@login_required
def initiative_detail(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The initiative: its whole story where that room is there, else what is written."""
    initiative = found(actor(request), initiative_id)
    story = upwards("overview:initiative_story", initiative.pk)
    if story:
        return redirect(story)
    return render(request, "initiatives/initiative_detail.html", _context(request, initiative))
