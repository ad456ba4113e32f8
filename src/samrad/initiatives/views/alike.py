"""«Someone has done this before?»: what is like the need one writes, and copying it with its source."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.initiatives.actions import BenefitRow, Source, copy_initiative
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import can_start
from samrad.initiatives.queries import (
    OTHERS,
    Alike,
    Readable,
    alike,
    alternatives_in,
    form_fields,
    may_be_read,
    readable,
    systems_alike,
)
from samrad.initiatives.views.found import found, to_edit, upwards
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

MOST_TITLE = 200


def alike_url(line: Alike) -> str:
    """Where what is alike is read: at home, or among what others share."""
    if line.ours:
        return reverse("initiatives:initiative_detail", args=[line.pk])
    return upwards("overview:reusable_initiative", line.pk)


@login_required
def alike_list(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Initiatives and systems that are like this need. For a part of a page, the list alone."""
    by, on = actor(request), timezone.localdate()
    initiative = to_edit(by, initiative_id)
    title = request.GET.get("title", initiative.title)[:MOST_TITLE]
    problem = str(initiative.answers.get("problem") or "")
    part = request.headers.get("HX-Request") == "true"
    lines = alike(by, title, problem, on=on, but=initiative.pk, most=3 if part else 5)
    context = {
        "initiative": initiative,
        "asked": title,
        "lines": [(line, alike_url(line)) for line in lines],
        "systems": systems_alike(by, title, problem)[: 3 if part else 5],
        "empty": not (title.strip() or problem.strip()),
        "start": can_start(by),
    }
    return render(request, "initiatives/_alike.html" if part else "initiatives/alike_list.html", context)


def _texts(read: Readable) -> dict[str, object]:
    """The texts that may be copied: what the reader sees, and nothing that is exempt. Never figures or people."""
    return {
        f.code: read.values.get(f.code)
        for f in form_fields(alternatives_in(read.values))
        if f.kind in ("text", "line") and f.group not in read.exempt and f.code != "consulted" and not f.column
    }


def _benefits(read: Readable) -> list[BenefitRow]:
    if "benefits" in read.exempt:
        return []
    return [
        BenefitRow(title=b.title, kind=b.kind, budget_effect=b.budget_effect, recipient=b.recipient)
        for b in read.benefits
    ]


def _source(by: Actor, pk: int) -> Source:
    """What is to be copied: an initiative one reads, or one that others have marked as reusable."""
    try:
        initiative = found(by, pk)
    except Http404:
        line = next((line for tell in OTHERS for line in tell(by, [pk])), None)
        if line is None:
            raise
        rows = [BenefitRow(title=title, kind=kind, recipient=recipient) for title, kind, recipient in line.benefits]
        return Source(pk=line.pk, title=line.title, house=line.house, benefits=rows, open_to_reader=True)
    read = readable(by, initiative, on=timezone.localdate())
    wide = may_be_read(by, initiative, involved=bool(read.kinds)) and initiative.stage >= Initiative.Stage.SUBMITTED
    return Source(
        pk=initiative.pk,
        title=initiative.title,
        house=initiative.owner.name,
        reference=initiative.reference,
        texts=_texts(read) if wide else {},
        benefits=_benefits(read) if wide else [],
        open_to_reader=wide,
    )


@login_required
@require_POST
def initiative_copy(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Begin a need of one's own with the texts of this one."""
    by = actor(request)
    made = copy_initiative(by=by, at=timezone.now(), source=_source(by, initiative_id))
    messages.success(
        request,
        _("The texts are copied to a new draft, %(reference)s. Figures and people are your own to find.")
        % {"reference": made.reference},
    )
    return redirect("initiatives:draft_step", made.pk, 1)
