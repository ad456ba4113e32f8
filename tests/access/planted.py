"""Rows made for any model straight in SQL, and views that forgot to ask who looks."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from samrad.config.urls import urlpatterns as product
from samrad.core.models import Owned
from samrad.core.rowsecurity import APPEND_ONLY, owned_models

# What a table's own checks ask for besides, unless one of these columns is given already.
ALSO: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "benefits.PlannedBenefit": ({"state": "draft"}, ()),
    "cases.Turn": ({"kind": "stopped", "reason": "Nei."}, ()),
    "cases.Task": ({"role": "sector_head"}, ()),
    "governance.Coordinator": ({"reserved_percent": 20}, ()),
    "governance.Mandate": ({"quorum_share_percent": 50, "state": "adopted", "urgent_days": 0}, ()),
    "governance.Requirement": ({"answer": "check"}, ()),
    "initiatives.Following": ({"idea_id": -1}, ("idea_id", "initiative_id")),
    "initiatives.GoalLink": ({"goal_id": -1}, ("goal_id", "point_id")),
    "initiatives.SystemLink": ({"new_name": "Nytt"}, ("system_id",)),
    "secretariat.RoundRow": ({"outcome": "recommended"}, ()),
    "portfolio.Effort": (
        {"measure": "hours", "month": "2026-01-01", "operation": 1, "maintenance": 1, "development": 1}
        | {"decided": 0, "all_hours": 3},
        (),
    ),
    "portfolio.Capacity": ({"leave_days": 0}, ()),
    "portfolio.ResourceRequest": ({"given_days": 0}, ()),
    "portfolio.ChangeRequest": ({"frame_kr": 1}, ()),
    "portfolio.GateReview": ({"state": "open"}, ()),
    "portfolio.Measure": ({"state": "proposed"}, ()),
    "portfolio.MoneyLine": ({"year": 2026}, ()),
    "portfolio.Ranking": ({"state": "draft"}, ()),
    "portfolio.Risk": (dict.fromkeys(("likelihood", "impact", "likelihood_after", "impact_after"), 1), ()),
    "portfolio.Tolerance": ({"risk_amber": 8, "risk_red": 15}, ()),
    "secretariat.RouteChoice": ({"reason": "Derfor."}, ()),
    "strategy.ElectedInput": ({"said_by_name": "Utvalget"}, ()),
}
_numbers = itertools.count(1)


def _filling(field: Any) -> Any:
    """Something a column that must have a value takes; never the same twice where it could be unique."""
    number = next(_numbers)
    if isinstance(field, models.ForeignKey):
        return -number  # checked at the end of a transaction, which these rows never reach
    if isinstance(field, ArrayField):
        return "{}"
    if isinstance(field, models.JSONField):
        return "{}"
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.now().date()
    if isinstance(field, models.TimeField):
        return timezone.now().time()
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return number
    if isinstance(field, models.BinaryField):
        return b""
    return "" if field.blank or field.choices else str(number)[-(field.max_length or 20) :]


def plant(model: type[models.Model], **columns: Any) -> int:
    """A row with these columns, and whatever else the table asks for; its id."""
    also, instead = ALSO.get(model._meta.label, ({}, ()))
    if not set(instead) & set(columns):
        columns |= also
    if "escalates_id" in columns:
        columns["kind"] = "escalation"
    if model._meta.label == "council.Publication" and "item_id" in columns:
        columns["kind"] = "paper"
    for column in model._meta.concrete_fields:
        if not column.primary_key and not column.null and column.column not in columns:
            columns[column.column] = _filling(column)
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{model._meta.db_table}" ({names}) values ({places}) returning "{model._meta.pk.column}"',
            list(columns.values()),
        )
        made: int = cursor.fetchone()[0]
    return made


def links() -> Iterator[tuple[type[Owned], str, type[Owned]]]:
    """Every foreign key from one owned table to another: model, column, what it points at."""
    for model in owned_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(field, models.ForeignKey) and isinstance(target, type) and issubclass(target, Owned):
                yield model, field.column, target


def forgetful(request: HttpRequest) -> HttpResponse:
    """A page that shows every row of every table, as one does who forgets to ask who looks."""
    shown = [f"{m._meta.label}:{row.pk}:{row.owner_id}" for m in owned_models() for row in m._default_manager.all()]
    return HttpResponse("\n".join(shown), content_type="text/plain")


def tampering(request: HttpRequest) -> HttpResponse:
    """A page that changes and removes every row of every table it can lay its hands on."""
    touched = 0
    for model in owned_models():
        if model._meta.db_table not in APPEND_ONLY:
            touched += model._default_manager.update(shared_with_id=None)
    return HttpResponse(str(touched), content_type="text/plain")


urlpatterns = [*product, path("forgetful/", forgetful), path("tampering/", tampering)]


def every_name_of(name: str) -> Iterator[tuple[Any, str, Any]]:
    """(module, name there, function) wherever a function called `name` of the product is kept or borrowed."""
    for module in [m for key, m in sys.modules.items() if key.startswith("samrad.")]:
        for attribute, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__name__", "") == name and value.__module__.startswith("samrad."):
                yield module, attribute, value
