"""Is what was typed about a decision well-formed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Decision
from samrad.cases.policy import outcomes_at
from samrad.core.fields import KronerField

DATES = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]
NO_AMOUNT = _("Write the amount in kroner with digits, for example 350 000.")


class DecisionForm(forms.Form):
    """A decision: what, why, how much, and on which conditions."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    text = forms.CharField(
        label=_("The decision in words, and why"),
        help_text=_("Must be filled in when you reject, defer or send back. Those who reported the need will read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=8000,
    )
    amount_kr = KronerField(
        label=_("Amount for your municipality, in kroner"),
        help_text=_("For example 350 000. Leave it empty if no money is given."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_digits", "max_whole_digits"), NO_AMOUNT),
        required=False,
    )
    authority = forms.CharField(
        label=_("By which authority?"),
        help_text=_("For example the delegation rules, point 4.2."),
        required=False,
        max_length=200,
    )

    case_number = forms.CharField(
        label=_("The political body's case number"),
        help_text=_("For example PS 41/26."),
        required=False,
        max_length=60,
    )
    decided_date = forms.DateField(
        label=_("The day it was decided"),
        help_text=_("For example 31.12.2026."),
        input_formats=DATES,
        required=False,
        error_messages={"invalid": _("Write the date as 31.12.2026.")},
    )

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], decision: Decision, rows: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(o.value, o.label) for o in outcomes_at(decision.level)]
        if decision.is_political:
            outcome.label = _("What did the political body decide?")
            self.fields["text"].label = _("The decision as it stands in the minutes")
            self.fields["text"].help_text = _("Those who reported the need will read it.")
        else:
            del self.fields["case_number"], self.fields["decided_date"]
        for number in range(1, rows + 1):
            name = f"condition_{number}"
            self.fields[f"{name}_text"] = forms.CharField(
                label=_("Condition %(number)s") % {"number": number},
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                max_length=2000,
            )
            self.fields[f"{name}_responsible"] = forms.TypedChoiceField(
                label=_("Responsible for condition %(number)s") % {"number": number},
                choices=[("", _("Choose")), *people],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"{name}_due"] = forms.DateField(
                label=_("Condition %(number)s must be met by") % {"number": number},
                help_text=_("For example 31.12.2026."),
                input_formats=DATES,
                required=False,
                error_messages={"invalid": _("Write the date as 31.12.2026.")},
            )

    def condition_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Each condition with its fields, as the page shows them."""
        parts = ("text", "responsible", "due")
        return [(n, [self[f"condition_{n}_{part}"] for part in parts]) for n in range(1, self.rows + 1)]

    def conditions(self) -> list[tuple[str, int | None, date | None]]:
        """What was typed of each condition, empty ones too: their place says which field is wrong."""
        said = self.cleaned_data
        return [
            (said[f"condition_{n}_text"], said[f"condition_{n}_responsible"], said[f"condition_{n}_due"])
            for n in range(1, self.rows + 1)
        ]


class WithdrawForm(forms.Form):
    """Withdrawing: why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("Those who have been asked, and the secretariat, will read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("Say why you withdraw it.")},
    )
