"""The cast of the steering line: a cooperation of two municipalities, a stranger beside it, and a need on its way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from django.test import Client

from samrad.anchoring import actions as anchoring
from samrad.anchoring.models import Request
from samrad.cases import actions as cases
from samrad.cases.models import Case, Decision
from samrad.cases.queries import participants_of
from samrad.core.acting import acting_for
from samrad.governance.actions import set_up_body
from samrad.governance.models import Body, Field
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import Actor, Held, actor_of, system_actor
from samrad.organisation.models import Entity, Person, Unit
from samrad.secretariat import actions as secretariat

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 1, 1)
ANSWERS = {
    "problem": "Nattevakten kjører 40 omveier om dagen for å hente nøkler.",
    "if_nothing": "Det fortsetter.",
    "affected": "Hjemmetjenesten og brukerne.",
    "goal": "Handlingsplanen punkt 3.",
    "question": "Skal vi kjøpe elektroniske låser?",
}


@dataclass
class Line:
    """Who is who, and the steps a need takes."""

    entities: dict[str, Entity]
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    field: Field | None = None
    council: Body | None = None

    def actor(self, name: str) -> Actor:
        person = self.people[name]
        return actor_of(person.pk, person.owner_id, on=date(2026, 11, 2))

    def client(self, name: str) -> Client:
        client = Client()
        account = self.people[name].account
        assert account is not None
        client.force_login(account)
        return client

    @contextmanager
    def acting(self, name: str) -> Iterator[Actor]:
        """The person acts, as the application would let them."""
        actor = self.actor(name)
        with acting_for(actor.entities):
            yield actor

    @contextmanager
    def seen_by(self, name: str = "secretary") -> Iterator[None]:
        with acting_for(self.actor(name).entities):
            yield

    # The steps, each one an action.
    def draft(self, *, both: bool = False, **values: object) -> Initiative:
        with self.acting("proposer") as by:
            need = initiatives.start_draft(by=by, at=AT, title="Elektroniske låser")
            assert self.field is not None
            answers: dict[str, object] = {
                **ANSWERS,
                "field": self.field.pk,
                "owning_sector": self.units["fjell"].pk,
                "classification": "development",
                **values,
            }
            if both:
                answers["participant_ids"] = [self.entities["fjell"].pk, self.entities["dal"].pk]
            initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=answers)
            costs = {"one_off_kr": Decimal(600000), "annual_kr": Decimal(120000), "funding": "new"}
            initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=costs)
            row = initiatives.BenefitRow(title="Mindre kjøring", kind="saved_time", hours_a_year=900)
            initiatives.save_benefits(by=by, at=AT, initiative_id=need.pk, version=None, rows=[row])
            named = {"need_owner": self.people["proposer"].pk, "lead": self.people["proposer"].pk}
            initiatives.set_responsibles(by=by, at=AT, initiative_id=need.pk, version=None, people=named)
            return Initiative.objects.get(pk=need.pk)

    def sent(self, need: Initiative | None = None, **values: object) -> Initiative:
        need = need or self.draft(**values)  # type: ignore[arg-type]
        with self.acting("proposer") as by:
            anchoring.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
        return need

    def asked(self, need: Initiative, kind: str) -> Request:
        with self.seen_by("proposer"):
            found = Request.objects.filter(initiative=need, kind=kind, withdrawn_at__isnull=True)
            return found.select_related("content", "asked_person").order_by("-pk")[0]

    def supported(self, need: Initiative | None = None, **values: object) -> Initiative:
        need = self.sent(need, **values)
        with self.acting("expert") as by:
            anchoring.give_opinion(by=by, at=AT, request_id=self.asked(need, "expert_group").pk, supports=True)
        return need

    def endorsed(self, need: Initiative | None = None, **values: object) -> Initiative:
        need = self.supported(need, **values)
        with self.acting("sector_head") as by:
            anchoring.answer_endorsement(
                by=by, at=AT, request_id=self.asked(need, "endorsement").pk, answer="recommended"
            )
        for hearing in self.hearings(need):
            with self.acting("dal_sector_head") as by:
                anchoring.answer_request(by=by, at=AT, request_id=hearing.pk, version=None, answer="recommended")
        return need

    def hearings(self, need: Initiative) -> list[Request]:
        with self.seen_by():
            return list(Request.objects.filter(initiative=need, kind="hearing", answered_at__isnull=True))

    def submitted(self, **values: object) -> Initiative:
        need = self.endorsed(**values)
        with self.acting("proposer") as by:
            anchoring.submit(by=by, at=AT, initiative_id=need.pk)
        return need

    def prepared(self, **values: object) -> Initiative:
        need = self.submitted(**values)
        case = self.case(need)
        with self.acting("secretary") as by:
            secretariat.check_completeness(by=by, at=AT, case_id=case.pk)
            secretariat.write_assessment(by=by, at=AT, case_id=case.pk, text="Dette bør vi gjøre.")
        self.finance(need)
        with self.acting("secretary") as by:
            secretariat.make_paper(
                by=by, at=AT, case_id=case.pk, proposed_outcome="recommended", proposed_text="Anbefales."
            )
        self.routed(need)
        return need

    def routed(self, need: Initiative) -> None:
        """The head of the secretariat has confirmed that the case goes to the council."""
        with self.acting("secretary") as by:
            head = replace(by, held=(*by.held, Held("secretariat_lead", self.entities["region"].pk)))
            case = self.case(need)
            secretariat.choose_route(by=head, at=AT, case_id=case.pk, chosen="council", reason="Rådet skal ha den.")

    def finance(self, need: Initiative) -> None:
        """The finance question is answered for each municipality that takes part."""
        with self.acting("secretary") as by:
            for town in participants_of(need):
                secretariat.write_assessment(
                    by=by,
                    at=AT,
                    case_id=self.case(need).pk,
                    kind="finance",
                    municipality_id=town,
                    not_assessed_reason="Innenfor rammen.",
                )

    def recommended(self, **values: object) -> Initiative:
        need = self.prepared(**values)
        with self.acting("secretary") as by:
            case = self.case(need)
            Case.objects.filter(pk=case.pk).update(state="treated")  # the council's room is not asked here
            assert self.council is not None
            cases.recommend(
                by=by,
                at=AT,
                case=Case.objects.get(pk=case.pk),
                body_id=self.council.pk,
                outcome="recommended",
                text="Rådet anbefaler tiltaket.",
                reason="Stor gevinst.",
            )
        return need

    def case(self, need: Initiative) -> Case:
        with self.seen_by("proposer"):
            return Case.objects.get(initiative=need)

    def decision(self, need: Initiative, municipality: str) -> Decision:
        with self.seen_by():
            rows = Decision.objects.filter(case__initiative=need, municipality=self.entities[municipality])
            return rows.order_by("-round")[0]


PEOPLE = {
    "proposer": ("fjell", "Anne Berg"),
    "colleague": ("fjell", "Kari Lie"),
    "sector_head": ("fjell", "Siri Dahl"),
    "chief": ("fjell", "Knut Rå"),
    "dal_sector_head": ("dal", "Else Vik"),
    "dal_chief": ("dal", "Oda Moe"),
    "expert": ("region", "Frida Fag"),
    "secretary": ("region", "Sara Sekretær"),
    "stranger": ("annen", "Stian Stranger"),
}


def make_line() -> Line:
    """Everyone with their roles, made by the organisation's own actions."""
    kinds = {
        "fjell": "municipality",
        "dal": "municipality",
        "region": "cooperation",
        "annen": "municipality",
        "annetsamarbeid": "cooperation",
    }
    made = {s: Entity.objects.create(slug=s, name=s.capitalize(), kind=k) for s, k in kinds.items()}
    line = Line(made)
    with acting_for([e.pk for e in made.values()]):
        by = system_actor(made["region"].pk, on=ON)
        for member, house in [("fjell", "region"), ("dal", "region"), ("annen", "annetsamarbeid")]:
            organisation.join_cooperation(by=by, at=AT, cooperation=made[house], member=made[member], valid_from=ON)
        _add_people(line)
        line.field = Field.objects.create(owner=made["region"], shared_with=made["region"], code="helse", name="Helse")
        line.council = set_up_body(
            by=by, at=AT, owner=made["region"], shared_with=made["region"], kind="council", name="Rådet"
        )
        _give_roles(line)
    return line


