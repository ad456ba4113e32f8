"""What an import refused and could not read, as a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Sheet, workbook
from samrad.portfolio.words import reason_words


def import_sheet(refused: list[dict[str, Any]], unknown: list[dict[str, Any]], *, at: datetime) -> bytes:
    """What an import refused and could not read, as XLSX, to mend at the source."""
    rows = [[r["record"], r["line"], reason_words(r["reason"])] for r in refused]
    cells = [[u["record"], u["column"], u["text"], reason_words(u["reason"])] for u in unknown]
    return workbook(
        [
            Sheet(_("Refused rows"), [Column(_("Row")), Column(_("Line")), Column(_("Reason"), width=48)], rows),
            Sheet(
                _("Unknown cells"),
                [
                    Column(_("Row")),
                    Column(_("Column"), width=32),
                    Column(_("Text"), width=60),
                    Column(_("Reason"), width=48),
                ],
                cells,
            ),
        ],
        at=at,
    )
