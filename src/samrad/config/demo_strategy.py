"""The demo's strategy, action plans and input from the elected, and what each initiative supports."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from samrad.initiatives.actions import link_goals, save_answers
from samrad.strategy import actions
from samrad.strategy.models import ActionPoint

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk

VISION = "Vi gjør de riktige tingene sammen, så folk merker det."
PRINCIPLES = "\n".join(
    [
        "Bruk det vi har før vi kjøper nytt",
        "Spør bare én gang",
        "Personvern og sikkerhet fra første dag",
        "Felles løsninger der behovene er like",
        "Gevinsten har en eier før vi begynner",
    ]
)


class Area(NamedTuple):
    """A focus area with goals, an indicator each (name, unit, baseline, target, values)."""

    name: str
    description: str
    goals: list[tuple[str, tuple[str, str, int, int, list[int]]]]


AREAS = [
    Area(
        "Trygg hjemme lenger",
        "Teknologi som gir innbyggerne trygghet og ansatte mer tid hos dem.",
        [
            (
                "Flere klarer seg hjemme med trygghet og mestring",
                ("Velferdsteknologi per 1 000 over 80 år", "brukere", 120, 300, [150, 185]),
            ),
            (
                "Ansatte i helse bruker tiden på brukerne",
                ("Tid hos bruker", "prosent av vakta", 52, 60, [53, 55]),
            ),
        ],
    ),
    Area(
        "En enklere hverdag i oppvekst",
        "Foresatte og ansatte slipper papir og dobbeltarbeid.",
        [
            (
                "Foresatte gjør det meste digitalt, ett sted",
                ("Digitale samtykker", "prosent", 20, 90, [35]),
            )
        ],
    ),
    Area(
        "Byggesak og teknisk på nett",
        "Innbyggere og næringsliv får svar raskt, og vi ser feil før de merkes.",
        [
            (
                "Søknader er komplette første gang",
                ("Komplette byggesøknader", "prosent", 45, 75, [49]),
            ),
            ("Vi finner feil i vann og vei før innbyggerne", ("Lekkasjetap", "prosent", 38, 25, [36])),
        ],
    ),
    Area(
        "Orden i eget hus",
        "Færre systemer, trygg informasjon og mindre arbeid for hånd.",
        [
            ("Færre systemer, bedre brukt", ("Systemer i bruk", "systemer", 214, 150, [209, 198])),
            ("Rutinearbeid går av seg selv", ("Frigjorte timer", "timer i året", 0, 12000, [1800])),
        ],
    ),
]
# Sector -> the focus area its initiatives belong to.
OF_SECTOR = {"helse": 0, "oppvekst": 1, "teknisk": 2, "organisasjon": 3}


class Point(NamedTuple):
    """A point of the plan for this year: title, area, goal in it, who, month it is due, cost, how it goes."""

    title: str
    area: int
    goal: int
    who: str
    month: int
    cost: int
    status: str = "planned"
    note: str = ""


POINTS = [
    Point("Velferdsteknologi i alle seks kommuner", 0, 0, "fjelldal-leder-helse", 12, 2_400_000, "under_way"),
    Point("Mobile verktøy i hjemmetjenesten", 0, 1, "granlia-leder-helse", 6, 900_000, "done", "Tatt i bruk 1. juni."),
    Point("Trygg legemiddelhåndtering", 0, 1, "skarholt-leder-helse", 10, 600_000, "under_way"),
    Point("Ett sted for foresatte", 1, 0, "skarholt-leder-oppvekst", 12, 500_000),
    Point(
        "Digitale skjema i barnehagene",
        1,
        0,
        "sundneset-leder-oppvekst",
        5,
        120_000,
        "done",
        "Alle barnehager er i gang.",
    ),
    Point("Selvbetjent byggesak", 2, 0, "sundneset-leder-teknisk", 11, 800_000, "under_way"),
    Point("Sensorer i vann og avløp", 2, 1, "fjelldal-leder-teknisk", 12, 1_500_000),
    Point("Ny kartportal", 2, 0, "granlia-leder-teknisk", 4, 300_000, "dropped", "Fylket lager en felles løsning."),
    Point("Rydde i systemene", 3, 0, "fossmark-leder-organisasjon", 9, 200_000, "under_way"),
    Point(
        "Roboter for rutinearbeid", 3, 1, "fjelldal-leder-organisasjon", 8, 450_000, "done", "Tre roboter er i drift."
    ),
    Point("Opplæring i trygg bruk av KI", 3, 1, "fossmark-leder-organisasjon", 10, 150_000),
]
# New points of next year's plan.
NEXT = [
    Point("Felles responssenter", 0, 0, "fjelldal-leder-helse", 10, 1_100_000),
    Point("Digitalt førstevalg for bedrifter", 2, 0, "granlia-leder-teknisk", 9, 400_000),
]
# Words in a title -> the point it supports; the first that fits.
SUPPORTS = [
    (("medisin", "legemiddel"), 2),
    (("trygghet", "tilsyn", "hjemme", "pasientvarsling", "vaktrom", "kols"), 0),
    (("ruteplan", "e-lås", "tale til tekst", "turnus"), 1),
    (("barnehage", "samtykke", "skole", "foresatt", "elev"), 3),
    (("byggesa", "kart", "eiendom"), 5),
    (("vann", "vei", "sensor", "brøyt"), 6),
    (("færre systemer", "brukeradministrasjon", "arkiv", "svarut"), 8),
    (("robot", "flyt", "faktura"), 9),
]
OUTSIDE = {
    "Pasientvarsling på sykehjemmet": (
        "incident",
        "Det gamle anlegget sviktet to ganger i vår, og Statsforvalteren ba oss bytte det.",
    ),
    "Sonedeling, MFA og tilknytning til SOC": (
        "incident",
        "Et dataangrep på en nabokommune viste at vi var åpne for det samme.",
    ),
    "Felles lønns- og personalsystem": ("state", "Leverandøren slutter å vedlikeholde dagens system ved årsskiftet."),
}


def set_up_strategy(world: World) -> dict[str, Any]:
    """The region's strategy with plans for this year and the next, and this year's input from the elected."""
    year = world.today.year
    begun = world.ago(300)
    made = world.do(
        "sekretariat",
        actions.draft_strategy,
        at=begun,
        owner=world.region,
        title=f"Digitaliseringsstrategi {year - 1}–{year + 2}",
        valid_from=date(year - 1, 1, 1),
        valid_to=date(year + 2, 12, 31),
        vision=VISION,
        principles=PRINCIPLES,
    )
    areas, goals, indicators = [], [], []
    for area in AREAS:
        saved = world.do(
            "sekretariat",
            actions.save_area,
            at=begun,
            strategy_id=made.pk,
            name=area.name,
            description=area.description,
        )
        areas.append(saved)
        own = []
        for text, measure in area.goals:
            goal = world.do("sekretariat", actions.save_goal, at=begun, area_id=saved.pk, text=text)
            own.append(goal)
            indicators.append((_indicator(world, goal.pk, measure), measure[4]))
        goals.append(own)
    adopted = {"adopted_by": "Kommunestyrene", "adopted_date": date(year - 1, 1, 15), "case_number": f"7/{year - 1}"}
    world.do("sekretariat", actions.adopt_strategy, at=begun, strategy_id=made.pk, version=None, **adopted)
    for indicator, values in indicators:
        for place, value in enumerate(values):
            world.do(
                "portefolje",
                actions.record_measurement,
                at=world.ago(200 - 100 * place),
                indicator_id=indicator.pk,
                measured_on=(world.today - timedelta(days=200 - 100 * place)),
                value=Decimal(value),
                note="Egen telling",
            )
    points = _plans(world, made.pk, areas, goals)
    _input(world, made.pk)
    _own_draft(world)
    return {"goals": goals, "points": points}


def _indicator(world: World, goal_id: int, measure: tuple[str, str, int, int, list[int]]) -> Any:
    name, unit, baseline, target, _values = measure
    return world.do(
        "sekretariat",
        actions.save_indicator,
        at=world.ago(300),
        goal_id=goal_id,
        name=name,
        unit=unit,
        baseline=Decimal(baseline),
        target=Decimal(target),
        target_date=date(world.today.year + 2, 12, 31),
    )


def _plans(world: World, strategy_id: int, areas: list[Any], goals: list[Any]) -> list[ActionPoint]:
    year = world.today.year
    at = world.ago(290)
    plan = world.do("sekretariat", actions.make_plan, at=at, strategy_id=strategy_id, year=year)
    points = [_point(world, plan.pk, year, areas, goals, one) for one in POINTS]
    adopted = {"adopted_by": "Kommunestyrene", "adopted_date": date(year - 1, 12, 16), "case_number": f"64/{year - 1}"}
    world.do("sekretariat", actions.adopt_plan, at=at, plan_id=plan.pk, version=None, **adopted)
    for point, said in zip(points, POINTS, strict=True):
        if said.status != "planned":
            move = {"status": said.status, "note": said.note}
            world.do(said.who, actions.move_point, at=world.ago(30), point_id=point.pk, version=None, **move)
    at = world.ago(10)
    coming = world.do(
        "sekretariat", actions.make_plan, at=at, strategy_id=strategy_id, year=year + 1, carry_from_id=plan.pk
    )
    for one in NEXT:
        _point(world, coming.pk, year + 1, areas, goals, one)
    return points


def _point(world: World, plan_id: int, year: int, areas: list[Any], goals: list[Any], one: Point) -> ActionPoint:
    made: ActionPoint = world.do(
        "sekretariat",
        actions.save_point,
        at=world.ago(290),
        plan_id=plan_id,
        title=one.title,
        area_id=areas[one.area].pk,
        goal_id=goals[one.area][one.goal].pk,
        responsible_id=world.people[one.who].pk,
        due_date=date(year, one.month, 28),
        cost_kr=Decimal(one.cost),
    )
    return made


def _own_draft(world: World) -> None:
    """A municipality's own, which is not adopted yet."""
    year, at = world.today.year, world.ago(8)
    drafted = world.do(
        "granlia-direktor",
        actions.draft_strategy,
        at=at,
        owner=world.towns["granlia"],
        title=f"Plan for digital hverdag i Granlia {year + 1}–{year + 4}",
        valid_from=date(year + 1, 1, 1),
        valid_to=date(year + 4, 12, 31),
        vision="Enkelt for alle, også for dem som ikke er på nett.",
    )
    name = "Hjelp til å bli digital"
    area = world.do("granlia-direktor", actions.save_area, at=at, strategy_id=drafted.pk, name=name)
    text = "Alle over 67 år har fått tilbud om opplæring"
    goal = world.do("granlia-direktor", actions.save_goal, at=at, area_id=area.pk, text=text)
    world.do(
        "granlia-direktor",
        actions.save_indicator,
        at=at,
        goal_id=goal.pk,
        name="Deltakere på kurs",
        unit="personer",
        baseline=Decimal(0),
        target=Decimal(900),
        target_date=date(year + 4, 12, 31),
    )


