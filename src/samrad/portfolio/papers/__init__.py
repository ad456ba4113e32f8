"""The portfolio report as PDF, Word and spreadsheet, ICT effort, what an import refused, and what changed since the one before."""

from samrad.portfolio.papers.changes import changes_csv, changes_sheet
from samrad.portfolio.papers.effort import effort_sheet
from samrad.portfolio.papers.imports import import_sheet
from samrad.portfolio.papers.pictures import in_words, picture_sheet
from samrad.portfolio.papers.report import report_docx, report_pdf
from samrad.portfolio.papers.settled import settled_words
from samrad.portfolio.papers.sheet import report_sheet
from samrad.portfolio.papers.summary import page_blocks, status_line
from samrad.portfolio.papers.words import (
    asked_words,
    by_light,
    by_phase,
    change_lines,
    computed_of,
    light_names,
    light_word,
    period_words,
    phase_name,
    total_trend,
    worst_light,
)

__all__ = [
    "asked_words",
    "by_light",
    "by_phase",
    "change_lines",
    "changes_csv",
    "changes_sheet",
    "computed_of",
    "effort_sheet",
    "import_sheet",
    "in_words",
    "light_names",
    "light_word",
    "page_blocks",
    "period_words",
    "phase_name",
    "picture_sheet",
    "report_docx",
    "report_pdf",
    "report_sheet",
    "settled_words",
    "status_line",
    "total_trend",
    "worst_light",
]
