"""The register of who can help with what."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.governance.queries import people_to_seat
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.secretariat import actions, policy
from samrad.secretariat.forms.reviewing import CompetenceForm, CompetenceSearch
from samrad.secretariat.models import Competence
from samrad.secretariat.queries.workspace import competence_of

KEPT = ("name", "place", "organisation", "person", "helps_with", "kinds", "email", "phone", "version")


def _house(by: Actor) -> Entity | None:
    """The organisation whose register one keeps: the cooperation first."""
    ids = [pk for pk in by.entities if policy.can_keep_competence(by, pk)]
    return Entity.objects.filter(pk__in=ids).order_by("kind", "name").first()


@login_required
def competence_list(request: HttpRequest) -> HttpResponse:
    """Who can help with what: search, and narrow to a kind of assessment."""
    by = actor(request)
    form = CompetenceSearch(request.GET or None, auto_id="filter_%s")
    chosen = {k: v for k, v in form.cleaned_data.items() if v} if form.is_bound and form.is_valid() else {}
    context = {
        "form": form,
        "chosen": chosen,
        "rows": [(row, bool(policy.can_keep_competence(by, row.owner_id))) for row in competence_of(by, **chosen)],
        "may": _house(by) is not None,
    }
    return render(request, "secretariat/competence_list.html", context)


def _keep(request: HttpRequest, owner: Entity, line: Competence | None) -> HttpResponse:
    by, on = actor(request), timezone.localdate()
    policy.can_keep_competence(by, owner.pk).require()
    start = {name: getattr(line, name) for name in KEPT} if line else {"version": 0}
    form = CompetenceForm(request.POST or None, initial=start, people=people_to_seat(by, owner, on))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            pk = line.pk if line else None
            try:
                actions.keep_competence(by=by, at=timezone.now(), owner=owner, competence_id=pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                status = 409
                if isinstance(refused, Stale) and line is not None:
                    renew(form, Competence.objects.get(pk=line.pk).version)
            else:
                messages.success(request, _("The change is kept."))
                return redirect("secretariat:competence_list")
    return render(request, "secretariat/competence_keep.html", {"form": form, "line": line}, status=status)


@login_required
def competence_add(request: HttpRequest) -> HttpResponse:
    """Enter who can help with what."""
    owner = _house(actor(request))
    if owner is None:
        policy.can_keep_competence(actor(request), None).require()
        raise Http404
    return _keep(request, owner, None)


def _found(by: Actor, competence_id: int) -> Competence:
    rows = Competence.objects.filter(owner_id__in=by.entities, removed_at__isnull=True).select_related("owner")
    line = rows.filter(pk=competence_id).first()
    if line is None:
        raise Http404
    return line


@login_required
def competence_change(request: HttpRequest, competence_id: int) -> HttpResponse:
    """Change who can help with what."""
    line = _found(actor(request), competence_id)
    return _keep(request, line.owner, line)


@login_required
@require_POST
def competence_remove(request: HttpRequest, competence_id: int) -> HttpResponse:
    """Take a line out of the register."""
    by = actor(request)
    line = _found(by, competence_id)
    actions.remove_competence(by=by, at=timezone.now(), competence_id=line.pk)
    messages.success(request, _("The line is taken out of the register."))
    return redirect("secretariat:competence_list")
