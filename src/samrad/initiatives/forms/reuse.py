"""Saying that others can reuse an initiative: is what is typed well-formed?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.content import MAX_TEXT
from samrad.initiatives.forms.steps import TextField


class ReuseForm(forms.Form):
    """What came of it, in words meant for others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["result"] = TextField(
            most=MAX_TEXT,
            lines=True,
            label=_("What came of it?"),
            help_text=_(
                "What works, what would you do differently, and what can others take over? No names of people."
            ),
        )
        self.fields["result"].required = False
