"""Bringing systems in from a spreadsheet: upload, say what the columns are, look it over, bring it in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import posted
from samrad.core.downloads import download
from samrad.core.sheets.files import Sheet, read
from samrad.core.sheets.words import lists
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.systems import actions, policy, queries
from samrad.systems.forms import RegisterUploadForm, SystemColumnsForm, VersionForm
from samrad.systems.models import RegisterImport
from samrad.systems.papers import import_lists
from samrad.systems.reading import propose
from samrad.systems.words import reason_words


@login_required
def import_upload(request: HttpRequest) -> HttpResponse:
    """Where a spreadsheet of systems is uploaded."""
    by = actor(request)
    policy.can_import(by).require()
    owners = list(Entity.objects.filter(pk__in=policy.owners_for(by)).order_by("name"))
    form = RegisterUploadForm(posted(request), request.FILES if request.method == "POST" else None, owners=owners)
    if request.method == "POST" and form.is_valid():
        batch = actions.upload_register(
            by=by,
            at=timezone.now(),
            owner_id=form.cleaned_data["owner"],
            file_name=form.file_name,
            content=form.content,
            columns={guess.header: guess.target for guess in propose(form.sheet) if guess.target},
            shared=form.cleaned_data["shared"],
        )
        return redirect("systems:import_map", batch.pk)
    done = (
        queries.imports_of(by).filter(imported_at__isnull=False).select_related("imported_by").order_by("-imported_at")
    )
    context = {"form": form, "imports": done.defer("content")[:10]}
    return render(request, "systems/import_upload.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, pk: int) -> tuple[RegisterImport, Sheet | None]:
    """The upload and, until it is brought in, the sheet it holds."""
    by = actor(request)
    batch = get_object_or_404(queries.imports_of(by).select_related("owner", "imported_by"), pk=pk)
    policy.can_import(by, batch).require()
    if batch.imported_at is not None or batch.content is None:
        return batch, None
    return batch, read(bytes(batch.content), batch.file_name)


@login_required
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one says what each column is; what is proposed is filled in."""
    batch, sheet = _open(request, pk)
    if sheet is None:
        return redirect("systems:import_result", batch.pk)
    form = SystemColumnsForm(
        posted(request), guesses=propose(sheet), columns=batch.columns, initial={"version": batch.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_columns(
                by=actor(request),
                at=timezone.now(),
                import_id=batch.pk,
                version=form.cleaned_data["version"],
                columns=form.columns(),
            )
            return redirect("systems:import_preview", batch.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    known = sum(1 for guess in form.guesses if guess.target)
    context = {"batch": batch, "form": form, "sheet": sheet, "lines": form.lines(), "known": known}
    return render(request, "systems/import_map.html", context, status=400 if form.errors else 200)


@login_required
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come in, before anything does; and the button that brings it in."""
    batch, sheet = _open(request, pk)
    if sheet is None:
        return redirect("systems:import_result", batch.pk)
    by, at = actor(request), timezone.now()
    form = VersionForm(posted(request), initial={"version": batch.version})
    if request.method == "POST" and form.is_valid():
        try:
            locked = actions.lock_import(batch.pk, form.cleaned_data["version"])
            actions.import_systems(by=by, at=at, batch=locked, sheet=sheet)
            messages.success(request, _("The systems are brought in."))
            return redirect("systems:import_result", batch.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    result = actions.import_systems(by=by, at=at, batch=batch, sheet=sheet, dry_run=True)
    context = {
        "batch": batch,
        "form": form,
        "counts": result.counts(),
        **lists(result.refused, result.unknown, reason_words),
    }
    return render(request, "systems/import_preview.html", context, status=400 if form.errors else 200)


@login_required
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did: what came in, what was refused, and every cell that stays unknown."""
    batch, sheet = _open(request, pk)
    if sheet is not None:
        return redirect("systems:import_map", batch.pk)
    context = {"batch": batch, "counts": batch.counts, **lists(batch.refused, batch.unknown, reason_words)}
    return render(request, "systems/import_result.html", context)


@login_required
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows and the unknown cells of an import, as XLSX."""
    batch, _sheet = _open(request, pk)
    if batch.imported_at is None:
        raise Http404
    return download(
        import_lists(batch.refused, batch.unknown, at=batch.imported_at), f"systemer-innhenting-{batch.pk}.xlsx"
    )
