"""Reading spreadsheets of projects: files to records, cells to values. Plain Python, no database, no clock."""

from samrad.core.sheets.cells import Reason, Value, as_date, as_money, as_rating, as_text
from samrad.core.sheets.columns import Guess
from samrad.core.sheets.files import Record, Sheet, Unreadable, read
from samrad.portfolio.sheets.mapping import BUILT_IN, GMPP, TARGETS, ColumnRule, Mapping, bind
from samrad.portfolio.sheets.proposing import Proposal, propose
from samrad.portfolio.sheets.rows import Reading, Refusal, Row, Unknown, interpret

__all__ = [
    "BUILT_IN",
    "GMPP",
    "TARGETS",
    "ColumnRule",
    "Guess",
    "Mapping",
    "Proposal",
    "Reading",
    "Reason",
    "Record",
    "Refusal",
    "Row",
    "Sheet",
    "Unknown",
    "Unreadable",
    "Value",
    "as_date",
    "as_money",
    "as_rating",
    "as_text",
    "bind",
    "interpret",
    "propose",
    "read",
]
