"""The demo region, made by the product's own actions as its own people: so it is also a test."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from samrad.archive.actions import set_up_archive
from samrad.config.demo_cycle import lay_out
from samrad.config.demo_data import FIRST, LAST, MUNICIPALITIES, REGION, SECTORS, TILTAK
from samrad.config.demo_effort import write_effort
from samrad.config.demo_governing import govern, mandates
from samrad.config.demo_groups import form_groups
from samrad.config.demo_ideas import judge, send_ideas
from samrad.config.demo_measures import steer
from samrad.config.demo_progress import begin, come_on, look_back, was_there
from samrad.config.demo_projects import tie_together
from samrad.config.demo_ranking import rank
from samrad.config.demo_resources import overbook, plan_people
from samrad.config.demo_round import prioritise
from samrad.config.demo_second import report_now, second_portfolio
from samrad.config.demo_strategy import set_up_strategy
from samrad.config.demo_systems import register
from samrad.config.demo_way import Walk, settle, treat
from samrad.core.acting import acting_for
from samrad.governance import actions as governance
from samrad.governance.models import Body, Field, PlannedMeeting
from samrad.initiatives import actions as initiatives
from samrad.organisation import actions as organisation
from samrad.organisation.actors import Actor, actor_of
from samrad.organisation.models import Entity, Person, Unit
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Portfolio

# What the secretariat may decide by itself: in one case, and all in all in a year.
SECRETARIAT_MAY: dict[str, Any] = {
    "may_decide_types": ["development"],
    "amount_per_case": Decimal(220_000),
    "amount_per_year": Decimal(600_000),
}
SETUP = Actor(None, "Samråd", 0, ())


@dataclass
class World:
    """Everyone and everything the demo's people need to find."""

    now: datetime
    region: Entity
    towns: dict[str, Entity] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    portfolio: Portfolio | None = None
    planned: list[int] = field(default_factory=list)
    strategy: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def actor(self, key: str) -> Actor:
        """One of the demo's people, as an actor."""
        person = self.people[key]
        return actor_of(person.pk, person.owner_id, on=self.today)

    def ago(self, days: int) -> datetime:
        """So many days before now."""
        return self.now - timedelta(days=days)

    def weekday(self, days: int) -> date:
        """The working day that many days ago; for a weekend, the Friday before."""
        day = self.today - timedelta(days=days)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def hour(self, day: date, minutes: int) -> datetime:
        """A moment in the working hours of a day."""
        return timezone.make_aware(datetime.combine(day, time(8))) + timedelta(minutes=minutes % 450)

    def meetings(self) -> tuple[list[PlannedMeeting], PlannedMeeting]:
        """The council's meetings in the annual cycle: those that have been, and the next one."""
        mine = self.bodies["council"].planned_meetings.filter(pk__in=self.planned)
        planned = self.read(lambda: list(mine.order_by("starts_at")))
        return [m for m in planned if m.starts_at < self.now], next(m for m in planned if m.starts_at > self.now)

    def do(self, key: str | Person, act: Callable[..., Any], *, at: datetime, **values: Any) -> Any:
        """Let one of the demo's people do something, with no more access than that person has."""
        person = self.people[key] if isinstance(key, str) else key
        by = actor_of(person.pk, person.owner_id, on=self.today)
        with acting_for(by.entities):
            return act(by=by, at=at, **values)

    def read(self, get: Callable[[], Any]) -> Any:
        """Look something up as the region sees it."""
        with acting_for([self.region.pk, *(t.pk for t in self.towns.values())]):
            return get()


