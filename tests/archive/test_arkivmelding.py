"""The XML beside each document, held against the schema that Fiks Arkiv publishes where that is at hand."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from samrad.archive.gateway.arkivmelding import KINDS, MDK, NS, arkivmelding
from samrad.archive.models import Filing
from samrad.archive.tasks import sweep
from samrad.cases.actions import decide
from samrad.council import actions as council
from samrad.organisation.actions import exempt_fields
from tests.anchoring.line import AT, Line
from tests.archive.test_filing import _filings, _to_folder
from tests.council.seats import STARTS, approved, planned
from tests.krav.marks import ROOT

SCHEMA = "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
FOLDERS = [p / "shared/data/fiks-arkiv/V1" for p in [ROOT, *ROOT.parents]]
TERMS = {
    "series": "SAK",
    "class_system": "K-koder",
    "class_code": "056",
    "unit_name": "Arkivet <& sønner>",
    "access_code": "13",
}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The published schema; it is no part of this repository."""
    folder = next((f for f in FOLDERS if (f / SCHEMA).exists()), None)
    if folder is None:
        pytest.skip(f"{SCHEMA} is not at hand, so the arkivmelding is not held against it")
    return etree.XMLSchema(etree.parse(str(folder / SCHEMA)))


def _valid(schema: etree.XMLSchema, content: bytes) -> etree._Element:
    root = etree.fromstring(content)
    assert schema.validate(root), schema.error_log
    return root


def _one(root: etree._Element, path: str) -> str:
    return str(root.findtext(path, namespaces={"a": NS, "m": MDK}))


def test_every_kind_of_document_has_a_valid_message(
    council_line: Line, tmp_path: Path, schema: etree.XMLSchema
) -> None:
    line = council_line
    for owner in ("fjell", "region"):
        _to_folder(line, tmp_path / owner, owner)
    need, _meeting, _item = approved(line)
    row = line.decision(need, "fjell")
    with line.acting("chief") as by:
        decide(by=by, at=AT, decision_id=row.pk, version=None, outcome="approved")
    sweep(0)
    kinds = set()
    for path in tmp_path.rglob("*.xml"):
        root = _valid(schema, path.read_bytes())
        told = json.loads(path.with_suffix(".json").read_text())
        kinds.add(told["kind"])
        assert _one(root, ".//a:sjekksum") == told["sha256"]
        assert (path.parent / _one(root, ".//a:referanseDokumentfil")).exists()
        assert _one(root, "a:mappe/a:referanseEksternNoekkel/m:noekkel") == told["case_key"]
        assert "Anne Berg" not in path.read_text()  # never a personal name in what the archive lists
    assert kinds == set(KINDS)
    assert not _filings(line, state=Filing.State.FAILED)


def test_what_the_archive_calls_things_and_what_is_exempt(council_line: Line, schema: etree.XMLSchema) -> None:
    from samrad.archive.papers import document, metadata

    line = council_line
    need = line.submitted()
    with line.acting("secretary") as by:
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="costs",
            legal_basis="offentleglova § 23",
            involved=False,
        )
    line.prepared()
    filing = _filings(line, initiative=need)[0]
    filing.access_basis = "offentleglova § 23"
    filing.content = {**filing.content, "title": "Låser <b>\x0b& mer</b>"}
    with line.seen_by("fjell_archive"):
        told = metadata(filing, document(filing))
    root = _valid(schema, arkivmelding(told, TERMS))
    assert _one(root, "a:mappe/a:arkivdel/m:kode") == "SAK"
    assert _one(root, "a:mappe/a:klassifikasjon/a:klasseID") == "056"
    assert _one(root, "a:registrering/a:skjerming/a:tilgangsrestriksjon/m:kode") == "13"
    assert _one(root, "a:registrering/a:skjerming/a:skjermingshjemmel") == "offentleglova § 23"
    assert "Låser <b>& mer</b>" in _one(root, "a:registrering/a:tittel")
    bare = _valid(schema, arkivmelding({**told, "access_basis": ""}, {}))
    assert bare.find(".//a:skjerming", {"a": NS}) is None


def test_the_notice_is_filed_each_time_it_is_sent(council_line: Line) -> None:
    line = council_line
    meeting = planned(line)
    case = line.case(line.prepared())
    with line.acting("secretary") as by:
        council.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=case.pk)
        for _again in range(2):
            council.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        later = {"starts_at": STARTS + timedelta(days=1), "ends_at": STARTS + timedelta(days=1, hours=1)}
        council.move_meeting(by=by, at=AT, meeting_id=meeting.pk, reason="Snøstorm.", **later)
        council.cancel_meeting(by=by, at=AT, meeting_id=meeting.pk, reason="Fortsatt snø.")
    notices = _filings(line, kind="notice")
    assert [n.external_key for n in notices] == [f"notice:{meeting.pk}:{n}" for n in (1, 2, 3, 4)]
    assert "Snøstorm." in str(notices[2].content) and "Fortsatt snø." in str(notices[3].content)
    assert "Snøstorm." not in str(notices[1].content)
