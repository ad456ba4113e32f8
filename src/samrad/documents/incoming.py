"""A spreadsheet on its way in: is it one we can read?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.sheets.files import MAX_BYTES, Sheet, Unreadable, read
from samrad.core.sheets.words import unreadable_words
from samrad.documents.uploads import clean_name


class SheetUploadForm(forms.Form):
    """A spreadsheet to bring rows in from."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or XLSX, at most 20 MB. The headers can be your own."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
            "invalid": _("Choose a file."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(unreadable_words(Unreadable("too_large", str(MAX_BYTES // 1024 // 1024))))
        self.content: bytes = file.read()
        self.file_name = clean_name(str(file.name))
        try:
            self.sheet: Sheet = read(self.content, self.file_name)
        except Unreadable as trouble:
            raise forms.ValidationError(unreadable_words(trouble)) from None
        return file
