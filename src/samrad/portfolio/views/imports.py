"""Pages for bringing projects in from a spreadsheet: upload, say what the columns are, look it over, bring it in."""

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
from samrad.core.sheets.incoming import SheetUploadForm
from samrad.core.sheets.words import lists
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries, tasks
from samrad.portfolio.changed import groups_of
from samrad.portfolio.commands import chosen_mapping
from samrad.portfolio.forms import BringInForm, MappingForm
from samrad.portfolio.models import ImportBatch
from samrad.portfolio.papers import changes_csv, changes_sheet, import_sheet
from samrad.portfolio.previewed import previews
from samrad.portfolio.sheets import BUILT_IN, Mapping, Sheet, read
from samrad.portfolio.words import field_words, reason_words

SHOWN = 100  # so many changes of a kind on the page; all are in the file


@login_required
def import_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a spreadsheet of projects is uploaded."""
    by = actor(request)
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    policy.can_import(by, portfolio).require()
    form = SheetUploadForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        batch = actions.upload_sheet(
            by=by,
            at=timezone.now(),
            portfolio=portfolio,
            file_name=form.file_name,
            content=form.content,
            mapping=chosen_mapping(by, portfolio, form.sheet),
        )
        return redirect("portfolio:import_map", batch.pk)
    done = queries.imports_of(by).filter(portfolio=portfolio, imported_at__isnull=False).defer(*queries.HEAVY)[:10]
    context = {"portfolio": portfolio, "form": form, "imports": done}
    return render(request, "portfolio/import_upload.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, pk: int) -> tuple[ImportBatch, Sheet | None]:
    """The import and, until it is brought in, the sheet it holds."""
    batch = get_object_or_404(queries.imports_of(actor(request)), pk=pk)
    if batch.imported_at is not None or batch.content is None or batch.waits:
        return batch, None
    return batch, read(bytes(batch.content), batch.file_name)


@login_required
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one says what each column is; what is proposed is filled in."""
    by = actor(request)
    batch, sheet = _open(request, pk)
    if sheet is None:
        return redirect("portfolio:import_result", batch.pk)
    mapping = Mapping.from_json(batch.mapping)
    initial = {"version": batch.version, "save_as": _own_name(batch)}
    form = MappingForm(posted(request), sheet=sheet, mapping=mapping, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_mapping(
                by=by,
                at=timezone.now(),
                batch_id=batch.pk,
                version=form.cleaned_data["version"],
                mapping=form.mapping(form.cleaned_data["save_as"]),
                save_as=form.cleaned_data["save_as"],
            )
            return redirect("portfolio:import_preview", batch.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "batch": batch,
        "form": form,
        "sheet": sheet,
        "columns": form.columns(),
        "known": sum(1 for guess, _rule in form.lines if guess.target),
        "encoding": "Windows-1252" if sheet.encoding == "cp1252" else sheet.encoding.removesuffix("-sig").upper(),
        "delimiter": _delimiter(sheet),
    }
    return render(request, "portfolio/import_map.html", context, status=400 if form.errors else 200)


def _own_name(batch: ImportBatch) -> str:
    return batch.mapping_name if batch.mapping_name not in BUILT_IN else ""


def _delimiter(sheet: Sheet) -> str:
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
    return str(names.get(sheet.delimiter, ""))


@login_required
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come in, before anything does; and the button that brings it in."""
    by = actor(request)
    batch, sheet = _open(request, pk)
    if sheet is None:
        return redirect("portfolio:import_result", batch.pk)
    form = BringInForm(posted(request), initial={"version": batch.version})
    given: dict[str, Any] = {"by": by, "at": timezone.now(), "portfolio": batch.portfolio, "batch": batch}
    given |= {"sheet": sheet, "mapping": Mapping.from_json(batch.mapping)}
    if request.method == "POST" and form.is_valid():
        try:
            result = actions.bring_in_sheet(**given, **form.cleaned_data)
            if result.handed_on:
                tasks.nudge()
            elif not result.stopped:
                messages.success(request, _("The projects are brought in."))
            if not result.stopped:
                return redirect("portfolio:import_result", batch.pk)
            form.add_error(None, _("Nothing was brought in, because some rows were refused. They are listed below."))
        except Refused as refused:
            form.add_error(None, str(refused))
    try:
        result = actions.bring_in_sheet(**given, dry_run=True)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("portfolio:import_map", batch.pk)
    context = {
        "batch": batch,
        "form": form,
        "counts": result.as_json(),
        "first": previews(result.first),
        **lists(result.refused, result.unknown, reason_words),
    }
    return render(request, "portfolio/import_preview.html", context, status=400 if form.errors else 200)


@login_required
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did: what came in, what was refused, and every cell that stays unknown."""
    batch = get_object_or_404(queries.imports_of(actor(request)), pk=pk)
    quick = request.headers.get("HX-Request") == "true"
    if batch.waits or batch.failed:
        page = "portfolio/import_progress.html" if quick else "portfolio/import_waiting.html"
        return render(request, page, {"batch": batch})
    if batch.imported_at is None:
        return redirect("portfolio:import_map", batch.pk)
    if quick:
        # The page that showed how far it had come is opened anew, as the result.
        return HttpResponse(headers={"HX-Refresh": "true"})
    report = queries.changes_of(actor(request), batch)
    context = {
        "batch": batch,
        "counts": batch.counts,
        "report": report,
        "groups": groups_of(report, most=SHOWN) if report else [],
        "uncompared": [field_words(name) for name in report.uncompared] if report else [],
        **lists(batch.refused, batch.unknown, reason_words),
    }
    return render(request, "portfolio/import_result.html", context)


@login_required
def import_changes(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """What has changed since the earlier import of the same list, as XLSX or CSV."""
    by = actor(request)
    batch = get_object_or_404(queries.imports_of(by), pk=pk, imported_at__isnull=False)
    report = queries.changes_of(by, batch)
    if report is None:
        raise Http404(_("There is no earlier import of this list to hold it against."))
    content = changes_sheet(report) if suffix == "xlsx" else changes_csv(report)
    return download(content, f"endringer-{batch.pk}.{suffix}")


@login_required
def import_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The refused rows and the unknown cells of an import, as XLSX or JSON."""
    batch = get_object_or_404(queries.imports_of(actor(request)), pk=pk)
    if batch.imported_at is None:
        raise Http404
    if suffix == "json":
        content = json.dumps({**batch.counts, "refused": batch.refused, "unknown": batch.unknown}, ensure_ascii=False)
        return download(content, f"innhenting-{batch.pk}.json")
    return download(import_sheet(batch.refused, batch.unknown, at=batch.imported_at), f"innhenting-{batch.pk}.xlsx")
