"""Rows that refer to one of many ids, asked for in a way that costs the same whatever their number."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Value


def one_of(reference: str, ids: Iterable[int]) -> Func:
    """For a filter: is what `reference` names one of the ids? They go as one array, where `__in` makes a value of each."""
    many = Value(list(ids), output_field=ArrayField(BigIntegerField()))
    return Func(F(reference), many, template="(%(expressions)s))", arg_joiner=" = any(", output_field=BooleanField())
