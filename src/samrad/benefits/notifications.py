"""Who is told what about plans for benefits, and why them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samrad.benefits.models import BenefitPlan
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def tell_plan_waits(*, by: Actor, at: datetime, plan: BenefitPlan, initiative: Initiative, person: Person) -> None:
    """One who owns a benefit hears that the plan is whole, and waits to be approved."""
    message = Message(
        code="benefits.plan_waits",
        subject=_("Approve the benefits realisation plan: %(title)s"),
        body=_(
            "Every benefit of %(reference)s is planned, and you own at least one of them. Read the plan and approve it."
        ),
        path=reverse("benefits:plan_detail", args=[initiative.pk]),
        values={"title": initiative.title, "reference": initiative.reference},
    )
    notify(by=by, at=at, house=plan, people=[person], message=message)
