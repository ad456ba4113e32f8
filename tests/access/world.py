"""One world for every door: a holder of each role, their neighbours and strangers, and a case at each of its stages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.template import loader
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from pytest import MonkeyPatch

from samrad.anchoring import actions as anchoring
from samrad.anchoring.queries import guest_path
from samrad.archive import actions as archive
from samrad.archive.models import Filing
from samrad.benefits import actions as benefits
from samrad.benefits.models import PlannedBenefit
from samrad.cases import actions as cases
from samrad.core.acting import acting_for
from samrad.council import actions as council
from samrad.council.models import Meeting, PaperSet
from samrad.documents.actions import attach_file, remove_file
from samrad.documents.actions.templates import adopt_template
from samrad.documents.word import standard_template
from samrad.eventlog.models import Event
from samrad.governance import actions as governance
from samrad.governance.actions import adopt_mandate, set_up_body
from samrad.governance.models import Field
from samrad.governance.queries.cycle import address_of
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Benefit, Initiative
from samrad.organisation import actions as organisation
from samrad.organisation import middleware
from samrad.organisation.actors import Actor, system_actor
from samrad.organisation.middleware import AccountBackend
from samrad.organisation.models import Entity, Notification, PeopleImport, Person, Unit
from samrad.organisation.queries import link_path
from samrad.organisation.roles import ROLES
from samrad.portfolio import actions as portfolio
from samrad.portfolio.models import GateCondition, Portfolio, Project
from samrad.portfolio.sheets import propose, read
from samrad.secretariat import actions as secretariat
from samrad.secretariat.models import Round, RoundRow
from samrad.systems import actions as systems
from tests.access.governed import govern
from tests.access.steered import steer
from tests.anchoring.line import AT, ON, Line, make_line
from tests.council import seats
from tests.documents.examples import PDF
from tests.secretariat.scored import card_of, started
from tests.secretariat.scored import scored as scored_by_two

# The line's own people who hold a role, by the role's name; the others below are added.
HOLDERS = {
    "expert_group_lead": "expert",
    "sector_head": "sector_head",
    "secretariat_member": "secretary",
    "council_chair": "chair",
    "council_deputy": "deputy",
    "council_member": "member",
    "substitute": "substitute",
    "chief_executive": "chief",
    "records_manager": "fjell_archive",
    "employee": "colleague",
}
# The other roles: where the holder works, and the role is held.
PLACES = {
    "secretariat_lead": "region",
    "coordinator": "region",
    "observer": "region",
    "portfolio_manager": "region",
    "auditor": "region",
    "administrator": "region",
    "cfo": "fjell",
    "elected_rep": "fjell",
    "political_secretariat": "fjell",
    "project_owner": "fjell",
    "project_manager": "fjell",
    "benefit_owner": "fjell",
    "it_staff": "fjell",
    "it_manager": "fjell",
    "system_manager": "fjell",
}
NEIGHBOURLY = ("sector_head", "chief_executive", "cfo", "records_manager", "project_manager", "expert_group_lead")
ANONYMOUS = "anonymous"
PASSWORD = "Nattevakten kjører ikke lenger omveier"
SMALL = 4000  # what the secretariat may decide
OWN = {"one_off_kr": Decimal(300_000), "annual_kr": Decimal(0), "funding": "own", "internal_hours": 40}
CSV = b"Id;Tittel;Budsjett\nA-1;Nytt arkiv;100\nA-2;Nytt sakssystem;200\n"


@dataclass(repr=False)
class World:
    """Who is who, what stands where, and the browsers they use."""

    line: Line
    objects: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    weeks: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def client(self, who: str) -> Client:
        """The browser of one of them; nobody is signed in to that of the anonymous."""
        if who not in self.clients:
            self.clients[who] = Client() if who == ANONYMOUS else self.line.client(who)
        return self.clients[who]

    @contextmanager
    def everywhere(self) -> Iterator[None]:
        """Every owner's rows, for what only the test may know."""
        with acting_for(Entity.objects.values_list("pk", flat=True)):
            yield

    def events(self) -> int:
        """How much has happened."""
        with self.everywhere():
            return Event.objects.exclude(kind="secretariat.AttemptRefused").count()  # which says that nothing happened

    def last_event(self) -> int:
        """The number that the log gave last: while it stands, nothing has been written there."""
        with connection.cursor() as cursor:
            cursor.execute("select last_value from eventlog_event_id_seq")
            return int(cursor.fetchone()[0])

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done in here is undone afterwards, signing in and out as well."""
        held = {one: {name: cookie.value for name, cookie in c.cookies.items()} for one, c in self.clients.items()}
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for one, client in self.clients.items():
            client.cookies.load(held.get(one, {}))
            for name in set(client.cookies) - set(held.get(one, {})):
                del client.cookies[name]

    def fresh(self, key: str) -> Any:
        """One of the objects as it stands now."""
        with self.everywhere():
            kept = self.objects[key]
            return type(kept)._default_manager.get(pk=kept.pk)


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Who one is, and what roles one holds, is the same on every page from now on: they are asked for by the thousand.

    What says that there is nothing at an address is the same everywhere too, and written once.
    """
    write, nothing = loader.render_to_string, list[str]()

    def written(template: str, *args: Any, **kwargs: Any) -> str:
        if template != "core/not_found.html":
            return write(template, *args, **kwargs)
        nothing.extend([write(template, *args, **kwargs)] if not nothing else [])
        return nothing[0]

    with MonkeyPatch.context() as patch:
        patch.setattr(loader, "render_to_string", written)
        patch.setattr(middleware, "acting_actor", cache(middleware.acting_actor))
        account = cache(AccountBackend().get_user)
        patch.setattr(AccountBackend, "get_user", lambda _self, user_id: account(user_id))
        yield


