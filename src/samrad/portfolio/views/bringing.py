"""Pages for bringing in milestones, money, risks, people and benefits: upload, columns, look it over, result."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import posted
from samrad.core.downloads import download
from samrad.core.sheets.files import read
from samrad.core.sheets.words import lists
from samrad.core.verdict import Refused, Verdict
from samrad.organisation.middleware import actor
from samrad.organisation.policy import can_administer
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.actions import RowResult
from samrad.portfolio.forms import RowColumnsForm, RowsForm, RowUploadForm
from samrad.portfolio.models import RowImport
from samrad.portfolio.papers import import_sheet
from samrad.portfolio.previewed import previews
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from samrad.portfolio.words import named_cells, reason_words


@login_required
def rows_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a spreadsheet of milestones, money, risks, people or benefits is uploaded."""
    by = actor(request)
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    verdicts = {kind: policy.can_bring(by, portfolio, kind) for kind in RowImport.Kind.values}
    kinds = [kind for kind, may in verdicts.items() if may]
    if not kinds:
        verdicts[RowImport.Kind.MILESTONES].require()
    first = {"kind": request.GET.get("kind", kinds[0])}
    form = RowUploadForm(
        posted(request), request.FILES if request.method == "POST" else None, kinds=kinds, initial=first
    )
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        guesses = propose_rows(form.sheet, KINDS[kind]) if kind in KINDS else ()
        batch = actions.upload_rows(
            by=by,
            at=timezone.now(),
            portfolio=portfolio,
            kind=kind,
            file_name=form.file_name,
            content=form.content,
            columns={guess.header: guess.target for guess in guesses if guess.target},
        )
        return redirect("portfolio:rows_map" if kind in KINDS else "portfolio:rows_preview", batch.pk)
    done = queries.row_imports_of(by).filter(portfolio=portfolio, imported_at__isnull=False)[:10]
    context = {
        "portfolio": portfolio,
        "form": form,
        "imports": done,
        "names_projects": kinds != [RowImport.Kind.PEOPLE],
        "people": verdicts[RowImport.Kind.PEOPLE],
        "may_add_people": can_administer(by),
    }
    return render(request, "portfolio/rows_upload.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, pk: int) -> RowImport:
    by = actor(request)
    batch = get_object_or_404(queries.row_imports_of(by), pk=pk)
    policy.can_bring(by, batch.portfolio, batch.kind).require()
    return batch


@login_required
def rows_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one says what each column is; what is proposed is filled in."""
    batch = _open(request, pk)
    if batch.imported_at is not None or batch.content is None:
        return redirect("portfolio:rows_result", batch.pk)
    if batch.kind not in KINDS:
        return redirect("portfolio:rows_preview", batch.pk)
    sheet, kind = read(bytes(batch.content), batch.file_name), KINDS[batch.kind]
    first = {"version": batch.version}
    guesses = propose_rows(sheet, kind)
    form = RowColumnsForm(posted(request), guesses=guesses, columns=batch.columns, kind=kind, initial=first)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"import_id": batch.pk, "version": form.cleaned_data["version"]}
        try:
            actions.keep_row_columns(by=actor(request), at=timezone.now(), columns=form.columns(), **given)
            return redirect("portfolio:rows_preview", batch.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    known = sum(1 for guess in guesses if guess.target)
    context = {"batch": batch, "form": form, "sheet": sheet, "lines": form.lines(), "known": known}
    return render(request, "portfolio/rows_map.html", context, status=400 if form.errors else 200)


def _brought(request: HttpRequest, uploaded: RowImport, **how: Any) -> RowResult:
    """Bring the file in, or say what would happen."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now(), "portfolio": uploaded.portfolio, **how}
    content = bytes(uploaded.content or b"")
    if uploaded.kind == RowImport.Kind.KOMMIT:
        return actions.import_kommit(**given, content=content)
    sheet = read(content, uploaded.file_name)
    return actions.import_rows(**given, kind=uploaded.kind, sheet=sheet, columns=uploaded.columns)


@login_required
def rows_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come in, before anything does; and the button that brings it in."""
    batch = _open(request, pk)
    if batch.imported_at is not None or batch.content is None:
        return redirect("portfolio:rows_result", batch.pk)
    form = RowsForm(posted(request), initial={"version": batch.version})
    if request.method == "POST" and form.is_valid():
        try:
            locked = actions.lock_rows(batch.pk, form.cleaned_data["version"])
            whole = form.cleaned_data["all_or_nothing"]
            if not _brought(request, locked, batch=locked, all_or_nothing=whole).stopped:
                messages.success(request, _("The rows are brought in."))
                return redirect("portfolio:rows_result", batch.pk)
            form.add_error(None, _("Nothing was brought in, because some rows were refused. They are listed below."))
        except Refused as refused:
            form.add_error(None, str(refused))
    may = Verdict.yes()
    try:
        result = _brought(request, batch, dry_run=True)
    except Refused as refused:
        if batch.kind in KINDS:
            messages.error(request, str(refused))
            return redirect("portfolio:rows_map", batch.pk)
        result, may = RowResult(0), refused.verdict
    context = {
        "batch": batch,
        "form": form,
        "may": may,
        "counts": result.as_json(),
        "first": previews(result.first, batch.kind),
        "workbook": result.workbook,
        "mapped": batch.kind in KINDS,
        **lists(result.refused, named_cells(batch.kind, result.unknown), reason_words),
    }
    return render(request, "portfolio/rows_preview.html", context, status=400 if form.errors else 200)


@login_required
def rows_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import of rows did: what came in, what was refused, and every cell that stays unknown."""
    batch = _open(request, pk)
    if batch.imported_at is None:
        return redirect("portfolio:rows_map", batch.pk)
    context = {
        "batch": batch,
        "counts": batch.counts,
        **lists(batch.refused, named_cells(batch.kind, batch.unknown), reason_words),
    }
    return render(request, "portfolio/rows_result.html", context)


@login_required
def rows_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The refused rows and the unknown cells of an import of rows, as XLSX or JSON."""
    batch = _open(request, pk)
    if batch.imported_at is None:
        raise Http404
    name = f"innhenting-{batch.kind}-{batch.pk}.{suffix}"
    if suffix == "json":
        data = {**batch.counts, "refused": batch.refused, "unknown": batch.unknown}
        return download(json.dumps(data, ensure_ascii=False), name)
    return download(import_sheet(batch.refused, named_cells(batch.kind, batch.unknown), at=batch.imported_at), name)
