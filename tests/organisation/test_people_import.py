"""People and units from a spreadsheet: row by row, honest about what is refused and unknown, and the same twice."""

from __future__ import annotations

import argparse
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from samrad.core.acting import acting_for
from samrad.core.sheets.files import read
from samrad.organisation.commands import import_people_file
from samrad.organisation.models import AccessLink, PeopleImport, Person, RoleAssignment, Unit
from samrad.organisation.reading import interpret, propose
from tests.initiatives.cast import Cast
from tests.organisation.test_administration import make_administrator, text_of

UPLOAD = "/organisation/admin/people/import/"
LIST = """Ansatteliste per november;;;;;;
Navn;E-post;Stilling;Sektor;Avdeling;Rolle i Samråd;Målform
Ola Nordmann;ola@fjell.example;Kommunalsjef;Oppvekst;;Sektorleder;nynorsk
Per Hansen;per@fjell.example;Lærer;Oppvekst;Skolen;Trollmann, arkivleder;klingon
;anne@fjell.example;Ny tittel;;;;
Uten Adresse;;;;;;
Feil Adresse;dette er ingen adresse;;;;;
Per Igjen;PER@fjell.example;;;;;
;;;Teknisk;Veg;;
;ny@fjell.example;;;;;
Frida Fag;frida@fjell.example;;;;Faggruppeleder;
"""


@pytest.fixture
def admin(cast: Cast) -> Client:
    return make_administrator(cast, cast.colleague)


