"""Is a change, a decision of it, a tolerance or a risk well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, KronerField, VersionedForm, choose_from
from samrad.organisation.models import Person
from samrad.portfolio.actions import RiskRow
from samrad.portfolio.lights import Limits
from samrad.portfolio.models import Risk

LONG = {"max_length": _("Write at most 2000 characters.")}


def _long(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**LONG, **more.pop("errors", {})},
        **more,
    )


class ChangeForm(VersionedForm):
    """What is asked to be changed, and why. What is left empty stays as it is."""

    frame_kr = KronerField(label=_("New frame"), required=False, decimal_places=0)
    contingency_kr = KronerField(label=_("Of it contingency"), required=False, decimal_places=0)
    start_date = DayField(label=_("New start"), required=False)
    end_date = DayField(label=_("New end"), required=False)
    reason = _long(_("Why"), required=True, errors={"required": _("Say why. Those who decide will read it.")})


class ChangeDecisionForm(VersionedForm):
    """Whether the change is approved, and why."""

    approved = forms.ChoiceField(
        label=_("What do you decide here?"),
        choices=[("yes", _("Approve the change")), ("no", _("Reject the change"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide here.")},
    )
    text = _long(_("Why"), required=True, errors={"required": _("Say why. Those who asked will read it.")})


UP_TO = {
    25: _("Write a whole number from 1 to 25."),
    36: _("Write a whole number from 1 to 36."),
    100: _("Write a whole number from 1 to 100."),
}


def _whole(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    words = UP_TO[most]
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


class ToleranceForm(VersionedForm):
    """When a light turns red. Yellow is everything above the plan."""

    cost_red_percent = _whole(_("Cost is red above, per cent"), 100)
    time_red_months = _whole(_("Time is red above, months"), 36)
    risk_red = _whole(_("A risk is red from, of 25"), 25)
    risk_amber = _whole(_("A risk is yellow from, of 25"), 25)
    valid_from = DayField(label=_("Holds from"), error_messages={"required": _("Write the first day it holds.")})
    source = forms.CharField(label=_("Source"), required=False, max_length=200)

    def limits(self) -> Limits:
        """What is asked for."""
        data = self.cleaned_data
        names = ("cost_red_percent", "time_red_months", "risk_red", "risk_amber", "source")
        return Limits(**{name: data[name] for name in names})


def _scale(label: Any, *, required: bool = True) -> forms.TypedChoiceField:
    words = [(1, _("1 very low")), (2, _("2 low")), (3, _("3 medium")), (4, _("4 high")), (5, _("5 very high"))]
    return forms.TypedChoiceField(
        label=label,
        required=required,
        coerce=int,
        empty_value=None,
        choices=[("", _("Choose") if required else _("As before")), *words],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one.")),
    )


class RiskForm(VersionedForm):
    """A risk or an opportunity, before and after measures."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Risk.Kind.choices)
    title = forms.CharField(
        label=_("What may happen"),
        max_length=200,
        error_messages={"required": _("Say what may happen."), "max_length": _("Write at most 200 characters.")},
    )
    cause = _long(_("Why, and what it leads to"))
    likelihood = _scale(_("How likely, before measures"))
    impact = _scale(_("How much, before measures"))
    measure = _long(_("What is done about it"))
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Responsible"), required=False)
    likelihood_after = _scale(_("How likely, after measures"), required=False)
    impact_after = _scale(_("How much, after measures"), required=False)
    review_date = DayField(label=_("Look at it again"), required=False)
    closed = forms.BooleanField(label=_("It is over: close it"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people, empty=_("Choose a person"), label=lambda p: p.name)

    def row(self) -> RiskRow:
        """What is typed."""
        return RiskRow(**{name: value for name, value in self.cleaned_data.items() if name != "version"})