def _add_people(line: Line) -> None:
    houses = {"fjell": "region", "dal": "region", "region": "region", "annen": "annetsamarbeid"}
    for slug in ("fjell", "dal"):
        by = system_actor(line.entities[slug].pk, on=ON)
        line.units[slug] = organisation.add_unit(
            by=by, at=AT, owner=line.entities[slug], shared_with=line.entities["region"], name="Helse og omsorg"
        )
    for key, (slug, name) in PEOPLE.items():
        line.people[key] = organisation.add_person(
            by=system_actor(line.entities[slug].pk, on=ON),
            at=AT,
            owner=line.entities[slug],
            shared_with=line.entities[houses[slug]],
            name=name,
            email=f"{key}@{slug}.example",
        )


def _give_roles(line: Line) -> None:
    assert line.field is not None
    roles: list[tuple[str, str, Unit | None, int | None]] = [
        ("sector_head", "sector_head", line.units["fjell"], None),
        ("dal_sector_head", "sector_head", line.units["dal"], None),
        ("chief", "chief_executive", None, None),
        ("dal_chief", "chief_executive", None, None),
        ("expert", "expert_group_lead", None, line.field.pk),
        ("secretary", "secretariat_member", None, None),
    ]
    for key, role, unit, field_id in roles:
        person = line.people[key]
        by = system_actor(person.owner_id, on=ON)
        organisation.give_role(by=by, at=AT, person=person, role=role, valid_from=ON, unit=unit, field_id=field_id)
