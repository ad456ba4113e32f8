"""Seats in a body: given, changed, ended; the four criteria; and the warning before a term runs out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Field, Seat, SeatCriterion
from samrad.governance.policy import can_confirm, seat_lacks
from samrad.governance.queries import ends_soon, who_appoints
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person
from samrad.organisation.policy import can_administer


@transaction.atomic
def give_seat(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    person: Person,
    position: str,
    valid_from: date,
    field: Field | None = None,
    municipality: Entity | None = None,
    valid_to: date | None = None,
    **more: Any,
) -> Seat:
    """Give a person a seat in a body, for a field and a municipality; one who sits there already changes seat.

    `more`: how, by whom and when the person was chosen, whom one is a substitute for, and the competence.
    """
    can_administer(by, body.owner_id).require()
    held = Seat.objects.filter(body=body, person=person, valid_to=None, valid_from__lte=valid_from).first()
    seat = _locked(held.pk) if held else Seat(**house_of(body), body=body, person=person)
    seat.version += 1 if held else 0
    seat.position, seat.field, seat.municipality = position, field or seat.field, municipality or seat.municipality
    seat.valid_from, seat.valid_to = (held.valid_from if held else valid_from), valid_to
    for name, value in more.items():
        setattr(seat, name, value)
    _sound(seat).require()
    seat.save()
    record(events.SeatGiven(seat_id=seat.pk, person_id=person.pk), by=by, at=at, house=seat)
    return seat


def _sound(seat: Seat) -> Verdict:
    lacks = seat_lacks(seat)
    return Verdict.no(lacks[0].text, lacks) if lacks else Verdict.yes()


def _locked(seat_id: int, version: int | None = None) -> Seat:
    """The seat, locked for this transaction; Stale where the page was made from another version."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body").get(pk=seat_id)
    if version is not None and seat.version != version:
        raise Stale(
            _("Someone has changed this seat since you opened the page. Look at it again before you change it.")
        )
    return seat


@transaction.atomic
def change_seat(*, by: Actor, at: datetime, seat_id: int, version: int | None = None, **values: Any) -> Seat:
    """Change what is written about a seat: how the person was chosen, for what, and for how long."""
    seat = _locked(seat_id, version)
    can_administer(by, seat.owner_id).require()
    for name, value in values.items():
        setattr(seat, name, value)
    _sound(seat).require()
    seat.version += 1
    seat.save()
    record(events.SeatChanged(seat_id=seat.pk, person_id=seat.person_id), by=by, at=at, house=seat)
    return seat


@transaction.atomic
def end_seat(*, by: Actor, at: datetime, seat_id: int, last_day: date | None, version: int | None = None) -> None:
    """End a seat in a body: it holds for the last time on this day, or never did."""
    seat = _locked(seat_id, version)
    can_administer(by, seat.owner_id).require()
    # A seat is kept even where it never held: attendance may point to it.
    seat.valid_to = max(last_day or seat.valid_from, seat.valid_from)
    seat.version += 1
    seat.save(update_fields=["valid_to", "version"])
    record(events.SeatEnded(seat_id=seat.pk, person_id=seat.person_id), by=by, at=at, house=seat)


@transaction.atomic
def confirm_criterion(*, by: Actor, at: datetime, seat_id: int, criterion: str, confirmed: bool = True) -> Seat:
    """Confirm one of the four criteria for the one who holds a seat, or take the confirmation back."""
    seat = _locked(seat_id)
    can_confirm(by, seat).require()
    if criterion not in SeatCriterion.Criterion.values:
        raise Refused(_("Choose one of the four criteria."))
    if confirmed:
        SeatCriterion.objects.get_or_create(
            seat=seat,
            criterion=criterion,
            defaults={**house_of(seat), "confirmed_by_id": by.person, "confirmed_at": at},
        )
    else:
        seat.criteria.filter(criterion=criterion).delete()
    event = events.CriterionConfirmed(
        seat_id=seat.pk, person_id=seat.person_id, criterion=criterion, confirmed=confirmed
    )
    record(event, by=by, at=at, house=seat)
    return seat


@transaction.atomic
def warn_of_term(*, by: Actor, at: datetime, seat_id: int) -> bool:
    """Warn those who appoint that a seat's term runs out, once for each last day. Says whether anyone was warned."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=seat_id)
    on = localdate(at)
    if not ends_soon(seat, on=on) or seat.warned_of == seat.valid_to or seat.valid_to is None:
        return False
    seat.warned_of = seat.valid_to
    seat.save(update_fields=["warned_of"])
    record(events.SeatTermWarned(seat_id=seat.pk, person_id=seat.person_id), by=by, at=at, house=seat)
    message = Message(
        code="governance.term",
        subject=_("%(person)s's seat in %(body)s ends %(day)s"),
        body=_(
            "%(person)s sits in %(body)s until and including %(day)s. Give the seat anew, or find someone else, "
            "so that the field is not without a voice.\nYou get this because you set up who sits where."
        ),
        path=reverse("governance:seat_detail", args=[seat.pk]),
        values={"person": seat.person.name, "body": seat.body.name, "day": f"{seat.valid_to:%d.%m.%Y}"},
    )
    notify(by=by, at=at, house=seat, people=who_appoints(seat.owner_id, on=on), message=message)
    return True
