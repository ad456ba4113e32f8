"""What the reading of spreadsheets says in codes, said to people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.sheets.files import Unreadable

SHOWN = 200

CELLS: dict[str, Any] = {
    "blank": gettext_lazy("the cell is blank"),
    "exempt": gettext_lazy("exempt from public access at the source"),
    "range": gettext_lazy("a range, not one value"),
    "not_yet_known": gettext_lazy("not yet known at the source"),
    "formula": gettext_lazy("a formula without a saved value"),
    "not_a_number": gettext_lazy("not a number"),
    "not_a_date": gettext_lazy("not a date"),
    "not_a_rating": gettext_lazy("not a known rating"),
    "number_too_large": gettext_lazy("too large a number"),
    "other_currency": gettext_lazy("another currency than its column"),
    "beyond_columns": gettext_lazy("stands beyond the last column with a header"),
    "ends_before_start": gettext_lazy("the end is before the start"),
}

UNREADABLE: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Choose another one."),
    "too_large": gettext_lazy("The file is too large. The limit is %(detail)s MB."),
    "pdf": gettext_lazy("This is a PDF. Choose the spreadsheet it was made from, as CSV or XLSX."),
    "old_excel": gettext_lazy("The file is an old Excel file, or has a password. Save it as XLSX without a password."),
    "picture": gettext_lazy("This is a picture. Choose a spreadsheet, as CSV or XLSX."),
    "packed": gettext_lazy("The file is packed. Unpack it, and choose the spreadsheet in it."),
    "program": gettext_lazy("This is a program. Choose a spreadsheet, as CSV or XLSX."),
    "open_document": gettext_lazy("This is an OpenDocument file. Save it as XLSX or CSV."),
    "word": gettext_lazy("This is a Word file. Choose a spreadsheet, as CSV or XLSX."),
    "web_page": gettext_lazy("This is a web page, whatever it is called. Save it as XLSX or CSV."),
    "not_text": gettext_lazy("This is not a spreadsheet. Choose a CSV or XLSX file."),
    "not_csv": gettext_lazy("The file cannot be read as CSV. Save it anew from the spreadsheet, as XLSX or CSV."),
    "one_column": gettext_lazy("Only one column was found. Save the file with comma, semicolon or tab between columns."),
    "no_records": gettext_lazy("There are headers, but no rows under them."),
    "open_quote": gettext_lazy("A quotation mark is opened and never closed, so the rows run together. Mend it, and try again."),
    "encoding": gettext_lazy("The letters on line %(detail)s cannot be read. Save the file as CSV UTF-8 or XLSX."),
    "broken_workbook": gettext_lazy("The Excel file is damaged. Open it, save it anew, and try again."),
    "bomb": gettext_lazy("The Excel file swells too much when it is opened. Save only the sheet you need."),
    "no_such_sheet": gettext_lazy("There is no sheet called «%(detail)s»."),
    "too_many_records": gettext_lazy("There are more than %(detail)s rows. Divide the file."),
    "too_many_cells": gettext_lazy("There are more than %(detail)s cells. Remove columns you do not need, or divide the file."),
    "too_many_columns": gettext_lazy("There are more than %(detail)s columns. Remove those you do not need."),
}  # fmt: skip


def unreadable_words(trouble: Unreadable) -> str:
    """Why a file cannot be read, and what to do."""
    if trouble.words:
        return str(trouble.words)
    text = str(UNREADABLE.get(trouble.reason, _("The file cannot be read as a spreadsheet.")))
    return text % {"detail": trouble.detail} if "%(detail)s" in text else text


def lists(refused: list[dict[str, Any]], unknown: list[dict[str, Any]], words: Callable[[str], str]) -> dict[str, Any]:
    """The refused rows and the unknown cells of an import for a page: the first of them in words, and how many there are."""
    return {
        "refused": [{**r, "words": words(r["reason"])} for r in refused[:SHOWN]],
        "unknown": [{**u, "words": words(u["reason"])} for u in unknown[:SHOWN]],
        "refused_count": len(refused),
        "unknown_count": len(unknown),
        "shown": SHOWN,
    }
