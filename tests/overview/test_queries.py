"""What the pages ask the database for: as much with many initiatives as with few, and never more than twelve queries."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import actor_by_email
from samrad.organisation.models import Entity
from samrad.portfolio.commands import import_portfolio
from samrad.portfolio.models import Portfolio

ClientOf = Callable[[str], Client]
MOST = 12
HEAD = "Prosjekt-ID;Prosjektnavn;Budsjett (mnok);Oppstart\n"
PORTFOLIO = "Digitaliseringsporteføljen"
# The frame around a request, which is no question: transactions, and for whom the transaction acts.
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET", "SELECT SET_CONFIG", "SELECT CURRENT_SETTING")


def queries(client: Client, url: str) -> list[str]:
    """The questions of one page."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return [q["sql"] for q in captured.captured_queries if not q["sql"].upper().startswith(FRAME)]


def bring_in(folder: Path, capsys: pytest.CaptureFixture[str], count: int) -> None:
    """So many projects in the region's portfolio, each with its initiative, as the portfolio manager brings them in."""
    file = folder / "liste.csv"
    file.write_text(HEAD + "".join(f"{n};Prosjekt nummer {n};1,5;01.02.2027\n" for n in range(count)))
    import_portfolio(
        Namespace(
            file=file, organisation="fjelldalsregionen", email="portefolje@demo.example", portfolio=PORTFOLIO,
            mapping="", all_or_nothing=False, dry_run=False, json=True, at=timezone.now(),
        )
    )  # fmt: skip
    assert f'"records": {count}, "' in capsys.readouterr().out


def stories() -> dict[str, int]:
    """Every initiative by its title."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        return dict(Initiative.objects.values_list("title", "pk"))


def test_a_page_asks_as_much_of_30_as_of_3(
    client_of: ClientOf, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("sekretariat")
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        portfolio = Portfolio.objects.get(name=PORTFOLIO)
    pages = [
        "/overview/",
        "/initiatives/",
        "/initiatives/?q=prosjekt",
        "/initiatives/?q=prosjekt&stage=3&phase=idea&with=secretariat_lead&sort=title",
        f"/portfolio/{portfolio.pk}/",
    ]
    bring_in(tmp_path, capsys, 3)
    with_few = {page: len(queries(client, page)) for page in pages}
    bring_in(tmp_path, capsys, 30)
    with_many = {page: len(queries(client, page)) for page in pages}
    assert "Prosjekt nummer 29" in client.get(pages[2]).content.decode()
    assert with_few == with_many
    assert {page: n for page, n in with_many.items() if n > MOST} == {}
    # The search looks through the newest first; it says when there are more, and still finds what is old.
    assert "Mer enn" not in client.get(pages[2]).content.decode()
    monkeypatch.setattr("samrad.initiatives.queries.lists.SEARCH_MOST", 2)
    cut = client.get(pages[2]).content.decode()
    assert "Mer enn" in cut and "Prosjekt nummer 28" in cut and "Prosjekt nummer 27" not in cut
    assert "Digital trygghetsalarm" in client.get("/initiatives/?q=trygghetsalarm").content.decode()


def test_no_story_asks_more_than_twelve_times_and_a_stranger_reads_none(client_of: ClientOf, stranger: Client) -> None:
    told = stories()
    for key in ("sekretariat", "granlia-ansatt-helse", "fjelldal-direktor", "folkevalgt"):
        client = client_of(key)
        asked = {}
        for title, pk in told.items():
            page = f"/overview/initiatives/{pk}/"
            if client.get(page).status_code == 200:  # some stories are closed to some
                asked[title] = len(queries(client, page))
        assert len(asked) > 2, key
        assert {title: n for title, n in asked.items() if n > MOST} == {}, key
    for title, pk in told.items():
        assert stranger.get(f"/overview/initiatives/{pk}/").status_code == 404
        for page in ("/overview/", "/initiatives/", f"/initiatives/?q={title[:12]}"):
            assert title not in stranger.get(page).content.decode()


def test_a_search_narrowed_by_filters_looks_past_the_newest(
    client_of: ClientOf, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the index narrows to follows the initiative: it is found by the phase it is in now, however old it is."""
    client = client_of("sekretariat")
    bring_in(tmp_path, capsys, 6)
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        oldest = Initiative.objects.filter(title__startswith="Prosjekt nummer").order_by("pk").first()
        assert oldest is not None
        oldest.phase = Initiative.Phase.REALISE
        oldest.save(update_fields=["phase"])
    monkeypatch.setattr("samrad.initiatives.queries.SEARCH_MOST", 2)
    narrowed = client.get("/initiatives/?q=prosjekt&phase=realise").content.decode()
    assert "Prosjekt nummer 0" in narrowed and "Prosjekt nummer 5" not in narrowed
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        elsewhere = Entity.objects.filter(kind="municipality").exclude(pk=oldest.owner_id).first()
    assert elsewhere is not None
    others = client.get(f"/initiatives/?q=prosjekt&municipality={elsewhere.pk}").content.decode()
    assert "Prosjekt nummer" not in others


def test_a_large_portfolio_comes_in_pages_with_the_figures_of_all(
    client_of: ClientOf, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("sekretariat")
    bring_in(tmp_path, capsys, 12)
    monkeypatch.setattr("samrad.portfolio.views.projects.PAGE", 10)
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        portfolio = Portfolio.objects.get(name=PORTFOLIO)
        count = portfolio.projects.count()
    first = client.get(f"/portfolio/{portfolio.pk}/").content.decode()
    last = client.get(f"/portfolio/{portfolio.pk}/?page=99").content.decode()
    assert f"<dd>{count}</dd>" in first and f"<dd>{count}</dd>" in last
    assert first.count("<td><a href=") == 10 and last.count("<td><a href=") == count % 10
    assert "?page=2" in first


def test_all_that_waits_has_a_page_of_its_own(client_of: ClientOf) -> None:
    by = actor_by_email("sekretariat@demo.example", "fjelldalsregionen", on=timezone.localdate())
    assert by is not None
    with acting_for(by.entities):
        titles = {task.initiative.title for task in tasks_of(by).select_related("initiative") if task.initiative}
    page = client_of("sekretariat").get("/overview/waiting/").content.decode()
    assert titles and all(title in page for title in titles)
    nothing = client_of("bekkjarvoll-ansatt-teknisk").get("/overview/waiting/").content.decode()
    assert "Ingenting ventar på deg" in nothing and not any(title in nothing for title in titles)


def test_the_story_leads_to_the_case_paper_and_the_minutes(client_of: ClientOf) -> None:
    told = stories()["Digital trygghetsalarm og responssenter"]
    page = client_of("granlia-ansatt-helse").get(f"/overview/initiatives/{told}/").content.decode()
    assert "Saksframlegg</a>" in page and "Møtebok, Digitaliseringsrådet</a>" in page
    waiting = stories()["Pasientvarsling på sykehjemmet"]
    url = f"/overview/initiatives/{waiting}/"
    # On the agenda with an exempt cost: the paper is open with its exempt parts gone; there are no minutes yet.
    assert "Møtebok, Digitaliseringsrådet</a>" not in client_of("sekretariat").get(url).content.decode()
