"""Is a project's money well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import KronerField, VersionedForm
from samrad.core.sheets.incoming import SheetUploadForm
from samrad.portfolio.actions import MoneyRow
from samrad.portfolio.models import MoneyLine

EXTRA = 3
AMOUNTS = (
    ("budget_kr", _("Budget"), 0),
    ("actual_kr", _("Actual"), None),
    ("forecast_kr", _("Forecast"), None),
)


class MoneyForm(VersionedForm):
    """A line for each year, kind and source, and some to add more in. A line without a year is left out."""

    def __init__(self, *args: Any, lines: list[MoneyLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(lines) + EXTRA
        for number in range(self.count):
            self._line(number, lines[number] if number < len(lines) else None)

    def _line(self, number: int, line: MoneyLine | None) -> None:
        own: dict[str, forms.Field] = {
            "year": forms.IntegerField(
                label=_("Year"),
                required=False,
                min_value=2000,
                max_value=2100,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a year, like 2027.")),
            ),
            "kind": forms.ChoiceField(label=_("Kind"), choices=MoneyLine.Kind.choices, required=False),
            "source": forms.ChoiceField(label=_("Who pays"), choices=MoneyLine.Source.choices, required=False),
        }
        whole = _("Write whole kroner, like 250 000.")
        for name, label, least in AMOUNTS:
            errors = {"max_decimal_places": whole, "min_value": _("The budget cannot be below 0.")}
            own[name] = KronerField(
                label=label, required=False, decimal_places=0, min_value=least, error_messages=errors
            )
        for name, field in own.items():
            field.initial = getattr(line, name) if line else None
            self.fields[f"r{number}_{name}"] = field

    def lines(self) -> list[list[Any]]:
        """The fields of each line, for the page."""
        names = ("year", "kind", "source", *(name for name, _label, _least in AMOUNTS))
        return [[self[f"r{number}_{name}"] for name in names] for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(self.count):
            filled = any(data.get(f"r{number}_{name}") is not None for name, _label, _least in AMOUNTS)
            if filled and data.get(f"r{number}_year") is None and f"r{number}_year" not in self.errors:
                self.add_error(f"r{number}_year", _("Write the year of the amounts."))
        return data

    def rows(self) -> list[MoneyRow]:
        """The lines that have a year."""
        data = self.cleaned_data
        return [
            MoneyRow(
                year=data[f"r{n}_year"],
                kind=data[f"r{n}_kind"] or MoneyLine.Kind.RUNNING,
                source=data[f"r{n}_source"] or MoneyLine.Source.OWN,
                **{name: data[f"r{n}_{name}"] for name, _label, _least in AMOUNTS},
            )
            for n in range(self.count)
            if data[f"r{n}_year"] is not None
        ]

    @property
    def numbers(self) -> dict[int, int]:
        """Which line of the page each kept row is, so that a refusal stands where it belongs."""
        kept = [n for n in range(self.count) if self.cleaned_data[f"r{n}_year"] is not None]
        return dict(enumerate(kept))


class AccountsForm(SheetUploadForm, VersionedForm):
    """The accounts' spreadsheet of what is paid."""

    prefix = "a"
