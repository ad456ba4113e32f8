"""KommIT's benefits workbook («Gevinstverktøy»): what stands in its sheets, and what it computes from that.

The places of the cells are those of the workbook as KommIT gives it out (2020). Empty template rows are left out.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext_lazy

from samrad.core.sheets.cells import Cell, as_date, as_money, as_text, unsaid
from samrad.core.sheets.files import Unreadable, refuse_others
from samrad.core.sheets.words import unreadable_words
from samrad.core.sheets.workbooks import check_archive

FRONT, LIST, CHANGES, VIEWS, BENEFITS, PLAN, FOLLOW, RESULT = (
    "Forside", "KONSEPT - Interessentliste", "KONSEPT - Endringsanalyse", "KONSEPT - Interessentanalyse",
    "KONSEPT - Gevinstanalyse", "PLANLEGGE - Gevinstreal.plan", "PLANLEGGE - Oppfølgingsplan",
    "REALISERE - Resultatoppfølging",
)  # fmt: skip
NEEDED = (FRONT, CHANGES, BENEFITS)
# The other workbook, which helps with the sums in a project's justification. It is known, and not read.
CALCULATIONS = ("A Nytte kost for prosjektet", "B Investeringsanalyse", "C Prissatte netto gevinster")
NOT_TAKEN_IN = gettext_lazy(
    "This is the workbook «Gevinstberegninger». It is not taken in: «Nytte-kost for prosjektet», «Investeringsanalyse» and "
    "«Prissatte netto gevinster» name no project and no calendar year, and their amounts change from year to year, while a "
    "benefit here has one amount a year. Choose «Gevinstverktøy», or write the benefits in the project's benefit plan."
)
NOT_EXCEL = gettext_lazy("This is not an Excel file (XLSX).")
OTHER_BOOK = gettext_lazy(
    "This is not the workbook «Gevinstverktøy» from KommIT. It lacks the sheet %(lacks)s; the file has %(has)s. "
    "The sheets must have the names they have in the template."
)
TEMPLATE = gettext_lazy(
    "Choose the workbook «Gevinstverktøy» as filled in, saved as XLSX. The template is from KS: search for "
    "«gevinstverktøy» on ks.no. Is it another list? Then choose above what is in it."
)
SHEETS_NAMED = 5  # so many of another workbook's sheets are named
MAX_BOOK = 10 * 1024 * 1024  # it is held whole, and is less than a tenth of this when filled in
MOST_BENEFITS, MOST_STAKEHOLDERS, YEARS = 14, 15, 4
DIRECT, INDIRECT, QUALITY = "direct", "indirect", "quality"


@dataclass(frozen=True)
class KommitBenefit:
    """A benefit with what each sheet says of it. `budget` is kroner for direct and man-years for indirect ones."""

    line: int
    title: str
    kind: str
    process: str = ""
    change: str = ""
    goal: str = ""
    assumption: str = ""
    budget: tuple[Decimal | None, ...] = (None,) * YEARS
    importance: int | None = None
    measure: str = ""
    measure_due: date | None = None
    use: str = ""
    indicator: str = ""
    realised: str = ""
    realised_date: date | None = None
    responsible: str = ""
    unit: str = ""
    start: Decimal | None = None
    goal_value: Decimal | None = None
    method: str = ""
    measured: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """What it comes to in the four years."""
        return sum((amount for amount in self.budget if amount is not None), Decimal(0))

    @property
    def a_year(self) -> Decimal:
        """The mean of the four years, as the workbook reckons freed time (C42)."""
        return self.total / YEARS


@dataclass(frozen=True)
class KommitStakeholder:
    """Someone the project concerns, from the list and the analysis."""

    line: int
    name: str
    involvement: str = ""
    comment: str = ""
    affected: str = ""
    influence: int | None = None
    attitude: int | None = None
    strategy: str = ""


@dataclass(frozen=True)
class KommitBook:
    """The whole workbook, and the cells that could not be read: (sheet, cell, text, why)."""

    name: str = ""
    purpose: str = ""
    legal: str = ""
    start_date: date | None = None
    end_date: date | None = None
    budget_kr: Decimal | None = None
    roles: dict[str, str] = field(default_factory=dict)
    stakeholders: tuple[KommitStakeholder, ...] = ()
    benefits: tuple[KommitBenefit, ...] = ()
    investment_kr: Decimal = Decimal(0)
    running_kr: tuple[Decimal, ...] = (Decimal(0),) * YEARS
    rate: Decimal = Decimal(0)
    years: tuple[int | None, ...] = (None,) * YEARS
    cost_text: str = ""
    judgement: str = ""
    freed_use: str = ""
    unknown: tuple[tuple[str, str, str, str], ...] = ()

    def direct_in(self, year: int) -> Decimal:
        """The kroner of the direct benefits in one of the four years (0 to 3)."""
        return sum((b.budget[year] or Decimal(0) for b in self.benefits if b.kind == DIRECT), Decimal(0))

    @property
    def net_present_value(self) -> Decimal:
        """«Netto økonomisk effekt (nåverdi)» (C39): the years are 2 to 5, so the first is discounted once; the
        investment not at all."""
        factor, total = 1 + self.rate, -self.investment_kr
        for year in range(YEARS):
            total += (self.direct_in(year) - self.running_kr[year]) / factor ** (year + 1)
        return total

    @property
    def freed_a_year(self) -> Decimal:
        """«Frigjort tid per år» (C42), in man-years."""
        return sum((b.a_year for b in self.benefits if b.kind == INDIRECT), Decimal(0))


def source_of(name: str) -> str:
    """The id a workbook has here: it has none of its own, so it is made of the project's name."""
    return f"KommIT-{hashlib.sha256(name.casefold().encode()).hexdigest()[:10]}"


