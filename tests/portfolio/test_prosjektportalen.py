"""Prosjektportalen 365's Excel exports: recognised by their headers and brought in without a correction."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl

from samrad.portfolio.actions import RowResult, import_projects, import_rows
from samrad.portfolio.commands import chosen_mapping
from samrad.portfolio.models import Milestone, Project, Risk, StatusReport
from samrad.portfolio.sheets import propose, read
from samrad.portfolio.sheets.kinds import KINDS, propose_rows
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing

PORTFOLIO = [
    ["Tittel", "Prosjekteier", "Prosjektleder", "Fase", "Tjenesteområde", "Startdato", "Sluttdato", "Overordnet status",
     "Fremdrift", "Kommentar til fremdrift", "Økonomi", "Kommentar til økonomi", "Kvalitet", "Risiko", "Gevinstoppnåelse",
     "Totalbudsjett", "Påløpt totalt", "Prognose", "Siste rapporteringsdato", "Sak-/arkivreferanse"],
    ["Nytt kjøkken", "Kari Lie", "Siri Dahl", "Gjennomføre", "Helse og velferd", datetime(2026, 1, 5), datetime(2027, 6, 30),
     "Går greit", "Mindre forsinkelser", "Levering i januar", "På budsjett", "", "Ihht. spesifikasjon", "Høy", "På plan",
     4_000_000, 1_200_000, 4_100_000, datetime(2026, 10, 14), "26/104"],
    ["Velferdsteknologi", "Anne Berg", "", "Konsept", "Helse og velferd", None, None, "", "På plan", "", "Vet ikke", "", "",
     "Lav", "Ikke påbegynt", None, None, None, None, ""],
]  # fmt: skip
RISKS = [
    ["Tittel", "Prosjekt", "Innholdstype", "Beskrivelse", "Sannsynlighet", "Konsekvens", "Risikofaktor", "Tiltak", "Strategi",
     "Ansvarlig", "Sannsynlighet etter tiltak", "Konsekvens etter tiltak", "Status"],
    ["Sen levering", "Nytt kjøkken", "Risiko", "Fabrikken", 4, 3, 12, "Dagmulkt", "Redusere", "Pia Port", 2, 3, "Identifisert"],
    ["Bedre pris", "26/104", "Mulighet", "", 2, 2, 4, "", "Utnytte", "", None, None, "Ikke lenger aktuell"],
]  # fmt: skip
STEPS = [
    ["Tittel", "Prosjekt", "Type", "Dato"],
    ["Kontrakt skrevet", "Nytt kjøkken", "Milepæl", datetime(2026, 12, 1)],
]


def workbook(rows: list[list[Any]]) -> bytes:
    """The rows as an Excel file."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def projects(importing: Importing) -> Any:
    """Bring the portfolio in as it is proposed."""
    sheet = read(workbook(PORTFOLIO))
    mapping = chosen_mapping(importing.by, importing.portfolio, sheet)
    assert mapping.name == "prosjektportalen"
    return import_projects(by=importing.by, at=AT, portfolio=importing.portfolio, sheet=sheet, mapping=mapping)


def rows(importing: Importing, kind: str, content: list[list[Any]]) -> RowResult:
    """Bring rows in as they are proposed."""
    sheet = read(workbook(content))
    columns = {g.header: g.target for g in propose_rows(sheet, KINDS[kind]) if g.target}
    return import_rows(by=importing.by, at=AT, portfolio=importing.portfolio, kind=kind, sheet=sheet, columns=columns)


def test_the_portfolio_overview_is_recognised_and_comes_in(importing: Importing) -> None:
    assert projects(importing).imported == 2
    kitchen = Project.objects.get(source_id="26/104")
    assert (kitchen.initiative.title, kitchen.initiative.phase) == ("Nytt kjøkken", "execute")
    assert (kitchen.owner_name, kitchen.source_rating, kitchen.department) == ("Kari Lie", "amber", "Helse og velferd")
    assert (kitchen.start_date, kitchen.end_date) == (date(2026, 1, 5), date(2027, 6, 30))
    assert kitchen.amounts.get(kind="budget").value == 4_000_000
    # Without a number the title tells the project apart.
    assert Project.objects.get(source_id="Velferdsteknologi").initiative.phase == "concept"
    assert projects(importing).unchanged == 2


def test_another_list_is_not_taken_for_an_export_of_prosjektportalen(importing: Importing) -> None:
    sheet = read(b"Nr;Tittel;Prosjekteier;Budsjett\n1;A;Kari;5\n")
    assert chosen_mapping(importing.by, importing.portfolio, sheet).name == propose(sheet).mapping.name == ""


def test_its_risks_milestones_and_status_sections_come_in(importing: Importing) -> None:
    projects(importing)
    assert rows(importing, "risks", RISKS).imported == 2
    late, cheap = Risk.objects.order_by("pk")
    assert (late.before, late.after, late.responsible, late.measure) == (12, 6, importing.manager, "Dagmulkt")
    assert (cheap.kind, cheap.project, cheap.closed_at) == ("opportunity", late.project, AT)
    assert rows(importing, "milestones", STEPS).imported == 1
    assert Milestone.objects.get().due_date == date(2026, 12, 1)
    status = rows(importing, "status", PORTFOLIO)
    assert (status.imported, status.refused) == (2, [])
    report = StatusReport.objects.get(project__source_id="26/104")
    lights = (report.progress, report.economy, report.risk, report.benefit, report.resources)
    assert lights == ("amber", "green", "red", "green", "")
    # Prosjektportalen has no light for resources, and the risk has no reason: a draft, for the project manager to finish.
    assert (report.state, report.progress_text, report.spent_kr) == ("draft", "Levering i januar", 1_200_000)
    assert report.period_start == date(2026, 10, 1)
    assert {u["text"] for u in status.unknown} == {"Vet ikke", "Ikke påbegynt"}
    assert rows(importing, "status", PORTFOLIO).unchanged == 2


def test_a_whole_status_is_published_and_never_made_less(importing: Importing) -> None:
    projects(importing)
    head = ["Prosjekt", "Dato", "Fremdrift", "Økonomi", "Risiko", "Ressurser", "Gevinstoppnåelse"]
    whole = ["Nytt kjøkken", datetime(2026, 8, 1), "På plan", "På budsjett", "Lav", "Grønn", "På plan"]
    assert rows(importing, "status", [head, whole]).imported == 1
    assert StatusReport.objects.get().state == "published"
    worse = [*whole[:2], "Forsinket", *whole[3:]]
    assert [r["reason"] for r in rows(importing, "status", [head, worse]).refused] == ["published_already"]
    assert StatusReport.objects.get().progress == "green"
