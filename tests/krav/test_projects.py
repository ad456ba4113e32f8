"""S7, S51, S63, S64: a project through its gates, its money, its plan, its reports and its risks."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.portfolio.checklists import BENEFIT_PLAN, DEFAULT, DPIA
from tests.krav.region import ALARM, MEDICINE, ROUTES, STRANGER, Region

krav = pytest.mark.krav
OWNER, MANAGER = "skarholt-leder-helse", "skarholt-ansatt-helse"
READER = "granlia-ansatt-oppvekst"


def url(region: Region, page: str = "", title: str = ROUTES) -> str:
    return f"/portfolio/projects/{region.project(title).pk}/{page}"


def version(page: str) -> str:
    """What the form on the page was made from."""
    [found] = set(re.findall(r'name="(?:d-)?version" value="(\d+)"', page))
    return str(found)


def answered(region: Region, **others: str) -> int:
    """The check list of BP3, all yes but for `others`, as the project manager saves it."""
    said = {q.code: "yes" for q in DEFAULT["BP3"]} | others
    notes = {f"{code}_note": "Sak 26/77, dokument 4." for code in (DPIA, BENEFIT_PLAN)}
    page = region.page(MANAGER, url(region, "gate/"))
    posted = {"do": "answer", "version": version(page), **said, **notes}
    return int(region.client(MANAGER).post(url(region, "gate/"), posted).status_code)


def decided(region: Region, key: str = OWNER, passes: str = "yes", why: str = "Planen holder.") -> int:
    now = re.findall(r'name="(?:d-)?version" value="(\d+)"', region.page(OWNER, url(region, "gate/")))
    posted = {"do": "decide", "d-version": now[0], "d-passes": passes, "d-text": why}
    return int(region.client(key).post(url(region, "gate/"), posted).status_code)


@krav("S7.AK1", guards=["samrad.portfolio.policy.projects.role_lacks", "samrad.portfolio.policy.projects.can_staff"])
def test_no_project_is_carried_out_without_the_three_who_answer_for_it(region: Region) -> None:
    project = region.project(ROUTES)
    people = {role: getattr(project, f"{role}_id") for role in ("project_owner", "project_manager")}
    dates = {"start_date": "01.02.2027", "end_date": "01.09.2027"}

    def staffed(**others: object) -> int:
        said = {"version": region.project(ROUTES).version, **people, **dates, **others}
        return int(region.client("portefolje").post(url(region), said).status_code)

    assert staffed(benefit_responsible="") == 302
    assert answered(region) == 302
    page = region.page(OWNER, url(region, "gate/"))
    assert "Pek ut en gevinstansvarlig." in page and "Alt er på plass" not in page
    assert decided(region) == 409 and region.need(ROUTES).phase == "plan"
    assert staffed(benefit_responsible=project.project_owner_id) == 302
    assert "Alt er på plass" in region.page(OWNER, url(region, "gate/"))
    for key, status in ((READER, 403), (MANAGER, 403), (STRANGER, 404)):
        assert decided(region, key) == status
    assert decided(region) == 302 and region.need(ROUTES).phase == "execute"
    assert "Planen holder." in region.page(READER, url(region, "gate/"))
    assert staffed(benefit_responsible="") == 400  # and none can be taken away while it is carried out
    assert region.project(ROUTES).benefit_responsible_id is not None


def test_what_is_missing_stops_a_gate_and_says_so(region: Region) -> None:
    assert answered(region, **{DPIA: "na", BENEFIT_PLAN: "no", "wanted": ""}) == 302
    page = region.page(OWNER, url(region, "gate/"))
    assert "DPIA-en mangler." in page and "Gevinstrealiseringsplanen mangler." in page
    assert "1 spørsmål i sjekklista er ikke besvart." in page
    assert decided(region) == 409 and region.need(ROUTES).phase == "plan"
    assert decided(region, passes="no", why="DPIA først.") == 302 and region.need(ROUTES).phase == "plan"
    assert "DPIA først." in region.page(MANAGER, url(region, "gate/"))


def test_the_body_decides_where_the_house_says_so_as_a_case(region: Region) -> None:
    from samrad.cases.models import Case
    from samrad.config.delivery import case_holds_for_project
    from samrad.eventlog.models import Event
    from samrad.portfolio.models import GateReview

    size = region.need(ROUTES).size
    change = f"/portfolio/{region.portfolio().pk}/gates/BP3/"
    said = {f"q_{q.code}": str(q.text) for q in DEFAULT["BP3"]} | {"q_own_1": "Er tillitsvalgte hørt?"}
    today = region.world.today.strftime("%d.%m.%Y")
    for key, status in ((READER, 403), (STRANGER, 404), ("portefolje", 302)):
        posted = {**said, "version": 0, "body_sizes": [size], "valid_from": today, "source": "Porteføljestyret"}
        assert region.client(key).post(change, posted).status_code == status
    assert "Er tillitsvalgte hørt?" in region.page(READER, f"/portfolio/{region.portfolio().pk}/gates/")
    review = region.find(lambda: GateReview.objects.get(project__initiative__title=ROUTES, state="open"))
    assert decided(region) == 403  # not the project owner's any more
    assert answered(region) == 302
    page = region.page(MANAGER, url(region, "gate/"))
    sent = region.client(MANAGER).post(url(region, "gate/"), {"do": "send", "version": version(page)})
    assert sent.status_code == 302
    case = region.find(lambda: Case.objects.get(initiative__title=ROUTES, kind="gate"))
    assert case.state == "ready" and ROUTES in region.page("sekretariat", "/overview/waiting/")
    assert region.status("sekretariat", f"/secretariat/cases/{case.pk}/") == 200
    assert region.status(READER, region.story(ROUTES)) == 200
    with region.looking():  # what follows when the case is settled, whichever way it went there
        logged = Event.objects.filter(case_id=case.pk).latest("pk")
        from samrad.cases.events import CaseSettled

        settled = CaseSettled(initiative_id=case.initiative_id, case_id=case.pk, state="approved")
        case_holds_for_project(settled, logged)
        review.refresh_from_db()
    assert review.state == "passed" and region.need(ROUTES).phase == "execute"
    assert "Avgjort som sak" in region.page(READER, url(region, "gate/"))
    assert MEDICINE in region.page(READER, url(region, "gate/", MEDICINE))


ACCOUNTS = "År;Type;Beløp\n2026;Drift;80 000,40\n2026;Drift;19 999,60\n2027;Investering;5 000\n"


def test_money_is_kept_by_year_and_taken_from_the_accounts(region: Region) -> None:
    change, page = url(region, "money/change/"), url(region, "money/")

    def kept(key: str, **rows: str) -> int:
        said = {"version": region.project(ROUTES).version, **rows}
        return int(region.client(key).post(change, said).status_code)

    row = {"r0_year": "2026", "r0_kind": "running", "r0_source": "own", "r0_budget_kr": "120 000"}
    more = {"r1_year": "2027", "r1_kind": "investment", "r1_source": "grant", "r1_budget_kr": "200 000"}
    for key, status in ((READER, 403), (STRANGER, 404), (MANAGER, 302)):
        assert kept(key, **row, **more, r1_forecast_kr="230 000") == status
    shown = region.page(READER, page)
    assert "320 000 kr" in shown and "30 000 kr" in shown and "mer enn den vedtatte rammen" in shown
    assert kept(MANAGER, **row, **{k.replace("r0", "r1"): v for k, v in row.items()}) == 409  # the same line twice
    assert kept(MANAGER, **(row | {"r0_budget_kr": "1,5"})) == 422

    def taken(content: str) -> int:
        file = SimpleUploadedFile("regnskap.csv", content.encode())
        said = {"do": "import", "a-version": region.project(ROUTES).version, "a-file": file}
        return int(region.client(MANAGER).post(change, said).status_code)

    assert taken(f"{ACCOUNTS}2026;Drift;mye\n") == 409 and "100 000 kr" not in region.page(READER, page)
    for _time in (1, 2):  # the same file twice is once
        assert taken(ACCOUNTS) == 302
    shown = region.page(READER, page)
    assert "100 000 kr" in shown and "105 000 kr" in shown


def test_in_a_cooperation_the_budget_falls_on_each_municipality(region: Region) -> None:
    change = url(region, "money/change/", ALARM)
    row = {"r0_year": "2026", "r0_kind": "running", "r0_source": "own", "r0_budget_kr": "1 000 001"}
    said = {"version": region.project(ALARM).version, **row}
    assert region.client("portefolje").post(change, said).status_code == 302
    page = region.page(READER, url(region, "money/", ALARM))
    part = page[page.index("Budsjettet etter kommune") :]
    assert all(town.name in part for town in region.world.towns.values())
    assert "1 000 001 kr" in part[part.index("<tfoot>") :]
