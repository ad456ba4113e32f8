"""Opening and removing files."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samrad.documents import files
from samrad.documents.actions import remove_file
from samrad.documents.models import File
from samrad.documents.policy import can_open
from samrad.documents.queries import visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

logger = logging.getLogger(__name__)


def _found(by: Actor, pk: int) -> File:
    try:
        return visible_to(by).get(pk=pk)
    except File.DoesNotExist:
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


@require_POST
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an attached file, and go back to where one was."""
    by = actor(request)
    file = _found(by, pk)
    can_open(by, file).require()
    remove_file(by=by, at=timezone.now(), file=file)
    messages.success(request, _("«%(name)s» is removed.") % {"name": file.name})
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if safe else "/")
