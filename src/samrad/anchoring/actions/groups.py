"""Expert groups: forming them, who sits there, their own needs and the order of these, their light meetings."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.events import BacklogChanged, GroupFormed, GroupMemberChanged, GroupMet, Ranked
from samrad.anchoring.models import BacklogItem, GroupMeeting, Ranking
from samrad.anchoring.policy import can_form_group, can_lead_group, can_take_part
from samrad.anchoring.queries import leads_of, ranked, sits_in
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance.actions import adopt_mandate, end_seat, give_seat, set_up_body, use_expert_group
from samrad.governance.models import Body, Field, Seat
from samrad.governance.queries import expert_group_of
from samrad.initiatives.actions import start_draft
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person


def _house(body: Body) -> Actor:
    """The house itself: what only an administrator may set up follows from what the group's head has done."""
    return Actor(None, "Samråd", body.owner_id, ())


def _named(text: str, field: str, why: str) -> str:
    if not text.strip():
        raise Refused(Verdict.no(why, (Lack(why, f"id_{field}"),)))
    return text.strip()


@transaction.atomic
def form_group(*, by: Actor, at: datetime, field: Field, name: str, purpose: str = "") -> Body:
    """Form the expert group of a professional field, with the head it has today in the chair."""
    can_form_group(by, field).require()
    name = _named(name, "name", _("Write what the group is called."))
    if expert_group_of(field.pk) is not None:
        raise Refused(_("The field has an expert group already."))
    house = Entity.objects.get(pk=field.owner_id)
    body = set_up_body(
        by=by,
        at=at,
        owner=house,
        shared_with=field.shared_with,
        kind=Body.Kind.EXPERT_GROUP,
        name=name[:120],
        field=field,
    )
    today = localdate(at)
    adopt_mandate(by=by, at=at, body=body, valid_from=today, adopted_by="", purpose=purpose.strip())
    for person in leads_of(body, on=today):
        _sit(at=at, body=body, person=person, position=Seat.Position.CHAIR, first_day=today)
    use_expert_group(by=by, at=at, field=field, on=True)
    record(GroupFormed(body_id=body.pk, field_id=field.pk), by=by, at=at, house=body)
    return body


def _sit(*, at: datetime, body: Body, person: Person, position: str, first_day: date) -> Seat:
    home = person.owner if person.owner.kind == Entity.Kind.MUNICIPALITY else None
    return give_seat(
        by=_house(body),
        at=at,
        body=body,
        person=person,
        position=position,
        valid_from=first_day,
        field=body.field,
        municipality=home,
    )


@transaction.atomic
def add_group_member(*, by: Actor, at: datetime, body: Body, person: Person) -> Seat:
    """Take someone into an expert group."""
    can_lead_group(by, body).require()
    seat = _sit(at=at, body=body, person=person, position=Seat.Position.MEMBER, first_day=localdate(at))
    record(GroupMemberChanged(body_id=body.pk, person_id=person.pk, came=True), by=by, at=at, house=body)
    return seat


@transaction.atomic
def end_group_member(*, by: Actor, at: datetime, body: Body, seat: Seat) -> None:
    """Let someone leave an expert group, from today on."""
    can_lead_group(by, body).require()
    yesterday = date.fromordinal(localdate(at).toordinal() - 1)
    end_seat(by=_house(body), at=at, seat_id=seat.pk, last_day=yesterday)
    record(GroupMemberChanged(body_id=body.pk, person_id=seat.person_id, came=False), by=by, at=at, house=body)


def _may_take_part(by: Actor, body: Body, at: datetime) -> Verdict:
    return can_take_part(by, body, sits=sits_in(by, body, on=localdate(at)))


@transaction.atomic
def add_to_backlog(*, by: Actor, at: datetime, body: Body, title: str, text: str = "") -> BacklogItem:
    """Put a need or an idea of the field in the expert group's own list."""
    _may_take_part(by, body, at).require()
    title = _named(title, "title", _("Write what the need is about."))
    item = BacklogItem.objects.create(
        **house_of(body), body=body, title=title[:200], text=text.strip(), added_at=at, added_by_id=by.person
    )
    record(BacklogChanged(body_id=body.pk, item_id=item.pk, change="added"), by=by, at=at, house=body)
    return item


