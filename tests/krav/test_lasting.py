"""What must not fail: people who leave, a municipality that leaves, and reports frozen long ago."""

import hashlib
import json
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils.timezone import make_aware
from openpyxl import load_workbook

from samrad.cases.models import Task
from samrad.cases.queries import sharers
from samrad.organisation.actions import end_person
from samrad.organisation.models import Membership, Notification
from samrad.portfolio.actions import canonical
from samrad.portfolio.models import Portfolio, Project, ReportSeries, ReportSnapshot
from samrad.portfolio.periods import period_in
from samrad.portfolio.tasks import sweep, sweep_homes, sweep_series
from tests.krav.region import ALARM, MEDICINE, ROUTES, Region, pdf_text, text_of

MANAGER, LEAD = "portefolje", "skarholt-ansatt-helse"


def taken(region: Region) -> str:
    url = f"/portfolio/{region.portfolio().pk}/report/"
    assert region.client(MANAGER).post(url).status_code == 302
    return f"/portfolio/reports/{region.find(lambda: ReportSnapshot.objects.latest('pk').pk)}"


def test_a_project_manager_leaves_and_the_project_goes_on(region: Region) -> None:
    project, gone = region.project(ROUTES), region.person(LEAD)
    late = region.world.now + timedelta(days=45)
    sweep(late)
    asked = Task.objects.filter(kind="report_status", object_id=project.pk, closed_at=None)
    assert region.find(lambda: asked.get().person_id) == gone.pk
    region.set_up(gone.owner, end_person, person_id=gone.pk, version=gone.version, on=region.world.today)
    sweep(late + timedelta(days=1))  # nobody to remind, and nothing stops
    assert ROUTES in region.page(MANAGER, "/overview/without-owner/")
    assert ROUTES in region.page(MANAGER, "/overview/waiting/")
    url, page = taken(region), ""
    page = region.page(MANAGER, f"{url}/")
    assert ROUTES in page and "Ikke rapportert" in page
    assert ROUTES in pdf_text(region.client(MANAGER).get(f"{url}.pdf").content)
    new = region.person("skarholt-leder-helse").pk
    people = dict.fromkeys(("project_owner", "project_manager", "benefit_responsible"), new)
    dates = {"version": region.project(ROUTES).version, "start_date": "01.02.2027", "end_date": "01.09.2027"}
    assert region.client(MANAGER).post(f"/portfolio/projects/{project.pk}/", {**people, **dates}).status_code == 302
    assert region.find(lambda: asked.get().person_id) == new  # the task waits for whoever leads it now


def test_a_series_that_is_ended_waits_for_nobody(region: Region) -> None:
    url = f"/portfolio/{region.portfolio().pk}/series/0/"
    said = {"version": 0, "name": "Hver måned", "rhythm": "month", "due_days": 5, "active": "on"}
    assert region.client(MANAGER).post(url, said).status_code == 302
    row = region.find(lambda: ReportSeries.objects.latest("pk"))
    sweep_series(region.world.now + timedelta(days=45))
    link = f"/portfolio/series/{row.pk}/report/"
    assert link in region.page(LEAD, "/overview/")
    ended = {**said, "version": row.version, "active": ""}
    assert region.client(MANAGER).post(url.replace("/0/", f"/{row.pk}/"), ended).status_code == 302
    assert link not in region.page(LEAD, "/overview/")


