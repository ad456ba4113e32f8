"""How far each of the demo's initiatives goes, step by step, each step by the person whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.utils.timezone import localdate

from samrad.anchoring.actions import answer_request, send_to_anchoring, submit
from samrad.anchoring.models import Request
from samrad.cases.actions import NewCondition, decide, withdraw_case
from samrad.cases.models import Case, Decision
from samrad.config.demo_assessing import ask_one, assess, confirm_way
from samrad.config.demo_data import DUTIES, SCREENED, Tiltak
from samrad.config.demo_effort import write_effort
from samrad.config.demo_groups import tell_others
from samrad.config.demo_levels import ask_downwards, share
from samrad.config.demo_meetings import gather, hold
from samrad.config.demo_projects import go_on, start, tie_together, to_the_board
from samrad.config.demo_resources import plan_people
from samrad.config.demo_scores import score_case
from samrad.config.demo_strategy import link
from samrad.config.demo_systems import introduce
from samrad.documents.actions import attach_file
from samrad.governance.models import PlannedMeeting
from samrad.initiatives.actions import (
    BenefitRow,
    save_answers,
    save_benefits,
    set_responsibles,
    start_draft,
)
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.organisation.models import Person
from samrad.portfolio.models import Project
from samrad.secretariat.actions import (
    check_completeness,
    decide_within_mandate,
    make_paper,
    send_to_line,
    write_assessment,
)

if TYPE_CHECKING:
    from samrad.config.demo import World

ORDER = ["draft", "expert_group", "awaiting", "submitted", "preparation", "ready", "agenda", "at_chief", "project"]
REACHES = {
    "not_endorsed": "awaiting",
    "withdrawn": "submitted",
    "returned": "submitted",
    "agenda_exempt": "agenda",
    "differing": "project",
    "project_unreported": "project",
    "project_red": "project",
    "rejected": "project",
    "secretariat": "preparation",
    "line": "preparation",
}


@dataclass
class Walk:
    """One initiative on its way."""

    world: World
    tiltak: Tiltak
    place: int
    initiative: Initiative | None = None
    day: int = 150
    planned: PlannedMeeting | None = None
    project: Project | None = None
    begun: date = date.min  # the day the project starts
    spent: int = 30  # per cent of the frame
    over: int = 0  # per cent that the forecast is above it

    def at(self) -> datetime:
        """The moment of the next step: days after the last one, in working hours, never in the time to come."""
        self.day -= 4
        return self.world.hour(self.world.weekday(max(self.day, 1)), self.place * 37 + self.day * 53)

    def do(self, key: str | Person, act: Callable[..., Any], **values: Any) -> Any:
        """Let one of the demo's people take the next step, with no more access than that person has."""
        return self.world.do(key, act, at=self.at(), **values)

    def read(self, get: Callable[[], Any]) -> Any:
        """Look something up as the region sees it."""
        return self.world.read(get)

    @property
    def case(self) -> Case:
        found: Case = self.read(lambda: Case.objects.get(initiative=self.initiative, kind="submission"))
        return found

    def reaches(self, stage: str) -> bool:
        end = REACHES.get(self.tiltak.stage, self.tiltak.stage)
        return ORDER.index(end) >= ORDER.index(stage)


def walk(world: World, tiltak: Iterable[tuple[int, Tiltak]]) -> None:
    """Take each initiative as far as the demo lets it come, with the projects there are of it and a report on them."""
    ways = treat(world, tiltak)
    settle(way for way in ways if way.planned)
    run(ways)
    tie_together(world)
    plan_people(world)
    write_effort(world)
    to_the_board(world)


def treat(world: World, tiltak: Iterable[tuple[int, Tiltak]]) -> list[Walk]:
    """Everything up to the meetings: the cases that are ready meet in the council, and wait for the chief executives."""
    ways = [Walk(world, one, place) for place, one in tiltak]
    past, coming = world.meetings()
    decided = [way for way in ways if way.reaches("at_chief")]
    for count, way in enumerate(decided):
        # What lies with the chief executives now was in the last meeting.
        way.planned = past[count % len(past)] if way.reaches("project") else past[-1]
        way.day = (world.today - localdate(way.planned.starts_at)).days + 92
    for way in ways:
        prepare_all(way)
    for planned in past:
        hold(world, planned, [way for way in decided if way.planned == planned], closed=planned == past[-1])
    gather(world, coming, [way for way in ways if way.reaches("agenda") and way not in decided])
    return ways


def settle(ways: Iterable[Walk]) -> None:
    """The chief executives decide what the council has advised, and what they approve becomes projects."""
    for way in ways:
        if way.reaches("project"):
            _decide(way)


def run(ways: Iterable[Walk]) -> None:
    """The projects come as far as they have, and report how they stand."""
    for way in ways:
        if way.project is not None:
            go_on(way, way.project)


