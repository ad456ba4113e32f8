"""From an empty database to a need that is sent in, through the pages only: the guide, and what it costs of pages and typing."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samrad.config.cli import parser
from samrad.config.first_setup import run
from samrad.core.acting import acting_for
from samrad.governance.models import Body, Field, Seat, SizeClass
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Membership, Person, RoleAssignment, Unit
from samrad.portfolio.models import Portfolio
from tests.journeys.walker import Walker

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
PASSWORD = "fire ord i en setning"
LIST = "kommunenummer,navn,fylkesnummer,fylke\n4601,Fjelldal,46,Vestland\n4602,Granlia,46,Vestland\n0301,Oslo,03,Oslo\n"
MOST_PAGES, MOST_TYPED = 15, 30  # a cooperation of two: half an hour at a minute a page


def says(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    args = parser().parse_args(list(words))
    args.at = timezone.now()
    assert run(args) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def first_administrator(capsys: pytest.CaptureFixture[str], where: str) -> Walker:
    told = says(
        capsys, "person", "add", "--organisation", where, "--name", "Kari Nordmann", "--email", "kari@samrad.example",
        "--role", "administrator",
    )  # fmt: skip
    return signed_in(re.findall(r"/organisation/link/\S+", told)[0])


def signed_in(link: str) -> Walker:
    walker = Walker()
    walker.go(link)
    walker.send(password=PASSWORD, again=PASSWORD)
    return walker


def everything() -> list[int]:
    return list(Entity.objects.values_list("pk", flat=True))


def test_a_cooperation_is_set_up_and_a_need_is_sent_in(capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "organisation", "add", "regionen", "--name", "Fjellregionen", "--kind", "cooperation")
    kari = first_administrator(capsys, "regionen")
    kari.pages = kari.typed = 0
    kari.go("/overview/set-up/")
    assert "0 av" in kari.text and "Hvilke kommuner er med i samarbeidet?" in kari.text
    answer_the_guide(kari)
    pages, typed = kari.pages, kari.typed
    print(f"\nOppsettsguiden, et samarbeid med to kommuner: {pages} sider, {typed} felt skrevet.")
    assert "Alle spørsmålene er besvart" in kari.text, kari.text.partition("Spørsmålene</h2>")[2][:4000]
    assert "Her mangler ingenting" in kari.text
    assert pages <= MOST_PAGES and typed <= MOST_TYPED
    with acting_for(everything()):
        assert Membership.objects.count() == 2 and Entity.objects.get(slug="granlia").municipality_number == "4602"
        assert Unit.objects.count() == 8 and Field.objects.count() == 4 and Body.objects.count() == 3
        assert Seat.objects.filter(position="chair").exists() and Portfolio.objects.exists()
        assert SizeClass.objects.count() == 3
        assert not Person.objects.exclude(name="Kari Nordmann").filter(account__isnull=False).exists()
    report_a_need(kari)


def answer_the_guide(kari: Walker) -> None:
    house = "/overview/set-up/regionen/"
    kari.go(f"{house}members/")
    listed = SimpleUploadedFile("kommuner.csv", LIST.encode(), content_type="text/csv")
    kari.send(list="1", file=listed)
    assert "Vestland" in kari.text and 'value="4601|Fjelldal"' in kari.text
    kari.send(town=["4601|Fjelldal", "4602|Granlia"], list=None)
    assert kari.url.endswith("/sectors/"), kari.url
    kari.send()
    for town in ("fjelldal", "granlia"):
        assert kari.url.endswith(f"/leaders/{town}/"), kari.url
        lead(kari, town)
    assert kari.url.endswith("/fields/")
    kari.send()
    assert kari.url.endswith("/groups/")
    with acting_for(everything()):
        health, *rest = Field.objects.order_by("pk")
    off: dict[str, object] = {f"on_{field.pk}": None for field in rest}
    kari.send(**off, **{f"field_{health.pk}_name": "Frida Fag", f"field_{health.pk}_email": "frida@fjelldal.example"})
    assert kari.url.endswith("/bodies/")
    kari.send()
    assert kari.url.endswith("/seats/")
    with acting_for(everything()):
        chair = Person.objects.get(email="direktor@fjelldal.example").pk
        deputy = Person.objects.get(email="direktor@granlia.example").pk
        admin = Person.objects.get(email="kari@samrad.example").pk
    kari.send(
        council_chair_person=chair, council_deputy_person=deputy, secretariat_lead_person=admin,
        portfolio_manager_person=admin,
    )  # fmt: skip
    assert kari.url.endswith("/rules/")
    kari.send()
    assert kari.url == f"{house}#done"


def lead(kari: Walker, town: str) -> None:
    with acting_for(everything()):
        sectors = list(Unit.objects.filter(owner__slug=town).order_by("pk"))
    named: dict[str, object] = {}
    for unit, who in zip(sectors, ("Siri", "Olav", "Tone", "Dag"), strict=True):
        named |= {f"head_{unit.pk}_name": f"{who} Leder", f"head_{unit.pk}_email": f"{who.lower()}@{town}.example"}
    named |= {"chief_executive_name": "Dina Direktør", "chief_executive_email": f"direktor@{town}.example"}
    named |= {"records_manager_name": "Arne Arkiv", "records_manager_email": f"arkiv@{town}.example"}
    kari.send(**named)


def way_in(kari: Walker, email: str) -> Walker:
    """The administrator makes a link on the person's page and hands it over."""
    with acting_for(everything()):
        person = Person.objects.get(email=email)
    kari.go(f"/organisation/admin/people/{person.pk}/")
    kari.send(f"/people/{person.pk}/link/")
    found = re.search(r'value="http://[^/]+(/organisation/link/[^"]+)"', kari.text)
    assert found
    return signed_in(found[1])


