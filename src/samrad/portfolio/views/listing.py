"""The list leaders steer by: narrowed, sorted, added up, as a link and as a spreadsheet; and the portfolio's header."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samrad.core.asked import id_in
from samrad.core.downloads import download
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.documents.sheets import Column, Sheet, workbook
from samrad.governance.models import Body
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import HeaderForm, PortfolioForm, ViewForm
from samrad.portfolio.models import Portfolio
from samrad.portfolio.queries import listing

PAGE = 100  # projects on a page; the total is of all of them
ASKED = {
    "sector": gettext_lazy("Sector"),
    "municipality": gettext_lazy("Municipality"),
    "phase": gettext_lazy("Phase"),
    "size": gettext_lazy("Size"),
    "area": gettext_lazy("Focus area"),
    "light": gettext_lazy("Status light"),
    "owner": gettext_lazy("Project owner"),
}
KEPT = (*ASKED, "col", "sort")


def _home(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


def _columns(asked: QueryDict) -> list[str]:
    chosen = set(asked.getlist("col")) & set(listing.COLUMNS)
    return [name for name in listing.COLUMNS if name in (chosen or listing.USUAL)]


def _shown(asked: QueryDict, rows: list[listing.Listed]) -> list[listing.Listed]:
    found = listing.narrowed(rows, {name: asked.get(name, "") for name in ASKED})
    return listing.in_order(found, asked.get("sort", "") or "rank")


def _rows(request: HttpRequest, portfolio: Portfolio, asked: QueryDict) -> list[listing.Listed]:
    wanted = {*_columns(asked), asked.get("sort", "").removeprefix("-")}
    return listing.listed(actor(request), portfolio, on=timezone.localdate(), asked=wanted)


def _query(asked: QueryDict) -> str:
    """The part of the address that says what is shown, and nothing else."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        kept.setlist(name, [value for value in asked.getlist(name) if value])
    return kept.urlencode()


def _cell(row: listing.Listed, name: str, label: str, kind: str) -> dict[str, Any]:
    return {
        "label": label,
        "kind": kind,
        "value": row.cells[name],
        "light": row.codes.get(name, ""),
        "computed": row.beside.get(name, ("", ""))[0],
        "why": row.beside.get(name, ("", ""))[1],
        "hid": name in row.exempt,
    }


def _lines(rows: Iterable[listing.Listed], heads: list[Any]) -> list[dict[str, Any]]:
    before, after = reverse("portfolio:project_detail", args=[0]).rsplit("0", 1)
    return [
        {
            "title": row.title,
            "url": f"{before}{row.line.project.pk}{after}",
            "reference": row.line.project.initiative.reference,
            "also": ", ".join(row.also),
            "cells": [_cell(row, name, label, kind) for name, label, kind in heads],
        }
        for row in rows
    ]


def _list_page(
    request: HttpRequest, portfolio: Portfolio, asked: QueryDict, form: ViewForm, status: int = 200
) -> HttpResponse:
    by = actor(request)
    rows = _rows(request, portfolio, asked)
    shown, names = _shown(asked, rows), _columns(asked)
    heads = [(name, str(label), kind) for name in names for label, kind in [listing.COLUMNS[name]]]
    sums, choices = listing.totals(shown), listing.choices(rows)
    page = Paginator(shown, PAGE).get_page(asked.get("page"))
    context = {
        "portfolio": portfolio,
        "rows": _lines(page, heads),
        "page": page,
        "found": len(shown),
        "heads": heads,
        "sums": [(name in sums, sums.get(name), label) for name, label, _kind in heads],
        "hidden": sum(1 for row in shown if row.exempt - {"top_risk"}),
        "all": len(rows),
        "filters": [(name, label, choices[name], asked.get(name, "")) for name, label in ASKED.items()],
        "chosen": any(asked.get(name) for name in ASKED),
        "columns": [(name, label, name in names) for name, (label, _kind) in listing.COLUMNS.items()],
        "sort": asked.get("sort", ""),
        "query": _query(asked),
        "views": [(view, policy.can_keep_view(by, view)) for view in listing.views_of(by, portfolio)],
        "form": form,
    }
    return render(request, "portfolio/project_list.html", context, status=status)


