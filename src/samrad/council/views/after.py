"""After the meeting: corrections, extracts, what people are to do, and who came."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.council import actions, papers, policy, queries
from samrad.council.forms import CorrectionForm, PointForm
from samrad.council.models import ActionPoint, AgendaItem
from samrad.council.views.minutes import minutes_page
from samrad.council.views.page import Typed, _agenda, _back, _do, _page, _status
from samrad.documents.typeset import paper_pdf
from samrad.governance.models import Body
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity


@login_required
@require_POST
def approval_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose how the minutes are approved."""
    by, chosen = actor(request), str(request.POST.get("approval", ""))
    _agenda(request, pk)

    def choose() -> None:
        actions.choose_approval(by=by, at=timezone.now(), meeting_id=pk, approval=chosen)

    return _do(request, pk, choose, _("Kept."))


@login_required
@require_POST
def point_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody something to do after the meeting."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_give_point(by, agenda.meeting).require()
    people = [(person.pk, person.name) for person in queries.may_be_responsible(agenda)]
    form = PointForm(request.POST, people=people, auto_id="id_point_%s")
    item_id = number_in(request.POST.get("item")) or None
    if not form.is_valid():
        return _page(request, agenda, typed=Typed(item_id=item_id, point=form), status=422)
    actions.give_action_point(by=by, at=timezone.now(), meeting_id=pk, item_id=item_id, **form.cleaned_data)
    messages.success(request, _("It stands among what waits for the one responsible, who has been told."))
    return _back(request, pk, item_id)


@login_required
def point_detail(request: HttpRequest, point_id: int) -> HttpResponse:
    """What somebody is to do after a meeting; ticked off when it is done."""
    by = actor(request)
    found = ActionPoint.objects.filter(meeting__in=queries.visible_to(by)).select_related(
        "meeting__body", "responsible", "done_by"
    )
    point = get_object_or_404(found, pk=point_id)
    if not (queries.treats(by, point.meeting) or policy.can_finish_point(by, point)):
        raise Http404
    if request.method == "POST":
        actions.finish_action_point(by=by, at=timezone.now(), point_id=point_id)
        messages.success(request, _("Ticked off."))
        return redirect("council:point_detail", point_id)
    context = {"point": point, "finish": policy.can_finish_point(by, point)}
    return render(request, "council/point_detail.html", context)


@login_required
@require_POST
def correction_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a correction to approved minutes."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_correct(by, agenda.meeting).require()
    items = [(i.pk, queries.number_of(i, agenda.meeting)) for i in agenda.items]
    form = CorrectionForm(request.POST, items=items, auto_id="id_correct_%s")
    if not form.is_valid():
        return minutes_page(request, agenda, form, status=422)
    try:
        actions.correct_minutes(by=by, at=timezone.now(), meeting_id=pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        return minutes_page(request, agenda, form, status=_status(refused))
    messages.success(request, _("The correction is noted. The minutes stand as they were approved."))
    return redirect("council:minutes_detail", pk)


@login_required
def extract_file(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """One item of approved minutes as a PDF, for those who may read it."""
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    row = next((r for r in queries.visible_items(by, agenda) if r.item.pk == item_id), None)
    if row is None or not row.opens or agenda.meeting.approved_at is None:
        raise Http404
    language = Entity.objects.get(pk=agenda.meeting.owner_id).language
    with override(language):
        paper = papers.extract(agenda, row.item, language=language)
    own = [c for c in queries.corrections_of(agenda.meeting) if c.item_id in (None, item_id)]
    content = paper_pdf(papers.with_corrections(paper, own, language=language))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"saerutskrift-{agenda.meeting.year}-{agenda.meeting.number}-{row.item.order}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def turnout_detail(request: HttpRequest, body_id: int) -> HttpResponse:
    """Who has come to the meetings of a body in a year, for its members and its secretariat."""
    by = actor(request)
    body = get_object_or_404(Body.objects.filter(owner_id__in=by.entities), pk=body_id)
    policy.can_see_turnout(by, body).require()
    today = timezone.localdate()
    asked = str(request.GET.get("year", ""))
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= today.year + 1 else today.year
    rows = queries.turnout(body, year=year)
    held = queries.held_in(body, year=year)
    context = {"body": body, "year": year, "rows": rows, "held": held, "years": range(today.year, today.year - 4, -1)}
    return render(request, "council/turnout_detail.html", context)
