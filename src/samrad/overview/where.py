"""«Hvor går jeg?»: from a question to the right person, looked up in the roles held today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.governance.models import Field
from samrad.initiatives.models import Initiative, ServiceDesk
from samrad.initiatives.queries import service_desk_for, visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.roles import ROLES
from samrad.overview.standing import standings

MOST_CASES = 10


@dataclass(frozen=True)
class Way:
    """A question people have: whom to talk to, in order, what to do, and the page where it is done."""

    code: str
    question: Promise
    steps: tuple[Promise, ...]
    roles: tuple[str, ...]
    action: Promise | None = None
    page: str = ""
    mine: bool = False  # shows one's own cases with whom each lies
    desk: bool = False  # shows the service desk where one works


WAYS: tuple[Way, ...] = (
    Way(
        "idea",
        _("I have an idea"),
        (
            _("Write it in two fields. You need no permission."),
            _("The expert group answers, and says why. The page where you write it says by when."),
        ),
        ("expert_group_lead",),
        _("Send an idea"),
        "initiatives:idea_start",
    ),
    Way(
        "need",
        _("I have a need, and want to report it"),
        (
            _("Talk to your head of sector first: the sector must recommend it."),
            _("Describe the need. The form shows what is missing."),
            _("The expert group and the head of sector answer, then you send it in."),
        ),
        ("sector_head", "expert_group_lead"),
        _("Report a need"),
        "initiatives:draft_start",
    ),
    Way(
        "buy",
        _("I want to buy or replace a system"),
        (
            _("Ask the secretariat whether something like it exists already."),
            _("Report it as a need before you sign anything, also when it is cheap."),
        ),
        ("coordinator", "secretariat_lead", "secretariat_member"),
        _("Report a need"),
        "initiatives:draft_start",
    ),
    Way(
        "broken",
        _("Something does not work"),
        (
            _("Faults and orders are not cases for the council. Tell the service desk where you work."),
            _("Does it keep happening? Then it may be an idea or a need."),
        ),
        ("administrator", "coordinator"),
        desk=True,
    ),
    Way(
        "decision",
        _("A decision concerns me"),
        (
            _("Open the case: the decision stands there with its reason, its conditions and who made it."),
            _("Talk to the one who is responsible for the case, or to the chief executive who decided."),
        ),
        ("chief_executive", "secretariat_lead"),
        mine=True,
    ),
    Way(
        "case",
        _("I want to know where my case is"),
        (_("Your cases are below, each with whom it lies now."), _("The secretariat can tell you what comes next.")),
        ("secretariat_lead", "secretariat_member"),
        _("See all initiatives"),
        "initiatives:initiative_list",
        mine=True,
    ),
    Way(
        "asked",
        _("I am asked to answer, but it is not my table"),
        (
            _("Answer that it is not yours, and say who should be asked."),
            _("The secretariat can ask the right person instead."),
        ),
        ("secretariat_lead", "secretariat_member"),
        _("See what waits for me"),
        "overview:my_page",
    ),
    Way(
        "meeting",
        _("I want something treated in the council"),
        (
            _("Only what is reported and recommended comes on the agenda."),
            _("The secretariat prepares the case, and the chair sets the agenda."),
        ),
        ("secretariat_lead", "council_chair"),
        _("See the meetings"),
        "council:meeting_list",
    ),
    Way(
        "project",
        _("I have a question about a project or its money"),
        (_("The project's own page says who owns and leads it."), _("The portfolio manager sees all of them.")),
        ("portfolio_manager", "cfo"),
        _("See the portfolio"),
        "portfolio:portfolio_list",
    ),
    Way(
        "archive",
        _("I need a document, or wonder what is public"),
        (
            _("The documents lie on the page of the case."),
            _("The records manager knows what is filed and what is exempt."),
        ),
        ("records_manager",),
    ),
    Way(
        "access",
        _("I cannot get in, or have the wrong role"),
        (_("The administrator where you work gives access and roles."),),
        ("administrator",),
    ),
)
BY_CODE = {way.code: way for way in WAYS}


@dataclass(frozen=True)
class Contact:
    """Someone to talk to: as what, and how to reach them."""

    name: str
    role: str
    place: str
    email: str


def contacts(actor: Actor, roles: Sequence[str], *, on: date) -> list[Contact]:
    """Who holds the roles today, those nearest first: in my own sector, in my municipality, then in the cooperation."""
    if not actor.is_person:
        return []
    unit = Person.objects.filter(pk=actor.person).values_list("unit_id", "unit__name").first() or (None, None)
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role__in=roles,
        entity_id__in=actor.entities,
        valid_from__lte=on,
        person__active=True,
    ).select_related("person", "entity", "unit")
    rows = [row for row in held if row.entity_id == actor.entity_id or row.role != "sector_head"]
    fields = _field_names(rows)

    def distance(row: RoleAssignment) -> tuple[int, int, int, str]:
        near = row.unit_id == unit[0] if row.unit_id else fields.get(row.field_id or 0) == unit[1]
        return roles.index(row.role), int(not near), int(row.entity_id != actor.entity_id), row.person.name

    rows.sort(key=distance)
    own = [row for row in rows if row.role in ("sector_head", "expert_group_lead") and distance(row)[1] == 0]
    narrowed = {row.role for row in own}
    kept = [row for row in rows if row.role not in narrowed or row in own]
    found: dict[int, Contact] = {}
    for row in kept:
        place = row.unit.name if row.unit else fields.get(row.field_id or 0) or row.entity.name
        said = Contact(row.person.name, str(ROLES[row.role]), place, row.person.email)
        found.setdefault(row.person_id, said)
    return list(found.values())


def _field_names(rows: Sequence[RoleAssignment]) -> dict[int, str]:
    ids = [row.field_id for row in rows if row.field_id]
    return dict(Field.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


@dataclass(frozen=True)
class MyCase:
    """One of my cases: its state, and whom it lies with."""

    initiative: Initiative
    state: str
    colour: str
    lies_with: str


def my_cases(actor: Actor) -> list[MyCase]:
    """The cases I am named in, newest first."""
    rows = visible_to(actor).filter(responsibilities__person_id=actor.person_or_none).distinct()
    found = list(rows.order_by("-updated_at")[:MOST_CASES])
    told = standings(actor, [i.pk for i in found])
    return [MyCase(i, s.state, s.colour, s.lies_with) for i in found if (s := told.get(i.pk))]


def desk_of(actor: Actor, *, on: date) -> ServiceDesk | None:
    """The service desk where the actor works: the municipality's own, else the cooperation's."""
    if actor.entity_id is None:
        return None
    shared: list[int | None] = [entity for entity in actor.entities if entity != actor.entity_id] or [None]
    desks = (service_desk_for(actor.entity_id, entity, on=on) for entity in shared)
    return next((desk for desk in desks if desk is not None), None)


def way_url(way: Way) -> str:
    """Where what one wants is done."""
    return reverse(way.page) if way.page else ""
