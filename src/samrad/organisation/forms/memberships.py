"""Is what an administrator types about members, the log and the list of people well-formed?"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm, choose_from
from samrad.core.sheets.incoming import SheetUploadForm
from samrad.organisation.forms import day_field
from samrad.organisation.models import Entity
from samrad.organisation.queries.log import LOGGED, Narrowed


class JoinForm(PlainForm):
    """A municipality that joins: one that is in Samråd, or a new one by number and name."""

    member = forms.ModelChoiceField(
        label=_("A municipality that is in Samråd"), queryset=Entity.objects.none(), required=False
    )
    name = forms.CharField(
        label=_("Or the name of one that is new"),
        max_length=120,
        required=False,
        help_text=_("Like «Fjelldal kommune»."),
    )
    number = forms.CharField(
        label=_("Its municipality number"), max_length=4, required=False, help_text=_("Four digits, like 4601.")
    )
    valid_from = day_field(_("Member from"), _("Write the first day."))

    def __init__(self, *args: Any, entities: QuerySet[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "member", entities, empty=_("None of these"))

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        if number and not re.fullmatch(r"[0-9]{4}", number):
            raise forms.ValidationError(_("Write the four digits, like 4601."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("member") and not data.get("name"):
            self.add_error("member", _("Choose a municipality, or write the name of a new one."))
        elif data.get("member") and data.get("name"):
            self.add_error("name", _("Choose one or write one, not both."))
        return data


class LeaveForm(PlainForm):
    """The last day of a membership."""

    valid_to = day_field(_("Last day as member"), _("Write the last day."))
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class LogForm(PlainForm):
    """What the log is narrowed to. What cannot be read is left out, never an error."""

    q = forms.CharField(
        label=_("Person"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    first = day_field(_("From"), required=False)
    last = day_field(_("To and including"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="log_%s", **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        choices = sorted(((code, str(label)) for code, label in LOGGED.items()), key=lambda pair: pair[1])
        kind.choices = [("", _("All")), *choices]

    def narrowed(self) -> Narrowed:
        """What is asked for, as far as it can be read."""
        self.is_valid()
        data = self.cleaned_data
        return Narrowed(data.get("q", ""), data.get("kind", ""), data.get("first"), data.get("last"))


class TakeInForm(PlainForm):
    """Who shall be able to sign in. Nobody, unless it is chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    way_in = forms.ChoiceField(
        label=_("Shall the people be able to sign in?"),
        choices=[
            ("none", _("Not now. They are only in the register, and can be chosen as heads and members.")),
            ("accounts", _("Yes, and I make the links myself later.")),
            ("links", _("Yes, and each gets a one-time link by e-mail now.")),
        ],
        initial="none",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


class PeopleFileForm(SheetUploadForm):
    """A list of people and units, and whose they are."""

    entity = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Entity.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    field_order = ("entity", "file")

    def __init__(self, *args: Any, entities: QuerySet[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "entity", entities, alone=True)
