"""External stakeholders: the register, sharing parts of a need, and the page a guest opens without signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samrad.anchoring import actions, policy, queries
from samrad.anchoring.forms import CommentForm, ShareForm, StakeholderForm
from samrad.anchoring.models import GuestPass
from samrad.core.acting import acting_for
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import get_visible, kinds_of
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

PAGE = 25


@login_required
def stakeholder_list(request: HttpRequest) -> HttpResponse:
    """The register of external stakeholders: search, and add one."""
    by = actor(request)
    if not policy.can_keep_register(by):
        raise Http404
    form = StakeholderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_stakeholder(by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s is in the register.") % {"name": form.cleaned_data["name"]})
        return redirect("anchoring:stakeholder_list")
    text = request.GET.get("q", "")
    found = queries.stakeholders_found(queries.stakeholders_visible_to(by), text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "q": text, "mine": by.entity_id}
    return render(request, "anchoring/stakeholder_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def stakeholder_remove(request: HttpRequest, stakeholder_id: int) -> HttpResponse:
    """Take someone out of the register."""
    by = actor(request)
    found = queries.stakeholders_visible_to(by).filter(pk=stakeholder_id, owner_id=by.entity_id).first()
    if found is None or not policy.can_keep_register(by):
        raise Http404
    actions.remove_stakeholder(by=by, at=timezone.now(), stakeholder=found)
    messages.success(request, _("%(name)s is taken out, and every link is ended.") % {"name": found.name})
    return redirect("anchoring:stakeholder_list")


def _sharing(by: Actor, initiative_id: int) -> Initiative:
    try:
        initiative = get_visible(by, initiative_id)
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    if not policy.can_share(by, initiative, kinds=kinds_of(by, initiative)):
        raise Http404
    return initiative


@login_required
def share_list(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """What has been shared with whom, until when; share with one more."""
    by, today = actor(request), timezone.localdate()
    initiative = _sharing(by, initiative_id)
    form = ShareForm(request.POST or None, people=queries.stakeholders_visible_to(by))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.share_with_guest(by=by, at=timezone.now(), initiative=initiative, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                status = 409
            else:
                messages.success(request, _("The link is made. Copy it below, and send it."))
                return redirect("anchoring:share_list", initiative.pk)
    context = {
        "initiative": initiative,
        "form": form,
        "passes": queries.passes_of(initiative, on=today),
        "base": settings.BASE_URL,
        "anyone": queries.stakeholders_visible_to(by).exists(),
    }
    return render(request, "anchoring/share_list.html", context, status=status)


@login_required
@require_POST
def share_end(request: HttpRequest, initiative_id: int, guest_pass_id: int) -> HttpResponse:
    """End a guest's link at once."""
    by = actor(request)
    initiative = _sharing(by, initiative_id)
    if not GuestPass.objects.filter(pk=guest_pass_id, initiative=initiative).exists():
        raise Http404
    actions.end_guest_link(by=by, at=timezone.now(), guest_pass_id=guest_pass_id)
    messages.success(request, _("The link is ended. It opens nothing any more."))
    return redirect("anchoring:share_list", initiative.pk)


@never_cache
def guest_page(request: HttpRequest, token: str) -> HttpResponse:
    """What has been shared with a guest: read only, and a comment where that is allowed."""
    now = timezone.now()
    today = timezone.localdate(now)
    shared = queries.shared_by(token, on=today)
    if shared is None:
        return render(request, "anchoring/guest_gone.html", status=410)
    form = CommentForm(request.POST or None)
    with acting_for(shared.by.entities):
        if request.method == "POST" and form.is_valid():
            try:
                actions.comment_as_guest(by=shared.by, at=now, given=shared.given, text=form.cleaned_data["text"])
            except Refused as refused:
                blame(form, refused)
            else:
                messages.success(request, _("Thank you. The one who shared this with you is told."))
                return redirect("anchoring:guest_page", token)
        elif request.method != "POST":
            actions.look_as_guest(by=shared.by, at=now, given=shared.given)
    response = render(
        request, "anchoring/guest_page.html", {"shared": shared, "form": form}, status=409 if form.errors else 200
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not «no-referrer»: browsers then send the comment without an origin, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
