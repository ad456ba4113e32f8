"""A spreadsheet on its way in: is it one we can read, and what is each of its columns?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm
from samrad.core.filenames import clean_name
from samrad.core.sheets.columns import Guess
from samrad.core.sheets.files import MAX_BYTES, Sheet, Unreadable, read
from samrad.core.sheets.words import unreadable_words


class SheetUploadForm(PlainForm):
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
        # Raised out here: an error in a form lives as long as the form, and would keep all that was read of the file.
        if trouble := self._trouble():
            self.content = b""
            raise forms.ValidationError(trouble)
        return file

    def _trouble(self) -> str:
        try:
            self.look_at()
        except Unreadable as trouble:
            return unreadable_words(trouble)
        return ""

    def look_at(self) -> None:
        """Read what was uploaded. Raises Unreadable."""
        self.sheet: Sheet = read(self.content, self.file_name)


class ColumnsForm(PlainForm):
    """What each column of an uploaded spreadsheet is; none of them is two columns."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    needed = ""
    """What some column must be, or nothing can be brought in; and what to say where none is."""
    needed_words: Any = ""

    def __init__(
        self,
        *args: Any,
        guesses: tuple[Guess, ...],
        columns: Mapping[str, str],
        targets: Iterable[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guesses = guesses
        for number, guess in enumerate(guesses):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=_("What it is"),
                choices=[("", _("Not used")), *targets],
                required=False,
                initial=columns.get(guess.header, ""),
                error_messages={"invalid_choice": _("Choose one from the list.")},
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each column with how sure the guess is in per cent, and its field, for the page."""
        return [
            {"guess": guess, "percent": round(guess.confidence * 100), "field": self[f"c{number}"]}
            for number, guess in enumerate(self.guesses)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: set[str] = set()
        for number in range(len(self.guesses)):
            target = data.get(f"c{number}", "")
            if target and target in taken:
                self.add_error(f"c{number}", _("Another column is this already. Choose one of them."))
            taken.add(target)
        if self.needed and self.needed not in taken and not self.errors:
            self.add_error("c0", self.needed_words)
        return data

    def columns(self) -> dict[str, str]:
        """What was chosen, by header."""
        chosen = {guess.header: self.cleaned_data[f"c{n}"] for n, guess in enumerate(self.guesses)}
        return {header: target for header, target in chosen.items() if target}
