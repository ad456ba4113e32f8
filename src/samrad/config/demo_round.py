"""The demo's prioritisation round: opened from the annual cycle, and its list made of what is ready."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samrad.secretariat.actions import make_list, open_round, propose_row
from samrad.secretariat.models import RoundRow

if TYPE_CHECKING:
    from samrad.config.demo import World


def prioritise(world: World) -> None:
    """The secretariat has made the list, and proposes otherwise than in the case paper for the last one of several."""
    one = world.do(
        "sekretariat",
        open_round,
        at=world.ago(3),
        body=world.bodies["council"],
        purpose="economic_plan",
        first_year=world.today.year + 1,
        deadline=world.today - timedelta(days=4),
    )
    world.do("sekretariat", make_list, at=world.ago(2), round_id=one.pk)
    rows = world.read(lambda: list(RoundRow.objects.filter(line__case__round=one).order_by("line__order")))
    if len(rows) > 1:
        reason = "Leverandøren har ikke levert det de andre kommunene venter på. Vi foreslår å vente et halvt år."
        world.do("sekretariat", propose_row, at=world.ago(1), row_id=rows[-1].pk, outcome="defer", reason=reason)
