"""Is an answer to «still right?» well-formed?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import VersionedForm
from samrad.portfolio.models import StillRight


class StillRightForm(VersionedForm):
    """Yes, no or changed, with the reason. `version` is the number of the answer that stood."""

    answer = forms.ChoiceField(
        label=_("Is it still right?"),
        choices=StillRight.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which goal or principle it serves, or does not serve any more."),
        error_messages={
            "required": _("Say why, with the strategy or a principle to go by."),
            "max_length": _("Write at most 500 characters."),
        },
    )