def _names() -> Callable[[], str]:
    pairs = ((FIRST[i % len(FIRST)], LAST[(i * 7 + i // len(FIRST)) % len(LAST)]) for i in itertools.count())
    return lambda: " ".join(next(pairs))


def _entities(now: datetime) -> World:
    start = date(2025, 1, 1)
    slug, name = REGION
    region = organisation.add_entity(by=SETUP, at=now, slug=slug, name=name, kind="cooperation")
    world = World(now, region)
    for town, title, inhabitants, language in MUNICIPALITIES:
        world.towns[town] = organisation.add_entity(
            by=SETUP, at=now, slug=town, name=title, kind="municipality", language=language, inhabitants=inhabitants
        )
    with acting_for([region.pk, *(t.pk for t in world.towns.values())]):
        for entity in world.towns.values():
            organisation.join_cooperation(by=SETUP, at=now, cooperation=region, member=entity, valid_from=start)
    return world


def _add(
    world: World, key: str, name: str, owner: Entity, title: str, *, unit: Unit | None = None, email: str = ""
) -> Person:
    share = None if owner == world.region else world.region
    person = organisation.add_person(
        by=SETUP,
        at=world.now,
        owner=owner,
        name=name,
        email=email or f"{key}@demo.example",
        title=title,
        shared_with=share,
        unit=unit,
    )
    world.people[key] = person
    return person


def _role(
    world: World,
    key: str,
    role: str,
    *,
    entity: Entity | None = None,
    unit: Unit | None = None,
    field_id: int | None = None,
) -> None:
    organisation.give_role(
        by=SETUP,
        at=world.now,
        person=world.people[key],
        role=role,
        valid_from=date(2025, 1, 1),
        entity=entity,
        unit=unit,
        field_id=field_id,
    )


def _town(world: World, slug: str, name: Callable[[], str]) -> None:
    town = world.towns[slug]
    for code, sector, _kostra in SECTORS:
        unit = organisation.add_unit(by=SETUP, at=world.now, owner=town, name=sector, shared_with=world.region)
        world.units[slug, code] = unit
        _add(world, f"{slug}-leder-{code}", name(), town, f"Kommunalsjef {sector.lower()}", unit=unit)
        _role(world, f"{slug}-leder-{code}", "sector_head", unit=unit)
        _add(world, f"{slug}-ansatt-{code}", name(), town, "Fagleder", unit=unit)
    _add(world, f"{slug}-direktor", name(), town, "Kommunedirektør")
    _role(world, f"{slug}-direktor", "chief_executive")
    _add(world, f"{slug}-arkiv", name(), town, "Arkivleder")
    _role(world, f"{slug}-arkiv", "records_manager")
    if slug in ("fjelldal", "granlia"):
        _role(world, f"{slug}-ansatt-organisasjon", "system_manager")


def _region(world: World, name: Callable[[], str]) -> None:
    region, host = world.region, world.towns["fjelldal"]
    _add(world, "sekretariat", name(), region, "Leder for sekretariatet")
    _role(world, "sekretariat", "secretariat_lead")
    _add(world, "saksbehandler", name(), region, "Rådgiver i sekretariatet")
    _role(world, "saksbehandler", "secretariat_member")
    _add(world, "portefolje", name(), region, "Porteføljeforvalter", email="portefolje@demo.example")
    _role(world, "portefolje", "portfolio_manager")
    _add(world, "portefolje-helse", "Torunn Lidvoll", region, "Porteføljeansvarlig for helse og oppvekst")
    _role(world, "portefolje-helse", "portfolio_manager")
    _add(world, "administrator", "Berit Storhaug", region, "Systemansvarlig")
    _role(world, "administrator", "administrator")
    _add(world, "leder", name(), host, "Leder i digitaliseringsrådet")
    _role(world, "leder", "council_chair", entity=region)
    _add(world, "folkevalgt", name(), host, "Kommunestyremedlem")
    _role(world, "folkevalgt", "elected_rep")
    _add(world, "politisk", "Solveig Myrvang", host, "Politisk sekretær")
    _role(world, "politisk", "political_secretariat")
    _role(world, "politisk", "political_secretariat", entity=region)
    _role(world, "fjelldal-ansatt-organisasjon", "it_manager", entity=region)  # the host's ICT serves them all
    for code, sector, kostra in SECTORS:
        world.fields[code] = governance.add_field(
            by=SETUP, at=world.now, owner=region, code=code, name=sector, kostra=kostra
        )
        _add(world, f"faggruppe-{code}", name(), host, f"Leder for faggruppe {sector.lower()}")
        _role(world, f"faggruppe-{code}", "expert_group_lead", entity=region, field_id=world.fields[code].pk)
    _add(world, "arkiv", name(), region, "Arkivleder i samarbeidet")
    _role(world, "arkiv", "records_manager")


def _archives(world: World) -> None:
    """The cooperation and one municipality file to a folder; the others by hand."""
    for key, owner in (("arkiv", world.region), ("granlia-arkiv", world.towns["granlia"])):
        terms = {"series": "SAK", "class_system": "K-koder", "class_code": "056", "unit_name": "Arkivet"}
        set_up_archive(by=world.actor(key), at=world.now, owner=owner, backend="folder", terms=terms)


def _council(world: World) -> None:
    region, now = world.region, world.now
    council = governance.set_up_body(
        by=SETUP, at=now, owner=region, kind="council", name="Digitaliseringsrådet", short_name="DR"
    )
    secretariat = governance.set_up_body(by=SETUP, at=now, owner=region, kind="secretariat", name="Sekretariatet")
    world.bodies = {"council": council, "secretariat": secretariat}
    mandates(world, SETUP, SECRETARIAT_MAY)
    seats = [
        ("leder", "chair", "organisasjon", "fjelldal"),
        ("granlia-leder-helse", "deputy", "helse", "granlia"),
        ("skarholt-leder-oppvekst", "member", "oppvekst", "skarholt"),
        ("sundneset-leder-teknisk", "member", "teknisk", "sundneset"),
        ("bekkjarvoll-leder-helse", "member", "helse", "bekkjarvoll"),
        ("fossmark-leder-organisasjon", "member", "organisasjon", "fossmark"),
        ("saksbehandler", "secretary", None, None),
    ]
    roles = {"deputy": "council_deputy", "member": "council_member"}
    for key, position, code, slug in seats:
        governance.give_seat(
            by=SETUP,
            at=now,
            body=council,
            person=world.people[key],
            position=position,
            valid_from=date(2025, 1, 1),
            field=world.fields[code] if code else None,
            municipality=world.towns[slug] if slug else None,
        )
        if position in roles:
            _role(world, key, roles[position], entity=region)
    for days in (-98, -70, -42, 14, 56, 98):
        day = world.today + timedelta(days=days)
        day += timedelta(days=1 - day.weekday())  # the council meets on Tuesdays
        starts = timezone.make_aware(datetime.combine(day, time(9)))
        made = governance.plan_in_cycle(
            by=SETUP,
            at=now,
            body=council,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="Fjelldal rådhus",
            submission_deadline=day - timedelta(days=21),
            urgent_deadline=day - timedelta(days=11),
            notice_date=day - timedelta(days=7),
        )
        world.planned.append(made.pk)


def _requirements(world: World) -> None:
    for code in ("benefits", "costs", "responsible"):
        governance.adopt_requirement(
            by=SETUP,
            at=world.now,
            owner=world.region,
            code=code,
            size_classes=["small", "medium", "large"],
            valid_from=date(2025, 1, 1),
            source="Vedtatt av kommunestyrene, krav til forarbeid",
        )
    start = date(2025, 1, 1)
    governance.adopt_requirement(
        by=SETUP,
        at=world.now,
        owner=world.region,
        code="screening",
        size_classes=["medium", "large"],
        valid_from=start,
        source="Vedtatt i digitaliseringsrådet",
    )
    initiatives.adopt_starting_rules(by=SETUP, at=world.now, owner=world.region, valid_from=start)
    for slug, house in {"fjelldalsregionen": world.region, **world.towns}.items():
        initiatives.set_service_desk(
            by=SETUP,
            at=world.now,
            owner=house,
            name=f"IT-hjelp i {house.name.removesuffix(' kommune')}",
            url=f"https://{slug}.example/it-hjelp",
            email=f"it-hjelp@{slug}.example",
            phone="55 55 01 00",
            valid_from=start,
        )


def _arrivals(world: World) -> None:
    """A mail to the secretariat that somebody else owns the need of."""
    world.do(
        "saksbehandler",
        initiatives.turn_into_draft,
        at=world.hour(world.weekday(2), 75),
        subject="App for vaktmesterrunden",
        sender="Vaktmester i Granlia",
        text="Hei! Vi skriver avvik på papir og taster dem inn på kvelden. Finnes det en app vi kan bruke?",
        need_owner_id=world.people["granlia-leder-teknisk"].pk,
    )


def set_up(now: datetime) -> World:
    """The region with its people, bodies, requirements and portfolio, and no initiatives yet."""
    world = _entities(now)
    name = _names()
    everyone = [world.region.pk, *(t.pk for t in world.towns.values())]
    with acting_for(everyone):
        for slug in world.towns:
            _town(world, slug, name)
        _region(world, name)
        _archives(world)
        _council(world)
        _requirements(world)
        register(world)
        lay_out(world, SETUP)
        govern(world, SETUP)
        world.portfolio = create_portfolio(
            by=Actor(None, "Samråd", world.region.pk, ()),
            at=now,
            owner=world.region,
            name="Digitaliseringsporteføljen",
            manager=world.people["portefolje"],
        )
    world.strategy = set_up_strategy(world)
    form_groups(world)
    return world


def _run_portfolio(world: World, ways: list[Walk]) -> None:
    """From the first projects and the report on them, to how they stand now in two portfolios, and the newest report."""
    decided = [way for way in ways if way.planned]
    before = [way for way in decided if was_there(way)]
    settle(before)
    plan_people(world)
    begin(ways)
    look_back(world, ways)
    after = [way for way in decided if way not in before]
    settle(after)
    begin(after)
    come_on(ways)
    tie_together(world)
    write_effort(world)
    overbook(world)
    second_portfolio(world)
    rank(world)
    steer(world)
    report_now(world)


def build(*, say: Callable[[str], None] = print, now: datetime | None = None, limit: int | None = None) -> None:
    """Make the demo region unless it is there. All of it in one transaction: killed half-way, it starts anew."""
    if Entity.objects.filter(slug=REGION[0]).exists():
        return
    say("Lager demoregionen. Det tar ett til tre minutter.")
    with acting_for([]):
        world = set_up(now or timezone.now())
        ways = treat(world, enumerate(TILTAK[:limit]))
        _run_portfolio(world, ways)
        prioritise(world)
        _arrivals(world)
        send_ideas(world)
        judge(world)
    say("Demoregionen er klar.")
