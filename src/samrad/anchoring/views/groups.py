"""Expert groups' rooms: members, own needs in order, light meetings, and where all their initiatives stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import GroupForm, MeetingForm, MemberForm, NeedForm, NotesForm, PlaceForm
from samrad.anchoring.models import GroupMeeting
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.governance.actions import use_expert_group
from samrad.governance.models import Body, Seat
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.queries import visible_to as people_visible_to


def _group(by: Actor, body_id: int) -> Body:
    """The group, for those who may read its room; otherwise as if it were not there."""
    body = queries.groups_visible_to(by).filter(pk=body_id).first()
    if body is None or not policy.can_see_group(by, body, sits=queries.sits_in(by, body, on=timezone.localdate())):
        raise Http404
    return body


@login_required
def group_list(request: HttpRequest) -> HttpResponse:
    """The expert groups, who heads them, and for which fields they are asked."""
    by, today = actor(request), timezone.localdate()
    if "employee" not in by.roles_in(by.entities):
        raise Http404
    fields = list(queries.fields_visible_to(by))
    mine = queries.fields_visible_to(by).filter(pk__in=[f.pk for f in fields if policy.can_form_group(by, f)])
    form = GroupForm(request.POST or None, fields=mine.exclude(bodies__kind=Body.Kind.EXPERT_GROUP))
    if request.method == "POST" and form.is_valid():
        try:
            body = actions.form_group(by=by, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The group is formed. Take in its members."))
            return redirect("anchoring:group_detail", body.pk)
    groups = {body.field_id: body for body in queries.groups_visible_to(by)}
    seated, leads = queries.seated_in(by, on=today), queries.field_leads(fields, on=today)
    lines = []
    for field in fields:
        group = groups.get(field.pk)
        opens = group is not None and policy.can_see_group(by, group, sits=group.pk in seated)
        lines.append((field, group, bool(opens), leads[field.pk], policy.can_form_group(by, field).allowed))
    context = {"lines": lines, "form": form, "may_form": mine.exists()}
    return render(request, "anchoring/group_list.html", context, status=409 if form.errors else 200)


@login_required
@require_POST
def step_switch(request: HttpRequest, field_id: int) -> HttpResponse:
    """Switch the expert group's step on or off for a field."""
    by = actor(request)
    field = queries.fields_visible_to(by).filter(pk=field_id).first()
    if field is None or not policy.can_form_group(by, field):
        raise Http404
    use_expert_group(by=by, at=timezone.now(), field=field, on=request.POST.get("on") == "yes")
    messages.success(request, _("Kept. It counts for what is sent from now on."))
    return redirect("anchoring:group_list")


def _page(request: HttpRequest, body: Body, *, status: int = 200, **forms: Any) -> HttpResponse:
    by, now = actor(request), timezone.now()
    today = timezone.localdate(now)
    page = queries.group_page(by, body, now=now, on=today)
    sits = any(seat.person_id == by.person_id for seat in page.seats)
    inside = people_visible_to(by).exclude(pk__in=[seat.person_id for seat in page.seats]).order_by("name")
    context = {
        "body": body,
        "page": page,
        "lead": policy.can_lead_group(by, body),
        "takes_part": policy.can_take_part(by, body, sits=sits),
        "need_form": forms.get("need_form") or NeedForm(),
        "meeting_form": forms.get("meeting_form") or MeetingForm(),
        "member_form": forms.get("member_form") or MemberForm(people=inside),
        "closed": body.backlog.filter(closed_at__isnull=False).order_by("-closed_at")[:20],
    }
    return render(request, "anchoring/group_detail.html", context, status=status)


@login_required
def group_detail(request: HttpRequest, body_id: int) -> HttpResponse:
    """The group's room."""
    return _page(request, _group(actor(request), body_id))


@login_required
@require_POST
def backlog_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Put a need in the group's list."""
    by = actor(request)
    body, form = _group(by, body_id), NeedForm(request.POST)
    if not form.is_valid():
        return _page(request, body, need_form=form, status=422)
    actions.add_to_backlog(by=by, at=timezone.now(), body=body, **form.cleaned_data)
    messages.success(request, _("The need is in the list."))
    return redirect("anchoring:group_detail", body.pk)


