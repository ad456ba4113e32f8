"""Opening, removing and putting back files."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samrad.documents import files
from samrad.documents.actions import remove_file, restore_file
from samrad.documents.lines import file_lines
from samrad.documents.models import File
from samrad.documents.policy import can_attach, can_open, can_remove
from samrad.documents.queries import removed_from, visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

logger = logging.getLogger(__name__)


def _found(by: Actor, pk: int) -> File:
    try:
        return visible_to(by).get(pk=pk)
    except (File.DoesNotExist, OverflowError):
        raise Http404 from None


@require_safe
def file_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the file. It never opens as a page of ours, whatever it holds."""
    file = _found(actor(request), pk)
    can_open(actor(request), file).require()
    try:
        content = files.read(file.sha256)
    except files.Lost:
        logger.error("the bytes of file %s are lost", file.pk)
        raise Http404(_("The content of the file is missing. Tell your administrator.")) from None
    text = file.media_type.startswith("text/")
    response = HttpResponse(content, content_type=f"{file.media_type}; charset=utf-8" if text else file.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _back(request: HttpRequest) -> str:
    """Where one came from, if it is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else "/"


@login_required
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an attached file: ask first, then remove it and go back to where one was."""
    by = actor(request)
    file = _found(by, pk)
    can_open(by, file).require()
    if request.method != "POST":
        context = {"file": file, "lines": file_lines([file]), "verdict": can_remove(by, file), "back": _back(request)}
        return render(request, "documents/file_remove.html", context)
    remove_file(by=by, at=timezone.now(), file=file)
    messages.success(request, _("«%(name)s» is removed.") % {"name": file.name})
    return HttpResponseRedirect(_back(request))


@login_required
@require_POST
def file_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back a file that was removed."""
    by = actor(request)
    file = File.objects.filter(pk=pk).first() if pk < 2**63 else None
    if file is None or file.initiative_id is None or not can_attach(by, file, file.initiative_id):
        raise Http404
    if file.removed_at is not None and file not in removed_from(file.initiative_id):
        raise Http404
    restore_file(by=by, at=timezone.now(), file=file)
    messages.success(request, _("«%(name)s» is back.") % {"name": file.name})
    return HttpResponseRedirect(_back(request))
