"""The forms of a prioritisation round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Recommendation
from samrad.core.fields import DayField, PlainForm, VersionedForm
from samrad.governance.models import Body, CycleDate
from samrad.secretariat.models import Round

_YEAR = {
    "required": _("Write the first year, like 2027."),
    "invalid": _("Write the first year, like 2027."),
    "min_value": _("Write the first year, like 2027."),
    "max_value": _("Write the first year, like 2027."),
}


class OpenForm(PlainForm):
    """What the round is for, the years, and the last day to come in for it."""

    body = forms.TypedChoiceField(label=_("Which body?"), coerce=int, error_messages={"required": _("Choose a body.")})
    cycle_date = forms.TypedChoiceField(label=_("From the annual cycle"), coerce=int, empty_value=None, required=False)
    purpose = forms.ChoiceField(
        label=_("What is it for?"),
        choices=Round.Purpose,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the round is for.")},
    )
    first_year = forms.IntegerField(
        label=_("First year"),
        help_text=_("A round for the economic plan is about four years, one for the budget about one."),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=_YEAR,
    )
    deadline = DayField(
        label=_("Last day to be with"),
        help_text=_("What is sent in later, comes in the next round."),
        error_messages={"required": _("Write the last day to be with.")},
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], dates: Sequence[CycleDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, cycle = self.fields["body"], self.fields["cycle_date"]
        assert isinstance(body, forms.ChoiceField) and isinstance(cycle, forms.ChoiceField)
        body.choices = [(one.pk, one.name) for one in bodies]
        cycle.choices = [("", _("None")), *((one.pk, f"{one.title} {one.starts_on:%d.%m.%Y}") for one in dates)]
        self.rows = ({one.pk: one for one in bodies}, {one.pk: one for one in dates})

    def values(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        bodies, dates = self.rows
        said = self.cleaned_data
        return {**said, "body": bodies[said["body"]], "cycle_date": dates.get(said["cycle_date"] or 0)}


class ProposalForm(VersionedForm):
    """What the secretariat proposes for one line of the list."""

    outcome = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=Recommendation.Outcome,
        error_messages={"required": _("Choose what you propose."), "invalid_choice": _("Choose what you propose.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Must be said where it is otherwise than in the case paper."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class CancelForm(VersionedForm):
    """Why a round is cancelled."""

    reason = forms.CharField(
        label=_("Why is the round cancelled?"),
        max_length=500,
        error_messages={"required": _("Say why the round is cancelled.")},
    )
