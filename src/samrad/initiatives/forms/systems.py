"""Which systems an initiative concerns: is what is chosen well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm
from samrad.initiatives.models import SystemLink
from samrad.organisation.actors import Actor
from samrad.systems.queries import visible_to


class SystemLinkForm(PlainForm):
    """A system, and what the initiative does to it."""

    kind = forms.ChoiceField(
        label=_("What does the initiative do?"),
        choices=SystemLink.Kind.choices,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")},
    )
    new_name = forms.CharField(
        label=_("Or the name of a system that is new to us"),
        help_text=_("Only where the initiative introduces it."),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = visible_to(by).order_by("name").values_list("pk", "name", "owner__name")
        self.fields["system"] = forms.TypedChoiceField(
            label=_("System in the register"),
            choices=[("", _("Choose a system")), *((str(pk), f"{name} ({owner})") for pk, name, owner in rows)],
            required=False,
            coerce=int,
            empty_value=None,
            error_messages={"invalid_choice": _("Choose a system from the list.")},
        )
        self.order_fields(["kind", "system", "new_name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        system, name = data.get("system"), (data.get("new_name") or "").strip()
        if bool(system) == bool(name) and "system" not in self.errors:
            self.add_error("system", _("Choose a system from the register, or write the name of a new one."))
        elif name and data.get("kind") != SystemLink.Kind.INTRODUCES:
            self.add_error("new_name", _("Only a system that is introduced can be missing in the register."))
        return data
