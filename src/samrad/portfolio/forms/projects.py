"""Is what is said and reported about a project well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import KronerField, VersionedForm
from samrad.organisation.models import Person
from samrad.portfolio.actions import Status
from samrad.portfolio.models import ReportSeries, StatusReport
from samrad.portfolio.queries import REPORTED

LABELS = {
    "progress": _("Progress"),
    "economy": _("Economy"),
    "risk": _("Risk"),
    "resources": _("Resources"),
    "benefit": _("Benefits"),
}

WORDS = {**LABELS, "change": _("Change among people")}
"""The same, and how the change goes, which the portfolio's own table leaves out."""


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text or _("Like 31.12.2027."),
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the date like 31.12.2027.")},
    )


def _degree(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *StatusReport.Degree.choices],
        error_messages={"invalid_choice": _("Choose one.")},
    )


def _told(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Write at most 2000 characters.")},
    )


HELD = ("hindered", "hindered_text", "driven", "driven_text")


class StatusForm(forms.Form):
    """The lights with a text each, kroner and the end now expected."""

    spent_kr = KronerField(label=_("Spent so far"), required=False, help_text=_("Kroner, from the accounts."))
    forecast_kr = KronerField(
        label=_("Forecast at the end"), required=False, help_text=_("Kroner for the whole project.")
    )
    forecast_end_date = _date(_("When do you now expect it to end?"))
    hindered = _degree(_("Is anything in the way?"))
    hindered_text = _told(_("What hinders it"))
    driven = _degree(_("Does anything drive it forward?"))
    driven_text = _told(_("What drives it forward"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    period = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, publish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publish = publish
        own = dict(self.fields)
        self.fields.clear()
        for name in REPORTED:
            self.fields[name] = forms.ChoiceField(
                label=WORDS[name],
                required=name != "change",
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
        for name in REPORTED:
            if self.publish and data.get(name) in ("amber", "red") and not data.get(f"{name}_text"):
                self.add_error(f"{name}_text", _("Say why, wherever the light is not green."))
        return data

    def status(self) -> Status:
        """What was reported."""
        data = self.cleaned_data
        return Status(
            lights={n: data[n] for n in REPORTED},
            texts={n: data[f"{n}_text"] for n in REPORTED},
            spent_kr=data["spent_kr"],
            forecast_kr=data["forecast_kr"],
            forecast_end_date=data["forecast_end_date"],
            **{name: data[name] for name in HELD},
        )

    @property
    def held_open(self) -> bool:
        """Should what hinders and drives be folded out: something is said there, or is wrong?"""
        return any(self[name].value() or self[name].errors for name in HELD)


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


class SeriesForm(VersionedForm):
    """One more series of status reports."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("For whom, like «Styringsgruppa»."),
        error_messages={"required": _("Give it a name."), "max_length": _("Write at most 80 characters.")},
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=ReportSeries.Rhythm.choices)
    due_days = forms.IntegerField(
        label=_("Days to report in, after the period"),
        min_value=0,
        max_value=60,
        initial=10,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Write 0 to 60 days.")),
    )
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
