"""The list of a prioritisation round on paper and as a spreadsheet for the economic plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.documents import paper as p_
from samrad.documents.paper import Paper
from samrad.documents.sheets import Column, Sheet, comma_separated, workbook
from samrad.secretariat.models import Round
from samrad.secretariat.queries.lists import amount_text, list_table, outcome_of, said_of_line
from samrad.secretariat.queries.money import Share
from samrad.secretariat.queries.rounds import Line


def whole(amount: Decimal | None) -> int | None:
    """Whole kroner, as an economic plan has them."""
    return None if amount is None else int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def list_paper(one: Round, lines: Sequence[Line], *, at: datetime, language: str) -> Paper:
    """The list to be printed: what the body is sent, and afterwards what it found."""
    with override(language):
        found = any(line.row.found_outcome for line in lines)
        facts = [
            [_("What it is for"), str(one.get_purpose_display())],
            [_("Years"), ", ".join(str(year) for year in one.years)],
            [_("Deadline for coming with"), date_format(one.deadline, "DATE_FORMAT")],
            [_("Initiatives on the list"), str(len(lines))],
        ]
        order = _(
            "What the law demands comes first, then the most benefit, then the most feasible, then the lowest number."
        )
        say = _("This is what the body found.") if found else _("This is what the secretariat proposes.")
        unknown = sum(line.no_amount for line in lines)
        blocks = [p_.text(f"{say} {order}"), list_table(lines)]
        if unknown:
            blocks.append(p_.note(_("The amount is not known for %(number)s of them.") % {"number": unknown}))
        return Paper(
            title=str(one.name),
            at=at,
            body=one.body.name,
            kind=_("Prioritised list"),
            facts=facts,
            blocks=blocks,
            language=language,
            landscape=True,
        )


def plain_lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The list as plain data, as the body was sent it."""
    return [
        {
            "initiative_id": line.initiative.pk,
            "reference": line.initiative.reference,
            "place": line.place,
            "scoring_id": line.row.scoring_id,
            "outcome": line.row.outcome,
        }
        for line in lines
    ]


def _plan(
    one: Round, lines: Iterable[Line], shares: Mapping[int, Sequence[Share]]
) -> tuple[list[Column], list[list[Any]], list[Any]]:
    """The lines as the finance department takes them in: a row for each municipality and kind of cost, a column a year."""
    years = one.years
    columns = [
        Column(_("Place no."), "number"),
        Column(_("Reference")),
        Column(_("Initiative")),
        Column(_("Outcome")),
        Column(_("Municipality")),
        Column(_("Cost key")),
        Column(_("Share"), "percent"),
        Column(_("Kind of cost")),
        *(Column(str(year), "kr") for year in years),
        Column(_("Remark")),
    ]
    rows: list[list[Any]] = []
    for line in lines:
        known = [line.place, line.initiative.reference, line.title, outcome_of(line)]
        for share in shares.get(line.initiative.pk, ()):
            for kind, first, later in ((_("Investment"), share.once, 0), (_("Running"), share.yearly, share.yearly)):
                amounts = [first, *([later] * (len(years) - 1))] if first is not None else [None] * len(years)
                said = "" if first is not None else amount_text(line, None)
                rows.append([*known, share.place, share.key, share.percent, kind, *amounts, said])
        if not shares.get(line.initiative.pk):
            rows.append([*known, "", "", None, "", *([None] * len(years)), " ".join(str(m) for m in line.marks)])
    at = len(columns) - 1 - len(years)
    sums = [sum(row[at + n] or 0 for row in rows) for n in range(len(years))]
    return columns, rows, [_("Sum"), *([""] * (at - 1)), *sums, ""]


def _list_sheet(lines: Iterable[Line]) -> Sheet:
    columns = [
        Column(_("Place no."), "number"),
        Column(_("Counted to"), "number"),
        Column(_("Reference")),
        Column(_("Initiative")),
        Column(_("Owner")),
        Column(_("Usefulness"), "number"),
        Column(_("Feasibility"), "number"),
        Column(_("Once"), "kr"),
        Column(_("A year"), "kr"),
        Column(_("Outcome")),
        Column(_("Why")),
    ]
    rows = [
        [
            line.place,
            line.counted,
            line.initiative.reference,
            line.title,
            line.initiative.owner.name,
            line.benefit,
            line.feasibility,
            whole(line.initiative.one_off_kr) if line.shows_cost else None,
            whole(line.initiative.annual_kr) if line.shows_cost else None,
            outcome_of(line),
            said_of_line(line),
        ]
        for line in lines
    ]
    return Sheet(_("Prioritised list"), columns, rows)


def plan_file(
    suffix: str, one: Round, lines: Sequence[Line], shares: Mapping[int, Sequence[Share]], *, at: datetime
) -> bytes:
    """The result for the economic plan: XLSX with the plan and the list, or the plan alone as CSV."""
    standing = [line for line in lines if line.live or line.row.found_outcome]
    columns, rows, total = _plan(one, standing, shares)
    if suffix == "csv":
        return comma_separated(columns, rows)
    sheets = [Sheet(_("For the plan"), columns, rows, total), _list_sheet(lines)]
    return workbook(sheets, at=at, title=str(one.name))
