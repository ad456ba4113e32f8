"""The house rules that no linter sees. tests/test_architecture_proved.py shows that each check can fail."""

from collections.abc import Callable, Sequence
from configparser import ConfigParser

import pytest
from django.urls import get_resolver

from samrad.config.settings import ROOMS
from samrad.core.rowsecurity import APPEND_ONLY, EXCEPTIONS, WINDOWS
from tests.architecture import code, pages, tables
from tests.architecture.house import ROOT, Source, python_sources, room_folders, template_sources

Check = Callable[[Source], list[str]]
PYTHON, TEMPLATES = python_sources(), template_sources()


def none(faults: list[str]) -> None:
    """Fail with one fault a line."""
    assert not faults, "\n".join(faults)


def none_in(sources: Sequence[Source], check: Check) -> None:
    """Fail with every fault that the check finds in any of them, and where."""
    assert len(sources) > 10
    none([f"{source.name}: {fault}" for source in sources for fault in check(source)])


def test_every_room_is_placed() -> None:
    assert room_folders() == set(ROOMS)


def test_the_linter_knows_every_room_in_order() -> None:
    config = ConfigParser()
    config.read(ROOT / ".importlinter")
    assert config["importlinter:contract:rooms"]["layers"].split() == ["config", *ROOMS]


def test_today_is_the_day_in_norway() -> None:
    none_in(PYTHON, code.day_faults)


def test_rooms_are_entered_by_the_front_door() -> None:
    none_in(PYTHON, code.front_door_faults)


def test_a_verb_is_keyword_only_says_by_whom_and_leaves_a_trace() -> None:
    none_in([s for s in PYTHON if s.role == "actions"], code.action_faults)


def test_no_request_below_the_views() -> None:
    none_in(PYTHON, code.request_faults)


def test_rows_are_written_in_actions_only() -> None:
    none_in(PYTHON, code.write_faults)


def test_time_comes_in_by_the_door() -> None:
    none_in(PYTHON, code.clock_faults)


def test_files_and_functions_are_small_enough_to_see() -> None:
    none_in(PYTHON, code.size_faults)


def test_names_say_what_is_there() -> None:
    none_in(PYTHON, code.name_faults)


def test_a_silenced_rule_has_its_reason_beside_it() -> None:
    none_in(PYTHON, code.silence_faults)


def test_an_ignored_lint_rule_has_its_reason_beside_it() -> None:
    none(code.pyproject_faults((ROOT / "pyproject.toml").read_text()))


def test_code_names_no_later_rooms_template() -> None:
    none_in(PYTHON, code.template_name_faults)


def test_templates_borrow_from_earlier_rooms_only() -> None:
    none_in(TEMPLATES, pages.borrow_faults)


def test_templates_lie_in_their_rooms_folder() -> None:
    none_in(TEMPLATES, pages.place_faults)


def test_templates_hold_no_inline_style_or_script() -> None:
    none_in(TEMPLATES, pages.inline_faults)


def test_templates_are_small_enough_to_see() -> None:
    none_in(TEMPLATES, pages.template_size_faults)


def test_an_address_says_where_its_code_lives() -> None:
    found = [
        fault
        for address, space, module in pages.urls(get_resolver().url_patterns)
        if address  # the front page only leads on
        for fault in pages.url_faults(address, space, module)
    ]
    none(found)


def test_foreign_keys_point_to_earlier_rooms() -> None:
    none(list(tables.relation_faults(tables.room_models())))


def test_migrations_wait_for_earlier_rooms_only() -> None:
    none(list(tables.migration_faults()))


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_table_is_owned_or_a_stated_exception() -> None:
    none(tables.unplaced_tables(tables.every_table(), tables.owned_tables(), set(EXCEPTIONS) | set(WINDOWS)))


def test_every_exception_has_a_reason() -> None:
    none(tables.stale_exceptions())


@pytest.mark.django_db(databases=["default", "owner"])
def test_postgresql_guards_every_owned_table() -> None:
    assert len(tables.owned_tables()) > 5
    none(tables.unsecured_tables(tables.owned_tables()))


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_log_refuses_change_even_from_the_owner() -> None:
    assert set(APPEND_ONLY) == {
        "council_minutescorrection",
        "eventlog_event",
        "secretariat_paperversion",
        "systems_systemversion",
    }  # the others: in their rooms' tests
    tables.plant_event()
    none(tables.change_faults("eventlog_event"))
