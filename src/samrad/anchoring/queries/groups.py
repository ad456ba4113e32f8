"""Expert groups: who is in them, their own needs in order, and where all their initiatives stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from samrad.anchoring.models import BacklogItem, GroupMeeting, Ranking
from samrad.anchoring.queries.requests import Scope, holding, people_in
from samrad.cases.models import Case
from samrad.governance.models import Body, Field, Seat
from samrad.governance.queries import in_force, mandates_of, sitting_in, standing
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import Standing, standings
from samrad.initiatives.queries import visible_to as initiatives_visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person

MOST = 200


def groups_visible_to(actor: Actor) -> QuerySet[Body]:
    """The expert groups of one's own houses."""
    if not actor.is_person:
        return Body.objects.none()
    rows = Body.objects.filter(kind=Body.Kind.EXPERT_GROUP, field__isnull=False, owner_id__in=actor.entities)
    return rows.select_related("field", "owner").order_by("field__name")


def sits_in(actor: Actor, body: Body, *, on: date) -> bool:
    """Does the actor sit in the group today?"""
    return sitting_in(body, on=on).filter(person_id=actor.person_or_none).exists()


def seated_in(actor: Actor, *, on: date) -> set[int]:
    """The bodies that the actor sits in today."""
    rows = in_force(Seat.objects.filter(person_id=actor.person_or_none), on)
    return set(rows.values_list("body_id", flat=True))


def leads_of(body: Body, *, on: date) -> list[Person]:
    """Those who head the group today, substitutes last."""
    return people_in(Scope("expert_group_lead", body.owner_id, None, body.field_id), on=on)


def field_leads(fields: Iterable[Field], *, on: date) -> dict[int, list[Person]]:
    """Those who head the expert group of each field today, whether it is formed or not, substitutes last; in one query."""
    asked = list(fields)
    heads = holding("expert_group_lead", [field.owner_id for field in asked], on=on)
    found: dict[int, dict[int, Person]] = {field.pk: {} for field in asked}
    for field in asked:
        for row in heads:
            if row.entity_id == field.owner_id and row.field_id in (None, field.pk):
                found[field.pk].setdefault(row.person_id, row.person)
    return {pk: list(people.values()) for pk, people in found.items()}


def fields_visible_to(actor: Actor) -> QuerySet[Field]:
    """The professional fields of one's own houses."""
    return Field.objects.filter(owner_id__in=actor.entities).select_related("owner").order_by("name")


def ranked(body: Body) -> tuple[list[BacklogItem], Ranking | None]:
    """The group's open needs in its own order, and who set it when. What came since is last, oldest first."""
    last = body.rankings.select_related("made_by").order_by("-made_at", "-pk").first()
    place = {pk: number for number, pk in enumerate(last.order)} if last else {}
    items = list(body.backlog.filter(closed_at__isnull=True).select_related("added_by", "initiative"))
    return sorted(items, key=lambda item: (place.get(item.pk, len(place)), item.added_at, item.pk)), last


@dataclass(frozen=True)
class OnItsWay:
    """One of the field's initiatives: where it stands, with whom, and by when."""

    initiative: Initiative
    standing: Standing
    due: date | None
    late: bool


@dataclass(frozen=True)
class GroupPage:
    """An expert group's room."""

    leads: list[Person]
    seats: list[Seat]
    purpose: str
    items: list[BacklogItem]
    ranking: Ranking | None
    rankings: list[Ranking]
    coming: list[GroupMeeting]
    held: list[GroupMeeting]
    initiatives: list[OnItsWay]


def _on_their_way(actor: Actor, body: Body, *, on: date) -> list[OnItsWay]:
    rows = initiatives_visible_to(actor).filter(field=body.field, stage__gt=Initiative.Stage.DRAFT)
    found = list(rows.select_related("owner").order_by("-updated_at", "-pk")[:MOST])
    told = standings(actor, found)
    open_cases = Case.objects.filter(initiative__in=found, closed_at__isnull=True)
    due = dict(open_cases.values_list("initiative_id", "due_date"))
    return [OnItsWay(one, told[one.pk], day, bool(day and day < on)) for one in found for day in [due.get(one.pk)]]


def group_page(actor: Actor, body: Body, *, now: datetime, on: date) -> GroupPage:
    """Everything in an expert group's room."""
    items, last = ranked(body)
    meetings = list(body.group_meetings.all()[:20])
    mandate = standing(mandates_of(body), on)
    today = now - timedelta(hours=12)
    return GroupPage(
        leads=leads_of(body, on=on),
        seats=list(sitting_in(body, on=on)),
        purpose=mandate.purpose if mandate else "",
        items=items,
        ranking=last,
        rankings=list(body.rankings.select_related("made_by").order_by("-made_at", "-pk")[:10]) if last else [],
        coming=[m for m in reversed(meetings) if m.starts_at >= today],
        held=[m for m in meetings if m.starts_at < today],
        initiatives=_on_their_way(actor, body, on=on),
    )
