"""Every cell of the table, on the pages and through the queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from samrad.core.acting import acting_for
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import masked_groups, readable, visible_to
from samrad.overview import opened
from tests.access_table.table import GROUPS, MARKED, PERSONLESS, STAGES, TABLE, Sees
from tests.access_table.world import AMOUNT, TODAY, World, markers, text_of

CELLS = [
    pytest.param(who, stage, False, sees, id=f"{who}-{stage}")
    for who, row in TABLE.items()
    for stage, sees in zip(STAGES, row, strict=True)
] + [
    pytest.param(who, stage, True, sees, id=f"{who}-{stage}-reusable")
    for who, row in MARKED.items()
    for stage, sees in zip(STAGES, row, strict=True)
]
each_cell = pytest.mark.parametrize(("who", "stage", "marked", "sees"), CELLS)
FIELD = "Helse"
NAMES = ("Anne Berg", "Bodil Behov", "Siri Dahl", "Knut Rå")


def _urls(world: World, who: str, need: Initiative, words: dict[str, str]) -> Iterator[str]:
    """Every page that is about one initiative, and the lists found by its title."""
    found = f"?q={words['title']}"
    yield reverse("initiatives:initiative_list") + found
    yield reverse("overview:initiative_story", args=[need.pk])
    yield reverse("initiatives:draft_review", args=[need.pk])
    yield reverse("secretariat:case_prepare", args=[world.case(need).pk])
    if who == "public":
        yield reverse("overview:open_portfolio", args=["region"]) + found
        yield reverse("overview:open_initiative", args=["region", need.pk])
    else:
        yield reverse("overview:from_others") + found
        yield reverse("overview:reusable_initiative", args=[need.pk])


@each_cell
def test_the_pages_show_what_the_table_says(world: World, who: str, stage: str, marked: bool, sees: Sees) -> None:
    need, words = world.needs[stage, marked], markers(stage, marked=marked)
    client = world.client(who)
    pages = [text_of(client, url) for url in _urls(world, who, need, words)]
    # The word that is looked for stands in the search box too; the reference does not.
    about = "".join(page for page in pages if f">{words['title']}" in page)
    present = {group for group, word in words.items() if word in about}
    if str(AMOUNT) in about:
        present.add("costs")
    expected = GROUPS[sees]
    assert present == expected
    if sees in PERSONLESS:
        # Whoever may write down an answer given by telephone is told whose it is.
        asked = ["Siri Dahl"] if (who, stage) == ("secretary", "anchoring") else []
        assert [name for name in NAMES if name in about] == asked
    assert (FIELD in about) is (sees != Sees.NOTHING)
    for word in set(words.values()) - {words[g] for g in expected if g in words} - {words["title"]}:
        assert not [page for page in pages if word in page]


@each_cell
def test_the_queries_answer_what_the_table_says(world: World, who: str, stage: str, marked: bool, sees: Sees) -> None:
    need, words, actor = world.needs[stage, marked], markers(stage, marked=marked), world.actor(who)
    through_window = sees in (Sees.PUBLIC, Sees.SHARED) or who in ("public", "stranger", "stranger_elected")
    with acting_for(actor.entities):
        found = visible_to(actor).filter(pk=need.pk).first()
        assert (found is not None) is (sees != Sees.NOTHING and not through_window)
        assert bool(opened.reusable_by(actor).filter(pk=need.pk)) is (sees == Sees.SHARED)
        in_open = opened.open_initiatives(world.line.entities["region"].pk).filter(pk=need.pk).first()
        assert (in_open is not None) is (stage not in ("draft", "anchoring"))
        if found is None:
            return
        read = readable(actor, found, on=TODAY)
        said = f"{read.values} {[b.title for b in read.benefits]}"
        hidden = masked_groups(actor, [found], on=TODAY)[found.pk]
    expected = GROUPS[sees] - {"notes"}
    assert {g for g, word in words.items() if word in said} | ({"costs"} & _costs(read.values)) == set(expected)
    assert ("costs" in hidden) is (sees in (Sees.OUTLINE, Sees.VERSION))
    assert ("benefits" in hidden) is (sees in (Sees.OUTLINE, Sees.VERSION, Sees.OPEN))


def _costs(values: dict[str, object]) -> set[str]:
    return {"costs"} if str(values.get("one_off_kr", "")).startswith(str(AMOUNT)) else set()
