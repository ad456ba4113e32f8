"""The whole demo region behind a server, made once: every page kind has someone who may open it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import BrowserContext
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from samrad.core.acting import acting_for
from samrad.documents.actions import attach_file
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import actor_of, system_actor
from samrad.organisation.models import Entity, Person
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Portfolio
from tests.portfolio.kommit_book import filled_in

T = TypeVar("T")
OURS = (
    "Nr;Prosjekttittel;Pris i mnok;Når starter det\nA-1;Første;1,5;31.12.2026\nA-2;Andre;TBC;tull\n;Uten;1;1.1.2027\n"
)


@dataclass
class Region:
    """The demo region, its server, and a browser for each of its people."""

    url: str
    clients: dict[str, Client] = field(default_factory=dict)
    link: str = ""

    def look(self, get: Callable[[], T]) -> T:
        """Look something up as one who sees every house."""
        with acting_for(list(Entity.objects.values_list("pk", flat=True))):
            return get()

    def person(self, key: str) -> Person:
        """One of the region's people, by the first part of the e-mail address."""
        return self.look(lambda: Person.objects.select_related("account").get(email=f"{key}@demo.example"))

    def client(self, key: str) -> Client:
        """A client where that person is signed in; nobody is, for an empty key."""
        if key not in self.clients:
            self.clients[key] = Client()
            account = self.person(key).account if key else None
            if account is not None:
                self.clients[key].force_login(account)
        return self.clients[key]

    def sign_in(self, context: BrowserContext, key: str) -> None:
        """Let a browser be that person, or nobody."""
        context.clear_cookies()
        client = self.client(key)
        if key:
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": self.url}])

    def upload(self, portfolio: int, content: bytes, name: str) -> str:
        """Upload a spreadsheet as the portfolio manager; the address of its columns."""
        address = f"/portfolio/{portfolio}/import/"
        answer = self.client("portefolje").post(address, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]


def _stranger(now: datetime) -> None:
    """Someone from a municipality outside the cooperation."""
    other = organisation.add_entity(
        by=system_actor(0, on=now.date()), at=now, slug="annen", name="Annen kommune", kind="municipality"
    )
    with acting_for([other.pk]):
        by = system_actor(other.pk, on=now.date())
        organisation.add_person(
            by=by,
            at=now,
            owner=other,
            shared_with=None,
            name="Stian Stranger",
            email="stranger@demo.example",
            password="en lang og god setning",
        )


def _second_portfolio(region: Region, now: datetime) -> None:
    """A second portfolio, with real projects in it, a frozen report, and one import that waits to be looked over."""
    manager = region.person("portefolje")
    with acting_for([manager.owner_id]):
        by = system_actor(manager.owner_id, on=now.date())
        made = create_portfolio(by=by, at=now, owner=manager.owner, name="Store prosjekter", manager=manager)
    client = region.client("portefolje")
    priced = {"c2_target": "budget", "c2_unit": "1000000", "c2_price_base": "2026-kroner", "c3_target": "start_date"}
    # Last year's list and this year's, so that the second says what has changed.
    for year, text in (("2025", OURS.replace("1,5", "1,2")), ("2026", OURS)):
        columns = region.upload(made.pk, text.encode(), f"porteføljen_vår_{year}.csv")
        for address, said in ((columns, priced), (columns.replace("columns", "preview"), {})):
            form = client.get(address).context["form"]
            values = {n: form[n].value() for n in form.fields if form[n].value() is not None}
            assert client.post(address, {**values, **said}).status_code == 302
    assert client.post(f"/portfolio/{made.pk}/report/").status_code == 302
    region.upload(made.pk, OURS.encode("cp1252"), "prosjektliste.csv")


STEPS = (
    "Prosjekt;Milepæl;Type;Dato;Nådd\nA-1;Anskaffet;milepæl;1.3.2027;\nP-9;Ukjent;;1.1.2027;\nA-1;Tatt i bruk;;snart;\n"
)


def _rows(region: Region) -> None:
    """Milestones brought in and some that wait, and a workbook from KommIT brought in with its stakeholders."""
    client = region.client("portefolje")
    home = region.look(lambda: Portfolio.objects.get(name="Store prosjekter")).pk
    files = [("milestones", STEPS.encode(), "milepæler.csv", True), ("kommit", filled_in(), "gevinst.xlsx", True)]
    for kind, content, name, whole in [*files, ("milestones", STEPS.encode(), "flere milepæler.csv", False)]:
        values = {"kind": kind, "file": SimpleUploadedFile(name, content)}
        address = client.post(f"/portfolio/{home}/rows/", values)["Location"]
        steps = [address, address.replace("columns", "preview")] if kind == "milestones" else [address]
        for step in steps if whole else []:
            form = client.get(step).context["form"]
            values = {n: form[n].value() for n in form.fields if form[n].value() is not None}
            assert client.post(step, values).status_code == 302
    ours = region.look(lambda: Portfolio.objects.exclude(pk=home).order_by("pk")[0]).pk
    values = {"kind": "kommit", "file": SimpleUploadedFile("gevinst.xlsx", filled_in())}
    assert client.post(f"/portfolio/{ours}/rows/", values).status_code == 302


