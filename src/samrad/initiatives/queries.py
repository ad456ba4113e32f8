"""Reads about initiatives. Every one begins with `visible_to`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from samrad.initiatives.models import Initiative, Responsibility
from samrad.organisation.actors import Actor
from samrad.organisation.roles import COUNCIL, INSIDERS, SECRETARIAT

Stage = Initiative.Stage


def visible_to(actor: Actor) -> QuerySet[Initiative]:
    """The initiatives of which the actor sees anything at all: the same table as policy.sight, as a query."""
    if not actor.is_person:
        return Initiative.objects.none()
    involved = Exists(Responsibility.objects.filter(initiative=OuterRef("pk"), person_id=actor.person_id))
    home = actor.entity_id
    own_roles = actor.roles_in([home])
    seen = Q(involved)
    if "employee" in own_roles:
        mine = Q(owner_id=home) | Q(participant_ids__contains=[home])
        seen |= Q(stage__gte=Stage.ANCHORING) & mine
        seen |= Q(stage__gte=Stage.SUBMITTED)  # row security has already cut to one's own houses
    else:
        houses = [h.entity_id for h in actor.held if h.role in INSIDERS | {"elected_rep"}]
        seen |= Q(stage__gte=Stage.SUBMITTED) & (
            Q(shared_with_id__in=houses) | Q(owner_id__in=houses) | Q(participant_ids__overlap=houses)
        )
    treating = [h.entity_id for h in actor.held if h.role in SECRETARIAT | COUNCIL]
    if treating:
        seen |= Q(stage__gte=Stage.ANCHORING) & (
            Q(shared_with_id__in=treating) | Q(shared_with__isnull=True, owner_id__in=treating)
        )
    return Initiative.objects.filter(seen)


def visible_ids(actor: Actor) -> QuerySet[Initiative]:
    """The same as ids, for subqueries of later rooms."""
    return visible_to(actor).values("pk")
