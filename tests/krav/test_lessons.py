"""Lessons are found across projects, by those they are shared with, and the last gate asks for them."""

from io import BytesIO

from django.http import HttpResponse
from openpyxl import load_workbook

from samrad.organisation.actions import exempt_fields
from samrad.portfolio.models import Lesson
from tests.krav.region import MEDICINE, ROUTES, STRANGER, Region
from tests.krav.test_handover import closing
from tests.krav.test_projects import MANAGER, OWNER, READER, url
from tests.overview.test_queries import MOST, queries

LOG = "/portfolio/lessons/"
HOME = "skarholt-ansatt-oppvekst"  # works in the same municipality, and not on the project
TITLE = "Ta med dem som skal bruke det, fra første dag"


def written(region: Region, key: str = MANAGER, reach: str = "house", number: int = 0, **more: object) -> HttpResponse:
    row = region.find(lambda: Lesson.objects.filter(pk=number).first())
    said = {"version": row.version if row else 0, "title": TITLE, "kind": "bad", "theme": "change", "phase": "execute"}
    said |= {"happened": "Vi spurte for seint.", "learnt": "Det tok lengre tid.", "advice": "Spør tidlig."}
    return region.client(key).post(url(region, f"lessons/{number}/"), {**said, "reach": reach, **more})


def sees(region: Region, key: str, ask: str = "") -> bool:
    return f"<h2>{TITLE}</h2>" in region.page(key, LOG + ask)


def test_a_lesson_is_read_by_those_it_is_shared_with_and_no_others(region: Region) -> None:
    for key, status in ((READER, 403), (HOME, 403), (STRANGER, 404), (MANAGER, 302)):
        assert written(region, key).status_code == status
    lesson = region.find(lambda: Lesson.objects.get(title=TITLE))
    assert written(region, title="", happened="").status_code == 422
    assert sees(region, HOME) and sees(region, MANAGER) and sees(region, "portefolje")
    assert not sees(region, READER) and not sees(region, STRANGER)
    for reach, home, away in (("team", False, False), ("cooperation", True, True)):
        assert written(region, reach=reach, number=lesson.pk).status_code == 302
        assert (sees(region, HOME), sees(region, READER)) == (home, away), reach
        assert sees(region, MANAGER) and not sees(region, STRANGER)
    assert TITLE in region.page(READER, url(region, "lessons/"))
    assert TITLE not in region.page(READER, url(region, "lessons/", MEDICINE))
    # Where the need is exempt from a reader, so is what was learnt.
    need = region.need(ROUTES)
    values = {"initiative_id": need.pk, "field_group": "costs", "basis_code": "offl-23-1"}
    values |= {"legal_basis": "Offentleglova § 23 første ledd"}
    region.do("sekretariat", exempt_fields, house=need, involved=False, **values)
    assert not sees(region, READER) and sees(region, MANAGER)
    assert TITLE not in region.page(READER, url(region, "lessons/"))


def test_the_log_is_searched_narrowed_and_taken_out(region: Region) -> None:
    assert written(region, reach="cooperation").status_code == 302
    assert (
        written(region, reach="cooperation", title="Avtal integrasjonen først", theme="technology").status_code == 302
    )
    assert sees(region, READER, "?theme=change") and not sees(region, READER, "?theme=technology")
    assert sees(region, READER, "?q=spurte+TIDLIG") and not sees(region, READER, "?q=spurte+ufo")
    assert sees(region, READER, "?kind=bad&phase=execute&sort=-title") and not sees(region, READER, "?kind=good")
    assert sees(region, READER, "?kind=tull&sort=--x&page=99&q=%00")
    book = load_workbook(BytesIO(region.client(READER).get("/portfolio/lessons.xlsx?theme=change").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)][:1] == [TITLE]
    plain = region.client(READER).get("/portfolio/lessons.csv?q=spurte").content.decode("utf-8-sig")
    assert TITLE in plain and TITLE not in region.client(STRANGER).get("/portfolio/lessons.csv").content.decode()
    assert len(queries(region.client(READER), LOG)) <= MOST


def test_a_lesson_is_taken_away_and_put_back(region: Region) -> None:
    assert written(region, reach="cooperation").status_code == 302
    lesson = region.find(lambda: Lesson.objects.get(title=TITLE))
    page = url(region, f"lessons/{lesson.pk}/remove/")
    for key, status in ((READER, 403), (STRANGER, 404)):
        assert region.client(key).post(page, {"version": lesson.version}).status_code == status
    assert region.client(MANAGER).post(page, {"version": lesson.version}).status_code == 302
    assert not sees(region, READER) and not sees(region, MANAGER)
    assert "Angre" in region.page(MANAGER, url(region, "lessons/"))
    assert region.client(MANAGER).post(page, {"version": lesson.version, "back": "yes"}).status_code == 409
    assert region.client(MANAGER).post(page, {"version": lesson.version + 1, "back": "yes"}).status_code == 302
    assert sees(region, READER)


def test_the_last_gate_says_how_many_lessons_are_logged(region: Region) -> None:
    closing(region)
    assert "Ingen erfaring står i erfaringsloggen ennå." in region.page(MANAGER, url(region, "gate/"))
    assert written(region, OWNER).status_code == 302
    assert "1 erfaring står i erfaringsloggen." in region.page(MANAGER, url(region, "gate/"))
