"""Mandates on their way: one that is not in force yet is withdrawn, and two people look at one where the house says so."""

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.governance import actions, queries
from samrad.governance.models import Body, Mandate, Rule
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, ON, Line

TODAY = timezone.localdate()
COMING = TODAY + timedelta(days=40)
NAMES = {"anne": "Anne Admin", "bjorn": "Bjørn Admin"}


@pytest.fixture
def admins(council_line: Line) -> Line:
    """The council's mandate in force from the first of January, and two who administer the region."""
    region = council_line.entities["region"]
    with acting_for([e.pk for e in council_line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        for key, name in NAMES.items():
            person = organisation.add_person(by=by, at=AT, owner=region, name=name, email=f"{key}@region.example")
            organisation.give_role(by=by, at=AT, person=person, role="administrator", valid_from=ON, entity=region)
            council_line.people[key] = person
    return council_line


def council(line: Line) -> Body:
    assert line.council is not None
    return line.council


def write(line: Line, who: str = "anne", first: date = COMING, **more: Any) -> Mandate:
    with line.acting(who) as by:
        return actions.adopt_mandate(
            by=by, at=timezone.now(), body=council(line), valid_from=first, adopted_by="Kommunestyrene", **more
        )


def withdraw(line: Line, mandate: Mandate, reason: str = "Vedtatt for tidlig.", who: str = "anne") -> Any:
    address = reverse("governance:mandate_withdraw", args=[mandate.pk])
    return line.client(who).post(address, {"reason": reason}, follow=True)


def ends(line: Line) -> list[date | None]:
    with line.seen_by("anne"):
        return list(council(line).mandates.order_by("version").values_list("valid_to", flat=True))


def in_force(line: Line, on: date) -> int:
    with line.seen_by("anne"):
        found = queries.mandate_in_force(line.entities["region"].pk, "council", on=on)
        assert found is not None
        return found.version


def two(line: Line, who: str = "anne") -> None:
    address = reverse("governance:two_adopt")
    assert line.client(who).post(address, {"owner": line.entities["region"].pk}).status_code == 302


def test_a_version_that_is_not_in_force_is_withdrawn_with_a_reason(admins: Line) -> None:
    coming = write(admins)
    assert ends(admins) == [COMING - timedelta(days=1), None] and in_force(admins, COMING) == 2
    assert "Skriv hvorfor" in withdraw(admins, coming, "").content.decode()
    page = withdraw(admins, coming).content.decode()
    assert "Denne versjonen er trukket" in page and "Vedtatt for tidlig." in page and "Anne Admin" in page
    assert ends(admins)[0] is None and in_force(admins, COMING) == 1
    reader = admins.client("proposer")
    assert "Trukket" in reader.get(reverse("governance:body_detail", args=[council(admins).pk])).content.decode()
    shown = reader.get(reverse("governance:mandate_detail", args=[coming.pk])).content.decode()
    assert "Vedtatt for tidlig." in shown and "Trekk denne versjonen" not in shown
    with admins.seen_by("anne"):
        assert Event.objects.filter(kind="governance.MandateWithdrawn", data__mandate_id=coming.pk).count() == 1
    assert "allerede trukket" in withdraw(admins, coming).content.decode()
    assert write(admins).version == 3 and in_force(admins, COMING) == 3


def test_the_version_before_gets_the_last_day_it_says_itself_back(admins: Line) -> None:
    own = COMING + timedelta(days=100)
    first = write(admins, first=TODAY - timedelta(days=1), valid_to=own)
    later = write(admins)
    withdraw(admins, later)
    assert ends(admins)[1] == own and first.version == 2
    nearer, last = write(admins), write(admins, first=COMING + timedelta(days=20))
    withdraw(admins, nearer)
    assert ends(admins)[1] == last.valid_from - timedelta(days=1)


def test_what_is_in_force_is_not_withdrawn_and_only_those_who_adopt_withdraw(admins: Line) -> None:
    with admins.seen_by("anne"):
        standing = council(admins).mandates.get()
    answer = withdraw(admins, standing)
    assert answer.status_code == 403 and "allerede i kraft" in answer.content.decode()
    coming = write(admins)
    for who, status in (("secretary", 403), ("chief", 403), ("stranger", 404)):
        assert withdraw(admins, coming, who=who).status_code == status
    assert in_force(admins, COMING) == 2


def test_two_look_at_a_mandate_where_the_house_says_so(admins: Line) -> None:
    two(admins)
    waiting = write(admins, amount_per_case=7)
    assert waiting.state == Mandate.State.PROPOSED and in_force(admins, COMING) == 1
    with admins.seen_by("bjorn"):
        assert Notification.objects.filter(kind="governance.mandate_waits").values_list("person", flat=True)[0] == (
            admins.people["bjorn"].pk
        )
    own = admins.client("anne").get(reverse("governance:mandate_detail", args=[waiting.pk])).content.decode()
    assert "Du skrev denne versjonen" in own and "Vedta denne versjonen" not in own
    address = reverse("governance:mandate_second", args=[waiting.pk])
    for who, status in (("anne", 403), ("secretary", 403), ("stranger", 404)):
        assert admins.client(who).post(address).status_code == status
    with pytest.raises(Refused, match="Vedta eller trekk"):
        write(admins)
    body = admins.client("anne").get(reverse("governance:body_detail", args=[council(admins).pk])).content.decode()
    assert "Vedta eller trekk den først" in body and "Vedta en ny versjon" not in body
    assert in_force(admins, COMING) == 1
    page = admins.client("bjorn").post(address, follow=True).content.decode()
    assert "Lest og vedtatt av Bjørn Admin" in page
    assert in_force(admins, COMING) == 2 and ends(admins)[0] == COMING - timedelta(days=1)
    assert admins.client("bjorn").post(address).status_code == 403  # it waits no more


def test_one_that_waits_can_be_withdrawn_by_the_one_who_wrote_it(admins: Line) -> None:
    two(admins)
    waiting = write(admins, first=TODAY - timedelta(days=3))
    assert "Denne versjonen er trukket" in withdraw(admins, waiting).content.decode()
    assert ends(admins)[0] is None and in_force(admins, TODAY) == 1


def test_that_two_look_is_a_rule_with_versions_that_can_be_switched_off(admins: Line) -> None:
    front = reverse("governance:rule_front")
    assert "To personer ser på et mandat" in admins.client("anne").get(front).content.decode()
    assert "To personer ser på et mandat" not in admins.client("proposer").get(front).content.decode()
    two(admins)
    waiting = write(admins)
    with admins.seen_by("anne"):
        rule = Rule.objects.get(code=queries.MANDATE_PEOPLE)
    assert admins.client("anne").post(reverse("governance:rule_end", args=[rule.pk])).status_code == 302
    with admins.acting("anne") as by:
        now = datetime.now(tz=AT.tzinfo)
        assert actions.second_mandate(by=by, at=now, mandate_id=waiting.pk).state == Mandate.State.ADOPTED
    assert write(admins, first=COMING + timedelta(days=1)).state == Mandate.State.ADOPTED
    for who, status in (("secretary", 403), ("stranger", 403)):
        data = {"owner": admins.entities["region"].pk}
        assert admins.client(who).post(reverse("governance:two_adopt"), data).status_code == status


def test_no_row_can_wait_and_hold(admins: Line) -> None:
    """The database's own word: what reads the dates alone never finds a version that is not adopted."""
    coming = write(admins)
    for state, more in (("proposed", {}), ("withdrawn", {"withdrawn_at": AT}), ("withdrawn", {"valid_to": None})):
        with admins.seen_by("anne"), pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=coming.pk).update(state=state, **more)


def test_the_migration_keeps_the_days_a_body_planned_with(admins: Line) -> None:
    keep = import_module("samrad.governance.migrations.0002_mandates_and_seats").KEEP
    ended = write(admins, first=TODAY - timedelta(days=1), valid_to=COMING)
    body, rhythm = council(admins), actions.Rhythm(1, 1, AT.time(), urgent_days=12)
    with acting_for([e.pk for e in admins.entities.values()]):
        by = system_actor(body.owner_id, on=ON)
        actions.plan_year(by=by, at=AT, body=body, year=TODAY.year + 1, rhythm=rhythm, days=[])
        Mandate.objects.filter(body=body).update(urgent_days=1, own_last_day=None)
        with connection.cursor() as cursor:
            cursor.execute(keep)
        assert set(body.mandates.values_list("urgent_days", flat=True)) == {12}
        assert list(body.mandates.order_by("version").values_list("own_last_day", flat=True)) == [None, ended.valid_to]
