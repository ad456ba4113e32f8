"""The demo region with some of its initiatives, made once by the demo's own actions, and a stranger beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any, TypeVar

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from samrad.anchoring.models import Request
from samrad.archive.actions import set_up_archive
from samrad.archive.models import Filing
from samrad.cases.models import Case, Decision
from samrad.config import demo
from samrad.config.demo_data import TILTAK
from samrad.config.demo_way import walk
from samrad.core.acting import acting_for
from samrad.council.models import Meeting
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import Actor, system_actor
from samrad.organisation.models import Entity, Person
from samrad.portfolio.models import Portfolio, Project

# What the tests need of the demo: how far each has come is in its name there.
MEDICINE = "Elektronisk medisindispenser i hjemmetjenesten"  # Fjelldal: a project that has reported
ALARM = "Digital trygghetsalarm og responssenter"  # all six municipalities, with differing answers
ROUTES = "Ruteplan for hjemmetjenesten"  # Skarholt: a project that has never reported
LIST = "Pasientens legemiddelliste"  # Skarholt: ready for a meeting
SPEECH = "Tale til tekst i journalnotat"  # Fjelldal: in preparation
NIGHT = "Digitalt vaktrom for små kommuner"  # Fossmark, all six: waits for the chief executives
CONSENT = "Digitalt samtykke i skole og barnehage"  # Bekkjarvoll: sent in
GUIDE = "Digital veileder for byggesaker"  # Sundneset: rejected
MAIL = "SvarUt for alle fagsystem"  # Fjelldal: waits for the head of sector
ORDER = "Orden i eget hus: færre systemer"  # Fossmark: a draft with everything filled in
TITLES = {MEDICINE, ALARM, ROUTES, LIST, SPEECH, NIGHT, CONSENT, GUIDE, MAIL, ORDER}
STRANGER = "fremmed"
T = TypeVar("T")


@dataclass
class Region:
    """The demo's world, and ways to look into it."""

    world: demo.World

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look something up as nobody could: with access to every entity."""
        with acting_for(Entity.objects.values_list("pk", flat=True)):
            yield

    def find(self, get: Callable[[], T]) -> T:
        with self.looking():
            return get()

    def client(self, key: str) -> Client:
        """A browser where one of the demo's people is signed in."""
        account = self.find(lambda: Person.objects.select_related("account").get(email=f"{key}@demo.example").account)
        assert account is not None
        client = Client()
        client.force_login(account)
        session = client.session
        session["language"] = "nb"  # two of the towns write nynorsk
        session.save()
        return client

    def page(self, key: str, url: str) -> str:
        """What one of the demo's people reads there."""
        answer = self.client(key).get(url, follow=True)
        assert answer.status_code == 200, (key, url, answer.status_code)
        return text_of(answer)

    def status(self, key: str, url: str) -> int:
        return int(self.client(key).get(url).status_code)

    def person(self, key: str) -> Person:
        return self.world.people[key]

    def actor(self, key: str) -> Actor:
        return self.world.actor(key)

    def do(self, key: str, act: Callable[..., Any], **values: Any) -> Any:
        """Let one of the demo's people act outside the pages, with no more access than they have."""
        by = self.actor(key)
        with acting_for(by.entities):
            return act(by=by, at=timezone.now(), **values)

    def set_up(self, house: Entity, act: Callable[..., Any], **values: Any) -> Any:
        """What is set up for an entity."""
        by = system_actor(house.pk, on=timezone.localdate())
        with acting_for(by.entities):
            return act(by=by, at=timezone.now(), **values)

    def file_to(self, slug: str, folder: object) -> None:
        """Let a municipality file to a folder."""
        owner = self.world.towns[slug]
        self.set_up(owner, set_up_archive, owner=owner, backend="folder", folder=str(folder))

    def need(self, title: str) -> Initiative:
        return self.find(lambda: Initiative.objects.get(title=title))

    def story(self, title: str) -> str:
        """The address of an initiative's whole story."""
        return f"/overview/initiatives/{self.need(title).pk}/"

    def case(self, title: str) -> Case:
        return self.find(lambda: Case.objects.get(initiative__title=title, kind="submission"))

    def asked(self, title: str, kind: str) -> Request:
        """The question that waits for an answer."""
        return self.find(
            lambda: Request.objects.select_related("asked_person").get(
                initiative__title=title, kind=kind, answer="", withdrawn_at__isnull=True
            )
        )

    def decisions(self, title: str) -> dict[str, Decision]:
        rows = Decision.objects.filter(case__initiative__title=title).select_related("municipality")
        return self.find(lambda: {d.municipality.slug: d for d in rows})

    def filings(self, title: str, **values: Any) -> list[Filing]:
        rows = Filing.objects.filter(initiative__title=title, **values).order_by("pk")
        return self.find(lambda: list(rows))

    def meeting(self, title: str) -> Meeting:
        return self.find(lambda: Meeting.objects.get(items__case__initiative__title=title))

    def portfolio(self) -> Portfolio:
        return self.find(lambda: Portfolio.objects.get())

    def project(self, title: str) -> Project:
        return self.find(lambda: Project.objects.get(initiative__title=title))

    # The steps of a need, through the pages.

    def answer(self, key: str, title: str, kind: str, answer: str = "recommended", text: str = "") -> HttpResponse:
        asked = self.asked(title, kind)
        values = {"version": asked.version, "answer": answer, "text": text}
        return self.client(key).post(f"/anchoring/requests/{asked.pk}/answer/", values)

    def submit(self, key: str, title: str) -> HttpResponse:
        need = self.need(title)
        return self.client(key).post(f"/anchoring/{need.pk}/submit/", {"version": need.version})

    def endorse_and_submit(self, title: str = MAIL, owner: str = "fjelldal", sector: str = "organisasjon") -> None:
        assert self.answer(f"{owner}-leder-{sector}", title, "endorsement").status_code == 302
        assert self.submit(f"{owner}-ansatt-{sector}", title).status_code == 302

    def answer_finance(self, case: Case, key: str = "sekretariat") -> None:
        """The secretariat says of each municipality that takes part why finance is not asked."""
        need = self.find(lambda: Initiative.objects.get(pk=case.initiative_id))
        for town in need.participant_ids or [need.owner_id]:
            said = {"kind": f"finance:{town}", "not_assessed_reason": "Det er satt av i budsjettet for i år."}
            version = self.find(lambda: Case.objects.get(pk=case.pk).version)
            answer = self.client(key).post(f"/secretariat/cases/{case.pk}/assessment/", {"version": version, **said})
            assert answer.status_code == 302, text_of(answer)

    def decide(self, key: str, title: str, town: str, **values: Any) -> HttpResponse:
        row = self.decisions(title)[town]
        typed = {"version": row.version, "outcome": "approved", "text": "", **values}
        return self.client(key).post(f"/cases/decisions/{row.pk}/", typed)


