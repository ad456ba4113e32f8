"""Is what the secretariat typed well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Decision, Recommendation
from samrad.cases.policy import outcomes_at
from samrad.core.fields import KronerField
from samrad.secretariat.forms.reviewing import about, kinds_to_choose
from samrad.secretariat.models import Assessment
from samrad.secretariat.policy import CHECKLIST
from samrad.secretariat.queries.reviewing import Assessed


class CheckForm(forms.Form):
    """Completeness: what is missing, and a word about it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    missing = forms.MultipleChoiceField(
        label=_("What is missing?"),
        help_text=_("Tick nothing when the case is complete."),
        choices=list(CHECKLIST.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(label=_("Something else that is missing"), max_length=300, required=False)
    note = forms.CharField(
        label=_("A word to those who wrote the need"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )


class AssessmentForm(forms.Form):
    """An assessment, or why it is not made."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Which assessment?"))
    text = forms.CharField(
        label=_("Assessment"), widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=8000
    )
    not_assessed_reason = forms.CharField(
        label=_("Or: why is it not assessed, or not necessary?"), required=False, max_length=500
    )

    def __init__(self, *args: Any, assessed: Assessed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        own = (str(Assessment.Kind.SECRETARIAT), Assessment.Kind.SECRETARIAT.label)
        kind.choices = [own, *kinds_to_choose(assessed)]
        self.titles = {line.wanted.key: line.wanted.title for line in assessed.lines}

    def values(self) -> dict[str, Any]:
        """What is written, and for which municipality where it is about finance."""
        return {**self.cleaned_data, **about(self.cleaned_data["kind"], self.titles)}


class PaperForm(forms.Form):
    """The proposal that heads the case paper."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    proposed_outcome = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=Recommendation.Outcome.choices,
        error_messages={"required": _("Choose what you propose.")},
    )
    proposed_text = forms.CharField(
        label=_("Proposed recommendation"),
        help_text=_("The words the council can take as they stand."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
        error_messages={"required": _("Write the proposed recommendation.")},
    )
    confirms = forms.BooleanField(label=_("I confirm that the case goes to the council"), required=False)


class DecideForm(forms.Form):
    """What the secretariat decides within its mandate."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(o.value, o.label) for o in outcomes_at(Decision.Level.SECRETARIAT)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    amount_kr = KronerField(
        label=_("Amount, in kroner"),
        help_text=_(
            "All in all. It is shared equally by the municipalities that take part. Write 0 where none is given."
        ),
        required=False,
    )
    text = forms.CharField(
        label=_("The decision in words, and why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=8000,
    )


class LineForm(forms.Form):
    """Sending a case to the line."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """An internal note."""

    note = forms.CharField(
        label=_("Internal note"),
        help_text=_("Only the secretariat sees it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": _("Write the note.")},
    )


class RedirectForm(forms.Form):
    """Sending a case elsewhere: where and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Where does it belong, and why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say where it belongs, and why.")},
    )