def report_a_need(kari: Walker) -> None:
    with acting_for(everything()):
        fjelldal = Entity.objects.get(slug="fjelldal")
        field = Field.objects.exclude(uses_expert_group=True).order_by("pk")[0]
        sector = Unit.objects.get(owner=fjelldal, name=field.name)
    people = "Navn;E-post;Sektor;Rolle\nAnne Berg;anne@fjelldal.example;Oppvekst;\nUten adresse;;Oppvekst;\n"
    kari.go("/organisation/admin/people/import/")
    kari.send(entity=fjelldal.pk, file=SimpleUploadedFile("ansatte.csv", people.encode()))
    kari.send()
    assert "har ingen e-postadresse" in kari.text
    kari.send(way_in="none")
    assert "Ingen nye kan logge inn" in kari.text
    anne = way_in(kari, "anne@fjelldal.example")
    with acting_for(everything()):
        me = Person.objects.get(email="anne@fjelldal.example").pk
        head = Person.objects.get(email="olav@fjelldal.example").pk
    need = int(anne.client.post("/initiatives/start/")["Location"].split("/")[2])
    for step, values in (
        (1, {"title": "Digital foreldrekontakt", "problem": "Papir.", "if_nothing": "Mer papir.", "affected": "Foreldre",
             "field": field.pk, "owning_sector": sector.pk, "classification": "development"}),
        (2, {"goal": "Mer tid til barna"}),
        (4, {"benefits-0-title": "Mindre papir", "benefits-0-kind": "saved_time", "benefits-0-hours_a_year": "200"}),
        (5, {"one_off_kr": "150 000", "annual_kr": "20 000", "funding": "new"}),
        (6, {"need_owner": head, "lead": me}),
        (9, {"question": "Skal vi kjøpe det?"}),
    ):  # fmt: skip
        anne.go(f"/initiatives/{need}/step/{step}/")
        anne.send(f"/step/{step}/", go="next", **values)
    anne.go(f"/anchoring/{need}/send/")
    anne.send(f"/anchoring/{need}/send/")
    olav = way_in(kari, "olav@fjelldal.example")
    waiting = re.search(r"/anchoring/requests/\d+/answer/", olav.go("/overview/"))
    assert waiting, "the head of sector is asked"
    olav.go(waiting[0])
    olav.send(waiting[0], answer="recommended", text="Ja.")
    anne.go(f"/anchoring/{need}/submit/")
    anne.send(f"/anchoring/{need}/submit/")
    with acting_for(everything()):
        assert Initiative.objects.get(pk=need).stage == Initiative.Stage.SUBMITTED