def test_a_municipality_leaves_and_what_was_frozen_still_reads(region: Region) -> None:
    url, town = taken(region), region.world.towns["skarholt"]
    before = {suffix: region.client(MANAGER).get(f"{url}.{suffix}").content for suffix in ("pdf", "xlsx", "json")}
    need, at = region.need(ALARM), region.world.now
    assert town in region.find(lambda: sharers(need, at))
    yesterday = region.world.today - timedelta(days=1)
    region.find(lambda: Membership.objects.filter(member=town).update(valid_to=yesterday))
    # The portfolio and its report go on without its projects; what was frozen says the same.
    page = region.page(MANAGER, f"/portfolio/{region.portfolio().pk}/projects/")
    assert MEDICINE in page and ROUTES not in page
    fresh = json.loads(region.client(MANAGER).get(f"{taken(region)}.json").content)
    assert ROUTES not in [p["title"] for p in fresh["projects"]] and fresh["changes"]["left"][0]["title"] == ROUTES
    assert ROUTES in region.page(MANAGER, f"{url}/")
    for suffix, content in before.items():
        assert region.client(MANAGER).get(f"{url}.{suffix}").content == content, suffix
    # New money is shared by those who are members; the one that left is asked for none of it.
    assert town not in region.find(lambda: sharers(need, at))
    assert len(region.find(lambda: sharers(need, at))) == 5
    routes = region.need(ROUTES)
    assert region.find(lambda: [place.pk for place in sharers(routes, at)]) == [town.pk]
    # Its own project goes on in its own portfolio, where its people read and report it.
    for _time in (1, 2):
        sweep_homes(at)
    home = region.find(lambda: Portfolio.objects.get(owner=town))
    assert region.project(ROUTES).portfolio_id == home.pk and region.find(Portfolio.objects.count) == 2
    assert ROUTES in region.page(LEAD, f"/portfolio/{home.pk}/projects/")
    one = f"/portfolio/projects/{region.project(ROUTES).pk}"
    for page in ("", "money/", "plan/", "risks/", "reports/", "changes/", "people/", "gate/", "handover/", "status/"):
        assert region.status(LEAD, f"{one}/{page}") == 200, page
    assert region.status(MANAGER, f"{one}/") == 404
    assert not region.find(lambda: Project.objects.filter(portfolio=None).exists())


