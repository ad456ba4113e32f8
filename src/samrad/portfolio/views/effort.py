"""Pages of ICT effort: the report, a unit's year as it is typed, and months from a spreadsheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.downloads import download
from samrad.core.refusals import blame
from samrad.core.trend import Series, trend
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.organisation.models import Unit
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.effort import EffortRow, Spent, added_up, months_back, stamp
from samrad.portfolio.forms import EffortConfirmForm, EffortForm, EffortSheetForm
from samrad.portfolio.forms.effort import SALT
from samrad.portfolio.models import Effort, Portfolio
from samrad.portfolio.papers import effort_sheet
from samrad.portfolio.policy.effort import sees_unit
from samrad.portfolio.sheets.effort import EffortReading, ReadRow, effort_rows

MONTHS = 24  # on the trend
COUNTED = 12  # of them in the figures
SHOWN = 20


def _home(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


def _months(portfolio: Portfolio, today: date) -> tuple[list[Effort], list[date]]:
    """What is written down, and the months that are shown: the last ones, this month only where it has figures."""
    months = months_back(today, MONTHS + 1)
    rows = list(queries.effort_of(portfolio, first=months[0], last=months[-1]))
    new = any(row.month == months[-1] for row in rows)
    return rows, months[1:] if new else months[:-1]


def _trend(found: list[tuple[date, Spent | None]]) -> Any:
    operation = Series(_("Operation"), [s.operation_percent if s else None for _m, s in found])
    development = Series(_("Development"), [s.development_percent if s else None for _m, s in found])
    names = [date_format(month, "M y") for month, _s in found]
    caption = _("Operation and development, month by month")
    return trend(caption, names, [operation, development], unit=_("per cent of the hours"), top=100)


@login_required
def effort_report(request: HttpRequest, pk: int) -> HttpResponse:
    """How much of ICT's time goes to decided initiatives, and how operation and development change over time."""
    by, portfolio, today = actor(request), _home(request, pk), timezone.localdate()
    policy.can_read_effort(by, portfolio).require()
    rows, months = _months(portfolio, today)
    found = queries.by_month(rows, months)
    counted = [row for row in rows if row.month >= months[-COUNTED]]
    spent = added_up(counted)
    context = {
        "portfolio": portfolio,
        "rows": list(reversed([(month, one) for month, one in found if one is not None])),
        "spent": spent,
        "percents": spent.percents(),
        "first": months[-COUNTED],
        "last": months[-1],
        "trend": _trend(found) if rows else None,
        "units": queries.by_unit(row for row in counted if sees_unit(by, portfolio, row.owner_id)),
        "houses": sorted({row.owner.name for row in counted}),
        "all_units": len({row.unit_id for row in counted}),
        "may": policy.can_keep_effort(by),
    }
    return render(request, "portfolio/effort_report.html", context)


@login_required
def effort_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a spreadsheet with a live chart."""
    by, portfolio = actor(request), _home(request, pk)
    policy.can_read_effort(by, portfolio).require()
    rows, months = _months(portfolio, timezone.localdate())
    counted = [row for row in rows if row.month >= months[-COUNTED]]
    units = queries.by_unit(row for row in counted if sees_unit(by, portfolio, row.owner_id))
    content = effort_sheet(queries.by_month(rows, months), units, at=timezone.now(), title=_("ICT effort"))
    return download(content, f"ikt-innsats-{portfolio.pk}.xlsx")


def _chosen(request: HttpRequest, units: list[Unit]) -> tuple[Unit | None, int]:
    """The unit and the year one has chosen, or that the form was made for."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted, year = asked.get("unit", ""), asked.get("year", "")
    unit = next((unit for unit in units if str(unit.pk) == wanted), units[0] if len(units) == 1 else None)
    right = year.isascii() and year.isdecimal() and len(year) == 4 and 2000 <= int(year) <= 2100
    return unit, int(year) if right else timezone.localdate().year


