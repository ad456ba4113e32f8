"""The demo's measures: one that is proposed, and one that is under way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from samrad.config.demo_projects import EXECUTED, PLANNED
from samrad.portfolio.actions import MeasureRow, decide_measure, follow_measure, propose_measure
from samrad.portfolio.models import Project

if TYPE_CHECKING:
    from samrad.config.demo import World


def steer(world: World) -> None:
    """The portfolio board reinforces one project; to stop another is proposed, and waits."""
    if world.portfolio is None:
        return
    rows = Project.objects.filter(portfolio=world.portfolio).select_related("initiative")
    titles = world.read(lambda: {p.initiative.title: p for p in rows})
    if PLANNED not in titles or EXECUTED not in titles:
        return
    given: dict[str, Any] = {"portfolio": world.portfolio, "measure_id": None, "version": None}
    people, at = world.people, world.ago(2)
    row = MeasureRow(
        kind="reinforce",
        title="To dager i uka til fra driftsmiljøet",
        reason="Dispenserne er i rute bare hvis oppsettet er ferdig før sommeren.",
        responsible=people["portefolje"],
        due_date=world.today + timedelta(days=45),
        projects=[titles[EXECUTED]],
    )
    made = world.do("granlia-direktor", propose_measure, at=at, row=row, **given)
    where = "Porteføljestyret, sak 5/26"
    world.do("granlia-direktor", decide_measure, at=at, measure_id=made.pk, version=None, where=where)
    said = {"state": "under_way", "text": "Avtalt med IKT-leder. Begynner over nyttår."}
    world.do("portefolje", follow_measure, at=world.ago(1), measure_id=made.pk, version=None, **said)
    row = MeasureRow(
        kind="stop",
        title="Stoppe egen ruteplan og bruke den felles",
        reason="«Sammen først»: tre kommuner planlegger det samme.",
        responsible=people["portefolje"],
        due_date=world.today + timedelta(days=30),
        projects=[titles[PLANNED]],
    )
    world.do("portefolje", propose_measure, at=world.ago(1), row=row, **given)