@login_required
@require_POST
def backlog_rank(request: HttpRequest, body_id: int) -> HttpResponse:
    """Move a need up, down or to a number."""
    by = actor(request)
    body, form = _group(by, body_id), PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the number the need shall have."))
        return redirect("anchoring:group_detail", body.pk)
    data = form.cleaned_data
    try:
        actions.rank_need(
            by=by, at=timezone.now(), body=body, item_id=data["item"], place=data["place"], seen=data["seen"]
        )
    except Refused as refused:
        if not policy.can_lead_group(by, body):
            raise
        messages.error(request, str(refused.verdict.reason))
    return redirect(f"{request.path.removesuffix('rank/')}#need-{data['item']}")


@login_required
@require_POST
def backlog_close(request: HttpRequest, body_id: int, item_id: int) -> HttpResponse:
    """Take a need out of the list, or put it back."""
    by = actor(request)
    body = _group(by, body_id)
    item = body.backlog.filter(pk=item_id).first()
    if item is None:
        raise Http404
    act = actions.reopen_backlog_item if item.closed_at else actions.close_backlog_item
    act(by=by, at=timezone.now(), body=body, item_id=item_id)
    messages.success(request, _("The need is back in the list.") if item.closed_at else _("The need is taken out."))
    return redirect("anchoring:group_detail", body.pk)


@login_required
@require_POST
def backlog_start(request: HttpRequest, body_id: int, item_id: int) -> HttpResponse:
    """Begin to describe a need of the list."""
    by = actor(request)
    body = _group(by, body_id)
    if not body.backlog.filter(pk=item_id).exists():
        raise Http404
    made = actions.start_from_backlog(by=by, at=timezone.now(), body=body, item_id=item_id)
    return redirect("initiatives:draft_step", made.pk, 1)


@login_required
@require_POST
def member_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Take someone into the group."""
    by = actor(request)
    body, form = _group(by, body_id), MemberForm(request.POST, people=people_visible_to(by))
    if not form.is_valid():
        return _page(request, body, member_form=form, status=422)
    actions.add_group_member(by=by, at=timezone.now(), body=body, person=form.cleaned_data["person"])
    messages.success(request, _("%(name)s is in the group.") % {"name": form.cleaned_data["person"].name})
    return redirect("anchoring:group_detail", body.pk)


@login_required
@require_POST
def member_end(request: HttpRequest, body_id: int, seat_id: int) -> HttpResponse:
    """Let someone leave the group."""
    by = actor(request)
    body = _group(by, body_id)
    seat = Seat.objects.filter(pk=seat_id, body=body).first()
    if seat is None:
        raise Http404
    actions.end_group_member(by=by, at=timezone.now(), body=body, seat=seat)
    messages.success(request, _("The member has left the group."))
    return redirect("anchoring:group_detail", body.pk)


@login_required
@require_POST
def meeting_call(request: HttpRequest, body_id: int) -> HttpResponse:
    """Call the group to a light meeting."""
    by = actor(request)
    body, form = _group(by, body_id), MeetingForm(request.POST)
    if not form.is_valid():
        return _page(request, body, meeting_form=form, status=422)
    actions.call_group_meeting(by=by, at=timezone.now(), body=body, **form.cleaned_data)
    messages.success(request, _("The meeting is set."))
    return redirect("anchoring:group_detail", body.pk)


@login_required
def meeting_note(request: HttpRequest, body_id: int, meeting_id: int) -> HttpResponse:
    """Read a meeting, and write down what came of it."""
    by = actor(request)
    body = _group(by, body_id)
    meeting = GroupMeeting.objects.filter(pk=meeting_id, body=body).select_related("called_by").first()
    if meeting is None:
        raise Http404
    form = NotesForm(request.POST or None, initial={"version": meeting.version, "notes": meeting.notes})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_group_meeting(by=by, at=timezone.now(), body=body, meeting_id=meeting_id, **form.cleaned_data)
        except Refused as refused:
            if not policy.can_lead_group(by, body):
                raise
            blame(form, refused)
        else:
            messages.success(request, _("The notes are kept."))
            return redirect("anchoring:group_detail", body.pk)
    context = {"body": body, "meeting": meeting, "form": form, "lead": policy.can_lead_group(by, body)}
    return render(request, "anchoring/meeting_note.html", context, status=409 if form.errors else 200)
