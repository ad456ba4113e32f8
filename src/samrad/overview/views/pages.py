"""Pages across stages: My page, the whole story of an initiative, how we govern."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samrad.anchoring.policy import WRITERS
from samrad.cases.models import Case, Turn
from samrad.cases.policy import can_plan_costs, can_turn, can_withdraw
from samrad.documents.lines import file_lines
from samrad.documents.policy import template_houses
from samrad.documents.sheets import Column, comma_separated
from samrad.governance.queries import next_deadlines
from samrad.initiatives.content import CHOICES, RESPONSIBLES, STEPS
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import Sight, blocks, can_mark_reusable
from samrad.initiatives.queries import alternatives_in, form_fields
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.policy import can_exempt
from samrad.overview import following, queries
from samrad.overview.mine import mine_and_followed
from samrad.overview.steering import steering_map
from samrad.strategy.models import ActionPlan
from samrad.strategy.queries import plans_of

PAGE = 50
PRINTED = 1000
READ = frozenset({"text", "kostra"})  # what stands in the story as it was written
WAITING_PAGE = 25


@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """«Min side»: at most three things on top, then what is one's own."""
    by, now = actor(request), timezone.now()
    context = {
        "page": queries.my_page(by, now=now),
        "mine": mine_and_followed(by),
        "staff": "employee" in by.roles_in(by.entities),
        "deadlines": next_deadlines(by, on=timezone.localdate(now)),
    }
    return render(request, "overview/my_page.html", context)


@login_required
def waiting_list(request: HttpRequest) -> HttpResponse:
    """All that waits for me, most urgent first."""
    page = Paginator(queries.waiting_for(actor(request)).select_related("initiative"), WAITING_PAGE).get_page(
        request.GET.get("page")
    )
    waiting = queries.waiting_in(page, today=timezone.localdate())
    return render(request, "overview/waiting_list.html", {"page": page, "waiting": waiting})


TURNS = {
    "stop": (Turn.Kind.STOPPED, _l("Stop the case")),
    "pause": (Turn.Kind.PAUSED, _l("Pause the case")),
    "resume": (Turn.Kind.RESUMED, _l("Take the case up again")),
    "merge": (Turn.Kind.MERGED, _l("Merge with another")),
    "reopen": (Turn.Kind.REOPENED, _l("Open the case anew")),
}


def _turns(by: Actor, case: Case | None, initiative: Initiative, kinds: frozenset[str]) -> list[tuple[str, str]]:
    """The turns the reader may let the case take now, each with its words."""
    if case is None:
        return []
    return [(k, str(label)) for k, (turn, label) in TURNS.items() if can_turn(by, case, initiative, turn, kinds=kinds)]


@login_required
def initiative_story(request: HttpRequest, pk: int) -> HttpResponse:
    """«Hele saken»: with whom it lies, who comes next, and everything that has happened."""
    try:
        story = queries.story(actor(request), pk, now=timezone.now())
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    content = story.content
    asked = form_fields(alternatives_in(content.values))
    sections = [
        (
            label,
            [
                (f.label, content.values.get(f.code))
                for f in asked
                if f.step == step and f.kind in READ and content.values.get(f.code)
            ],
        )
        for step, label in STEPS.items()
    ]
    kinds = frozenset(kind for kind, named in content.people.items() if named.person_id == actor(request).person_id)
    people = [(label, content.people[kind]) for kind, label, _minimum in RESPONSIBLES if kind in content.people]
    outside = content.values.get("outside_plan")
    context = {
        "story": story,
        "every": "all" in request.GET,
        "links": story.links,
        "outside_plan": CHOICES["outside_plan"].get(outside, "") if outside else "",
        "blocks": blocks(content, story.links) if content.sight >= Sight.OPEN else (),
        "initiative": content.initiative,
        "people": people,
        "may_exempt": content.sight >= Sight.OPEN
        and can_exempt(actor(request), content.initiative, involved=bool(kinds & WRITERS)),
        "may_withdraw": story.case and can_withdraw(actor(request), story.case, kinds=kinds),
        "turns": _turns(actor(request), story.case, content.initiative, kinds) if content.sight >= Sight.OPEN else [],
        "may_plan": story.case
        and content.shows("costs")
        and len(content.initiative.participant_ids) > 1
        and can_plan_costs(actor(request), story.case, story.decisions),
        "may_reuse": can_mark_reusable(actor(request), content.initiative, kinds=kinds),
        "reusable": story.reusable,
        "related": story.related,
        "files": file_lines(story.files, exempt=story.content.exempt),
        "sections": [s for s in sections if s[1]],
    }
    return render(request, "overview/initiative_story.html", context)


