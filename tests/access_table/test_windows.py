"""The windows past row security, as PostgreSQL itself sees them."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from samrad.core.acting import acting_for
from samrad.core.rowsecurity import WINDOWS
from samrad.governance.models import Mandate, OpenPart
from tests.access_table.world import World

# Everything that can be read past row security. No column holds a person, and a new one is a decision (docs/adr/0005).
OUTLINE = {
    *("id", "title", "title_sort", "field_name", "stage", "state", "since", "exempt", "benefits", "benefit_kr"),
    *("benefit_hours", "one_off_kr", "annual_kr", "internal_hours"),
}
COLUMNS = {
    "governance_openguideline": {"house_id", "valid_from", "need_roles", "idea_roles", "guideline"},
    "overview_openbody": {"id", "house_id", "name"},
    "overview_openmeeting": {"id", "house_id", "body_id", "body_name", "number", "year", "starts_at", "ends_at"}
    | {"place", "state", "calendar_uid", "calendar_sequence"},
    "overview_published": {"id", "meeting_id", "house_id", "kind", "audience", "title", "facts", "language"}
    | {"published_at", "body_name", "number", "year", "item_number", "initiative_id"},
    "overview_publishedpart": {"id", "publication_id", "order", "item_id", "label", "level", "closed", "basis"}
    | {"heading", "blocks", "words"},
    "overview_openness": {"house_id", "since", "submitted", "decided"},
    "overview_openinitiative": OUTLINE
    | {"house_id", "owner_id", "participant_ids", "reference", "parts", "need", "drawbacks"}
    | {"recommendations", "decisions", "progress", "built_on"},
    "overview_reusableinitiative": OUTLINE | {"house_name", "phase", "result"},
}


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_every_view_is_a_stated_window(world: World) -> None:
    views = rows(
        "select c.relname, c.reloptions::text, pg_get_userbyid(c.relowner), c.relkind from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm')"
    )
    assert {name for name, *_rest in views} == set(WINDOWS) == set(COLUMNS)
    for name, options, owner, kind in views:
        assert "security_barrier=true" in str(options) and owner != "samrad_app" and kind in ("v", b"v"), name
    assert all(len(window.reason.split()) > 3 for window in WINDOWS.values())


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_window_shows_these_columns_and_no_others(world: World, name: str) -> None:
    found = rows(f"select column_name from information_schema.columns where table_name = '{name}'")
    assert {column for (column,) in found} == COLUMNS[name]


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_nothing_is_written_through_a_window(world: World, name: str) -> None:
    for sql in (f"delete from {name}", f"update {name} set since = since"):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_for([]):
            rows(sql)


def test_the_anonymous_reach_the_window_and_nothing_behind_it(world: World) -> None:
    with acting_for([]):
        assert rows("select count(*) from overview_openinitiative") == [(6,)]
        for table in ("initiatives_initiative", "initiatives_benefit", "cases_decision", "organisation_exemption"):
            assert rows(f"select count(*) from {table}") == [(0,)], table
        assert rows("select count(*) from overview_reusableinitiative") == [(0,)]


def test_nobody_who_acts_for_nobody_reads_what_is_shared_with_others(world: World) -> None:
    with pytest.raises(ProgrammingError, match="nobody acts"), transaction.atomic():
        rows("select count(*) from overview_reusableinitiative")


def test_each_house_sees_what_others_share_and_not_its_own(world: World) -> None:
    entities = world.line.entities
    seen = {}
    for slug in ("annen", "annetsamarbeid", "region", "fjell", "vik"):
        with acting_for({"annen": [entities["annen"].pk], "vik": [entities["vik"].pk]}.get(slug, [entities[slug].pk])):
            seen[slug] = rows("select count(*) from overview_reusableinitiative")[0][0]
    # Vik without the cooperation it is a member of is a stranger like any other.
    assert seen == {"annen": 3, "annetsamarbeid": 3, "region": 0, "fjell": 0, "vik": 3}


def test_a_mandate_opens_known_parts_only(world: World) -> None:
    assert "persons" not in OpenPart.values
    with world.line.seen_by():
        mandate = Mandate.objects.get(body=world.line.council)
        mandate.open_decided = ["title", "persons"]
        with pytest.raises(Exception, match="mandate_opens_known_parts"), transaction.atomic():
            mandate.save()