def make_world(folder: Path) -> World:
    """Everyone and everything. `folder`: somewhere that is no folder, so that filing there fails."""
    line = make_line()
    seats.seat_everyone(line)
    world = World(line)
    add_people(line)
    add_portfolio(world)
    open_to_all(line)
    for make in (
        _administered,
        _ideas,
        _before,
        _in_secretariat,
        _below_the_council,
        _in_council,
        _around,
        _in_cycle,
    ):
        make(world)
    _decided(world, folder)
    _imported(world)
    _rows(world)
    _registered(world)
    steer(world)
    govern(line, world.objects)
    for one in (*line.people, ANONYMOUS):
        world.client(one)  # signed in for good, not in what is undone
    return world


def _person(line: Line, key: str, home: str, name: str = "") -> Person:
    share = line.entities["annetsamarbeid" if home == "annen" else "region"]
    owner = line.entities[home]
    line.people[key] = organisation.add_person(
        by=system_actor(owner.pk, on=ON),
        at=AT,
        owner=owner,
        shared_with=None if owner == share else share,
        name=name or f"{key.replace('_', ' ').capitalize()} {home.capitalize()}",
        email=f"{key}@{home}.example",
    )
    return line.people[key]


def _give(line: Line, key: str, role: str, entity: str) -> None:
    person, scope = line.people[key], line.entities[entity]
    by = system_actor(person.owner_id, on=ON)
    organisation.give_role(by=by, at=AT, person=person, role=role, valid_from=ON, entity=scope)


def add_people(line: Line) -> None:
    """A holder of every role, and the neighbours and strangers."""
    region = line.entities["region"]
    line.entities["nes"] = nes = Entity.objects.create(slug="nes", name="Nes", kind="municipality")
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        organisation.join_cooperation(by=by, at=AT, cooperation=region, member=nes, valid_from=ON)
        for role, key in HOLDERS.items():
            line.people[role] = line.people[key]
        for role, home in PLACES.items():
            _person(line, role, home)
            _give(line, role, role, home)
        line.people["author"] = line.people["proposer"]
        _person(line, "dal_employee", "dal")
        _person(line, "neighbour", "nes")
        _person(line, "neighbour_leader", "nes")
        for role in NEIGHBOURLY:
            _give(line, "neighbour_leader", role, "nes")
        _person(line, "stranger_leader", "annen")
        for role in ROLES:
            for house in ("annen", "annetsamarbeid"):
                if role not in ("employee", "elected_rep", "observer", "auditor"):
                    _give(line, "stranger_leader", role, house)


def add_portfolio(world: World) -> None:
    """The region's portfolio, and the one who manages it."""
    line = world.line
    region = line.entities["region"]
    with acting_for([region.pk]):
        world.objects["portfolio"] = portfolio.create_portfolio(
            by=system_actor(region.pk, on=ON),
            at=AT,
            owner=region,
            name="Digitaliseringsporteføljen",
            manager=line.people["portfolio_manager"],
        )


def open_to_all(line: Line) -> None:
    """The region's council opens its initiatives to the public, and its secretariat decides the small ones."""
    region, towns = line.entities["region"], [line.entities[town] for town in ("fjell", "dal", "nes")]
    assert line.council is not None
    with acting_for([region.pk, *(town.pk for town in towns)]):
        by = system_actor(region.pk, on=ON)
        said: dict[str, Any] = {"by": by, "at": AT, "adopted_by": "Kommunestyrene"}
        parts = ["title", "need", "benefits", "costs", "treatment"]
        adopt_mandate(
            **said,
            body=line.council,
            valid_from=date(2026, 2, 1),
            open_to_public=True,
            open_submitted=parts[:2],
            open_decided=parts,
        )
        body = set_up_body(by=by, at=AT, owner=region, shared_with=region, kind="secretariat", name="Sekretariatet")
        adopt_mandate(
            **said,
            body=body,
            valid_from=ON,
            adopted_in=towns,
            may_decide_types=["development"],
            amount_per_case=Decimal(SMALL),
        )


