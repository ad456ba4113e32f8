"""«Others can reuse this»: said by the need owner or the secretariat, seen by other cooperations, taken back again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.initiatives.actions import mark_reusable, undo_reusable
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields, lift_exemption
from samrad.organisation.models import Exemption
from tests.access_table.world import AMOUNT, World, text_of
from tests.anchoring.line import AT

OTHERS = "/overview/initiatives/from-others/"


def page_of(need: Initiative) -> str:
    return reverse("initiatives:reuse_mark", args=[need.pk])


def test_the_need_owner_says_yes_and_takes_it_back(world: World) -> None:
    need = world.needs["portfolio", False]
    owner, stranger = world.client("need_owner"), world.client("stranger")
    story = reverse("overview:initiative_story", args=[need.pk])
    assert page_of(need) in text_of(owner, story)
    assert need.title not in text_of(stranger, OTHERS)
    first = text_of(owner, page_of(need))
    assert "Det andre ser" in first and "offentleglova § 23" in first
    assert owner.post(page_of(need), {"result": "Det virker.\r\nHusk opplæring."}).status_code == 302
    assert need.title in text_of(stranger, f"{OTHERS}?q={need.title}")
    theirs = text_of(stranger, reverse("overview:reusable_initiative", args=[need.pk]))
    assert "Husk opplæring." in theirs and f"{AMOUNT}kr" in theirs and "Vedtatt" in theirs
    assert "sa at andre kan gjenbruke tiltaket" in text_of(owner, story)
    again = text_of(owner, page_of(need))
    assert "Bodil Behov" in again and "Det virker." in again
    assert owner.post(page_of(need), {"undo": "1"}).status_code == 302
    assert need.title not in text_of(stranger, OTHERS)
    assert stranger.get(reverse("overview:reusable_initiative", args=[need.pk])).status_code == 404
    with world.line.seen_by():
        kinds = list(Event.objects.filter(initiative_id=need.pk).order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == ["initiatives.ReuseUndone", "initiatives.MarkedReusable"]


def test_the_secretariat_can_say_so_too(world: World) -> None:
    need = world.needs["submitted", False]
    assert world.client("secretary").post(page_of(need), {"result": ""}).status_code == 302
    assert need.title in text_of(world.client("stranger"), OTHERS)


@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 403), ("chair", 403), ("fjell_secretary", 403), ("vik_employee", 403), ("stranger", 404)],
)
def test_others_cannot(world: World, who: str, status: int) -> None:
    need = world.needs["portfolio", False]
    client = world.client(who)
    assert client.get(page_of(need)).status_code == status
    assert client.post(page_of(need), {"result": ""}).status_code == status
    assert need.title not in text_of(world.client("stranger"), OTHERS)


def test_nothing_is_shared_before_it_is_sent_in(world: World) -> None:
    need = world.needs["anchoring", False]
    with world.line.acting("need_owner") as by, pytest.raises(Refused, match="meldt inn"):
        mark_reusable(by=by, at=AT, initiative_id=need.pk)
    with world.line.acting("colleague") as by, pytest.raises(Refused):
        undo_reusable(by=by, at=AT, initiative_id=need.pk)


def test_too_long_a_text_is_kept_and_explained(world: World) -> None:
    need = world.needs["portfolio", False]
    answer = world.client("need_owner").post(page_of(need), {"result": "a" * 9000})
    assert (
        answer.status_code == 200
        and "a" * 9000 in answer.content.decode()
        and "id_result_error" in answer.content.decode()
    )
    assert need.title not in text_of(world.client("stranger"), OTHERS)


def test_benefit_is_shared_and_what_is_exempt_is_not(world: World) -> None:
    need, stranger = world.needs["recommended", True], world.client("stranger")
    url = reverse("overview:reusable_initiative", args=[need.pk])
    assert "GEVINST" not in text_of(stranger, url)
    with world.line.acting("secretary") as by:
        for exemption in Exemption.objects.filter(initiative_id=need.pk):
            lift_exemption(by=by, at=AT, exemption=exemption)
        basis = "offentleglova § 13"
        exempt_fields(
            by=by, at=AT, house=need, initiative_id=need.pk, field_group="costs", legal_basis=basis, involved=False
        )
    for page in (text_of(stranger, url), text_of(stranger, f"{OTHERS}?q={need.title}")):
        assert "900timer" in page and str(AMOUNT) not in page and basis in page
    assert "GEVINSTRECOMMENDEDX" in text_of(stranger, url)


def test_ones_own_cooperations_are_not_from_others(world: World) -> None:
    for who in ("colleague", "vik_employee", "secretary", "elected"):
        assert "TITTEL" not in text_of(world.client(who), OTHERS)
    assert world.client("public").get(OTHERS).status_code == 302


def test_the_search_goes_on_among_others(world: World) -> None:
    page = text_of(world.client("stranger"), "/initiatives/?q=portfoliox")
    assert f"{OTHERS}?q=portfoliox" in page
    assert "TITTELPORTFOLIOX" in text_of(world.client("stranger"), f"{OTHERS}?q=portfoliox&field=Helse")
    assert "TITTELPORTFOLIOX" not in text_of(world.client("stranger"), f"{OTHERS}?q=submittedx")


def test_row_security_still_hides_the_initiative_itself(world: World) -> None:
    actor = world.actor("stranger")
    with acting_for(actor.entities):
        assert not Initiative.objects.filter(pk__in=[need.pk for need in world.needs.values()]).exists()
