"""What the project owner sets as a condition at a gate stops the next one until it is met."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samrad.cases.models import Task
from samrad.organisation.models import Notification, Person
from samrad.portfolio.models import GateCondition
from samrad.portfolio.tasks import sweep_conditions
from tests.krav.planning import approved_plan
from tests.krav.region import ROUTES, STRANGER, Region, text_of
from tests.krav.test_projects import MANAGER, OWNER, READER, answered, url, version

WHAT = "Opplæringsplanen er godkjent av enhetslederne"
WHO = "skarholt-ansatt-oppvekst"


def decided(region: Region, key: str = OWNER, passes: str = "yes", **more: object) -> tuple[int, str]:
    said = {"do": "decide", "d-passes": passes, "d-text": "Videre, på ett vilkår.", **more}
    found = version(region.page(OWNER, url(region, "gate/")))
    answer = region.client(key).post(url(region, "gate/"), {**said, "d-version": found})
    return answer.status_code, text_of(answer)


def condition(region: Region, days: int = 30) -> dict[str, object]:
    due = timezone.localdate() + timedelta(days=days)
    named = region.person(WHO).pk
    return {"d-c0_text": WHAT, "d-c0_responsible": named, "d-c0_due": due.strftime("%d.%m.%Y")}


def staffed(region: Region) -> None:
    project = region.project(ROUTES)
    people = dict.fromkeys(("project_owner", "benefit_responsible"), project.project_owner_id)
    said = {"version": project.version, **people, "project_manager": project.project_manager_id}
    dates = {"start_date": "01.02.2027", "end_date": "01.09.2027"}
    assert region.client("portefolje").post(url(region), {**said, **dates}).status_code == 302


def test_a_condition_at_the_owners_gate_stops_the_next_one(region: Region) -> None:
    staffed(region)
    assert answered(region) == 302
    status, page = decided(region, **{**condition(region), "d-c0_responsible": ""})
    assert status == 422 and "Velg hvem som har ansvar for vilkåret." in page and WHAT in page
    status, page = decided(region, **condition(region, days=-1))
    assert status == 422 and "Fristen for vilkåret er allerede ute." in page
    hidden = {"d-c0_responsible": region.person("leder").pk}
    region.find(lambda: Person.objects.filter(pk=region.person("leder").pk).update(active=False))
    assert decided(region, **{**condition(region), **hidden})[0] in (409, 422)  # who has left can meet nothing
    region.find(lambda: Person.objects.filter(pk=region.person("leder").pk).update(active=True))
    for key, status in ((READER, 403), (MANAGER, 403), (STRANGER, 404), (OWNER, 302)):
        assert decided(region, key, **condition(region))[0] == status
    row = region.find(lambda: GateCondition.objects.select_related("review").get(text=WHAT))
    assert region.need(ROUTES).phase == "execute" and row.review.gate == "BP3"
    assert ROUTES in region.page(WHO, "/overview/waiting/")
    assert WHAT in region.page(READER, url(region, "gate/"))
    assert "Et vilkår fra BP3 er ikke oppfylt" in region.page(MANAGER, url(region, "gate/"))
    status, page = decided(region)
    assert status == 409 and "Et vilkår fra BP3 er ikke oppfylt" in page and region.need(ROUTES).phase == "execute"
    meet = f"/portfolio/gates/conditions/{row.pk}/"
    assert region.client(WHO).post(meet, {"note": ""}).status_code == 422
    for key, status in ((READER, 403), (MANAGER, 403), (STRANGER, 404), (WHO, 302), (WHO, 403)):
        assert region.client(key).post(meet, {"note": "Godkjent 3. desember."}).status_code == status
    page = region.page(READER, url(region, "gate/"))
    assert "Godkjent 3. desember." in page and "Et vilkår fra BP3 er ikke oppfylt" not in page
    assert ROUTES not in region.page(WHO, "/overview/waiting/")


def test_not_yet_can_say_what_is_lacking(region: Region) -> None:
    staffed(region)
    approved_plan(region, ROUTES, planner=MANAGER, approver=OWNER)
    assert decided(region, passes="no", **condition(region))[0] == 302 and region.need(ROUTES).phase == "plan"
    assert answered(region, plan=False) == 302
    status, page = decided(region)
    assert status == 409 and "Et vilkår fra BP3 er ikke oppfylt" in page


@pytest.mark.parametrize(("days", "told"), [(30, []), (7, ["soon"]), (1, ["soon", "late"])])
def test_the_one_responsible_is_reminded_once_before_and_once_after(region: Region, days: int, told: list[str]) -> None:
    staffed(region)
    assert answered(region) == 302 and decided(region, **condition(region, days))[0] == 302
    row, now = region.find(lambda: GateCondition.objects.get(text=WHAT)), timezone.now()
    for later in (0, 0, 2, 2):
        sweep_conditions(now + timedelta(days=later))
    rows = Notification.objects.filter(person=region.person(WHO), kind="portfolio.gate_condition_due").order_by("pk")
    words = {"soon": "Et vilkår har snart frist: ", "late": "Fristen for et vilkår er ute: "}
    assert region.find(lambda: [row.subject for row in rows]) == [words[one] + ROUTES for one in told]
    waits = region.find(lambda: Task.objects.get(kind="meet_gate_condition", object_id=row.pk))
    assert waits.closed_at is None and waits.due_date == row.due_date
