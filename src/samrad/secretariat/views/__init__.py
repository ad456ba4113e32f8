"""The secretariat's pages: one case being prepared, and the case paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.anchoring.queries import content_lines, requests_of, submission_of
from samrad.cases.models import Case
from samrad.cases.queries import secretariat_of
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.cases.workflow import COLOURS, STATES
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Lack, Refused, Stale
from samrad.documents import typeset
from samrad.documents.lines import file_lines
from samrad.documents.models import WordTemplate
from samrad.documents.paper import Paper, thawed
from samrad.documents.papers import in_template
from samrad.documents.views.templates import word_response
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import attachments_of, called_reviewers, readable
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Person
from samrad.secretariat import actions, policy, queries
from samrad.secretariat.forms import (
    AssessmentForm,
    CheckForm,
    DecideForm,
    LineForm,
    NoteForm,
    PaperForm,
    RedirectForm,
)
from samrad.secretariat.forms.reviewing import OfficerForm
from samrad.secretariat.models import Assessment, PaperVersion
from samrad.secretariat.papers import paper_document
from samrad.secretariat.policy import routing as policy_routing
from samrad.secretariat.policy.editing import can_write_paper
from samrad.secretariat.queries.reviewing import Assessed, assessed_in, written_in
from samrad.secretariat.queries.rounds import open_round_of
from samrad.secretariat.queries.routing import newest_choice
from samrad.secretariat.views.ordering import logs_attempts

OWN_ID = "internal_%s"  # another form on the page has a note too


def found_case(by: Actor, pk: int) -> tuple[Case, Initiative]:
    case = queries.visible_to(by).filter(pk=pk, initiative__isnull=False).first()
    if case is None or case.initiative is None or case.initiative.stage < Initiative.Stage.SUBMITTED:
        raise Http404
    return case, case.initiative


def _forms(case: Case, paper: Any, assessed: Assessed, people: list[Person]) -> dict[str, forms.Form]:
    start: dict[str, Any] = {"version": case.version}
    proposal = {"proposed_outcome": paper.proposed_outcome, "proposed_text": paper.proposed_text} if paper else {}
    own = case.assessments.filter(kind="secretariat").first()
    return {
        "check_form": CheckForm(initial=start),
        "assessment_form": AssessmentForm(initial={**start, "text": own.text if own else ""}, assessed=assessed),
        "officer_form": OfficerForm(
            initial={**start, "person": case.case_officer_id}, auto_id="id_officer_%s", people=people
        ),
        "paper_form": PaperForm(initial={**start, **proposal, "confirms": True}),
        "note_form": NoteForm(auto_id=OWN_ID),
        "redirect_form": RedirectForm(initial=start),
        "line_form": LineForm(initial=start, auto_id="id_line_%s"),
        "decide_form": DecideForm(initial={**start, "amount_kr": _cost(case)}, auto_id="id_decide_%s"),
    }


def _cost(case: Case) -> Decimal | None:
    initiative = case.initiative
    if initiative is None or initiative.one_off_kr is None:
        return None
    return initiative.one_off_kr + (initiative.annual_kr or Decimal(0))


def _shown(name: str, by: Actor, case: Case, assessments: list[Assessment], finance: tuple[Lack, ...]) -> bool:
    """Does the page still hold the form, as the case stands now?"""
    checks, writes = policy.can_check(by, case), policy.can_assess(by, case) and case.state != "submitted"
    way = queries.route_of(case.initiative, on=timezone.localdate()) if case.initiative else None
    return bool(
        {
            "check_form": checks and case.state in {"submitted", "preparation"},
            "assessment_form": writes,
            "paper_form": writes and policy.can_make_paper(by, case, assessments, finance=finance),
            "redirect_form": checks,
            "line_form": way and policy.can_send_to_line(by, case, way),
            "decide_form": way and policy.can_decide(by, case, way),
        }.get(name, True)
    )


def case_page(request: HttpRequest, pk: int, status: int = 200, **bound: forms.Form) -> HttpResponse:
    by = actor(request)
    on = timezone.localdate()
    case, initiative = found_case(by, pk)
    assessments = written_in(case)
    paper = queries.paper_of(case)
    submission = submission_of(initiative)
    seen = readable(by, initiative, on=on)
    called = called_reviewers(initiative, on=on)
    assessed = assessed_in(case, initiative, assessments, on=on, called=called)
    finance = policy.finance_missing(assessed)
    people = secretariat_of(policy.house(case), on=on)
    lines = content_lines(submission.content.content) if submission else []
    way, choice = queries.route_of(initiative, on=timezone.localdate()), newest_choice(case)
    context = {
        "case": case,
        "initiative": initiative,
        "state": STATES[case.state],
        "colour": COLOURS[case.state],
        "lines": [line for line in lines if seen.shows(line.group)],
        "submission": submission,
        "files": file_lines(attachments_of(seen)),
        "requests": requests_of(initiative).filter(withdrawn_at__isnull=True),
        "checks": case.completeness_checks.select_related("checked_by").order_by("-pk"),
        "own": next((a for a in assessments if a.kind == Assessment.Kind.SECRETARIAT), None),
        "assessed": assessed,
        "finance_missing": finance,
        "newer": [a for a in assessments if paper is not None and a.written_at > paper.made_at],
        "can_assign": policy.can_assign(by, case),
        "notes": case.internal_notes.select_related("written_by").order_by("-pk"),
        "paper": paper,
        "way": way,
        "routed": policy_routing.is_routed(choice),
        "confirms": policy_routing.can_confirm(by, case, way, choice),
        "in_round": open_round_of(case),
        "called": called if seen.shows("need") else [],
        "may_give": queries.frame_of(initiative, on=timezone.localdate()) if way.body_kind == "secretariat" else None,
        "can_send_to_line": policy.can_send_to_line(by, case, way),
        "can_decide": policy.can_decide(by, case, way),
        "can_check": policy.can_check(by, case),
        "can_assess": policy.can_assess(by, case),
        "can_make_paper": policy.can_make_paper(by, case, assessments, finance=finance),
        "problem": next((form for form in bound.values()), None),
        "typed": next((form for name, form in bound.items() if not _shown(name, by, case, assessments, finance)), None),
        **_forms(case, paper, assessed, people),
        **bound,
    }
    return render(request, "secretariat/case_prepare.html", context, status=status)


@login_required
def case_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: check it, assess it, make its paper."""
    return case_page(request, pk)


