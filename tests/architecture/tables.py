"""Checks of models, migrations and what PostgreSQL itself says of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

from samrad.core.rowsecurity import EXCEPTIONS, owned_models
from samrad.eventlog.models import Event
from samrad.organisation.models import Entity
from tests.architecture.house import ROOMS, level

# Django's and the queue's own apps may be pointed at by any room.
# Every Owned row points at its Entity, so the rooms below organisation do too.
FOUNDATION = "organisation"


def downward_fault(room: str, other: str, what: str) -> str:
    """What is wrong when `room` depends on `other` by `what`, or nothing."""
    if room not in ROOMS or other not in ROOMS or other == FOUNDATION or level(other) <= level(room):
        return ""
    return f"{what}: {room} comes before {other} and cannot know it"


def relation_faults(found: list[type[models.Model]]) -> Iterator[str]:
    """Foreign keys that point upwards, written as classes or as strings."""
    for model in found:
        for field in model._meta.get_fields(include_hidden=True):
            target: Any = field.related_model
            if field.auto_created or not field.is_relation or not hasattr(target, "_meta"):
                continue
            what = f"{model._meta.label}.{field.name}"
            if fault := downward_fault(model._meta.app_label, target._meta.app_label, what):
                yield fault


def migration_faults() -> Iterator[str]:
    """Migrations that wait for a later room's."""
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        for other, _ in [*migration.dependencies, *migration.run_before]:
            if fault := downward_fault(room, other, f"{room}.{name}"):
                yield fault


def unplaced_tables(tables: set[str], owned: set[str], exceptions: set[str]) -> list[str]:
    """Tables that are neither owned nor a stated exception."""
    return sorted(tables - owned - exceptions)


def every_table() -> set[str]:
    """What stands in the database and can hold or show rows: also views, which look past row security, anywhere."""
    connection = connections["owner"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p', 'v', 'm', 'f')"
            " and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"
        )
        return {row[0] for row in cursor.fetchall()}


def owned_tables() -> set[str]:
    """The tables of user data."""
    return {model._meta.db_table for model in owned_models()}


def unsecured_tables(tables: set[str]) -> list[str]:
    """Which of these PostgreSQL itself does not hold: row security on, forced, and just our two policies, each for one.

    Policies add up: a third, however narrow it looks, opens what the first closes.
    """
    connection = connections["owner"]
    guarded = "coalesce({0} like '%%samrad_entities%%', false)"
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " join pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname"
            " where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity"
            " group by c.relname having count(*) = 2"
            " and bool_or(p.policyname = 'samrad_app' and p.roles = array[%s]::name[]"
            f" and {guarded.format('p.qual')} and {guarded.format('p.with_check')})"
            " and bool_or(p.policyname = 'samrad_owner' and p.roles = array[%s]::name[])",
            [settings.APPLICATION_ROLE, connection.settings_dict["USER"]],
        )
        held = {row[0] for row in cursor.fetchall()}
    return sorted(tables - held)


def stale_exceptions() -> list[str]:
    """Exceptions without a reason, or for a table that is owned after all."""
    owned = owned_tables()
    return [name for name, reason in EXCEPTIONS.items() if len(reason.split()) < 2 or name in owned]


def room_models() -> list[type[models.Model]]:
    """Every model of every room, and the tables between them."""
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in ROOMS]


def plant_event() -> None:
    """One row of the log, as the owner of the tables writes it; on an empty table no row trigger speaks."""
    owner = Entity.objects.using("owner").create(slug="planted", name="Planted", kind="municipality")
    at = datetime(2026, 11, 23, tzinfo=UTC)
    Event.objects.using("owner").create(owner=owner, at=at, kind="planted.Planted")


def change_faults(table: str) -> list[str]:
    """Whether even the owner of the tables can change or remove a row of `table`."""
    faults = []
    for statement in (f'update "{table}" set id = id', f'delete from "{table}"'):
        try:
            with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
                cursor.execute(statement)
                faults.append(f"{statement} went through for {cursor.rowcount} rows")
        except DatabaseError as error:
            if "append-only" not in str(error):
                faults.append(f"{statement}: {error}")
    return faults
