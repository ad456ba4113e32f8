"""Municipalities join and leave a cooperation, by date. No row is moved: what is shared changes from that day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actions.entities import add_entity, join_cooperation
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership, MembershipRequest, Person, RoleAssignment, Unit
from samrad.organisation.policy import can_administer, can_answer_for, can_ask, can_undo_membership


@transaction.atomic
def add_member(
    *, by: Actor, at: datetime, cooperation: Entity, slug: str, name: str, number: str, language: str, valid_from: date
) -> Entity:
    """Register a municipality that is new in Samråd, as a member of the cooperation from a date."""
    can_administer(by, cooperation.pk).require()
    if number and Entity.objects.filter(kind=Entity.Kind.MUNICIPALITY, municipality_number=number).exists():
        raise Refused(_("A municipality with this number is in Samråd already. Choose it in the list."))
    member = add_entity(
        by=by, at=at, slug=slug, name=name, kind=Entity.Kind.MUNICIPALITY, language=language, number=number
    )
    join_cooperation(by=by, at=at, cooperation=cooperation, member=member, valid_from=valid_from)
    return member


@transaction.atomic
def ask_member(
    *, by: Actor, at: datetime, cooperation: Entity, member: Entity, valid_from: date
) -> MembershipRequest | Membership:
    """Ask a municipality that is in Samråd already to be a member. Whoever is administrator of both need ask nobody."""
    can_administer(by, cooperation.pk).require()
    can_ask(cooperation, member, valid_from).require()
    if by.is_person and by.holds("administrator", entity_id=member.pk):
        return join_cooperation(by=by, at=at, cooperation=cooperation, member=member, valid_from=valid_from)
    asked = MembershipRequest.objects.create(cooperation=cooperation, member=member, valid_from=valid_from, asked_at=at)
    event = events.MembershipAsked(cooperation_id=cooperation.pk, member_id=member.pk)
    record(event, by=by, at=at, owner_id=cooperation.pk)
    return asked


@transaction.atomic
def answer_membership(*, by: Actor, at: datetime, request_id: int, accepted: bool) -> MembershipRequest:
    """Answer a cooperation that asks. With yes, the municipality is a member from the day asked for, or from today."""
    asked = MembershipRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    can_answer_for(by, asked.member_id).require()
    if asked.answered_at is not None:
        raise Refused(_("This is answered already."))
    asked.answered_at, asked.accepted = at, accepted
    asked.save(update_fields=["answered_at", "accepted"])
    if accepted:
        first = max(asked.valid_from, localdate(at))
        can_ask(asked.cooperation, asked.member, first).require()
        Membership.objects.create(cooperation=asked.cooperation, member=asked.member, valid_from=first)
        _share(asked.member, asked.cooperation)
    event = events.MembershipAnswered(cooperation_id=asked.cooperation_id, member_id=asked.member_id, accepted=accepted)
    record(event, by=by, at=at, owner_id=asked.member_id)
    return asked


def _share(member: Entity, cooperation: Entity) -> None:
    """People, units and roles that no cooperation reads any more are shared with the new one."""
    staying = Membership.objects.filter(member=member, valid_to=None).exclude(cooperation=cooperation)
    kept = list(staying.values_list("cooperation_id", flat=True))
    for table in (Unit, Person, RoleAssignment):
        table.objects.filter(owner=member).exclude(shared_with__in=kept).update(shared_with=cooperation)


@transaction.atomic
def withdraw_request(*, by: Actor, at: datetime, request_id: int) -> None:
    """Ask a municipality no more."""
    asked = MembershipRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    can_administer(by, asked.cooperation_id).require()
    if asked.answered_at is not None:
        raise Refused(_("This is answered already."))
    asked.delete()
    event = events.MembershipUndone(cooperation_id=asked.cooperation_id, member_id=asked.member_id)
    record(event, by=by, at=at, owner_id=asked.cooperation_id)


@transaction.atomic
def undo_membership(*, by: Actor, at: datetime, membership_id: int) -> None:
    """Undo that a municipality joins or leaves, before the day it happens."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    today = localdate(at)
    can_administer(by, membership.cooperation_id).require()
    can_undo_membership(membership, on=today).require()
    if membership.valid_from > today:
        membership.delete()  # it never held
    else:
        membership.valid_to = None
        membership.save(update_fields=["valid_to"])
    event = events.MembershipUndone(cooperation_id=membership.cooperation_id, member_id=membership.member_id)
    record(event, by=by, at=at, owner_id=membership.cooperation_id)
