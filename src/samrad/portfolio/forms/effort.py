"""Is ICT effort well-formed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import AmountField, PlainForm, VersionedForm
from samrad.core.sheets.incoming import SheetUploadForm
from samrad.portfolio.effort import KINDS, EffortRow, months_of
from samrad.portfolio.models import Effort

LABELS = {
    "operation": _("Operation"),
    "maintenance": _("Maintenance"),
    "development": _("Development"),
    "decided": _("Of it on decided initiatives"),
    "all_hours": _("Hours in all"),
}
MOST = 1_000_000
SALT = "samrad.portfolio.effort"
MOST_ROWS = 2000  # what was looked over is sent along with the page
A_DAY = 24 * 60 * 60


class EffortForm(VersionedForm):
    """A unit's year: a line for each month. A month that is left empty is not written down."""

    measure = forms.ChoiceField(
        label=_("What do you write?"),
        choices=Effort.Measure.choices,
        widget=forms.RadioSelect,
        help_text=_("Where you write per cent, also write how many hours each month is in all."),
        error_messages={"required": _("Choose hours or per cent.")},
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months_of(year)
        for month in self.months:
            for name, label in LABELS.items():
                limits: dict[str, Any] = {"max_value": MOST, "decimal_places": 1, "max_digits": 8}
                self.fields[f"m{month.month}_{name}"] = AmountField(label=label, required=False, **limits)

    @staticmethod
    def first(rows: list[Effort], version: int) -> dict[str, Any]:
        """What stands there, as the fields show it: in hours, where some months are in hours and others in per cent."""
        measures = {row.measure for row in rows}
        measure = measures.pop() if len(measures) == 1 else Effort.Measure.HOURS
        values: dict[str, Any] = {"version": version, "measure": measure}
        for row in rows:
            in_hours = row.measure == Effort.Measure.PERCENT != measure
            for name in KINDS:
                said = getattr(row, name)
                values[f"m{row.month.month}_{name}"] = round(said * row.all_hours / 100, 1) if in_hours else said
            if measure == Effort.Measure.PERCENT:
                values[f"m{row.month.month}_all_hours"] = row.all_hours
        return values

    def lines(self) -> list[tuple[str, list[Any]]]:
        """The fields of each month, for the page."""
        return [(date_format(month, "F"), [self[f"m{month.month}_{name}"] for name in LABELS]) for month in self.months]

    def rows(self) -> list[EffortRow]:
        """The months where something is written."""
        return [found for month in self.months if (found := self._row(month))]

    def _row(self, month: date) -> EffortRow | None:
        said = {name: self.cleaned_data.get(f"m{month.month}_{name}") for name in LABELS}
        measure, in_all = self.cleaned_data["measure"], said.pop("all_hours")
        if all(value is None for value in said.values()):
            return None
        return EffortRow.of(month, said, measure=measure, all_hours=in_all)


class EffortSheetForm(SheetUploadForm):
    """A spreadsheet of months, to be looked over first."""

    def clean_file(self) -> Any:
        file = super().clean_file()
        if len(self.sheet.records) > MOST_ROWS:
            raise forms.ValidationError(_("Bring in at most 2000 rows at a time."))
        return file


class EffortConfirmForm(PlainForm):
    """What was looked over, to be brought in: signed, so that it is what was shown."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_rows(self) -> list[list[Any]]:
        try:
            found: list[list[Any]] = signing.loads(self.cleaned_data["rows"], salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            raise forms.ValidationError(_("The page is out of date. Choose the file again.")) from None
        return found
