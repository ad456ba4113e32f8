"""A Paper as a page."""

from typing import Any

from django import template

from samrad.documents.paper import Paper, tidy

register = template.Library()


@register.inclusion_tag("documents/paper.html")
def paper_page(paper: Paper) -> dict[str, Any]:
    """The same paper as the PDF shows. The page around it has the title as its h1."""
    return {"paper": tidy(paper)}


@register.filter
def aligned(row: list[str], columns: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Each cell, and whether it is a number (stands to the right)."""
    return [(cell, column["align"] == "right") for cell, column in zip(row, columns, strict=True)]
