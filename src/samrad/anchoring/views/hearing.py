"""Pages about who is heard, who is involved, and what is taken to the chief executive."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import AffectedForm, InvolvementForm, ReasonForm
from samrad.anchoring.models import Involvement
from samrad.anchoring.views.finding import find_initiative
from samrad.cases.models import Case
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import fingerprint, get_visible, kinds_of, readable, snapshot
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor


def affected_form(initiative: Initiative, data: QueryDict | None = None) -> AffectedForm:
    """The choice of affected sectors, as it stands or as it was sent."""
    initial = {
        "version": initiative.version,
        "affected": [str(unit.pk) for unit in queries.affected_units(initiative)],
    }
    return AffectedForm(data, sectors=queries.sectors_to_choose(initiative, on=timezone.localdate()), initial=initial)


def _hearing_page(
    request: HttpRequest, initiative: Initiative, case: Case | None, form: AffectedForm, status: int = 200
) -> HttpResponse:
    by = actor(request)
    mark = fingerprint(snapshot(initiative))
    state = case.state if case else "draft"
    context = {
        "initiative": initiative,
        "form": form,
        "voices": queries.hearing_of(initiative, on=timezone.localdate(), mark=mark),
        "verdict": policy.can_choose_affected(by, initiative, state, kinds=kinds_of(by, initiative)),
        "shows": readable(by, initiative, on=timezone.localdate()).shows("need"),
    }
    return render(request, "anchoring/hearing_choose.html", context, status=status)


@login_required
def hearing_choose(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Who is heard, what each has said, and which sectors are affected."""
    by = actor(request)
    initiative, case = find_initiative(by, initiative_id)
    if request.method != "POST":
        return _hearing_page(request, initiative, case, affected_form(initiative))
    form = affected_form(initiative, request.POST)
    if not form.is_valid():
        return _hearing_page(request, initiative, case, form, 422)
    version, chosen = form.cleaned_data["version"], form.chosen() or []
    try:
        actions.choose_affected(by=by, at=timezone.now(), initiative_id=initiative.pk, version=version, unit_ids=chosen)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, find_initiative(by, initiative_id)[0].version)
        return _hearing_page(request, initiative, case, form, 409)
    messages.success(request, _("Kept. Those who are new are asked as soon as the need is sent."))
    return redirect("anchoring:hearing_choose", initiative.pk)


@login_required
def need_escalate(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Take a «not recommended» to the chief executive."""
    by = actor(request)
    initiative, _case = find_initiative(by, initiative_id)
    form = ReasonForm(request.POST or None, initial={"version": initiative.version})
    last = queries.last_endorsement_answer(initiative)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.escalate(by=by, at=timezone.now(), initiative_id=initiative.pk, **form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
            status = 409
        else:
            messages.success(request, _("The chief executive is asked. You will be told when there is an answer."))
            return redirect("overview:initiative_story", initiative.pk)
    elif request.method == "POST":
        status = 422
    context = {
        "initiative": initiative,
        "form": form,
        "last": last,
        "verdict": policy.can_escalate(by, initiative, last, kinds=kinds_of(by, initiative)),
    }
    return render(request, "anchoring/need_escalate.html", context, status=status)


def _involving(by: Actor, initiative_id: int) -> Initiative:
    """The need, for those named in it and the secretariat of its house."""
    try:
        initiative = get_visible(by, initiative_id)
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    seen = readable(by, initiative, on=timezone.localdate())
    if not seen.kinds and not by.may("anchoring.record_on_behalf", house_id(initiative)):
        raise Http404
    return initiative


def _involvement_page(
    request: HttpRequest, initiative: Initiative, form: forms.Form, status: int = 200
) -> HttpResponse:
    by = actor(request)
    shows = readable(by, initiative, on=timezone.localdate()).shows("need")
    context = {
        "initiative": initiative,
        "form": form,
        "rows": queries.involvements_of(initiative) if shows else [],
        "verdict": policy.can_note_involvement(by, initiative, kinds=kinds_of(by, initiative)),
    }
    return render(request, "anchoring/involvement_list.html", context, status=status)


@login_required
def involvement_list(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Who of the employees' representatives and the users was informed or involved; write down one more."""
    by = actor(request)
    initiative = _involving(by, initiative_id)
    if request.method != "POST":
        return _involvement_page(request, initiative, InvolvementForm())
    form = InvolvementForm(request.POST)
    if not form.is_valid():
        return _involvement_page(request, initiative, form, 422)
    try:
        actions.note_involvement(by=by, at=timezone.now(), initiative=initiative, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        return _involvement_page(request, initiative, form, 409)
    messages.success(request, _("Written down. It is shown in the case and in the case paper."))
    return redirect("anchoring:involvement_list", initiative.pk)


@login_required
@require_POST
def involvement_strike(request: HttpRequest, initiative_id: int, involvement_id: int) -> HttpResponse:
    """Strike out a line that is wrong."""
    by = actor(request)
    initiative = _involving(by, initiative_id)
    if not Involvement.objects.filter(pk=involvement_id, initiative=initiative).exists():
        raise Http404
    actions.strike_involvement(by=by, at=timezone.now(), involvement_id=involvement_id)
    messages.success(request, _("The line is struck out. It can still be read."))
    return redirect("anchoring:involvement_list", initiative.pk)
