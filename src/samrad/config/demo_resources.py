"""The demo's people: what two units can give the next quarters, what a project asks of them, and the frozen times."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from samrad.portfolio.actions import QuarterRow, answer_people, ask_people, keep_frozen, keep_resource
from samrad.portfolio.models import Project
from samrad.portfolio.queries import quarters_from

if TYPE_CHECKING:
    from samrad.config.demo import World

ASKING = "Elektronisk medisindispenser i hjemmetjenesten"
# What a role has in a quarter: days, leave, the line's own work, set aside for development.
PEOPLE: tuple[tuple[str, str, tuple[int, int, int, int]], ...] = (
    ("organisasjon", "IKT-arkitekt", (120, 10, 60, 50)),
    ("organisasjon", "Integrasjonsutvikler", (60, 5, 40, 25)),
    ("helse", "Superbrukere i hjemmetjenesten", (90, 8, 60, 22)),
)


def _frozen(world: World) -> None:
    year = world.today.year
    for name, first, last, source in (
        ("Budsjettbehandlingen", date(year, 10, 15), date(year, 12, 15), "Årshjulet"),
        ("Sommerferien", date(year + 1, 6, 25), date(year + 1, 8, 10), "Porteføljestyret"),
    ):
        days = {"first_day": first, "last_day": last}
        world.do(
            "portefolje", keep_frozen, at=world.ago(30), portfolio=world.portfolio, name=name, source=source, **days
        )


def plan_people(world: World) -> None:
    """What they have, what is asked of them, and one answer."""
    project = world.read(lambda: Project.objects.filter(initiative__title=ASKING).first())
    if world.portfolio is None or project is None:
        return
    _frozen(world)
    quarters, made = quarters_from(world.today), {}
    for sector, title, (days, leave, line, reserved) in PEOPLE:
        row = QuarterRow(days=days, leave_days=leave, line_days=line, reserved_days=reserved)
        given: dict[str, Any] = {"resource_id": None, "version": 0, "title": title, "person": None}
        made[title] = world.do(
            f"fjelldal-leder-{sector}",
            keep_resource,
            at=world.ago(20),
            unit=world.units["fjelldal", sector],
            quarters=dict.fromkeys(quarters, row),
            **given,
        )
    manager, leader = "fjelldal-ansatt-helse", "fjelldal-leder-organisasjon"
    wanted = (
        ("IKT-arkitekt", 0, 60, "Tegne integrasjonen mot pasientjournalen."),
        ("IKT-arkitekt", 1, 30, "Følge opp innføringen."),
    )
    asked = [
        world.do(
            manager,
            ask_people,
            at=world.ago(15),
            project_id=project.pk,
            resource=made[title],
            quarter=quarters[n],
            days=days,
            purpose=purpose,
        )
        for title, n, days, purpose in wanted
    ]
    why = "Arkitektene er bundet opp i ny pålogging til nyttår."
    world.do(leader, answer_people, at=world.ago(10), request_id=asked[0].pk, version=1, days=40, reason=why)
