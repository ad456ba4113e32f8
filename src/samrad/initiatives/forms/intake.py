"""Small forms around the draft: who writes along, a mail or ticket that becomes a draft, and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import PlainForm
from samrad.initiatives.content import MAX_LINE, MAX_TEXT
from samrad.initiatives.gateway import MAX_BYTES, Unreadable, read_needs

CHOOSE_PERSON = {"required": _("Choose a person from the list."), "invalid_choice": _("Choose a person from the list.")}


class AuthorForm(PlainForm):
    """Who shall be let in to write."""

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ChoiceField(label=_("Who?"), choices=people, error_messages=CHOOSE_PERSON)


class RequestForm(PlainForm):
    """A mail or a ticket, and whose need it is."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=MAX_LINE,
        help_text=_("What it is about, in a few words. Example: we need an app for the vaktmester round."),
        error_messages={"required": _("Write what it is about.")},
    )
    sender = forms.CharField(
        label=_("Who sent it?"),
        max_length=200,
        required=False,
        help_text=_("Name and unit, as in the mail."),
    )
    text = forms.CharField(
        label=_("The text"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Paste it as it is. Leave out what concerns named residents or patients."),
        error_messages={"required": _("Paste the text of the mail or the ticket.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need_owner"] = forms.ChoiceField(
            label=_("Whose need is it?"),
            choices=people,
            help_text=_("The leader who will have the benefit. If you are not sure, choose the head of the sector."),
            error_messages=CHOOSE_PERSON,
        )


class ReasonForm(PlainForm):
    """Why a draft is turned down."""

    reason = forms.CharField(
        label=_("Whose is it, or why is it not yours?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Example: home care in Granlia owns this, ask Kari Lie."),
        error_messages={"required": _("Say why it is not yours, and whose it may be.")},
    )


class NeedsFileForm(PlainForm):
    """A file of needs from another form tool."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or JSON, at most 5 MB. One need a row, with the owner's e-mail address."),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.txt"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large. Divide it: at most 5 MB."))
        try:
            self.rows = read_needs(file.read(), str(file.name))
        except Unreadable as trouble:
            raise forms.ValidationError(str(trouble)) from None
        return file
