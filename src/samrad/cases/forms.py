"""Is what was typed about a decision well-formed?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Decision

MOST = Decimal("999999999999.99")


class KronerField(forms.Field):
    """Kroner as people write them: 1 234 567, 1234567,50, 350 000 kr."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        bare = typed.lower().replace("kr", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
        try:
            amount = Decimal(bare[:40])
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0 or amount > MOST:
            raise forms.ValidationError(_("Write the amount in kroner with digits, for example 350 000."))
        return amount.quantize(Decimal("0.01"))


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
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("One condition on each line. Only when you approve with conditions."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    conditions_due = forms.DateField(
        label=_("The conditions must be met by"),
        help_text=_("For example 31.12.2026."),
        input_formats=["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"],
        required=False,
        error_messages={"invalid": _("Write the date as 31.12.2026.")},
    )
    amount_kr = KronerField(
        label=_("Amount for your municipality, in kroner"),
        help_text=_("For example 350 000. Leave it empty if no money is given."),
        required=False,
    )
    authority = forms.CharField(
        label=_("By which authority?"),
        help_text=_("For example the delegation rules, point 4.2."),
        required=False,
        max_length=200,
    )


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
