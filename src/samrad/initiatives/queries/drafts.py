"""Reads about who writes a draft, and what came in as mail or tickets."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from samrad.initiatives.models import Forwarding, Initiative, Takeover
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit
from samrad.organisation.queries import visible_to as people_visible_to
from samrad.organisation.roles import roles_for


def authors_of(initiative: Initiative) -> list[Person]:
    """Those who write the need, by name."""
    rows = initiative.responsibilities.filter(kind="author").select_related("person__owner")
    return sorted((row.person for row in rows), key=lambda person: (person.name, person.pk))


def people_of(initiative: Initiative) -> QuerySet[Person]:
    """The people who may be responsible: from the municipalities that take part, and the cooperation."""
    houses = [initiative.owner_id, initiative.shared_with_id, *initiative.participant_ids]
    people = Person.objects.filter(active=True, owner_id__in=houses)
    return people.select_related("owner").order_by("name", "pk")


def may_be_invited(initiative: Initiative) -> QuerySet[Person]:
    """The people who can be let in to write: of the houses that take part, and not writing yet."""
    return people_of(initiative).exclude(pk__in=initiative.responsibilities.filter(kind="author").values("person_id"))


def possible_owners(actor: Actor) -> QuerySet[Person]:
    """Those whose need a mail or a ticket may be: of the houses where one may ask it, never oneself."""
    roles = roles_for("initiatives.take_in_request")
    houses = [held.entity_id for held in actor.held if held.role in roles]
    asked = Q(owner_id__in=houses) | Q(shared_with_id__in=houses)
    people = people_visible_to(actor).filter(asked).exclude(pk=actor.person_or_none)
    return people.select_related("owner").order_by("name", "pk")


def takeovers_visible_to(actor: Actor) -> QuerySet[Takeover]:
    """The drafts made from mail and tickets that one has sent on, or is asked about."""
    mine = Q(asked_by_id=actor.person_or_none) | Q(asked_id=actor.person_or_none)
    return Takeover.objects.filter(mine).select_related("initiative", "asked", "asked_by")


def forwarding_of(initiative: Initiative) -> Forwarding | None:
    """How it went to the service desk, where it is there now."""
    return initiative.forwardings.filter(undone_at__isnull=True).first()


def sector_of(person: Person) -> int | None:
    """The sector a person works in, from the unit upwards."""
    unit = person.unit
    while unit is not None and unit.kind != Unit.Kind.SECTOR:
        unit = unit.parent
    return unit.pk if unit else None
