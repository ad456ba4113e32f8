"""Is a plan, a dependency, a programme or an activity well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, KronerField, PlainForm, VersionedForm, choose_from
from samrad.organisation.models import Person
from samrad.portfolio.actions import PlannedStep
from samrad.portfolio.models import Milestone, Project

EXTRA = 3


class PlanForm(VersionedForm):
    """The project's dates, and a line for each milestone and some to add more in. A line without a name is left out."""

    start_date = DayField(label=_("The project starts"), required=False, help_text="")
    end_date = DayField(label=_("The project ends"), required=False, help_text="")

    def __init__(self, *args: Any, steps: list[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count, self.ids = len(steps) + EXTRA, [step.pk for step in steps]
        for number in range(self.count):
            step = steps[number] if number < len(steps) else None
            own: dict[str, forms.Field] = {
                "name": forms.CharField(
                    label=_("Milestone or deliverable"),
                    required=False,
                    max_length=200,
                    error_messages={"max_length": _("Write at most 200 characters.")},
                ),
                "kind": forms.ChoiceField(label=_("Kind"), choices=Milestone.Kind.choices, required=False),
                "due_date": DayField(label=_("Planned"), required=False, help_text=""),
                "reached_date": DayField(label=_("Reached"), required=False, help_text=""),
            }
            for name, field in own.items():
                field.initial = getattr(step, name) if step else None
                self.fields[f"m{number}_{name}"] = field

    def lines(self) -> list[list[Any]]:
        """The fields of each line, for the page."""
        names = ("name", "kind", "due_date", "reached_date")
        return [[self[f"m{number}_{name}"] for name in names] for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(self.count):
            due = f"m{number}_due_date"
            if data.get(f"m{number}_name") and data.get(due) is None and due not in self.errors:
                self.add_error(due, _("Write the day it is planned for, like 23.11.2026."))
        return data

    def steps(self) -> list[PlannedStep]:
        """The lines that have a name."""
        data = self.cleaned_data
        return [
            PlannedStep(
                id=self.ids[n] if n < len(self.ids) else None,
                name=data[f"m{n}_name"],
                kind=data[f"m{n}_kind"] or Milestone.Kind.MILESTONE,
                due_date=data[f"m{n}_due_date"],
                reached_date=data[f"m{n}_reached_date"],
            )
            for n in range(self.count)
            if data[f"m{n}_name"]
        ]


class NeedsForm(PlainForm):
    """Which project this one needs, and for what."""

    needs = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("It needs"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a project.")),
    )
    note = forms.CharField(
        label=_("For what"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Write at most 300 characters.")},
    )

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "needs", projects, empty=_("Choose a project"), label=lambda p: str(p.initiative))


class ProgrammeForm(VersionedForm):
    """A programme, and which projects are in it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={
            "required": _("Give it a name."),
            "max_length": _("Write at most 120 characters."),
        },
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Write at most 500 characters.")},
    )
    manager = forms.ModelChoiceField(Person.objects.none(), label=_("Programme manager"), required=False)
    projects = forms.ModelMultipleChoiceField(
        Project.objects.none(), label=_("Projects"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "manager", people, empty=_("Choose a person"), label=lambda p: p.name)
        choose_from(self, "projects", projects, label=lambda p: str(p.initiative))


class ActivityForm(VersionedForm):
    """What the line develops itself."""

    title = forms.CharField(
        label=_("What"),
        max_length=200,
        error_messages={
            "required": _("Write what is done."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Responsible"), required=False)
    start_date = DayField(label=_("Starts"), error_messages={"required": _("Write the first day.")})
    end_date = DayField(label=_("Ends"), error_messages={"required": _("Write the last day.")})
    hours = forms.IntegerField(
        label=_("Hours in all"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a whole number of hours.")),
    )
    kroner = KronerField(label=_("Kroner in all"), required=False, decimal_places=0)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "responsible", people, empty=_("Choose a person"), label=lambda p: p.name)
