"""A spreadsheet of systems: rows are told apart as the register tells systems apart, and no refusal is hidden."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from samrad.core.sheets.files import read
from samrad.core.sheets.words import SHOWN, lists
from samrad.systems.reading import NAME_TWICE, Names, interpret


def test_what_stands_in_brackets_tells_systems_apart() -> None:
    sheet = read("Navn;Leverandør\nVisma (lønn);V\nVisma (regnskap);V\nVISMA  (Lønn);V\n".encode())
    found = interpret(sheet, {"Navn": "name", "Leverandør": "vendor"}, Names())
    assert [row.name for row in found.rows] == ["Visma (lønn)", "Visma (regnskap)"]
    assert [(r.record, r.reason) for r in found.refused] == [(3, NAME_TWICE)]


@pytest.mark.parametrize("page", ["systems/import_lists.html", "portfolio/import_lists.html"])
def test_the_page_says_when_not_every_refused_row_is_shown(page: str) -> None:
    def shown(number: int) -> str:
        refused = [{"record": n, "line": n, "name": "", "reason": "no_name"} for n in range(number)]
        with translation.override("nb"):
            return render_to_string(page, lists(refused, [], str))

    assert f"De første {SHOWN} av {SHOWN + 1} vises." in shown(SHOWN + 1)
    assert "De første" not in shown(SHOWN)
