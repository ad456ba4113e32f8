"""The demo's annual cycle: this year and the next one laid out for the council, and some who follow it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from samrad.governance import actions as governance
from samrad.organisation.actors import Actor

if TYPE_CHECKING:
    from samrad.config.demo import World

FOLLOWERS = ("sekretariat", "folkevalgt", "granlia-leder-helse", "fjelldal-ansatt-helse")


def lay_out(world: World, by: Actor) -> None:
    """Six meetings each year, around those the demo's cases are treated in, and the usual dates."""
    council = world.bodies["council"]
    rhythm = governance.Rhythm(6, 1, time(9), place="Fjelldal rådhus")
    for year in (world.today.year, world.today.year + 1):
        governance.plan_as_proposed(by=by, at=world.now, body=council, year=year, rhythm=rhythm)
    for key in FOLLOWERS:
        world.do(key, governance.follow_cycle, at=world.now)
