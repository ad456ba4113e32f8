"""Milestones, money, risks and people from a spreadsheet: each row by its own action, twice is once, nothing is hidden."""

import json
from argparse import Namespace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.portfolio.actions import RowResult, import_projects, import_rows
from samrad.portfolio.commands import import_rows_file
from samrad.portfolio.models import Capacity, Milestone, MoneyLine, Project, Resource, Risk, RowImport
from samrad.portfolio.sheets import propose, read
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing

PROJECTS = "Nr;Prosjekt;Slutt\nA-1;Velferdsteknologi;1.12.2028\nA-2;Nytt arkiv;\nA-3;Dobbelt;\nA-4;Dobbelt;\n"
STEPS = (
    "Prosjekt;Milepæl;Type;Dato;Nådd\n"
    "A-1;Anskaffet;milepæl;1.3.2027;\nVelferdsteknologi;Opplært;Leveranse;tull;\nA-9;Ukjent;;1.1.2027;\n"
    "A-1;Anskaffet;;1.4.2027;\nA-2;Uten dag;;;\nDobbelt;Hvilken;;1.1.2027;\n;Ingen;;1.1.2027;\nA-2;Flyttet;;5.5.2027;6.5.2027\n"
)
MONEY = (
    "Prosjekt;År;Type;Kilde;Budsjett (tkr);Regnskap\n"
    "A-1;2027;Investering;Egne midler;1500;200000\nA-1;2027;Drift;Fond;ukjent;\nA-1;20277;Drift;;1;\n"
    "A-1;2028;Leie;;1;\nA-1;2028;;;-5;\n"
)
RISKS = (
    "Prosjekt;Tittel;Sannsynlighet;Konsekvens;Tiltak;Ansvarlig;Status\n"
    "A-1;Leverandøren svikter;4;5;Dagmulkt;pia@region.example;Identifisert\n"
    "A-1;For få folk;høy;3;Si nei;Ingen Kjent;\nA-1;Løst;2;2;;;Lukket\n"
)


@pytest.fixture
def projects(importing: Importing) -> Importing:
    """A portfolio with four projects, two of them with the same title."""
    sheet = read(PROJECTS.encode())
    import_projects(by=importing.by, at=AT, portfolio=importing.portfolio, sheet=sheet, mapping=propose(sheet).mapping)
    return importing


def bring(importing: Importing, kind: str, text: str, **how: bool) -> RowResult:
    """Bring in rows as the portfolio manager."""
    sheet = read(text.encode())
    columns = {g.header: g.target for g in propose_rows(sheet, KINDS[kind]) if g.target}
    return import_rows(
        by=importing.by, at=AT, portfolio=importing.portfolio, kind=kind, sheet=sheet, columns=columns, **how
    )


def reasons(result: RowResult) -> list[tuple[int, int, str]]:
    """Which rows were refused, and why."""
    return [(r["record"], r["line"], r["reason"]) for r in result.refused]


def test_milestones_come_into_the_plan_and_twice_is_once(projects: Importing) -> None:
    result = bring(projects, "milestones", STEPS)
    assert (result.records, result.imported, result.updated) == (8, 4, 0)
    assert reasons(result) == [
        (3, 4, "no_such_project"),
        (4, 5, "row_twice"),
        (6, 7, "several_projects"),
        (7, 8, "no_project"),
    ]
    assert [(u["column"], u["text"], u["reason"]) for u in result.unknown] == [
        ("Dato", "tull", "not_a_date"),
        ("Dato", "", "day_brought_in"),
    ]
    found = Milestone.objects.filter(project__source_id="A-1").order_by("due_date")
    # What has no readable day stands at the end of its project until someone says.
    assert [(m.name, m.kind, m.due_date) for m in found] == [
        ("Anskaffet", "milestone", date(2027, 3, 1)),
        ("Opplært", "deliverable", date(2028, 12, 1)),
    ]
    kept = Event.objects.filter(kind="portfolio.PlanKept").count()
    again = bring(projects, "milestones", STEPS)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 4)
    assert Event.objects.filter(kind="portfolio.PlanKept").count() == kept == 2
    moved = bring(projects, "milestones", STEPS.replace("1.3.2027", "1.6.2027"))
    assert (moved.updated, moved.unchanged) == (1, 3)
    assert Milestone.objects.get(name="Anskaffet").due_date == date(2027, 6, 1)
    assert Milestone.objects.count() == 4


