"""Sectors and units: names, places, heads from a day, last days and who takes over. And who has no business there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.organisation import actions, tasks
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Person, RoleAssignment, Unit
from samrad.organisation.queries import holders
from tests.initiatives.cast import AT, ON, Cast
from tests.organisation.test_administration import make_administrator, text_of

UNITS = "/organisation/admin/units/"


@pytest.fixture
def admin(cast: Cast) -> Client:
    return make_administrator(cast, cast.colleague)


def unit_named(cast: Cast, name: str) -> Unit:
    with acting_for([cast.fjell.pk, cast.dal.pk, cast.region.pk]):
        return Unit.objects.select_related("parent", "merged_into", "substitute").get(name=name)


def add(cast: Cast, admin: Client, name: str, **values: object) -> Unit:
    data = {"name": name, "kind": "sector", "entity": cast.fjell.pk, **values}
    assert admin.post(UNITS, data).status_code == 302
    return unit_named(cast, name)


def change(unit: Unit, **values: object) -> dict[str, object]:
    now = {"version": unit.version, "name": unit.name, "kind": unit.kind}
    return {**now, "parent": unit.parent_id or "", "substitute": unit.substitute_id or "", **values}


def test_a_unit_is_renamed_moved_and_gets_a_substitute(cast: Cast, admin: Client) -> None:
    skoler = add(cast, admin, "Skoler", kind="unit", parent=cast.health.pk)
    assert skoler.parent == cast.health
    url = f"{UNITS}{skoler.pk}/"
    values = change(skoler, name="Skolene", parent="", substitute=cast.proposer.pk)
    assert admin.post(url, values).status_code == 302
    skoler = unit_named(cast, "Skolene")
    assert skoler.parent is None and skoler.substitute == cast.proposer
    stale = admin.post(url, values)
    assert stale.status_code in (403, 409) and "Noen har endret enheten" in stale.content.decode()
    taken = admin.post(url, change(skoler, name="Helse og omsorg"))
    assert taken.status_code == 400 and "allerede en sektor eller enhet" in taken.content.decode()
    assert 'value="Helse og omsorg"' in taken.content.decode()
    assert admin.post(f"{UNITS}{cast.health.pk}/", change(cast.health, parent=skoler.pk)).status_code == 302
    under = admin.post(url, change(unit_named(cast, "Skolene"), parent=cast.health.pk))
    assert under.status_code == 400 and "kan ikke stå under seg selv" in under.content.decode()
    page = text_of(admin, UNITS)
    assert "Anne Berg" in page and 'data-depth="1"' in page


def test_a_head_takes_over_from_a_day_and_the_old_one_ends_the_day_before(cast: Cast, admin: Client) -> None:
    first = timezone.localdate() + timedelta(days=10)
    url = f"{UNITS}{cast.health.pk}/head/"
    given = {"person": cast.proposer.pk, "valid_from": first.strftime("%d.%m.%Y")}
    assert admin.post(url, given).status_code == 302
    with acting_for([cast.fjell.pk, cast.region.pk]):
        found = {r.person_id: r for r in RoleAssignment.objects.filter(role="sector_head", unit=cast.health)}
        assert found[cast.sector_head.pk].valid_to == first - timedelta(days=1)
        assert (found[cast.proposer.pk].valid_from, found[cast.proposer.pk].valid_to) == (first, None)
    page = text_of(admin, f"{UNITS}{cast.health.pk}/")
    assert "Siri Dahl" in page and "Anne Berg" in page and "ikke ennå" in page
    wrong = admin.post(url, {"person": "", "valid_from": "31.2.2026"})
    assert wrong.status_code == 400 and "Velg en person." in wrong.content.decode()
    assert admin.post(url, {"person": cast.stranger.pk, "valid_from": "1.12.2026"}).status_code == 400


def test_what_a_last_day_means_is_said_before_it_is_set(cast: Cast, admin: Client) -> None:
    mestring = add(cast, admin, "Mestring")
    with acting_for([cast.fjell.pk, cast.region.pk]):
        Person.objects.filter(pk=cast.proposer.pk).update(unit=cast.health)
    url, today = f"{UNITS}{cast.health.pk}/retire/", timezone.localdate()
    day = (today - timedelta(days=1)).strftime("%d.%m.%Y")
    values = {"version": cast.health.version, "last_day": day, "into": mestring.pk}
    asked = admin.post(url, values).content.decode()
    assert (
        "Dette skjer" in asked and "1 person arbeider i Mestring" in asked and "Siri Dahl leder den til og med" in asked
    )
    assert unit_named(cast, "Helse og omsorg").valid_to is None
    assert admin.post(url, {**values, "sure": "1"}).status_code == 302
    closed = unit_named(cast, "Helse og omsorg")
    assert closed.merged_into == mestring and closed.valid_to == today - timedelta(days=1)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert Person.objects.get(pk=cast.proposer.pk).unit == mestring
        by = system_actor(cast.fjell.pk, on=ON)
        actions.give_head(by=by, at=AT, unit=mestring, person=cast.colleague, valid_from=today)
        heads = holders("sector_head", entity_id=cast.fjell.pk, unit_id=closed.pk, on=today)
        assert [person.name for person in heads] == [cast.colleague.name], "the heir's head answers for the old unit"
    page = text_of(admin, UNITS)
    assert "overtatt av Mestring" in page
    choices = text_of(admin, "/organisation/admin/people/add/").partition('name="unit"')[2].partition("</select>")[0]
    assert f'value="{mestring.pk}"' in choices and f'value="{closed.pk}"' not in choices


def test_people_follow_the_day_after_and_a_last_day_can_be_taken_away(cast: Cast, admin: Client) -> None:
    into = add(cast, admin, "Mestring")
    today = timezone.localdate()
    with acting_for([cast.fjell.pk, cast.region.pk]):
        Person.objects.filter(pk=cast.proposer.pk).update(unit=cast.health)
        by = system_actor(cast.fjell.pk, on=ON)
        coming = actions.retire_unit(
            by=by, at=timezone.now(), unit_id=cast.health.pk, version=0, last_day=today + timedelta(days=5), into=into
        )
        assert Person.objects.get(pk=cast.proposer.pk).unit == cast.health
    tasks.move_sweep(0)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert Person.objects.get(pk=cast.proposer.pk).unit == cast.health
        Unit.objects.filter(pk=coming.pk).update(valid_to=today - timedelta(days=1))
    tasks.move_sweep(0)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert Person.objects.get(pk=cast.proposer.pk).unit == into
    keep = f"{UNITS}{coming.pk}/keep/"
    assert admin.post(keep, {"version": coming.version}).status_code == 302
    assert unit_named(cast, "Helse og omsorg").open_on(date(2040, 1, 1))


def test_the_stranger_and_the_neighbours_administrator_reach_no_unit(cast: Cast, admin: Client) -> None:
    neighbour = make_administrator(cast, cast.neighbour)
    for page in ("", "retire/"):
        url = f"{UNITS}{cast.health.pk}/{page}"
        assert neighbour.get(url).status_code == 404
        assert cast.client(cast.stranger).get(url).status_code in (403, 404)
    for url in (f"{UNITS}{cast.health.pk}/head/", f"{UNITS}{cast.health.pk}/keep/"):
        assert neighbour.post(url, {"version": 0, "person": cast.neighbour.pk}).status_code == 404
        assert cast.client(cast.stranger).post(url, {"version": 0}).status_code in (403, 404)
