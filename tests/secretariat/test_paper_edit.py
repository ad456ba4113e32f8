"""The case paper is written section by section, by several at a time, and nobody's text is lost."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.documents.actions.templates import adopt_template
from samrad.documents.models import WordTemplate
from samrad.documents.word import standard_template
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.secretariat import actions
from samrad.secretariat.models import CasePaper, PaperSection, SectionAside
from tests.anchoring.line import AT, ON, Line
from tests.overview.test_queries import queries


def _second(line: Line) -> None:
    """One more in the secretariat."""
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        made = organisation.add_person(
            by=by, at=AT, owner=region, shared_with=region, name="Tor Tilsett", email="tor@region.example"
        )
        organisation.give_role(by=by, at=AT, person=made, role="secretariat_member", valid_from=ON)
    line.people["second"] = made


def test_two_write_at_once_and_both_texts_are_kept(line: Line) -> None:
    need = line.prepared()
    case = line.case(need)
    _second(line)
    page = reverse("secretariat:paper_edit", args=[case.pk])

    def write(key: str, code: str, text: str, **headers: str) -> tuple[int, str]:
        url = reverse("secretariat:section_write", args=[case.pk, code])
        answer = line.client(key).post(url, {"version": 0, "text": text}, headers=headers)
        return answer.status_code, answer.content.decode()

    asked = queries(line.client("secretary"), page)
    assert len(asked) <= 12, "\n".join(one[:160] + "…" + one[-120:] for one in asked)
    # Different sections never meet.
    assert write("secretary", "costs", "Kostnadene er innhentet i august.")[0] == 302
    assert write("second", "benefits", "Gevinsten er prøvd ut i en sone.")[0] == 302
    # The same one: the second is told kindly, and both texts are there, also where it was an autosave.
    status, said = write("second", "costs", "Kostnadene er usikre.", HX_Request="true")
    assert status == 200 and "Sara Sekretær har" in said
    status, both = write("second", "costs", "Kostnadene er svært usikre.")
    assert status == 409 and "Kostnadene er innhentet i august." in both and "svært" in both
    assert "Sara Sekretær skriver" in line.client("second").get(page).content.decode()
    with line.seen_by():
        row, aside = PaperSection.objects.get(code="costs"), SectionAside.objects.get()
        assert (row.version, aside.text) == (1, "Kostnadene er svært usikre.")
    settle = reverse("secretariat:aside_settle", args=[case.pk, aside.pk])
    assert line.client("proposer").post(settle, {"version": 1, "do": "take"}).status_code == 404
    assert line.client("second").post(settle, {"version": 1, "do": "take"}).status_code == 302
    with line.seen_by():
        assert PaperSection.objects.get(code="costs").text == "Kostnadene er svært usikre."
        assert SectionAside.objects.get().text == "Kostnadene er innhentet i august."
    read = line.client("secretary").get(reverse("secretariat:paper_detail", args=[case.pk])).content.decode()
    assert "svært usikre" in read and "prøvd ut i en sone" in read and "i august" not in read


def test_what_the_council_was_sent_stands_and_a_section_is_fetched_anew_only_when_asked(line: Line) -> None:
    need = line.prepared()
    case = line.case(need)
    with line.acting("secretary") as by:
        first = {s["code"]: s for s in CasePaper.objects.get(case=case).sections}
        made = actions.write_section(
            by=by, at=AT, case_id=case.pk, code="secretariat", version=0, text="Dette bør vi vente med."
        )
        sent = actions.freeze_paper(by=by, at=AT, case=case)
        assert sent is not None and isinstance(made, PaperSection)
        assert {s["code"]: s for s in sent.sections}["secretariat"]["text"] == "Dette bør vi vente med."
        assert first["secretariat"]["text"] == "Dette bør vi gjøre."
        actions.write_section(by=by, at=AT, case_id=case.pk, code="secretariat", version=1, text="Vent til mai.")
        assert CasePaper.objects.get(case=case).version == sent.number + 1
    url = reverse("secretariat:section_rebuild", args=[case.pk, "secretariat"])
    shown = line.client("secretary").get(url).content.decode()
    assert "Vent til mai." not in shown and "<del>" in shown and "<ins>" in shown  # word by word
    assert line.client("secretary").post(url, {"version": 1}).status_code == 302  # stale: nothing happened
    with line.seen_by():
        assert PaperSection.objects.get(code="secretariat").text == "Vent til mai."
    assert line.client("secretary").post(url, {"version": 2}).status_code == 302
    with line.seen_by():
        assert PaperSection.objects.get(code="secretariat").text == "Dette bør vi gjøre."
        assert SectionAside.objects.get(stood=True).text == "Vent til mai."
    old = line.client("secretary").get(reverse("secretariat:paper_version", args=[case.pk, sent.number]))
    assert "Dette bør vi vente med." in old.content.decode()


def test_the_house_has_its_own_word_template_from_a_day_on(line: Line) -> None:
    case = line.case(line.prepared())
    region = line.entities["region"]
    url = reverse("secretariat:paper_word", args=[case.pk])
    plain = docx.Document(io.BytesIO(line.client("secretary").get(url).content))
    assert "Anbefales." in " ".join(p.text for p in plain.paragraphs)
    mine = docx.Document(io.BytesIO(standard_template("nb")))
    mine.add_paragraph("Regionens eget brevhode")
    saved = io.BytesIO()
    mine.save(saved)
    upload = SimpleUploadedFile("vår mal.docx", saved.getvalue())
    chosen = {"owner_id": region.pk, "kind": "case_paper", "valid_from": timezone.localdate()}
    with line.acting("secretary") as by, pytest.raises(Refused):
        adopt_template(by=by, at=timezone.now(), upload=upload, **chosen)
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(region.pk, on=ON)
        organisation.give_role(
            by=by, at=AT, person=line.people["secretary"], role="secretariat_lead", valid_from=ON, entity=region
        )
    page = reverse("documents:template_list")
    form = {"owner": region.pk, "kind": "case_paper", "valid_from": timezone.localdate().strftime("%d.%m.%Y")}
    wrong = line.client("secretary").post(page, {**form, "file": SimpleUploadedFile("mal.docx", b"%PDF-1.7")})
    assert wrong.status_code == 422 and "innholdet er noe annet" in wrong.content.decode()
    upload.seek(0)
    assert line.client("secretary").post(page, {**form, "file": upload}).status_code == 302
    own = docx.Document(io.BytesIO(line.client("secretary").get(url).content))
    text = " ".join(p.text for p in own.paragraphs)
    assert "Regionens eget brevhode" in text and "Anbefales." in text and "{{" not in text
    with line.seen_by():
        row = WordTemplate.objects.get()
    sample = line.client("secretary").get(reverse("documents:template_sample", args=[row.pk]))
    assert sample.content.startswith(b"PK")
    assert line.client("secretary").post(reverse("documents:template_end", args=[row.pk])).status_code == 302
    again = docx.Document(io.BytesIO(line.client("secretary").get(url).content))
    assert "brevhode" not in " ".join(p.text for p in again.paragraphs)
