"""Pages for bringing people and units in: upload, say what the columns are, look it over, bring it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.sheets.files import Sheet, read
from samrad.core.sheets.incoming import ColumnsForm
from samrad.core.sheets.words import SHOWN, lists
from samrad.core.verdict import Refused, Stale
from samrad.organisation import actions, queries
from samrad.organisation.forms.memberships import PeopleFileForm, TakeInForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, PeopleImport
from samrad.organisation.policy import can_administer
from samrad.organisation.reading import propose
from samrad.organisation.words import FIELDS, reason_words


@login_required
def people_upload(request: HttpRequest) -> HttpResponse:
    """Where a list of people and units is uploaded."""
    by = actor(request)
    can_administer(by).require()
    entities = Entity.objects.filter(pk__in=queries.administered(by)).order_by("kind", "name")
    sent = request.method == "POST"
    form = PeopleFileForm(request.POST if sent else None, request.FILES if sent else None, entities=entities)
    if sent and form.is_valid():
        batch = actions.upload_people(
            by=by,
            at=timezone.now(),
            owner=form.cleaned_data["entity"],
            file_name=form.file_name,
            content=form.content,
            columns={guess.header: guess.target for guess in propose(form.sheet) if guess.target},
        )
        return redirect("organisation:people_columns", batch.pk)
    done = PeopleImport.objects.filter(owner__in=entities, imported_at__isnull=False).select_related("owner")[:10]
    context = {"form": form, "imports": done, "fields": [str(label) for label in FIELDS.values()]}
    return render(request, "organisation/admin/people_upload.html", context, status=400 if form.errors else 200)


def _batch(request: HttpRequest, pk: int) -> PeopleImport:
    rows = PeopleImport.objects.filter(owner_id__in=queries.administered(actor(request)))
    found = rows.select_related("owner", "uploaded_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _sheet(batch: PeopleImport) -> Sheet | None:
    """The sheet an import holds, until it is brought in."""
    if batch.imported_at is not None or batch.content is None:
        return None
    return read(bytes(batch.content), batch.file_name)


@login_required
def people_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one says what each column is; what is proposed is filled in."""
    batch = _batch(request, pk)
    sheet = _sheet(batch)
    if sheet is None:
        return redirect("organisation:people_result", batch.pk)
    form = ColumnsForm(
        request.POST or None,
        guesses=propose(sheet),
        columns=batch.columns,
        targets=FIELDS.items(),
        initial={"version": batch.version},
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
            return redirect("organisation:people_preview", batch.pk)
        except Stale as stale:
            form.add_error(None, str(stale))
    context = {"batch": batch, "form": form, "lines": form.lines(), "records": len(sheet.records)}
    return render(request, "organisation/admin/people_columns.html", context, status=400 if form.errors else 200)


@login_required
def people_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come in, before anything does; who shall sign in; and the button that brings it in."""
    by, batch = actor(request), _batch(request, pk)
    sheet = _sheet(batch)
    if sheet is None:
        return redirect("organisation:people_result", batch.pk)
    form = TakeInForm(request.POST or None, initial={"version": batch.version})
    given: dict[str, Any] = {"by": by, "at": timezone.now(), "owner": batch.owner, "sheet": sheet}
    if request.method == "POST" and form.is_valid():
        try:
            locked = actions.lock_import(batch.pk, form.cleaned_data["version"])
            way_in = form.cleaned_data["way_in"]
            choices = {"accounts": way_in != "none", "links": way_in == "links"}
            actions.import_people(**given, columns=locked.columns, batch=locked, **choices)
            messages.success(request, _("The people and units are brought in."))
            return redirect("organisation:people_result", batch.pk)
        except Stale as stale:
            form.add_error(None, str(stale))
    try:
        result = actions.import_people(**given, columns=batch.columns, dry_run=True)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisation:people_columns", batch.pk)
    context = {"batch": batch, "form": form, "counts": result, **_lists(result.refused, result.unknown)}
    return render(request, "organisation/admin/people_preview.html", context, status=400 if form.errors else 200)


def _lists(refused: list[dict[str, Any]], unknown: list[dict[str, Any]]) -> dict[str, Any]:
    named = [{**u, "field": FIELDS.get(u["target"], "")} for u in unknown[:SHOWN]]
    return {**lists(refused, named, reason_words), "unknown_count": len(unknown)}


@login_required
def people_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did: who came in, what was refused, and every cell that said nothing we know."""
    batch = _batch(request, pk)
    if batch.imported_at is None:
        return redirect("organisation:people_columns", batch.pk)
    context = {"batch": batch, "counts": batch.counts, **_lists(batch.refused, batch.unknown)}
    return render(request, "organisation/admin/people_result.html", context)
