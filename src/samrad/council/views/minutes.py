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
from samrad.council.forms import AttachForm, CorrectionForm
from samrad.council.models import Meeting
from samrad.council.views.page import _agenda, _seats, _version, lines_for
from samrad.documents.models import WordTemplate
from samrad.documents.paper import Paper, thawed
from samrad.documents.papers import in_template
from samrad.documents.typeset import paper_pdf
from samrad.documents.views.templates import word_response
from samrad.organisation.middleware import actor
from samrad.secretariat.queries.lists import rounds_table


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
    return minutes_page(request, agenda)


def minutes_page(
    request: HttpRequest,
    agenda: queries.Agenda,
    form: CorrectionForm | None = None,
    *,
    attach: AttachForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The minutes as a page, with what has been corrected since; what was typed of a correction stands in it."""
    by = actor(request)
    rows = queries.visible_items(by, agenda)
    corrects = policy.can_correct(by, agenda.meeting)
    items = [(row.item.pk, f"{row.number} {row.title}") for row in rows]
    opened = {row.item.pk for row in rows if row.opens}
    treating = queries.treats(by, agenda.meeting)
    noted = queries.corrections_of(agenda.meeting)
    context = {
        "meeting": agenda.meeting,
        "rows": rows,
        "fetches": policy.can_fetch_minutes(agenda, rows),
        "exempt": queries.exempt_by(agenda),
        "lists": {
            row.item.pk: rounds_table(lines_for(by, row), reads=treating)
            for row in rows
            if row.round and not row.item.puts_off_list
        },
        "votes": {i.pk: papers.vote_text(i) for i in agenda.items},
        "approving": {i.pk: papers.approval_text(i) for i in agenda.items if i.approves is not None},
        "voters": {i.pk: papers.voters_text(agenda, i) for i in agenda.standing} if agenda.attendance else {},
        "approve": policy.can_approve(by, agenda),
        "seats": _seats(agenda, None),
        "attach": (attach or AttachForm()) if policy.can_attach_minutes(by, agenda.meeting) else None,
        "attached": agenda.meeting.minutes_file if treating else None,
        "approve_choice": policy.can_keep_minutes(by, agenda.meeting),
        "approvals": Meeting.Approval.choices,
        "approved": agenda.meeting.state == Meeting.State.APPROVED,
        "points": list(agenda.meeting.action_points.select_related("responsible")) if treating else [],
        "corrections": [c for c in noted if treating or (c.item_id in opened)],
        "correct": (form or CorrectionForm(items=items, auto_id="id_correct_%s")) if corrects else None,
    }
    return render(request, "council/minutes_detail.html", context, status=status)


def _minutes(request: HttpRequest, pk: int) -> tuple[Meeting, Paper]:
    """The minutes as they were approved, or as they stand until then, with what has been corrected since."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_fetch_minutes(agenda, queries.visible_items(by, agenda)).require()
    meeting = agenda.meeting
    kept = meeting.minutes_paper
    language = request.LANGUAGE_CODE
    paper = thawed(kept) if kept else papers.minutes(agenda, language=language)
    return meeting, papers.with_corrections(paper, queries.corrections_of(meeting), language=language)


def _notice(request: HttpRequest, pk: int) -> tuple[Meeting, Paper]:
    """The notice as it was last sent, for those who are called and their secretariat."""
    by, agenda = actor(request), _agenda(request, pk)
    meeting = agenda.meeting
    hidden = len(queries.visible_items(by, agenda)) != len(agenda.items)
    if not meeting.notice_paper or hidden or not policy.is_called(by, agenda):
        raise Refused(_("There is no notice that is open to you."))
    return meeting, thawed(meeting.notice_paper)


def _pdf(meeting: Meeting, paper: Paper, name: str) -> HttpResponse:
    response = HttpResponse(paper_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{meeting.year}-{meeting.number}.pdf"'
    return response


def _word(meeting: Meeting, paper: Paper, name: str, kind: str) -> HttpResponse:
    """The same as Word, in the template that the house used that day."""
    on = timezone.localdate(paper.at) if paper.at else timezone.localdate()
    content = in_template(paper, owner_id=meeting.owner_id, kind=kind, on=on)
    return word_response(content, f"{name}-{meeting.year}-{meeting.number}.docx")


@login_required
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as PDF."""
    return _pdf(*_minutes(request, pk), "motebok")


@login_required
def minutes_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as Word."""
    return _word(*_minutes(request, pk), "motebok", WordTemplate.Kind.MINUTES)


@login_required
def notice_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice with the agenda as PDF."""
    return _pdf(*_notice(request, pk), "innkalling")


@login_required
def notice_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice with the agenda as Word."""
    return _word(*_notice(request, pk), "innkalling", WordTemplate.Kind.NOTICE)
