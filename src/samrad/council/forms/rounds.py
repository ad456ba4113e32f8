"""The form by which the body's treatment of a prioritisation round is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Recommendation
from samrad.core.fields import VersionedForm
from samrad.council.policy.rounds import Found
from samrad.secretariat.queries.rounds import Line

_PLACE = _("Write a place as a number, or leave it empty.")


class DeferForm(VersionedForm):
    """Why the body puts off the whole list."""

    reason = forms.CharField(
        label=_("Why is the list put off?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=8000,
        error_messages={"required": _("Say why the list is put off. Everyone can read it.")},
    )


class RoundForm(VersionedForm):
    """An outcome for each line of the list, its place where the body puts it elsewhere, and why."""

    discussion = forms.CharField(
        label=_("Treatment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=8000,
        required=False,
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        drafts = kwargs.pop("drafts", {})
        start = {name: value for line in lines for name, value in _start(line, drafts).items()}
        super().__init__(*args, initial={**start, **kwargs.pop("initial", {})}, **kwargs)
        self.lines = lines
        for line in lines:
            key = line.row.pk
            self.fields[f"outcome_{key}"] = forms.ChoiceField(
                label=_("Outcome"),
                choices=Recommendation.Outcome,
                error_messages={"required": _("Choose what the body finds.")},
            )
            self.fields[f"place_{key}"] = forms.IntegerField(
                label=_("Another place"),
                min_value=1,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "3"}),
                error_messages={"invalid": _PLACE, "min_value": _PLACE},
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Why otherwise than proposed or counted?"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=2000,
                required=False,
            )

    def rows(self) -> Iterator[tuple[Line, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each line with its three fields."""
        for line in self.lines:
            key = line.row.pk
            yield line, self[f"outcome_{key}"], self[f"place_{key}"], self[f"reason_{key}"]

    def as_typed(self) -> dict[int, dict[str, str]]:
        """What stands in the form, whole or not, row by row."""
        names = ("outcome", "place", "reason")
        keys = [line.row.pk for line in self.lines]
        return {key: {name: str(self.data.get(f"{name}_{key}", "")).strip() for name in names} for key in keys}

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        said = self.cleaned_data
        keys = [line.row.pk for line in self.lines]
        return {
            "version": said["version"],
            "discussion": said["discussion"],
            "found": {key: Found(said[f"outcome_{key}"], said[f"place_{key}"], said[f"reason_{key}"]) for key in keys},
        }


def _start(line: Line, drafts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    row, key = line.row, line.row.pk
    if drafted := drafts.get(str(key)):
        return {f"{name}_{key}": text for name, text in drafted.items()}
    return {
        f"outcome_{key}": row.found_outcome or row.outcome,
        f"place_{key}": row.found_place,
        f"reason_{key}": row.found_reason,
    }
