"""Needs from another form tool: drafts for their named owners, by the form's own rules, row by row."""

import json
from argparse import Namespace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.initiatives.commands import import_needs_command
from samrad.initiatives.gateway import Unreadable, read_needs
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from tests.initiatives.cast import ON, Cast
from tests.initiatives.form import page

CSV = """id;owner_email;Tittel;Hva er problemet i dag?;Engangskostnad;classification;Gevinst;Rart
1;anne@fjell.example;E-lås;Nøkler hentes for hånd.;350 000;Utvikling;Mindre kjøring;x
2;ukjent@fjell.example;Kart;;;;;
3;anne@fjell.example;;;;;;
4;anne@fjell.example;Skriver;Den står;;Drift;;
5;anne@fjell.example;App;;mange penger;;;
6;stian@annen.example;Fremmed;;;;;
"""


@pytest.fixture
def client(cast: Cast) -> Client:
    by = system_actor(cast.fjell.pk, on=ON)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        organisation.give_role(
            by=by, at=timezone.now(), person=cast.records_manager, role="administrator", valid_from=ON
        )
    return cast.client(cast.records_manager)


def bring_in(client: Client, text: str, *, go: str = "import", name: str = "behov.csv") -> str:
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post("/initiatives/import/", {"file": file, "go": go})
    return answer.content.decode().replace("\xa0", " ")


def needs(cast: Cast) -> list[Initiative]:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        return list(Initiative.objects.exclude(source_id="").order_by("pk"))


def test_the_sound_rows_come_in_and_each_of_the_others_is_named(cast: Cast, client: Client) -> None:
    trial = bring_in(client, CSV, go="trial")
    assert "1 behov ville kommet inn" in trial and needs(cast) == []
    told = bring_in(client, CSV)
    assert "1 behov kom inn som utkast" in told and "Rart" in told
    for reason in ("ukjent@fjell.example", "mangler tittel", "Det er drift", "mange penger", "stian@annen.example"):
        assert reason in told, reason
    [need] = needs(cast)
    assert (need.title, need.classification, need.size, need.stage) == ("E-lås", "development", "medium", 0)
    held = page(cast.client(cast.proposer), need.pk, 1)
    assert held["problem"] == "Nøkler hentes for hånd."
    assert "1 var her fra før" in bring_in(client, CSV) and len(needs(cast)) == 1
    for person in (cast.stranger, cast.colleague):
        assert cast.client(person).get("/initiatives/import/").status_code == 403
        assert cast.client(person).get(f"/initiatives/{need.pk}/step/1/").status_code == 404


def test_a_need_owner_must_be_known_where_one_may_bring_in_needs(cast: Cast, client: Client) -> None:
    rows = [
        {"owner_email": "anne@fjell.example", "title": f"Behov {n}", "need_owner_email": email}
        for n, email in enumerate(["siri@fjell.example", "ukjent@fjell.example", "stian@annen.example"])
    ]
    told = bring_in(client, json.dumps(rows), name="behov.json")
    assert "1 behov kom inn" in told and "ukjent@fjell.example" in told and "stian@annen.example" in told


def test_json_too(cast: Cast, client: Client) -> None:
    rows = [{"id": "a", "owner_email": "anne@fjell.example", "title": "Kart", "affected": "Alle", "one_off_kr": 1000}]
    assert "1 behov kom inn" in bring_in(client, json.dumps({"needs": rows}), name="behov.json")
    assert needs(cast)[0].answers == {"affected": "Alle"} and needs(cast)[0].one_off_kr == 1000


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", "\n\n", "title\n"])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(Unreadable):
        read_needs(text.encode(), "x.json" if text[:1] in "[{" else "x.csv")


def test_from_the_command_line(cast: Cast, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "behov.csv"
    file.write_text(CSV, encoding="utf-8")
    args = Namespace(
        file=file, organisation="fjell", email="arne@fjell.example", at=timezone.now(), dry_run=False, json=True
    )
    assert import_needs_command(args) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["records"], said["imported"], len(said["refused"])) == (6, 1, 5)
    args.email = "stian@annen.example"
    assert import_needs_command(args) == 1 and "Fant ikke" in capsys.readouterr().err