def test_a_milestone_without_a_readable_day_comes_in_and_its_cell_is_listed(projects: Importing) -> None:
    text = (
        "Prosjekt;Milepæl;Dato;Nådd\nA-1;Med slutt;neste vår;\nA-2;Uten slutt;uke 14-16;\n"
        "A-2;Nådd før;32.13.2027;1.2.2027\nA-2;Nådd når;1.3.2027;nylig\n"
    )
    result = bring(projects, "milestones", text)
    assert (result.imported, result.refused) == (4, [])
    assert [(u["record"], u["column"], u["text"], u["reason"]) for u in result.unknown] == [
        (1, "Dato", "neste vår", "not_a_date"),
        (2, "Dato", "uke 14-16", "not_a_date"),
        (3, "Dato", "32.13.2027", "not_a_date"),
        (4, "Nådd", "nylig", "not_a_date"),
    ]
    assert dict(Milestone.objects.values_list("name", "due_date")) == {
        "Med slutt": date(2028, 12, 1),
        "Uten slutt": localdate(AT),
        "Nådd før": date(2027, 2, 1),
        "Nådd når": date(2027, 3, 1),
    }
    # The same file later moves nothing, though its days still cannot be read.
    assert bring(projects, "milestones", text).unchanged == 4


def test_money_lines_come_in_by_year_kind_and_source(projects: Importing) -> None:
    result = bring(projects, "money", MONEY)
    assert reasons(result) == [(3, 4, "no_year"), (4, 5, "no_money_kind")]
    rows = [(m.year, m.kind, m.source, m.budget_kr, m.actual_kr) for m in MoneyLine.objects.order_by("year", "kind")]
    assert rows == [
        (2027, "investment", "own", Decimal(1_500_000), Decimal(200_000)),
        (2027, "running", "fund", None, None),
        (2028, "running", "own", None, None),
    ]
    assert [u["reason"] for u in result.unknown] == ["not_yet_known", "negative_budget"]
    assert bring(projects, "money", MONEY).unchanged == 3
    blank = bring(projects, "money", "Prosjekt;År;Type;Kilde;Budsjett\nA-1;2027;Investering;Egne midler;\n")
    assert blank.unchanged == 1 and MoneyLine.objects.count() == 3


def test_risks_come_in_with_those_responsible(projects: Importing) -> None:
    result = bring(projects, "risks", RISKS)
    assert (result.imported, result.refused) == (3, [])
    first, second, third = Risk.objects.order_by("pk")
    assert (first.title, first.before, first.responsible) == ("Leverandøren svikter", 20, projects.manager)
    # Placed in the middle until someone says: the risk itself must not get lost.
    assert (second.likelihood, second.impact, second.responsible) == (3, 3, None)
    assert [u["reason"] for u in result.unknown] == ["not_on_the_scale", "no_such_person"]
    assert third.closed_at == AT
    again = bring(projects, "risks", RISKS)
    assert (again.unchanged, Risk.objects.count()) == (3, 3)


def test_people_come_in_only_for_the_units_one_leads(projects: Importing) -> None:
    cast = projects.cast
    unit = cast.health
    text = (
        f"Enhet;Rolle;E-post;Kvartal;Dager;Fravær\n{unit.name};Systemforvalter;;2027 K1;40;5\n"
        f"{unit.name};Systemforvalter;;2. kvartal 2027;30;50\nAnnen enhet;Rådgiver;;2027K1;10;\n{unit.name};;;2027K1;1;\n"
    )
    with pytest.raises(Refused):
        bring(projects, "people", text)
    leader = cast.actor(cast.sector_head)
    sheet = read(text.encode())
    columns = {g.header: g.target for g in propose_rows(sheet, KINDS["people"]) if g.target}
    given = {"by": leader, "at": AT, "portfolio": projects.portfolio, "kind": "people", "sheet": sheet}
    result = import_rows(**given, columns=columns)  # type: ignore[arg-type]
    assert reasons(result) == [(3, 4, "unit_not_led"), (4, 5, "no_name")]
    assert [u["reason"] for u in result.unknown] == ["more_leave_than_days"]
    assert Resource.objects.get().title == "Systemforvalter"
    rows = [(c.quarter, c.days, c.leave_days) for c in Capacity.objects.order_by("quarter")]
    assert rows == [(date(2027, 1, 1), 40, 5), (date(2027, 4, 1), 30, 0)]
    again = import_rows(**given, columns=columns)  # type: ignore[arg-type]
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 2)


def test_all_or_nothing_and_a_dry_run_change_nothing(projects: Importing) -> None:
    whole = bring(projects, "milestones", STEPS, all_or_nothing=True)
    assert whole.stopped and whole.imported == 0
    assert bring(projects, "milestones", STEPS, dry_run=True).imported == 4
    assert (Milestone.objects.count(), RowImport.objects.count()) == (0, 0)


def test_rows_without_the_columns_that_tell_them_apart_are_refused(projects: Importing) -> None:
    with pytest.raises(Refused):
        bring(projects, "milestones", "Uvesentlig;Annet\n1;2\n")


