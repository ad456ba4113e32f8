"""S8, S30 and S35: what others have done before, the system register, and what vendors tell in confidence."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samrad.core.models import house_of
from samrad.initiatives.models import CopyMark, Initiative
from samrad.organisation.models import Notification
from samrad.systems.models import System, Terms
from samrad.systems.tasks import sweep
from tests.initiatives.form import send
from tests.krav.region import ALARM, MEDICINE, ORDER, ROUTES, STRANGER, Region, text_of

krav = pytest.mark.krav
KEEPER = "fjelldal-ansatt-organisasjon"  # keeps Fjelldal's register
AUTHOR = "fossmark-ansatt-organisasjon"


def system_of(region: Region, name: str) -> System:
    return region.find(lambda: System.objects.select_related("terms", "owner").get(name=name))


def share_with_all(region: Region, title: str) -> int:
    """Let others reuse an initiative; its id."""
    need = region.need(title)
    shared = region.client("sekretariat").post(f"/initiatives/{need.pk}/reuse/", {"result": "Det virker fint."})
    assert shared.status_code == 302
    return need.pk


@krav(
    "S8.AK1",
    guards=["samrad.initiatives.queries.alike", "samrad.core.rowsecurity"],
)
def test_before_sending_one_sees_what_others_have_done_and_which_systems_there_are(region: Region) -> None:
    need = region.need(ORDER)
    review, url = f"/initiatives/{need.pk}/review/", f"/initiatives/{need.pk}/alike/"
    assert f'href="{url}"' in region.page(AUTHOR, review)  # by a link where there is no JavaScript
    assert f'hx-get="{url}"' in region.page(AUTHOR, f"/initiatives/{need.pk}/step/1/")  # and while one writes
    author = region.client(AUTHOR)
    for typed in ("medisindispenser", "elektroniske medisindispensarar i heimetenesta", "medisindispensr"):
        page = text_of(author.get(url, {"title": typed}))
        assert MEDICINE in page and "Medi-Tid" in page, typed
        part = text_of(author.get(url, {"title": typed}, headers={"HX-Request": "true"}))
        assert MEDICINE in part and "<html" not in part
    card = page[page.index(MEDICINE) :]
    assert "Engangskostnad" in card and " kr" in card and "Fjelldal kommune" in card  # cost, and whose it is
    assert author.post(f"/initiatives/{need.pk}/copy/").status_code == 403  # a draft is not yet there to be copied
    for key in ("fossmark-ansatt-helse", STRANGER):
        assert region.status(key, url) == 404
    # What another cooperation does is found only when it lets others reuse it.
    assert region.client(STRANGER).post("/initiatives/start/").status_code == 302
    theirs = region.find(lambda: Initiative.objects.get(owner__slug="utenby"))
    there = f"/initiatives/{theirs.pk}/alike/?title=tryggleiksalarm"
    assert ALARM not in region.page(STRANGER, there)
    share_with_all(region, ALARM)
    assert ALARM in region.page(STRANGER, there) and "Det virker fint." in region.page(STRANGER, there)


@krav("S8.AK2", guards=["samrad.initiatives.policy.can_copy", "samrad.initiatives.policy.can_mark_reusable"])
def test_what_others_can_reuse_is_copied_with_its_source(region: Region) -> None:
    alarm = region.need(ALARM)
    marking = f"/initiatives/{alarm.pk}/reuse/"
    assert region.client("granlia-ansatt-oppvekst").post(marking, {"result": ""}).status_code == 403
    copying = f"/initiatives/{alarm.pk}/copy/"
    assert region.client(STRANGER).post(copying).status_code == 404  # not shared with them
    share_with_all(region, ALARM)
    for key in (STRANGER, AUTHOR):
        made = region.client(key).post(copying)
        assert made.status_code == 302
        mark = region.find(lambda: CopyMark.objects.select_related("initiative").order_by("-pk")[0])
        page = region.page(key, f"/overview/initiatives/{mark.initiative_id}/")
        assert "Bygger på" in page and ALARM in page and mark.source_house in page, key
        assert mark.initiative.one_off_kr is None  # figures are one's own to find
    link = f'href="/initiatives/{alarm.pk}/"'
    assert link in region.page(AUTHOR, f"/initiatives/{mark.initiative_id}/review/")
    copied = region.find(lambda: Initiative.objects.get(pk=mark.initiative_id))
    assert copied.answers["problem"] == alarm.answers["problem"] and copied.created_by_id == region.person(AUTHOR).pk
    # One who sees only the title cannot copy the texts; an elected representative cannot begin a need at all.
    assert region.client("folkevalgt").post(copying).status_code == 403
    waiting = region.need("SvarUt for alle fagsystem")
    assert region.client("fjelldal-ansatt-helse").post(f"/initiatives/{waiting.pk}/copy/").status_code == 403


@krav("S30.AK1", guards="samrad.systems.queries.similar")
def test_the_form_asks_whether_it_exists_already_and_links_the_system(region: Region) -> None:
    need, system = region.need(ORDER), system_of(region, "Medi-Tid")
    author, url = region.client(AUTHOR), f"/initiatives/{need.pk}/systems/"
    send(author, need.pk, 1, title="Medisindispensarar heime hos brukarane")
    page = text_of(author.get(url))
    assert "Finnes dette allerede?" in page and f'href="/systems/{system.pk}/"' in page
    assert author.post(url, {"kind": "replaces", "system": system.pk}).status_code == 302
    assert author.post(url, {"kind": "introduces", "new_name": "Pillepass"}).status_code == 302
    refused = author.post(url, {"kind": "replaces", "new_name": "Noe annet"})
    assert refused.status_code == 400 and "Bare et system som innføres" in text_of(refused)
    story = region.page(AUTHOR, region.story("Medisindispensarar heime hos brukarane"))
    assert "Erstatter:" in story and "Medi-Tid" in story and "Pillepass" in story
    # The system tells of the initiative to those who see it: this is a draft, so to its author alone.
    assert need.reference in region.page(AUTHOR, f"/systems/{system.pk}/")
    assert need.reference not in region.page(KEEPER, f"/systems/{system.pk}/")
    # So does the list, in a column one chooses, and the spreadsheet.
    listed = "/systems/?q=Medi-Tid&col=initiatives&col=shared&col=rto_hours&col=tull"
    page = region.page(AUTHOR, listed)
    assert need.reference in page and "Vises i" in page and "Lengste" in page
    assert need.reference not in region.page(KEEPER, listed) and need.reference not in region.page(AUTHOR, "/systems/")
    assert f"/systems/{system.pk}/" not in region.page(STRANGER, listed)
    for key, seen in ((AUTHOR, True), (KEEPER, False)):
        content = region.client(key).get("/systems/register.xlsx?q=Medi-Tid").content
        head, row, *_more = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
        cells = dict(zip(head, row, strict=True))
        assert (need.reference in str(cells["Tiltak"])) is seen and cells["Vises i"]
        assert {"Neste vurdering av personvernkonsekvenser", "Universell utforming"} <= set(cells)
    for key, status in (("fossmark-ansatt-helse", 404), (STRANGER, 404)):
        assert region.client(key).post(url, {"kind": "changes", "system": system.pk}).status_code == status


@krav(
    "S30.AK3",
    guards=["samrad.systems.queries.ending", "samrad.core.rowsecurity"],
)
def test_contracts_that_run_out_are_listed_and_told_of_once_and_become_a_need(region: Region) -> None:
    page = region.page(KEEPER, "/systems/ending/")
    heads = [page.index("Har gått ut"), page.index("Innen 12 måneder"), page.index("Innen 18 måneder")]
    places = [page.index(name) for name in ("Lekekassa", "Medi-Tid", "Trygg hjemme")]
    assert heads[0] < places[0] < heads[1] < places[1] < heads[2] < places[2]
    assert page.count("Meld inn behov") >= 3
    button = f'action="/initiatives/start/system/{system_of(region, "Medi-Tid").pk}/"'
    assert button in page and button in region.page(KEEPER, f"/systems/{system_of(region, 'Medi-Tid').pk}/")
    assert "Målerboka" not in page and "Byggstein" not in page
    neighbour = region.page("granlia-ansatt-helse", "/systems/ending/")
    assert "Medi-Tid" not in neighbour and "Rute 24" in neighbour and "Fjellpasient" in neighbour
    assert "Medi-Tid" not in region.page(STRANGER, "/systems/ending/")
    assert region.status("folkevalgt", "/systems/ending/") == 403
    system, head = system_of(region, "Trygg hjemme"), region.person("fjelldal-leder-helse")
    now = timezone.now()

    def told() -> int:
        return region.find(
            lambda: Notification.objects.filter(
                kind="systems.ending", person=head, subject__contains=system.name
            ).count()
        )

    for moment, times in ((now, 1), (now, 1), (now + timedelta(days=120), 2), (now + timedelta(days=121), 2)):
        sweep(moment)
        assert told() == times, moment
    assert "Avtalen for Trygg hjemme går ut om 12" in region.page(
        "fjelldal-leder-helse", "/organisation/notifications/"
    )
    made = region.client("fjelldal-ansatt-helse").post(f"/initiatives/start/system/{system.pk}/", follow=True)
    need = region.find(lambda: Initiative.objects.order_by("-pk")[0])
    assert made.status_code == 200 and need.title.startswith("Trygg hjemme:")
    assert "Trygg hjemme" in region.page("fjelldal-ansatt-helse", f"/initiatives/{need.pk}/systems/")
    assert region.client(STRANGER).post(f"/initiatives/start/system/{system.pk}/").status_code == 404


FORMULA = '=HYPERLINK("x")'
SHEET = (
    "Systemer i Fjelldal;;;;;\n"
    "Nr;Systemnavn;Systemeier;Avtalen går ut;Årlig kostnad (i 1000 kr);Kritikalitet\n"
    "1;Skjemaboka;{head};31.12.2027;45,5;Høy\n"
    "2;Medi-Tid;Finnes Ikke;snart;;2\n"
    "3;=HYPERLINK(\"x\");;;;Vet ikke\n"
    ";;;;;\n"
    "4;;;;;\n"
    "5;skjemaboka;;;;\n"
)  # fmt: skip


@krav("S30.AK4", guards=["samrad.systems.policy.can_import", "samrad.systems.reading._refused"])
def test_the_spreadsheet_one_has_comes_in_row_by_row_and_twice_is_once(region: Region) -> None:
    head = region.person("fjelldal-leder-helse")
    owner = region.world.towns["fjelldal"].pk
    client = region.client(KEEPER)

    def bring_in() -> str:
        upload = SimpleUploadedFile("systemer.csv", SHEET.format(head=head.name).encode("cp1252"))
        sent = client.post("/systems/import/", {"file": upload, "owner": owner, "shared": "on"})
        columns = sent["Location"]
        form = client.get(columns).context["form"]
        proposed = {n: form[n].value() for n in form.fields if form[n].value() is not None}
        assert [proposed[f"c{n}"] for n in range(6)] == [
            "source_id", "name", "system_owner", "end_date", "annual_kr", "criticality",
        ]  # fmt: skip
        corrected = client.post(columns, proposed, follow=True)
        looked = text_of(corrected)
        assert "Ingenting er endret ennå." in looked
        assert not region.find(lambda: System.objects.filter(name="Skjemaboka").exists()) or "Uendret" in looked
        version = corrected.context["form"]["version"].value()
        return text_of(client.post(columns.replace("columns", "preview"), {"version": version}, follow=True))

    def counts(page: str) -> list[str]:
        return re.findall(r"<dd>(\d+)</dd>", page[page.index("big-figures") :])[:6]

    first = bring_in()
    assert counts(first) == ["5", "2", "1", "0", "2", "3"]  # rows, new, changed, unchanged, refused, unknown
    assert "har ikke navn" in first and "har samme navn som en tidligere rad" in first
    assert "snart" in first and "ingen med det navnet jobber her" in first and "er ikke et av valgene" in first
    made = system_of(region, "Skjemaboka")
    assert made.system_owner_id == head.pk and made.criticality == 3 and made.terms.annual_kr == 45_500
    # Medi-Tid has an end and an owner already: what cannot be read changes neither, and the report says so.
    assert system_of(region, "Medi-Tid").terms.end_date is not None
    assert "Vet ikke" in region.page(KEEPER, f"/systems/{system_of(region, FORMULA).pk}/")
    assert counts(bring_in())[1:4] == ["0", "0", "3"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/systems/register.xlsx").content))
    cells = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}
    assert cells[FORMULA] == "s"  # text, never a formula
    assert b"'=HYPERLINK" in client.get("/systems/register.csv").content
    for key, status in (("fjelldal-ansatt-helse", 403), (STRANGER, 403)):
        upload = SimpleUploadedFile("systemer.csv", SHEET.encode())
        answer = region.client(key).post("/systems/import/", {"file": upload, "owner": owner})
        assert answer.status_code == status


@krav("S35.AK2", guards=["samrad.systems.queries.terms_visible_to", "samrad.core.rowsecurity"])
def test_what_a_vendor_asks_is_seen_by_the_owners_employees_alone(region: Region) -> None:
    system = system_of(region, "Medi-Tid")
    page, price = f"/systems/{system.pk}/", "420 000 kr"
    assert price in region.page("fjelldal-ansatt-oppvekst", page)
    everywhere = [page, "/systems/", "/systems/register.csv", "/systems/ending/"]

    def seen(key: str) -> list[str]:
        return [url for url in everywhere if any(p in region.page(key, url) for p in (price, "420000"))]

    assert len(seen("fjelldal-ansatt-oppvekst")) == 4
    assert "Bare ansatte hos eieren ser avtale og priser." in region.page("granlia-ansatt-helse", page)
    assert seen("granlia-ansatt-helse") == []  # sees the system, but not what it costs
    assert "Medi-Tid" in region.page("granlia-ansatt-helse", page)
    assert price not in region.page("folkevalgt", page)
    assert region.status(STRANGER, page) == 404
    public = Client()
    for url in everywhere:
        assert public.get(url).status_code == 302
    opened = text_of(public.get("/overview/open/", follow=True))
    assert "Medi-Tid" not in opened and "Pilleboks" not in opened
    # Shared only when the owner says so, and then with the cooperation, never with the public.
    client = region.client(KEEPER)
    form = client.get(f"{page}change/").context["form"]
    assert form["terms_shared"].value() is False
    values = {n: "" if (v := form[n].value()) is None else form[n].field.prepare_value(v) for n in form.fields}
    values = {n: v for n, v in values.items() if v is not False} | {"terms_shared": "on"}
    values |= {n: f"{form[n].value():%d.%m.%Y}" for n in ("start_date", "end_date")}
    assert region.client("granlia-ansatt-helse").post(f"{page}change/", values).status_code == 403
    assert client.post(f"{page}change/", values).status_code == 302
    assert price in region.page("granlia-ansatt-helse", page)
    assert region.find(lambda: Terms.objects.get(system=system).shared_with_id) is not None
    assert public.get(page).status_code == 302 and region.status(STRANGER, page) == 404


@krav("S8.AK2", guards=["samrad.overview.opened.sources_of"])
def test_the_public_sees_what_a_need_is_built_on_where_that_is_open_itself(region: Region) -> None:
    def built(title: str, source: Initiative) -> None:
        need = region.need(title)
        told = {"source_title": source.title, "source_house": "Et sted", "source_reference": source.reference}
        who = {"copied_at": timezone.now(), "copied_by": region.person(AUTHOR)}
        region.find(
            lambda: CopyMark.objects.create(**house_of(need), initiative=need, source_id=source.pk, **told, **who)
        )

    alarm, draft = region.need(ALARM), region.need(ORDER)
    built(MEDICINE, alarm)
    built(ROUTES, draft)
    house = f"/overview/open/{region.world.region.slug}/"
    page = text_of(Client().get(f"{house}{region.need(MEDICINE).pk}/"))
    assert "Bygger på" in page and f'href="{house}{alarm.pk}/"' in page and ALARM in page
    assert region.person(AUTHOR).name not in page
    page = text_of(Client().get(f"{house}{region.need(ROUTES).pk}/"))
    assert ROUTES in page and "Bygger på" not in page and ORDER not in page and draft.reference not in page