def do_with_case(
    request: HttpRequest, pk: int, name: str, form: forms.Form, action: Callable[..., object], done: str
) -> HttpResponse:
    """Do one thing with a case, and come back to it; what was typed is kept where it could not be done."""
    by = actor(request)
    case, _initiative = found_case(by, pk)
    if not form.is_valid():
        return case_page(request, pk, 422, **{name: form})
    try:
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        action(by=by, at=timezone.now(), case_id=case.pk, **values)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, Case.objects.get(pk=case.pk).version)
        return case_page(request, pk, 409, **{name: form})
    messages.success(request, done)
    return redirect("secretariat:case_prepare", case.pk)


@login_required
@require_POST
def case_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case into preparation, or return it with what is missing."""
    done = _("The check is kept.")
    return do_with_case(request, pk, "check_form", CheckForm(request.POST), actions.check_completeness, done)


@login_required
@require_POST
def assessment_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an assessment."""
    case, initiative = found_case(actor(request), pk)
    assessed = assessed_in(case, initiative, written_in(case), on=timezone.localdate())
    form = AssessmentForm(request.POST, assessed=assessed)
    done = _("The assessment is kept.")
    return do_with_case(request, pk, "assessment_form", form, actions.write_assessment, done)


@login_required
@require_POST
def paper_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the case paper from the record."""
    done = _("The case paper is made. The case is ready for a meeting.")
    return do_with_case(request, pk, "paper_form", PaperForm(request.POST), actions.make_paper, done)


@login_required
@require_POST
def case_redirect(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the case elsewhere: it is not for the council."""
    done = _("The case is sent elsewhere. Those who wrote the need have been told.")
    return do_with_case(request, pk, "redirect_form", RedirectForm(request.POST), actions.redirect_case, done)


