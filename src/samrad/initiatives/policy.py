"""Who sees what of an initiative (flow.md D.6), and what one may do with it."""

from __future__ import annotations

from enum import IntEnum

from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.roles import COUNCIL, INSIDERS, SECRETARIAT

Stage = Initiative.Stage


class Sight(IntEnum):
    """How much of an initiative someone sees."""

    NOTHING = 0
    LISTED = 1  # title, field, state
    OPEN = 2  # all but exempt fields and internal notes
    FULL = 3  # exempt fields too


def house_id(initiative: Initiative) -> int:
    """The entity whose council and secretariat treat the initiative: the cooperation where it is shared."""
    return initiative.shared_with_id or initiative.owner_id


def sight(actor: Actor, initiative: Initiative, *, involved: bool) -> Sight:
    """How much `actor` sees. `involved`: named in the initiative (author, need owner, asked, responsible)."""
    if involved:
        return Sight.FULL
    if not actor.is_person:
        return Sight.NOTHING
    stage = Stage(initiative.stage)
    if stage == Stage.DRAFT:
        return Sight.NOTHING
    treating = actor.roles_in([house_id(initiative)])
    participating = actor.roles_in([initiative.owner_id, *initiative.participant_ids])
    if stage == Stage.ANCHORING:
        listed = bool(treating & (SECRETARIAT | COUNCIL)) or "employee" in participating
        return Sight.LISTED if listed else Sight.NOTHING
    if (treating | participating) & INSIDERS:
        return Sight.FULL
    if "employee" in participating or "elected_rep" in treating | participating:
        return Sight.OPEN
    if "employee" in treating:
        return Sight.OPEN
    if house_id(initiative) in actor.entities and "employee" in actor.roles_in([actor.entity_id]):
        return Sight.OPEN if stage == Stage.DECIDED else Sight.LISTED
    return Sight.NOTHING
