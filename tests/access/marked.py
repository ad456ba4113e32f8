"""Two needs that go the whole way with a marker in every field that can be exempt: one exempt early, one late or never."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.anchoring import actions as anchoring
from samrad.anchoring.models import Request
from samrad.benefits.actions import approve_plan
from samrad.cases import actions as cases
from samrad.cases.models import Case
from samrad.cases.queries import participants_of
from samrad.council import actions as council
from samrad.council.models import Meeting
from samrad.council.queries import Agenda
from samrad.council.queries.publishing import documents_of
from samrad.documents.actions import attach_file
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import benefits_of
from samrad.organisation.actions import exempt_fields
from samrad.organisation.actors import Actor
from samrad.organisation.policy import FIELD_GROUPS
from samrad.portfolio import actions as portfolio
from samrad.portfolio.models import Project
from samrad.secretariat import actions as secretariat
from tests.access.world import ANONYMOUS, World, add_people, add_portfolio, open_to_all, plan_whole
from tests.anchoring.line import AT, make_line
from tests.council import seats

TEXTS = {
    "need": ("problem", "if_nothing", "affected", "legal_duty", "goal", "wanted", "consulted", "question", "remark"),
    "costs": ("zero_reason", "economy_text", "paper_costs"),
    "benefits": ("drawbacks", "benefit_title", "assumption", "benefit_text", "indicator", "baseline_how"),
    "assessment": ("assessment", "privacy", "not_assessed"),
    "attachments": ("file_name", "file_content"),
    "internal": ("note", "wider_reason"),
    "closed": ("closed_title", "closed_told"),
    "title": ("title",),
}
# Amounts no other is like, for the early need and the late one.
NUMBERS = {
    "costs": ("one_off_kr", "annual_kr", "internal_hours", "amount_kr", "spent_kr", "forecast_kr"),
    "benefits": ("kroner_a_year", "hours_a_year"),
}
BASES = {"early": 1_713_700, "late": 2_846_900}


@dataclass
class Marked:
    """One need, and its markers by group of fields: the place each stands in, and what it looks like."""

    name: str
    initiative: Initiative | None = None
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    def word(self, place: str) -> str:
        """A word that stands nowhere else."""
        return f"{self.name[0]}xq{place.replace('_', '')}qx"

    def amount(self, place: str) -> int:
        """A number that stands nowhere else."""
        order = [p for places in NUMBERS.values() for p in places].index(place)
        return BASES[self.name] + 13 * order if "hours" not in place else BASES[self.name] // 10 + 13 * order

    def __post_init__(self) -> None:
        for group, places in TEXTS.items():
            self.places[group] = {place: self.word(place) for place in places}
        for group, places in NUMBERS.items():
            self.places[group] |= {place: str(self.amount(place)) for place in places}

    def markers(self, *groups: str) -> dict[str, str]:
        """The markers of these groups by place."""
        return {f"{self.name}: {p}": word for g in groups for p, word in self.places[g].items()}


def make_marked() -> tuple[World, dict[str, Marked]]:
    """The people, and both needs as far as the portfolio and its report."""
    line = make_line()
    seats.seat_everyone(line)
    world = World(line)
    add_people(line)
    add_portfolio(world)
    open_to_all(line)
    made = {"early": Marked("early"), "late": Marked("late")}
    for marked in made.values():
        _write(world, marked)
        if marked.name == "early":
            for group in FIELD_GROUPS:
                exempt(world, marked, group, by="author")
        _anchor(world, marked)
        _prepare(world, marked)
        _decide(world, marked)
        _report(world, marked)
    with line.acting("portfolio_manager") as by:
        world.objects["report"] = portfolio.take_report(by=by, at=AT, portfolio=world.objects["portfolio"])
    for one in (*line.people, ANONYMOUS):
        world.client(one)
    return world, made


def _pk(marked: Marked) -> int:
    assert marked.initiative is not None
    return marked.initiative.pk


def exempt(world: World, marked: Marked, group: str, *, by: str = "secretariat_lead") -> None:
    """Exempt a group of fields, from now on."""
    assert marked.initiative is not None
    with world.line.acting(by) as actor:
        exempt_fields(
            by=actor,
            at=AT,
            house=marked.initiative,
            initiative_id=_pk(marked),
            field_group=group,
            legal_basis="Offentleglova § 23",
            involved=by == "author",
        )


def _write(world: World, marked: Marked) -> None:
    line, word = world.line, marked.word
    need = marked.initiative = line.draft(both=True)
    texts: dict[str, object] = {p: word(p) for p in (*TEXTS["need"][:-1], "zero_reason", "drawbacks")}
    numbers = {p: marked.amount(p) for p in ("one_off_kr", "annual_kr", "internal_hours")}
    values = {**texts, **numbers, "title": f"Tiltak {word('title')}"}
    row = initiatives.BenefitRow(
        title=word("benefit_title"),
        kind="saved_time",
        kroner_a_year=Decimal(marked.amount("kroner_a_year")),
        hours_a_year=marked.amount("hours_a_year"),
        assumption=word("assumption"),
    )
    upload = SimpleUploadedFile(f"{word('file_name')}.txt", word("file_content").encode())
    with line.acting("author") as by:
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=values)
        initiatives.save_benefits(by=by, at=AT, initiative_id=need.pk, version=None, rows=[row])
        attach_file(by=by, at=AT, house=need, initiative_id=need.pk, upload=upload)


def _anchor(world: World, marked: Marked) -> None:
    line, pk = world.line, _pk(marked)
    with line.acting("author") as by:
        anchoring.send_to_anchoring(by=by, at=AT, initiative_id=pk)
    for kind, one in (("expert_group", "expert"), ("endorsement", "sector_head"), ("hearing", "dal_sector_head")):
        with line.acting(one) as by:
            asked = Request.objects.get(initiative_id=pk, kind=kind, answer="")
            anchoring.answer_request(
                by=by, at=AT, request_id=asked.pk, version=None, answer="with_remark", text=marked.word("remark")
            )
    with line.acting("author") as by:
        anchoring.submit(by=by, at=AT, initiative_id=pk)


def _case(world: World, marked: Marked) -> int:
    assert marked.initiative is not None
    return world.line.case(marked.initiative).pk


def _prepare(world: World, marked: Marked) -> None:
    case, word = _case(world, marked), marked.word
    with world.line.acting("secretary") as by:
        now: dict[str, Any] = {"by": by, "at": AT, "case_id": case}
        secretariat.check_completeness(**now)
        secretariat.write_assessment(**now, text=word("assessment"))
        secretariat.write_assessment(**now, kind="privacy", text=word("privacy"))
        for town in participants_of(Case.objects.get(pk=case).initiative):  # type: ignore[arg-type]  # it has one
            about = {"kind": "finance", "municipality_id": town}
            secretariat.write_assessment(**now, **about, not_assessed_reason=word("not_assessed"))
        secretariat.add_note(**now, text=word("note"))
        secretariat.make_paper(**now, proposed_outcome="recommended", proposed_text="Rådet bør anbefale det.")
        secretariat.write_section(**now, code="costs", version=0, text=word("paper_costs"))
    assert marked.initiative is not None
    world.line.routed(marked.initiative)


def _decide(world: World, marked: Marked) -> None:
    line, body = world.line, world.line.council
    assert body is not None and marked.initiative is not None
    with line.acting("secretary") as by:
        after = next(world.weeks)
        meeting = council.plan_meeting(
            by=by, at=AT, body=body, starts_at=seats.STARTS.replace(day=after), ends_at=seats.ENDS.replace(day=after)
        )
        item = council.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=_case(world, marked))
        _close_one(by, marked, meeting.pk)
        council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    seats.attend(line, meeting, "chair", "deputy", "member")
    with line.acting("secretary") as by:
        said = {"outcome": "recommended", "text": "Rådet anbefaler det.", "reason": "Stor gevinst."}
        council.treat_item(by=by, at=AT, item_id=item.pk, version=None, discussion="", **said)
        told = meeting.items.get(closed_code="koml-11-5-2")
        council.save_text(by=by, at=AT, item_id=told.pk, version=None, discussion=marked.word("closed_told"))
    with line.acting("chair") as by:
        council.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    with line.acting("secretary") as by:
        _publish(by, marked, meeting)
    for town, chief in (("fjell", "chief"), ("dal", "dal_chief")):
        row, amount = line.decision(marked.initiative, town), None
        if town == "fjell":
            amount = Decimal(marked.amount("amount_kr"))
        with line.acting(chief) as by:
            cases.decide(by=by, at=AT, decision_id=row.pk, version=None, outcome="approved", text="", amount_kr=amount)


def _close_one(by: Actor, marked: Marked, meeting_id: int) -> None:
    """Something told behind closed doors."""
    title = marked.word("closed_title")
    item = council.add_information(by=by, at=AT, meeting_id=meeting_id, title=title, minutes=5)
    closed = {"closed_code": "koml-11-5-2", "open_title": "Personalsak"}
    council.plan_item(by=by, at=AT, item_id=item.pk, version=None, minutes=5, **closed)


def _publish(by: Actor, marked: Marked, meeting: Meeting) -> None:
    """Everything of the meeting, for everyone, when wider access has been considered."""
    documents = documents_of(Agenda(Meeting.objects.get(pk=meeting.pk)), on=AT.date())
    for document in documents:
        for held in document.held:
            said = {"held": held.key, "outcome": "kept", "reason": marked.word("wider_reason")}
            council.consider_wider_access(by=by, at=AT, meeting_id=meeting.pk, document=document.key, **said)
    keys = [document.key for document in documents]
    council.publish_documents(by=by, at=AT, meeting_id=meeting.pk, documents=keys, audience="public")


def _report(world: World, marked: Marked) -> None:
    with world.line.acting("author") as by:
        project = Project.objects.get(initiative_id=_pk(marked))
        lights = dict.fromkeys(["progress", "economy", "risk", "resources", "benefit"], "green")
        status = portfolio.Status(
            lights=lights,
            texts={"economy": marked.word("economy_text"), "benefit": marked.word("benefit_text")},
            spent_kr=Decimal(marked.amount("spent_kr")),
            forecast_kr=Decimal(marked.amount("forecast_kr")),
        )
        portfolio.report_status(by=by, at=AT, project_id=project.pk, version=None, status=status, period=AT.date())
        row = portfolio.MoneyRow(
            year=2026, kind="running", source="own", forecast_kr=Decimal(marked.amount("forecast_kr"))
        )
        portfolio.keep_money(by=by, at=AT, project_id=project.pk, version=None, rows=[row])
        words = {"indicator": marked.word("indicator"), "how": marked.word("baseline_how")}
        for benefit in benefits_of(project.initiative):
            plan_whole(by, benefit, **words)
        approve_plan(by=by, at=AT, initiative_id=_pk(marked), version=None)
