"""S6, S7, S11 and S12: whom to go to, who owns what, and when."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from samrad.governance.actions import adopt_mandate
from samrad.organisation.actions import end_person, end_role
from samrad.organisation.models import Person, RoleAssignment
from tests.krav.region import MEDICINE, STRANGER, Region

krav = pytest.mark.krav
WHERE, LINE, WITHOUT = "/overview/where/", "/overview/steering-line/", "/overview/without-owner/"


@krav("S6.AK1", guards="samrad.overview.where.contacts")
def test_any_employee_gets_from_a_question_to_the_right_person_in_three_clicks(region: Region) -> None:
    me = "granlia-ansatt-helse"
    right = {
        "idea": "faggruppe-helse",
        "need": "granlia-leder-helse",
        "buy": "sekretariat",
        "broken": "administrator",
        "decision": "granlia-direktor",
        "case": "sekretariat",
        "archive": "granlia-arkiv",
        "meeting": "leder",
    }
    for start in ("/overview/", "/initiatives/", "/council/", "/portfolio/"):  # the first click is on every page
        assert f'href="{WHERE}"' in region.page(me, start), start
    questions = re.findall(rf'href="{WHERE}(\w+)/"', region.page(me, WHERE))
    assert set(right) <= set(questions)
    for code, key in right.items():
        assert code in questions  # the second click
        page = region.page(me, f"{WHERE}{code}/")
        person = region.person(key)
        assert f'href="mailto:{person.email}"' in page and person.name in page, code  # the third
        assert "@demo.example" not in region.page(STRANGER, f"{WHERE}{code}/"), code
    print(f"S6.AK1: 3 clicks, {len(questions)} questions")
    # One's own sector and municipality come first, and others' heads of sector do not stand in the way.
    need = region.page(me, f"{WHERE}need/")
    assert "skarholt-leder-helse" not in need and "granlia-leder-oppvekst" not in need
    assert region.status(me, f"{WHERE}finnes-ikke/") == 404
    # What does not work goes to the service desk of one's own municipality, and the answer says how to reach it.
    broken = region.page(me, f"{WHERE}broken/")
    assert "IT-hjelp i Granlia" in broken and "mailto:it-hjelp@granlia." in broken and "Åpne sida til bruker" in broken
    assert "IT-hjelp" not in region.page(me, f"{WHERE}access/")
    elsewhere = region.page(STRANGER, f"{WHERE}broken/")
    assert "IT-hjelp i" not in elsewhere and "har ikke lagt inn hvor brukerstøtte er" in elsewhere


@krav("S6.AK2", guards=["samrad.overview.steering.steering_map", "samrad.overview.where.contacts"])
def test_the_map_and_the_answers_follow_the_roles_and_the_mandates(region: Region) -> None:
    me, today = "fossmark-ansatt-helse", timezone.localdate()
    before, head = region.page(me, LINE), region.person("fossmark-leder-helse")
    assert "Avgjør selv inntil 220 000 kr i en sak." in before and head.email in before
    assert head.email in region.page(me, f"{WHERE}need/")
    region.set_up(
        region.world.region,
        adopt_mandate,
        body=region.world.bodies["secretariat"],
        valid_from=today,
        adopted_by="Kommunestyrene",
        may_decide_types=["development"],
        amount_per_case=Decimal(90_000),
    )
    role = region.find(lambda: RoleAssignment.objects.get(person=head, role="sector_head"))
    region.set_up(head.owner, end_role, role_id=role.pk, last_day=today - timedelta(days=1))
    after = region.page(me, LINE)
    assert "Avgjør selv inntil 90 000 kr i en sak." in after and "220 000" not in after
    assert head.email not in after and head.email not in region.page(me, f"{WHERE}need/")
    assert "90 000" not in region.page(STRANGER, LINE)


@krav("S7.AK1", guards="samrad.initiatives.policy.keeps_owners")
def test_nothing_that_is_sent_is_without_a_need_owner_and_a_responsible(region: Region) -> None:
    author = "bekkjarvoll-ansatt-oppvekst"  # the need is with the secretariat
    need = region.need("Digitalt samtykke i skole og barnehage")
    url = f"/initiatives/{need.pk}/step/6/"
    assert region.client(author).get(url).status_code == 200
    for kind in ("need_owner", "lead"):
        region.client(author).post(url, {"version": region.need(need.title).version, kind: ""})
    kinds = region.find(lambda: set(need.responsibilities.values_list("kind", flat=True)))
    assert {"need_owner", "lead"} <= kinds
    assert need.reference not in region.page("sekretariat", WITHOUT)
    assert region.status(STRANGER, url) == 404


@krav("S7.AK2", guards=["samrad.overview.owners.seen_without_owner", "samrad.initiatives.policy.can_name_owner"])
def test_when_an_owner_leaves_the_initiatives_stand_in_the_list_until_someone_is_named(region: Region) -> None:
    need = region.need(MEDICINE)
    row = region.find(lambda: need.responsibilities.select_related("person__owner").get(kind="need_owner"))
    assert need.reference not in region.page("fossmark-ansatt-helse", WITHOUT)
    gone: Person = row.person
    region.set_up(gone.owner, end_person, person_id=gone.pk, version=gone.version, on=timezone.localdate())
    page = region.page("fossmark-ansatt-helse", WITHOUT)
    assert need.reference in page and gone.name in page and "Behovseier" in page
    assert need.reference not in region.page(STRANGER, WITHOUT)
    assert "Mangler eier" in region.page("sekretariat", "/organisation/notifications/")
    url, person = f"/overview/initiatives/{need.pk}/owner/", region.person("fjelldal-ansatt-helse")
    lead = region.find(lambda: need.responsibilities.get(kind="lead").person_id)
    said = {
        "version": region.need(MEDICINE).version,
        "need_owner": person.pk,
        "lead": lead if lead != gone.pk else person.pk,
    }
    for key, status in (("fossmark-ansatt-helse", 403), (STRANGER, 404)):
        assert region.client(key).post(url, said).status_code == status, key
    assert region.client("sekretariat").post(url, said).status_code == 302
    # The one who left owned the project too: it stands there until the portfolio manager has named someone.
    project, page = region.project(MEDICINE), region.page("fossmark-ansatt-helse", WITHOUT)
    assert need.reference in page and "Prosjekteier" in page
    assert MEDICINE in region.page("portefolje", "/overview/waiting/")
    people = dict.fromkeys(["project_owner", "project_manager", "benefit_responsible"], person.pk)
    dates = {"start_date": "01.02.2027", "end_date": "01.09.2027"}
    staff = f"/portfolio/projects/{project.pk}/"
    assert region.client("fossmark-ansatt-helse").post(staff, {**people, **dates}).status_code == 403
    said = {"version": region.project(MEDICINE).version, **people, **dates}
    assert region.client("portefolje").post(staff, said).status_code == 302
    assert need.reference not in region.page("fossmark-ansatt-helse", WITHOUT)
    assert "Nå er den din" in region.page("fjelldal-ansatt-helse", "/organisation/notifications/")


@krav("S11.AK1", guards="samrad.overview.views.ways.drawings")
def test_both_lines_of_governance_stand_as_drawing_and_as_text(region: Region) -> None:
    page = region.page("fossmark-ansatt-helse", "/overview/models/")
    for code, nodes in {
        "before": ["Politikere", "Ledelse", "Sektorer", "IKT-avdeling", "Leverandør"],
        "after": ["Behovseier", "Faggruppe", "Sektorleder", "Sekretariat", "Kommunedirektør", "Politisk nivå"],
    }.items():
        [drawn] = re.findall(rf'<svg class="governance"[^>]*aria-labelledby="{code}-title"[^>]*>.*?</svg>', page, re.S)
        assert f'id="{code}-title"' in page and f'aria-describedby="{code}-text"' in drawn
        assert all(node in drawn for node in nodes), (code, nodes)
        assert f'<figcaption id="{code}-text">' in page
    assert "Et behov går skritt for skritt" in page and "den som roper høyest" in page
    assert "/overview/models/" in region.page("fossmark-ansatt-helse", LINE)
