"""S66: measures of the portfolio, and what they do with the projects they touch."""

import re
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from samrad.cases.models import Case, Decision, Task
from samrad.council.models import AgendaItem
from samrad.organisation.actions import exempt_fields
from samrad.organisation.models import Notification
from samrad.portfolio.checklists import DEFAULT
from samrad.portfolio.models import ChangeRequest, Measure, Portfolio, Ranking, ReportSnapshot
from samrad.portfolio.tasks import sweep_measures
from tests.krav.meetings import agreed, planned
from tests.krav.region import ALARM, MEDICINE, ROUTES, STRANGER, Region, pdf_text, text_of
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
MANAGER, CHIEF, READER = "portefolje", "skarholt-direktor", "granlia-ansatt-oppvekst"
OWNER, LEAD = "skarholt-leder-helse", "skarholt-ansatt-helse"
WHY = "Tre kommuner kjøper det samme samme året."


class Measures:
    """The measures through the pages."""

    def __init__(self, region: Region) -> None:
        self.region, self.home = region, f"/portfolio/{region.portfolio().pk}"

    def said(self, kind: str, *titles: str, **more: object) -> dict[str, object]:
        day = (self.region.world.today + timedelta(days=20)).strftime("%d.%m.%Y")
        named = {"responsible": self.region.person(MANAGER).pk, "due_date": day}
        projects = [self.region.project(title).pk for title in titles]
        said = {"version": 0, "kind": kind, "title": "Færre og større grep", "reason": WHY, "projects": projects}
        return said | named | more

    def propose(self, key: str, kind: str, *titles: str, **more: object) -> int:
        url = f"{self.home}/measures/0/"
        return int(self.region.client(key).post(url, self.said(kind, *titles, **more)).status_code)

    def last(self) -> Measure:
        return self.region.find(lambda: Measure.objects.latest("pk"))

    def do(self, key: str, do: str, **more: object) -> int:
        measure = self.last()
        today = self.region.world.today.strftime("%d.%m.%Y")
        board = {"where": "Porteføljestyret, sak 1/27", "treated_on": today, "sure": "on"} if do == "decide" else {}
        said = {"do": do, "version": measure.version, **board, **more}
        return int(self.region.client(key).post(f"/portfolio/measures/{measure.pk}/", said).status_code)

    def page(self, key: str) -> str:
        return self.region.page(key, f"/portfolio/measures/{self.last().pk}/")


def told(region: Region, key: str, code: str) -> int:
    person = region.person(key).pk
    return region.find(lambda: Notification.objects.filter(person=person, kind=code).count())


