"""S33, S39, S63: people are asked for, given or refused, and too much is said before it is saved."""

import pytest
from django.http import HttpResponse

from samrad.cases.models import Task
from samrad.portfolio.models import Resource, ResourceRequest
from samrad.portfolio.queries import quarters_from
from tests.krav.region import MEDICINE, STRANGER, Region
from tests.krav.test_projects import MEDS, READER, url
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
LEADER = "fjelldal-leder-organisasjon"
OTHER = "granlia-leder-helse"  # leads another unit
ROLE, MINE = "Testleder", "/portfolio/people/"


def written(region: Region, key: str, **quarter: int) -> HttpResponse:
    """The role with what it has in the next quarter, as its leader types it."""
    row = region.find(lambda: Resource.objects.filter(title=ROLE).first())
    said = {
        "version": row.version if row else 0,
        "title": ROLE,
        "unit": region.world.units["fjelldal", "organisasjon"].pk,
    }
    said |= {f"q1_{name}": days for name, days in quarter.items()}
    return region.client(key).post(f"{MINE}{row.pk if row else 0}/", said)


def asked(region: Region, days: int) -> ResourceRequest:
    """The project asks for days of the role in the next quarter."""
    role = region.find(lambda: Resource.objects.get(title=ROLE))
    said = {"resource": role.pk, "quarter": quarters_from(region.world.today)[1].isoformat()}
    said |= {"days": days, "purpose": "Prøve alarmene."}
    page = url(region, "people/", MEDICINE)
    for key, status in ((READER, 403), (STRANGER, 404), (MEDS, 302)):
        assert region.client(key).post(page, said).status_code == status
    assert region.client(MEDS).post(page, said).status_code == 409  # not twice while it waits
    return region.find(lambda: ResourceRequest.objects.get(resource=role, state="asked"))


def answered(region: Region, row: ResourceRequest, days: int, key: str = LEADER, **more: str) -> int:
    said = {"version": row.version, "days": days, **more}
    return int(region.client(key).post(f"/portfolio/requests/{row.pk}/", said).status_code)


@krav("S63.AK1", guards="samrad.portfolio.policy.resources.over_lacks")
def test_a_role_booked_above_100_per_cent_is_flagged_before_it_is_saved(region: Region) -> None:
    assert written(region, OTHER, days=60).status_code in (403, 422)
    assert written(region, LEADER, days=60, leave_days=10, line_days=30).status_code == 302
    row = asked(region, 30)
    waits = region.find(lambda: Task.objects.get(kind="give_people", object_id=row.pk))
    assert waits.closed_at is None and MEDICINE in region.page(LEADER, "/overview/waiting/")
    page = region.page(LEADER, f"/portfolio/requests/{row.pk}/")
    assert "Gir du alt, blir det 120 prosent." in page and "Prøve alarmene." in page
    for key, status in ((MEDS, 403), (OTHER, 403), (STRANGER, 404)):
        assert answered(region, row, 30, key) == status
    assert answered(region, row, 30) == 409  # said before it is saved
    assert (
        answered(region, row, 20) == 409 and answered(region, row, 31) == 409
    )  # less needs a reason, more is too much
    assert answered(region, row, 30, known="on") == 302
    mine, capacity = region.page(LEADER, MINE), region.page(READER, f"/portfolio/{region.portfolio().pk}/capacity/")
    assert f"{ROLE} er booket 120 prosent" in mine and "<svg" in mine and f"{ROLE}: 120 %" in capacity
    shown = region.page(READER, url(region, "people/", MEDICINE))
    assert ROLE in shown and "Belegg i alt: 120 prosent" in shown
    # The leader thinks again: nothing, with a reason that the project reads.
    assert answered(region, row, 0, reason="Drift går foran.") == 409  # the page was made before the first answer
    row = region.find(lambda: ResourceRequest.objects.get(pk=row.pk))
    assert answered(region, row, 0, reason="Drift går foran.") == 302
    assert "Drift går foran." in region.page(MEDS, url(region, "people/", MEDICINE))
    assert "Svar om folk" in region.page(MEDS, "/organisation/notifications/")
    assert len(queries(region.client(LEADER), MINE)) <= MOST


@krav("S39.AK3", guards="samrad.portfolio.queries.resources.taken_by_line")
def test_the_line_cannot_take_what_is_set_aside_for_development_unseen(region: Region) -> None:
    assert written(region, LEADER, days=60, leave_days=10, line_days=30, reserved_days=20).status_code == 302
    told = "Testleder: 10 dager i "
    assert told not in region.page(LEADER, MINE)
    assert written(region, LEADER, days=60, leave_days=70).status_code == 422  # leave is not more than all
    assert written(region, LEADER, days=60, leave_days=10, line_days=40, reserved_days=20).status_code == 302
    page = region.page(LEADER, MINE)
    assert told in page and page.count("Avvik: Drift tar dager som var satt av til utvikling.") == 1  # all in one box
    assert page.count('class="note"') == 1
    capacity = f"/portfolio/{region.portfolio().pk}/capacity/"
    assert "Drift tar 10 utviklingsdager fra Testleder" in region.page(READER, capacity)
    frozen = {"name": "Påskeferie", "first_day": "22.03.2027", "last_day": "29.03.2027"}
    for key, status in ((READER, 403), (STRANGER, 404), ("portefolje", 302)):
        assert region.client(key).post(capacity, frozen).status_code == status
    assert "Frysperiode: Påskeferie" in region.page(READER, capacity)
    assert "Påskeferie" in region.page(MEDS, url(region, "people/", MEDICINE))
