"""How the demo's projects have gone since the quarter before: what was reported then, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from samrad.config import demo_benefits
from samrad.config.demo_projects import (
    PLANNED,
    PlanStep,
    answer_all,
    budget,
    freeze,
    go_on,
    lay_plan,
    pass_gate,
    report,
    risks,
)
from samrad.portfolio.actions import RiskRow, ask_change, decide_change, keep_risk
from samrad.portfolio.models import Project
from samrad.portfolio.periods import period_in, quarter_of

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk

NIGHT, DOORS = "Digitalt tilsyn om natta", "E-lås i hjemmetjenesten"
ACCESS, BUILDING = "Felles brukeradministrasjon", "eByggeSak med kart og arkiv"
CHILDREN, NURSERY = "Barnevernets fagsystem og innbyggerportal", "Felles barnehagesystem med app for foreldre"
ROBOT, ZONES = "Robot for etterkontroll av bilag", "Sonedeling, MFA og tilknytning til SOC"
ALARM, SIGNING = "Digital trygghetsalarm og responssenter", "Digital signering i hele kommunen"
Lights = Mapping[str, tuple[str, str]]  # what is not green, with why


@dataclass(frozen=True, kw_only=True)
class Tale:
    """How one project goes: the lights then and now, the money in per cent of the frame, its plan and its risks."""

    then: Lights = field(default_factory=dict)
    now: Lights = field(default_factory=dict)
    spent: int = 30
    over: int = 0
    steps: Sequence[PlanStep] = ()
    moved: str = ""  # why its end was moved, with the owner's approval
    late: int = 0  # days, for all but the first milestone
    risks: Sequence[RiskRow] = ()
    changed: RiskRow | None = None  # what the first of the risks is now
    passed: str = ""  # why its owner has let it be carried out
    benefit: demo_benefits.Measure | None = None  # and what it is measured by
    silent: bool = False  # it has not reported this quarter


def _risk(title: str, likelihood: int, impact: int, measure: str, *after: int) -> RiskRow:
    """A risk as likely and as large as it is said, before and after its measure."""
    likelier, larger = after or (likelihood, impact)
    return RiskRow(
        title=title,
        likelihood=likelihood,
        impact=impact,
        measure=measure,
        likelihood_after=likelier,
        impact_after=larger,
    )


TALES = {
    NIGHT: Tale(
        then={"progress": ("red", "Ingen tilbud i første runde. Vi lyser ut på nytt med færre krav.")},
        spent=42,
        steps=(
            ("Kontrakt signert", 30, "milestone"),
            ("To avdelinger i gang", 110, "deliverable"),
            ("Alle sju avdelinger i gang", 210, "milestone"),
        ),
        risks=(
            _risk("Nattevaktene stoler ikke på varslene", 4, 4, "Dobbelt tilsyn de fire første ukene.", 2, 4),
            _risk("Pårørende er ikke spurt i tide", 3, 3, "Samtale med alle pårørende før oppstart.", 2, 2),
        ),
    ),
    DOORS: Tale(
        now={"economy": ("amber", "Førti flere dører enn vi trodde. Vi dekker det innenfor usikkerheten.")},
        spent=55,
        over=6,
        steps=(
            ("Låsene er valgt", 30, "milestone"),
            ("Første sone i bruk", 120, "deliverable"),
            ("Alle soner i bruk", 220, "milestone"),
        ),
        passed="Låsene er prøvd i en sone. Hjemmetjenesten er klar.",
        benefit=demo_benefits.Measure(
            "Kilometer kjørt per vakt", Decimal(46), Decimal(34), "Kjørebøkene for fire uker i alle soner.", "km"
        ),
        moved="Borettslagene må få svare først. Det tar seks uker.",
        late=24,
        risks=(_risk("Borettslag sier nei til e-lås", 3, 3, "Egen avtale med de to største.", 3, 2),),
    ),
    ALARM: Tale(
        then={"resources": ("amber", "To kommuner har ikke satt av folk ennå.")},
        now={"risk": ("amber", "En kommune har sagt nei, og en har ikke vedtatt sin del.")},
        risks=(_risk("For få kommuner blir med, og prisen øker", 4, 4, "Opsjon fra tre kommuner i kontrakten.", 4, 3),),
    ),
    PLANNED: Tale(risks=(_risk("Tre kommuner kjøper hvert sitt", 4, 3, "«Sammen først» tas opp i rådet."),)),
    CHILDREN: Tale(
        now={"risk": ("amber", "Personvernet er ikke ferdig vurdert for portalen.")},
        steps=(("Krav ferdige", 60, "deliverable"), ("Saker flyttet", 200, "milestone")),
        risks=(
            _risk("Gamle saker kommer ikke med over", 4, 5, "Prøveflytting i mars med tusen saker.", 2, 5),
            _risk("Foresatte ser mer enn de skal", 3, 5, "Personvernombudet tester portalen.", 1, 5),
        ),
    ),
    NURSERY: Tale(
        then={"progress": ("red", "Vi kom ikke i gang før ferien.")},
        now={"progress": ("amber", "Vi henter inn det tapte, men venter på ny pålogging.")},
        spent=40,
        risks=(_risk("Foresatte må lære nok en app", 3, 2, "Samme innlogging som skolen.", 2, 2),),
    ),
    ACCESS: Tale(
        then={"progress": ("amber", "Leverandøren er to uker etter planen.")},
        now={
            "economy": ("amber", "Prognosen er over budsjettet. Vi ser på omfanget."),
            "risk": ("amber", "Leverandøren har mistet to av fem utviklere."),
        },
        spent=62,
        over=25,
        steps=(
            ("Kobling mot lønn", 45, "deliverable"),
            ("Skolene er over", 150, "milestone"),
            ("Alle er over", 240, "milestone"),
        ),
        passed="Vi begynner med skolene, og tar helse når prisen er avklart.",
        benefit=demo_benefits.Measure(
            "Tid til nye har tilgang",
            Decimal(9),
            Decimal(1),
            "IT-hjelp teller fra melding til ferdig i fire uker.",
            "dager",
        ),
        late=75,
        changed=_risk("Leverandøren leverer ikke før avtalen går ut", 5, 4, "Møte med ledelsen hver uke.", 4, 4),
        risks=(
            _risk("Leverandøren leverer ikke før avtalen går ut", 3, 4, "Dagmulkt i kontrakten.", 2, 4),
            _risk("Tilganger følger ikke med ved bytte av jobb", 3, 4, "Kontroll mot lønn hver natt.", 2, 3),
        ),
    ),
    BUILDING: Tale(
        now={"resources": ("red", "Prosjektlederen er borte til januar, og ingen har tatt over.")},
        spent=38,
        steps=(
            ("Integrasjon mot kart", 50, "deliverable"),
            ("Første søknad på nett", 140, "milestone"),
            ("Papir slutter", 260, "milestone"),
        ),
        risks=(_risk("Kartet er ikke oppdatert", 3, 3, "Dugnad i to uker før oppstart."),),
    ),
    ROBOT: Tale(
        silent=True,
        spent=70,
        risks=(_risk("Robotene stopper når lønn oppgraderes", 3, 2, "Test før hver oppgradering."),),
    ),
    SIGNING: Tale(spent=80, risks=(_risk("Gamle maler blir brukt", 2, 2, "Malene slettes 1. februar.", 1, 2),)),
    ZONES: Tale(
        then={"risk": ("red", "Ett felles nett, og ingen ser på det om natta.")},
        now={"risk": ("amber", "Helse og skole er skilt. Vann gjenstår.")},
        spent=48,
        steps=(
            ("Helse og skole i egne soner", 35, "milestone"),
            ("MFA for alle ansatte", 120, "deliverable"),
            ("SOC ser hele nettet", 230, "milestone"),
        ),
        changed=_risk("Angrep før vann er i egen sone", 4, 5, "Vakt hele døgnet fra SOC nå.", 2, 5),
        risks=(_risk("Angrep før vann er i egen sone", 4, 5, "Ekstra kontroll hver morgen."),),
    ),
}


def first_report(world: World) -> date:
    """When the report of the quarter before was made: some days into this one, and never so long ago that little was there."""
    usual = max(quarter_of(world.today) + timedelta(days=12), world.today - timedelta(days=60))
    return min(usual, world.today - timedelta(days=6))


def was_there(way: Walk) -> bool:
    """Was the council's meeting about it so long before that report that it had become a project?"""
    held = way.planned.starts_at if way.planned else None
    return held is not None and localdate(held) < first_report(way.world) - timedelta(days=10)


