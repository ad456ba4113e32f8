"""From an empty database to a working set-up: the commands, what `samrad check` still misses, and the first sign-in."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from samrad.config import checks
from samrad.config.cli import parser
from samrad.config.first_setup import run
from samrad.core.acting import acting_for
from samrad.governance.models import Body, Seat
from samrad.organisation.models import Entity, Person, RoleAssignment

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Terminal:
    """What one types, and what is answered."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def says(self, *words: str) -> str:
        args = parser().parse_args(list(words))
        args.at = AT
        assert run(args) == 0, self.capsys.readouterr().err
        return self.capsys.readouterr().out

    def refuses(self, *words: str) -> str:
        args = parser().parse_args(list(words))
        args.at = AT
        assert run(args) == 1
        return self.capsys.readouterr().err

    def adds(self, where: str, name: str, *words: str) -> str:
        email = f"{name.lower()}@{where}.example"
        return self.says("person", "add", "--organisation", where, "--name", name, "--email", email, *words)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def alone(terminal: Terminal) -> Terminal:
    """One municipality with a council of its own."""
    terminal.says("organisation", "add", "Fjelldal", "--name", "Fjelldal kommune", "--council")
    return terminal


def missing() -> str:
    return "\n".join(checks._set_up())


def test_an_empty_installation_says_what_comes_first(terminal: Terminal) -> None:
    assert "Ingen kommune" in missing() and "organisation add" in terminal.says("organisation", "list")
    assert "Velkommen til Samråd" in Client().get("/", follow=True).content.decode()


def test_the_first_administrator_signs_in_by_the_printed_link(alone: Terminal) -> None:
    assert "Fjelldal kommune har ingen administrator" in missing()
    said = alone.adds("fjelldal", "Kari", "--role", "administrator")
    assert "Rolle: Administrator for Fjelldal kommune." in said
    newer = alone.says("person", "link", "--organisation", "fjelldal", "--email", "KARI@fjelldal.example")
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        # Made at AT, whenever the test runs.
        Person.objects.get().links.filter(ended_at=None).update(expires_at=datetime(2999, 1, 1, tzinfo=UTC))
    old, link = (re.findall(r"/organisation/link/\S+", text)[0] for text in (said, newer))
    client, password = Client(), "fire ord i en setning"
    assert client.get(old).status_code == 410
    assert "Kari" in client.get(link).content.decode()
    assert client.post(link, {"password": password, "again": password}).status_code == 302
    assert client.get("/organisation/admin/").status_code == 200
    assert "Velkommen til Samråd" not in Client().get("/", follow=True).content.decode()


def test_check_is_content_when_everyone_is_in_place(alone: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "fire ord i en setning")
    alone.adds("fjelldal", "Kari", "--role", "administrator", "--role", "records_manager", "--password")
    alone.adds("fjelldal", "Dina", "--role", "chief_executive")
    alone.adds("fjelldal", "Siri", "--role", "sector_head", "--unit", "Helse")
    alone.adds("fjelldal", "Stein", "--role", "secretariat_lead", "--role", "portfolio_manager")
    assert "ingen leder" in missing()
    alone.adds("fjelldal", "Ragna", "--role", "council_chair", "--role", "expert_group_lead")
    assert missing() == ""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert Seat.objects.get().position == "chair"
    sign_in = {"email": "kari@fjelldal.example", "password": "fire ord i en setning"}
    assert Client().post("/organisation/sign-in/", sign_in).status_code == 302


def test_what_is_added_twice_is_there_once(alone: Terminal) -> None:
    alone.says("organisation", "add", "fjelldal", "--council")
    for _ in range(2):
        alone.adds("fjelldal", "Kari", "--role", "administrator")
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert (Entity.objects.count(), Body.objects.count(), Person.objects.count()) == (1, 2, 1)
        assert RoleAssignment.objects.count() == 1


def test_a_cooperation_has_members_whose_people_it_can_find(terminal: Terminal) -> None:
    terminal.says("organisation", "add", "fjelldal", "--name", "Fjelldal kommune")
    terminal.adds("fjelldal", "Per")
    joined = ("--kind", "cooperation", "--member", "fjelldal", "--council")
    assert "er medlem av" in terminal.says("organisation", "add", "regionen", "--name", "Regionen", *joined)
    region = Entity.objects.get(slug="regionen")
    with acting_for([region.pk]):
        assert [p.name for p in Person.objects.all()] == ["Per"]
    assert "Fjelldal kommune" in terminal.says("organisation", "list")


def test_what_cannot_be_done_is_said_and_changes_nothing(alone: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    person = ("person", "add", "--email", "kari@fjelldal.example", "--organisation")
    for words, said in (
        ((*person, "granlia"), "Disse er lagt inn: fjelldal"),
        ((*person, "fjelldal", "--role", "konge"), "Rollen «konge» finnes ikke"),
        ((*person, "fjelldal", "--role", "sector_head"), "Oppgi den med --unit"),
        (("person", "add", "--organisation", "fjelldal", "--email", "kari"), "ikke en e-postadresse"),
        (("person", "link", "--organisation", "fjelldal", "--email", "a@b.no"), "Fant ikke a@b.no"),
        (("organisation", "add", "fjelldal", "--name", "En annen"), "er tatt av Fjelldal kommune"),
        (("organisation", "add", "fjelldal", "--member", "fjelldal"), "Bare et samarbeid har medlemmer"),
        (("organisation", "add", "!!"), "kan ikke brukes som kortnavn"),
    ):
        assert said in alone.refuses(*words), words
    answers = iter(["kort", "fire ord i en setning", "fire ord i en annen setning"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))
    assert "for kort" in alone.refuses(*person, "fjelldal", "--password")
    assert "ikke like" in alone.refuses(*person, "fjelldal", "--password")
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        assert not Person.objects.exists()