def prepare_all(way: Walk) -> None:
    """Take one initiative from the first words to a case that is ready for a meeting, or as far as it comes."""
    tiltak = way.tiltak
    _describe(way)
    if way.place % 3 == 0:
        _attach(way)
    if way.reaches("expert_group"):
        author = f"{tiltak.owner}-ansatt-{tiltak.sector}"
        pk = way.initiative.pk if way.initiative else 0
        # The first need affects the schools too; the author has said so.
        other = [way.world.units[tiltak.owner, "oppvekst"].pk] if way.place == 0 else None
        way.do(author, send_to_anchoring, initiative_id=pk, affected_ids=other)
        if way.place == 0:
            tell_others(way)
    if way.reaches("awaiting"):
        _answer(way, "expert_group", "recommended", "Faggruppa støtter behovet.")
    if tiltak.stage == "not_endorsed":
        _answer(way, "endorsement", "not_recommended", "Gevinsten er for usikker. Vi venter på erfaringer fra naboen.")
    if way.reaches("submitted"):
        _send_in(way)
    if way.reaches("preparation"):
        _prepare(way)
        score_case(way)
    if tiltak.stage in ("secretariat", "line"):
        _decide_below(way)


def _attach(way: Walk) -> None:
    """A note about how it is today, as those who report a need often have one."""
    t, need = way.tiltak, way.initiative
    words = f"{t.title}\n\nSlik er det i dag: {t.problem}\nNullpunktet er målt i fire uker.\n"
    note = SimpleUploadedFile("Notat om dagens situasjon.txt", words.encode())
    way.do(
        f"{t.owner}-ansatt-{t.sector}",
        attach_file,
        house=need,
        initiative_id=need.pk if need else None,
        upload=note,
        title="Måling av nullpunkt",
    )


def _describe(way: Walk) -> None:
    world, t = way.world, way.tiltak
    author = f"{t.owner}-ansatt-{t.sector}"
    made = way.do(author, start_draft, title=t.title)
    way.initiative = made
    towns = [world.towns[t.owner].pk]
    if t.stage in ("differing", "at_chief"):
        towns = [e.pk for e in world.towns.values()]
    values = {
        "problem": t.problem,
        "if_nothing": "Da fortsetter det som i dag, og kostnaden øker.",
        "affected": "Innbyggere og ansatte i tjenesten.",
        "field": world.fields[t.sector].pk,
        "owning_sector": world.units[t.owner, t.sector].pk,
        "classification": "development",
        "goal": "Det gir mer tid til det viktigste.",
        "wanted": f"{t.benefit}.",
        "one_off_kr": Decimal(t.once),
        "annual_kr": Decimal(t.yearly),
        "internal_hours": 60 + 20 * (way.place % 9),
        "uncertainty_percent": 20,
        "lifetime_years": 5,
        "funding": "new",
        "alt_zero": "Fortsette som i dag, med bedre rutiner. Det gir lite, og kostnaden øker.",
        "alt_existing": "Vi har ikke et system som dekker behovet i dag.",
        "alt_national": "Vi har sett på KS Fiks og Helsenorge. De dekker ikke dette.",
        "alt_cooperation": "Flere kommuner i samarbeidet har samme behov, og kan dele avtale.",
        "alt_chosen": "En felles løsning for dem som vil være med. Den er rimeligst over tid.",
        **SCREENED,
        "why_then": "Avtalen vi har i dag, går ut neste år.",
        "resources": "To fagpersoner én dag i uka i tre måneder, og IKT etter behov.",
        "groups_changed": "Ansatte i tjenesten og lederne deres.",
        "question": f"Anbefale at vi går i gang med: {t.title.lower()}.",
        "participant_ids": towns,
    }
    if t.title in DUTIES:
        values["legal_duty"] = DUTIES[t.title]
    if t.stage == "line":  # from the sector's own budget, so it needs none
        values |= {"annual_kr": Decimal(0), "internal_hours": 60, "funding": "own"}
    made = way.do(author, save_answers, initiative_id=made.pk, version=None, values=values)
    introduce(way)
    row = BenefitRow(
        title=t.benefit,
        kind=t.kind,
        budget_effect="freed_time" if t.hours else "unpriced",
        kroner_a_year=Decimal(t.kroner) if t.kroner else None,
        hours_a_year=t.hours,
        assumption="Ansatte får opplæring, og rutinene blir endret.",
    )
    way.do(author, save_benefits, initiative_id=made.pk, version=None, rows=[row])
    people = {
        "need_owner": world.people[f"{t.owner}-leder-{t.sector}"].pk,
        "lead": world.people[author].pk,
        "project_owner": world.people[f"{t.owner}-leder-{t.sector}"].pk,
        "project_manager": world.people[author].pk,
        "benefit_responsible": world.people[f"{t.owner}-leder-{t.sector}"].pk,
    }
    way.do(author, set_responsibles, initiative_id=made.pk, version=None, people=people)
    if world.strategy:
        link(way, world.strategy)


