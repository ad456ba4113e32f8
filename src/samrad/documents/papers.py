"""A paper as Word, in the template that its house used on a day."""

from __future__ import annotations

from datetime import date

from samrad.documents import files
from samrad.documents.paper import Paper
from samrad.documents.queries import template_on
from samrad.documents.word import paper_docx


def in_template(paper: Paper, *, owner_id: int, kind: str, on: date) -> bytes:
    """The paper as Word. Where the template is lost from the file store, the one that comes with Samråd is used."""
    row = template_on(owner_id, kind, on)
    try:
        content = files.read(row.sha256) if row is not None else None
    except files.Lost:
        content = None
    return paper_docx(paper, content)
