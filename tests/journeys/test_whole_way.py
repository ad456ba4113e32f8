"""The whole way, through the pages, in the demo region: what each sees, and what the stranger does not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from samrad.archive.models import Filing
from samrad.cases.models import Decision
from samrad.core.acting import acting_for
from samrad.council.models import Meeting
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity
from samrad.portfolio.models import Portfolio, Project, ReportSnapshot

ClientOf = Callable[[str], Client]


def everything() -> list[int]:
    return list(Entity.objects.values_list("pk", flat=True))


def initiative(title: str) -> Initiative:
    with acting_for(everything()):
        return Initiative.objects.get(title=title)


PAGES = ["/overview/", "/initiatives/", "/council/", "/portfolio/", "/overview/steering-line/", "/organisation/matrix/"]


WHO = ["fjelldal-ansatt-helse", "granlia-direktor", "sekretariat", "leder", "portefolje", "folkevalgt"]


def test_every_page_of_the_menu_opens_in_both_languages(client_of: ClientOf) -> None:
    for key in WHO:
        client = client_of(key)
        for language in ("nb", "nn"):
            client.post("/organisation/language/", {"language": language, "next": "/"})
            for page in PAGES:
                answer = client.get(page, follow=True)
                assert answer.status_code == 200, (key, page)
                assert f'lang="{language}"' in answer.content.decode()


def test_the_story_tells_the_differing_answers(client_of: ClientOf) -> None:
    """One recommendation, one decision for each municipality (flow.md D.5)."""
    told = initiative("Digital trygghetsalarm og responssenter")
    page = client_of("sekretariat").get(f"/overview/initiatives/{told.pk}/").content.decode()
    for word in ("Vedtatt", "Vedtatt med vilkår", "Avslått", "Utsatt", "Fjelldal kommune", "Fossmark kommune"):
        assert word in page
    with acting_for(everything()):
        outcomes = set(Decision.objects.filter(case__initiative=told).values_list("outcome", flat=True))
        assert len(outcomes) == 4
        assert Project.objects.filter(initiative=told).exists()


def test_the_exempt_cost_is_hidden_from_the_neighbour_and_shown_to_the_secretariat(client_of: ClientOf) -> None:
    hidden = initiative("Pasientvarsling på sykehjemmet")
    url = f"/overview/initiatives/{hidden.pk}/"
    assert "4\xa0500\xa0000" in client_of("sekretariat").get(url).content.decode()
    for key in ("fjelldal-ansatt-oppvekst", "granlia-ansatt-oppvekst", "folkevalgt"):
        page = client_of(key).get(url).content.decode()
        assert "4\xa0500\xa0000" not in page, key


def test_a_draft_is_open_to_its_author_alone(client_of: ClientOf) -> None:
    author = client_of("fossmark-ansatt-teknisk")
    answer = author.post("/initiatives/start/", follow=True)
    assert answer.status_code == 200
    with acting_for(everything()):
        draft = Initiative.objects.filter(stage=0).latest("id")
    assert author.get(f"/overview/initiatives/{draft.pk}/").status_code == 200
    for key in ("fossmark-ansatt-helse", "sekretariat", "granlia-direktor", "folkevalgt"):
        assert client_of(key).get(f"/overview/initiatives/{draft.pk}/").status_code == 404, key


def test_the_stranger_without_a_sign_in_sees_nothing(region: None) -> None:
    told = initiative("Digital trygghetsalarm og responssenter")
    client = Client()
    for page in [*PAGES, f"/overview/initiatives/{told.pk}/"]:
        answer = client.get(page)
        assert answer.status_code in (302, 403, 404), page
        assert told.title not in answer.content.decode()


def test_the_chief_executive_decides_only_for_the_own_municipality(client_of: ClientOf) -> None:
    waiting = initiative("Digitalt vaktrom for små kommuner")
    with acting_for(everything()):
        rows = {d.municipality.slug: d for d in Decision.objects.filter(case__initiative=waiting)}
    director = client_of("granlia-direktor")
    neighbour = rows["skarholt"]
    values = {"version": neighbour.version, "outcome": "approved", "text": "Ja", "amount_kr": "100 000"}
    assert director.post(f"/cases/decisions/{neighbour.pk}/", values).status_code in (403, 404, 409)
    own = rows["granlia"]
    answer = director.post(f"/cases/decisions/{own.pk}/", {**values, "version": own.version})
    assert answer.status_code == 302
    with acting_for(everything()):
        assert Decision.objects.get(pk=own.pk).outcome == "approved"
        assert Decision.objects.get(pk=neighbour.pk).outcome == ""


def test_approved_minutes_are_locked(client_of: ClientOf) -> None:
    with acting_for(everything()):
        meeting = Meeting.objects.filter(state="approved").first()
        assert meeting is not None
        item = meeting.items.filter(draft_outcome="recommended").first()
        assert item is not None
    secretary = client_of("saksbehandler")
    values = {"version": item.version, "outcome": "defer", "text": "Noe annet", "reason": "Derfor"}
    answer = secretary.post(f"/council/{meeting.pk}/items/{item.pk}/", values)
    assert answer.status_code == 403
    assert "låst" in answer.content.decode()
    with acting_for(everything()):
        item.refresh_from_db()
        assert item.draft_outcome == "recommended"


def test_the_minutes_and_the_calendar_can_be_fetched(client_of: ClientOf) -> None:
    with acting_for(everything()):
        meeting = Meeting.objects.filter(state="approved").first()
    assert meeting is not None
    secretary = client_of("sekretariat")
    text = "".join(
        p.extract_text() for p in PdfReader(BytesIO(secretary.get(f"/council/{meeting.pk}/minutes.pdf").content)).pages
    )
    assert "Digitaliseringsrådet" in text
    calendar = secretary.get(f"/council/{meeting.pk}/calendar.ics").content.decode()
    assert meeting.calendar_uid in calendar.replace("\r\n ", "")


def test_what_is_sent_in_waits_for_the_records_manager_who_files_it_by_hand(client_of: ClientOf) -> None:
    with acting_for(everything()):
        filing = Filing.objects.filter(owner__slug="fjelldal", kind="submission").first()
    assert filing is not None
    manager, neighbour = client_of("fjelldal-arkiv"), client_of("granlia-ansatt-helse")
    assert neighbour.get(f"/archive/{filing.pk}/").status_code == 404
    document = manager.get(f"/archive/{filing.pk}.pdf")
    assert PdfReader(BytesIO(document.content)).pages
    wrong = manager.post(f"/archive/{filing.pk}/", {"version": filing.version, "case_number": "tull"})
    assert wrong.status_code == 400 and 'value="tull"' in wrong.content.decode()
    done = manager.post(f"/archive/{filing.pk}/", {"version": filing.version, "case_number": "2026/1234"})
    assert done.status_code == 302
    with acting_for(everything()):
        filing.refresh_from_db()
        assert (filing.state, filing.archive_ref) == ("filed", "2026/1234")


def test_a_frozen_report_is_the_same_next_year_and_counts_the_unreported(client_of: ClientOf) -> None:
    with acting_for(everything()):
        portfolio = Portfolio.objects.get()
    manager = client_of("portefolje")
    assert client_of("granlia-ansatt-helse").post(f"/portfolio/{portfolio.pk}/report/").status_code == 403
    assert manager.post(f"/portfolio/{portfolio.pk}/report/").status_code == 302
    with acting_for(everything()):
        snapshot = ReportSnapshot.objects.latest("pk")
        project = Project.objects.exclude(reports=None).select_related("initiative").first()
        assert project is not None
        before = snapshot.data["projects"]
    first = manager.get(f"/portfolio/reports/{snapshot.pk}.pdf").content
    with acting_for(everything()):
        Project.objects.filter(pk=project.pk).update(owner_name="Noen andre")
    assert manager.get(f"/portfolio/reports/{snapshot.pk}.pdf").content == first
    assert "ikke rapportert" in manager.get(f"/portfolio/reports/{snapshot.pk}/").content.decode().lower()
    book = load_workbook(BytesIO(manager.get(f"/portfolio/reports/{snapshot.pk}.xlsx").content))
    assert book.worksheets[0].max_row == len(before) + 1


def test_the_project_manager_reports_and_the_neighbour_may_not(client_of: ClientOf) -> None:
    with acting_for(everything()):
        project = Project.objects.get(initiative__title="Ruteplan for hjemmetjenesten")
    lights = dict.fromkeys(["progress", "economy", "risk", "resources", "benefit"], "green")
    url = f"/portfolio/projects/{project.pk}/status/"
    assert client_of("granlia-ansatt-oppvekst").post(url, lights).status_code == 403
    manager = client_of("skarholt-ansatt-helse")
    unsaid = manager.post(url, {**lights, "risk": "red"})
    assert unsaid.status_code == 400 and "id_risk_text" in unsaid.content.decode()
    assert manager.post(url, {**lights, "spent_kr": "120 000", "forecast_kr": "300 000"}).status_code == 302
    with acting_for(everything()):
        report = project.reports.get()
        assert report.spent_kr == 120000
