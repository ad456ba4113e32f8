"""Is what was written in a section of the case paper well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Recommendation
from samrad.secretariat.models import CasePaper
from samrad.secretariat.queries.editing import Desk

MOST = 20_000


class SectionForm(forms.Form):
    """One section: its text, and each line of the record that may be worded anew. Nothing is asked for twice."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, desk: Desk, paper: CasePaper) -> None:
        super().__init__(data, auto_id=f"id_{desk.code}_%s", initial={"version": desk.version})
        self.desk = desk
        if desk.code == "proposal":
            self.fields["outcome"] = forms.ChoiceField(
                label=_("What do you propose?"),
                choices=Recommendation.Outcome.choices,
                initial=paper.proposed_outcome,
                error_messages={"required": _("Choose what you propose.")},
            )
        self.fields["text"] = forms.CharField(
            label=_("Proposed recommendation") if desk.code == "proposal" else _("Text"),
            initial=paper.proposed_text if desk.code == "proposal" else desk.section["text"],
            widget=forms.Textarea(attrs={"rows": _tall(str(desk.section["text"]))}),
            required=False,
            max_length=MOST,
        )
        for key, row in desk.lines:
            self.fields[f"row-{key}"] = forms.CharField(
                label=row["label"],
                initial=row["text"],
                widget=forms.Textarea(attrs={"rows": _tall(row["text"])}),
                required=False,
                max_length=MOST,
            )

    def values(self) -> dict[str, Any]:
        """What is written, by the names the action has."""
        given = self.cleaned_data
        # A line that the page did not have when it was made stands as it is.
        rows = {n.removeprefix("row-"): text for n, text in given.items() if n.startswith("row-") and n in self.data}
        return {
            "version": given["version"],
            "text": given["text"],
            "rows": rows,
            "outcome": given.get("outcome", ""),
        }


def _tall(text: str) -> int:
    """How many lines a box needs to show what stands in it."""
    return min(max(3, len(text) // 75 + text.count("\n") + 1), 18)
