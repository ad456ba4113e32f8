"""Who is and will be a member of a cooperation, and what joining or leaving changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership, MembershipRequest, Person, RoleAssignment
from samrad.organisation.queries import CONSEQUENCES, administered


def cooperations_of(actor: Actor) -> QuerySet[Entity]:
    """The cooperations that an administrator answers for."""
    return Entity.objects.filter(pk__in=administered(actor), kind=Entity.Kind.COOPERATION).order_by("name")


@dataclass(frozen=True)
class MemberLine:
    """One membership: `state` is now, coming, leaving or past."""

    membership: Membership
    state: str

    @property
    def undoable(self) -> bool:
        return self.state in ("coming", "leaving")


def _state(membership: Membership, on: date) -> str:
    if membership.valid_from > on:
        return "coming"
    if membership.valid_to is None:
        return "now"
    return "leaving" if membership.valid_to >= on else "past"


def member_lines(cooperation: Entity, *, on: date) -> list[MemberLine]:
    """The memberships of a cooperation, those that hold first."""
    rows = cooperation.members.select_related("member").order_by("member__name", "-valid_from")
    lines = [MemberLine(row, _state(row, on)) for row in rows]
    return sorted(lines, key=lambda line: line.state == "past")


def open_requests(cooperation: Entity) -> QuerySet[MembershipRequest]:
    """The municipalities that are asked and have not answered."""
    return MembershipRequest.objects.filter(cooperation=cooperation, answered_at=None).select_related("member")


def requests_to(actor: Actor) -> QuerySet[MembershipRequest]:
    """The cooperations that ask the municipality whose own administrator one is: no cooperation answers for it."""
    own = {held.entity_id for held in actor.held if held.role == "administrator"} & {actor.entity_id}
    rows = MembershipRequest.objects.filter(member_id__in=own, answered_at=None)
    return rows.select_related("cooperation", "member")


def can_be_asked(cooperation: Entity, *, on: date) -> QuerySet[Entity]:
    """The municipalities in Samråd that are no members on a day or later."""
    in_it = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), cooperation=cooperation)
    rows = Entity.objects.filter(kind=Entity.Kind.MUNICIPALITY)
    return rows.exclude(pk__in=in_it.values("member_id")).order_by("name")


def free_slug(name: str) -> str:
    """A short name that nobody has, made from a name."""
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a").removesuffix(" kommune")
    base = slugify(plain)[:45] or "kommune"
    taken = set(Entity.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


def leaving_changes(cooperation: Entity, member: Entity, *, on: date) -> list[str]:
    """What a cooperation no longer reads, and who no longer acts in it, once a member has left."""
    people = Person.objects.filter(owner=member, shared_with=cooperation, active=True).count()
    roles = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), owner=member, entity=cooperation
    ).count()
    said = [
        ngettext(
            "%(n)s person in %(member)s can no longer be found from the cooperation.",
            "%(n)s people in %(member)s can no longer be found from the cooperation.",
            people,
        )
        % {"n": people, "member": member.name}
    ]
    if roles:
        text = ngettext(
            "%(n)s role that someone from there has in the cooperation stops working.",
            "%(n)s roles that people from there have in the cooperation stop working.",
            roles,
        )
        said.append(text % {"n": roles})
    for tell in CONSEQUENCES:
        said += tell(cooperation, member, on)
    said.append(
        _("No row is moved or deleted. The municipality keeps all that is its own, and joining again shows it.")
    )
    return said
