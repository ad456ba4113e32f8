"""What the open portfolio and «From others» can be narrowed to. A choice that does not exist is left out, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samrad.initiatives.models import Initiative

SORTS = {"newest": ("-since", "-pk"), "title": ("title_sort", "pk")}


class WindowForm(forms.Form):
    """Search, field and sort, and for the open portfolio municipality and how far it has come."""

    def __init__(
        self, *, data: Mapping[str, Any], fields: list[str], municipalities: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        self.fields["q"] = forms.CharField(
            label=_("Search in titles"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
        if municipalities is not None:
            self._choice("municipality", _("Municipality"), [(str(pk), name) for pk, name in municipalities.items()])
        self._choice("field", _("Professional field"), [(name, name) for name in fields])
        if municipalities is not None:
            stages = [s for s in Initiative.Stage if s >= Initiative.Stage.SUBMITTED]
            self._choice("stage", _("State"), [(str(s.value), str(s.label)) for s in stages])
        self._choice("sort", _("Sort by"), [("newest", _("Newest")), ("title", _("Title"))], empty=False)

    def _choice(self, name: str, label: str, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        everything = [("", _("All"))] if empty else []
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[*everything, *choices])

    def chosen(self) -> dict[str, str]:
        """What is asked for, as far as it exists."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows asked for, in the order asked for."""
        chosen = self.chosen()
        if q := " ".join(chosen.get("q", "").replace("\x00", "").split()):
            rows = rows.filter(title__icontains=q)
        if municipality := chosen.get("municipality"):
            rows = rows.filter(Q(owner_id=int(municipality)) | Q(participant_ids__contains=[int(municipality)]))
        if field := chosen.get("field"):
            rows = rows.filter(field_name=field)
        if stage := chosen.get("stage"):
            rows = rows.filter(stage=int(stage))
        return rows.order_by(*SORTS[chosen.get("sort", "newest")])
