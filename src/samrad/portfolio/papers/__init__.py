"""The portfolio report as PDF, Word and spreadsheet, and what an import refused."""

from samrad.portfolio.papers.imports import import_sheet
from samrad.portfolio.papers.report import report_docx, report_pdf
from samrad.portfolio.papers.settled import settled_words
from samrad.portfolio.papers.sheet import report_sheet
from samrad.portfolio.papers.words import asked_words, change_lines, light_names, light_word, period_words, phase_name

__all__ = [
    "asked_words",
    "change_lines",
    "import_sheet",
    "light_names",
    "light_word",
    "period_words",
    "phase_name",
    "report_docx",
    "report_pdf",
    "report_sheet",
    "settled_words",
]