@krav(
    "S66.AK1",
    guards=[
        "samrad.portfolio.policy.measures.can_steer",
        "samrad.portfolio.actions.carrying.tell_measure_decided",
    ],
)
def test_what_is_decided_for_the_portfolio_holds_for_its_projects_and_those_who_answer_are_told(
    region: Region,
) -> None:
    measures, story = Measures(region), region.story(ROUTES)
    for key, status in ((READER, 403), (LEAD, 403), (STRANGER, 404)):
        assert measures.propose(key, "stop", ROUTES) == status
    assert measures.propose(MANAGER, "stop") == 409  # which project?
    assert measures.propose(MANAGER, "stop", ROUTES, due_date="01.01.2020") == 409
    assert measures.propose(MANAGER, "stop", ROUTES, reason="") == 422
    assert measures.propose(MANAGER, "stop", ROUTES) == 302
    # A proposal does nothing yet; the page says what will happen, and who may decide.
    assert region.need(ROUTES).status == "active" and "Stoppes med en gang" in measures.page(CHIEF)
    for key, status in ((READER, 403), (LEAD, 403), (STRANGER, 404)):
        assert measures.do(key, "decide") == status
    assert measures.do(CHIEF, "decide", version=0) == 409  # made from an older page
    # A stop is the board's: another writes down what it decided, and must say where and when. Then one more step.
    assert "Du skriver ned det porteføljestyret har besluttet" in measures.page(MANAGER)
    assert measures.do(MANAGER, "decide", where="") == 422 and measures.do(MANAGER, "decide", treated_on="") == 422
    assert measures.do(MANAGER, "decide", treated_on="01.01.2099") == 409
    assert measures.do(CHIEF, "decide", sure="") == 200 and region.need(ROUTES).status == "active"
    asked = {"do": "decide", "version": measures.last().version, "where": "Styret, sak 9/27"}
    again = text_of(region.client(CHIEF).post(f"/portfolio/measures/{measures.last().pk}/", asked))
    assert "Ja, stopp prosjektene" in again and "Styret, sak 9/27" in again
    assert measures.do(CHIEF, "decide", where="Porteføljestyret, sak 4/27") == 302
    assert region.need(ROUTES).status == "stopped"
    # Owner, manager and the one responsible hear of it: in a task and in a mail, with the reason.
    assert told(region, OWNER, "portfolio.measure_decided") and told(region, LEAD, "portfolio.measure_decided")
    assert told(region, MANAGER, "portfolio.measure_given") == 1
    assert "Les hva som er besluttet" in region.page(LEAD, "/overview/")
    for page in (measures.page(LEAD), region.page(READER, f"{measures.home}/measures/")):
        assert "Færre og større grep" in page and ROUTES in page
    assert WHY in measures.page(LEAD) and "Porteføljestyret, sak 4/27" in measures.page(LEAD)
    assert measures.do(LEAD, "read") == 302 and "Les hva som er besluttet" not in region.page(LEAD, "/overview/")
    assert "Færre og større grep" in region.page(READER, f"/portfolio/projects/{region.project(ROUTES).pk}/")
    home = region.page(READER, f"{measures.home}/")
    row = home[home.index("<h2>Grep</h2>") :].split("</li>")[0]
    assert "Færre og større grep" in row and ROUTES in row  # which one, and of what
    assert "stoppet prosjektet" in region.page(OWNER, story)
    # Merged, it goes on as part of another.
    assert measures.propose(MANAGER, "merge", MEDICINE, into=region.project(ALARM).pk) == 302
    assert measures.do(MANAGER, "decide") == 302 and region.need(MEDICINE).status == "merged"
    assert ALARM in measures.page(READER)
    assert region.status(STRANGER, f"{measures.home}/measures/") == 404
    for url in (
        f"{measures.home}/",
        f"/portfolio/projects/{region.project(ROUTES).pk}/",
        f"{measures.home}/measures/",
        f"{measures.home}/measures/0/",
        f"/portfolio/measures/{measures.last().pk}/",
    ):
        assert len(queries(region.client(MANAGER), url)) <= MOST, url


@krav(
    "S66.AK1",
    guards=["samrad.portfolio.actions.carrying.settle_measure", "samrad.portfolio.policy.measures.carry_lacks"],
)
def test_where_the_body_decides_large_projects_a_stop_is_asked_for_as_a_case(region: Region) -> None:
    measures, size = Measures(region), region.need(ROUTES).size
    said = {f"q_{q.code}": str(q.text) for q in DEFAULT["BP3"]}
    today = region.world.today.strftime("%d.%m.%Y")
    given = {"version": 0, "body_sizes": [size], "valid_from": today, "source": "Porteføljestyret"}
    assert region.client(MANAGER).post(f"{measures.home}/gates/BP3/", {**said, **given}).status_code == 302
    assert measures.propose(MANAGER, "stop", ROUTES) == 302
    assert "spørres, i en egen sak" in measures.page(MANAGER)
    assert measures.do(MANAGER, "decide") == 302
    case = region.find(lambda: Case.objects.get(initiative__title=ROUTES, kind="change"))
    assert case.state == "ready" and region.need(ROUTES).status == "active"
    assert measures.propose(MANAGER, "stop", ROUTES) == 302 and measures.do(MANAGER, "decide") == 409
    # The council treats it like any other case, and the chief executive decides.
    meeting, secretary = planned(region), region.client("sekretariat")
    assert secretary.post(f"/council/{meeting.pk}/agenda/", {"case": case.pk}).status_code == 302

    def item() -> AgendaItem:
        return region.find(lambda: AgendaItem.objects.select_related("meeting__body").get(case=case))

    assert secretary.post(f"/council/{meeting.pk}/notice/", {"version": item().meeting.version}).status_code == 302
    seats = region.find(lambda: [s.pk for s in item().meeting.body.seats.all()])
    here = {"version": item().meeting.version, **{f"seat_{pk}": "present" for pk in seats}}
    assert region.client("saksbehandler").post(f"/council/{meeting.pk}/attendance/", here).status_code == 302
    agreed(region, item(), "Rådet anbefaler at prosjektet stoppes.")
    row = region.find(lambda: Decision.objects.get(case=case))
    answer = {"version": row.version, "outcome": "approved", "text": "Vi stopper."}
    assert region.client("granlia-direktor").post(f"/cases/decisions/{row.pk}/", answer).status_code == 409
    assert region.client(CHIEF).post(f"/cases/decisions/{row.pk}/", answer).status_code == 302
    assert region.need(ROUTES).status == "stopped" and told(region, OWNER, "portfolio.measure_settled") == 1