@login_required
def effort_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a unit spends its time on, a year at a time."""
    by, portfolio, today = actor(request), _home(request, pk), timezone.localdate()
    policy.can_keep_effort(by).require()
    units = list(queries.effort_units(by, portfolio, on=today))
    unit, year = _chosen(request, units)
    rows = queries.year_of(unit, year) if unit else []
    form = EffortForm(request.POST or None, year=year, initial=EffortForm.first(rows, stamp(rows)))
    status = 200
    if request.method == "POST":
        status = 422
        if unit is None:
            messages.error(request, _("Choose the unit first."))
        elif form.is_valid():
            given: dict[str, Any] = {"unit": unit, "year": year, "version": form.cleaned_data["version"]}
            try:
                actions.keep_effort(by=by, at=timezone.now(), **given, rows=form.rows())
                messages.success(request, _("Saved."))
                return redirect("portfolio:effort_report", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    years = [today.year - n for n in range(-1, 4)]
    context = {
        "portfolio": portfolio,
        "units": units,
        "unit": unit,
        "year": year,
        "years": sorted({*years, year}, reverse=True),
        "form": form,
    }
    return render(request, "portfolio/effort_change.html", context, status=status)


def _packed(reading: EffortReading) -> str:
    """The rows that were looked over, signed."""
    names = ("operation", "maintenance", "development", "decided", "all_hours")
    told = [
        [read.line, read.unit_id, row.month.isoformat(), row.measure, *(str(getattr(row, n)) for n in names)]
        for read in reading.rows
        for row in [read.row]
    ]
    return signing.dumps(told, salt=SALT, compress=True)


def _unpacked(told: list[list[Any]]) -> list[ReadRow]:
    return [
        ReadRow(line, unit, EffortRow(
            month=date.fromisoformat(month), measure=measure,
            operation=Decimal(a), maintenance=Decimal(b), development=Decimal(c), decided=Decimal(d), all_hours=Decimal(e),
        ))
        for line, unit, month, measure, a, b, c, d, e in told
    ]  # fmt: skip


def _looked_over(reading: EffortReading, units: dict[int, Unit]) -> dict[str, Any]:
    """What comes in and what is wrong, line by line, for the page."""
    lacks = [(row.line, lack.text) for row in reading.rows for lack in policy.effort_lacks(row.row)]
    cannot = _("cannot read «%(text)s» in the column «%(column)s»")
    missing = _("The column «%(column)s» is missing.")
    wrong = [
        (w.line, (cannot if w.line > 1 else missing) % {"text": w.text, "column": w.column}) for w in reading.wrong
    ]
    return {
        "wrong": sorted([*wrong, *lacks])[:100],
        "found": [(row, units[row.unit_id]) for row in reading.rows[:SHOWN]],
        "count": len(reading.rows),
        "packed": _packed(reading) if reading.rows and not wrong and not lacks else "",
    }


@login_required
def effort_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in months from a spreadsheet: looked over first, and nothing where a row is wrong."""
    by, portfolio = actor(request), _home(request, pk)
    policy.can_keep_effort(by).require()
    units = {unit.pk: unit for unit in queries.effort_units(by, portfolio, on=timezone.localdate())}
    bringing, context, status = request.POST.get("do") == "bring", {}, 200
    looked = request.method == "POST" and not bringing
    form = EffortSheetForm(request.POST if looked else None, request.FILES if looked else None)
    confirm = EffortConfirmForm(request.POST if bringing else None)
    if looked and form.is_valid():
        context = _looked_over(effort_rows(form.sheet, queries.unit_names(units.values())), units)
    elif bringing and confirm.is_valid():
        try:
            count = actions.import_effort(by=by, at=timezone.now(), rows=_unpacked(confirm.cleaned_data["rows"]))
            said = ngettext("%(count)s month is brought in.", "%(count)s months are brought in.", count)
            messages.success(request, said % {"count": count})
            return redirect("portfolio:effort_report", portfolio.pk)
        except Refused as refused:
            blame(confirm, refused)
            status = 409
    elif request.method == "POST":
        status = 422
    context |= {"portfolio": portfolio, "form": form, "confirm": confirm}
    return render(request, "portfolio/effort_import.html", context, status=status)
