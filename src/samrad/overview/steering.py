"""The steering line drawn from the live set-up: who sits where, and what waits there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.cases.workflow import LINE
from samrad.core.money import kroner
from samrad.governance.models import Body, Mandate, PlannedMeeting
from samrad.initiatives.queries import visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import RoleAssignment
from samrad.organisation.roles import ROLES


class Seated(NamedTuple):
    """Someone who sits in a node: as what and where, and how to reach them."""

    name: str
    place: str
    email: str


@dataclass(frozen=True)
class Node:
    """One node of the drawing of how we govern: who sits there, how much waits, and where that is listed."""

    code: str
    label: str
    people: list[Seated]
    waiting: int
    note: str
    url: str


_ROLES_OF_NODE = {
    "expert_group": ["expert_group_lead"],
    "sector_head": ["sector_head"],
    "secretariat": ["secretariat_lead", "secretariat_member", "coordinator"],
    "council": ["council_chair", "council_deputy", "council_member"],
    "chief_executive": ["chief_executive"],
    "portfolio": ["portfolio_manager"],
}

_SEVERAL = {role for roles in _ROLES_OF_NODE.values() if len(roles) > 1 for role in roles}

# Where what waits in a node is listed: those who hold a role, or a page of their own.
_QUEUE_OF_NODE = {
    "need": ("initiatives:initiative_list", "?stage=0"),
    "expert_group": ("initiatives:initiative_list", "?with=expert_group_lead"),
    "sector_head": ("initiatives:initiative_list", "?with=sector_head"),
    "secretariat": ("initiatives:initiative_list", "?with=secretariat_lead"),
    "council": ("council:meeting_list", ""),
    "chief_executive": ("initiatives:initiative_list", "?with=chief_executive"),
    "portfolio": ("portfolio:portfolio_list", ""),
}


def _seated(actor: Actor, *, today: date) -> dict[str, set[Seated]]:
    """Who holds each role today: in one's own houses, and the chief executives of every municipality one shares with.

    Heads of sector are one's own municipality's; for those who work in the cooperation, every member's.
    """
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        Q(entity_id__in=actor.entities) | Q(role__in=["chief_executive", "sector_head"]),
        valid_from__lte=today,
    ).select_related("person", "entity", "unit")
    rows = list(held)
    own = {row.role for row in rows if row.entity_id in actor.entities}
    people: dict[str, set[Seated]] = defaultdict(set)
    for row in rows:
        ours = row.entity_id in actor.entities
        if row.role == "sector_head" and not ours and "sector_head" in own:
            continue
        words = [row.unit.name] if row.unit else []
        if row.role in _SEVERAL:
            words.append(str(ROLES.get(row.role, row.role)))
        elif not (ours and row.unit):
            words.append(row.entity.name)
        people[row.role].add(Seated(row.person.name, ", ".join(words), row.person.email))
    return people


def _mandates(today: date) -> dict[str, str]:
    """What each body may do by the mandate that is in force today, in a sentence."""
    rows = Mandate.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today)
    said: dict[str, str] = {}
    for mandate in rows.select_related("body").order_by("valid_from"):
        if mandate.body.kind == Body.Kind.SECRETARIAT:
            may = mandate.amount_per_case is not None and mandate.may_decide_types
            said["secretariat"] = (
                _("Decides by itself up to %(kr)s a case.") % {"kr": kroner(mandate.amount_per_case)}
                if may and mandate.amount_per_case is not None
                else _("Prepares cases. Decides nothing by itself.")
            )
        elif mandate.body.kind == Body.Kind.COUNCIL:
            said["council"] = _("%(n)s meetings a year.") % {"n": mandate.meetings_per_year}
    return said


def steering_map(actor: Actor, *, now: datetime) -> list[Node]:
    """The steering line drawn from the live set-up: every body, who sits there today and what waits there."""
    today = timezone.localdate(now)
    if not actor.is_person:
        return []
    people = _seated(actor, today=today)
    rows = Case.objects.filter(initiative__in=visible_to(actor)).values("state").annotate(number=Count("id"))
    counts: Counter[str] = Counter({r["state"]: r["number"] for r in rows})
    meeting = (
        PlannedMeeting.objects.filter(submission_deadline__gte=today, cancelled=False, body__kind=Body.Kind.COUNCIL)
        .select_related("body")
        .first()
    )
    said, nodes = _mandates(today), []
    for code, label, states in LINE:
        note = said.get(code, "")
        if code == "council" and meeting:
            # The first one that a need can still be sent in for.
            note = f"{note} " * bool(note) + _("Next meeting %(date)s. Send in by %(deadline)s.") % {
                "date": timezone.localtime(meeting.starts_at).strftime("%d.%m.%Y"),
                "deadline": meeting.submission_deadline.strftime("%d.%m.%Y"),
            }
        here = set().union(*(people[role] for role in _ROLES_OF_NODE.get(code, [])))
        page, query = _QUEUE_OF_NODE[code]
        seated = sorted(here)
        nodes.append(Node(code, str(label), seated, sum(counts[s] for s in states), note, reverse(page) + query))
    return nodes
