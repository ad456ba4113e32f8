"""S30: what a project made is handed over to the line before it closes."""

import pytest

from samrad.initiatives.actions import set_phase
from samrad.initiatives.models import Initiative
from samrad.portfolio.checklists import BENEFIT_PLAN, DEFAULT
from samrad.systems.models import System
from tests.krav.region import ROUTES, STRANGER, Region
from tests.krav.test_projects import MANAGER, OWNER, READER, answered, decided, url, version

krav = pytest.mark.krav
NAME = "Veiviser"  # what the need said it introduces; it was in no register then


def closing(region: Region) -> None:
    """The project has come to its last gate, with its check list filled in."""
    project = region.project(ROUTES)
    people = dict.fromkeys(("project_owner", "benefit_responsible"), project.project_owner_id)
    said = {"version": project.version, **people, "project_manager": project.project_manager_id}
    dates = {"start_date": "01.02.2026", "end_date": "01.09.2026"}
    assert region.client("portefolje").post(url(region), {**said, **dates}).status_code == 302
    assert answered(region) == 302 and decided(region) == 302
    region.do(MANAGER, set_phase, initiative=region.need(ROUTES), phase="close")
    posted = {"do": "answer", "version": version(region.page(MANAGER, url(region, "gate/")))}
    posted |= {q.code: "yes" for q in DEFAULT["BP5"]} | {f"{BENEFIT_PLAN}_note": "Sak 26/77."}
    assert region.client(MANAGER).post(url(region, "gate/"), posted).status_code == 302


@krav("S30.AK2", guards="samrad.portfolio.policy.handover.handover_lacks")
def test_a_project_that_introduced_a_system_cannot_close_before_it_is_handed_over(region: Region) -> None:
    closing(region)
    page = url(region, "handover/")
    assert "ikke i systemregisteret." in region.page(OWNER, url(region, "gate/"))
    assert decided(region) == 409 and region.need(ROUTES).phase == "close"
    # Someone who keeps the register puts it there, without all that is needed.
    owner = region.find(lambda: region.world.region)
    added = region.client("sekretariat").post(
        "/systems/add/", {"version": 1, "owner": owner.pk, "name": NAME, "lifecycle": "in_use", "shared": "on"}
    )
    assert added.status_code == 302
    system = region.find(lambda: System.objects.get(name=NAME))
    link = region.find(lambda: Initiative.objects.get(title=ROUTES).system_links.get())
    tied = {"link": link.pk, f"s{link.pk}-system": system.pk}
    for key, status in ((READER, 403), (STRANGER, 404), (MANAGER, 302)):
        assert region.client(key).post(page, tied).status_code == status
    assert region.client(MANAGER).post(page, tied).status_code == 302  # twice is once
    shown = region.page(OWNER, url(region, "gate/"))
    for word in ("systemeier", "systemansvarlig", "avtale", "arkivvurdering", "behandlingsprotokoll"):
        assert word in shown.lower()
    assert decided(region) == 409 and "Mangler" in region.page(READER, page)
    people = {"system_owner": region.project(ROUTES).project_owner_id, "administrator": region.person(MANAGER).pk}
    said = {"version": system.version, "owner": owner.pk, "name": NAME, "lifecycle": "in_use", "shared": "on"}
    rest = {"start_date": "01.03.2026", "archive": "keep", "personal_data": "special", "processing_record": "P-31"}
    change = f"/systems/{system.pk}/change/"
    assert region.client("sekretariat").post(change, {**said, **people, **rest}).status_code == 302
    assert "Alt er på plass i systemregisteret." in region.page(OWNER, page)
    assert decided(region) == 302 and region.need(ROUTES).phase == "realise"