def upload(importing: Importing, kind: str, text: str) -> str:
    """Upload rows in the browser; the address one is sent on to."""
    address = reverse("portfolio:rows_upload", args=[importing.portfolio.pk])
    file = SimpleUploadedFile("liste.csv", text.encode())
    response = importing.client.post(address, {"kind": kind, "file": file})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def filled(client: Client, address: str) -> dict[str, object]:
    """The form as the page fills it in."""
    form = client.get(address).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_rows_in_the_browser_from_upload_to_result(projects: Importing) -> None:
    client = projects.client
    columns = upload(projects, "milestones", STEPS)
    values = filled(client, columns)
    assert values["c0"] == "project" and values["c1"] == "name"
    assert client.post(columns, {**values, "c0": ""}).status_code == 400
    preview = client.post(columns, values)["Location"]
    with CaptureQueriesContext(connection) as asked:
        page = client.get(preview)
    assert sum("FROM" in query["sql"] for query in asked) <= 15
    assert (page.context["counts"]["imported"], page.context["refused_count"]) == (4, 4)
    seen = page.content.decode().replace("\xa0", " ")
    for said in ("Slik ble de første radene lest", "1. mars 2027", "«tull» (ukjent: ikke en dato)", "Leveranse"):
        assert said in seen
    assert Milestone.objects.count() == 0
    version = filled(client, preview)["version"]
    stopped = client.post(preview, {"version": version, "all_or_nothing": "on"})
    assert stopped.status_code == 400 and Milestone.objects.count() == 0
    result = client.post(preview, {"version": version})["Location"]
    assert client.post(preview, {"version": version})["Location"] == result
    assert client.get(result).status_code == 200 and Milestone.objects.count() == 4
    moved = STEPS.replace("1.3.2027", "1.6.2027")
    again = client.post(second := upload(projects, "milestones", moved), filled(client, second))["Location"]
    assert "Planlagt: fra 1. mars 2027 til <strong>1. juni 2027</strong>" in client.get(again).content.decode()
    lists = json.loads(client.get(result.rstrip("/") + ".json").content)
    assert len(lists["refused"]) == 4
    assert client.get(result.rstrip("/") + ".xlsx").status_code == 200
    assert RowImport.objects.get(imported_at__isnull=False).content is None


def test_whoever_cannot_bring_people_in_is_told_who_can(projects: Importing) -> None:
    address = reverse("portfolio:rows_upload", args=[projects.portfolio.pk])
    page = projects.client.get(address).content.decode()
    assert 'value="people"' not in page and "Bare lederen av en enhet" in page and "«Mine folk»" in page
    leader = projects.cast.client(projects.cast.sector_head)
    page = leader.get(address).content.decode()
    assert 'value="people"' in page and "Bare lederen av en enhet" not in page
    assert f'href="{address}?kind=people"' in leader.get(reverse("portfolio:my_people")).content.decode()


def test_the_stranger_and_the_colleague_bring_nothing_in(projects: Importing) -> None:
    columns = upload(projects, "risks", RISKS)
    batch = RowImport.objects.get()
    pages = [columns, *(reverse(f"portfolio:{n}", args=[batch.pk]) for n in ("rows_preview", "rows_result"))]
    for person, refused in ((projects.cast.stranger, {404}), (projects.cast.proposer, {403, 404})):
        client = projects.cast.client(person)
        for address in [*pages, reverse("portfolio:rows_upload", args=[projects.portfolio.pk])]:
            assert client.get(address).status_code in refused, address
            assert client.post(address, {"version": 1}).status_code in {*refused, 405}, address
    assert Risk.objects.count() == 0


def test_the_command_brings_rows_in_and_answers_in_json(
    projects: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "penger.csv"
    file.write_text(MONEY)
    args = Namespace(
        what="money", file=file, organisation=projects.portfolio.owner.slug, email=projects.manager.email,
        portfolio=projects.portfolio.name, all_or_nothing=False, dry_run=True, json=True, at=AT,
    )  # fmt: skip
    assert import_rows_file(args) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 3
    assert MoneyLine.objects.count() == 0
    args.dry_run = args.json = False
    assert import_rows_file(args) == 0
    assert "Rad 3 (linje 4)" in capsys.readouterr().out
    assert MoneyLine.objects.count() == 3
    args.all_or_nothing = True
    assert import_rows_file(args) == 1
    args.portfolio = "Finnes ikke"
    assert import_rows_file(args) == 1
    assert Project.objects.count() == 4


def test_what_we_had_to_put_somewhere_is_listed(projects: Importing) -> None:
    steps = bring(projects, "milestones", "Prosjekt;Milepæl;Dato\nA-1;Klart;\n")
    assert [(u["column"], u["reason"]) for u in steps.unknown] == [("Dato", "day_assumed")]
    risks = bring(projects, "risks", "Prosjekt;Risiko;Sannsynlighet\nA-1;Noen slutter;\n")
    assert [u["reason"] for u in risks.unknown] == ["middle_assumed", "middle_assumed"]
    assert bring(projects, "risks", "Prosjekt;Risiko;Sannsynlighet\nA-1;Noen slutter;\n").unknown == []
