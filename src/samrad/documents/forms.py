"""Is what was typed about a Word template well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField
from samrad.documents.models import WordTemplate


class TemplateForm(forms.Form):
    """A Word template: whose it is, for which papers, from which day."""

    owner = forms.TypedChoiceField(label=_("For which organisation?"), coerce=int)
    kind = forms.ChoiceField(label=_("For which papers?"), choices=WordTemplate.Kind.choices)
    valid_from = DayField(label=_("Used from"), help_text=_("Papers sent before that day stand as they were sent."))
    file = forms.FileField(
        label=_("The template"),
        help_text=_("A Word file (.docx) with the placeholders below."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, houses: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = houses
        if len(houses) == 1:
            owner.initial, owner.widget = houses[0][0], forms.HiddenInput()
