"""Exempting a group of fields: is what is typed well-formed?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.governance.queries import Basis
from samrad.initiatives.forms.steps import CHOOSE
from samrad.organisation.policy import FIELD_GROUPS, GROUP_LABELS


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

    basis_code = forms.ChoiceField(
        label=_("Legal basis"),
        help_text=_("They come from the register of rules. Ask the administrator where one is missing."),
        error_messages={"invalid_choice": CHOOSE, "required": _("Choose which section of the law it is.")},
    )
    field_order = ("field_group", "basis_code", "until")

    def __init__(self, *args: Any, bases: Sequence[Basis], **kwargs: Any) -> None:
        """`bases` are those of the register that hold today."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.bases = {basis.code: basis for basis in bases}
        groups = [
            (label, [(b.code, f"{b.name} – {b.text}" if b.text else b.name) for b in bases if b.binds == binds])
            for label, binds in ((_("Must be exempt"), True), (_("Can be exempt"), False))
        ]
        self.fields["basis_code"].choices = [("", _("Choose")), *[g for g in groups if g[1]]]  # type: ignore[attr-defined]  # it is a choice
        for name, field in self.fields.items():
            said = [f"id_{name}_help"] if field.help_text else []
            if self.is_bound and self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                said.append(f"id_{name}_error")
            if said:
                field.widget.attrs["aria-describedby"] = " ".join(said)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("basis_code"):
            data["legal_basis"] = self.bases[data["basis_code"]].name
        return data
