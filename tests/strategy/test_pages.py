"""Strategies and plans through the pages: from a draft to a new version, and who is kept out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.initiatives.models import GoalLink
from samrad.organisation.actors import actor_of
from samrad.organisation.models import Entity, Person
from samrad.strategy.actions import remove_part
from samrad.strategy.models import ActionPlan, ActionPoint, Goal, Indicator, Strategy
from tests.overview.test_queries import FRAME

ClientOf = Callable[[str], Client]
ADOPTION = {"adopted_by": "Kommunestyret", "adopted_date": "15.12.2025", "case_number": "88/25"}
MOST_QUERIES = 12


@contextmanager
def looking() -> Iterator[None]:
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        yield


def adopted() -> Strategy:
    with looking():
        return Strategy.objects.get(adopted_date__isnull=False)


def draft() -> Strategy:
    with looking():
        return Strategy.objects.get(adopted_date=None)


def test_a_draft_is_written_and_adopted_and_then_stands(client_of: ClientOf) -> None:
    chief, one = client_of("granlia-direktor"), draft()
    page = f"/strategy/{one.pk}/"
    assert chief.post(f"{page}areas/add/", {"name": "Skole på nett"}).status_code == 302
    assert "Det finnes allerede" in chief.post(f"{page}areas/add/", {"name": "Skole på nett"}).content.decode()
    version = draft().version
    typed = {"title": "Ny tittel", "valid_from": "01.01.2027", "valid_to": "31.12.2026", "warn_days": "90"}
    wrong = chief.post(f"{page}change/", {**typed, "version": version})
    assert "Den siste dagen kan ikke" in wrong.content.decode() and draft().title != "Ny tittel"
    typed["valid_to"] = "31.12.2030"
    assert chief.post(f"{page}change/", {**typed, "version": version - 1}).status_code == 409  # made from an old page
    assert chief.post(f"{page}change/", {**typed, "version": version}).status_code == 302
    assert chief.post(f"{page}adopt/", {**ADOPTION, "version": draft().version}).status_code == 302
    read = client_of("granlia-ansatt-helse").get(page).content.decode()
    assert "Ny tittel" in read and "88/25" in read and "Skole på nett" in read
    refused = chief.post(f"{page}areas/add/", {"name": "Mer"})
    assert refused.status_code == 403 and "Lag en ny versjon" in refused.content.decode()
    assert client_of("fjelldal-direktor").post(f"{page}renew/").status_code == 403  # not their municipality


def test_only_parts_of_the_draft_itself_are_taken_out(region: None) -> None:
    with looking():
        one, goal = draft(), Goal.objects.filter(area__strategy=adopted())[0]
        chief = Person.objects.get(email="granlia-direktor@demo.example")
        by = actor_of(chief.pk, chief.owner_id, on=timezone.localdate())
        for part, pk in (("goal", goal.pk), ("area", goal.area_id), ("indicator", goal.indicators.all()[0].pk)):
            with pytest.raises(ObjectDoesNotExist):
                remove_part(by=by, at=timezone.now(), strategy_id=one.pk, part=part, part_id=pk)
        assert Goal.objects.filter(pk=goal.pk).exists()


def test_a_new_version_keeps_the_values_and_ends_the_old(client_of: ClientOf) -> None:
    secretariat, old = client_of("sekretariat"), adopted()
    made = secretariat.post(f"/strategy/{old.pk}/renew/")
    new = int(made["Location"].rstrip("/").split("/")[-1])
    with looking():
        fresh, last = Strategy.objects.get(pk=new), old.valid_to
        indicator = Indicator.objects.filter(goal__area__strategy=fresh, root__measurements__isnull=False)[0]
    values = secretariat.get(f"/strategy/indicators/{indicator.pk}/").content.decode()
    assert "Egen telling" in values  # measured in the version before
    assert adopted().valid_to == last  # until the new one is adopted
    adoption = {**ADOPTION, "version": fresh.version}
    assert secretariat.post(f"/strategy/{new}/adopt/", adoption).status_code == 302
    with looking():
        before, after = Strategy.objects.get(pk=old.pk), Strategy.objects.get(pk=new)
    assert before.valid_to < after.valid_from == timezone.localdate()
    both = secretariat.get(f"/strategy/{new}/").content.decode()
    assert "3 / 10" in both  # what the old version's plans have done counts
    assert f"/strategy/{old.pk}/" in both


def test_the_plan_is_a_file_for_a_spreadsheet_and_no_formula(client_of: ClientOf) -> None:
    with looking():
        plan = ActionPlan.objects.get(adopted_date=None)
        area = plan.strategy.areas.all()[0]
    secretariat = client_of("sekretariat")
    typed = {"version": 0, "title": "=1+1", "area": area.pk, "cost_kr": "350 000", "due_date": "31.12.2027"}
    assert secretariat.post(f"/strategy/plans/{plan.pk}/points/add/", typed).status_code == 302
    file = secretariat.get(f"/strategy/plans/{plan.pk}/plan.csv")
    assert file["Cache-Control"] == "private, no-store"  # nobody else's machine keeps it
    lines = file.content.decode("utf-8-sig")
    assert ";=1+1" not in lines and "=1+1" in lines and "350000" in lines and "31.12.2027" in lines


def test_a_point_is_dropped_with_a_reason_and_what_was_said_is_kept(client_of: ClientOf) -> None:
    with looking():
        point = ActionPoint.objects.get(title="Ett sted for foresatte", plan__adopted_date__isnull=False)
    head, url = client_of("skarholt-leder-oppvekst"), f"/strategy/points/{point.pk}/"
    typed = {"status": "dropped", "note": "", "version": point.version}
    assert "Skriv hvorfor punktet er droppet." in head.post(url, typed).content.decode()
    assert head.post(url, {**typed, "note": "Fylket gjør det."}).status_code == 302
    assert head.post(url, {**typed, "note": "Igjen."}).status_code == 409
    with looking():
        version = ActionPoint.objects.get(pk=point.pk).version
    assert head.post(url, {"status": "under_way", "note": "Likevel.", "version": version}).status_code == 302
    read = client_of("folkevalgt").get(url).content.decode()
    assert "Fylket gjør det." in read and "Likevel." in read


@pytest.mark.parametrize("path", ["", "{s}/", "plans/{p}/", "points/{o}/", "indicators/{i}/"])
def test_pages_ask_little_of_the_database(client_of: ClientOf, path: str) -> None:
    with looking():
        found = {
            "s": adopted().pk,
            "p": ActionPlan.objects.filter(adopted_date__isnull=False)[0].pk,
            "o": ActionPoint.objects.all()[0].pk,
            "i": Indicator.objects.all()[0].pk,
        }
    url = f"/strategy/{path.format(**found)}"
    client = client_of("sekretariat")
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    reads = [q["sql"] for q in asked.captured_queries if not q["sql"].upper().startswith(FRAME)]
    assert len(reads) <= MOST_QUERIES, "\n".join(reads)


def test_a_goal_of_another_cooperation_cannot_be_linked(client_of: ClientOf) -> None:
    with looking():
        link = GoalLink.objects.select_related("initiative").exclude(initiative__stage=3)[0]
    assert client_of("folkevalgt").get(f"/initiatives/{link.initiative_id}/step/2/").status_code in (403, 404)
