"""Attaching files to a need: which, what they are, and what part of the need they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samrad.documents.uploads import ACCEPT, TYPES, Upload
from samrad.initiatives.forms.steps import CHOOSE, TextField

MOST_FILES = 50


class FilesInput(forms.FileInput):
    """Choose several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.Field):
    """Several files. Whether each one is fit is said by the action, by its name."""

    widget = FilesInput

    def clean(self, value: Any) -> list[Upload]:
        chosen = [upload for upload in value or [] if upload]
        if not chosen:
            raise forms.ValidationError(_("Choose a file."))
        return chosen


class AttachForm(forms.Form):
    """Which files, what they are, and what they belong to."""

    def __init__(self, data: Any = None, files: Any = None, *, limit: int) -> None:
        super().__init__(data, files, label_suffix="")
        self.fields["files"] = FilesField(
            label=_("Files"),
            help_text=_("You can choose several. %(kinds)s, at most %(limit)s MB each.")
            % {"kinds": ", ".join(TYPES).upper(), "limit": limit // (1024 * 1024)},
            widget=FilesInput(attrs={"multiple": True, "accept": ACCEPT}),
        )
        self.fields["title"] = TextField(
            most=200,
            lines=False,
            label=_("What is it?"),
            help_text=_("For example: offer from a supplier. With several files it stands for all of them."),
        )
        self.fields["group"] = forms.ChoiceField(
            label=_("What does it belong to?"),
            help_text=_("If this part is exempt from public access, the file is hidden together with it."),
            required=False,
            choices=[
                ("", _("The need as a whole")),
                ("need", _("The description of the need")),
                ("costs", _("The costs")),
                ("benefits", _("The benefits")),
            ],
            error_messages={"invalid_choice": CHOOSE},
        )