def _answer(way: Walk, kind: str, answer: str, text: str) -> None:
    waiting = Q(initiative=way.initiative, kind=kind, answer="", withdrawn_at__isnull=True)
    asked = way.read(lambda: list(Request.objects.filter(waiting).select_related("asked_person")))
    for request in asked[:1] if kind == "endorsement" else asked:
        way.do(request.asked_person, answer_request, request_id=request.pk, version=None, answer=answer, text=text)


def _send_in(way: Walk) -> None:
    t = way.tiltak
    author = f"{t.owner}-ansatt-{t.sector}"
    _answer(way, "endorsement", "with_remark" if way.place % 3 == 0 else "recommended", "Viktig for tjenesten.")
    _answer(way, "hearing", "recommended", "Vi ønsker å være med.")
    if way.initiative is None:
        return
    way.do(author, submit, initiative_id=way.initiative.pk)
    if t.stage == "withdrawn":
        way.do(author, withdraw_case, case_id=way.case.pk, version=None, reason="Vi løser det i et annet tiltak.")
    if t.stage == "returned":
        way.do(
            "saksbehandler",
            check_completeness,
            case_id=way.case.pk,
            missing=["benefits"],
            note="Gevinsten må tallfestes.",
        )


def _prepare(way: Walk) -> None:
    t = way.tiltak
    way.do("saksbehandler", check_completeness, case_id=way.case.pk)
    text = "Behovet er godt beskrevet, og gevinsten er sannsynlig. Kostnaden er rimelig."
    way.do("saksbehandler", write_assessment, case_id=way.case.pk, text=text)
    if way.reaches("ready"):
        assess(way)
        proposal = f"Digitaliseringsrådet anbefaler å gå i gang med {t.title.lower()}."
        way.do("sekretariat", make_paper, case_id=way.case.pk, proposed_outcome="recommended", proposed_text=proposal)
        confirm_way(way)
    elif t.stage == "preparation":
        ask_one(way)
    if t.stage == "agenda_exempt" and way.initiative:
        way.do(
            "sekretariat",
            exempt_fields,
            house=way.initiative,
            initiative_id=way.initiative.pk,
            field_group="costs",
            legal_basis="offentleglova § 23 første ledd",
            basis_code="offl-23-1",
            involved=False,
        )


def _decide_below(way: Walk) -> None:
    """By the secretariat within its mandate, or by the sector that owns the need."""
    t = way.tiltak
    if t.stage == "secretariat":
        way.do(
            "sekretariat",
            decide_within_mandate,
            case_id=way.case.pk,
            outcome="approved",
            text="Innenfor mandatet og årets ramme. Nyttig for flere.",
            amount_kr=Decimal(t.once + t.yearly),
        )
    else:
        asked = way.do("saksbehandler", send_to_line, case_id=way.case.pk)
        way.do(
            f"{t.owner}-leder-{t.sector}",
            decide,
            decision_id=asked.pk,
            version=None,
            outcome="approved",
            text="Vi tar det av eget budsjett.",
            amount_kr=Decimal(t.once),
        )
    _start(way)


def _start(way: Walk) -> None:
    """What is approved has become a project, which is given its people, its dates and its budget."""
    way.project = way.read(lambda: Project.objects.filter(initiative=way.initiative).first())
    if way.project is not None:
        start(way, way.project)


ANSWERS = ["approved", "approved_with_conditions", "approved", "rejected", "deferred", "approved"]


def _decide(way: Walk) -> None:
    t = way.tiltak
    rows = way.read(lambda: list(Decision.objects.filter(case=way.case).select_related("municipality").order_by("id")))
    if way.planned is not None:
        way.day = (way.world.today - localdate(way.planned.starts_at)).days - 1
    if t.stage == "differing":
        share(way)
    for place, row in enumerate(rows):
        outcome = ANSWERS[place % 6] if t.stage == "differing" else "rejected" if t.stage == "rejected" else "approved"
        yes = outcome.startswith("approved")
        conditions = (
            [
                NewCondition(
                    text="Personvernet skal være vurdert før oppstart.",
                    responsible_id=way.world.people[f"{row.municipality.slug}-leder-{t.sector}"].pk,
                    due=way.world.today + timedelta(days=60),
                )
            ]
            if "conditions" in outcome
            else []
        )
        way.do(
            f"{row.municipality.slug}-direktor",
            decide,
            decision_id=row.pk,
            version=None,
            outcome=outcome,
            text="" if yes else "Vi har ikke dekning i budsjettet nå.",
            conditions=conditions,
            amount_kr=(Decimal(t.once) / len(rows)).quantize(Decimal(1)) if yes else None,
        )
    if t.stage == "differing":
        ask_downwards(way, rows[0])
    _start(way)