def look_back(world: World, ways: Sequence[Walk]) -> None:
    """The quarter before, as the projects reported it, and the board read it."""
    made = first_report(world)
    before = period_in("quarter", quarter_of(world.today) - timedelta(days=1))
    for way in ways:
        if way.project is not None and way.tiltak.stage != "project_unreported":
            at = world.hour(made - timedelta(days=3), 60 + 11 * way.place)
            said = TALES[way.tiltak.title].then if way.tiltak.title in TALES else {}
            report(way, way.project, said, at=at, period=before[0], spent=12)
    if world.portfolio is not None:
        remark = "Vi vil se en rangering før neste rapport, og en plan for det som er ute av rute."
        read = (world.hour(made + timedelta(days=5), 300), remark)
        freeze(world, world.portfolio, at=world.hour(made, 330), period=before, read=read)


def begin(ways: Sequence[Walk]) -> None:
    """What each project sets out with: its milestones and its risks."""
    for way in ways:
        tale = TALES.get(way.tiltak.title)
        if way.project is None or tale is None:
            continue
        if tale.steps:
            lay_plan(way, way.project, start=way.begun, steps=tale.steps)
        risks(way, way.project, tale.risks)


def come_on(ways: Sequence[Walk]) -> None:
    """What has become of each project since: its plan, money and risks, and this quarter's status."""
    since = (ways[0].world.today - first_report(ways[0].world)).days if ways else 0
    for way in ways:
        if way.project is None:
            continue
        way.day = min(way.day, since + 2)  # none of it was known when that report was made
        tale = TALES.get(way.tiltak.title, Tale())
        if tale.steps:
            _go_by_plan(way, way.project, tale)
        if tale.changed:
            _look_again(way, way.project, tale.changed)
        if (tale.spent, tale.over) != (way.spent, way.over):
            way.spent, way.over = tale.spent, tale.over
            budget(way, way.project)
        if not tale.silent:
            go_on(way, way.project, tale.now)


