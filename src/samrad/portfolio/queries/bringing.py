"""Reads about bringing rows in: which project a row means, and the imports there have been."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio, Project, RowImport
from samrad.portfolio.queries.lines import visible_to
from samrad.portfolio.queries.portfolios import portfolios_of


@dataclass
class ProjectNames:
    """The projects of a portfolio by reference, id at the source and title, in small letters."""

    by_reference: dict[str, list[Project]] = field(default_factory=dict)
    by_source: dict[str, list[Project]] = field(default_factory=dict)
    by_title: dict[str, list[Project]] = field(default_factory=dict)

    def find(self, said: str) -> list[Project]:
        """Those meant by a reference, else by an id at the source, else by the exact title."""
        name = " ".join(said.split()).casefold()
        return self.by_reference.get(name) or self.by_source.get(name) or self.by_title.get(name) or []


def names_of(actor: Actor, portfolio: Portfolio, *, on: date, wanted: str) -> ProjectNames:
    """The portfolio's projects by what rows call them, with `wanted` read along; not those exempt from this reader."""
    rows = visible_to(actor).filter(portfolio=portfolio).select_related("initiative", "portfolio")
    projects = list(rows.prefetch_related(wanted).order_by("pk"))
    hidden = masked_groups(actor, [p.initiative for p in projects], on=on)
    names = ProjectNames()
    for project in (p for p in projects if not hidden.get(p.initiative_id)):
        for index, said in (
            (names.by_reference, project.initiative.reference),
            (names.by_source, project.source_id),
            (names.by_title, project.initiative.title),
        ):
            if name := " ".join(said.split()).casefold():
                index.setdefault(name, []).append(project)
    return names


def row_imports_of(actor: Actor) -> QuerySet[RowImport]:
    """The imports of rows the actor may look at: their own, and all into the portfolios they import to. Without files."""
    mine = [p.pk for p in portfolios_of(actor) if actor.may("portfolio.import_projects", p.owner_id)]
    found = RowImport.objects.filter(Q(portfolio_id__in=mine) | Q(imported_by_id=actor.person_or_none))
    return found.select_related("portfolio", "imported_by").defer("content").order_by("-imported_at", "-pk")
