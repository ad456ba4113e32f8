"""Tables for spreadsheets: XLSX and CSV. Text stays text: what begins with «=» is never a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, BubbleChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname

Kind = Literal["text", "number", "kr", "percent", "date", "time"]
FORMATS = {
    "number": "#,##0",
    "decimal": "#,##0.##",
    "kr": '#,##0" kr"',
    "percent": '0" %"',
    "date": "dd.mm.yyyy",
    "time": "dd.mm.yyyy hh:mm",
}
MOST_CHARACTERS = 32_767  # what one cell of a spreadsheet holds
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLE = re.compile(r"[\[\]:*?/\\]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """A column: its header, and what its cells are."""

    title: str
    kind: Kind = "text"
    width: float = 0


@dataclass(frozen=True)
class Bars:
    """A chart beside the table that follows its cells: the first column's words against the numbers of others.

    `columns` says how many from `column` on. As bubbles, three columns are x, y and how large, `axes` what the first two
    are, and the first column holds the number at each.
    """

    title: str
    column: int
    columns: int = 1
    kind: Literal["bars", "bubbles"] = "bars"
    axes: tuple[str, str] | None = None


@dataclass(frozen=True)
class Lines:
    """A chart beside the table: the numbers of some columns over the first column's times. It follows the cells."""

    title: str
    columns: Sequence[int]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    total: Sequence[Any] = ()
    bars: Bars | Lines | None = None


def workbook(sheets: Sequence[Sheet], *, at: datetime | None = None, title: str = "") -> bytes:
    """An XLSX. The same sheets and the same `at` give the same bytes."""
    moment = (at or _UNDATED).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book = Workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        _add(book, sheet, _named(sheet.name, names))
    book.properties.title = _plain(title)[:255] or None
    book.properties.creator = "Samråd"
    book.properties.created = moment
    # Saving would put the clock's time into `modified`.
    made = io.BytesIO()
    book.save(made)
    return same_bytes(made.getvalue(), moment)


def _add(book: Any, sheet: Sheet, name: str) -> None:
    rows = [list(row) for row in sheet.rows]
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns):
        letter = get_column_letter(place + 1)
        page.column_dimensions[letter].width = column.width or _width(column, rows, place)
    count = len(sheet.columns)
    if count and rows:
        page.auto_filter.ref = f"A1:{get_column_letter(count)}{len(rows) + 1}"
    bold = Font(bold=True)
    page.append([_text(page, column.title, font=bold) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=False)])
    if sheet.bars and rows:
        drawn = (
            _lines(page, sheet.bars, len(rows))
            if isinstance(sheet.bars, Lines)
            else _drawn(page, sheet.bars, len(rows))
        )
        page.add_chart(drawn, f"{get_column_letter(count + 2)}2")
    if sheet.total:
        page.append(
            [_cell(page, value, column, bold) for value, column in zip(sheet.total, sheet.columns, strict=False)]
        )


SHADES = ("1F3A5F", "A9B8C6", "FFFFFF", "6B6B6B")  # dark, light, white and grey hold in black and white


def _drawn(page: Any, bars: Bars, rows: int) -> BarChart | BubbleChart:
    """The chart of a sheet: lying bars or bubbles, with numbers at each, so that it reads in black and white too."""
    return _bubbled(page, bars, rows) if bars.kind == "bubbles" else _barred(page, bars, rows)


def _barred(page: Any, bars: Bars, rows: int) -> BarChart:
    chart = BarChart(barDir="bar")
    chart.title, chart.legend = _plain(bars.title), chart.legend if bars.columns > 1 else None
    chart.height, chart.width = 4 + rows * 0.8 * bars.columns, 18
    last = bars.column + bars.columns
    numbers = Reference(page, min_col=bars.column + 1, max_col=last, min_row=1, max_row=rows + 1)
    chart.add_data(numbers, titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=rows + 1))
    for series, shade in zip(chart.series, SHADES, strict=False):
        series.graphicalProperties.solidFill = shade
        series.graphicalProperties.line.solidFill = SHADES[0]
    if chart.legend:
        chart.legend.position = "b"
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _bubbled(page: Any, bars: Bars, rows: int) -> BubbleChart:
    chart = BubbleChart(style=18)
    chart.title, chart.legend, chart.height, chart.width = _plain(bars.title), None, 11, 18
    where = quote_sheetname(page.title)
    for row in range(2, rows + 2):  # a series for each, so that its number, in the first column, stands at it
        x, y, size = (Reference(page, min_col=bars.column + 1 + place, min_row=row) for place in range(3))
        one = Series(values=y, xvalues=x, zvalues=size)
        one.tx = SeriesLabel(strRef=StrRef(f"{where}!$A${row}"))
        one.graphicalProperties.solidFill, one.graphicalProperties.line.solidFill = SHADES[1], SHADES[0]
        one.dLbls = DataLabelList(
            dLblPos="ctr", showSerName=True, showVal=False, showCatName=False, showLegendKey=False, showBubbleSize=False
        )
        chart.series.append(one)
    for axis, name in zip((chart.x_axis, chart.y_axis), bars.axes or ("", ""), strict=True):
        axis.title, axis.delete = _plain(name) or None, False
    return chart


