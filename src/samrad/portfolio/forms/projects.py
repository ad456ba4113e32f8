"""Is what is said and reported about a project well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import KronerField
from samrad.organisation.models import Person
from samrad.portfolio.actions import Status
from samrad.portfolio.models import StatusReport
from samrad.portfolio.queries import LIGHTS

LABELS = {
    "progress": _("Progress"),
    "economy": _("Economy"),
    "risk": _("Risk"),
    "resources": _("Resources"),
    "benefit": _("Benefits"),
}


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text or _("Like 31.12.2027."),
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the date like 31.12.2027.")},
    )


class StatusForm(forms.Form):
    """Five lights with a text each, kroner and the end now expected."""

    spent_kr = KronerField(label=_("Spent so far"), required=False, help_text=_("Kroner, from the accounts."))
    forecast_kr = KronerField(
        label=_("Forecast at the end"), required=False, help_text=_("Kroner for the whole project.")
    )
    forecast_end_date = _date(_("When do you now expect it to end?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict(self.fields)
        self.fields.clear()
        for name in LIGHTS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=StatusReport.Light.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )
            self.fields[f"{name}_text"] = forms.CharField(
                label=_("Say why, and what you do about it"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Needed where it is not on course."),
                error_messages={"max_length": _("Write at most 2000 characters.")},
            )
        self.fields.update(own)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in LIGHTS:
            if data.get(name) in ("amber", "red") and not data.get(f"{name}_text"):
                self.add_error(f"{name}_text", _("Say why, wherever the light is not green."))
        return data

    def status(self) -> Status:
        """What was reported."""
        data = self.cleaned_data
        return Status(
            lights={n: data[n] for n in LIGHTS},
            texts={n: data[f"{n}_text"] for n in LIGHTS},
            spent_kr=data["spent_kr"],
            forecast_kr=data["forecast_kr"],
            forecast_end_date=data["forecast_end_date"],
        )


class StaffForm(forms.Form):
    """Who owns, manages and answers for the benefits of a project, and when it runs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a person")), *[(str(p.pk), f"{p.name} – {p.title or p.email}") for p in people]]
        for name, label in (
            ("project_owner", _("Project owner")),
            ("project_manager", _("Project manager")),
            ("benefit_responsible", _("Responsible for the benefits")),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                error_messages={"invalid_choice": _("Choose a person from the list.")},
            )
        self.fields["start_date"] = _date(_("Starts"))
        self.fields["end_date"] = _date(_("Ends"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The project cannot end before it starts."))
        return data

    def people(self) -> dict[str, int | None]:
        """The people chosen, by responsibility."""
        data = self.cleaned_data
        return {
            n: int(data[n]) if data[n] else None for n in ("project_owner", "project_manager", "benefit_responsible")
        }