def kommit_reached(start: Decimal, goal: Decimal, measured: Decimal) -> Decimal | None:
    """KommIT's own «måloppnåelse»: it looks away from the start, and takes a measured nothing as not measured."""
    if measured == 0:
        return None
    if start < goal:
        return measured / goal if goal else None
    if goal == 0:
        return (start - measured) / start if start else None
    return goal / measured


def reached(start: Decimal, goal: Decimal, measured: Decimal) -> Decimal | None:
    """How far one has come from the start to the goal, 1 for all of it; None where they are the same."""
    return (measured - start) / (goal - start) if goal != start else None


def _opened(content: bytes) -> openpyxl.Workbook:
    """The workbook, whatever it is; where it is none, what it is instead, and where the right one is found."""
    try:
        refuse_others(content)
        if not content.startswith(b"PK"):
            raise Unreadable("not_excel", words=NOT_EXCEL)
        check_archive(content, most=MAX_BOOK)
        try:
            return openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        except Exception as error:
            # openpyxl answers a damaged or hostile workbook with a dozen kinds of error; all mean the same.
            raise Unreadable("broken_workbook", type(error).__name__) from None
    except Unreadable as trouble:
        words = f"{unreadable_words(trouble)} {TEMPLATE}"
        raise Unreadable(trouble.reason, trouble.detail, words=words) from None


def _require_sheets(names: list[str]) -> None:
    """Raise Unreadable where it is another workbook: which sheet it lacks, what it has, and where the right one is found."""
    if set(CALCULATIONS) <= {" ".join(name.replace("-", " ").split()) for name in names}:
        raise Unreadable("calculations", words=NOT_TAKEN_IN)
    lacking = [f"«{name}»" for name in NEEDED if name not in names]
    if lacking:
        said = {"lacks": ", ".join(lacking), "has": ", ".join(f"«{name[:40]}»" for name in names[:SHEETS_NAMED])}
        raise Unreadable("no_such_sheet", lacking[0], words=f"{OTHER_BOOK % said} {TEMPLATE}")


class _Cells:
    """The cells of a workbook as saved, read one by one; what cannot be read is noted."""

    def __init__(self, content: bytes) -> None:
        self.book = _opened(content)
        _require_sheets(self.book.sheetnames)
        self.unknown: list[tuple[str, str, str, str]] = []

    def cell(self, sheet: str, place: str) -> Cell:
        """The cell; nothing where the sheet is missing."""
        found: Any = self.book[sheet][place].value if sheet in self.book.sheetnames else None
        return found if found is None or isinstance(found, str | int | float | date) else str(found)

    def text(self, sheet: str, place: str, most: int = 4000) -> str:
        """The cell as words."""
        return as_text(self.cell(sheet, place))[:most]

    def doubt(self, sheet: str, place: str, reason: str) -> None:
        """Note a cell that cannot be used."""
        self.unknown.append((sheet, place, self.text(sheet, place)[:500], reason))

    def number(self, sheet: str, place: str) -> Decimal | None:
        """The cell as a number."""
        value = as_money(self.cell(sheet, place), decimal=",", currency="NOK")
        if value.reason and value.reason != "blank":
            self.doubt(sheet, place, str(value.reason))
        return value.number

    def day(self, sheet: str, place: str) -> date | None:
        """The cell as a date."""
        value = as_date(self.cell(sheet, place))
        if value.reason and value.reason != "blank":
            self.doubt(sheet, place, str(value.reason))
        return value.day

    def whole(self, sheet: str, place: str, least: int, most: int) -> int | None:
        """The cell as a whole number on a scale."""
        number = self.number(sheet, place)
        if number is None:
            return None
        if number != number.to_integral_value() or not least <= number <= most:
            self.doubt(sheet, place, "not_on_the_scale")
            return None
        return int(number)


def _kind(cells: _Cells, place: str) -> str:
    said = cells.text(BENEFITS, place).casefold()
    for kind, word in ((DIRECT, "direkte"), (INDIRECT, "indirekte"), (QUALITY, "kvalitativ")):
        if said.startswith(word):
            return kind
    if said:
        cells.doubt(BENEFITS, place, "not_a_choice")
    return QUALITY


