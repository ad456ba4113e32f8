"""Showing a refusal at the fields it is about, in the form it came from."""

from django.forms import BaseForm
from django.http import QueryDict

from samrad.core.verdict import Refused


def blame(form: BaseForm, refused: Refused) -> None:
    """Put each thing that lacks at its field, in the same words; what belongs to no field stands at the top."""
    for lack in refused.verdict.lacks:
        name = lack.anchor.removeprefix("id_")
        form.add_error(name if name in form.fields else None, str(lack.text))
    if not refused.verdict.lacks:
        form.add_error(None, str(refused.verdict.reason))


def renew(form: BaseForm, version: int) -> None:
    """Let a form that was refused as stale stand for what is stored now: read again and sent again, it counts."""
    if form.is_bound:
        data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
        data["version"] = str(version)
        form.data = data
