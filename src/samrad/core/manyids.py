"""Rows that refer to one of many ids, asked for in a way that costs the same whatever their number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import BooleanField, F, Func, TextField, Value


def one_of(reference: str, ids: Iterable[int]) -> Func:
    """For a filter: is what `reference` names one of the ids? They go as one value, where `__in` makes one of each."""
    many = Value(f"{{{','.join(map(str, ids))}}}", output_field=TextField())
    template = "(%(expressions)s::bigint[]))"
    return Func(F(reference), many, template=template, arg_joiner=" = any(", output_field=BooleanField())
