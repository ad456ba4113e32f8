"""A roadmap of many projects over many years: the drawing keeps its numbers, and one can read its years."""

import re
from datetime import date

from django.template import Context, Template
from django.test import override_settings

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
    assert (
        "1 mangler start eller slutt" in page
        and page.count("Milepæl 4.5.2019") + page.count("Milepæl 04.05.2019") == 60
    )
