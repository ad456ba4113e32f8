"""Someone works on a project while a spreadsheet comes in: one comes after the other, and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import Actor, system_actor
from samrad.portfolio import actions
from samrad.portfolio.actions import QuarterRow, RiskRow, import_projects, import_rows
from samrad.portfolio.models import Capacity, Portfolio, Project, Resource, Risk
from samrad.portfolio.sheets import propose, read
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from tests.initiatives.cast import AT, ON, Cast, make_cast

LIST = "Nr;Prosjekt;Budsjett\nA-1;Velferdsteknologi;{0}\nA-2;Nytt arkiv;{0}\n"
RISKS = "Prosjekt;Tittel;Sannsynlighet;Konsekvens\nA-1;For få folk;4;{0}\n"


class Scene:
    """A portfolio with two projects, and what may happen while a spreadsheet comes in."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.houses = [cast.fjell.pk, cast.region.pk]
        with acting_for(self.houses):
            system = system_actor(cast.region.pk, on=ON)
            self.manager = organisation.add_person(
                by=system, at=AT, owner=cast.region, shared_with=None, name="Pia Port", email="pia@region.example"
            )
            organisation.give_role(by=system, at=AT, valid_from=ON, person=self.manager, role="portfolio_manager")
            self.portfolio: Portfolio = actions.create_portfolio(
                by=system, at=AT, owner=cast.region, name="Digitalisering", manager=self.manager
            )
        self.by: Actor = cast.actor(self.manager)
        self.pool = ThreadPoolExecutor(2)
        self.others: list[Future[str]] = []

    def projects(self, budget: int) -> Any:
        """Bring in the list."""
        sheet = read(LIST.format(budget).encode())
        given: dict[str, Any] = {"by": self.by, "at": AT, "portfolio": self.portfolio, "sheet": sheet}
        with acting_for(self.houses):
            return import_projects(**given, mapping=propose(sheet).mapping)

    def rows(self, kind: str, text: str, by: Actor | None = None) -> Any:
        """Bring in rows."""
        sheet = read(text.encode())
        columns = {guess.header: guess.target for guess in propose_rows(sheet, KINDS[kind]) if guess.target}
        given: dict[str, Any] = {"by": by or self.by, "at": AT, "portfolio": self.portfolio, "kind": kind}
        with acting_for(self.houses):
            return import_rows(**given, sheet=sheet, columns=columns)

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Another begins now. Comes back when that is done, or waits for what the spreadsheet holds."""
        backend: list[int] = []

        def other() -> str:
            try:
                with acting_for(self.houses):
                    with connection.cursor() as cursor:
                        cursor.execute("select pg_backend_pid()")
                        backend.append(cursor.fetchone()[0])
                    act()
                return "done"
            except Refused:
                return "refused"
            finally:
                connections.close_all()

        began = self.pool.submit(other)
        self.others.append(began)
        while not began.done():
            with connection.cursor() as cursor:
                cursor.execute("select cardinality(pg_blocking_pids(%s))", [backend[0] if backend else 0])
                if cursor.fetchone()[0]:
                    return

    def ended(self) -> list[str]:
        """How it went for the others."""
        return [other.result(timeout=60) for other in self.others]


@pytest.fixture
def scene(transactional_db: None) -> Iterator[Scene]:
    """The cast, seen by every connection."""
    made = Scene(make_cast())
    made.projects(1)
    yield made
    made.pool.shutdown()


def between(monkeypatch: pytest.MonkeyPatch, place: str, then: Callable[[], None]) -> None:
    """Let something happen once, just after what is read for deciding has been read."""
    module, _dot, name = place.rpartition(".")
    whole = getattr(__import__(module, fromlist=[name]), name)
    happened: list[int] = []

    def reading(*args: Any, **values: Any) -> Any:
        found = whole(*args, **values)
        if not happened:
            happened.append(1)
            then()
        return found

    monkeypatch.setattr(place, reading)


def test_two_lists_at_once_make_no_project_twice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_for(scene.houses):
        before = Project.objects.count()
    between(monkeypatch, "samrad.portfolio.actions.importing._plan", lambda: scene.meanwhile(lambda: scene.projects(3)))
    assert scene.projects(2).updated == 2
    assert scene.ended() == ["done"]
    with acting_for(scene.houses):
        assert Project.objects.count() == before == 2
        assert [p.version for p in Project.objects.all()] == [3, 3]


def test_who_staffs_a_project_while_the_list_comes_in_is_heard(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_for(scene.houses):
        project = Project.objects.get(source_id="A-1")
    version = project.version

    def staff() -> None:
        people = dict.fromkeys(("project_owner", "project_manager", "benefit_responsible"), scene.manager.pk)
        given: dict[str, Any] = {"by": scene.by, "at": AT, "project_id": project.pk, "people": people}
        actions.staff_project(**given, version=version, start_date=date(2027, 1, 1), end_date=None)

    between(monkeypatch, "samrad.portfolio.actions.importing._plan", lambda: scene.meanwhile(staff))
    scene.projects(2)
    # The page was made before the list came in: it is told so, and nothing of either is lost.
    assert scene.ended() == ["refused"]
    with acting_for(scene.houses):
        project.refresh_from_db()
        assert (project.version, project.amounts.get(kind="budget").value) == (version + 1, 2)


def test_who_writes_of_a_need_while_its_title_follows_the_list_is_heard(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write() -> None:
        Initiative.objects.filter(project__source_id="A-1").update(funding="own")

    between(monkeypatch, "samrad.portfolio.actions.importing._plan", write)
    sheet = read(LIST.format(2).replace("Velferdsteknologi", "Velferdsteknologi 2").encode())
    with acting_for(scene.houses):
        given: dict[str, Any] = {"by": scene.by, "at": AT, "portfolio": scene.portfolio, "sheet": sheet}
        import_projects(**given, mapping=propose(sheet).mapping)
        need = Initiative.objects.get(project__source_id="A-1")
        assert (need.title, need.funding) == ("Velferdsteknologi 2", "own")


def test_who_changes_a_risk_while_risks_come_in_is_heard(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.rows("risks", RISKS.format(2))
    with acting_for(scene.houses):
        risk = Risk.objects.select_related("project").get()
    row = RiskRow(title=risk.title, likelihood=5, impact=5, cause="Skrevet for hånd")
    given: dict[str, Any] = {"by": scene.by, "at": AT, "portfolio": scene.portfolio, "project": risk.project}

    def by_hand() -> None:
        actions.keep_risk(**given, risk_id=risk.pk, version=risk.version, row=replace(row))

    between(monkeypatch, "samrad.portfolio.actions.bringing.outcomes_of", lambda: scene.meanwhile(by_hand))
    assert scene.rows("risks", RISKS.format(3)).updated == 1
    assert scene.ended() == ["refused"]
    with acting_for(scene.houses):
        risk.refresh_from_db()
        assert (risk.impact, risk.cause, risk.version) == (3, "", 2)


def test_two_spreadsheets_of_risks_at_once_write_none_twice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    between(
        monkeypatch,
        "samrad.portfolio.actions.bringing.outcomes_of",
        lambda: scene.meanwhile(lambda: scene.rows("risks", RISKS.format(3))),
    )
    assert scene.rows("risks", RISKS.format(2)).imported == 1
    assert scene.ended() == ["done"]
    with acting_for(scene.houses):
        assert [risk.impact for risk in Risk.objects.all()] == [3]


def test_people_are_locked_by_their_unit_whichever_portfolio_they_come_in_by(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = scene.cast.actor(scene.cast.sector_head)
    unit = scene.cast.health
    text = f"Enhet;Rolle;Kvartal;Dager\n{unit.name};Arkitekt;1. kvartal 2027;{{0}}\n"

    def by_hand() -> None:
        quarters = {date(2027, 1, 1): QuarterRow(days=20, line_days=9)}
        given: dict[str, Any] = {"by": leader, "at": AT, "unit": unit, "resource_id": None, "version": 0}
        actions.keep_resource(**given, title="Arkitekt", person=None, quarters=quarters)

    between(monkeypatch, "samrad.portfolio.actions.bringing.outcomes_of", lambda: scene.meanwhile(by_hand))
    assert scene.rows("people", text.format(10), by=leader).imported == 1
    assert scene.ended() == ["refused"]  # the unit has one with this name already, which is said
    with acting_for(scene.houses):
        assert (Resource.objects.count(), Capacity.objects.get().days) == (1, 10)
