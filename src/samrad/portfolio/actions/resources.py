"""Saying what people can give, asking for them, and giving or refusing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, Unit
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Capacity, FrozenZone, Portfolio, Resource, ResourceRequest
from samrad.portfolio.notifications import tell_people_answered, tell_people_asked
from samrad.portfolio.periods import quarter_of
from samrad.portfolio.policy import can_answer_request, can_ask_people, can_keep_people, can_manage, over_lacks
from samrad.portfolio.queries import LEADER, load_of

DAYS_TO_ANSWER = 14


@dataclass(frozen=True, kw_only=True)
class QuarterRow:
    """What a resource has in one quarter, as it is typed."""

    days: int
    leave_days: int = 0
    line_days: int = 0
    reserved_days: int = 0


@transaction.atomic
def keep_resource(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    resource_id: int | None,
    version: int | None,
    title: str,
    person: Person | None,
    quarters: Mapping[date, QuarterRow],
) -> Resource:
    """Write down a person or a role of the unit one leads, and what it has each quarter."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # a spreadsheet that is coming in has read its people
    can_keep_people(by, unit).require()
    resource = Resource.objects.select_for_update(of=("self",)).filter(pk=resource_id or 0, unit=unit).first()
    resource = resource or Resource(**house_of(unit), unit=unit, version=0)
    if version is not None and version != resource.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if Resource.objects.filter(unit=unit, title=title).exclude(pk=resource.pk).exists():
        lack = Lack(_("The unit has one with this name already. Choose another name."), "id_title")
        raise Refused(Verdict.no(lack.text, (lack,)))
    resource.title, resource.person = title, person
    resource.version += 1
    resource.save()
    for quarter, row in quarters.items():
        Capacity.objects.update_or_create(
            resource=resource, quarter=quarter_of(quarter), defaults={**house_of(resource), **vars(row)}
        )
    event = events.ResourceKept(resource_id=resource.pk, unit_id=unit.pk, quarters=len(quarters))
    record(event, by=by, at=at, house=resource)
    return resource


@transaction.atomic
def ask_people(
    *, by: Actor, at: datetime, project_id: int, resource: Resource, quarter: date, days: int, purpose: str
) -> ResourceRequest:
    """Ask the leader of a unit for person-days in a quarter. It waits on the leader's own page."""
    project = lock_project(project_id, None)
    can_ask_people(by, project).require()
    quarter = quarter_of(quarter)
    if project.requests.filter(resource=resource, quarter=quarter, state=ResourceRequest.State.ASKED).exists():
        lack = Lack(_("You have asked for this quarter already. Wait for the answer."), "id_quarter")
        raise Refused(Verdict.no(lack.text, (lack,)))
    asked = ResourceRequest.objects.create(
        **house_of(project),
        project=project,
        resource=resource,
        quarter=quarter,
        purpose=purpose.strip(),
        asked_days=days,
        asked_by_id=by.person,
        asked_at=at,
    )
    hand = Hand(
        kind="give_people",
        role=LEADER,
        entity_id=resource.unit.owner_id,
        unit_id=resource.unit_id,
        object_id=asked.pk,
        due=localdate(at) + timedelta(days=DAYS_TO_ANSWER),
    )
    need = project.initiative
    event = events.ResourcesAsked(initiative_id=need.pk, project_id=project.pk, request_id=asked.pk, days=days)
    hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=need)
    tell_people_asked(by=by, at=at, asked=asked)
    return asked


@transaction.atomic
def answer_people(
    *, by: Actor, at: datetime, request_id: int, version: int | None, days: int, reason: str, known: bool = False
) -> ResourceRequest:
    """Give what is asked, some of it, or nothing. Less than what is asked needs a reason."""
    asked = ResourceRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if version is not None and version != asked.version:
        raise Stale(_("Someone has answered since you opened the page. Look at it again."))
    can_answer_request(by, asked).require()
    if days > asked.asked_days:
        lack = Lack(_("You cannot give more than what is asked."), "id_days")
        raise Refused(Verdict.no(lack.text, (lack,)))
    if days < asked.asked_days and not reason.strip():
        lack = Lack(_("Say why you give less than what is asked."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    # One answer at a time for a resource: two that fit alone may be too much together.
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=asked.resource_id)
    load = load_of(resource, asked.quarter)
    if lacks := over_lacks(load, days - asked.given_days, known=known or not days):
        raise Refused(Verdict.no(lacks[0].text, lacks))
    states = ResourceRequest.State
    asked.state = states.REFUSED if not days else states.GIVEN if days == asked.asked_days else states.PARTLY
    asked.given_days, asked.reason, asked.answered_at, asked.answered_by_id = days, reason.strip(), at, by.person
    asked.version += 1
    asked.save()
    event = events.ResourcesAnswered(
        initiative_id=asked.project.initiative_id, project_id=asked.project_id, request_id=asked.pk, days=days
    )
    close_tasks(by=by, at=at, house=asked, event=event, kind="give_people", object_id=asked.pk)
    tell_people_answered(by=by, at=at, asked=asked)
    return asked


@transaction.atomic
def keep_frozen(
    *, by: Actor, at: datetime, portfolio: Portfolio, name: str, first_day: date, last_day: date, source: str = ""
) -> FrozenZone:
    """Say when nothing new is started."""
    can_manage(by, portfolio).require()
    zone = FrozenZone.objects.create(
        **house_of(portfolio), portfolio=portfolio, name=name, first_day=first_day, last_day=last_day, source=source
    )
    event = events.FrozenKept(portfolio_id=portfolio.pk, zone_id=zone.pk, kept=True)
    record(event, by=by, at=at, house=zone)
    return zone


@transaction.atomic
def drop_frozen(*, by: Actor, at: datetime, portfolio: Portfolio, zone_id: int) -> None:
    """A frozen zone no longer holds. Twice is once."""
    can_manage(by, portfolio).require()
    gone, _rows = portfolio.frozen_zones.filter(pk=zone_id).delete()
    if gone:
        event = events.FrozenKept(portfolio_id=portfolio.pk, zone_id=zone_id, kept=False)
        record(event, by=by, at=at, house=portfolio)
