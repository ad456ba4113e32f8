"""S15: a benefit is planned when it has an owner, and a plan is approved when every benefit is planned."""

import re

import pytest
from django.http import HttpResponse

from samrad.benefits.models import PlannedBenefit
from samrad.initiatives.models import Benefit
from samrad.organisation.actions import exempt_fields
from tests.krav.region import ROUTES, STRANGER, Region, text_of
from tests.krav.test_projects import MANAGER, OWNER, READER, answered
from tests.overview.test_queries import MOST, queries

krav = pytest.mark.krav
WHOLE = {
    "indicator": "Kjøretid per vakt",
    "unit": "timer",
    "baseline_value": "2,5",
    "baseline_how": "Kjørebøkene for to uker.",
    "baseline_date": "01.03.2027",
    "target_value": "1,5",
    "target_date": "01.03.2028",
}


@krav(
    "S15.AK1",
    guards=["samrad.benefits.policy.can_call_planned", "samrad.benefits.policy.can_approve"],
)
def test_no_benefit_without_an_owner_is_in_an_approved_plan(region: Region) -> None:
    need = region.need(ROUTES)
    [benefit] = region.find(lambda: list(Benefit.objects.filter(initiative=need, removed_at__isnull=True)))
    page, line = f"/benefits/{need.pk}/", f"/benefits/{need.pk}/{benefit.pk}/"
    gate = f"/portfolio/projects/{region.project(ROUTES).pk}/gate/"

    def row() -> PlannedBenefit:
        return region.find(lambda: PlannedBenefit.objects.get(benefit=benefit))

    def saved(key: str, do: str, **values: object) -> HttpResponse:
        said = {"version": row().version, "do": do, **WHOLE, **values}
        return region.client(key).post(line, said)

    def approved(key: str) -> int:
        [version] = set(re.findall(r'name="version" value="(\d+)"', region.page(OWNER, page))) or {"0"}
        return int(region.client(key).post(page, {"version": version}).status_code)

    assert answered(region, plan=False) == 302
    assert "Gevinstplanen er ikke godkjent med alle gevinstene ennå." in region.page(OWNER, gate)
    refused = saved(MANAGER, "planned", benefit_owner="")
    assert refused.status_code == 409 and row().state == "draft"
    assert 'href="#id_benefit_owner"' in text_of(refused) and "Velg hvem som eier gevinsten." in text_of(refused)
    assert "Kjørebøkene for to uker." in text_of(refused)  # what was typed is kept
    for name in WHOLE:
        lacking = saved(MANAGER, "planned", benefit_owner=region.person(OWNER).pk, **{name: ""})
        assert lacking.status_code == (302 if name == "baseline_value" else 409), name
    assert saved(MANAGER, "draft", benefit_owner="").status_code == 302 and row().indicator == WHOLE["indicator"]
    assert f"«{benefit.title}» er ikke planlagt." in region.page(OWNER, page)
    assert approved(OWNER) == 403  # not while a benefit has no owner
    for key, status in ((READER, 403), (STRANGER, 404), (MANAGER, 302)):
        assert saved(key, "planned", benefit_owner=region.person(OWNER).pk).status_code == status
    for key, status in ((MANAGER, 403), (READER, 403), (STRANGER, 404), (OWNER, 302)):
        assert approved(key) == status
    assert "er ikke godkjent med alle" not in region.page(OWNER, gate)
    # A change begins a new draft. What was approved stays, and holds until the change is approved.
    stale = region.client(MANAGER).post(line, {"version": 1, "do": "draft", **WHOLE, "indicator": "Noe annet"})
    assert stale.status_code == 409 and "Noe annet" in text_of(stale)
    assert saved(MANAGER, "draft", indicator="Antall turer").status_code == 302
    shown = region.page(READER, page)
    assert "Antall turer" in shown and "Kjøretid per vakt" in shown and "Versjon 1, godkjent av" in shown
    assert "er ikke godkjent med alle" not in region.page(OWNER, gate)
    assert "gevinstplanen" in region.page(READER, region.story(ROUTES))
    assert len(queries(region.client(OWNER), page)) <= MOST and len(queries(region.client(OWNER), line)) <= MOST


