"""A roadmap of many projects over many years: the drawing keeps its numbers, and one can read its years."""

import itertools
import re
from datetime import date

from django.template import Context, Template
from django.test import Client, override_settings

from samrad.core.roadmap import MOST_YEARS, Moment, Stretch, roadmap

ROWS = [
    Stretch(
        f"Prosjekt {n}",
        date(1998 + n % 20, 3, 1),
        date(2020 + n % 30, 9, 1),
        moments=[Moment(date(2019, 5, 4), "Milepæl")],
    )
    for n in range(60)
]


@override_settings(LANGUAGE_CODE="nb", USE_THOUSAND_SEPARATOR=True)
def test_no_place_in_the_drawing_is_written_as_an_amount() -> None:
    drawn = roadmap("Porteføljen", [*ROWS, Stretch("Uten datoer", None, None)], today=date(2026, 12, 1))
    page = Template("{% load samrad %}{% roadmap map %}").render(Context({"map": drawn}))
    assert drawn.height > 1000 and f'viewBox="0 0 960 {drawn.height}"' in page
    svg = page[page.index("<svg") : page.index("</svg>")]
    numbers = re.findall(r'\b(?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', svg)
    assert len(numbers) > 200 and all(re.fullmatch(r"[\d.]+", number) for number in numbers)
    assert len(drawn.ticks) <= MOST_YEARS
    assert ">Uten datoer</td>" in page[page.index("<tbody") :]
    assert (
        "1 mangler start eller slutt" in page
        and page.count("Milepæl 4.5.2019") + page.count("Milepæl 04.05.2019") == 60
    )


def test_what_stands_over_the_drawing_never_lies_on_what_is_beside_it() -> None:
    for years in (1, 2, 3, 5, 9, 20, 54, 300):
        row = Stretch("A", date(1998, 1, 1), date(1998 + years, 1, 1))
        ticks = [tick for tick in roadmap("Kart", [row], today=date(2026, 4, 1)).ticks if tick.label]
        room = 60 if "kv." in ticks[0].label else 30  # so wide are «1. kv. 2026» and «2026»
        places = [float(tick.x) for tick in ticks]
        assert all(b - a >= room for a, b in itertools.pairwise(places)), years


@override_settings(LANGUAGE_CODE="nb", USE_THOUSAND_SEPARATOR=True)
def test_no_drawing_in_the_gallery_holds_a_place_that_a_browser_cannot_read(db: None, client: Client) -> None:
    page = client.get("/core/gallery/").content.decode()
    said = [
        one
        for drawing in re.findall(r"<svg.*?</svg>", page, re.S)
        for one in re.findall(r'\b(?:d?[xy]|[xy][12]|c[xy]|rx?|width|height|viewBox|points|d)="([^"]*)"', drawing)
    ]
    assert len(said) > 100 and not [one for one in said if re.search("\u00a0|\u202f|&nbsp;", one)]
