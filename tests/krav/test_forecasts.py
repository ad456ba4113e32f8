"""S64: what a project will cost, said in two places, and lights that are computed beside those that are reported."""

import re

import pytest

from samrad.cases.models import Case
from samrad.portfolio.actions import take_report
from samrad.portfolio.models import ReportSnapshot
from tests.krav.region import MEDICINE, Region, pdf_text
from tests.krav.test_projects import LIGHTS, MEDS, READER, form_of, url

krav = pytest.mark.krav


@krav("S64.AK2", guards=["samrad.config.delivery.past_tolerance", "samrad.portfolio.words.forecast_words"])
def test_what_was_said_last_of_the_cost_counts_everywhere(region: Region) -> None:
    """Both in the money lines and in reports: a breach in either opens the case, and no page says another figure."""
    frame = region.find(lambda: int(region.project(MEDICINE).baselines.latest("number").frame_kr or 0))
    portfolio = region.portfolio().pk

    def cases() -> int:
        return region.find(lambda: Case.objects.filter(initiative__title=MEDICINE, kind="deviation").count())

    def kr(amount: int) -> str:
        return f"{amount:,} kr".replace(",", " ")

    def reported(forecast: int) -> None:
        said = {**form_of(region.client(MEDS).get(url(region, "status/", MEDICINE))), **LIGHTS}
        answer = region.client(MEDS).post(url(region, "status/", MEDICINE), {**said, "forecast_kr": str(forecast)})
        assert answer.status_code == 302

    def written(forecast: int) -> None:
        row = {"r0_year": "2027", "r0_kind": "running", "r0_source": "own", "r0_forecast_kr": str(forecast)}
        said = {"version": region.project(MEDICINE).version, **row}
        assert region.client(MEDS).post(url(region, "money/change/", MEDICINE), said).status_code == 302

    def everywhere(amount: int, percent: int) -> None:
        rail = region.page(READER, url(region, "", MEDICINE)).split("<h2>Penger</h2>")[1].split("</section>")[0]
        money = region.page(READER, url(region, "money/", MEDICINE)).split("<h1>")[1]
        head = money.split("</dl>")[0]
        listed = region.page("portefolje", f"/portfolio/{portfolio}/projects/?col=forecast").split(MEDICINE)[1]
        assert kr(amount) in rail and kr(amount) in listed.split("</tr>")[0]
        assert f"{percent} %" in head
        form = form_of(region.client(MEDS).get(url(region, "status/", MEDICINE)))
        assert form["forecast_kr"].replace("\N{NO-BREAK SPACE}", "") == str(amount)
        made = region.do("portefolje", take_report, portfolio=region.portfolio())
        one = f"/portfolio/reports/{made.pk}/projects/{region.need(MEDICINE).pk}/"
        assert kr(amount) in region.page("portefolje", one)

    written(frame)
    reported(frame * 2)
    assert cases() == 1  # the lines are within the frame, but they are the older
    everywhere(frame * 2, 100)
    shown = region.page(READER, url(region, "money/", MEDICINE))
    assert "Den er nyest, så den gjelder" in shown and kr(frame) in shown
    assert "Den er nyest, så den gjelder" in region.page(MEDS, url(region, "status/", MEDICINE))
    written(frame * 105 // 100)
    everywhere(frame * 105 // 100, 5)
    assert "De ble endret sist" in region.page(READER, url(region, "money/", MEDICINE))
    written(frame * 105 // 100)  # written down again as it was: nobody has said anything new
    reported(frame)
    everywhere(frame, 0)


@krav("S64.AK2", guards="samrad.portfolio.lights.as_kept")
def test_where_the_computed_light_is_another_both_are_shown_with_the_reason(region: Region) -> None:
    frame = region.find(lambda: int(region.project(MEDICINE).baselines.latest("number").frame_kr or 0))
    said = {**form_of(region.client(MEDS).get(url(region, "status/", MEDICINE))), **LIGHTS}
    posted = {**said, "forecast_kr": str(frame * 150 // 100)}
    assert region.client(MEDS).post(url(region, "status/", MEDICINE), posted).status_code == 302
    home, why = f"/portfolio/{region.portfolio().pk}/", "50 prosent over godkjent ramme"
    before = region.do("portefolje", take_report, portfolio=region.portfolio())
    pages = [home, f"{home}projects/", f"/portfolio/reports/{before.pk}/"]
    pages.append(f"/portfolio/reports/{before.pk}/projects/{region.need(MEDICINE).pk}/")
    for page in pages:
        shown = region.page(READER, page).split("<main")[1].split("Alle prosjekter</h2>")[-1]
        lines = [row for row in shown.split("<tr") if MEDICINE in row and "data-light" in row] or [shown]
        assert "eregnet:" in lines[0] and why in lines[0] and re.search("(?i)ute av (rute|kurs)", lines[0]), page
    papers = pdf_text(region.client("portefolje").get(f"/portfolio/reports/{before.pk}.pdf").content)
    assert "● (■)" in papers and why in papers
    # What was frozen before it stood there reads as it did.
    with region.looking():
        snapshot = ReportSnapshot.objects.get(pk=before.pk)
        for data in (snapshot.data, snapshot.public_data):
            for project in data["projects"]:
                for light in project["lights"].values():
                    light.pop("computed", None)
        snapshot.save()
    assert why not in region.page(READER, pages[2]) and MEDICINE in region.page(READER, pages[2])


def test_the_form_begins_with_the_end_that_was_said_last_or_is_planned(region: Region) -> None:
    def form() -> dict[str, str]:
        return form_of(region.client(MEDS).get(url(region, "status/", MEDICINE)))

    def keep(**said: str) -> None:
        answer = region.client(MEDS).post(url(region, "status/", MEDICINE), {**form(), **LIGHTS, **said})
        assert answer.status_code == 302

    with region.looking():
        project = region.project(MEDICINE)
        assert (
            project.reports.exclude(forecast_end_date=None).count() == 0 and project.end_date
        )  # only the plan says it
    assert form()["forecast_end_date"] == str(project.end_date)
    keep(forecast_end_date="01.11.2027", forecast_kr="1 234")
    filled = form()
    assert filled["forecast_end_date"] == "2027-11-01" and filled["forecast_kr"].endswith("234")
