"""A new project waits for the portfolio manager until it has its people and its dates; others are refused first."""

from decimal import Decimal

from django.test import Client

from samrad.initiatives.actions import reach_stage, start_draft
from samrad.initiatives.models import Initiative
from samrad.portfolio.actions import enter_portfolio
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.test_import_pages import OURS, upload

WAITING = "/overview/waiting/"


def test_a_new_project_waits_for_the_portfolio_manager_until_it_has_people_and_dates(importing: Importing) -> None:
    cast, title = importing.cast, "Nattlys i gangene"
    need = start_draft(by=cast.actor(cast.proposer), at=AT, title=title)
    reach_stage(by=cast.actor(cast.proposer), at=AT, initiative=need, stage=Initiative.Stage.DECIDED)
    project = enter_portfolio(by=importing.by, at=AT, initiative=need, budget_kr=Decimal(1000), people={})
    assert project is not None
    manager, url = importing.client, f"/portfolio/projects/{project.pk}/"
    assert title in manager.get(WAITING).content.decode()
    for other in (cast.colleague, cast.stranger):
        assert title not in cast.client(other).get(WAITING).content.decode()
    assert cast.client(cast.stranger).get(url).status_code == 404

    people = dict.fromkeys(["project_owner", "project_manager", "benefit_responsible"], cast.proposer.pk)
    values = {**people, "start_date": "01.02.2027", "end_date": "", "version": project.version}
    assert cast.client(cast.proposer).post(url, values).status_code == 403
    assert manager.post(url, values).status_code == 302
    assert title in manager.get(WAITING).content.decode()  # it still has no end
    whole = {**values, "end_date": "01.09.2027", "version": project.version + 1}
    assert manager.post(url, whole).status_code == 302
    assert title not in manager.get(WAITING).content.decode()


def test_whoever_may_not_is_refused_before_the_form_is_read(importing: Importing) -> None:
    """Every page of the portfolio that takes something in: 403, never 400 with the form, whatever was sent."""
    cast = importing.cast
    need = start_draft(by=cast.actor(cast.proposer), at=AT, title="Nattlys i gangene")
    reach_stage(by=cast.actor(cast.proposer), at=AT, initiative=need, stage=Initiative.Stage.DECIDED)
    project = enter_portfolio(by=importing.by, at=AT, initiative=need, budget_kr=Decimal(1000), people={})
    assert project is not None
    columns = upload(importing.client, importing, OURS.encode())
    preview = columns.replace("columns", "preview")
    assert preview != columns
    one, all_of_them = f"/portfolio/projects/{project.pk}", f"/portfolio/{importing.portfolio.pk}"
    seen = [f"{one}/", f"{one}/status/", f"{all_of_them}/report/", f"{all_of_them}/import/"]

    def statuses(client: Client, urls: list[str]) -> set[int]:
        sent: list[dict[str, object]] = [{}, {"version": "x"}, {"version": 1, "start_date": "31.02.2027"}]
        return {client.post(url, values).status_code for url in urls for values in sent}

    assert statuses(cast.client(cast.colleague), seen) == {403}
    assert statuses(cast.client(cast.stranger), seen) == {404}
    # An import is nobody else's to see.
    for other in (cast.colleague, cast.stranger):
        assert statuses(cast.client(other), [columns, preview]) == {404}
    assert statuses(importing.client, [f"{one}/"]) == {400}