PEOPLE = (
    "Navn;E-post;Stilling;Sektor;Enhet;Rolle\nAnne Berg;anne@fjelldal.example;Rådgiver;Oppvekst;Skolekontoret;\n"
    "Bo Vik;bo@fjelldal.example;Arkivar;;;Arkivleder og trollmann\nUten adresse;;;;;\n"
)


def _lists_of_people(region: Region) -> None:
    """One list of people that is brought in, and one that waits to be looked over."""
    client = region.client("administrator")
    house = region.look(lambda: Entity.objects.get(slug="fjelldal")).pk
    for name in ("ansatte.csv", "flere.csv"):
        values = {"entity": house, "file": SimpleUploadedFile(name, PEOPLE.encode())}
        answer = client.post("/organisation/admin/people/import/", values)
        assert answer.status_code == 302, answer.content.decode()
        if name == "ansatte.csv":
            preview = answer["Location"].replace("columns", "preview")
            assert client.post(preview, {"version": 1, "way_in": "none"}).status_code == 302


REGISTER = "Navn;Systemeier;Utløp;Årlig kostnad\nSkjemaboka;Ingen Kjent;31.12.2027;45 000\nKartskapet;;snart;\n;;;\n"


def _register(region: Region) -> None:
    """One spreadsheet of systems that is brought in, and one that waits to be looked over."""
    client = region.client("fjelldal-ansatt-organisasjon")
    owner = region.person("fjelldal-ansatt-organisasjon").owner_id
    for name in ("systemer.csv", "flere systemer.csv"):
        upload = SimpleUploadedFile(name, REGISTER.encode())
        columns = client.post("/systems/import/", {"file": upload, "owner": owner, "shared": "on"})["Location"]
        if name == "systemer.csv":
            for address in (columns, columns.replace("columns", "preview")):
                form = client.get(address).context["form"]
                values = {n: form[n].value() for n in form.fields if form[n].value() is not None}
                assert client.post(address, values).status_code == 302


def _shared_with_others(region: Region) -> None:
    """One initiative that other cooperations can find and reuse."""
    shared = region.look(lambda: Initiative.objects.get(title="Digital trygghetsalarm og responssenter"))
    answer = region.client("fjelldal-leder-helse").post(f"/initiatives/{shared.pk}/reuse/", {"result": "Det virker."})
    assert answer.status_code == 302


def _one_time_link(region: Region) -> str:
    """What stands last in the address that the administrator gives to someone who has no password."""
    person = region.person("skarholt-ansatt-helse").pk
    page = region.client("administrator").post(f"/organisation/admin/people/{person}/link/", follow=True)
    found = re.search(r"/organisation/link/([^/\s\"<]+)/", page.content.decode())
    assert found, "the page shows no link"
    return found[1]


def _attachment(region: Region, now: datetime) -> None:
    """A file that belongs to a draft."""
    author = region.person("fossmark-ansatt-organisasjon")
    by = actor_of(author.pk, author.owner_id, on=now.date())
    with acting_for(by.entities):
        need = Initiative.objects.get(title="Orden i eget hus: færre systemer")
        upload = SimpleUploadedFile("avtaler.txt", b"Vi har 140 systemer.", "text/plain")
        attach_file(by=by, at=now, house=need, initiative_id=need.pk, upload=upload)


@contextmanager
def demo_region(server: LiveServer, blocker: DjangoDbBlocker) -> Iterator[Region]:
    """The region while the tests last; the database is emptied afterwards, by its owner."""
    from samrad.config.demo import build

    now = timezone.now()
    with blocker.unblock(), override_settings(DEMO=True):
        try:
            build(say=lambda line: None)
            region = Region(server.url)
            _stranger(now)
            _second_portfolio(region, now)
            _rows(region)
            _register(region)
            _shared_with_others(region)
            _attachment(region, now)
            _lists_of_people(region)
            region.link = _one_time_link(region)
            yield region
        finally:
            call_command("flush", verbosity=0, interactive=False, database="owner", inhibit_post_migrate=False)
            connections.close_all()  # they belong to the browser's loop: nobody else would find them