@login_required
def project_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every project of the portfolio on one page, as one wants to see them. The address says what is shown."""
    return _list_page(request, _home(request, pk), request.GET, ViewForm())


@login_required
def project_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what the list shows, as a spreadsheet."""
    portfolio = _home(request, pk)
    shown = _shown(request.GET, _rows(request, portfolio, request.GET))
    names, sums, hid = _columns(request.GET), listing.totals(shown), _("exempt")
    kinds: dict[str, Any] = {name: kind for name, (_label, kind) in listing.COLUMNS.items()}
    columns = [
        Column(_("Reference")),
        Column(_("Project")),
        *(Column(str(listing.COLUMNS[n][0]), kinds[n]) for n in names),
    ]
    lines = [
        [
            row.line.project.initiative.reference,
            row.title,
            *(hid if name in row.exempt else row.cells[name] for name in names),
        ]
        for row in shown
    ]
    total = [_("Total"), None, *(sums.get(name) for name in names)] if lines else []
    content = workbook([Sheet(_("Projects"), columns, lines, total)], at=timezone.now(), title=portfolio.name)
    return download(content, f"portefolje-{portfolio.pk}.xlsx")


@login_required
@require_POST
def view_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the list as it is shown under a name, or take a view away."""
    by, portfolio = actor(request), _home(request, pk)
    shown = _query(QueryDict(request.POST.get("query", "")[:2000]))
    back = f"{reverse('portfolio:project_list', args=[pk])}?{shown}"
    gone = request.POST.get("remove", "")
    if gone:
        view = get_object_or_404(listing.views_of(by, portfolio), pk=id_in(gone))
        actions.remove_view(by=by, at=timezone.now(), view=view)
        messages.success(request, _("The view is taken away."))
        return redirect(back)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _list_page(request, portfolio, QueryDict(shown), form, status=422)
    actions.save_view(by=by, at=timezone.now(), portfolio=portfolio, query=shown, **form.cleaned_data)
    messages.success(request, _("The view is saved."))
    return redirect(back)


@login_required
def portfolio_add(request: HttpRequest) -> HttpResponse:
    """Set up another portfolio, of a municipality, a sector or the cooperation."""
    by = actor(request)
    houses = Entity.objects.filter(pk__in=policy.houses_to_create_for(by)).order_by("name")
    policy.can_create_any(by).require()
    form, status = PortfolioForm(request.POST or None, houses=houses), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.create_portfolio(by=by, at=timezone.now(), **form.cleaned_data)
                messages.success(request, _("The portfolio is set up. Say who manages it."))
                return redirect("portfolio:header_change", made.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    return render(request, "portfolio/portfolio_add.html", {"form": form}, status=status)


@login_required
def header_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the portfolio is for, who answers for it and who manages it; and what stood there before."""
    by, portfolio = actor(request), _home(request, pk)
    may, status = policy.can_manage(by, portfolio), 200
    names = ("name", "vision", "appointed_by", "appointed_date", "version")
    first = {name: getattr(portfolio, name) for name in names}
    first |= {"body": portfolio.body_id, "manager": portfolio.manager_id}
    bodies = Body.objects.filter(owner_id=portfolio.owner_id).order_by("name")
    form = HeaderForm(request.POST or None, bodies=bodies, people=people.visible_to(by).order_by("name"), initial=first)
    if request.method == "POST":
        may.require()
        status = 422
        if form.is_valid():
            try:
                actions.keep_header(by=by, at=timezone.now(), portfolio_id=portfolio.pk, **form.cleaned_data)
                messages.success(request, _("Saved. What stood there before is kept below."))
                return redirect("portfolio:header_change", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {
        "portfolio": portfolio,
        "board": queries.board_of(portfolio, on=timezone.localdate()),
        "former": portfolio.former_headers.select_related("manager", "body", "changed_by"),
        "form": form,
        "may": may,
    }
    return render(request, "portfolio/header_change.html", context, status=status)
