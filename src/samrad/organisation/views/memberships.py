"""Pages where municipalities join and leave a cooperation, with what it means said first."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.verdict import Refused
from samrad.organisation import actions, queries
from samrad.organisation.actors import Actor
from samrad.organisation.forms.memberships import JoinForm, LeaveForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Membership
from samrad.organisation.policy import can_administer, can_leave
from samrad.organisation.queries import memberships as reads


@login_required
def member_list(request: HttpRequest) -> HttpResponse:
    """The members of each cooperation one answers for, and what cooperations ask of one's municipality."""
    by, today = actor(request), timezone.localdate()
    can_administer(by).require()
    houses = [
        (house, reads.member_lines(house, on=today), list(reads.open_requests(house)))
        for house in reads.cooperations_of(by)
    ]
    asked = list(reads.requests_to(by))
    context = {"houses": houses, "asked": asked, "today": today}
    return render(request, "organisation/admin/members.html", context)


def _cooperation(by: Actor, slug: str) -> Entity:
    found = reads.cooperations_of(by).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@login_required
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a municipality join from a day: a new one at once, one that has its own administrator is asked."""
    by, now = actor(request), timezone.now()
    house, today = _cooperation(by, slug), timezone.localdate(now)
    entities = reads.can_be_asked(house, on=today)
    form = JoinForm(request.POST or None, entities=entities, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["member"]:
                made = actions.ask_member(
                    by=by, at=now, cooperation=house, member=data["member"], valid_from=data["valid_from"]
                )
                joined = isinstance(made, Membership)
                said = _("%(name)s is a member.") if joined else _("%(name)s is asked. Its administrator answers.")
                messages.success(request, said % {"name": data["member"].name})
            else:
                actions.add_member(
                    by=by,
                    at=now,
                    cooperation=house,
                    slug=reads.free_slug(data["name"]),
                    name=data["name"],
                    number=data["number"],
                    language=house.language,
                    valid_from=data["valid_from"],
                )
                messages.success(request, _("%(name)s is a member.") % {"name": data["name"]})
            return redirect("organisation:member_list")
        except Refused as refused:
            form.add_error("member", str(refused))
    context = {"house": house, "form": form}
    return render(request, "organisation/admin/member_add.html", context, status=400 if form.errors else 200)


def _membership(by: Actor, membership_id: int) -> Membership:
    rows = Membership.objects.filter(cooperation_id__in=queries.administered(by))
    found = rows.select_related("cooperation", "member").filter(pk=membership_id).first()
    if found is None:
        raise Http404
    return found


@login_required
def member_leave(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Let a municipality leave after a day: first what it means, then it is done."""
    by, now = actor(request), timezone.now()
    membership, today = _membership(by, membership_id), timezone.localdate(now)
    form = LeaveForm(request.POST or None, initial={"valid_to": today})
    asks = False
    if request.method == "POST" and form.is_valid():
        last, verdict = form.cleaned_data["valid_to"], can_leave(membership, form.cleaned_data["valid_to"])
        if not verdict:
            form.add_error("valid_to", str(verdict.reason))
        elif form.cleaned_data["sure"]:
            actions.leave_cooperation(by=by, at=now, membership=membership, valid_to=last)
            messages.success(request, _("%(name)s leaves.") % {"name": membership.member.name})
            return redirect("organisation:member_list")
        else:
            asks = True
    changes = reads.leaving_changes(membership.cooperation, membership.member, on=today) if asks else []
    context = {"membership": membership, "form": form, "asks": asks, "changes": changes}
    return render(request, "organisation/admin/member_leave.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def member_undo(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Undo a joining or leaving before its day."""
    by = actor(request)
    membership = _membership(by, membership_id)
    actions.undo_membership(by=by, at=timezone.now(), membership_id=membership.pk)
    messages.success(request, _("It is undone."))
    return redirect("organisation:member_list")


@login_required
@require_POST
def request_answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Answer a cooperation that asks one's municipality to be a member."""
    by = actor(request)
    if not reads.requests_to(by).filter(pk=request_id).exists():
        raise Http404
    accepted = request.POST.get("answer") == "yes"
    actions.answer_membership(by=by, at=timezone.now(), request_id=request_id, accepted=accepted)
    messages.success(request, _("The cooperation has got your answer."))
    return redirect("organisation:member_list")


@login_required
@require_POST
def request_withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask a municipality no more."""
    by = actor(request)
    if not any(reads.open_requests(house).filter(pk=request_id).exists() for house in reads.cooperations_of(by)):
        raise Http404
    actions.withdraw_request(by=by, at=timezone.now(), request_id=request_id)
    messages.success(request, _("It is undone."))
    return redirect("organisation:member_list")
