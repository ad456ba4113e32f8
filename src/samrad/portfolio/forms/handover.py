"""Is what is handed over well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm, choose_from
from samrad.systems.models import System


class TieForm(PlainForm):
    """Which system of the register it is."""

    system = forms.ModelChoiceField(
        System.objects.none(),
        label=_("Which system in the register is it?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a system from the list.")),
    )

    def __init__(self, *args: Any, systems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "system", systems, empty=_("Choose a system"), label=lambda s: f"{s.name} ({s.owner.name})")