@login_required
def steering_line(request: HttpRequest) -> HttpResponse:
    """«Slik styrer vi»: the steering line drawn from the live set-up."""
    by = actor(request)
    context = {"nodes": steering_map(by, now=timezone.now()), "keeps_templates": bool(template_houses(by))}
    return render(request, "overview/steering_line.html", context)


def _report_plan(request: HttpRequest, plan_id: int, kind: str) -> ActionPlan:
    if kind not in following.KINDS:
        raise Http404
    return get_object_or_404(plans_of(actor(request)), pk=plan_id)


@login_required
def strategy_report(request: HttpRequest, plan_id: int, kind: str) -> HttpResponse:
    """The strategy beside the initiatives: progress, points without initiatives, initiatives without a point or outside."""
    by, plan = actor(request), _report_plan(request, plan_id, kind)
    context = {
        "plan": plan,
        "strategy": plan.strategy,
        "kind": kind,
        "title": following.KINDS[kind],
        "kinds": list(following.KINDS.items()),
        "plans": list(plan.strategy.plans.order_by("year")),
    }
    if kind == "progress":
        context |= {"areas": following.progress(by, plan), "whole": following.whole(plan)}
    elif kind == "points":
        context |= {"points": following.points_without(by, plan)}
    else:
        find = following.initiatives_without if kind == "initiatives" else following.outside
        printed = "print" in request.GET
        page = Paginator(find(by, plan), PRINTED if printed else PAGE).get_page(request.GET.get("page"))
        rows = following.readable_rows(by, page, on=timezone.localdate())
        context |= {"page": page, "rows": rows, "printed": printed}
    return render(request, "overview/strategy_report.html", context)


@login_required
def strategy_report_file(request: HttpRequest, plan_id: int, kind: str) -> HttpResponse:
    """The same report as a file for a spreadsheet."""
    by, plan = actor(request), _report_plan(request, plan_id, kind)
    rows: list[tuple[object, ...]]
    if kind == "progress":
        columns = [Column(_("Focus area")), Column(_("Points done")), Column(_("Points")), Column(_("Per cent"))]
        rows = [(a.name, a.progress.done, a.progress.total, a.progress.percent) for a in following.progress(by, plan)]
    elif kind == "points":
        columns = [Column(_("Focus area")), Column(_("Point")), Column(_("Responsible")), Column(_("Deadline"))]
        rows = [
            (p.area.name, p.title, p.responsible.name if p.responsible else "", p.due_date)
            for p in following.points_without(by, plan)
        ]
    else:
        columns = [
            Column(t) for t in (_("Reference"), _("Initiative"), _("Municipality"), _("Why outside"), _("Reason"))
        ]
        find = following.initiatives_without if kind == "initiatives" else following.outside
        exempt = _("Exempt from public access")
        rows = [
            (
                r.initiative.reference,
                r.initiative.title,
                r.initiative.owner.name,
                r.kind,
                exempt if r.hidden else r.reason,
            )
            for r in following.readable_rows(by, find(by, plan), on=timezone.localdate())
        ]
    response = HttpResponse(comma_separated(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{plan.year}.csv"'
    return response
