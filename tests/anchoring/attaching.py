"""Attaching files on the line, by the same action as the page."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.documents.actions import attach_file
from samrad.documents.models import File
from samrad.initiatives.models import Initiative
from tests.anchoring.line import AT, Line
from tests.documents.examples import PDF


def attach(
    line: Line, need: Initiative, name: str = "Tilbud.pdf", content: bytes = PDF, *, at: datetime = AT, **values: str
) -> File:
    """The one who wrote the need attaches a file."""
    with line.acting("proposer") as by:
        return attach_file(
            by=by,
            at=at,
            house=need,
            initiative_id=need.pk,
            upload=SimpleUploadedFile(name, content),
            **values,  # type: ignore[arg-type]
        )
