"""A new database has what the models say, though its steps build only the models they change."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def test_every_model_has_its_columns_and_what_must_be_said_must_be_said() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, a.attname, not a.attnotnull from pg_attribute a join pg_class c on c.oid = a.attrelid"
            " where c.relnamespace = 'public'::regnamespace and a.attnum > 0"
        )
        stands = {(table, column): nullable for table, column, nullable in cursor.fetchall()}
    said = {
        (model._meta.db_table, field.column): field.null
        for model in apps.get_models()
        if model._meta.managed
        for field in model._meta.local_concrete_fields
    }
    assert {place: stands.get(place) for place in said} == said


def test_every_rule_of_the_models_stands_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select conname from pg_constraint union select indexname from pg_indexes")
        stands = {name for (name,) in cursor.fetchall()}
    named = {
        rule.name
        for model in apps.get_models()
        for rule in (*model._meta.constraints, *model._meta.indexes)
        if rule.name
    }
    assert named - stands == set()