@login_required
@require_POST
@logs_attempts("secretariat.send_to_line", "start")
def line_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the case to the head of the owning sector to be decided."""
    form = LineForm(request.POST, auto_id="id_line_%s")
    done = _("The case is with the head of sector. The council hears of the decision at its next meeting.")
    return do_with_case(request, pk, "line_form", form, actions.send_to_line, done)


@login_required
@require_POST
@logs_attempts("secretariat.decide", "start")
def mandate_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide within the secretariat's mandate."""
    done = _("The decision is kept. The council hears of it at its next meeting.")
    return do_with_case(
        request,
        pk,
        "decide_form",
        DecideForm(request.POST, auto_id="id_decide_%s"),
        actions.decide_within_mandate,
        done,
    )


@login_required
@require_POST
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an internal note."""

    def add(*, note: str, **rest: Any) -> object:
        return actions.add_note(text=note, **rest)

    return do_with_case(request, pk, "note_form", NoteForm(request.POST, auto_id=OWN_ID), add, _("The note is kept."))


def _paper(by: Actor, pk: int) -> tuple[Case, Initiative, Any]:
    """A case paper, for one who may read it; otherwise as if it were not there."""
    case = cases_visible_to(by).filter(pk=pk).select_related("initiative", "initiative__owner", "body").first()
    paper = queries.paper_of(case) if case is not None else None
    if case is None or case.initiative is None or paper is None:
        raise Http404
    seen = readable(by, case.initiative, on=timezone.localdate())
    if not policy.can_read_paper(by, case, sight=seen.sight):
        raise Http404
    return case, case.initiative, paper


def _as_sent(paper: Any, versions: list[PaperVersion], number: int | None) -> Any:
    """The version asked for, as it was sent; the paper as it is now where none is asked for."""
    if number is None:
        return paper
    version = next((v for v in versions if v.number == number), None)
    if version is None:
        raise Http404
    return version


@login_required
def paper_detail(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The case paper as a page, without what is exempt for the one who reads: as it is now, or as it was sent."""
    by = actor(request)
    case, initiative, paper = _paper(by, pk)
    versions = queries.versions_of(case)
    shown = _as_sent(paper, versions, number)
    context = {
        "case": case,
        "initiative": initiative,
        "paper": shown,
        "newest": paper.version,
        "number": number,
        "writes": can_write_paper(by, case, paper),
        "versions": versions,
        "changed": bool(versions) and versions[-1].number != paper.version,
        "sections": queries.sections_for(by, shown, initiative, on=timezone.localdate()),
    }
    return render(request, "secretariat/paper_detail.html", context)


def _printed(request: HttpRequest, pk: int, number: int | None) -> tuple[Case, Initiative, Any, Paper]:
    """The paper as it is taken out, without what is exempt for the one who takes it out."""
    by = actor(request)
    case, initiative, paper = _paper(by, pk)
    shown = _as_sent(paper, queries.versions_of(case), number)
    sections = queries.sections_for(by, shown, initiative, on=timezone.localdate())
    if isinstance(shown, PaperVersion) and not any(section.basis for section in sections):
        # Word for word, whatever is written differently today.
        return case, initiative, shown, thawed(shown.paper)
    language = queries.house_language(case)
    return case, initiative, shown, paper_document(case, initiative, shown, sections, language=language)


@login_required
def paper_pdf(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The case paper as a PDF, without what is exempt for the one who takes it out."""
    _case, initiative, _shown, document = _printed(request, pk, number)
    response = HttpResponse(typeset.paper_pdf(document), content_type="application/pdf")
    # The reference is ours alone to give, so it is safe in a file name; the title is not.
    response["Content-Disposition"] = f'inline; filename="{initiative.reference}.pdf"'
    return response


@login_required
def paper_word(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The case paper as Word, in the house's own template of the day it was sent."""
    case, initiative, shown, document = _printed(request, pk, number)
    day = timezone.localdate(shown.frozen_at) if isinstance(shown, PaperVersion) else timezone.localdate()
    kind = WordTemplate.Kind.CASE_PAPER
    content = in_template(document, owner_id=policy.house(case), kind=kind, on=day)
    return word_response(content, f"{initiative.reference}.docx")
