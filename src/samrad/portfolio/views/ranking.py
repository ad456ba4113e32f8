"""The rank order: what holds, what is in work, and where the sectors' own differ."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.asked import id_in, number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Unit
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import RankForm
from samrad.portfolio.models import Portfolio, Ranking
from samrad.portfolio.queries import ranking as ranks
from samrad.portfolio.queries.showing import within


def _home(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


def _in_work(by: Actor, rankings: list[Ranking], board: set[int], sectors: list[Unit]) -> list[dict[str, Any]]:
    """The rank orders one may do something with before they are published."""
    found = []
    mine = {unit.pk for unit in sectors}
    for ranking in (r for r in rankings if r.state != Ranking.State.PUBLISHED):
        approve = policy.can_approve_ranking(by, ranking, board)
        publish = policy.can_publish_ranking(by, ranking)
        sets = policy.can_rank(by, ranking.portfolio, ranking.sector)
        if sets or ranking.sector_id in mine or (ranking.sector_id is None and by.person_id in board):
            found.append({"ranking": ranking, "approve": approve, "publish": publish, "sets": sets})
    return found


def _heads(by: Actor) -> list[Unit]:
    """The sectors this person is head of."""
    units = [held.unit_id for held in by.held if held.role == "sector_head" and held.unit_id]
    return list(Unit.objects.filter(pk__in=units).select_related("owner").order_by("name")) if units else []


@login_required
def ranking_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The rank order that holds with who approved it and when, the sectors' own beside it, and what is in work."""
    by, portfolio = actor(request), _home(request, pk)
    rankings = list(ranks.rankings_of([portfolio]))
    holding = ranks.newest_of(rankings)
    published = [r for r in rankings if r.state == Ranking.State.PUBLISHED and r.sector_id is None]
    asked = request.GET.get("number", "")
    shown = next((r for r in published if str(r.pk) == asked), holding.get(None))
    board = {person.pk for person in queries.board_of(portfolio, on=timezone.localdate())}
    sectors = _heads(by)
    in_work = _in_work(by, rankings, board, sectors)
    places = ranks.places_of([*holding.values(), *([shown] if shown else []), *(row["ranking"] for row in in_work)])
    seen = set(queries.visible_to(by).filter(within(portfolio)).values_list("pk", flat=True))
    own = ranks.own_orders(rankings, places)
    for row in in_work:
        row["places"] = [p for p in places.get(row["ranking"].pk, []) if p.project_id in seen]
        row["lacks"] = (
            policy.reasons_lack(ranks.differences(row["places"], own)) if not row["ranking"].sector_id else ()
        )
    common = places.get(shown.pk, []) if shown else []
    apart = [row for row in ranks.differences(common, own) if row.project_id in seen]
    context = {
        "portfolio": portfolio,
        "shown": shown,
        "newest": holding.get(None),
        "places": [(row, row.project_id in seen) for row in common],
        "differences": apart,
        "moved": sum(1 for row in apart if row.moved),
        "own": [(name, [p for p in rows if p.project_id in seen]) for name, rows in own.items()],
        "older": [r for r in published if r != shown],
        "in_work": in_work,
        "may": policy.can_rank(by, portfolio, None),
        "sectors": sectors,
    }
    return render(request, "portfolio/ranking_list.html", context)


@login_required
def ranking_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give each project its place: the common order (0), or a sector's own."""
    by, portfolio = actor(request), _home(request, pk)
    sector = get_object_or_404(Unit.objects.select_related("owner"), pk=number) if number else None
    policy.can_rank(by, portfolio, sector).require()
    mine = [r for r in ranks.rankings_of([portfolio]) if r.sector_id == (sector.pk if sector else None)]
    draft = next((r for r in mine if r.state != Ranking.State.PUBLISHED), None)
    start = draft or next(iter(ranks.newest_of(mine).values()), None)
    stands = {
        row.project_id: (row.place, row.reason)
        for row in ranks.places_of([start] if start else []).get(start.pk if start else 0, [])
    }
    projects = sorted(ranks.to_rank(by, portfolio, sector), key=lambda p: stands.get(p.pk, (10_000, ""))[0])
    first = {"version": draft.version if draft else 0}
    form, status = RankForm(request.POST or None, projects=projects, stands=stands, initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = {"version": form.cleaned_data["version"], "places": form.places()}
            try:
                actions.keep_ranking(by=by, at=timezone.now(), portfolio=portfolio, sector=sector, **given)
                messages.success(request, _("The draft is saved. Nobody else reads it before it is published."))
                return redirect("portfolio:ranking_list", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    name = ranks.sector_words(sector) if sector else ""
    context = {"portfolio": portfolio, "sector": name, "form": form, "approved": draft and draft.approved_at}
    return render(request, "portfolio/ranking_change.html", context, status=status)


@login_required
@require_POST
def ranking_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a rank order for the portfolio board, or publish it."""
    by, portfolio = actor(request), _home(request, pk)
    ranking = get_object_or_404(ranks.rankings_of([portfolio]), pk=id_in(request.POST.get("ranking")))
    version = number_in(request.POST.get("version"))
    given: dict[str, Any] = {"by": by, "at": timezone.now(), "ranking_id": ranking.pk, "version": version}
    approving = request.POST.get("do") == "approve"
    if approving:
        board = {person.pk for person in queries.board_of(portfolio, on=timezone.localdate())}
        policy.can_approve_ranking(by, ranking, board).require()
    else:
        policy.can_publish_ranking(by, ranking).require()
    try:
        if approving:
            actions.approve_ranking(**given, where=request.POST.get("where", "")[:200])
            messages.success(request, _("The rank order is approved for the portfolio board."))
        else:
            actions.publish_ranking(**given)
            messages.success(request, _("The rank order is published. Everyone who works here can read it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("portfolio:ranking_list", portfolio.pk)