def test_a_project_is_moved_in_time_by_a_change_that_its_owner_decides(region: Region) -> None:
    measures, project = Measures(region), region.project(ROUTES)
    people = {role: getattr(project, f"{role}_id") for role in ("project_owner", "project_manager")}
    dates = {"start_date": "01.02.2027", "end_date": "31.08.2027"}
    url = f"/portfolio/projects/{project.pk}/"
    assert measures.propose(MANAGER, "move", ROUTES) == 409  # by how much?
    said = {"version": project.version, **people, "benefit_responsible": project.project_owner_id}
    assert region.client(MANAGER).post(url, {**said, **dates}).status_code == 302
    assert measures.propose(MANAGER, "move", ROUTES, months=6) == 302 and measures.do(MANAGER, "decide") == 302
    change = region.find(lambda: ChangeRequest.objects.get(project=project))
    assert f"{change.end_date:%d.%m.%Y}" == "29.02.2028" and "Venter på prosjekteier" in measures.page(READER)
    assert measures.propose(MANAGER, "move", ROUTES, months=3) == 302 and measures.do(MANAGER, "decide") == 409
    assert "venter en endring på svar" in measures.page(MANAGER)
    answer = {"do": "decide", "version": change.version, "approved": "yes", "text": "Det er riktig."}
    assert region.client(OWNER).post(f"{url}changes/", answer).status_code == 302
    assert f"{region.project(ROUTES).end_date:%d.%m.%Y}" == "29.02.2028"


def test_a_measure_is_followed_up_given_to_another_and_reminded_of(region: Region) -> None:
    measures = Measures(region)
    assert measures.propose(CHIEF, "reinforce", ROUTES, responsible=region.person(LEAD).pk) == 302
    assert measures.do(CHIEF, "follow", state="done", text="Gjort.") == 403 or measures.last().state == "proposed"
    assert measures.do(MANAGER, "decide") == 302
    due = measures.last().due_date

    def swept(days: int) -> int:
        now = timezone.make_aware(datetime.combine(due + timedelta(days=days), datetime.min.time().replace(hour=7)))
        sweep_measures(now)
        sweep_measures(now)
        return told(region, LEAD, "portfolio.measure_due")

    assert [swept(days) for days in (-10, -7, -3, 1, 5)] == [0, 1, 1, 2, 2]
    for key, status in ((READER, 403), (STRANGER, 404), (LEAD, 302)):
        assert measures.do(key, "follow", state="under_way", text="To timer til i uka.") == status
    assert "To timer til i uka." in measures.page(READER)
    region.find(lambda: Measure.objects.update(due_date=region.world.today - timedelta(days=3)))
    page = region.page(READER, f"{measures.home}/measures/")
    assert "Forsinket" in page and "Forsinket" in region.page(READER, f"{measures.home}/")
    assert measures.do(LEAD, "follow", state="under_way", text="") == 422
    passed = {"responsible": region.person(OWNER).pk, "due_date": due.strftime("%d.%m.%Y")}
    assert measures.do(MANAGER, "follow", state="under_way", text="Gitt til enhetslederen.", **passed) == 302
    assert told(region, OWNER, "portfolio.measure_given") == 1
    assert measures.do(LEAD, "follow", state="done", text="Ferdig.") == 403
    assert measures.do(OWNER, "follow", state="done", text="Ferdig.") == 302
    assert measures.do(OWNER, "follow", state="under_way", text="Igjen.") == 403
    kinds = ["follow_measure", "heed_measure"]
    assert not region.find(lambda: Task.objects.filter(kind__in=kinds, closed_at=None).exists())
    assert measures.propose(MANAGER, "strategy") == 302
    assert measures.do(MANAGER, "follow", state="dropped", text="Vi venter.") == 302


