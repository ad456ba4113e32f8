"""Is what was typed about levels, shared costs, assignments and turns well-formed?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.forms.deciding import DATES, NO_AMOUNT
from samrad.cases.models import Decision
from samrad.core.fields import KronerField
from samrad.governance.models import CostKey
from samrad.organisation.models import Entity

Choices = Sequence[tuple[int, str]]
WHOLE = _("Write a whole number.")


def _choose(choices: Choices, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(choices=[("", _("Choose")), *choices], coerce=int, empty_value=None, **kwargs)


class SendOnForm(forms.Form):
    """Who in the municipality decides instead."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    organ = forms.ChoiceField(
        label=_("Who is to decide?"),
        choices=Decision.Organ.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is to decide.")},
    )


class CostPlanForm(forms.Form):
    """How a common cost is shared, who is host, and when it may start."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.ChoiceField(
        label=_("How is the cost shared?"),
        choices=CostKey.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the cost is shared.")},
    )
    equal_percent = forms.IntegerField(
        label=_("Per cent shared equally"),
        help_text=_("Only where part is shared equally and the rest by inhabitants."),
        required=False,
        error_messages={"invalid": WHOLE},
    )
    start_count = forms.IntegerField(
        label=_("It starts when so many municipalities have approved"),
        help_text=_("Leave it empty where the number does not matter."),
        required=False,
        error_messages={"invalid": WHOLE},
    )
    start_kr = KronerField(
        label=_("Or when so many kroner are approved"),
        help_text=_("For example 350 000. One of the two is enough."),
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_digits", "max_whole_digits"), NO_AMOUNT),
    )

    def __init__(self, *args: Any, places: Sequence[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            self.fields[f"use_{place.pk}"] = forms.IntegerField(
                label=_("Use in %(place)s") % {"place": place.name},
                required=False,
                min_value=0,
                max_value=100_000_000,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
            )
        named = [(place.pk, place.name) for place in places]
        self.fields["host"] = _choose(named, label=_("Host municipality"), required=False)

    def uses(self) -> list[forms.BoundField]:
        """The fields for how much each municipality uses."""
        return [self[f"use_{place.pk}"] for place in self.places]


class AssignmentForm(forms.Form):
    """An assignment: what, whose, by when."""

    text = forms.CharField(
        label=_("What do you ask for?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )
    due = forms.DateField(
        label=_("Deadline"),
        help_text=_("For example 31.12.2026."),
        input_formats=DATES,
        required=False,
        error_messages={"invalid": _("Write the date as 31.12.2026.")},
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = _choose(people, label=_("Who gets the assignment?"), required=False)


class AnswerForm(forms.Form):
    """The answer to an assignment."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("What you have done, or why it cannot be done."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=8000,
    )


class TurnForm(forms.Form):
    """Stopping, pausing, taking up, merging or opening anew: why, and with what it is merged."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Those it concerns will read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, others: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others is not None:
            self.fields["into"] = _choose(others, label=_("Which initiative goes on with it?"), required=False)
