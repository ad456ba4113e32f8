"""Thousands of rows in one statement, sent as one document that PostgreSQL unfolds. Row security and triggers hold as ever.

Django sends a value at a time where a model has lists or documents; that is most of the time a large import takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def insert_all(objects: Iterable[M]) -> list[M]:
    """Insert objects of one model that are not saved yet, and give each its id. No signals are sent."""
    rows = list(objects)
    if not rows:
        return rows
    table, key = rows[0]._meta.db_table, rows[0]._meta.pk
    with connection.cursor() as cursor:
        numbers = "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)"
        cursor.execute(numbers, [table, key.column, len(rows)])
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number
        fields = _columns(rows[0])
        names = ", ".join(_name(field) for field in fields)
        unfolded = f"json_to_recordset(%s::json) as r({_shape(fields)})"
        cursor.execute(f"insert into {_quoted(table)} ({names}) select {names} from {unfolded}", [_sent(rows, fields)])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def update_all(objects: Iterable[Model], names: Sequence[str]) -> None:
    """Save these fields of objects of one model. No signals are sent."""
    rows = list(objects)
    if not rows:
        return
    key, table = rows[0]._meta.pk, _quoted(rows[0]._meta.db_table)
    fields = [field for field in _columns(rows[0]) if field.name in names]
    said = ", ".join(f"{_name(field)} = r.{_name(field)}" for field in fields)
    unfolded = f"json_to_recordset(%s::json) as r({_shape([key, *fields])})"
    with connection.cursor() as cursor:
        statement = f"update {table} set {said} from {unfolded} where {table}.{_name(key)} = r.{_name(key)}"
        cursor.execute(statement, [_sent(rows, [key, *fields])])


def _columns(row: Model) -> list[Field[Any, Any]]:
    return [field for field in row._meta.local_concrete_fields if not field.generated]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _name(field: Field[Any, Any]) -> str:
    return _quoted(str(field.column))


def _shape(fields: Sequence[Field[Any, Any]]) -> str:
    return ", ".join(
        f"{_name(field)} {field.rel_db_type(connection) if field.primary_key else field.db_type(connection)}"
        for field in fields
    )


def _sent(rows: Sequence[Model], fields: Sequence[Field[Any, Any]]) -> str:
    named = [(field.column, field.attname) for field in fields]
    said = [{column: getattr(row, attribute) for column, attribute in named} for row in rows]
    return json.dumps(said, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
