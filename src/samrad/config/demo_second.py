"""The demo's second portfolio: what health and schools follow, most of it steered by the common one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from samrad.config.demo_projects import EXECUTED, freeze
from samrad.governance.models import Body, CycleDate
from samrad.portfolio.actions import (
    MeasureRow,
    RiskRow,
    answer_still_right,
    approve_ranking,
    create_portfolio,
    decide_measure,
    follow_measure,
    keep_header,
    keep_ranking,
    keep_risk,
    propose_measure,
    publish_ranking,
    show_project,
    take_report,
    tie_date,
)
from samrad.portfolio.models import Portfolio, Project

if TYPE_CHECKING:
    from samrad.config.demo import World

NAME, VISION = "Helse og oppvekst", "Mer tid til folk, hele døgnet"
OWN = "SFO-innmelding og faktura på nett"
BOTH = {
    EXECUTED: "Sykehjem og hjemmetjeneste innfører den sammen.",
    "Digitalt tilsyn om natta": "Nattjenesten er felles for helse og avlastning.",
    "Digital trygghetsalarm og responssenter": "Responssenteret skal også svare for barnebolig.",
    "Barnevernets fagsystem og innbyggerportal": "Barnevernet deler innbyggerportal med helsestasjonen.",
    "Felles barnehagesystem med app for foreldre": "Foresatte møter skole, barnehage og SFO samlet.",
}


def second_portfolio(world: World) -> None:
    """Set it up with people of its own; one project moves home, others are shown in both; then rank and report them."""
    rows = Project.objects.select_related("initiative", "portfolio")
    titles = {project.initiative.title: project for project in world.read(lambda: list(rows))}
    if world.portfolio is None or OWN not in titles:
        return
    made = _set_up(world)
    _move_home(world, made, titles[OWN])
    at = world.ago(3)
    shown = [titles[title] for title in BOTH if title in titles]
    for project in shown:
        why = BOTH[project.initiative.title]
        world.do("portefolje-helse", show_project, at=at, portfolio=made, project_id=project.pk, reason=why)
    risk = RiskRow(
        title="De samme lederne innfører fire ting samtidig",
        likelihood=4,
        impact=4,
        measure="Én felles innføringsplan, og ingen oppstart i eksamen og ferie.",
        likelihood_after=3,
        impact_after=3,
        review_date=world.weekday(-45),
    )
    given: dict[str, Any] = {"portfolio": made, "project": None, "risk_id": None, "version": 0}
    world.do("portefolje-helse", keep_risk, at=at, row=risk, **given)
    why = "Barnevernet først: fristene brytes i dag. Så det som gir mest tid om natta."
    order = sorted([titles[OWN], *shown], key=lambda p: not p.initiative.title.startswith("Barnevern"))
    places = {p.pk: (n, why if n == 1 else "") for n, p in enumerate(order, start=1)}
    common = world.do("portefolje-helse", keep_ranking, at=at, portfolio=made, sector=None, version=None, places=places)
    said = {"ranking_id": common.pk, "version": None}
    world.do("granlia-direktor", approve_ranking, at=at, where="Porteføljestyret, sak 3/26", **said)
    world.do("portefolje-helse", publish_ranking, at=at, **said)
    answer = {"after": None, "answer": "yes", "reason": "Færre papirer hjemme og i SFO, som strategien vil."}
    world.do("portefolje-helse", answer_still_right, at=at, portfolio=made, project_id=titles[OWN].pk, **answer)
    world.do("portefolje-helse", take_report, at=world.now, portfolio=made)


def _set_up(world: World) -> Portfolio:
    begun, manager = world.ago(30), world.people["portefolje-helse"]
    owner = {"owner": world.region, "name": NAME, "vision": VISION, "manager": manager}
    made: Portfolio = world.do("administrator", create_portfolio, at=begun, **owner)
    group = world.read(lambda: Body.objects.get(kind="expert_group", owner=world.region))
    said = {"name": NAME, "vision": VISION, "manager": manager, "body": group}
    said |= {"appointed_by": "Kommunedirektørmøtet, sak 31/26", "appointed_date": world.weekday(32)}
    world.do("portefolje-helse", keep_header, at=begun, portfolio_id=made.pk, version=None, **said)
    return made


def _move_home(world: World, portfolio: Portfolio, project: Project) -> None:
    """The board has decided that it belongs in the second portfolio."""
    row = MeasureRow(
        kind="rehome",
        title="Samle det som gjelder skole og SFO",
        reason="De som bruker det, følger det tettest i sin egen portefølje.",
        responsible=world.people["portefolje-helse"],
        due_date=world.today + timedelta(days=20),
        projects=[project],
        to_portfolio=portfolio,
    )
    given: dict[str, Any] = {"portfolio": project.portfolio, "measure_id": None, "version": None}
    made = world.do("granlia-direktor", propose_measure, at=world.ago(5), row=row, **given)
    where = {"measure_id": made.pk, "version": None, "where": "Porteføljestyret, sak 2/26"}
    world.do("granlia-direktor", decide_measure, at=world.ago(4), **where)
    done = {
        "measure_id": made.pk,
        "version": None,
        "state": "done",
        "text": "Flyttet. De som bruker det, er orientert.",
    }
    world.do("portefolje-helse", follow_measure, at=world.ago(2), **done)


def report_now(world: World) -> None:
    """The newest report waits for the board; the next dates of the year are about the portfolio."""
    portfolio = world.portfolio
    if portfolio is None:
        return
    coming = CycleDate.objects.filter(owner=world.region, starts_on__gt=world.today, cancelled=False)
    kinds = ("reporting", "budget", "priority")
    for day in world.read(lambda: list(coming.filter(kind__in=kinds).order_by("starts_on", "pk")[:3])):
        world.do("portefolje", tie_date, at=world.ago(4), portfolio_id=portfolio.pk, cycle_date_id=day.pk)
    freeze(world, portfolio, at=world.now)
