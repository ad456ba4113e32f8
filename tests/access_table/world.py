"""One initiative in each column, marked and unmarked, with a marker word in each group of fields. Made by actions."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.test import Client

from samrad.anchoring import actions as anchoring
from samrad.cases import actions as cases
from samrad.cases.models import Case
from samrad.core.acting import acting_for
from samrad.governance.actions import adopt_mandate
from samrad.governance.models import OpenPart
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import PUBLIC, Actor, system_actor
from samrad.organisation.models import Entity
from samrad.portfolio.actions import create_portfolio
from samrad.secretariat import actions as secretariat
from tests.access_table.table import STAGES
from tests.anchoring.line import AT, ON, Line, make_line

PEOPLE = {
    "need_owner": ("fjell", "Bodil Behov", ""),
    "fjell_secretary": ("fjell", "Finn Eget", "secretariat_member"),
    "dal_employee": ("dal", "Dina Dal", ""),
    "vik_employee": ("vik", "Vidar Vik", ""),
    "chair": ("fjell", "Kåre Leder", "council_chair"),
    "elected": ("fjell", "Eva Valgt", "elected_rep"),
    "dal_elected": ("dal", "Ella Valgt", "elected_rep"),
    "vik_elected": ("vik", "Even Valgt", "elected_rep"),
    "stranger_elected": ("annen", "Annar Valgt", "elected_rep"),
}
AMOUNT = 612345


def markers(stage: str, *, marked: bool) -> dict[str, str]:
    """The word that stands in each group of fields of one initiative, and nowhere else."""
    at = f"{stage.upper()}{'X' if marked else 'Y'}"
    return {
        "title": f"TITTEL{at}",
        "need": f"BEHOV{at}",
        "exempt": f"GEVINST{at}",
        "later": f"SENERE{at}",
        "notes": f"NOTAT{at}",
        "result": f"RESULTAT{at}",
    }


@dataclass
class World:
    """The line's cast and more, and the initiatives by (stage, marked)."""

    line: Line
    needs: dict[tuple[str, bool], Initiative] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        return PUBLIC if who == "public" else self.line.actor(who)

    def client(self, who: str) -> Client:
        return Client() if who == "public" else self.line.client(who)

    def case(self, need: Initiative) -> Case:
        return self.line.case(need)


def text_of(client: Client, url: str) -> str:
    """What a page says, with numbers as digits alone; empty where it is refused, hidden or not there."""
    answer = client.get(url)
    assert answer.status_code in (200, 302, 403, 404), f"{url} answers {answer.status_code}"
    words = html.unescape(answer.content.decode()) if answer.status_code == 200 else ""
    return words.replace("\u00a0", "").replace("\u202f", "")


def _person(line: Line, key: str, slug: str, name: str, role: str) -> None:
    home = line.entities[slug]
    house = line.entities["annetsamarbeid" if slug == "annen" else "region"]
    by = system_actor(home.pk, on=ON)
    line.people[key] = organisation.add_person(
        by=by, at=AT, owner=home, shared_with=house, name=name, email=f"{key}@{slug}.example"
    )
    if role:
        scope = house if role == "council_chair" else home
        organisation.give_role(by=by, at=AT, person=line.people[key], role=role, valid_from=ON, entity=scope)


def _set_up() -> Line:
    line = make_line()
    vik = line.entities["vik"] = Entity.objects.create(slug="vik", name="Vik", kind="municipality")
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        organisation.join_cooperation(by=by, at=AT, cooperation=region, member=vik, valid_from=ON)
        for key, (slug, name, role) in PEOPLE.items():
            _person(line, key, slug, name, role)
        assert line.council is not None
        adopt_mandate(
            by=by,
            at=AT,
            body=line.council,
            valid_from=ON,
            adopted_by="Kommunestyrene",
            open_submitted=["title"],
            open_decided=OpenPart.values,
        )
        create_portfolio(by=by, at=AT, owner=region, name="Porteføljen")
    return line


