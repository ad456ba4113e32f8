"""Is what was typed in an expert group's room well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.governance.models import Field
from samrad.organisation.models import Person


class GroupForm(forms.Form):
    """A new expert group."""

    field = forms.ModelChoiceField(
        label=_("Professional field"),
        queryset=Field.objects.none(),
        error_messages={"required": _("Choose the field."), "invalid_choice": _("Choose the field.")},
    )
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        error_messages={"required": _("Write what the group is called.")},
    )
    purpose = forms.CharField(
        label=_("Mandate: what is the group for?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, fields: QuerySet[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = fields


class MemberForm(forms.Form):
    """Someone to take into the group."""

    person = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=Person.objects.none(),
        error_messages={"required": _("Choose who it is."), "invalid_choice": _("Choose who it is.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = people.select_related("owner")
        person.label_from_instance = person_name  # type: ignore[assignment, method-assign]


def person_name(person: Person) -> str:
    """A person with the place of work."""
    return f"{person.name}, {person.owner.name}"


class NeedForm(forms.Form):
    """A need or an idea of the field."""

    title = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Write what the need is about.")},
    )
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PlaceForm(forms.Form):
    """Which need goes where in the order; and which order one looked at."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.IntegerField(min_value=1, max_value=9999)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class MeetingForm(forms.Form):
    """A light meeting of the group."""

    starts_at = forms.DateTimeField(
        label=_("When?"),
        input_formats=["%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"],
        help_text=_("Day and time, like 23.11.2026 09:00"),
        widget=forms.DateTimeInput(format="%d.%m.%Y %H:%M", attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write when it is."), "invalid": _("Write it like 23.11.2026 09:00.")},
    )
    place = forms.CharField(label=_("Where?"), required=False, max_length=120)
    about = forms.CharField(
        label=_("What about?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NotesForm(forms.Form):
    """What came of a meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    notes = forms.CharField(
        label=_("What came of it?"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )
