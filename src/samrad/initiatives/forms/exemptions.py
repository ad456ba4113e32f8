"""Exempting a group of fields: is what is typed well-formed?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.forms.steps import CHOOSE, TextField
from samrad.organisation.policy import FIELD_GROUPS

GROUP_LABELS = {
    "need": _("The need"),
    "costs": _("Costs"),
    "benefits": _("Benefits"),
    "assessment": _("The assessment"),
    "attachments": _("Attachments"),
}


class ExemptionForm(forms.Form):
    """Which group, by which law, until when."""

    field_group = forms.ChoiceField(
        label=_("What is exempt?"),
        choices=[(code, GROUP_LABELS[code]) for code in FIELD_GROUPS],
        error_messages={"invalid_choice": CHOOSE, "required": CHOOSE},
    )
    until = forms.DateField(
        label=_("Exempt until"),
        help_text=_("Day, month and year, for example 31.12.2027. Leave it empty if there is no end."),
        required=False,
        widget=forms.DateInput(format="%d.%m.%Y", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the date as day, month and year, for example 31.12.2027.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["legal_basis"] = TextField(
            most=120,
            lines=False,
            label=_("Legal basis"),
            help_text=_("The section of the law, for example offentleglova § 23 første ledd."),
        )
        self.fields["legal_basis"].required = True
        self.fields["legal_basis"].error_messages["required"] = _("Write which section of the law it is.")
        self.order_fields(["field_group", "legal_basis", "until"])
        for name, field in self.fields.items():
            said = [f"id_{name}_help"] if field.help_text else []
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                said.append(f"id_{name}_error")
            if said:
                field.widget.attrs["aria-describedby"] = " ".join(said)
