"""The forms of seats, coordinators and arenas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, PlainForm, VersionedForm, choose_from
from samrad.governance.models import Arena, Coordinator, Field, Seat, SeatCriterion
from samrad.governance.policy import split_lacks
from samrad.organisation.models import Entity, Person

FIRST_DAY = {"required": _("Write the first day.")}
LAST_DAY = {"required": _("Write the last day.")}
NUMBER = {"required": _("Write a whole number."), "invalid": _("Write a whole number.")}


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes no argument
    """Someone to choose: name, title, where from."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(part for part in (obj.name, obj.title, obj.owner.name) if part)


class SeatChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes no argument
    """A seat to choose: who holds it, and as what."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}, {obj.get_position_display().lower()}"


class SeatForm(VersionedForm):
    """A seat in a body. Without people to choose from it changes one that is given."""

    person = PersonChoice(
        label=_("Person"), queryset=Person.objects.none(), error_messages={"required": _("Choose a person.")}
    )
    position = forms.ChoiceField(label=_("Seat"), choices=Seat.Position.choices, initial=Seat.Position.MEMBER)
    field = forms.ModelChoiceField(label=_("Professional field"), queryset=Field.objects.none(), required=False)
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=Entity.objects.none(), required=False)
    valid_from = DayField(label=_("From"), error_messages=FIRST_DAY)
    valid_to = DayField(label=_("To and including"), required=False)
    chosen = forms.ChoiceField(label=_("How the person was chosen"), choices=Seat.Chosen.choices)
    chosen_by = forms.CharField(
        label=_("Appointed or elected by"),
        max_length=120,
        help_text=_("For example the chief executive, or the municipal council in case 14/26."),
        error_messages={"required": _("Write who appointed or elected the person.")},
    )
    chosen_date = DayField(
        label=_("Appointed or elected on"),
        error_messages={"required": _("Write the day the person was appointed or elected.")},
    )
    substitute_for = SeatChoice(label=_("Substitute for"), queryset=Seat.objects.none(), required=False)
    competence = forms.CharField(
        label=_("Competence and authority"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the person knows, and on whose behalf the person can speak."),
    )

    def __init__(
        self, *args: Any, people: Any, fields: Any, towns: Any, seats: Any, positions: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        assert isinstance(position, forms.ChoiceField)
        position.choices = positions
        if people is None:
            del self.fields["person"]
        else:
            del self.fields["version"]  # one that is given now has no page it was changed on
            choose_from(self, "person", people, alone=True)
        for name, rows in (("field", fields), ("municipality", towns), ("substitute_for", seats)):
            choose_from(self, name, rows, empty=_("None"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day cannot be before the first."))
        if data.get("substitute_for") and data.get("position") != Seat.Position.SUBSTITUTE:
            self.add_error("substitute_for", _("Only a substitute sits in for someone else's seat."))
        return data


class EndForm(PlainForm):
    """The last day of something."""

    last_day = DayField(label=_("Last day"), error_messages=LAST_DAY)


class SeatEndForm(VersionedForm, EndForm):
    """The last day of a seat."""


class CriterionForm(PlainForm):
    """One criterion, confirmed or not."""

    criterion = forms.ChoiceField(choices=SeatCriterion.Criterion.choices)
    confirmed = forms.BooleanField(required=False)


def _percent(label: Any, *, required: bool = True, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=100,
        required=required,
        widget=widget,
        help_text=help_text,
        error_messages=NUMBER,
    )


class CoordinatorForm(VersionedForm):
    """A coordinator, with what each municipality has of the position."""

    person = PersonChoice(
        label=_("Person"), queryset=Person.objects.none(), error_messages={"required": _("Choose a person.")}
    )
    origin = forms.ChoiceField(label=_("Comes from"), choices=Coordinator.Origin.choices)
    reserved_percent = _percent(_("Reserved, in per cent of a full position"), least=1)
    used_percent = _percent(
        _("Used, in per cent of a full position"), required=False, help_text=_("What it took in the last months.")
    )
    authority = forms.CharField(
        label=_("Delegated authority"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the coordinator can decide or promise without asking."),
        error_messages={"required": _("Write what the coordinator can decide.")},
    )
    field_ids = forms.TypedMultipleChoiceField(
        label=_("Professional fields served"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    valid_from = DayField(label=_("From"), error_messages=FIRST_DAY)
    valid_to = DayField(label=_("To and including"), required=False)

    def __init__(
        self, *args: Any, people: Any, fields: Sequence[Field], towns: Sequence[Entity], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.towns = towns if len(towns) > 1 else []
        choose_from(self, "person", people, alone=True)
        several = self.fields["field_ids"]
        assert isinstance(several, forms.TypedMultipleChoiceField)
        several.choices = [(f.pk, f.name) for f in fields]
        for town in self.towns:
            self.fields[f"share_{town.pk}"] = _percent(
                _("Of this in %(town)s, in per cent") % {"town": town.name}, required=False
            )

    def shares(self) -> dict[int, int]:
        """What each municipality has."""
        return {town.pk: self.cleaned_data.get(f"share_{town.pk}") or 0 for town in self.towns}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day cannot be before the first."))
        if data.get("reserved_percent") is not None:
            for lack in split_lacks(data["reserved_percent"], self.shares()):
                self.add_error("reserved_percent", str(lack.text))
        return data

    def values(self) -> dict[str, Any]:
        """What the action takes, besides the shares."""
        names = (
            "person",
            "origin",
            "reserved_percent",
            "used_percent",
            "authority",
            "field_ids",
            "valid_from",
            "valid_to",
        )
        return {name: self.cleaned_data[name] for name in names}


class ArenaForm(VersionedForm):
    """An arena."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the arena is for.")},
    )
    field = forms.ModelChoiceField(label=_("Professional field"), queryset=Field.objects.none(), required=False)
    with_ict = forms.BooleanField(label=_("ICT meets the expert group here"), required=False)
    members = forms.CharField(
        label=_("Who meets"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Roles rather than names, one a line."),
    )
    frequency_days = forms.TypedChoiceField(
        label=_("How often"), coerce=int, choices=Arena.Frequency.choices, initial=Arena.Frequency.MONTHLY
    )
    next_meeting = DayField(label=_("Next meeting"), required=False)
    since = DayField(label=_("Meets since"), error_messages=FIRST_DAY)
    ended = DayField(label=_("Ended on"), required=False)

    def __init__(self, *args: Any, fields: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "field", fields, empty=_("None"))


class NoteForm(PlainForm):
    """A meeting that was held."""

    held_date = DayField(label=_("Held on"), error_messages={"required": _("Write the day it was held.")})
    notes = forms.CharField(
        label=_("Notes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few lines are enough: what came up, and who does what."),
    )
    next_meeting = DayField(label=_("Next meeting"), required=False)