DASHES = (("1F3A5F", "solid", "circle"), ("B3480F", "sysDash", "square"), ("4A4A4A", "sysDot", "triangle"))


def _lines(page: Any, lines: Lines, rows: int) -> LineChart:
    """A line for each column, told apart by dash and mark as well as by colour."""
    chart = LineChart()
    chart.title, chart.height, chart.width = _plain(lines.title), 9, 22
    chart.legend = Legend(legendPos="b")
    for place, (colour, dash, mark) in zip(lines.columns, DASHES, strict=False):
        chart.add_data(Reference(page, min_col=place + 1, min_row=1, max_row=rows + 1), titles_from_data=True)
        drawn = chart.series[-1]
        drawn.graphicalProperties.line.solidFill, drawn.graphicalProperties.line.dashStyle = colour, dash
        drawn.marker.symbol, drawn.smooth = mark, False
        drawn.marker.graphicalProperties.solidFill = drawn.marker.graphicalProperties.line.solidFill = colour
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=rows + 1))
    chart.x_axis.delete = chart.y_axis.delete = False
    return chart


def _cell(page: Any, value: Any, column: Column, font: Font | None = None) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | date):
        return _text(page, str(value), font=font)
    shape: str = column.kind
    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        shape = shape if shape == "date" else "time"
    elif isinstance(value, date):
        shape = "date"
    elif shape in {"text", "date", "time"}:
        shape = "number" if value == int(value) else "decimal"
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = FORMATS[shape]
    if font is not None:
        cell.font = font
    return cell


def _text(page: Any, value: str, *, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(page, value=_plain(value)[:MOST_CHARACTERS])
    cell.data_type = "s"  # a leading «=» would make it a formula
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in value or len(value) > 60)
    if font is not None:
        cell.font = font
    return cell


def _plain(value: str) -> str:
    return _UNPRINTABLE.sub("", value)


def _named(name: str, taken: set[str]) -> str:
    clean = _TITLE.sub(" ", _plain(name)).strip().strip("'")[:31] or _("Sheet")
    found, number = clean, 2
    while found.lower() in taken:
        found = f"{clean[:27]} {number}"
        number += 1
    taken.add(found.lower())
    return found


def _width(column: Column, rows: list[list[Any]], place: int) -> float:
    longest = max(
        (len(str(row[place])) for row in rows[:500] if place < len(row) and row[place] is not None), default=0
    )
    extra = {"kr": 6, "number": 3, "date": 2, "time": 4}.get(column.kind, 2)
    return float(min(60, max(len(column.title) + 3, longest + extra, 8)))


def same_bytes(content: bytes, moment: datetime) -> bytes:
    """The same file of an office package without the clock's time in it: not in the parts' dates, nor in `modified`."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", lambda found: found[1] + stamp.encode(), part)
            fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, part)
    return made.getvalue()


def comma_separated(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV that a Norwegian Excel opens by itself: semicolons, decimal comma, a byte-order mark."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in columns])
    for row in rows:
        writer.writerow([_csv(value) for value in row])
    return made.getvalue().encode("utf-8-sig")


def _csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return format(value, "f").rstrip("0").rstrip(".").replace(".", ",") if value != int(value) else str(int(value))
    return _safe(str(value))


def _safe(value: str) -> str:
    clean = _plain(value)
    # A spreadsheet reads a CSV cell that begins so as a formula; the apostrophe makes it text again.
    return (
        f"'{clean}" if clean.lstrip(" \u00a0").startswith(_STARTS_FORMULA) or clean.startswith(("\t", "\r")) else clean
    )
