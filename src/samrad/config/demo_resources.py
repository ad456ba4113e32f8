"""The demo's people: what two units can give the next quarters, what a project asks of them, and the frozen times."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from samrad.portfolio.actions import QuarterRow, answer_people, ask_people, keep_frozen, keep_resource
from samrad.portfolio.models import Project
from samrad.portfolio.queries import quarters_from

if TYPE_CHECKING:
    from samrad.config.demo import World

RED, BUILDING = "Felles brukeradministrasjon", "eByggeSak med kart og arkiv"
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


def overbook(world: World) -> None:
    """One person is given to more than there are days for, known by the one who gave; two more projects ask for people."""
    titles = (RED, BUILDING)
    rows = Project.objects.filter(initiative__title__in=titles).select_related("initiative")
    projects = {row.initiative.title: row for row in world.read(lambda: list(rows))}
    if len(projects) < len(titles):
        return
    quarters, leader = quarters_from(world.today), "fjelldal-leder-organisasjon"
    row = QuarterRow(days=62, leave_days=4, line_days=30, reserved_days=28)
    leads = world.people["fjelldal-ansatt-organisasjon"]
    one = world.do(
        leader,
        keep_resource,
        at=world.ago(18),
        unit=world.units["fjelldal", "organisasjon"],
        resource_id=None,
        version=0,
        title="Prosjektleder for fellessystemer",
        person=leads,
        quarters=dict.fromkeys(quarters, row),
    )
    given = {"resource": one, "quarter": quarters[1]}
    asked = world.do(
        "fjelldal-ansatt-organisasjon",
        ask_people,
        at=world.ago(14),
        project_id=projects[RED].pk,
        days=34,
        purpose="Følge leverandøren tett til innføringen er i mål.",
        **given,
    )
    world.do(leader, answer_people, at=world.ago(9), request_id=asked.pk, version=1, days=34, reason="", known=True)
    world.do(
        "fjelldal-ansatt-teknisk",
        ask_people,
        at=world.ago(4),
        project_id=projects[BUILDING].pk,
        days=12,
        purpose="Lede prosjektet til lederen er tilbake.",
        **given,
    )