def _lock_item(body: Body, item_id: int) -> BacklogItem:
    return BacklogItem.objects.select_for_update(of=("self",)).get(pk=item_id, body=body)


@transaction.atomic
def close_backlog_item(*, by: Actor, at: datetime, body: Body, item_id: int) -> BacklogItem:
    """Take a need out of the list. It can be put back."""
    can_lead_group(by, body).require()
    item = _lock_item(body, item_id)
    item.closed_at, item.closed_by_id = at, by.person
    item.save(update_fields=["closed_at", "closed_by"])
    record(BacklogChanged(body_id=body.pk, item_id=item.pk, change="closed"), by=by, at=at, house=body)
    return item


@transaction.atomic
def reopen_backlog_item(*, by: Actor, at: datetime, body: Body, item_id: int) -> BacklogItem:
    """Put a need back in the list."""
    can_lead_group(by, body).require()
    item = _lock_item(body, item_id)
    item.closed_at, item.closed_by_id = None, None
    item.save(update_fields=["closed_at", "closed_by"])
    record(BacklogChanged(body_id=body.pk, item_id=item.pk, change="reopened"), by=by, at=at, house=body)
    return item


@transaction.atomic
def start_from_backlog(*, by: Actor, at: datetime, body: Body, item_id: int) -> Initiative:
    """Begin to describe a need of the list as an initiative, with nothing typed again."""
    _may_take_part(by, body, at).require()
    item = _lock_item(body, item_id)
    if item.initiative_id is not None:
        raise Refused(_("Someone has begun on it already."))
    made = start_draft(by=by, at=at, title=item.title)
    item.initiative = made
    item.save(update_fields=["initiative"])
    record(BacklogChanged(body_id=body.pk, item_id=item.pk, change="started"), by=by, at=at, house=body)
    return made


@transaction.atomic
def rank_need(*, by: Actor, at: datetime, body: Body, item_id: int, place: int, seen: int | None = None) -> Ranking:
    """Move a need to a place in the expert group's own order, counted from one. `seen`: the order one looked at."""
    can_lead_group(by, body).require()
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    items, last = ranked(body)
    if seen is not None and seen != (last.pk if last else 0):
        raise Stale(_("Someone has ranked since you opened the page. Look at the order again."))
    order = [item.pk for item in items]
    if item_id not in order:
        raise Refused(_("The need is no longer in the list."))
    order.remove(item_id)
    order.insert(min(max(place, 1), len(order) + 1) - 1, item_id)
    made = Ranking.objects.create(**house_of(body), body=body, order=order, made_at=at, made_by_id=by.person)
    record(Ranked(body_id=body.pk, ranking_id=made.pk), by=by, at=at, house=body)
    return made


@transaction.atomic
def call_group_meeting(
    *, by: Actor, at: datetime, body: Body, starts_at: datetime, place: str = "", about: str = ""
) -> GroupMeeting:
    """Call the expert group to a light meeting."""
    can_lead_group(by, body).require()
    made = GroupMeeting.objects.create(
        **house_of(body),
        body=body,
        starts_at=starts_at,
        place=place.strip(),
        about=about.strip(),
        called_by_id=by.person,
    )
    record(GroupMet(body_id=body.pk, meeting_id=made.pk), by=by, at=at, house=body)
    return made


@transaction.atomic
def note_group_meeting(
    *, by: Actor, at: datetime, body: Body, meeting_id: int, notes: str, version: int | None = None
) -> GroupMeeting:
    """Write down what came of an expert group's meeting."""
    can_lead_group(by, body).require()
    meeting = GroupMeeting.objects.select_for_update(of=("self",)).get(pk=meeting_id, body=body)
    if version is not None and version != meeting.version:
        raise Stale(_("Someone has written here since you opened the page. Look at it again."))
    meeting.notes, meeting.version = notes.strip(), meeting.version + 1
    meeting.save(update_fields=["notes", "version"])
    record(GroupMet(body_id=body.pk, meeting_id=meeting.pk), by=by, at=at, house=body)
    return meeting
