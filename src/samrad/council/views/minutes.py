"""The minutes: read, approved, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.council import actions, papers, policy, queries
from samrad.council.models import Meeting
from samrad.council.views.page import _agenda, _seats, _version
from samrad.documents.paper import thawed
from samrad.documents.typeset import paper_pdf
from samrad.organisation.middleware import actor


@login_required
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, to be read and approved."""
    by, agenda = actor(request), _agenda(request, pk)
    if request.method == "POST":
        try:
            actions.approve_minutes(by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
            messages.success(request, _("The minutes are approved and locked."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("council:minutes_detail", pk)
    rows = queries.visible_items(by, agenda)
    context = {
        "meeting": agenda.meeting,
        "rows": rows,
        "fetches": policy.can_fetch_minutes(agenda, rows),
        "exempt": queries.exempt_by(agenda),
        "votes": {i.pk: papers.vote_text(i) for i in agenda.items},
        "approve": policy.can_approve(by, agenda),
        "seats": _seats(agenda, None),
        "approved": agenda.meeting.state == Meeting.State.APPROVED,
    }
    return render(request, "council/minutes_detail.html", context)


@login_required
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as PDF: as they were approved, or as they stand until then."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_fetch_minutes(agenda, queries.visible_items(by, agenda)).require()
    meeting = agenda.meeting
    kept = meeting.minutes_paper
    content = paper_pdf(thawed(kept) if kept else papers.minutes(agenda, language=request.LANGUAGE_CODE))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="motebok-{meeting.year}-{meeting.number}.pdf"'
    return response


@login_required
def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it was last sent, for those who are called and their secretariat."""
    by, agenda = actor(request), _agenda(request, pk)
    meeting = agenda.meeting
    hidden = len(queries.visible_items(by, agenda)) != len(agenda.items)
    if not meeting.notice_paper or hidden or not policy.is_called(by, agenda):
        raise Refused(_("There is no notice that is open to you."))
    response = HttpResponse(paper_pdf(thawed(meeting.notice_paper)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="innkalling-{meeting.year}-{meeting.number}.pdf"'
    return response
