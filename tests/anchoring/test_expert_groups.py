"""The expert groups' list, and which sectors a need can be said to affect."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samrad.anchoring.actions.affecting import keep_affected
from samrad.anchoring.queries import sectors_to_choose
from samrad.core.acting import acting_for
from samrad.governance.actions import set_up_body
from samrad.governance.models import Field
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Unit
from tests.anchoring.line import AT, ON, Line

TODAY = timezone.localdate()


def _queries(line: Line, who: str = "secretary") -> int:
    client = line.client(who)
    client.get(reverse("anchoring:group_list"))
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("anchoring:group_list"))
    assert page.status_code == 200 and "Frida Fag" in page.content.decode()
    return len(captured)


def test_the_list_of_groups_costs_the_same_however_many_there_are(line: Line) -> None:
    before, region = _queries(line), line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        for number in range(5):
            house = {"owner": region, "shared_with": region}
            field = Field.objects.create(**house, code=f"felt-{number}", name=f"Felt {number}")
            name = f"Faggruppe {number}"
            set_up_body(by=by, at=AT, **house, kind="expert_group", name=name, field=field)
    assert _queries(line) == before


def test_a_retired_sector_is_not_offered_as_affected_unless_it_is_chosen_already(line: Line) -> None:
    need, town = line.draft(), line.entities["fjell"]

    def offered() -> set[str]:
        with line.seen_by("proposer"):
            return set(sectors_to_choose(need, on=TODAY).values_list("name", flat=True))

    with acting_for([town.pk, line.entities["region"].pk]):
        by = system_actor(town.pk, on=ON)
        share = line.entities["region"]
        made = [
            organisation.add_unit(by=by, at=AT, owner=town, shared_with=share, name=name) for name in ("Skole", "Vei")
        ]
    assert {"Skole", "Vei"} <= offered()
    with line.acting("proposer") as by:
        keep_affected(by=by, at=AT, initiative=need, unit_ids=[made[0].pk])
    with line.seen_by("proposer"):
        Unit.objects.filter(pk__in=[one.pk for one in made]).update(valid_to=TODAY - timedelta(days=1))
    assert "Skole" in offered() and "Vei" not in offered()