def _written(line: Line, words: dict[str, str]) -> Initiative:
    """A draft with its markers, benefits exempt."""
    need = line.draft(both=True, title=words["title"], problem=words["need"])
    owner = {"need_owner": line.people["need_owner"].pk, "lead": line.people["proposer"].pk}
    row = initiatives.BenefitRow(title=words["exempt"], kind="saved_time", hours_a_year=900)
    with line.acting("proposer") as by:
        costs = {"one_off_kr": Decimal(AMOUNT)}
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=costs)
        initiatives.save_benefits(by=by, at=AT, initiative_id=need.pk, version=None, rows=[row])
        initiatives.set_responsibles(by=by, at=AT, initiative_id=need.pk, version=None, people=owner)
        organisation.exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="benefits",
            legal_basis="offentleglova § 23",
            involved=True,
        )
    return need


def _write_more(line: Line, need: Initiative, words: dict[str, str]) -> None:
    """What is written after the expert group and the sector heads were asked; not material, so nobody is asked again."""
    with line.acting("proposer") as by:
        later = {"consulted": words["later"]}
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=later)


def _to_heads(line: Line, need: Initiative) -> None:
    with line.acting("proposer") as by:
        anchoring.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    with line.acting("expert") as by:
        anchoring.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)


def _submit(line: Line, need: Initiative) -> None:
    with line.acting("sector_head") as by:
        request = line.asked(need, "endorsement")
        anchoring.answer_endorsement(by=by, at=AT, request_id=request.pk, answer="recommended")
    for hearing in line.hearings(need):
        with line.acting("dal_sector_head") as by:
            anchoring.answer_request(by=by, at=AT, request_id=hearing.pk, version=None, answer="recommended")
    with line.acting("proposer") as by:
        anchoring.submit(by=by, at=AT, initiative_id=need.pk)


def _recommend(line: Line, need: Initiative, words: dict[str, str]) -> None:
    """Prepared by the secretariat, recommended by the council (whose room is not asked here)."""
    case = line.case(need)
    with line.acting("secretary") as by:
        secretariat.check_completeness(by=by, at=AT, case_id=case.pk)
        secretariat.write_assessment(by=by, at=AT, case_id=case.pk, text=words["notes"])
    line.finance(need)
    with line.acting("secretary") as by:
        secretariat.make_paper(
            by=by, at=AT, case_id=case.pk, proposed_outcome="recommended", proposed_text="Anbefales."
        )
        Case.objects.filter(pk=case.pk).update(state="treated")
        assert line.council is not None
        cases.recommend(
            by=by,
            at=AT,
            case=Case.objects.get(pk=case.pk),
            body_id=line.council.pk,
            outcome="recommended",
            text="Rådet anbefaler.",
            reason="Stor gevinst.",
        )


def _decide(line: Line, need: Initiative) -> None:
    for slug, who in (("fjell", "chief"), ("dal", "dal_chief")):
        with line.acting(who) as by:
            decision = line.decision(need, slug)
            cases.decide(by=by, at=AT, decision_id=decision.pk, version=None, outcome="approved", amount_kr=Decimal(1))


def _walk(line: Line, stage: str, *, marked: bool) -> Initiative:
    words, far = markers(stage, marked=marked), STAGES.index(stage)
    need = _written(line, words)
    if far >= 1:
        _to_heads(line, need)
    _write_more(line, need, words)
    if far >= 2:
        _submit(line, need)
        with line.acting("secretary") as by:
            secretariat.add_note(by=by, at=AT, case_id=line.case(need).pk, text=words["notes"])
    if far >= 3:
        _recommend(line, need, words)
    if far >= 4:
        _decide(line, need)
    if marked and far >= 2:
        with line.acting("need_owner") as by:
            initiatives.mark_reusable(by=by, at=AT, initiative_id=need.pk, result=words["result"])
    with line.seen_by("proposer"):
        return Initiative.objects.select_related("owner", "shared_with", "field").get(pk=need.pk)


def make_world() -> World:
    """Everyone, and an initiative in each column."""
    world = World(_set_up())
    for stage in STAGES:
        for marked in (False, True):
            world.needs[stage, marked] = _walk(world.line, stage, marked=marked)
    return world


TODAY = date(2026, 11, 2)