def test_the_review_of_status_leads_to_a_measure(region: Region) -> None:
    project = region.project(ROUTES).pk
    home = f"/portfolio/{region.portfolio().pk}"
    said = {"version": 0, "answer": "no", "reason": "Ikke lenger i tråd med strategien."}
    assert region.client(MANAGER).post(f"{home}/review/{project}/", said).status_code == 302
    link = f"{home}/measures/0/?project={project}&amp;kind=stop"
    assert link.replace("&amp;", "&") in region.page(MANAGER, f"{home}/review/")
    assert "Foreslå et grep" not in region.page(READER, f"{home}/review/")
    form = region.client(MANAGER).get(link.replace("&amp;", "&")).content.decode()
    assert re.search(rf'value="{project}"[^>]* checked', form)


@krav("S66.AK1", guards="samrad.portfolio.settled.settled_data")
def test_the_report_holds_the_measures_the_rank_order_and_whether_projects_are_right(region: Region) -> None:
    measures, routes = Measures(region), region.project(ROUTES).pk
    assert region.client(MANAGER).post(f"{measures.home}/report/").status_code == 302
    old = region.find(lambda: ReportSnapshot.objects.latest("pk").pk)
    assert measures.propose(MANAGER, "reinforce", ROUTES) == 302 and measures.do(MANAGER, "decide") == 302
    answer = {"version": 0, "answer": "change", "reason": "Rutene bør deles."}
    assert region.client(MANAGER).post(f"{measures.home}/review/{routes}/", answer).status_code == 302
    ranks = {"version": 0, f"place_{routes}": 1, f"reason_{routes}": "Haster mest."}
    assert region.client(MANAGER).post(f"{measures.home}/ranking/0/", ranks).status_code == 302
    ranking = region.find(lambda: Ranking.objects.get())
    settle = {"do": "approve", "ranking": ranking.pk, "version": ranking.version, "where": "Sak 5/27"}
    assert region.client(CHIEF).post(f"{measures.home}/ranking/settle/", settle).status_code == 302
    settle |= {"do": "publish", "version": ranking.version + 1}
    assert region.client(MANAGER).post(f"{measures.home}/ranking/settle/", settle).status_code == 302
    assert region.client(MANAGER).post(f"{measures.home}/report/").status_code == 302
    url = f"/portfolio/reports/{region.find(lambda: ReportSnapshot.objects.latest('pk').pk)}"
    client, said = region.client(MANAGER), ("Færre og større grep", "Rutene bør deles.", "Haster mest.", "Sak 5/27")
    before = {end: client.get(f"{url}.{end}").content for end in ("pdf", "xlsx", "json")}
    page, words = region.page(READER, f"{url}/"), pdf_text(before["pdf"])
    assert all(one in page and one in words for one in said)
    book = load_workbook(BytesIO(before["xlsx"]))
    cells = {str(cell) for sheet in book.worksheets for row in sheet.values for cell in row}
    assert {"Færre og større grep", "Rutene bør deles.", "Haster mest."} <= cells
    assert client.get(f"{url}.docx").status_code == 200
    # Frozen: what comes later is in neither, and what was before has none of it.
    assert measures.do(MANAGER, "follow", state="done", text="Ferdig.") == 302
    assert all(client.get(f"{url}.{end}").content == content for end, content in before.items())
    assert "Færre og større grep" not in region.page(READER, f"/portfolio/reports/{old}/")
    # What is exempt afterwards is taken out of what others read.
    law = {"field_group": "costs", "legal_basis": "offentleglova § 23", "involved": False}
    need = region.need(ROUTES)
    region.do("sekretariat", exempt_fields, house=need, initiative_id=need.pk, **law)
    page = region.page(READER, f"{url}/")
    assert not any(one in page for one in ("Færre og større grep", "Rutene bør deles.", "Haster mest."))
    assert "Haster mest." in region.page(MANAGER, f"{url}/")
    assert region.status(STRANGER, f"{url}/") == 404


