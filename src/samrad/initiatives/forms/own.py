"""The form of what the house has added to the minimum requirements itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from samrad.core.fields import VersionedForm
from samrad.governance.models import Requirement
from samrad.initiatives.content import MAX_TEXT


class OwnForm(VersionedForm):
    """A field for each question: a text, or a box that confirms. What is left empty is saved, and asked for later."""

    def __init__(self, *args: Any, asked: Sequence[Requirement], answers: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={one.code: answers.get(one.code, "") for one in asked}, **kwargs)
        self.asked = asked
        for one in asked:
            about: dict[str, Any] = {"label": one.question, "help_text": one.help, "required": False}
            self.fields[one.code] = (
                forms.BooleanField(**about)
                if one.answer == Requirement.Answer.CONFIRM
                else forms.CharField(max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}), **about)
            )

    def values(self) -> dict[str, Any]:
        """What was answered, by the code of the question; a confirmation is «yes» or nothing."""
        data = self.cleaned_data
        return {
            one.code: ("yes" if data[one.code] else "") if one.answer == Requirement.Answer.CONFIRM else data[one.code]
            for one in self.asked
        }
