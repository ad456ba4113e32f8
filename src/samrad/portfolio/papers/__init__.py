"""The portfolio report as PDF, Word and spreadsheet, and what an import refused."""

from samrad.portfolio.papers.imports import import_sheet
from samrad.portfolio.papers.pictures import in_words, picture_sheet
from samrad.portfolio.papers.report import report_docx, report_pdf
from samrad.portfolio.papers.sheet import report_sheet
from samrad.portfolio.papers.words import asked_words, change_lines, light_names, light_word, period_words, phase_name

__all__ = [
    "asked_words",
    "change_lines",
    "import_sheet",
    "in_words",
    "light_names",
    "light_word",
    "period_words",
    "phase_name",
    "picture_sheet",
    "report_docx",
    "report_pdf",
    "report_sheet",
]