def _input(world: World, strategy_id: int) -> None:
    """One said by the elected representative and answered, one written down from a meeting and waiting."""
    today = world.today
    asked = world.do(
        "sekretariat",
        actions.open_round,
        at=world.ago(60),
        strategy_id=strategy_id,
        year=today.year,
        question="Hva bør vi gjøre mer av neste år, og hva kan vente?",
        opens_on=today - timedelta(days=60),
        closes_on=today + timedelta(days=20),
    )
    text = (
        "Hjemmetjenesten i de små kommunene må få utstyret like raskt som de store. Ta det inn i planen for neste år."
    )
    said = world.do("folkevalgt", actions.give_input, at=world.ago(40), round_id=asked.pk, text=text)
    answer = "Punktet om velferdsteknologi gjelder nå alle seks kommunene, og de små begynner først."
    world.do("sekretariat", actions.answer_input, at=world.ago(30), input_id=said.pk, outcome="taken_in", answer=answer)
    world.do(
        "sekretariat",
        actions.give_input,
        at=world.ago(12),
        round_id=asked.pk,
        text="Utvalget ber om at innbyggere som ikke er på nett, alltid får et annet tilbud.",
        said_by_name="Utvalg for helse og velferd, Granlia",
        source="Møte i utvalget, sak 31",
    )


def link(way: Walk, strategy: dict[str, Any]) -> None:
    """What the initiative supports: a goal and a point where one fits, or why it is outside the plan."""
    t, need = way.tiltak, way.initiative
    author, world = f"{t.owner}-ansatt-{t.sector}", way.world
    pk = need.pk if need else 0
    # The same day as the rest of the need was written.
    at = world.hour(world.weekday(max(way.day, 1)), way.place * 37 + way.day * 53)
    if t.title in OUTSIDE:
        kind, reason = OUTSIDE[t.title]
        values = {"outside_plan": kind, "outside_reason": reason, "goal": ""}
        world.do(author, save_answers, at=at, initiative_id=pk, version=None, values=values)
        return
    area = OF_SECTOR[t.sector]
    own = strategy["goals"][area]
    codes = [f"goal-{own[way.place % len(own)].pk}"]
    words = t.title.lower()
    point = next((number for found, number in SUPPORTS if any(word in words for word in found)), None)
    if point is not None:
        codes.append(f"point-{strategy['points'][point].pk}")
    world.do(author, link_goals, at=at, initiative_id=pk, version=None, codes=codes)
