"""What the list of initiatives can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from samrad.governance.models import Field
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import LYING, search
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.roles import ROLES

LIES_WITH = (
    "expert_group_lead",
    "sector_head",
    "secretariat_lead",
    "secretariat_member",
    "coordinator",
    "council_chair",
    "chief_executive",
    "records_manager",
    "portfolio_manager",
)
INDEXED = {"municipality": "m", "field": "f", "stage": "s", "phase": "p"}  # what the search narrows to as it looks
SORTS = {"newest": ("-updated_at", "-pk"), "title": ("title_sort", "pk")}


def _choices(by: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The municipalities and the professional fields of the actor's houses, in one query."""
    mine = Q(pk__in=by.entities) | Q(memberships__cooperation_id__in=by.entities)
    towns = Entity.objects.filter(mine, kind=Entity.Kind.MUNICIPALITY).order_by()
    fields = Field.objects.filter(owner_id__in=by.entities).order_by()
    rows = towns.values_list("name", "pk", Value("town")).union(fields.values_list("name", "pk", Value("field")))
    found: dict[str, list[tuple[str, str]]] = {"town": [], "field": []}
    for name, pk, kind in sorted(rows):
        found[kind].append((str(pk), name))
    return found["town"], found["field"]


class ListForm(forms.Form):
    """Search, chips and sort. A choice that does not exist is left out, never an error."""

    def __init__(self, *, by: Actor, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        self.by = by
        self.more_than = 0
        houses, fields = _choices(by)
        roles = [(code, str(ROLES[code])) for code in LIES_WITH] if LYING else []
        self.fields["q"] = forms.CharField(
            label=_("Search in title and reference"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
        self._choice(
            "municipality",
            _("Municipality"),
            houses,
        )
        self._choice("field", _("Professional field"), fields)
        self._choice("stage", _("State"), [(str(v), str(label)) for v, label in Initiative.Stage.choices])
        self._choice("phase", _("Phase"), [(v, str(label)) for v, label in Initiative.Phase.choices])
        if LYING:
            self._choice("with", _("Lies with"), [("me", _("Me")), *roles])
        self._choice("sort", _("Sort by"), [("newest", _("Changed last")), ("title", _("Title"))], empty=False)

    def _choice(self, name: str, label: str, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        everything = [("", _("All"))] if empty else []
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[*everything, *choices])

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def chips(self) -> list[dict[str, str]]:
        """What the list is narrowed to, with the address of the list without it."""
        chosen = self.chosen()
        return [
            {
                "name": name,
                "label": str(self.fields[name].label),
                "value": str(dict(getattr(self.fields[name], "choices", [])).get(value, value)),
            }
            for name, value in chosen.items()
            if name != "sort"
        ]

    def narrowed(self, initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """The initiatives asked for, in the order asked for."""
        chosen = self.chosen()
        if q := chosen.get("q", ""):
            narrowed = [f"{mark}:{chosen[name]}" for name, mark in INDEXED.items() if name in chosen]
            wide = "with" in chosen or chosen.get("sort") == "title"
            found = search(initiatives, q, narrowed=narrowed, wide=wide)
            initiatives, self.more_than = found.initiatives, found.more_than
        if municipality := chosen.get("municipality"):
            initiatives = initiatives.filter(
                Q(owner_id=int(municipality)) | Q(participant_ids__contains=[int(municipality)])
            )
        for name, column in (("field", "field_id"), ("stage", "stage")):
            if name in chosen:
                initiatives = initiatives.filter(**{column: int(chosen[name])})
        if phase := chosen.get("phase"):
            initiatives = initiatives.filter(phase=phase)
        if holder := chosen.get("with"):
            for lying in LYING:
                initiatives = initiatives.filter(pk__in=lying(self.by, holder))
        return initiatives.order_by(*SORTS[chosen.get("sort", "newest")])
