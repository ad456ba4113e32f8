"""Is what is written about a benefit well-formed? What is missing is the policy's to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.benefits.actions import PlanLine
from samrad.core.fields import AmountField, DayField, VersionedForm, choose_from
from samrad.organisation.models import Person


def _short(label: Any, most: int, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        help_text=help_text,
        error_messages={"max_length": _("Write at most %(limit_value)s characters.")},
    )


class LineForm(VersionedForm):
    """How one benefit is to be realised. Nothing is required of a draft."""

    benefit_owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Benefit owner"),
        required=False,
        help_text=_("The leader in the line who takes the benefit out."),
        error_messages={"invalid_choice": _("Choose a person from the list.")},
    )
    indicator = _short(_("Indicator"), 200, _("What you measure, like «time spent on driving a shift»."))
    unit = _short(_("Unit"), 40, _("What it is counted in, like hours or per cent."))
    baseline_value = AmountField(
        label=_("Baseline"),
        required=False,
        min_value=None,
        help_text=_("How it is today. Empty until you have measured."),
    )
    baseline_how = forms.CharField(
        label=_("How is the baseline measured?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who measures, where the figures come from, and over how long."),
        error_messages={"max_length": _("Write at most 2000 characters.")},
    )
    baseline_date = DayField(label=_("When is the baseline measured?"), required=False)
    target_value = AmountField(label=_("Target"), required=False, min_value=None, help_text=_("In the same unit."))
    target_date = DayField(label=_("When is the target to be reached?"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "benefit_owner",
            people,
            empty=_("Choose a person"),
            label=lambda p: f"{p.name} – {p.title or p.email}",
        )

    def line(self) -> PlanLine:
        """What is typed."""
        data = self.cleaned_data
        owner = data["benefit_owner"]
        rest = {name: data[name] for name in PlanLine.__dataclass_fields__ if name != "benefit_owner_id"}
        return PlanLine(benefit_owner_id=owner.pk if owner else None, **rest)