def test_a_municipality_alone_leaves_and_goes_on_and_changes_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "organisation", "add", "fjelldal", "--name", "Fjelldal kommune")
    kari = first_administrator(capsys, "fjelldal")
    kari.go("/overview/set-up/")
    assert "Hvilke kommuner" not in kari.text
    kari.go("/overview/set-up/fjelldal/sectors/")
    with acting_for(everything()):
        town = Entity.objects.get().pk
    kari.send(**{f"town_{town}": ""}, status=400)
    assert "Skriv minst én sektor." in kari.text
    kari.send(**{f"town_{town}": "Oppvekst\n\n  Helse  \nOppvekst\n"})
    assert kari.url.endswith("/leaders/fjelldal/")
    kari.go("/overview/set-up/")
    assert "Gå videre" in kari.text and 'href="/overview/set-up/fjelldal/leaders/fjelldal/"' in kari.text
    kari.go("/overview/set-up/fjelldal/leaders/fjelldal/")
    kari.send(chief_executive_name="Dina Direktør", status=400)
    assert "Skriv e-postadressen også" in kari.text and "Dina Direktør" in kari.text
    kari.send(chief_executive_name="Dina", chief_executive_email="dina@fjelldal.example")
    kari.go("/overview/set-up/fjelldal/leaders/fjelldal/")
    with acting_for(everything()):
        dina, me = Person.objects.get(name="Dina").pk, Person.objects.get(email="kari@samrad.example").pk
    assert f'value="{dina}" selected' in kari.text
    kari.send(chief_executive_person=me)
    with acting_for(everything()):
        assert [r.person_id for r in RoleAssignment.objects.filter(role="chief_executive")] == [me]
    kari.go("/overview/set-up/fjelldal/fields/")
    kari.send(kostra_helse="24x", status=400)
    assert "tre sifre" in kari.text and 'value="24x"' in kari.text
    kari.go("/overview/set-up/fjelldal/fields/")
    kari.send(own_1="Brann og beredskap", own_1_kostra="338, 339")
    kari.go("/overview/set-up/fjelldal/bodies/")
    kari.send(notice_days="10")
    kari.go("/overview/set-up/fjelldal/bodies/")
    kari.send(council="Rådet for digitalisering")
    with acting_for(everything()):
        assert Field.objects.get(name="Brann og beredskap").kostra_functions == ["338", "339"]
        council = Body.objects.get(kind="council")
        assert council.name == "Rådet for digitalisering" and council.mandates.get().notice_days == 10
    kari.go("/overview/set-up/fjelldal/rules/")
    kari.send(small_kr="2 000 000", status=400)
    kari.send(small_kr="50 000")
    kari.go("/overview/set-up/fjelldal/rules/")
    assert 'value="50 000"' in kari.text.replace("\xa0", " ")
    kari.send(small_kr="60 000")
    with acting_for(everything()):
        assert SizeClass.objects.get(code="small", valid_to=None).below_kr == 60_000


def test_only_the_administrator_of_the_house_sees_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    says(capsys, "organisation", "add", "fjelldal", "--name", "Fjelldal kommune", "--council")
    says(capsys, "organisation", "add", "granlia", "--name", "Granlia kommune", "--council")
    kari = first_administrator(capsys, "fjelldal")
    told = says(capsys, "person", "add", "--organisation", "granlia", "--name", "Per", "--email", "per@granlia.example")
    per = signed_in(re.findall(r"/organisation/link/\S+", told)[0])
    for page in ("", "fjelldal/", "fjelldal/sectors/", "fjelldal/leaders/fjelldal/", "fjelldal/bodies/"):
        assert kari.client.get(f"/overview/set-up/{page}", follow=True).status_code == 200
        assert per.client.get(f"/overview/set-up/{page}").status_code == 403
    assert per.client.post("/overview/set-up/fjelldal/links/").status_code == 403
    for page in (
        "granlia/",
        "granlia/sectors/",
        "fjelldal/members/",
        "fjelldal/leaders/granlia/",
        "fjelldal/nonsense/",
    ):
        assert kari.client.get(f"/overview/set-up/{page}").status_code == 404, page
    kari.go("/overview/set-up/fjelldal/leaders/fjelldal/")
    with acting_for(everything()):
        stranger = Person.objects.get(email="per@granlia.example").pk
    kari.send(chief_executive_person=stranger, status=400)
