"""The portfolio in Digdir's shape: what is known is filled in, what is missing is named, what is exempt stays out."""

import csv
import io
import json
from datetime import date
from typing import Any

from django.urls import reverse

from samrad.portfolio.actions import PlannedStep, Status, import_projects, keep_plan, report_status
from samrad.portfolio.models import Project, StatusReport
from samrad.portfolio.queries import REPORTED
from samrad.portfolio.regvil import regvil
from samrad.portfolio.sheets import propose, read
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing

PROJECTS = "Nr;Prosjekt;Prosjekteier;Oppstart;Slutt;Budsjett;Fase\nA-1;Nytt arkiv;Kari Lie;1.2.2026;1.6.2028;1200000;Gjennomføring\nA-2;Ferdig;;;;;Ferdig\n"


def brought(importing: Importing) -> Project:
    """Two projects, the first with a plan and a status."""
    sheet = read(PROJECTS.encode())
    mapping = propose(sheet).mapping
    import_projects(by=importing.by, at=AT, portfolio=importing.portfolio, sheet=sheet, mapping=mapping)
    project = Project.objects.get(source_id="A-1")
    given: dict[str, Any] = {"by": importing.by, "at": AT, "project_id": project.pk, "version": None}
    steps = [PlannedStep(name="Migrert", kind="deliverable", due_date=date(2026, 10, 1))]
    keep_plan(**given, start_date=project.start_date, end_date=project.end_date, steps=steps)
    lights = dict.fromkeys(REPORTED, "green") | {"progress": "amber"}
    texts = {"progress": "Venter på leverandøren"}
    held: dict[str, Any] = {"hindered": 4, "hindered_text": "For få folk", "driven": 5, "driven_text": "Ny lov"}
    report_status(**given, status=Status(lights=lights, texts=texts, **held), period=date(2026, 10, 1))
    return project


def test_a_measure_is_filled_in_with_what_is_known(importing: Importing) -> None:
    project = brought(importing)
    data = regvil(importing.by, importing.portfolio, at=AT)
    first = next(m for m in data["Tiltak"] if m["Prefill"]["Tiltak"]["Nummer"] == project.initiative.reference)
    assert first["Prefill"]["Tiltak"] == {
        "Nummer": project.initiative.reference,
        "Tekst": "Nytt arkiv",
        "ErDeltiltak": False,
    }
    assert first["Prefill"]["Godkjenning"]["Godkjenner"] == "Kari Lie"
    assert (first["Initiell"]["ErPaabegynt"], first["Initiell"]["DatoPaabegynt"]) == (True, "2026-02-01")
    assert (first["Oppstart"]["ForventetSluttdato"], first["Oppstart"]["Kostnadsestimat"]) == ("2028-06-01", 1_200_000)
    assert first["Status"] == {
        "ErAvsluttet": False,
        "Tiltakstatus": "amber",
        "Forsinkelse": "Venter på leverandøren",
        "Nettside": None,
        "Hindringer": {"Grad": 4, "Tekst": "For få folk"},
        "Drivere": {"Grad": 5, "Tekst": "Ny lov"},
    }
    assert first["Slutt"] is None
    assert first["Leveranser"] == [{"Beskrivelse": "Migrert", "Status": "forsinket"}]
    assert "Prefill.Kapittel" in first["Mangler"] and "Status.Tiltakstatus" not in first["Mangler"]
    done = next(m for m in data["Tiltak"] if m["Prefill"]["Tiltak"]["Tekst"] == "Ferdig")
    assert done["Slutt"]["ErArbeidUtfort"] and "Status.Tiltakstatus" in done["Mangler"]


def test_those_with_the_right_take_it_out_as_json_and_csv(importing: Importing) -> None:
    brought(importing)
    address = reverse("portfolio:portfolio_regvil", args=[importing.portfolio.pk, "json"])
    data = json.loads(importing.client.get(address).content)
    assert (data["Versjon"], len(data["Tiltak"])) == (1, 2)
    sheet = importing.client.get(address.replace(".json", ".csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    assert {row["Status.Hindringer.Tekst"] for row in rows} == {"", "For få folk"}
    assert importing.cast.client(importing.cast.stranger).get(address).status_code == 404
    assert importing.cast.client(importing.cast.proposer).get(address).status_code == 403


def test_what_hinders_and_drives_is_optional_and_folded_away(importing: Importing) -> None:
    project = brought(importing)
    address = reverse("portfolio:report_status", args=[project.pk])
    page = importing.client.get(address)
    form = page.context["form"]
    values = {n: form[n].value() if form[n].value() is not None else "" for n in form.fields}
    assert (values["hindered"], values["driven_text"]) == (4, "Ny lov") and form.held_open
    assert importing.client.post(address, {**values, "hindered": "9"}).status_code == 400
    values |= dict.fromkeys(("hindered", "hindered_text", "driven", "driven_text"), "")
    assert importing.client.post(address, values).status_code == 302
    newest = StatusReport.objects.order_by("-period_start").first()
    assert newest is not None and (newest.hindered, newest.driven_text) == (None, "")
