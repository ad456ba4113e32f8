"""Is what is typed about the archive well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.archive.models import ArchiveSetup


def _text(label: Any, most: int, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


class SetupForm(forms.Form):
    """How an entity files."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    backend = forms.ChoiceField(
        label=_("How are documents filed?"),
        choices=ArchiveSetup.Backend.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how documents are filed.")},
    )
    folder = _text(
        _("Folder"),
        300,
        help_text=_(
            "A name under the folder of your own on the server. Leave it empty to file straight in that folder."
        ),
    )
    series = _text(_("Series"), 40, help_text=_("What your archive calls the part for cases, for example SAK."))
    class_system = _text(_("Classification system"), 40, help_text=_("For example K-koder."))
    class_code = _text(_("Class"), 40, help_text=_("For example 056."))
    unit_name = _text(_("Administrative unit"), 120)
    access_code = forms.CharField(
        label=_("Code for what is exempt from public access"),
        max_length=20,
        help_text=_("What your archive calls it, for example UO or 13."),
        error_messages={"required": _("Write the code your archive uses.")},
    )