def _benefit(cells: _Cells, number: int) -> KommitBenefit | None:
    """Benefit number n: row n+5 of the change analysis, n+7 of the benefit analysis, 2n+5 of the plan."""
    row, own, plan, follow = number + 5, number + 7, 2 * number + 5, number + 5
    title = cells.text(CHANGES, f"C{row}")
    if unsaid(title):
        return None
    due = cells.cell(PLAN, f"F{plan}")
    when = as_date(due).day
    return KommitBenefit(
        line=row,
        title=" ".join(title.split()),
        kind=_kind(cells, f"C{own}"),
        process=cells.text(CHANGES, f"A{row}"),
        change=cells.text(CHANGES, f"B{row}"),
        goal=cells.text(CHANGES, f"D{row}"),
        assumption=cells.text(CHANGES, f"E{row}"),
        budget=tuple(cells.number(BENEFITS, f"{column}{own}") for column in "DEFG"),
        importance=cells.whole(BENEFITS, f"H{own}", 1, 5),
        measure=cells.text(PLAN, f"B{plan}"),
        measure_due=cells.day(PLAN, f"C{plan}"),
        use=cells.text(PLAN, f"D{plan}"),
        indicator=cells.text(PLAN, f"E{plan}", 200),
        realised="" if when else as_text(due),
        realised_date=when,
        responsible=cells.text(PLAN, f"G{plan}", 200),
        unit=cells.text(FOLLOW, f"C{follow}", 40),
        start=cells.number(FOLLOW, f"D{follow}"),
        goal_value=cells.number(FOLLOW, f"E{follow}"),
        method=cells.text(FOLLOW, f"F{follow}"),
        measured=cells.number(RESULT, f"D{number + 14}"),
    )


def _stakeholder(cells: _Cells, row: int) -> KommitStakeholder | None:
    name = " ".join(cells.text(LIST, f"A{row}", 200).split())
    if unsaid(name):
        return None
    return KommitStakeholder(
        line=row,
        name=name,
        involvement=cells.text(LIST, f"B{row}"),
        comment=cells.text(LIST, f"C{row}"),
        affected=cells.text(VIEWS, f"B{row}"),
        influence=cells.whole(VIEWS, f"C{row}", 1, 3),
        attitude=cells.whole(VIEWS, f"D{row}", -1, 1),
        strategy=cells.text(VIEWS, f"E{row}"),
    )


def _year(text: str) -> int | None:
    digits = "".join(c for c in text if c.isdecimal())
    return int(digits) if len(digits) == 4 and digits.isascii() and 2000 <= int(digits) <= 2100 else None


def _rate(cells: _Cells) -> Decimal:
    """The interest as a part of one: 4 % is 0,04, and 4 is taken as 4 per cent."""
    text = cells.text(BENEFITS, "H26")
    if text.rstrip().endswith("%"):
        number = as_money(text.rstrip()[:-1], decimal=",").number
        if number is None:
            cells.doubt(BENEFITS, "H26", "not_a_number")
        rate = (number or Decimal(0)) / 100
    else:
        rate = cells.number(BENEFITS, "H26") or Decimal(0)
        rate = rate / 100 if rate >= 1 else rate
    if not 0 <= rate < 1:
        cells.doubt(BENEFITS, "H26", "not_a_number")
        return Decimal(0)
    return rate


def read_kommit(content: bytes) -> KommitBook:
    """Everything that is filled in of KommIT's workbook. Raises Unreadable where it is not that workbook."""
    cells = _Cells(content)
    places = {"owner": "B17", "manager": "B18", "service_owner": "B16", "leader": "B19"}
    benefits = [_benefit(cells, number) for number in range(MOST_BENEFITS)]
    stakeholders = [_stakeholder(cells, row) for row in range(5, 5 + MOST_STAKEHOLDERS)]
    return KommitBook(
        name=" ".join(cells.text(FRONT, "B4").split()),
        purpose=cells.text(FRONT, "B6"),
        legal=cells.text(FRONT, "B8", 40),
        start_date=cells.day(FRONT, "B10"),
        end_date=cells.day(FRONT, "B11"),
        budget_kr=cells.number(FRONT, "B13"),
        roles={role: cells.text(FRONT, place, 200) for role, place in places.items()},
        stakeholders=tuple(s for s in stakeholders if s),
        benefits=tuple(b for b in benefits if b),
        investment_kr=cells.number(BENEFITS, "C26") or Decimal(0),
        running_kr=tuple(cells.number(BENEFITS, f"{column}26") or Decimal(0) for column in "DEFG"),
        rate=_rate(cells),
        years=tuple(_year(cells.text(BENEFITS, f"{column}6", 20)) for column in "DEFG"),
        cost_text=cells.text(BENEFITS, "B26"),
        judgement=cells.text(BENEFITS, "B32"),
        freed_use=cells.text(BENEFITS, "B44"),
        unknown=tuple(cells.unknown),
    )
