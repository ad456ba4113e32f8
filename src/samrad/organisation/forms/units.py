"""Is what an administrator types about sectors and units well-formed?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm, choose_from
from samrad.organisation.forms import NAME, VersionForm, day_field, unit_name
from samrad.organisation.models import Person, Unit


class ChangeUnitForm(VersionForm):
    """Name, kind, what it stands under, and who steps in when the head is away."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=NAME)
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices)
    parent = forms.ModelChoiceField(label=_("Stands under"), queryset=Unit.objects.none(), required=False)
    substitute = forms.ModelChoiceField(
        label=_("Who steps in when the head is away?"), queryset=Person.objects.none(), required=False
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "parent", units, empty=_("Nothing"), label=unit_name)
        choose_from(self, "substitute", people, empty=_("Nobody yet"))


class HeadForm(PlainForm):
    """Who heads the sector, and from when."""

    person = forms.ModelChoiceField(
        label=_("Head of sector"),
        queryset=Person.objects.none(),
        error_messages={"required": _("Choose a person.")},
    )
    valid_from = day_field(_("From"), _("Write the first day."))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "head_%s", **kwargs})
        choose_from(self, "person", people)


class RetireForm(VersionForm):
    """The last day of a sector or unit, and the one that takes over."""

    last_day = day_field(_("Last day"), _("Write the last day."))
    into = forms.ModelChoiceField(
        label=_("Which one takes over?"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("The people come to work there, and cases on their way are asked of its head."),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: QuerySet[Unit], today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("last_day", today)
        super().__init__(*args, **kwargs)
        choose_from(self, "into", units, empty=_("None: it is closed down"), label=unit_name)
