"""Is an upload of rows for a portfolio well-formed, and what are its columns?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.sheets.incoming import ColumnsForm, SheetUploadForm
from samrad.portfolio.models import RowImport
from samrad.portfolio.sheets.kinds import Kind
from samrad.portfolio.sheets.kommit import read_kommit
from samrad.portfolio.words import ROW_FIELDS


class RowUploadForm(SheetUploadForm):
    """A spreadsheet of rows, and what the rows are."""

    kind = forms.ChoiceField(
        label=_("What is in it?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what is in it.")),
    )
    field_order = ("kind", "file")

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(RowImport.Kind.choices)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(kind, labels[kind]) for kind in kinds]

    def look_at(self) -> None:
        """KommIT's workbook is read whole; of others the first sheet."""
        if self.cleaned_data.get("kind") == RowImport.Kind.KOMMIT:
            read_kommit(self.content)
        else:
            super().look_at()


class RowColumnsForm(ColumnsForm):
    """What each column is, and that the rows can be told apart."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        targets = [(column.code, ROW_FIELDS[kind.code][column.code]) for column in kind.columns]
        super().__init__(*args, targets=targets, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        taken = {data.get(f"c{number}") for number in range(len(self.guesses))}
        lacking = [ROW_FIELDS[self.kind.code][code] for code in self.kind.needed if code not in taken]
        if lacking and not self.errors:
            words = _("Say which column is «%(name)s». Without it no row can be told from another.")
            self.add_error("c0", words % {"name": lacking[0]})
        return data


class RowsForm(forms.Form):
    """Bring in the rows that were looked over."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    all_or_nothing = forms.BooleanField(
        label=_("Bring in nothing if a row is refused"), required=False, help_text=_("Otherwise the good rows come in.")
    )
