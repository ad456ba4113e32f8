"""Municipalities join and leave by date: nothing is moved, what is shared changes, and it can be undone before the day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation import actions
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity, Membership, MembershipRequest, Person
from tests.initiatives.cast import AT, ON, Cast
from tests.organisation.test_administration import make_administrator, text_of

MEMBERS = "/organisation/admin/members/"


@pytest.fixture
def admin(cast: Cast) -> Client:
    """Kari, administrator of the cooperation."""
    return make_administrator(cast, cast.colleague, of_region=True)


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def typed(offset: int) -> str:
    return day(offset).strftime("%d.%m.%Y")


def membership(cast: Cast, member: Entity) -> Membership:
    return Membership.objects.filter(cooperation=cast.region, member=member).order_by("-valid_from")[0]


def names_seen_from(cooperation: Entity) -> set[str]:
    with acting_for([cooperation.pk]):
        return set(Person.objects.values_list("name", flat=True))


def test_a_municipality_leaves_after_its_last_day_and_keeps_what_is_its_own(cast: Cast, admin: Client) -> None:
    url = f"{MEMBERS}{membership(cast, cast.dal).pk}/leave/"
    asked = admin.post(url, {"valid_to": typed(0)}).content.decode()
    assert "Dette skjer etter" in asked and "finner ikke lenger 2 personer i Dal" in asked
    assert "blir flyttet eller slettet" in asked and membership(cast, cast.dal).valid_to is None
    assert admin.post(url, {"valid_to": typed(0), "sure": "1"}).status_code == 302
    assert "Nils Nabo" in names_seen_from(cast.region), "the last day it is still a member"
    Membership.objects.filter(pk=membership(cast, cast.dal).pk).update(valid_to=day(-1))
    assert "Nils Nabo" not in names_seen_from(cast.region)
    with acting_for([cast.dal.pk]):
        nils = Person.objects.get(name="Nils Nabo")
        assert (nils.owner, nils.shared_with) == (cast.dal, cast.region), "no row is moved"
    assert cast.region.pk not in entities_of(cast.dal.pk, on=day(0))
    gone = admin.post(f"{MEMBERS}{membership(cast, cast.dal).pk}/undo/")
    assert gone.status_code == 403 and "Dagen er kommet" in gone.content.decode()


def test_leaving_and_joining_are_undone_before_the_day(cast: Cast, admin: Client) -> None:
    leaving = membership(cast, cast.dal)
    assert admin.post(f"{MEMBERS}{leaving.pk}/leave/", {"valid_to": typed(30), "sure": "1"}).status_code == 302
    assert "Går ut" in text_of(admin, MEMBERS)
    assert admin.post(f"{MEMBERS}{leaving.pk}/undo/").status_code == 302
    assert membership(cast, cast.dal).valid_to is None
    joins = {"name": "Nykommune", "number": "4699", "valid_from": typed(30)}
    assert admin.post(f"{MEMBERS}region/add/", joins).status_code == 302
    new = Entity.objects.get(name="Nykommune")
    assert (new.slug, new.municipality_number, membership(cast, new).valid_from) == ("nykommune", "4699", day(30))
    assert admin.post(f"{MEMBERS}{membership(cast, new).pk}/undo/").status_code == 302
    assert not Membership.objects.filter(member=new).exists()


def test_one_with_its_own_administrator_is_asked_and_answers(cast: Cast, admin: Client) -> None:
    owner = make_administrator(cast, cast.stranger)
    joins = {"member": cast.other.pk, "valid_from": typed(0)}
    asked = admin.post(f"{MEMBERS}region/add/", joins, follow=True).content.decode()
    assert "Annen er spurt" in asked and not Membership.objects.filter(cooperation=cast.region, member=cast.other)
    request = MembershipRequest.objects.get()
    assert cast.stranger.name not in names_seen_from(cast.region)
    assert "Fjellregionen spør om dere vil være medlem" in text_of(owner, MEMBERS)
    assert "Fjellregionen spør om Annen vil være medlem" in text_of(owner, "/organisation/admin/")
    answer = f"{MEMBERS}requests/{request.pk}/"
    assert admin.post(answer, {"answer": "yes"}).status_code == 404, "the cooperation cannot answer for it"
    assert cast.client(cast.neighbour).post(answer, {"answer": "yes"}).status_code in (403, 404)
    assert owner.post(answer, {"answer": "yes"}).status_code == 302
    assert membership(cast, cast.other).valid_from == day(0)
    assert owner.post(answer, {"answer": "yes"}).status_code == 404, "answered once"


def test_no_is_an_answer_and_a_question_can_be_withdrawn(cast: Cast, admin: Client) -> None:
    owner = make_administrator(cast, cast.stranger)
    joins = {"member": cast.other.pk, "valid_from": typed(0)}
    admin.post(f"{MEMBERS}region/add/", joins)
    first = MembershipRequest.objects.get()
    assert owner.post(f"{MEMBERS}requests/{first.pk}/", {"answer": "no"}).status_code == 302
    admin.post(f"{MEMBERS}region/add/", joins)
    second = MembershipRequest.objects.get(answered_at=None)
    assert owner.post(f"{MEMBERS}requests/{second.pk}/withdraw/").status_code == 404
    assert admin.post(f"{MEMBERS}requests/{second.pk}/withdraw/").status_code == 302
    assert not Membership.objects.filter(cooperation=cast.region, member=cast.other).exists()


def test_what_cannot_be_is_said_at_the_field(cast: Cast, admin: Client) -> None:
    url = f"{MEMBERS}region/add/"
    for data, said in (
        ({"valid_from": typed(0)}, "Velg en kommune, eller skriv navnet"),
        ({"name": "Ny", "number": "12", "valid_from": typed(0)}, "Skriv de fire sifrene"),
        ({"name": "Ny", "member": cast.other.pk, "valid_from": typed(0)}, "ikke begge deler"),
        ({"name": "Ny", "valid_from": "31.2.2027"}, "Skriv datoen slik"),
    ):
        answer = admin.post(url, data)
        assert answer.status_code == 400 and said in answer.content.decode(), (data, answer.content.decode()[-3000:])
    Entity.objects.filter(pk=cast.other.pk).update(municipality_number="4655")
    twice = admin.post(url, {"name": "Annen", "number": "4655", "valid_from": typed(0)})
    assert twice.status_code == 400 and "er i Samråd allerede" in twice.content.decode()
    early = admin.post(f"{MEMBERS}{membership(cast, cast.dal).pk}/leave/", {"valid_to": "01.01.2020", "sure": "1"})
    assert early.status_code == 400
    only_here = make_administrator(cast, cast.proposer)
    assert only_here.get(url).status_code == 404, "a municipality's administrator does not decide for the cooperation"
    assert only_here.post(f"{MEMBERS}{membership(cast, cast.dal).pk}/undo/").status_code == 404


def test_a_municipality_that_has_left_is_not_taken_back_by_moving_its_last_day(cast: Cast, admin: Client) -> None:
    left = membership(cast, cast.dal)
    Membership.objects.filter(pk=left.pk).update(valid_to=day(-10))
    answer = admin.post(f"{MEMBERS}{left.pk}/leave/", {"valid_to": typed(300), "sure": "1"})
    assert answer.status_code == 400 and "har allerede en siste dag" in answer.content.decode()
    assert membership(cast, cast.dal).valid_to == day(-10) and "Nils Nabo" not in names_seen_from(cast.region)


def test_the_administrator_of_another_cooperation_does_not_answer_for_its_member(cast: Cast, admin: Client) -> None:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        second = actions.add_entity(
            by=system_actor(cast.region.pk, on=ON), at=AT, slug="to", name="Samarbeid to", kind="cooperation"
        )
        actions.give_role(
            by=system_actor(cast.region.pk, on=ON), at=AT, person=cast.colleague, role="administrator",
            entity=second, valid_from=ON,
        )  # fmt: skip
        Membership.objects.create(cooperation=second, member=cast.fjell, valid_from=ON)
    asked = admin.post(f"{MEMBERS}to/add/", {"member": cast.dal.pk, "valid_from": typed(0)}, follow=True)
    assert "Dal er spurt" in asked.content.decode()
    assert not Membership.objects.filter(cooperation=second, member=cast.dal).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=4))
def test_no_two_memberships_of_one_municipality_overlap(cast: Cast, days: list[tuple[int, int]]) -> None:
    by = system_actor(cast.region.pk, on=ON)
    new = Entity.objects.create(slug=f"k{Entity.objects.count()}", name="K", kind="municipality")
    with acting_for([cast.region.pk, new.pk]):
        for first, length in days:
            start = ON + timedelta(days=first)
            try:
                made = actions.ask_member(by=by, at=AT, cooperation=cast.region, member=new, valid_from=start)
            except Refused:
                continue
            request = MembershipRequest.objects.get(pk=made.pk)
            request.delete()
            row = actions.join_cooperation(by=by, at=AT, cooperation=cast.region, member=new, valid_from=start)
            actions.leave_cooperation(by=by, at=AT, membership=row, valid_to=start + timedelta(days=length))
        rows = sorted(Membership.objects.filter(member=new).values_list("valid_from", "valid_to"))
    assert all(end is not None and end < start for (_s, end), (start, _e) in pairwise(rows))
