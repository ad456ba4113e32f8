"""KommIT's workbook: read cell by cell, reckoned to the krone, brought in as a project, and only once."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samrad.benefits.models import PlannedBenefit
from samrad.core.sheets.files import Unreadable
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.initiatives.models import Benefit, Initiative
from samrad.portfolio.actions import RowResult, import_kommit
from samrad.portfolio.models import MoneyLine, Project, RowImport, Stakeholder
from samrad.portfolio.sheets.kommit import KommitBenefit, KommitBook, kommit_reached, reached, read_kommit
from tests.initiatives.cast import AT
from tests.portfolio.conftest import Importing
from tests.portfolio.kommit_book import filled_in
from tests.portfolio.real import real_workbook

kroner = st.integers(min_value=0, max_value=50_000_000).map(Decimal)
four = st.tuples(kroner, kroner, kroner, kroner)


def bring(importing: Importing, content: bytes, **how: Any) -> RowResult:
    """Bring the workbook in as the portfolio manager."""
    return import_kommit(by=importing.by, at=AT, portfolio=importing.portfolio, content=content, **how)


def test_the_workbook_is_reckoned_to_the_krone() -> None:
    book = read_kommit(filled_in())
    # Row 5 of the hidden sheet: (direct benefits - running costs) / 1.04, 1.04^2 and so on; then less the investment.
    by_hand = 110_000 / 1.04 + 160_000 / 1.04**2 + 260_000 / 1.04**3 + 260_001 / 1.04**4 - 400_000
    assert abs(book.net_present_value - Decimal(by_hand)) < Decimal("0.01")
    assert book.freed_a_year == Decimal(1)
    assert [(b.title, b.kind, b.total) for b in book.benefits] == [
        ("Mindre porto", "direct", Decimal(900_001)),
        ("Færre telefoner", "indirect", Decimal(4)),
        ("Bedre omdømme", "quality", Decimal(0)),
        ("Mindre papir", "direct", Decimal(50_000)),
    ]
    assert ("KONSEPT - Gevinstanalyse", "E10", "vet ikke", "not_a_number") in book.unknown


@given(direct=four, more=four, running=four, investment=kroner, percent=st.integers(min_value=0, max_value=20))
def test_the_present_value_is_the_formula_of_the_hidden_sheet(
    direct: Any, more: Any, running: Any, investment: Decimal, percent: int
) -> None:
    benefits = (KommitBenefit(5, "A", "direct", budget=direct), KommitBenefit(6, "B", "direct", budget=more))
    rate = Decimal(percent) / 100
    book = KommitBook(benefits=benefits, running_kr=running, investment_kr=investment, rate=rate)
    # B4:E5 and C39 of the workbook, written as Excel has them, with its years 2 to 5.
    row5 = sum((direct[y - 2] + more[y - 2] - running[y - 2]) * (1 / (1 + rate) ** (y - 1)) for y in (2, 3, 4, 5))
    assert round(book.net_present_value) == round(row5 - investment)


def test_what_is_reached_is_reckoned_from_the_start_and_as_kommit_does() -> None:
    start, goal = Decimal(80), Decimal(100)
    assert (reached(start, goal, start), kommit_reached(start, goal, start)) == (0, Decimal("0.8"))
    assert (reached(start, goal, goal), kommit_reached(start, goal, goal)) == (1, 1)
    assert (
        reached(Decimal(10), Decimal(0), Decimal(0)) == 1
        and kommit_reached(Decimal(10), Decimal(0), Decimal(0)) is None
    )
    assert kommit_reached(Decimal(10), Decimal(5), Decimal(10)) == Decimal("0.5")


def test_the_real_template_holds_the_same_places_and_the_same_sums() -> None:
    template = real_workbook("gevinstverktoy_kommit.xlsx").read_bytes()
    empty = read_kommit(template)
    assert (empty.name, empty.benefits, empty.stakeholders, empty.unknown) == ("", (), (), ())
    saved = openpyxl.load_workbook(io.BytesIO(template), data_only=True)["KONSEPT - Gevinstanalyse"]
    assert (empty.net_present_value, empty.freed_a_year) == (saved["C39"].value, saved["C42"].value) == (0, 0)
    assert read_kommit(filled_in(template)) == read_kommit(filled_in())


def test_the_workbook_comes_in_as_a_project_and_twice_is_once(importing: Importing) -> None:
    content = filled_in()
    assert bring(importing, content, dry_run=True).imported == 8
    assert Project.objects.count() == 0
    result = bring(importing, content)
    assert (result.records, result.imported, result.refused) == (8, 8, [])
    project = Project.objects.get()
    assert (project.initiative.title, project.initiative.origin) == ("Digitalt innbyggerkontor", "imported")
    assert (project.project_owner, project.project_manager) == (importing.manager, None)
    assert project.amounts.get(kind="budget").value == 1_250_000
    porto, phones, image, paper = Benefit.objects.order_by("order")
    assert (porto.kind, porto.kroner_a_year, porto.benefit_owner) == (
        "avoided_cost",
        Decimal("225000.25"),
        importing.manager,
    )
    assert porto.kroner_a_year * 4 == 900_001
    assert (phones.kind, phones.hours_a_year) == ("saved_time", 1695)
    assert (image.kind, image.kroner_a_year, paper.kroner_a_year) == ("quality", None, Decimal(12_500))
    line = PlannedBenefit.objects.get(benefit=porto)
    assert (line.indicator, line.unit, line.baseline_value, line.state) == ("Porto i året", "kr", 400_000, "draft")
    money = MoneyLine.objects.order_by("year").values_list("year", "kind", "budget_kr")
    assert list(money)[:2] == [(2027, "investment", 400_000), (2028, "running", 40_000)] and len(money) == 5
    first = Stakeholder.objects.get(name="Innbyggertorget")
    assert (first.influence, first.attitude, first.involvement, first.measures) == (
        3,
        -1,
        "interview",
        "Opplæring i mars",
    )
    said = [(u["column"].split("!")[-1], u["text"]) for u in result.unknown]
    assert {("E10", "vet ikke"), ("B7", "Kanskje"), ("C7", "4")} <= set(said)
    assert {u["text"] for u in result.unknown if u["reason"] == "no_such_person"} == {"Ukjent Leder", "Ingen Kjent"}
    events = Event.objects.count()
    again = bring(importing, content)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 8)
    assert Event.objects.count() == events + 1  # that it was brought in, and nothing else
    assert (Project.objects.count(), Benefit.objects.count(), Stakeholder.objects.count()) == (1, 4, 3)


def test_a_new_version_changes_only_what_differs(importing: Importing) -> None:
    bring(importing, filled_in())
    changed = bring(importing, filled_in(Gevinstanalyse={"D7": 140_000}, Interessentanalyse={"D5": 1}))
    # The project too: its present value is another.
    assert (changed.updated, changed.unchanged) == (3, 5)
    assert Benefit.objects.get(title="Mindre porto").kroner_a_year == Decimal("235000.25")
    assert Stakeholder.objects.get(name="Innbyggertorget").attitude == 1
    assert Benefit.objects.filter(removed_at__isnull=True).count() == 4


def test_benefits_of_a_need_that_was_written_here_stay(importing: Importing) -> None:
    bring(importing, filled_in())
    Initiative.objects.update(origin=Initiative.Origin.FORM)
    result = bring(importing, filled_in(Gevinstanalyse={"D7": 1}))
    assert {r["reason"] for r in result.refused} == {"benefits_written_here"}
    assert Benefit.objects.get(title="Mindre porto").kroner_a_year == Decimal("225000.25")


def test_what_is_no_workbook_of_kommit_is_refused(importing: Importing) -> None:
    other = openpyxl.Workbook()
    out = io.BytesIO()
    other.save(out)
    with pytest.raises(Unreadable):
        read_kommit(out.getvalue())
    for content in (out.getvalue(), b"PK\x03\x04 nothing", filled_in(Forside={"B4": None})):
        with pytest.raises(Refused):
            bring(importing, content)
    address = reverse("portfolio:rows_upload", args=[importing.portfolio.pk])
    file = SimpleUploadedFile("bok.xlsx", out.getvalue())
    answer = importing.client.post(address, {"kind": "kommit", "file": file})
    page = answer.content.decode()
    # What is wrong, what was expected, and where the right one is.
    for said in ("«Forside», «KONSEPT - Endringsanalyse»", "«Sheet»", "ks.no", "Er det en annen liste?"):
        assert answer.status_code == 400 and said in page, said
    for name, content, said in (
        ("liste.csv", b"Prosjekt;Gevinst\nA;1\n", "ikke en Excel-fil"),
        ("plan.pdf", b"%PDF-1.7 ...", "Dette er en PDF"),
    ):
        answer = importing.client.post(address, {"kind": "kommit", "file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 400 and said in answer.content.decode() and "ks.no" in answer.content.decode()
    assert (Project.objects.count(), RowImport.objects.count()) == (0, 0)


def calculations() -> bytes:
    """The other workbook as it is laid out: sums for the justification of some project."""
    book = openpyxl.Workbook()
    book.active.title = "Intro"  # type: ignore[union-attr]
    for name in ("A - Nytte-kost for prosjektet", "B- Investeringsanalyse", "C- Prissatte netto gevinster"):
        book.create_sheet(name)["A7"] = "Gevinst …"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("real", [False, True], ids=["as laid out", "the real one"])
def test_the_workbook_of_calculations_is_known_and_says_why_it_is_not_read(importing: Importing, real: bool) -> None:
    content = real_workbook("gevinstberegninger.xlsx").read_bytes() if real else calculations()
    address = reverse("portfolio:rows_upload", args=[importing.portfolio.pk])
    file = SimpleUploadedFile("gevinstberegninger.xlsx", content)
    answer = importing.client.post(address, {"kind": "kommit", "file": file})
    page = answer.content.decode()
    assert answer.status_code == 400 and "Dette er arbeidsboka «Gevinstberegninger»" in page
    for sheet in ("Nytte-kost for prosjektet", "Investeringsanalyse", "Prissatte netto gevinster", "Gevinstverktøy"):
        assert f"«{sheet}»" in page
    with pytest.raises(Refused, match="ett beløp i året"), translation.override("nb"):
        bring(importing, content)
    assert (Project.objects.count(), RowImport.objects.count()) == (0, 0)


def test_the_workbook_in_the_browser(importing: Importing) -> None:
    client = importing.client
    address = reverse("portfolio:rows_upload", args=[importing.portfolio.pk])
    file = SimpleUploadedFile("gevinst.xlsx", filled_in())
    preview = client.post(address, {"kind": "kommit", "file": file})["Location"]
    page = client.get(preview)
    assert "Digitalt innbyggerkontor" in page.content.decode() and Project.objects.count() == 0
    version = page.context["form"]["version"].value()
    result = client.post(preview, {"version": version})["Location"]
    assert client.get(result).status_code == 200
    project = Project.objects.get()
    page = client.get(reverse("portfolio:project_stakeholders", args=[project.pk]))
    assert "Innbyggertorget" in page.content.decode()
    page = client.get(reverse("portfolio:project_detail", args=[project.pk]))
    assert "Verdt det" in page.content.decode()
    assert RowImport.objects.get().content is None


def test_a_stakeholder_taken_off_here_stays_off(importing: Importing) -> None:
    bring(importing, filled_in())
    gone = Stakeholder.objects.order_by("pk")[0]
    Stakeholder.objects.filter(pk=gone.pk).update(removed_at=AT)
    result = bring(importing, filled_in())
    assert [u["reason"] for u in result.unknown if u["text"] == gone.name] == ["taken_off_here"]
    assert not Stakeholder.objects.filter(name=gone.name, removed_at=None).exists()
