"""A body that meets in another system: what it takes with it, and what comes back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.council import actions, policy
from samrad.council.forms import AttachForm
from samrad.council.papers.whole import package
from samrad.council.views.minutes import minutes_page
from samrad.council.views.page import _agenda, _back, _do
from samrad.organisation.middleware import actor


@login_required
@require_POST
def elsewhere_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the meeting is held in another system, or here after all."""
    by = actor(request)
    _agenda(request, pk)
    system = str(request.POST.get("system", ""))
    say = partial(actions.hold_elsewhere, by=by, at=timezone.now(), meeting_id=pk, system=system)
    return _do(request, pk, say, _("Kept."))


@login_required
def package_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda with all its papers as they were sent, as a zip, for the secretariat."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_take_package(by, agenda.meeting).require()
    response = HttpResponse(package(agenda), content_type="application/zip")
    name = f"moete-{agenda.meeting.year}-{agenda.meeting.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def minutes_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the minutes from the other system."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_attach_minutes(by, agenda.meeting).require()
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.attach_minutes(by=by, at=timezone.now(), meeting_id=pk, upload=form.cleaned_data["file"])
            messages.success(request, _("The minutes are attached. The chair is told that they wait."))
            return _back(request, pk)
        except Refused as refused:
            blame(form, refused)
    return minutes_page(request, _agenda(request, pk), attach=form, status=422)
