"""The organisation's own Word templates: what is used, what has been, and what can stand in one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.documents import files
from samrad.documents.actions.templates import adopt_template, end_template
from samrad.documents.forms import TemplateForm
from samrad.documents.models import WordTemplate
from samrad.documents.policy import can_keep_templates, template_houses
from samrad.documents.queries import templates_of
from samrad.documents.uploads import TYPES
from samrad.documents.word import PLACES, REQUIRED, paper_docx, sample, standard_template
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity


def word_response(content: bytes, name: str) -> HttpResponse:
    """A Word file to be saved."""
    response = HttpResponse(content, content_type=TYPES["docx"])
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _houses(by: Actor) -> list[tuple[int, str]]:
    """The organisations whose templates one keeps; refused where there is none."""
    ids = template_houses(by)
    can_keep_templates(by, ids[0] if ids else None).require()
    return list(Entity.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name"))


def _kinds(houses: list[tuple[int, str]]) -> list[dict[str, Any]]:
    """Each kind of paper in each organisation: the template in use, the one that is coming, and those before."""
    rows, on = templates_of([pk for pk, _name in houses]), timezone.localdate()
    found = []
    for pk, name in houses:
        for kind, label in WordTemplate.Kind.choices:
            mine = [row for row in rows if row.owner_id == pk and row.kind == kind]
            used = next((row for row in mine if row.in_force(on)), None)
            coming = [row for row in mine if row.valid_from > on and row.valid_to is None]
            before = [row for row in mine if row != used and row not in coming]
            found.append(
                {"house": name, "kind": kind, "label": label, "used": used, "coming": coming, "before": before}
            )
    return found


@login_required
def template_list(request: HttpRequest) -> HttpResponse:
    """The Word templates in use, and where one of one's own is uploaded."""
    by = actor(request)
    houses = _houses(by)
    form = TemplateForm(houses=houses, initial={"valid_from": timezone.localdate()})
    status = 200
    if request.method == "POST":
        form = TemplateForm(request.POST, request.FILES, houses=houses)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = adopt_template(
                    by=by,
                    at=timezone.now(),
                    owner_id=given["owner"],
                    kind=given["kind"],
                    valid_from=given["valid_from"],
                    upload=given["file"],
                )
                said = {"kind": made.get_kind_display(), "n": made.number}
                messages.success(
                    request, _("Version %(n)s of the template for «%(kind)s» is kept. Look at a sample.") % said
                )
                return redirect("documents:template_list")
            except Refused as refused:
                blame(form, refused)
    context = {
        "kinds": _kinds(houses),
        "several": len(houses) > 1,
        "form": form,
        "places": [(f"{{{{ {name} }}}}", text, name in REQUIRED) for name, text in PLACES.items()],
    }
    return render(request, "documents/template_list.html", context, status=status)


def _found(by: Actor, pk: int) -> WordTemplate:
    row = WordTemplate.objects.filter(pk=pk, owner_id__in=template_houses(by)).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def _content(row: WordTemplate) -> bytes:
    try:
        return files.read(row.sha256)
    except files.Lost:
        raise Http404(_("The content of the file is missing. Tell your administrator.")) from None


@login_required
@require_safe
def template_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of a template, as it was uploaded."""
    row = _found(actor(request), pk)
    return word_response(_content(row), row.name)


@login_required
@require_safe
def template_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """What a paper looks like in a version of a template, with a case that does not exist."""
    row = _found(actor(request), pk)
    paper = sample(str(row.get_kind_display()), get_language() or "nb")
    return word_response(paper_docx(paper, _content(row)), f"eksempel-{row.kind}-{row.number}.docx")


@login_required
@require_safe
def standard_file(request: HttpRequest) -> HttpResponse:
    """The template that comes with Samråd, to begin one's own from."""
    _houses(actor(request))
    return word_response(standard_template(get_language() or "nb"), "samrad-mal.docx")


@login_required
@require_POST
def template_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Use the template that comes with Samråd again."""
    by = actor(request)
    row = _found(by, pk)
    end_template(by=by, at=timezone.now(), template_id=row.pk)
    messages.success(request, _("The template is used no more. The one that comes with Samråd is used from today."))
    return redirect("documents:template_list")