# One project as it was frozen before there were shapes, with the names the report had then.
FIRST: dict[str, Any] = {
    "reference": "2026-0007",
    "title": "Velferdsteknologi i gamle dager",
    "initiative_id": 999_001,
    "source_id": "",
    "municipality": "Fjelldal kommune",
    "sector": "Helse",
    "field": "",
    "phase": "execute",
    "status": "active",
    "owner": "Kari Berg",
    "manager": "Ola Li",
    "benefit_responsible": "",
    "start_date": "2026-02-01",
    "end_date": "2026-12-31",
    "goal": "Tryggere hjemme.",
    "exempt": {},
    "reported": True,
    "reported_at": "2026-06-30",
    "period": "2026-04-01",
    "lights": {n: {"light": "green", "trend": "same"} for n in ("progress", "economy", "risk", "resources", "benefit")},
    "texts": dict.fromkeys(("progress", "economy", "risk", "resources", "benefit"), "Som planlagt."),
    "source_rating": "",
    "amounts": {
        "budget": {
            "value": "250000.0000", "low": None, "high": None, "currency": "NOK", "unit": 1, "price_base": "",
            "unknown": "",
        }
    },
    "budget_kr": "250000.0000",
    "spent_kr": "100000.00",
    "forecast_kr": "260000.00",
    "deviation_percent": 4,
    "forecast_end_date": None,
    "benefit_kr": "90000",
    "benefit_hours": 120,
}  # fmt: skip
# What shape 2 added to each project.
SECOND: dict[str, Any] = {
    **FIRST,
    "last_reported": None,
    "lights": {**FIRST["lights"], "change": {"light": "amber", "trend": ""}},
    "frame_kr": "240000",
    "sources": {"own": "250000"},
    "milestones": [{"name": "Avtale signert", "kind": "milestone", "due": "2026-05-01", "reached": None}],
    "risks": [{"title": "Leverandøren", "before": 16, "after": 9, "measure": "Tett oppfølging"}],
    "needs": ["2026-0003"],
    "next_gate": "BP4",
    "asked": [{"kind": "gate", "gate": "BP4", "state": "with_body"}],
    "approved_end": "2026-12-01",
    "personal_data": "yes",
}
SUMMARY = {
    "count": 1,
    "phases": {"execute": 1},
    "worst": {"green": 1, "amber": 0, "red": 0, "unreported": 0},
    "budget_kr": "250000.0000",
    "spent_kr": "100000.00",
    "benefit_kr": "90000",
    "benefit_hours": 120,
}
TOP = {
    "portfolio": "Digitaliseringsporteføljen",
    "vision": "Gjøre de riktige tingene",
    "manager": "Pia Port",
    "organisation": "Havgløttregionen",
    "taken_at": "2026-07-01T08:00:00+02:00",
    "period_start": "2026-04-01",
    "period_end": "2026-06-30",
}
BUDGETS = {"budgets": [{"price_base": "", "kr": "250000.0000"}]}
SHAPES: dict[str, dict[str, Any]] = {
    "before there were shapes": {**TOP, "summary": SUMMARY, "projects": [FIRST]},
    "with budgets by price base": {**TOP, "summary": {**SUMMARY, **BUDGETS}, "projects": [FIRST]},
    "shape 2": {
        **TOP,
        "shape": 2,
        "scope": {"kind": "sector", "name": "Helse"},
        "summary": {**SUMMARY, **BUDGETS},
        "projects": [SECOND],
        "own_risks": [{"title": "For mye på én gang", "before": 12, "after": 6, "measure": "Pulje"}],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_in_an_earlier_shape_still_reads(region: Region, shape: str) -> None:
    data, portfolio = SHAPES[shape], region.portfolio()

    def store() -> int:
        made = ReportSnapshot.objects.create(
            owner=portfolio.owner,
            portfolio=portfolio,
            period_start="2026-04-01",
            period_end="2026-06-30",
            shape=data.get("shape", 1),
            taken_at=data["taken_at"],
            taken_by=region.person(MANAGER),
            data=data,
            public_data=data,
            sha256=hashlib.sha256(canonical(data).encode()).hexdigest(),
        )
        return made.pk

    url = f"/portfolio/reports/{region.find(store)}"
    for key in (MANAGER, "granlia-ansatt-oppvekst"):
        client = region.client(key)
        page = text_of(client.get(f"{url}/"))
        assert FIRST["title"] in page and "250 000 kr" in page and "Kari Berg" in page
        own = client.get(f"{url}/projects/{FIRST['initiative_id']}/")
        assert own.status_code == 200 and "Tryggere hjemme." in text_of(own)
        assert FIRST["title"] in pdf_text(client.get(f"{url}.pdf").content)
        assert client.get(f"{url}.docx").status_code == 200
        book = load_workbook(BytesIO(client.get(f"{url}.xlsx").content))
        assert any(FIRST["title"] in map(str, row) for row in book.worksheets[0].values)
        assert json.loads(client.get(f"{url}.json").content)["projects"][0]["budget_kr"] == "250000.0000"
    # A new one can be compared with it.
    fresh = taken(region)
    assert "Endringer siden" in region.page(MANAGER, f"{fresh}/")


def test_each_series_reminds_on_its_own_days_and_says_what_is_not_reported(region: Region) -> None:
    home, project = f"/portfolio/{region.portfolio().pk}", region.project(ROUTES)
    said = {"version": 0, "name": "Prosjekteierne", "rhythm": "month", "due_days": 5, "active": "on"}
    assert region.client(MANAGER).post(f"{home}/series/0/", said).status_code == 302
    month = period_in("month", region.world.today)[1]

    def at(days: int) -> datetime:
        return make_aware(datetime.combine(month + timedelta(days=days), time(7)))

    def told(code: str) -> int:
        rows = Notification.objects.filter(person=region.person(LEAD), kind=code, subject__contains="Prosjekteierne")
        return region.find(rows.count)

    seen = []
    for days in (-9, -4, 0, 6, 7):
        sweep_series(at(days))
        sweep_series(at(days))
        seen.append((told("portfolio.report_due"), told("portfolio.report_late")))
    assert seen == [(0, 0), (1, 0), (1, 0), (1, 1), (1, 1)]
    assert "Rapporter status i en serie" in region.page(LEAD, "/overview/")
    page = f"/portfolio/projects/{project.pk}/reports/"
    series = region.find(lambda: ReportSeries.objects.get(name="Prosjekteierne"))
    assert region.client(LEAD).get(f"/portfolio/series/{series.pk}/report/").status_code == 302
    lights = dict.fromkeys(("progress", "economy", "risk", "resources", "benefit"), "green")
    url = f"/portfolio/projects/{project.pk}/status/?series={series.pk}"
    assert region.client("granlia-ansatt-oppvekst").post(url, lights).status_code == 403
    assert region.client(LEAD).post(url, lights).status_code == 302
    asked = Task.objects.filter(kind="report_series", object_id=series.pk, initiative=project.initiative_id)
    assert not region.find(lambda: asked.filter(closed_at=None).exists())
    # The month before the project came is nobody's to report; the one that ended without a word is said.
    region.find(lambda: Project.objects.filter(pk=project.pk).update(entered_at=at(-80)))
    shown = region.page(LEAD, page)
    assert "Ikke rapportert" in shown and "Prosjekteierne" in shown
    assert region.status("fremmed", page) == 404
