"""The form of the criteria that initiatives are scored by: a row for each, and a few empty ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, VersionedForm
from samrad.governance.criteria import AXES, Criterion
from samrad.governance.forms.rules import FIRST_DAY, _link

ROWS = 10
PARTS = ("name", "axis", "weight", "low", "middle", "high")


def _row() -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(label=_("Criterion"), max_length=120, required=False),
        "axis": forms.ChoiceField(label=_("Axis"), choices=list(AXES.items()), required=False),
        "weight": forms.IntegerField(
            label=_("Weight, in per cent"),
            min_value=1,
            max_value=100,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": _("Write a whole number."),
                "min_value": _("Write a whole number."),
                "max_value": _("All the weights are 100 together."),
            },
        ),
        "low": forms.CharField(label=_("1 means"), max_length=200, required=False),
        "middle": forms.CharField(label=_("3 means"), max_length=200, required=False),
        "high": forms.CharField(label=_("5 means"), max_length=200, required=False),
    }


class CriteriaForm(VersionedForm):
    """A version of the criteria. A row without a name counts for nothing."""

    valid_from = DayField(label=_("In force from"), error_messages=FIRST_DAY)
    adopted_by = forms.CharField(
        label=_("Adopted by"), max_length=120, error_messages={"required": _("Write where it is decided.")}
    )
    source = _link(label=_("Link to the decision"))

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        start = kwargs.pop("initial", {})
        for number, one in enumerate(criteria):
            start |= {f"{part}_{number}": getattr(one, part) for part in PARTS}
        super().__init__(*args, initial=start, **kwargs)
        self.codes = [one.code for one in criteria]
        for number in range(ROWS):
            self.fields |= {f"{part}_{number}": field for part, field in _row().items()}

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each criterion."""
        for number in range(ROWS):
            yield [self[f"{part}_{number}"] for part in PARTS]

    def rest(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[name] for name in ("valid_from", "adopted_by", "source")]

    def criteria(self) -> list[Criterion]:
        """The criteria as they are written; one keeps its code as long as it stays in its row."""
        found: list[Criterion] = []
        for number in range(ROWS):
            data: dict[str, Any] = {part: self.cleaned_data.get(f"{part}_{number}") or "" for part in PARTS}
            if data["name"]:
                known = self.codes[number] if number < len(self.codes) else ""
                code = known or f"{slugify(data['name'])[:30]}-{number}"
                found.append(Criterion(code=code, **{**data, "weight": data["weight"] or 0}))
        return found
