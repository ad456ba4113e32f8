"""Is what is typed about someone the project concerns well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, VersionedForm, choose_from
from samrad.organisation.models import Person
from samrad.portfolio.actions import StakeholderRow
from samrad.portfolio.models import Stakeholder


def _whole_or_none(value: str) -> int | None:
    return int(value) if value else None


def _scale(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=_whole_or_none,
        empty_value=None,
        choices=[("", _("Not said")), *choices],
        error_messages={"invalid_choice": _("Choose one.")},
    )


def _words(label: Any, choices: Any) -> forms.ChoiceField:
    wrong = {"invalid_choice": _("Choose one.")}
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Not said")), *choices], error_messages=wrong)


def _long(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Write at most 2000 characters.")},
    )


class StakeholderForm(VersionedForm):
    """Someone the project concerns."""

    name = forms.CharField(
        label=_("Person or group"),
        max_length=200,
        error_messages={"required": _("Write who it is."), "max_length": _("Write at most 200 characters.")},
    )
    group = _words(_("Kind of group"), Stakeholder.Group.choices)
    interest = _long(_("How it concerns them"))
    influence = _scale(_("Influence"), Stakeholder.Influence.choices)
    attitude = _scale(_("Attitude to the change"), Stakeholder.Attitude.choices)
    involvement = _words(_("How we involve them"), Stakeholder.Involvement.choices)
    measures = _long(_("What we do to win them over, inform and train them"))
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Responsible"), required=False)
    due_date = DayField(label=_("To be done by"), required=False)
    done = forms.BooleanField(label=_("It is done"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people, empty=_("Choose a person"), label=lambda p: p.name)

    def row(self) -> StakeholderRow:
        """What is typed."""
        return StakeholderRow(**{name: value for name, value in self.cleaned_data.items() if name != "version"})
