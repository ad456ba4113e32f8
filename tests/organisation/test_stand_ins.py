"""A substitute has a role no longer than the one who is stood in for, and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation import actions
from samrad.organisation.actors import actor_of, system_actor
from samrad.organisation.models import RoleAssignment
from tests.initiatives.cast import AT, Cast

TODAY = AT.date()
LAST = TODAY + timedelta(days=30)


def chief(cast: Cast, first: date, **scope: int) -> RoleAssignment:
    by = system_actor(cast.fjell.pk, on=TODAY)
    return actions.give_role(
        by=by, at=AT, person=cast.sector_head, role="chief_executive", valid_from=first, entity=cast.fjell, **scope
    )


def choose(cast: Cast, held: RoleAssignment, first: date) -> RoleAssignment:
    me = actor_of(cast.sector_head.pk, cast.fjell.pk, on=TODAY)
    return actions.choose_stand_in(
        by=me, at=AT, role_id=held.pk, stand_in=cast.colleague, first_day=first, last_day=LAST
    )


def test_a_substitute_goes_with_the_role(cast: Cast) -> None:
    by = system_actor(cast.fjell.pk, on=TODAY)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        held = chief(cast, TODAY - timedelta(days=90))
        now, later = choose(cast, held, TODAY), choose(cast, held, LAST)
        other = choose(cast, chief(cast, TODAY, body_id=1), TODAY)
        actions.end_role(by=by, at=AT, role_id=held.pk, last_day=TODAY)
        now.refresh_from_db()
        other.refresh_from_db()
        assert now.valid_to == TODAY and not RoleAssignment.objects.filter(pk=later.pk).exists()
        assert other.valid_to == LAST, "another role keeps its substitute"
    tomorrow = actor_of(cast.colleague.pk, cast.fjell.pk, on=TODAY + timedelta(days=1))
    assert [h.body_id for h in tomorrow.held if h.role == "chief_executive"] == [1]


def test_a_person_who_has_left_leaves_no_substitute(cast: Cast) -> None:
    by = system_actor(cast.fjell.pk, on=TODAY)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        choose(cast, chief(cast, TODAY - timedelta(days=90)), TODAY - timedelta(days=5))
        gone = cast.sector_head
        gone.refresh_from_db()
        actions.end_person(by=by, at=AT, person_id=gone.pk, version=gone.version, on=TODAY)
    assert not actor_of(cast.colleague.pk, cast.fjell.pk, on=TODAY).holds("chief_executive")


def test_a_role_that_has_not_begun_cannot_be_stood_in_for_yet(cast: Cast) -> None:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        held = chief(cast, TODAY + timedelta(days=10))
        with pytest.raises(Refused, match="gjelder først"):
            choose(cast, held, TODAY)
        assert choose(cast, held, TODAY + timedelta(days=10)).valid_to == LAST


def test_a_sector_that_is_retired_has_neither_head_nor_substitute_to_come(cast: Cast) -> None:
    by = system_actor(cast.fjell.pk, on=TODAY)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        head = RoleAssignment.objects.filter(role="sector_head", unit=cast.health).first() or actions.give_head(
            by=by, at=AT, unit=cast.health, person=cast.sector_head, valid_from=TODAY - timedelta(days=90)
        )
        choose(cast, head, LAST)
        unit = cast.health
        unit.refresh_from_db()
        actions.retire_unit(by=by, at=AT, unit_id=unit.pk, version=unit.version, last_day=TODAY)
        rows = RoleAssignment.objects.filter(role="sector_head", unit=unit)
        assert [row.valid_to for row in rows] == [TODAY]
