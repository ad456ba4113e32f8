"""The form that confirms where a case goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import VersionedForm
from samrad.governance.policy import LINE, REDIRECTED, Route
from samrad.secretariat.policy.routing import COUNCIL

PLACES = {
    COUNCIL: _("The council"),
    "secretariat": _("The secretariat decides within its mandate"),
    LINE: _("The head of the owning sector decides"),
    REDIRECTED: _("Elsewhere: it is not for the council"),
}


class RouteForm(VersionedForm):
    """Where the rules say that it goes, or to the council."""

    chosen = forms.ChoiceField(
        label=_("Where does the case go?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where the case goes."),
            "invalid_choice": _("The rules let it go there or to the council, and nowhere else."),
        },
    )
    reason = forms.CharField(
        label=_("Why the council, when the rules say otherwise?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, way: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place, PLACES[place]) for place in dict.fromkeys([str(way.body_kind), COUNCIL])]