def text_of(answer: HttpResponse) -> str:
    """A page as it is read: entities and hard spaces as they look."""
    return unescape(answer.content.decode()).replace("\xa0", " ")


def pdf_text(content: bytes) -> str:
    """The words of a PDF."""
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(words.replace("\xa0", " ").split())


def make_region() -> Region:
    """Everyone, ten of the demo's initiatives, and a stranger from a municipality outside the region."""
    with acting_for([]):
        world = demo.set_up(timezone.now())
        walk(world, [(place, tiltak) for place, tiltak in enumerate(TILTAK) if tiltak.title in TITLES])
        _add_stranger(world)
    return Region(world)


def _add_stranger(world: demo.World) -> None:
    by, at = demo.SETUP, timezone.now()
    start = date(2025, 1, 1)
    town = organisation.add_entity(by=by, at=at, slug="utenby", name="Utenby kommune", kind="municipality")
    house = organisation.add_entity(by=by, at=at, slug="kystregionen", name="Kystregionen", kind="cooperation")
    with acting_for([town.pk, house.pk]):
        organisation.join_cooperation(by=by, at=at, cooperation=house, member=town, valid_from=start)
        world.people[STRANGER] = organisation.add_person(
            by=by,
            at=at,
            owner=town,
            name="Ukjent Fremmed",
            email=f"{STRANGER}@demo.example",
            shared_with=house,
        )
