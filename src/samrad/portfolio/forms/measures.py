"""Is a measure, or what is written down about it, well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, VersionedForm, choose_from
from samrad.organisation.models import Person
from samrad.portfolio.actions import MeasureRow
from samrad.portfolio.models import Measure, Portfolio, Project

MOST_MONTHS = 60


def _months(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=-MOST_MONTHS,
        max_value=MOST_MONTHS,
        help_text=help_text,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a whole number of months, from -60 to 60.")
        ),
    )


class MeasureForm(VersionedForm):
    """What is to be changed, whom it touches, whose it is, by when, and why."""

    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[("", _("Choose")), *Measure.Kind.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what is to be done.")),
    )
    title = forms.CharField(
        label=_("The measure in one line"),
        max_length=200,
        error_messages={
            "required": _("Write the measure in one line."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who answer for the projects get to read it."),
        error_messages={
            "required": _("Say why. Those who answer for the projects will read it."),
            "max_length": _("Write at most 2000 characters."),
        },
    )
    projects = forms.ModelMultipleChoiceField(
        Project.objects.none(),
        label=_("Projects it touches"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose projects of the list.")},
    )
    into = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Merged into"),
        required=False,
        help_text=_("Only when projects are merged: the one that goes on."),
    )
    to_portfolio = forms.ModelChoiceField(
        Portfolio.objects.none(),
        label=_("Moved to the portfolio"),
        required=False,
        help_text=_("Only when projects are moved to another portfolio."),
    )
    months = _months(_("End moved by, months"), _("Only when they are moved in time. Write minus for earlier."))
    start_months = _months(_("Start moved by, months"), _("Only for projects that have not started."))
    responsible = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Responsible"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who is responsible.")),
    )
    due_date = DayField(label=_("Deadline"), error_messages={"required": _("Write the deadline.")})

    def __init__(self, *args: Any, people: Any, projects: Any, homes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people, empty=_("Choose a person"), label=lambda p: p.name)
        choose_from(self, "projects", projects, label=lambda p: str(p.initiative))
        choose_from(self, "into", projects, empty=_("Choose a project"), label=lambda p: str(p.initiative))
        choose_from(self, "to_portfolio", homes, empty=_("Choose a portfolio"), label=lambda p: p.name)

    def row(self) -> MeasureRow:
        """What is typed."""
        return MeasureRow(
            **{n: v for n, v in self.cleaned_data.items() if n not in ("version", "projects")},
            projects=list(self.cleaned_data["projects"]),
        )


class DecideMeasureForm(VersionedForm):
    """Where the measure was treated, before it is decided; and when, of who writes down what the board has decided."""

    where = forms.CharField(
        label=_("Where it was treated"),
        required=False,
        max_length=200,
        help_text=_("For example: the portfolio board, case 4/27."),
        error_messages={
            "required": _("The portfolio board decides this. Write where the board treated it."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    treated_on = DayField(
        label=_("When the board treated it"),
        error_messages={"required": _("Write the day the board treated it.")},
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, records: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].required = records
        if not records:
            del self.fields["treated_on"]


class FollowMeasureForm(VersionedForm):
    """How the measure goes."""

    state = forms.ChoiceField(
        label=_("How far it has come"),
        choices=[
            (state.value, state.label) for state in (Measure.State.UNDER_WAY, Measure.State.DONE, Measure.State.DROPPED)
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one.")),
    )
    text = forms.CharField(
        label=_("How it goes, or why it is dropped"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write how it goes, or why."),
            "max_length": _("Write at most 1000 characters."),
        },
    )
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Responsible from now"), required=False)
    due_date = DayField(label=_("Deadline from now"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people, empty=_("As before"), label=lambda p: p.name)
