"""Showing a refusal at the fields it is about, in the form it came from."""

from django.forms import BaseForm

from samrad.core.verdict import Refused


def blame(form: BaseForm, refused: Refused) -> None:
    """Put each thing that lacks at its field, in the same words; what belongs to no field stands at the top."""
    for lack in refused.verdict.lacks:
        name = lack.anchor.removeprefix("id_")
        form.add_error(name if name in form.fields else None, str(lack.text))
    if not refused.verdict.lacks:
        form.add_error(None, str(refused.verdict.reason))
