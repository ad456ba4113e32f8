"""Who is told what about systems, and why them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.systems.models import System, Terms


def tell_ending(*, by: Actor, at: datetime, system: System, terms: Terms, months: int) -> None:
    """Owner and administrator hear when the contract runs out, and what to do."""
    ids = [pk for pk in (system.system_owner_id, system.administrator_id) if pk]
    message = Message(
        code="systems.ending",
        subject=_("The contract for %(system)s runs out in %(months)s months or less"),
        body=_(
            "The contract for %(system)s runs out %(end)s. Report a need now if it is to be extended, replaced or phased "
            "out: the page has a button for it.\nYou get this because you own or administer the system."
        ),
        path=reverse("systems:system_detail", args=[system.pk]),
        values={
            "system": system.name,
            "months": months,
            "end": terms.end_date.strftime("%d.%m.%Y") if terms.end_date else "–",
        },
    )
    people = Person.objects.filter(pk__in=ids, active=True)
    notify(by=by, at=at, house=terms, people=people, message=message)
