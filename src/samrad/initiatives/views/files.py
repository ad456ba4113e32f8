"""The attachments of a need: what is attached, attaching more, and putting back what was removed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.filenames import clean_name
from samrad.documents.actions import attach_file
from samrad.documents.lines import file_lines
from samrad.documents.models import File
from samrad.documents.queries import attachments, removed_from
from samrad.documents.uploads import Unfit
from samrad.initiatives.forms.attachments import MOST_FILES, AttachForm
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import attachments_of, house_id, plan_for, questions_for, readable
from samrad.initiatives.views.found import checklist, form_pages, missing, to_edit
from samrad.organisation.middleware import actor
from samrad.organisation.queries import exempt_groups


def _page(request: HttpRequest, initiative: Initiative, form: AttachForm, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    here = reverse("initiatives:draft_files", args=[initiative.pk])
    plan, questions = plan_for(initiative, on=on), questions_for(house_id(initiative), on=on)
    lacks = missing(initiative, plan=plan, questions=questions)
    exempt = exempt_groups([initiative.pk], on=on).get(initiative.pk, {})
    files = attachments_of(readable(actor(request), initiative, on=on))
    context = {
        "initiative": initiative,
        "form": form,
        "files": file_lines(files, exempt=exempt, back=here),
        "removed": list(removed_from(initiative.pk)[:10]),
        "basis": exempt.get("attachments", ""),
        "asks_again": initiative.stage == Initiative.Stage.ANCHORING,
        "sent_in": initiative.stage > Initiative.Stage.ANCHORING,
        "here": here,
        "previous": reverse("initiatives:draft_step", args=[initiative.pk, plan.steps[-1]]),
        "steps": form_pages(initiative, plan=plan, current=None, lacks=lacks),
        "requirements": checklist(initiative, plan=plan, lacks=lacks),
        "oob": False,
    }
    return render(request, "initiatives/draft_files.html", context, status=status)


def _attach(request: HttpRequest, initiative: Initiative, form: AttachForm) -> list[File]:
    """Attach those of the files that are fit; what is wrong with each of the others stands at the field."""
    by, at = actor(request), timezone.now()
    taken: list[File] = []
    room = MOST_FILES - attachments(initiative.pk).count()
    for upload in form.cleaned_data["files"]:
        name = clean_name(str(upload.name))
        if len(taken) >= room:
            full = _("«%(name)s»: there are %(most)s attachments already. Remove one first.")
            form.add_error("files", full % {"name": name, "most": MOST_FILES})
            continue
        try:
            file = attach_file(
                by=by,
                at=at,
                house=initiative,
                initiative_id=initiative.pk,
                upload=upload,
                title=form.cleaned_data["title"],
                exempt_group=form.cleaned_data["group"],
            )
        except Unfit as unfit:
            form.add_error("files", _("«%(name)s»: %(reason)s") % {"name": name, "reason": unfit.verdict.reason})
        else:
            taken.append(file)
    return taken


@login_required
def draft_files(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """The attachments: see them, and attach more. Those that are fit are kept even where another is not."""
    initiative = to_edit(actor(request), initiative_id)
    limit = settings.MAX_UPLOAD_BYTES
    if request.method != "POST":
        return _page(request, initiative, AttachForm(limit=limit))
    form = AttachForm(request.POST, request.FILES, limit=limit)
    taken = _attach(request, initiative, form) if form.is_valid() else []
    if taken:
        text = ngettext("One file is attached.", "%(n)s files are attached.", len(taken)) % {"n": len(taken)}
        messages.success(request, text)
    if form.errors:
        return _page(request, to_edit(actor(request), initiative_id), form, 422)
    return redirect("initiatives:draft_files", initiative.pk)