def _administered(world: World) -> None:
    """One who has left, one with a link, one with a password, and somebody's role."""
    line, made, now = world.line, world.objects, timezone.now()
    made["fjells"], made["regions"], made["cfo"] = line.entities["fjell"], line.entities["region"], line.people["cfo"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(line.entities["fjell"].pk, on=ON)
        made["given"] = line.people["cfo"].roles.get(role="cfo")
        _unit_members_and_lists(world)
        _person(line, "newcomer", "fjell")
        leaver = _person(line, "leaver", "fjell")
        made["leaver"] = organisation.end_person(
            by=by, at=AT, person_id=leaver.pk, version=leaver.version, on=AT.date()
        )
        del line.people["leaver"]
        link = organisation.make_link(by=by, at=now, person=line.people["newcomer"])
        made["token"] = resolve(link_path(link)).kwargs["token"]
        own = organisation.make_link(by=by, at=now, person=line.people["employee"])
    with line.acting("employee") as by:
        account = organisation.choose_password(by=by, at=now, link=own, password=PASSWORD)
    line.people["employee"].account = account


PEOPLE = b"Navn;E-post;Rolle\nAnne List;list@fjell.example;Arkivleder\n"


def _unit_members_and_lists(world: World) -> None:
    """A unit that stays and one with a last day, a membership that ends and one that is asked for, and two lists."""
    line, made = world.line, world.objects
    region, fjell = line.entities["region"], line.entities["fjell"]
    by = system_actor(fjell.pk, on=ON)
    made["unit"] = organisation.add_unit(by=by, at=AT, owner=fjell, shared_with=region, name="Skoler")
    closed = organisation.add_unit(by=by, at=AT, owner=fjell, shared_with=region, name="Kantiner")
    made["closed_unit"] = organisation.retire_unit(
        by=by, at=AT, unit_id=closed.pk, version=closed.version, last_day=date(2026, 10, 1)
    )
    nes, admin = line.entities["nes"], line.actor("administrator")
    made["membership"] = region.members.get(member=nes)
    made["leaving"] = organisation.leave_cooperation(
        by=admin, at=AT, membership=region.members.get(member=line.entities["dal"]), valid_to=date(2031, 1, 1)
    )
    outside = Entity.objects.create(slug="ute", name="Ute", kind="municipality")
    ask = {"by": admin, "at": AT, "valid_from": date(2031, 1, 1), "cooperation": region}
    made["asked"] = organisation.ask_member(**ask, member=outside)
    made["asked_us"] = organisation.ask_member(**ask, member=line.entities["annen"])
    columns = {"Navn": "name", "E-post": "email", "Rolle": "roles"}
    for key in ("people_open", "people_done"):
        made[key] = batch = PeopleImport.objects.create(
            owner=fjell, shared_with=region, file_name="ansatte.csv", sha256="0", content=PEOPLE, columns=columns,
            uploaded_by=line.people["administrator"],
        )  # fmt: skip
    organisation.import_people(
        by=by, at=AT, owner=fjell, sheet=read(b"Navn;E-post\nB;b@fjell.example\n"), columns=columns, batch=batch
    )


def _ideas(world: World) -> None:
    """An idea that waits with a comment, one beside it, and one that has its answer."""
    line, made = world.line, world.objects
    with line.acting("author") as by:
        for key in ("idea", "other_idea", "answered_idea"):
            made[key] = initiatives.send_idea(by=by, at=AT, title=f"Idé {key}", text="Bedre.", field=None)
        made["said"] = initiatives.comment_idea(by=by, at=AT, idea_id=made["idea"].pk, text="Hva mener du?")
    with line.acting("secretary") as by:
        initiatives.answer_idea(
            by=by, at=AT, idea_id=made["answered_idea"].pk, version=None, kind="exists", reason="Finnes."
        )


def _attach(world: World, initiative: Initiative, name: str) -> Any:
    with world.line.acting("author") as by:
        return attach_file(
            by=by, at=AT, house=initiative, initiative_id=initiative.pk, upload=SimpleUploadedFile(name, PDF)
        )


def _before(world: World) -> None:
    """Not sent in yet: a draft, and a need at each stop of the anchoring."""
    line, made = world.line, world.objects
    made["draft"] = line.draft()
    owner = line.people["sector_head"]
    with line.acting("secretary") as by:
        mail = {"subject": "App", "text": "Kan vi få en app?", "need_owner_id": owner.pk}
        made["takeover"] = initiatives.turn_into_draft(by=by, at=AT, **mail)
    made["draft_file"] = _attach(world, made["draft"], "skisse.pdf")
    with line.acting("author") as by:
        made["removed_file"] = remove_file(by=by, at=AT, file=_attach(world, made["draft"], "gammel.pdf"))
    made["anchoring"] = line.sent()
    made["opinion"] = line.asked(made["anchoring"], "expert_group")
    made["endorsement"] = line.asked(line.supported(), "endorsement")
    recorded = line.asked(line.supported(), "endorsement")
    with line.acting("secretary") as by:
        made["recorded"] = anchoring.record_on_behalf(
            by=by, at=AT, request_id=recorded.pk, version=None, answer="recommended", text="", source="E-post"
        )
    made["endorsed"] = line.endorsed()


def _around(world: World) -> None:
    """What is around a need: a no, who was involved, a guest, an expert group, and a substitute later on."""
    line, made = world.line, world.objects
    made["refused"] = line.supported()
    with line.acting("sector_head") as by:
        asked = line.asked(made["refused"], "endorsement")
        anchoring.answer_endorsement(by=by, at=AT, request_id=asked.pk, answer="not_recommended", text="Nei.")
        made["head"], made["head_role"] = line.people["sector_head"], line.people["sector_head"].roles.get()
        first, last = date(2032, 1, 1), date(2032, 1, 9)
        made["stand_in"] = organisation.choose_stand_in(
            by=by, at=AT, role_id=made["head_role"].pk, stand_in=line.people["cfo"], first_day=first, last_day=last
        )
    with line.acting("author") as by:
        need, now = made["anchoring"], timezone.now()
        said: dict[str, Any] = {"kind": "users", "held_date": AT.date(), "who": "Eldrerådet", "how": "Møte"}
        made["involvement"] = anchoring.note_involvement(by=by, at=AT, initiative=need, **said)
        made["stakeholder"] = anchoring.add_stakeholder(by=by, at=AT, name="Gjest", kind="users")
        made["guest_pass"] = anchoring.share_with_guest(
            by=by,
            at=now,
            initiative=need,
            stakeholder=made["stakeholder"],
            parts=["need"],
            last_date=timezone.localdate(now) + timedelta(days=30),
            may_comment=True,
        )
        made["guest_token"] = resolve(guest_path(made["guest_pass"])).kwargs["token"]
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(line.entities["fjell"].pk, on=ON)
        line.units["other"] = organisation.add_unit(
            by=by, at=AT, owner=line.entities["fjell"], shared_with=region, name="Oppvekst"
        )
        made["other_field"] = Field.objects.create(owner=region, code="oppvekst", name="Oppvekst")
    with line.acting("administrator") as by:
        assert line.field is not None
        made["group"] = anchoring.form_group(by=by, at=AT, field=line.field, name="Faggruppe helse")
    with line.acting("expert") as by:
        made["group_seat"] = anchoring.add_group_member(
            by=by, at=AT, body=made["group"], person=line.people["dal_employee"]
        )
        made["need_item"] = anchoring.add_to_backlog(by=by, at=AT, body=made["group"], title="Et behov")
        made["group_meeting"] = anchoring.call_group_meeting(by=by, at=AT, body=made["group"], starts_at=AT)


def _in_secretariat(world: World) -> None:
    line, made = world.line, world.objects
    made["submitted"] = line.draft(both=True)
    made["submitted_file"] = _attach(world, made["submitted"], "vedlegg.pdf")
    line.endorsed(made["submitted"])
    with line.acting("author") as by:
        anchoring.submit(by=by, at=AT, initiative_id=made["submitted"].pk)
    made["submitted_case"] = line.case(made["submitted"])
    with line.seen_by("author"):
        made["told"] = Notification.objects.filter(person=line.people["author"])[0]
        made["filing"] = Filing.objects.get(initiative=made["submitted"])
    prepared = line.submitted()
    made["preparing_case"] = line.case(prepared)
    with line.acting("secretary") as by:
        secretariat.check_completeness(by=by, at=AT, case_id=made["preparing_case"].pk)
        secretariat.write_assessment(by=by, at=AT, case_id=made["preparing_case"].pk, text="Vi anbefaler det.")
    line.finance(prepared)
    reviewed = line.submitted()
    made["reviewed_case"] = line.case(reviewed)
    with line.acting("secretary") as by:
        secretariat.check_completeness(by=by, at=AT, case_id=made["reviewed_case"].pk)
        made["review"] = secretariat.ask_review(
            by=by,
            at=AT,
            case_id=made["reviewed_case"].pk,
            kind="technology",
            person_id=line.people["employee"].pk,
            due=AT.date() + timedelta(days=14),
        )
        made["competence"] = secretariat.keep_competence(
            by=by, at=AT, owner=line.entities["region"], name="Hjelper", place="ict", helps_with="Drift"
        )
    made["ready"] = line.prepared(both=True)
    made["ready_case"] = line.case(made["ready"])
    _written(world)
    _scored(world)
    _in_rounds(world)


def _written(world: World) -> None:
    """A case paper that two have written in at the same time, and the house's own Word template."""
    line, made = world.line, world.objects
    case, said = made["ready_case"].pk, ("Kostnadene er sikre.", "Kostnadene er usikre.")
    for key, text in zip(("secretary", "secretariat_lead"), said, strict=True):
        with line.acting(key) as by:
            written = {"case_id": case, "code": "costs", "version": 0, "text": text}
            made["aside"] = secretariat.write_section(by=by, at=AT, **written)
    with line.acting("secretariat_lead") as by:
        upload = SimpleUploadedFile("mal.docx", standard_template("nb"))
        chosen = {"owner_id": line.entities["region"].pk, "kind": "minutes", "valid_from": AT.date()}
        made["template"] = adopt_template(by=by, at=AT, upload=upload, **chosen)


def _scored(world: World) -> None:
    """One case that is scored and placed by the body, and one that is being scored."""
    line, made = world.line, world.objects
    scored = line.prepared(both=True)
    scored_by_two(line, scored)
    made["scored_case"] = line.case(scored)
    with line.acting("chair") as by:
        secretariat.place_in_order(by=by, at=AT, case_id=made["scored_case"].pk, place=1, reason="Rådet så det.")
    waiting = line.prepared(both=True)
    made["scoring"] = started(line, waiting)
    made["scoring_case"] = line.case(waiting)
    made["score_card"] = card_of(line, made["scoring"], "member")


def _costing(world: World, **costs: Any) -> Initiative:
    """A need in preparation that costs this."""
    line = world.line
    need = line.draft()
    with line.acting("author") as by:
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values={**OWN, **costs})
    line.endorsed(need)
    with line.acting("author") as by:
        anchoring.submit(by=by, at=AT, initiative_id=need.pk)
    with line.acting("secretary") as by:
        secretariat.check_completeness(by=by, at=AT, case_id=line.case(need).pk)
    return need