def upload(cast: Cast, admin: Client, content: bytes = LIST.encode(), name: str = "ansatte.csv") -> str:
    answer = admin.post(UPLOAD, {"entity": cast.fjell.pk, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return answer["Location"]


def everyone(cast: Cast) -> dict[str, Person]:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        rows = Person.objects.filter(owner=cast.fjell).select_related("unit", "account", "shared_with")
        return {person.email: person for person in rows}


def test_a_list_comes_in_row_by_row_and_nothing_is_hidden(cast: Cast, admin: Client) -> None:
    columns = upload(cast, admin)
    page = text_of(admin, columns)
    assert "har 9 rader" in page and "«ola@fjell.example»" in page
    preview = columns.replace("columns", "preview")
    page = text_of(admin, preview)
    for said in (
        "har ingen e-postadresse", "e-postadresse som ikke kan leses", "samme e-postadresse som en tidligere rad",
        "har ikke noe navn", "ingen rolle heter det", "Trollmann", "klingon", "trenger et fagområde",
    ):  # fmt: skip
        assert said in page, said
    assert "ola@fjell.example" not in everyone(cast), "nothing is changed yet"
    done = admin.post(preview, {"version": 1, "way_in": "none"}, follow=True).content.decode()
    assert "Ingen nye kan logge inn" in done and "Trollmann" in done
    people = everyone(cast)
    ola, per = people["ola@fjell.example"], people["per@fjell.example"]
    assert (ola.title, ola.language, ola.account, ola.shared_with) == ("Kommunalsjef", "nn", None, cast.region)
    assert per.unit is not None and per.unit.name == "Skolen" and per.language == "nb"
    assert people["anne@fjell.example"].title == "Ny tittel" and people["anne@fjell.example"].name == "Anne Berg"
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert Unit.objects.get(name="Skolen").parent == Unit.objects.get(name="Oppvekst")
        assert Unit.objects.get(name="Veg").parent == Unit.objects.get(name="Teknisk")
        assert RoleAssignment.objects.get(person=ola).unit == Unit.objects.get(name="Oppvekst")
        assert [row.role for row in RoleAssignment.objects.filter(person=per)] == ["records_manager"]
        batch = PeopleImport.objects.get()
        assert batch.content is None and batch.counts["units"] == 4
        told = [batch.counts[key] for key in ("records", "imported", "updated", "unchanged")]
        assert told == [9, 4, 1, 0] and len(batch.refused) == 4 and len(batch.unknown) == 3
        assert [(row["record"], row["line"]) for row in batch.refused] == [(4, 6), (5, 7), (6, 8), (8, 10)]


def test_the_same_list_again_changes_nothing(cast: Cast, admin: Client) -> None:
    for turn in (1, 2):
        preview = upload(cast, admin).replace("columns", "preview")
        assert admin.post(preview, {"version": 1, "way_in": "none"}).status_code == 302
        with acting_for([cast.fjell.pk, cast.region.pk]):
            last = PeopleImport.objects.order_by("-pk")[0]
            assert last.counts["unchanged"] == (0 if turn == 1 else 5)
            assert RoleAssignment.objects.filter(role="records_manager", owner=cast.fjell).count() == 2
    assert len(everyone(cast)) == 4 + 3


def test_columns_are_corrected_and_two_cannot_be_the_same(cast: Cast, admin: Client) -> None:
    columns = upload(cast, admin, b"Kolonne A;Kolonne B\nOla;ola@fjell.example\n")
    page = admin.get(columns)
    values = {"version": 1, "c0": "name", "c1": "name"}
    wrong = admin.post(columns, values)
    assert wrong.status_code == 400 and "En annen kolonne er dette allerede" in wrong.content.decode()
    assert page.context["form"]["c1"].value() == "email", "an address is known by its cells"
    assert admin.post(columns, {**values, "c1": ""}, follow=True).context["form"].errors == {}
    assert admin.post(columns, {"version": 2, "c0": "name", "c1": "email"}).status_code == 302
    stale = admin.post(columns, {"version": 2, "c0": "name", "c1": "email"})
    assert stale.status_code == 400 and "Kolonnene" in stale.content.decode()


def test_accounts_and_links_come_only_where_they_are_chosen(cast: Cast, admin: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Fullt navn", "E-postadresse"])
    sheet.append(["Ny Nilsen", "NY@Fjell.example"])
    saved = BytesIO()
    book.save(saved)
    preview = upload(cast, admin, saved.getvalue(), "ansatte.xlsx").replace("columns", "preview")
    assert admin.post(preview, {"version": 1}).status_code == 400, "one of them must be chosen"
    done = admin.post(preview, {"version": 1, "way_in": "links"}, follow=True).content.decode()
    assert "1 engangslenke er på vei på e-post" in done
    new = everyone(cast)["ny@fjell.example"]
    assert new.account is not None and not new.account.has_usable_password()
    with acting_for([cast.fjell.pk]):
        assert AccessLink.objects.get(person=new).open_on(timezone.now())


def test_a_person_in_the_register_gets_a_way_in_later(cast: Cast, admin: Client) -> None:
    preview = upload(cast, admin, b"Navn;E-post\nNy;ny@fjell.example\n").replace("columns", "preview")
    admin.post(preview, {"version": 1, "way_in": "none"})
    new = everyone(cast)["ny@fjell.example"]
    page = admin.post(f"/organisation/admin/people/{new.pk}/link/", follow=True).content.decode()
    assert "Lenka er" in page or "/organisation/link/" in page
    assert everyone(cast)["ny@fjell.example"].account is not None


def test_what_is_no_list_is_said_and_others_cannot_upload(cast: Cast, admin: Client) -> None:
    wrong = admin.post(UPLOAD, {"entity": cast.fjell.pk, "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 ...")})
    assert wrong.status_code == 400 and "PDF" in wrong.content.decode()
    columns = upload(cast, admin)
    for url in (columns, columns.replace("columns", "preview"), columns.replace("columns/", "")):
        assert make_administrator(cast, cast.neighbour).get(url).status_code == 404
        assert cast.client(cast.stranger).get(url).status_code in (403, 404)
        assert cast.client(cast.proposer).get(url).status_code in (403, 404)
    file = SimpleUploadedFile("a.csv", b"Navn;E-post\nA;a@dal.example\n")
    assert admin.post(UPLOAD, {"entity": cast.dal.pk, "file": file}).status_code == 400, "not one's own house"


def test_the_command_says_the_same(
    cast: Cast, admin: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ansatte.csv"
    path.write_text(LIST)
    args = argparse.Namespace(
        email=cast.colleague.email, organisation="fjell", file=path, dry_run=True, json=True, at=timezone.now()
    )
    assert import_people_file(args) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["records"], told["imported"], told["units"], len(told["refused"])) == (9, 4, 4, 4)
    assert "ola@fjell.example" not in everyone(cast)
    args.dry_run = args.json = False
    assert import_people_file(args) == 0
    assert "Rad 4 (linje 6): har ingen e-postadresse" in capsys.readouterr().out
    assert "ola@fjell.example" in everyone(cast)
    args.email = cast.proposer.email
    assert import_people_file(args) == 1 and "administrator" in capsys.readouterr().err


@given(st.lists(st.tuples(*[st.text(alphabet='abÆ @.,;x\n"', max_size=14)] * 4), min_size=1, max_size=6))
def test_every_row_is_read_or_refused_and_no_text_is_lost(rows: list[tuple[str, ...]]) -> None:
    import csv
    from io import StringIO

    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Navn", "E-post", "Enhet", "Rolle"])
    writer.writerows([*rows, ("Fast", "fast@x.example", "Enhet", "Arkivleder")])
    sheet = read(out.getvalue().encode())
    reading = interpret(sheet, {guess.header: guess.target for guess in propose(sheet) if guess.target})
    assert len(reading.rows) + len(reading.refused) == reading.records
    assert len({row.email for row in reading.rows if row.email}) == sum(1 for row in reading.rows if row.email)
