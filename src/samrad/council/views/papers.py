"""All the papers of a meeting in one: asked for, followed while the worker makes them, and taken out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.council import actions, queries, tasks
from samrad.council.models import PaperSet
from samrad.council.papers.whole import stem
from samrad.council.policy.approving import can_take_papers
from samrad.council.queries.following import papers_of
from samrad.council.views.page import _agenda
from samrad.documents import files
from samrad.organisation.middleware import actor

KINDS = {"pdf": "application/pdf", "zip": "application/zip"}


@login_required
def papers_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """All the papers of a meeting: how far they have come, and where to take them out."""
    by, agenda = actor(request), _agenda(request, pk)
    takes = can_take_papers(by, agenda.meeting)
    if request.method == "POST":
        try:
            actions.gather_papers(by=by, at=timezone.now(), meeting_id=pk)
            tasks.nudge()
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("council:papers_detail", pk)
    if not queries.treats(by, agenda.meeting):
        takes.require()
    row = papers_of(agenda.meeting)
    context = {
        "meeting": agenda.meeting,
        "takes": takes,
        "papers": row,
        "old": row is not None and row.sequence != agenda.meeting.calendar_sequence,
        "rows": [line for line in queries.visible_items(by, agenda) if line.paper and line.item.case],
    }
    quick = request.headers.get("HX-Request") == "true"
    return render(request, "council/parts/papers.html" if quick else "council/papers_detail.html", context)


@login_required
def papers_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All the papers as one PDF, or as a zip with one file for each case."""
    by, agenda = actor(request), _agenda(request, pk)
    can_take_papers(by, agenda.meeting).require()
    row = agenda.meeting.paper_sets.filter(state=PaperSet.State.DONE).first()
    if row is None:
        raise Http404
    try:
        content = files.read(row.pdf_sha256 if kind == "pdf" else row.zip_sha256)
    except files.Lost:
        raise Http404(_("The content of the file is missing. Make the papers again.")) from None
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="sakspapirer-{stem(agenda.meeting)}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