def _below_the_council(world: World) -> None:
    """What the owning sector decides, before and after it is sent there, and what the secretariat decides."""
    line, made = world.line, world.objects
    made["mandate_case"] = line.case(_costing(world, one_off_kr=Decimal(SMALL)))
    made["line_case"] = line.case(_costing(world))
    sent = _costing(world)
    with line.acting("secretary") as by:
        secretariat.send_to_line(by=by, at=AT, case_id=line.case(sent).pk)
    made["line_decision"] = line.decision(sent, "fjell")


STAGES = ("agreed", "noticed", "held", "treated", "approved")


def _meeting(world: World, stage: str, *, key: str = "", **values: Any) -> Initiative:
    """A meeting on a day of its own, as far as `stage`, with one prepared case; kept with its item under that name."""
    line, made, far = world.line, world.objects, STAGES.index(stage)
    body, after = line.council, timedelta(days=7 * len([key for key in made if key.endswith("_item")]))
    assert body is not None
    need = line.prepared(**values)
    with line.acting("secretary") as by:
        meeting = council.plan_meeting(
            by=by, at=AT, body=body, starts_at=seats.STARTS + after, ends_at=seats.ENDS + after, place="Rådhuset"
        )
        item = council.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=line.case(need).pk)
        made[f"{key or stage}_case"] = line.case(need)
        if far >= STAGES.index("noticed"):
            council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    if far >= STAGES.index("held"):
        seats.attend(line, meeting, "chair", "deputy", "member")
    if far >= STAGES.index("treated"):
        with line.acting("secretary") as by:
            said = {"text": "Rådet anbefaler det.", "reason": "Stor gevinst.", "discussion": "Rådet var enig."}
            council.treat_item(by=by, at=AT, item_id=item.pk, version=None, outcome="recommended", **said)
    if far >= STAGES.index("approved"):
        with line.acting("chair") as by:
            council.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    key = key or stage
    made[key], made[f"{key}_item"] = meeting, item
    return need