@krav("S15.AK1", guards=["samrad.benefits.policy.can_approve", "samrad.benefits.actions._ask_owners"])
def test_all_who_own_the_benefits_approve_the_plan(region: Region) -> None:
    need = region.need(ROUTES)
    [first] = region.find(lambda: list(Benefit.objects.filter(initiative=need, removed_at__isnull=True)))
    names = {f.attname for f in Benefit._meta.concrete_fields} - {"id", "title"}
    same = {name: getattr(first, name) for name in names}
    second = region.find(lambda: Benefit.objects.create(**same, title="Færre bilturer"))
    page = f"/benefits/{need.pk}/"

    def planned(benefit: Benefit, owner: str, version: int = 0, **said: object) -> int:
        known = region.find(lambda: PlannedBenefit.objects.filter(benefit=benefit).first())
        given = {**WHOLE, "version": known.version if known else version, "do": "planned", **said}
        given["benefit_owner"] = region.person(owner).pk
        return int(region.client(MANAGER).post(f"{page}{benefit.pk}/", given).status_code)

    def approved(key: str) -> int:
        [version] = set(re.findall(r'name="version" value="(\d+)"', region.page(key, page))) or {"0"}
        return int(region.client(key).post(page, {"version": version}).status_code)

    assert planned(first, MANAGER) == 302
    assert "<h3>Godkjenn gevinstplanen" not in region.page(MANAGER, "/overview/")  # not while one is not planned
    assert planned(second, READER) == 302
    # The need owner and the project owner answer for the project, not for its benefits.
    assert approved(OWNER) == 403 and "Bare de som eier gevinstene" in region.page(OWNER, page)
    for key in (MANAGER, READER):
        assert "<h3>Godkjenn gevinstplanen" in region.page(key, "/overview/")
    assert approved(MANAGER) == 302 and "Versjon 1" not in region.page(OWNER, page)
    reader = region.person(READER).name
    assert f"Du har godkjent planen. Den venter på {reader}." in region.page(MANAGER, page)
    # What is changed meanwhile must be approved anew by all of them.
    assert planned(second, READER, indicator="Antall kilometer") == 302
    assert approved(READER) == 302 and "Versjon 1" not in region.page(OWNER, page)
    assert "<h3>Godkjenn gevinstplanen" in region.page(MANAGER, "/overview/")
    assert approved(MANAGER) == 302
    said = region.page(OWNER, page)
    assert "Versjon 1" in said and reader in said and region.person(MANAGER).name in said
    assert "<h3>Godkjenn gevinstplanen" not in region.page(READER, "/overview/")


@krav("S15.AK1", guards=["samrad.benefits.policy.can_approve", "samrad.benefits.actions._ask_owners"])
def test_who_owns_an_exempt_benefit_reads_it_and_approves(region: Region) -> None:
    need = region.need(ROUTES)
    [benefit] = region.find(lambda: list(Benefit.objects.filter(initiative=need, removed_at__isnull=True)))
    page = f"/benefits/{need.pk}/"
    law = {"field_group": "benefits", "legal_basis": "Offentleglova § 23"}
    region.do("sekretariat", exempt_fields, house=need, initiative_id=need.pk, involved=False, **law)
    hidden = region.client(READER).get(page)
    assert benefit.title not in text_of(hidden) and region.client(READER).post(page, {"version": 0}).status_code == 403
    known = region.find(lambda: PlannedBenefit.objects.filter(benefit=benefit).first())
    given = {**WHOLE, "version": known.version if known else 0, "do": "planned"}
    given["benefit_owner"] = region.person(READER).pk
    assert region.client(MANAGER).post(f"{page}{benefit.pk}/", given).status_code == 302
    shown = region.page(READER, page)
    assert benefit.title in shown and benefit.title not in text_of(region.client(STRANGER).get(page))
    [version] = set(re.findall(r'name="version" value="(\d+)"', shown))
    assert region.client(READER).post(page, {"version": version}).status_code == 302
    assert "Versjon 1, godkjent av" in region.page(OWNER, page)
