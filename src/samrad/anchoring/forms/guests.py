"""Is what was typed about stakeholders and guests well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.models import GuestPass, Stakeholder
from samrad.anchoring.policy import COMMENT_LENGTH


class StakeholderForm(forms.Form):
    """Someone outside who has an interest."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("What are they?"),
        choices=Stakeholder.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they are.")},
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": _("Write an e-mail address, like a@b.no.")}
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    note = forms.CharField(
        label=_("What is their interest?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ShareForm(forms.Form):
    """Whom to share with, what, and until when."""

    stakeholder = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=Stakeholder.objects.none(),
        error_messages={"required": _("Choose who it is."), "invalid_choice": _("Choose who it is.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("What shall they see?"),
        help_text=_("Only this. What is exempt from public access is never shown."),
        choices=GuestPass.Part.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what they shall see.")},
    )
    last_date = forms.DateField(
        label=_("Last day the link works"),
        help_text=_("Day, month and year, like 23.11.2026"),
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the last day."), "invalid": _("Write the date like 23.11.2026.")},
    )
    may_comment = forms.BooleanField(label=_("They can write a comment"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["stakeholder"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = people
        who.label_from_instance = stakeholder_name  # type: ignore[assignment, method-assign]


def stakeholder_name(who: Stakeholder) -> str:
    """A stakeholder with the organisation."""
    return f"{who.name}, {who.organisation}" if who.organisation else who.name


class CommentForm(forms.Form):
    """What a guest writes."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write something."),
            "max_length": _("Write at most %(limit_value)s characters. You have written %(show_value)s."),
        },
    )