def test_a_measure_that_is_dropped_takes_back_what_it_asked_for(region: Region) -> None:
    measures, project = Measures(region), region.project(ROUTES)
    people = {role: getattr(project, f"{role}_id") for role in ("project_owner", "project_manager")}
    said = {"version": project.version, **people, "benefit_responsible": project.project_owner_id}
    dates = {"start_date": "01.02.2027", "end_date": "31.08.2027"}
    assert region.client(MANAGER).post(f"/portfolio/projects/{project.pk}/", {**said, **dates}).status_code == 302
    assert measures.propose(MANAGER, "move", ROUTES, months=6) == 302 and measures.do(MANAGER, "decide") == 302
    assert measures.do(MANAGER, "follow", state="done", text="Ferdig.") == 409  # its owner has not answered
    assert measures.do(MANAGER, "follow", state="dropped", text="Vi lar det være.") == 302
    change = region.find(lambda: ChangeRequest.objects.get(project=project))
    assert change.state == "rejected" and change.text == "Grepet som ba om det, er lagt bort."
    assert not region.find(lambda: Task.objects.filter(kind="decide_change", closed_at=None).exists())
    assert f"{region.project(ROUTES).end_date}" == "2027-08-31"


def test_a_measure_does_nothing_with_what_has_moved_or_is_paused_meanwhile(region: Region) -> None:
    measures, routes = Measures(region), region.project(ROUTES)
    assert measures.propose(MANAGER, "stop", ROUTES, MEDICINE) == 302
    other = region.find(
        lambda: Portfolio.objects.create(owner=region.world.region, name="En annen", created_at=timezone.now())
    )
    region.find(lambda: type(routes).objects.filter(pk=routes.pk).update(portfolio=other))
    assert measures.do(MANAGER, "decide") == 409 and "ikke lenger i denne porteføljen" in measures.page(MANAGER)
    region.find(lambda: type(routes).objects.filter(pk=routes.pk).update(portfolio_id=routes.portfolio_id))
    region.find(lambda: type(region.person(MANAGER)).objects.filter(pk=region.person(MANAGER).pk).update(active=False))
    assert measures.do(CHIEF, "decide") == 409 and "Den ansvarlige har sluttet" in measures.page(CHIEF)
    assert {region.need(ROUTES).status, region.need(MEDICINE).status} == {"active"}


def test_the_words_of_a_measure_about_several_are_not_sent_by_mail(region: Region) -> None:
    measures = Measures(region)
    assert measures.propose(MANAGER, "reinforce", ROUTES, MEDICINE, responsible=region.person(LEAD).pk) == 302
    assert measures.do(MANAGER, "decide") == 302
    told_of = Notification.objects.filter(kind__startswith="portfolio.measure")
    words = region.find(lambda: [f"{row.subject} {row.body}" for row in told_of])
    assert words and not any(WHY in text or "Færre og større grep" in text for text in words)


def by_body(region: Region, measures: Measures) -> None:
    """Let the body decide what is changed in projects of the size of this one."""
    said = {f"q_{q.code}": str(q.text) for q in DEFAULT["BP3"]}
    today = region.world.today.strftime("%d.%m.%Y")
    given = {"version": 0, "body_sizes": [region.need(ROUTES).size], "valid_from": today, "source": "Styret"}
    assert region.client(MANAGER).post(f"{measures.home}/gates/BP3/", {**said, **given}).status_code == 302


