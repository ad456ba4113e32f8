"""Is what is said of people, asked of them and given well-formed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm, choose_from
from samrad.organisation.models import Person, Unit
from samrad.portfolio.actions import QuarterRow
from samrad.portfolio.models import Resource
from samrad.portfolio.queries import quarter_name

MOST = 5000
PARTS = {
    "days": _("Days in all"),
    "leave_days": _("Leave"),
    "line_days": _("The line's own work"),
    "reserved_days": _("Set aside for development"),
}


def _days(label: Any, *, least: int = 0, required: bool = True) -> forms.IntegerField:
    wrong = _("Write a whole number of days, at most 5000.")
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=MOST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def _short(label: Any, most: int, wanted: Any = "", **more: Any) -> forms.CharField:
    words = {200: _("Write at most 200 characters."), 120: _("Write at most 120 characters.")}
    errors = {"max_length": words[most], "required": wanted}
    return forms.CharField(label=label, max_length=most, error_messages=errors, **more)


class ResourceForm(VersionedForm):
    """A person or a role, and what it has in each of some quarters."""

    title = _short(
        _("Role or person"), 120, _("Give it a name."), help_text=_("Several who do the same can be one role.")
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False)

    def __init__(self, *args: Any, units: Any, people: Any, quarters: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = list(quarters)
        choose_from(self, "unit", units, label=lambda u: u.name)
        choose_from(self, "person", people, empty=_("A role, not one person"), label=lambda p: p.name)
        for number in range(len(self.quarters)):
            for name, label in PARTS.items():
                self.fields[f"q{number}_{name}"] = _days(label, required=False)

    def lines(self) -> list[tuple[str, list[Any]]]:
        """The fields of each quarter, for the page."""
        return [
            (quarter_name(quarter), [self[f"q{number}_{name}"] for name in PARTS])
            for number, quarter in enumerate(self.quarters)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in range(len(self.quarters)):
            days, leave = (data.get(f"q{number}_{name}") for name in ("days", "leave_days"))
            if (leave or 0) > (days or 0):
                self.add_error(f"q{number}_leave_days", _("Leave cannot be more than the days in all."))
        return data

    def rows(self) -> dict[date, QuarterRow]:
        """What is typed, for the quarters where something is."""
        found = {}
        for number, quarter in enumerate(self.quarters):
            values = {name: self.cleaned_data.get(f"q{number}_{name}") for name in PARTS}
            if any(value is not None for value in values.values()):
                found[quarter] = QuarterRow(**{name: value or 0 for name, value in values.items()})
        return found


class AskForm(PlainForm):
    """Whom a project asks for, when, how much and for what."""

    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label=_("Whom do you need?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one.")),
    )
    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        coerce=date.fromisoformat,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one.")),
    )
    days = _days(_("Days"), least=1)
    purpose = _short(_("For what"), 200, _("Say what they are to do. The leader decides from it."))

    def __init__(self, *args: Any, resources: Any, quarters: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            "resource",
            resources,
            empty=_("Choose one"),
            label=lambda r: f"{r.title}, {r.unit.name} ({r.owner.name})",
        )
        self.fields["quarter"].choices = [(q.isoformat(), quarter_name(q)) for q in quarters]  # type: ignore[attr-defined]


class GiveForm(VersionedForm):
    """How much is given, why not more, and that one knows where it is too much."""

    days = _days(_("Days you give"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you give less than what is asked."),
        error_messages={"max_length": _("Write at most 500 characters.")},
    )
    known = forms.BooleanField(label=_("I know that it goes above 100 per cent"), required=False)


class FrozenForm(PlainForm):
    """A time when nothing new is started."""

    name = _short(_("What"), 120, _("Give it a name."))
    first_day = DayField(label=_("Starts"), error_messages={"required": _("Write the first day.")})
    last_day = DayField(label=_("Ends"), error_messages={"required": _("Write the last day.")})
    source = _short(_("Source"), 200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It cannot end before it starts."))
        return data
