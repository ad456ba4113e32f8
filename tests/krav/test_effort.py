"""S10, S38: what ICT spends its time on, how much of it is on decided initiatives, and how it changes over time."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook

from samrad.portfolio.effort import months_back, stamp
from samrad.portfolio.models import Effort
from samrad.portfolio.queries import effort_balance, year_of
from tests.krav.region import STRANGER, Region, text_of
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
ICT, STEERS, READER = "fjelldal-ansatt-organisasjon", "granlia-direktor", "granlia-ansatt-oppvekst"


def home(region: Region, page: str = "") -> str:
    return f"/portfolio/{region.portfolio().pk}/effort/{page}"


def typed(region: Region, key: str, months: dict[int, tuple[int, int, int, int]], **more: object) -> HttpResponse:
    """A unit's months of last year, in hours unless something else is said, as the ICT manager types them."""
    unit, year = region.world.units["fjelldal", "helse"], region.world.today.year
    version = region.find(lambda: stamp(year_of(unit, year)))
    said: dict[str, object] = {"version": version, "measure": "hours", "unit": unit.pk, "year": year}
    for month, amounts in months.items():
        for name, hours in zip(("operation", "maintenance", "development", "decided"), amounts, strict=True):
            said[f"m{month}_{name}"] = hours
    return region.client(key).post(home(region, "change/"), said | more)


def clear(region: Region) -> None:
    """Take away what the demo has, so that the figures are the test's own."""
    with region.looking():
        Effort.objects.all().delete()


@krav(
    "S10.AK2", guards=["samrad.portfolio.policy.effort.can_read_effort", "samrad.portfolio.policy.effort.effort_lacks"]
)
def test_those_who_steer_read_how_much_of_the_effort_is_on_decided_initiatives(region: Region) -> None:
    clear(region)
    month = region.world.today.month
    assert "Ingenting er skrevet ned ennå" in region.page(STEERS, home(region))
    for key, status in ((READER, 403), (STEERS, 403), (STRANGER, 404), (ICT, 302)):
        assert typed(region, key, {month: (500, 100, 400, 300)}).status_code == status
    page = region.page(STEERS, home(region))
    assert "30 prosent av tida går til vedtatte tiltak." in page
    assert "10 prosent er utvikling uten vedtak bak." in page
    for key, status in ((READER, 403), (STRANGER, 404)):
        assert region.status(key, home(region)) == status
    wrong = typed(region, ICT, {month: (500, 100, 400, 401)})
    assert wrong.status_code == 409 and "kan ikke være mer enn utviklingen" in text_of(wrong)
    assert 'value="401"' in text_of(wrong)  # what was typed stands
    per_cent = {"measure": "percent", f"m{month}_all_hours": 1000}
    assert typed(region, ICT, {month: (50, 10, 41, 30)}, **per_cent).status_code == 409  # more than all of it
    assert typed(region, ICT, {month: (50, 10, 40, 20)}, **per_cent).status_code == 302
    assert "20 prosent av tida går til vedtatte tiltak." in region.page(STEERS, home(region))
    first = months_back(region.world.today, 12)[0]
    found = region.find(lambda: effort_balance(region.portfolio(), first=first, last=region.world.today))
    assert (found.hours, found.development, found.decided) == (1000, 400, 200)
    assert typed(region, ICT, {month: (1, 0, 0, 0)}, version=0).status_code == 409  # made before someone else saved
    assert len(queries(region.client(STEERS), home(region))) <= MOST


def sheet(region: Region, text: str) -> HttpResponse:
    file = SimpleUploadedFile("innsats.csv", text.encode())
    return region.client(ICT).post(home(region, "import/"), {"file": file})


@krav("S38.AK2", guards=["samrad.portfolio.queries.effort.by_month", "samrad.portfolio.policy.effort.can_keep_effort"])
def test_the_trend_of_operation_and_development_is_drawn_with_its_figures(region: Region) -> None:
    clear(region)
    before, now = months_back(region.world.today, 2)
    head = "Kommune;Enhet;Måned;Drift;Forvaltning;Utvikling;Vedtatte tiltak\n"
    rows = f"Fjelldal kommune;Helse;{before:%Y-%m};800;0;200;50\nGranlia kommune;Helse;{now:%m.%Y};600;100;300;300\n"
    sector, towns = region.world.units["fjelldal", "helse"].name, region.world.towns
    rows = rows.replace(";Helse;", f";{sector};")
    rows = rows.replace("Fjelldal kommune", towns["fjelldal"].name).replace("Granlia kommune", towns["granlia"].name)
    wrong = text_of(sheet(region, head + rows + f"{towns['granlia'].name};Ukjent enhet;{now:%Y-%m};1;2;3;0\n"))
    assert "Ukjent enhet" in wrong and "Linje 4" in wrong and 'name="rows"' not in wrong
    looked = text_of(sheet(region, head + rows))
    packed = looked.split('name="rows" value="')[1].split('"')[0]
    assert "2 måneder kan hentes inn" in looked and region.find(Effort.objects.count) == 0  # nothing is changed yet
    bring = {"do": "bring", "rows": packed}
    for key, status in ((READER, 403), (STEERS, 403), (STRANGER, 404), (ICT, 302), (ICT, 302)):
        assert region.client(key).post(home(region, "import/"), bring).status_code == status
    assert region.find(Effort.objects.count) == 2  # twice is once
    assert region.client(ICT).post(home(region, "import/"), {**bring, "rows": packed[:-1]}).status_code == 422
    page = region.page(STEERS, home(region))
    houses = ", ".join(sorted([towns["fjelldal"].name, towns["granlia"].name]))
    assert f"Tallene er fra alle 2 enheter i {houses}." in page  # whose hours the sums are of
    assert page.count("<polyline") == 2 and "<title>Drift og utvikling, måned for måned." in page
    for share in ("80", "20", "60", "30"):
        assert f'<td class="num">{share}</td>' in page
    for key, status in ((READER, 403), (STRANGER, 404), (STEERS, 200)):
        assert region.status(key, f"/portfolio/{region.portfolio().pk}/effort.xlsx") == status
    answer = region.client(STEERS).get(f"/portfolio/{region.portfolio().pk}/effort.xlsx")
    book = load_workbook(BytesIO(answer.content))
    months = book[book.sheetnames[0]]
    assert [Decimal(str(cell.value)) for cell in months["B"][-2:]] == [800, 600]
    chart = book[book.sheetnames[0]]._charts[0]
    assert [one.val.numRef.f for one in chart.series] == [
        f"'{months.title}'!$G$2:$G$25",
        f"'{months.title}'!$H$2:$H$25",
    ]


def test_a_year_in_hours_and_per_cent_is_shown_in_hours(region: Region) -> None:
    clear(region)
    assert typed(region, ICT, {1: (500, 100, 400, 300)}).status_code == 302
    row = region.find(lambda: Effort.objects.get())
    share = {"operation": 60, "maintenance": 20, "development": 20, "decided": 10}
    region.find(
        lambda: Effort.objects.create(
            owner_id=row.owner_id,
            shared_with_id=row.shared_with_id,
            unit_id=row.unit_id,
            month=row.month.replace(month=2),
            measure="percent",
            all_hours=200,
            kept_at=row.kept_at,
            kept_by_id=row.kept_by_id,
            **share,
        )
    )
    unit = region.world.units["fjelldal", "helse"]
    form = region.page(ICT, f"{home(region, 'change/')}?unit={unit.pk}&year={region.world.today.year}")
    assert re.search(r'name="m2_operation"[^>]*value="120(,0)?"', form) and 'value="hours"' in form