@pytest.mark.parametrize("way", ["stop", "withdraw"])
def test_a_case_that_ends_without_an_answer_leaves_the_measure_to_be_carried_out_anew(region: Region, way: str) -> None:
    measures = Measures(region)
    by_body(region, measures)
    assert measures.propose(MANAGER, "stop", ROUTES, responsible=region.person(LEAD).pk) == 302
    assert measures.do(MANAGER, "decide") == 302

    def cases() -> list[Case]:
        return region.find(lambda: list(Case.objects.filter(initiative__title=ROUTES, kind="change").order_by("pk")))

    [case], why = cases(), "Saken må utredes bedre."
    url = f"/cases/{case.pk}/turn/stop/" if way == "stop" else f"/cases/{case.pk}/withdraw/"
    assert measures.do(MANAGER, "again", version=measures.last().version) == 403
    assert region.client(OWNER).post(url, {"version": case.version, "reason": why}).status_code == 302
    # The project goes on, the measure says what happened and why, and the one responsible is told.
    assert region.need(ROUTES).status == "active"
    page = measures.page(MANAGER)
    assert "Ikke avgjort: saken ble lukket" in page and why in page and "Spør på nytt" in page
    assert told(region, LEAD, "portfolio.measure_settled") == 1
    for key, status in ((READER, 403), (STRANGER, 404), (MANAGER, 302)):
        assert measures.do(key, "again") == status
    assert [row.state for row in cases()][1:] == ["ready"] and "saken ble lukket" not in measures.page(MANAGER)
    assert len(queries(region.client(MANAGER), f"/portfolio/measures/{measures.last().pk}/")) <= MOST
    # When it is over, it can be proposed anew with the same words.
    assert measures.do(MANAGER, "follow", state="dropped", text="Vi venter.") == 302
    link = f"{measures.home}/measures/0/?again={measures.last().pk}"
    assert link in measures.page(MANAGER)
    assert WHY in region.page(MANAGER, link)


def test_a_change_whose_case_ends_without_an_answer_waits_no_longer(region: Region) -> None:
    measures, project = Measures(region), region.project(ROUTES)
    by_body(region, measures)
    url = f"/portfolio/projects/{project.pk}/changes/"
    asked = {"version": project.version, "end_date": "31.12.2031", "reason": "Leveransen er forsinket."}
    assert region.client(LEAD).post(url, asked).status_code == 302
    case = region.find(lambda: Case.objects.get(initiative__title=ROUTES, kind="change"))
    stop = {"version": case.version, "reason": "Feil sak."}
    assert region.client(OWNER).post(f"/cases/{case.pk}/turn/stop/", stop).status_code == 302
    assert "Saken ble lukket uten at den ble avgjort." in region.page(LEAD, url)
    assert region.client(LEAD).post(url, {**asked, "version": region.project(ROUTES).version}).status_code == 302
    again = {"version": 0, "reason": "Igjen."}
    assert region.client(OWNER).post(f"/cases/{case.pk}/turn/reopen/", again).status_code in (403, 409)


def test_what_a_measure_stopped_is_opened_anew_as_a_new_case_and_the_measure_says_so(region: Region) -> None:
    measures = Measures(region)
    assert measures.propose(MANAGER, "stop", ROUTES) == 302 and measures.do(MANAGER, "decide") == 302
    assert region.need(ROUTES).status == "stopped"
    old = region.case(ROUTES)
    url = f"/cases/{old.pk}/turn/reopen/"
    assert url in measures.page(MANAGER) and url in region.page(OWNER, region.story(ROUTES))
    said = {"version": old.version, "reason": "Kommunestyret har bedt om det."}
    for key, status in ((READER, 409), (LEAD, 409), (STRANGER, 404), (OWNER, 302)):
        assert region.client(key).post(url, said).status_code == status, key
    assert region.need(ROUTES).status == "active"
    rows = region.find(
        lambda: list(
            Case.objects.filter(initiative__title=ROUTES, kind="submission").order_by("pk").values_list("state")
        )
    )
    assert rows[0] == (old.state,) and rows[1] == ("draft",)  # the old one stays closed
    page = measures.page(MANAGER)
    assert "Gjennomført, og åpnet på nytt siden" in page and "Kommunestyret har bedt om det." in page
    assert told(region, MANAGER, "portfolio.measure_settled") == 1
    gate = region.page(OWNER, f"/portfolio/projects/{region.project(ROUTES).pk}/gate/")
    assert "Den nye saken må behandles før neste beslutningspunkt." in gate


