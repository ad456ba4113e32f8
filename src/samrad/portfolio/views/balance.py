"""The balance of a portfolio: goals and their effect, what the kroner go to, and where it is too much."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.downloads import download
from samrad.core.pictures import Picture
from samrad.documents.sheets import workbook
from samrad.organisation.middleware import actor
from samrad.portfolio import papers, queries
from samrad.portfolio.balancing import pictures_of
from samrad.portfolio.models import Portfolio


def _pictures(request: HttpRequest, portfolio: Portfolio, *, on: date) -> list[Picture]:
    return papers.in_words(pictures_of(**queries.balanced(actor(request), portfolio, on=on), on=on))


@login_required
def portfolio_balance(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of the portfolio as it stands, each with its table."""
    portfolio = get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)
    found = _pictures(request, portfolio, on=timezone.localdate())
    return render(request, "portfolio/portfolio_balance.html", {"portfolio": portfolio, "pictures": found})


@login_required
def balance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same pictures as a spreadsheet, with charts that follow the cells."""
    portfolio = get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)
    now = timezone.now()
    found = _pictures(request, portfolio, on=timezone.localdate(now))
    content = workbook([papers.picture_sheet(one) for one in found], at=now, title=f"{_('Balance')}: {portfolio.name}")
    return download(content, f"balanse-{portfolio.pk}.xlsx")