def _round(world: World, purpose: str, *needs: Initiative) -> Round:
    """A round with a list: only these came in by its deadline."""
    line = world.line
    with world.everywhere():
        early = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
        Initiative.objects.filter(pk__in=[need.pk for need in needs]).update(submitted_at=early)
    assert line.council is not None
    with line.acting("secretary") as by:
        made = secretariat.open_round(
            by=by, at=AT, body=line.council, purpose=purpose, first_year=2027, deadline=date(2026, 10, 21)
        )
        return secretariat.make_list(by=by, at=AT, round_id=made.pk)


def _in_rounds(world: World) -> None:
    """A round whose list is made, and one that is treated in a meeting."""
    line, made = world.line, world.objects
    made["round_held"] = _round(world, "budget", line.prepared(both=True))
    far = timedelta(days=365)
    assert line.council is not None
    with line.acting("secretary") as by:
        meeting = council.plan_meeting(
            by=by, at=AT, body=line.council, starts_at=seats.STARTS + far, ends_at=seats.ENDS + far, place="Rådhuset"
        )
        secretariat.finish_list(by=by, at=AT, round_id=made["round_held"].pk)
        made["round_item"] = council.put_on_agenda(
            by=by, at=AT, meeting_id=meeting.pk, case_id=made["round_held"].case_id
        )
        council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    seats.attend(line, meeting, "chair", "deputy", "member")
    made["round_meeting"] = meeting
    made["priority_round"] = _round(world, "economic_plan", line.prepared(both=True))
    with world.everywhere():
        made["round_row"] = RoundRow.objects.get(line__case=made["priority_round"].case_id)
        made["held_row"] = RoundRow.objects.get(line__case=made["round_held"].case_id)