def test_a_project_is_moved_at_both_ends(region: Region) -> None:
    measures, project = Measures(region), region.project(ROUTES)
    people = {role: getattr(project, f"{role}_id") for role in ("project_owner", "project_manager")}
    year = region.world.today.year + 1
    said = {"version": project.version, **people, "benefit_responsible": project.project_owner_id}
    dates = {"start_date": f"01.02.{year}", "end_date": f"31.08.{year}"}
    url = f"/portfolio/projects/{project.pk}/"
    assert region.client(MANAGER).post(url, {**said, **dates}).status_code == 302
    assert measures.propose(MANAGER, "move", ROUTES, start_months=12) == 302
    assert "ville slutte før det starter" in measures.page(MANAGER) and measures.do(MANAGER, "decide") == 409
    assert measures.propose(MANAGER, "move", ROUTES, start_months=3, months=6) == 302
    assert measures.do(MANAGER, "decide") == 302
    change = region.find(lambda: ChangeRequest.objects.get(project=project))
    assert "Ny start" in region.page(OWNER, f"{url}changes/")
    answer = {"do": "decide", "version": change.version, "approved": "yes", "text": "Det er riktig."}
    assert region.client(OWNER).post(f"{url}changes/", answer).status_code == 302
    moved = region.project(ROUTES)
    assert f"{moved.start_date} {moved.end_date}" == f"{year}-05-01 {year + 1}-02-{29 if (year + 1) % 4 == 0 else 28}"
    # What has started stays where it started.
    begun = region.world.today - timedelta(days=1)
    region.find(lambda: type(moved).objects.filter(pk=moved.pk).update(start_date=begun))
    assert measures.propose(MANAGER, "move", ROUTES, start_months=1) == 302 and measures.do(MANAGER, "decide") == 409


@krav("S66.AK1", guards="samrad.portfolio.settled.settled_facts")
def test_the_report_of_a_house_holds_what_is_settled_in_each_of_its_portfolios(region: Region) -> None:
    measures, health, first = Measures(region), "Helseporteføljen", region.portfolio().name
    other = region.find(
        lambda: Portfolio.objects.create(owner=region.world.region, name=health, created_at=timezone.now())
    )
    assert measures.propose(MANAGER, "reinforce", ROUTES) == 302 and measures.do(MANAGER, "decide") == 302
    routes = region.project(ROUTES)
    region.find(lambda: type(routes).objects.filter(pk=region.project(MEDICINE).pk).update(portfolio=other))
    own, measures.home = measures.home, f"/portfolio/{other.pk}"
    assert measures.propose(CHIEF, "reinforce", MEDICINE, title="Styrk helse") == 302
    assert measures.do(CHIEF, "decide") == 302
    ranks = {
        "version": 0,
        f"place_{region.project(MEDICINE).pk}": 1,
        f"reason_{region.project(MEDICINE).pk}": "Haster.",
    }
    assert region.client(MANAGER).post(f"{measures.home}/ranking/0/", ranks).status_code == 302
    ranking = region.find(lambda: Ranking.objects.get())
    settle = {"do": "approve", "ranking": ranking.pk, "version": ranking.version, "where": "Sak 5/27"}
    assert region.client(CHIEF).post(f"{measures.home}/ranking/settle/", settle).status_code == 302
    settle |= {"do": "publish", "version": ranking.version + 1}
    assert region.client(MANAGER).post(f"{measures.home}/ranking/settle/", settle).status_code == 302

    def taken(scope: str) -> str:
        page = region.page(MANAGER, f"{own}/report/")
        [period, *_rest] = re.findall(r'value="((?:tertial|quarter):[\d-]+)"', page)
        chosen = {"scope": scope, "period": period}
        assert region.client(MANAGER).post(f"{own}/report/", chosen).status_code == 302
        return f"/portfolio/reports/{region.find(lambda: ReportSnapshot.objects.latest('pk').pk)}"

    client = region.client(MANAGER)
    one, house = taken("portfolio"), taken("house")
    assert "Styrk helse" not in region.page(READER, f"{one}/")
    said = ("Færre og større grep", "Styrk helse", f"{health}: Den felles", "Haster.", first)
    page, words = region.page(READER, f"{house}/"), pdf_text(client.get(f"{house}.pdf").content)
    assert all(text in page and text in words for text in said)
    book = load_workbook(BytesIO(client.get(f"{house}.xlsx").content))
    rows = {row[:2] for row in book["Grep"].iter_rows(values_only=True)}
    assert {(first, "Færre og større grep"), (health, "Styrk helse")} <= rows
    assert any(row[0] == health for row in book["Rangering"].iter_rows(values_only=True))
    document = BytesIO(client.get(f"{house}.docx").content)
    with zipfile.ZipFile(document) as parts:
        assert (
            health in parts.read("word/document.xml").decode()
            and "Styrk helse" in parts.read("word/document.xml").decode()
        )
