"""Pages of a project's money: the years, the lines, and what comes from the accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.components import Bar, MoneyRow
from samrad.core.money import kroner
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import AccountsForm, MoneyForm
from samrad.portfolio.models import Project
from samrad.portfolio.views.pages import page_of, project_of
from samrad.portfolio.words import forecast_words


@login_required
def project_money(request: HttpRequest, pk: int) -> HttpResponse:
    """What the project costs, year by year: approved, budgeted, paid and expected, and each municipality's part."""
    project = project_of(request, pk)
    money = queries.money_of(project)
    sharing = queries.shared_budget(project, money.years, at=timezone.now())
    context = {
        **page_of(request, project, "project_money"),
        "money": money,
        "forecasts": forecast_words(money.forecast),
        "bars": [
            Bar(str(one.year), one.forecast_kr or one.actual_kr or 0, kroner(one.forecast_kr), plan=one.budget_kr)
            for one in money.years
        ],
        "years": [str(one.year) for one in money.years],
        "sharing": sharing,
        "shares": [MoneyRow(share.place, share.years) for share in sharing.shares],
        "if_all": [MoneyRow(share.place, share.years) for share in sharing.if_all],
        "may": policy.can_keep_money(actor(request), project),
    }
    return render(request, "portfolio/project_money.html", context)


def _kept(request: HttpRequest, project: Project, form: MoneyForm, accounts: AccountsForm) -> str:
    """Do what is asked; what there is to say when it is done, nothing where a form is wrong."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now(), "project_id": project.pk}
    if request.POST.get("do") == "import":
        if not accounts.is_valid():
            return ""
        count = actions.import_actuals(**given, version=accounts.cleaned_data["version"], sheet=accounts.sheet)
        text = ngettext("%(count)s posting is added up.", "%(count)s postings are added up.", count)
        return text % {"count": count}
    if not form.is_valid():
        return ""
    actions.keep_money(**given, version=form.cleaned_data["version"], rows=form.rows())
    return _("Saved.")


@login_required
def money_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down budget, actual and forecast, or take what is paid from the accounts."""
    by, project = actor(request), project_of(request, pk)
    policy.can_keep_money(by, project).require()
    importing, data = request.POST.get("do") == "import", request.POST or None
    first = {"version": project.version}
    form = MoneyForm(None if importing else data, lines=list(project.money.all()), initial=first)
    accounts = AccountsForm(data if importing else None, request.FILES if importing else None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if said := _kept(request, project, form, accounts):
                messages.success(request, said)
                return redirect("portfolio:project_money", project.pk)
        except Refused as refused:
            blame(accounts if importing else form, refused)
            status = 409
    context = {**page_of(request, project, "project_money"), "form": form, "accounts": accounts}
    return render(request, "portfolio/money_change.html", context, status=status)