def _in_council(world: World) -> None:
    """A meeting at each of its stages."""
    world.objects["planned"] = seats.planned(world.line)
    for stage in ("agreed", "noticed", "held", "treated"):
        _meeting(world, stage)
    _meeting(world, "noticed", key="elsewhere")
    with world.line.acting("secretary") as by:
        council.hold_elsewhere(by=by, at=AT, meeting_id=world.objects["elsewhere"].pk, system="Sakssystemet")
        closed = {"version": None, "minutes": 15, "closed_code": "koml-11-5-2"}
        council.plan_item(by=by, at=AT, item_id=world.objects["elsewhere_item"].pk, **closed)
        second = world.line.case(world.line.prepared()).pk
        world.objects["agreed_second"] = council.put_on_agenda(
            by=by, at=AT, meeting_id=world.objects["agreed"].pk, case_id=second
        )
        world.objects["action_point"] = council.give_action_point(
            by=by,
            at=AT,
            meeting_id=world.objects["held"].pk,
            text="Send brev til kommunene.",
            responsible_id=world.line.people["council_chair"].pk,
            due=seats.ENDS.date(),
        )
        while council.make_next_part(by=by, at=AT, set_id=PaperSet.objects.get(meeting=world.objects["noticed"]).pk):
            pass
    world.objects["at_chief"] = _meeting(world, "approved", both=True)
    _approves(world)
    world.objects["decision"] = world.line.decision(world.objects["at_chief"], "fjell")
    world.objects["at_chief_case"] = world.line.case(world.objects["at_chief"])


def _approves(world: World) -> None:
    """A meeting that is to approve the minutes of the one before it."""
    line, made = world.line, world.objects
    assert line.council is not None
    for key, days in (("earlier", 900), ("later", 930)):
        day = timedelta(days=days)
        with line.acting("secretary") as by:
            meeting = council.plan_meeting(
                by=by, at=AT, body=line.council, starts_at=seats.STARTS + day, ends_at=seats.ENDS + day
            )
            council.add_information(by=by, at=AT, meeting_id=meeting.pk, title="Nytt om strategien")
            council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        seats.attend(line, meeting, "chair", "deputy", "member")
        made[key] = meeting
        if key == "earlier":
            with line.acting("secretary") as by:
                council.choose_approval(by=by, at=AT, meeting_id=meeting.pk, approval="next")
    with line.seen_by():
        made["later_item"] = made["later"].items.get(approves=made["earlier"])


def _in_cycle(world: World) -> None:
    """A meeting and a date in the annual cycle, and one who follows it."""
    line, made = world.line, world.objects
    made["council"] = line.council
    assert line.council is not None
    with line.acting("secretariat_lead") as by:
        made["cycle_planned"] = governance.plan_in_cycle(
            by=by,
            at=AT,
            body=line.council,
            starts_at=seats.STARTS.replace(year=2031),
            ends_at=seats.ENDS.replace(year=2031),
            place="Rådhuset",
            submission_deadline=date(2031, 1, 2),
        )
        made["cycle_date"] = governance.put_cycle_date(
            by=by, at=AT, owner=line.entities["region"], kind="reporting", title="Tertial", starts_on=date(2031, 5, 2)
        )
    with line.acting("employee") as by:
        followed = governance.follow_cycle(by=by, at=AT)
        made["feed"] = resolve(address_of(followed)).kwargs["token"]


def _publish(world: World) -> None:
    """Of the meeting that is over: the agenda for everyone, the minutes for the elected, the paper for employees."""
    made, meeting_id = world.objects, world.objects["approved"].pk
    paper = f"paper-{made['approved_item'].pk}"
    for key, name, audience in (
        ("agenda", "public", "public"),
        ("minutes", "elected", "elected"),
        (paper, "employees", "employees"),
    ):
        with world.line.acting("secretary") as by:
            said: dict[str, Any] = {"meeting_id": meeting_id, "documents": [key], "audience": audience}
            [made[f"{name}_document"]] = council.publish_documents(by=by, at=AT, **said)


