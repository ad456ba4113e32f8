"""Is what stands on top of a portfolio well-formed?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samrad.core.fields import DayField, VersionedForm, choose_from
from samrad.governance.models import Body
from samrad.organisation.models import Entity, Person


class ViewForm(forms.Form):
    """A name for the list as it is shown, and whether others get it too."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=80,
        error_messages={"required": _("Give it a name."), "max_length": _("Write at most 80 characters.")},
    )
    shared = forms.BooleanField(label=_("Share it with all who read this portfolio"), required=False)


class HeaderForm(VersionedForm):
    """Vision, responsible body, and the named portfolio manager with the decision that appoints."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Give it a name."), "max_length": _("Write at most 120 characters.")},
    )
    vision = forms.CharField(
        label=_("Vision"),
        max_length=200,
        error_messages={
            "required": _("Write the vision. «Gjøre de riktige tingene» is the usual one."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Responsible body"),
        required=False,
        help_text=_("The secretariat or the council. It reports to the portfolio board."),
    )
    manager = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Portfolio manager"),
        error_messages={"required": _("Name the one who manages the portfolio.")},
    )
    appointed_by = forms.CharField(
        label=_("Appointed by"),
        max_length=200,
        help_text=_("Who decided it, and the case, like «Regionrådet, sak 12/26»."),
        error_messages={
            "required": _("Write who appointed the portfolio manager, and in which case."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    appointed_date = DayField(
        label=_("Appointed on"),
        error_messages={"required": _("Write the day the portfolio manager was appointed.")},
    )

    def __init__(self, *args: Any, bodies: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "body", bodies, empty=_("Not said"), label=lambda b: b.name)
        choose_from(self, "manager", people, empty=_("Choose a person"), label=lambda p: p.name)


class PortfolioForm(forms.Form):
    """A new portfolio: what it is called, what it is for, and whose it is."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Give it a name."), "max_length": _("Write at most 120 characters.")},
    )
    vision = forms.CharField(
        label=_("Vision"),
        max_length=200,
        initial="Gjøre de riktige tingene",
        error_messages={
            "required": _("Write the vision. «Gjøre de riktige tingene» is the usual one."),
            "max_length": _("Write at most 200 characters."),
        },
    )
    owner = forms.ModelChoiceField(
        Entity.objects.none(),
        label=_("Whose portfolio it is"),
        error_messages={"required": _("Choose whose portfolio it is.")},
    )

    def __init__(self, *args: Any, houses: QuerySet[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "owner", houses, empty=_("Choose"), label=lambda house: house.name)
        if len(houses) == 1:
            self.initial["owner"] = houses[0].pk
