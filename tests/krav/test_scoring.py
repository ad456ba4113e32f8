"""S61: old scores stand whatever the weights become, the order can be counted again, and a deviation says why."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from samrad.eventlog.models import Event
from samrad.secretariat.models import Placing, Scoring
from tests.krav.region import CONSENT, LIST, SPEECH, STRANGER, Region, text_of
from tests.krav.test_priority_and_frame import EMPLOYEE, ORDER, score

krav = pytest.mark.krav
READER = "leder"
CRITERIA, SHEET = "/governance/rules/criteria/new/", "/secretariat/order.xlsx"


def _points(region: Region, title: str) -> list[str]:
    """Usefulness and feasibility of a case, as the secretariat reads them."""
    page = html.fromstring(region.page("sekretariat", ORDER))
    [row] = [row for row in page.xpath("//tbody/tr") if title in row.text_content()]
    return [str(cell.text_content()) for cell in row.xpath("./td")][1:3]


def _weights(region: Region) -> dict[str, Any]:
    """The form of new criteria as it stands, with the weight of the first moved to the second."""
    page = html.fromstring(region.page("administrator", CRITERIA))
    form = page.xpath("//form[.//*[@name='weight_0']]")[0]
    typed = {name: value or "" for name, value in form.form_values()}
    moved = int(typed["weight_0"]) - 5
    typed |= {"weight_0": str(int(typed["weight_0"]) - moved), "weight_1": str(int(typed["weight_1"]) + moved)}
    today = timezone.localdate().strftime("%d.%m.%Y")
    return typed | {"valid_from": today, "adopted_by": "Rådet, sak 4/27"}


def uneven(region: Region, title: str, scores: str) -> None:
    """Two score a case, each criterion on its own, through the pages."""
    case = region.case(title)
    keys = ("saksbehandler", "leder")
    url = f"/secretariat/cases/{case.pk}/scoring/start/"
    people = [region.person(key) for key in keys]
    started = {"version": case.version, "assessors": [p.pk for p in people]}
    assert region.client("saksbehandler").post(url, started).status_code == 302
    cards = region.find(lambda: {c.assessor_id: c.pk for c in case.scorings.order_by("-number")[0].cards.all()})
    for turn, (key, person) in enumerate(zip(keys, people, strict=True)):
        given = scores[turn:] + scores[:turn]
        typed = {f"score_{n}": number for n, number in enumerate(given)}
        typed |= {f"reason_{n}": "Derfor." for n in range(len(given))}
        assert region.client(key).post(f"/secretariat/scores/{cards[person.pk]}/", typed).status_code == 302


@krav("S61.AK1", guards=["samrad.governance.criteria.from_plain", "samrad.governance.policy.can_administer"])
def test_new_weights_never_change_what_was_scored_before(region: Region) -> None:
    uneven(region, LIST, "5123412")
    before = _points(region, LIST)
    old = region.find(lambda: Scoring.objects.filter(case=region.case(LIST)).latest("number"))
    typed = _weights(region)
    for key, status in ((EMPLOYEE, 403), ("saksbehandler", 403), (STRANGER, 403)):
        assert region.client(key).post(CRITERIA, typed).status_code == status
    answer = region.client("administrator").post(CRITERIA, typed)
    assert answer.status_code == 302, text_of(answer)
    assert _points(region, LIST) == before and all(int(points) > 0 for points in before)
    now = region.find(lambda: Scoring.objects.filter(case=region.case(LIST)).latest("number"))
    assert (now.criteria, now.criteria_version) == (old.criteria, old.criteria_version)
    uneven(region, SPEECH, "5123412")  # the same scores are worth something else by the new weights
    assert _points(region, SPEECH) != before
    newer = region.find(lambda: Scoring.objects.filter(case=region.case(SPEECH)).latest("number"))
    assert newer.criteria_version > old.criteria_version


def _counted_again(content: bytes) -> tuple[list[str], list[str]]:
    """The order of the first sheet, and the order counted from the second one with nothing but its figures."""
    book = load_workbook(BytesIO(content))
    order, given = (list(book.worksheets[n].iter_rows(min_row=2, values_only=True)) for n in (0, 1))
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    weights: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for reference, _version, axis, _name, weight, _assessor, number in given:
        sums[reference, axis] += Decimal(weight) * (Decimal(number) - 1)
        weights[reference, axis] += Decimal(weight)
    points = {key: sums[key] * 100 / (4 * weights[key]) for key in sums}

    assert {row[3] for row in order} == {reference for reference, _axis in points}, points

    def key(row: tuple[Any, ...]) -> tuple[Any, ...]:
        reference = row[3]
        return (row[5] != "Ja", -points[reference, "Nytte"], -points[reference, "Gjennomførbarhet"], reference)

    rows = sorted(order, key=key)
    assert [round(points[row[3], "Nytte"]) for row in rows] == [row[7] for row in rows]
    assert [row[2] for row in rows] == list(range(1, len(rows) + 1))
    for row in sorted((r for r in list(rows) if r[9]), key=lambda r: r[1]):
        rows.remove(row)
        rows.insert(row[1] - 1, row)
    return [row[3] for row in order], [row[3] for row in rows]


@krav("S61.AK2", guards="samrad.secretariat.ranking.in_order")
def test_anyone_can_count_the_order_again_from_what_they_download(region: Region) -> None:
    uneven(region, LIST, "3423242")
    score(region, SPEECH, 4)
    order, counted = _counted_again(region.client(READER).get(SHEET).content)
    assert order == counted and len(order) >= 2
    case = region.case(LIST)
    typed = {"version": case.version, "place": "1", "reason": "Rådet så det i møte 3/26."}
    assert region.client("leder").post(f"{ORDER}{case.pk}/", typed).status_code == 302
    order, counted = _counted_again(region.client(READER).get(SHEET).content)
    assert order == counted and order[0] == region.need(LIST).reference
    # One who does not see a score gets the same order, and is told what is left out.
    book = load_workbook(BytesIO(region.client(EMPLOYEE).get(SHEET).content))
    reference = region.need(LIST).reference
    [row] = [row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[3] == reference]
    assert row[1] == 1 and row[7] == row[8] == "unntatt" and row[9] is None
    assert all(row[0] != reference for row in book.worksheets[1].iter_rows(min_row=2, values_only=True))
    stranger = load_workbook(BytesIO(region.client(STRANGER).get(SHEET).content))
    assert [sheet.max_row for sheet in stranger.worksheets[:2]] == [1, 1]


@krav(
    "S61.AK3",
    guards=["samrad.secretariat.policy.scoring.placing_lacks", "samrad.secretariat.policy.scoring.can_place"],
)
def test_a_deviation_from_the_score_is_kept_and_logged_with_its_reason(region: Region) -> None:
    score(region, LIST, 2)
    score(region, SPEECH, 4)
    case = region.case(LIST)
    url = f"{ORDER}{case.pk}/"

    def placed(key: str, reason: str) -> int:
        typed = {"version": region.case(LIST).version, "place": "1", "reason": reason}
        return int(region.client(key).post(url, typed).status_code)

    for key, status in ((EMPLOYEE, 403), ("saksbehandler", 403), (STRANGER, 404)):
        assert placed(key, "Den haster.") == status
    unscored = region.case(CONSENT)  # without a score there is nothing to deviate from
    said = {"version": unscored.version, "place": "1", "reason": "Den haster."}
    assert region.client("leder").post(f"{ORDER}{unscored.pk}/", said).status_code == 409
    assert placed("leder", " ") in (409, 422) and not region.find(lambda: Placing.objects.exists())
    assert placed("leder", "Rådet så det i møte 3/26.") == 302
    kept = region.find(lambda: Placing.objects.get(case=case))
    assert (kept.reason, kept.placed_by_id) == ("Rådet så det i møte 3/26.", region.person("leder").pk)
    logged = region.find(lambda: Event.objects.get(kind="secretariat.PlacedInOrder"))
    assert logged.data["placing_id"] == kept.pk and logged.by_person_id == kept.placed_by_id
    assert "Den er regnet til plass 2." in region.page(EMPLOYEE, ORDER)
    page = region.page("skarholt-ansatt-helse", ORDER)
    assert "Den er regnet til plass 2." in page and "Rådet så det i møte 3/26." in page
    # What was set before stands as history, also when the body thinks again.
    assert placed("leder", "Etter ny vurdering.") == 302
    page = region.page("leder", url)
    assert "Rådet så det i møte 3/26." in page and "Etter ny vurdering." in page