def _decided(world: World, folder: Path) -> None:
    """A need that has become a project, with a report; and a filing that failed."""
    line, made = world.line, world.objects
    fjell, region = line.entities["fjell"], line.entities["region"]
    with acting_for([fjell.pk, region.pk]):
        by = system_actor(fjell.pk, on=ON)
        archive.set_up_archive(by=by, at=AT, owner=fjell, backend="folder", folder=str(folder))
    made["decided"] = _meeting(world, "approved", both=True)
    made["decided_case"] = line.case(made["decided"])
    _publish(world)
    asked = cases.NewCondition(text="Test først.", responsible_id=line.people["author"].pk, due=date(2031, 1, 1))
    for town, chief, outcome, conditions in (
        ("fjell", "chief", "approved_with_conditions", [asked]),
        ("dal", "dal_chief", "approved", []),
    ):
        row = line.decision(made["decided"], town)
        with line.acting(chief) as by:
            said: dict[str, Any] = {"outcome": outcome, "text": "", "amount_kr": Decimal(300000)}
            cases.decide(by=by, at=AT, decision_id=row.pk, version=None, conditions=conditions, **said)
            made.setdefault("condition", row.conditions.first())
    made["decided_row"] = line.decision(made["decided"], "fjell")
    with line.acting("chief") as by:
        asked_of: dict[str, Any] = {"text": "Følg opp.", "person_id": line.people["author"].pk, "due": date(2031, 1, 1)}
        made["assignment"] = cases.give_assignment(by=by, at=AT, decision_id=made["decided_row"].pk, **asked_of)
        political = line.decision(line.recommended(), "fjell")
        organ = "executive_committee"
        made["political"] = cases.send_on(by=by, at=AT, decision_id=political.pk, version=None, organ=organ)
    with line.acting("author") as by:
        initiatives.mark_reusable(by=by, at=AT, initiative_id=made["decided"].pk, result="Færre omveier.")
    with acting_for([fjell.pk, region.pk]):
        by = system_actor(fjell.pk, on=ON)
        waiting = Filing.objects.filter(owner=fjell, kind="decision").latest("pk")
        made["failed"] = archive.file_now(by=by, at=AT, filing_id=waiting.pk)
    _steered(world)
    _staffed(world)
    _learnt(world)


def _steered(world: World) -> None:
    """The project in its portfolio: reports, a series, a rank, a measure, and the plan for its benefit."""
    line, made = world.line, world.objects
    with line.acting("portfolio_manager") as by:
        made["project"] = Project.objects.get(initiative=made["decided"])
        made["report"] = portfolio.take_report(by=by, at=AT, portfolio=made["portfolio"])
        made["sent_report"] = portfolio.take_report(by=by, at=AT, portfolio=made["portfolio"])
        portfolio.send_report(by=by, at=AT, snapshot_id=made["sent_report"].pk)
        monthly = {"name": "Hver måned", "rhythm": "month", "due_days": 5, "active": True}
        made["series"] = portfolio.keep_series(
            by=by, at=AT, portfolio=made["portfolio"], series_id=None, version=None, **monthly
        )
        made["further"] = portfolio.create_portfolio(
            by=by, at=AT, owner=made["portfolio"].owner, name="Helse", manager=line.people["portfolio_manager"]
        )
        first = {made["project"].pk: (1, "")}
        made["ranking"] = portfolio.keep_ranking(
            by=by, at=AT, portfolio=made["portfolio"], sector=None, version=None, places=first
        )
        row = portfolio.MeasureRow(
            kind="reinforce", title="Styrke laget", reason="For få timer.", responsible=line.people["portfolio_manager"],
            due_date=date(2031, 3, 1), projects=[made["project"]],
        )  # fmt: skip
        given: dict[str, Any] = {"portfolio": made["portfolio"], "measure_id": None, "version": None}
        made["measure"] = portfolio.propose_measure(by=by, at=AT, row=row, **given)
    with line.acting("chief") as by:
        portfolio.approve_ranking(by=by, at=AT, ranking_id=made["ranking"].pk, version=None, where="")
    with line.acting("author") as by:
        made["benefit"] = made["decided"].benefits.get()
        made["planned_benefit"] = plan_whole(by, made["benefit"])
        made["benefit_plan"] = made["planned_benefit"].plan


def _staffed(world: World) -> None:
    """A role in the sector head's unit, and days of it that the project asks for."""
    line, made = world.line, world.objects
    with line.acting("sector_head") as by:
        unit = Unit.objects.get(pk__in=[h.unit_id for h in by.held if h.role == "sector_head" and h.unit_id])
        has = {ON: portfolio.QuarterRow(days=60, line_days=30)}
        row: dict[str, Any] = {"resource_id": None, "version": 0, "title": "Arkitekt", "person": None, "quarters": has}
        made["resource"] = portfolio.keep_resource(by=by, at=AT, unit=unit, **row)
    with line.acting("portfolio_manager") as by:
        asked: dict[str, Any] = {"resource": made["resource"], "quarter": ON, "days": 10, "purpose": "Integrasjonen."}
        made["request"] = portfolio.ask_people(by=by, at=AT, project_id=made["project"].pk, **asked)