def _go_by_plan(way: Walk, project: Project, tale: Tale) -> None:
    """It is let through to be carried out; where its end was moved, that is approved; and it may be late all the same."""
    if tale.benefit:
        answer_all(way, project)
        demo_benefits.plan(way, tale.benefit)
        pass_gate(way, project, tale.passed)
    if tale.moved:
        manager, owner = (f"{way.tiltak.owner}-{who}-{way.tiltak.sector}" for who in ("ansatt", "leder"))
        asked = {"reason": tale.moved, "end_date": way.begun + timedelta(days=tale.steps[-1][1] + 42)}
        change = way.do(manager, ask_change, project_id=project.pk, version=None, **asked)
        said = {"approved": True, "text": "Bedre seks uker senere enn uenighet med dem som bor der."}
        way.do(owner, decide_change, change_id=change.pk, version=None, **said)
    reached = way.begun + timedelta(days=tale.steps[0][1]) <= way.world.today
    if reached or tale.late:
        lay_plan(way, project, start=way.begun, steps=tale.steps, late=tale.late, reached=reached)


def _look_again(way: Walk, project: Project, row: RiskRow) -> None:
    """A risk has become another than it was."""
    owner = way.world.people[f"{way.tiltak.owner}-leder-{way.tiltak.sector}"]
    standing = way.read(lambda: project.risks.get(title=row.title))
    row = replace(row, responsible=owner, review_date=way.world.today + timedelta(days=14))
    given = {"portfolio": way.world.portfolio, "project": project, "risk_id": standing.pk, "version": standing.version}
    way.do(f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}", keep_risk, row=row, **given)
