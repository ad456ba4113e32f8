"""The demo's rank order: a sector's own, the common one that the board approved, and who answers for the portfolio."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samrad.config.demo_data import DUTIES
from samrad.config.demo_projects import EXECUTED, PLANNED
from samrad.governance.models import Body
from samrad.portfolio.actions import (
    answer_still_right,
    approve_ranking,
    keep_header,
    keep_ranking,
    publish_ranking,
    save_view,
)
from samrad.portfolio.models import Project

if TYPE_CHECKING:
    from samrad.config.demo import World

MUST = "Må gjøres: loven krever det."
WAITS = "Venter til alle seks kommuner har vedtatt sin del."


def _projects(world: World) -> list[Project]:
    rows = Project.objects.filter(portfolio=world.portfolio, initiative__status="active")
    return list(rows.select_related("initiative__owning_sector", "initiative__owner").order_by("pk"))


def rank(world: World) -> None:
    """The health sector of Fjelldal ranks its own first; the board approves the common order, and it is published."""
    if world.portfolio is None:
        return
    portfolio, at = world.portfolio, world.ago(2)
    council = world.read(lambda: Body.objects.get(kind="council", owner=world.region))
    said = {"name": portfolio.name, "vision": portfolio.vision, "manager": portfolio.manager, "body": council}
    said |= {"appointed_by": "Kommunedirektørmøtet, sak 14/26", "appointed_date": world.today - timedelta(days=210)}
    world.do("portefolje", keep_header, at=at, portfolio_id=portfolio.pk, version=None, **said)
    red = {"name": "Ute av rute", "query": "light=red&col=municipality&col=light&col=budget&col=forecast"}
    world.do("portefolje", save_view, at=at, portfolio=portfolio, shared=True, **red)
    projects = world.read(lambda: _projects(world))
    titles = {project.initiative.title: project for project in projects}
    if PLANNED not in titles or EXECUTED not in titles:
        return
    first = titles[EXECUTED]
    sector = first.initiative.owning_sector
    mine = [*(p for p in projects if p.initiative.owning_sector == sector and p != first), first]
    must = [p for p in projects if p.initiative.title in DUTIES]
    order = [first, *must, *(p for p in projects if p != first and p not in must)]
    given = {"portfolio": portfolio, "version": None}
    own = {p.pk: (n, "Avtalen om dagens alarm går ut først." if n == 1 else "") for n, p in enumerate(mine, start=1)}
    head = world.do("fjelldal-leder-helse", keep_ranking, at=at, sector=sector, places=own, **given)
    world.do("fjelldal-leder-helse", publish_ranking, at=at, ranking_id=head.pk, version=None)
    why = (
        {p.pk: WAITS for p in mine} | {p.pk: MUST for p in must} | {first.pk: "Størst gevinst, og avtalen er signert."}
    )
    places = {p.pk: (n, why.get(p.pk, "")) for n, p in enumerate(order, start=1)}
    common = world.do("portefolje", keep_ranking, at=at, sector=None, places=places, **given)
    where = {"ranking_id": common.pk, "version": None}
    world.do("granlia-direktor", approve_ranking, at=at, where="Porteføljestyret, sak 4/26", **where)
    world.do("portefolje", publish_ranking, at=at, **where)
    said = {
        "project_id": titles[EXECUTED].pk,
        "after": None,
        "answer": "yes",
        "reason": "Gir trygghet hjemme, som strategien vil.",
    }
    world.do("granlia-direktor", answer_still_right, at=at, portfolio=portfolio, **said)
    said |= {
        "project_id": titles[PLANNED].pk,
        "answer": "change",
        "reason": "Rutene bør deles av kommunene: «sammen først».",
    }
    world.do("portefolje", answer_still_right, at=at, portfolio=portfolio, **said)