def _learnt(world: World) -> None:
    """A lesson of the project, and a condition its owner has set at the gate."""
    line, made = world.line, world.objects
    words = {"title": "Spør tidlig", "happened": "Vi spurte for seint.", "learnt": "Det tok lengre tid."}
    row = portfolio.LessonRow(**words, kind="bad", theme="change", phase="execute", reach="cooperation")
    due = date(2031, 1, 1)
    with line.acting("author") as by:
        given: dict[str, Any] = {"project": made["project"], "lesson_id": None, "version": 0}
        made["lesson"] = portfolio.keep_lesson(by=by, at=AT, row=row, **given)
        asked = portfolio.NewGateCondition(
            text="Opplæringen er planlagt.", responsible_id=line.people["sector_head"].pk, due=due
        )
        said: dict[str, Any] = {"passes": False, "text": "Ikke ennå.", "conditions": [asked]}
        portfolio.decide_gate(by=by, at=AT, project_id=made["project"].pk, version=None, **said)
        made["gate_condition"] = GateCondition.objects.get(review__project=made["project"])


def plan_whole(by: Actor, benefit: Benefit, *, indicator: str = "Kjøretid", how: str = "To uker.") -> PlannedBenefit:
    """Plan a benefit so that nothing is missing."""
    days = {"baseline_date": date(2030, 1, 1), "target_date": date(2031, 1, 1)}
    words = {"indicator": indicator, "unit": "timer", "baseline_how": how}
    line = benefits.PlanLine(benefit_owner_id=by.person_id, target_value=Decimal(1), **words, **days)
    said = {"initiative_id": benefit.initiative_id, "benefit_id": benefit.pk, "version": None}
    return benefits.plan_benefit(by=by, at=AT, line=line, planned=True, **said)


def _imported(world: World) -> None:
    line, made = world.line, world.objects
    sheet = read(CSV, "prosjekter.csv")
    mapping = propose(sheet).mapping
    home: Portfolio = made["portfolio"]
    with line.acting("portfolio_manager") as by:
        for key in ("earlier_import", "done_import", "waiting_import"):
            content = CSV.replace(b";100", b";90") if key == "earlier_import" else CSV
            sheet = read(content, "prosjekter.csv")
            made[key] = portfolio.upload_sheet(
                by=by, at=AT, portfolio=home, file_name="prosjekter.csv", content=content, mapping=mapping
            )
            if key != "waiting_import":
                batch = portfolio.lock_batch(made[key].pk, made[key].version)
                portfolio.import_projects(by=by, at=AT, portfolio=home, sheet=sheet, mapping=mapping, batch=batch)


STEPS = "Prosjekt;Milepæl;Dato\nA-1;Anskaffet;1.3.2031\n".encode()


def _rows(world: World) -> None:
    """Milestones that are brought in, some that wait to be looked over, and someone a project concerns."""
    line, made = world.line, world.objects
    home: Portfolio = made["portfolio"]
    columns = {"Prosjekt": "project", "Milepæl": "name", "Dato": "due_date"}
    with line.acting("portfolio_manager") as by:
        given: dict[str, Any] = {"by": by, "at": AT, "portfolio": home, "kind": "milestones", "columns": columns}
        for key in ("done_rows", "waiting_rows"):
            made[key] = portfolio.upload_rows(**given, file_name="milepæler.csv", content=STEPS)
            if key == "done_rows":
                batch = portfolio.lock_rows(made[key].pk, made[key].version)
                portfolio.import_rows(**given, sheet=read(STEPS), batch=batch)
        row = portfolio.StakeholderRow(name="Fagforeningene", influence=2, attitude=-1)
        told: dict[str, Any] = {"project_id": made["project"].pk, "stakeholder_id": None, "version": None, "row": row}
        made["concerned"] = portfolio.keep_stakeholder(by=by, at=AT, **told)


SYSTEMS = b"Id;Navn;Leverand\xc3\xb8r\nS-1;Journal;Nordlys\nS-2;Arkiv;Varde\n"


def _registered(world: World) -> None:
    """A system of Fjell that the region sees, one that only Fjell sees, and two spreadsheets on their way in."""
    line, made = world.line, world.objects
    fjell = line.entities["fjell"]
    sheet = read(SYSTEMS, "systemer.csv")
    given: dict[str, Any] = {"owner_id": fjell.pk, "file_name": "systemer.csv", "content": SYSTEMS, "shared": True}
    with line.acting("system_manager") as by:
        for key, shared in (("system", True), ("own_system", False)):
            values = {"name": key, "annual_kr": Decimal(1000)}
            made[key] = systems.register_system(by=by, at=AT, owner_id=fjell.pk, values=values, shared=shared)
        for key in ("done_register", "waiting_register"):
            columns = {"Id": "source_id", "Navn": "name", "Leverandør": "vendor"}
            made[key] = systems.upload_register(by=by, at=AT, columns=columns, **given)
            if key == "done_register":
                batch = systems.lock_import(made[key].pk, made[key].version)
                systems.import_systems(by=by, at=AT, batch=batch, sheet=sheet)


def seats_of(world: World, meeting: Meeting) -> list[Any]:
    """Who sits in the body of a meeting."""
    with world.everywhere():
        return list(meeting.body.seats.all())


Data = Callable[[World], dict[str, Any]]
