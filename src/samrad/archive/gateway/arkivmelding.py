"""The arkivmelding (Fiks Arkiv V1) beside a document: which case file it belongs in, and what it is.

The order of the elements is the schema's. Codes are what the archive calls things: the setup says them where it can.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

NS = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
MDK = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYSTEM = "Samråd"
# What the archive calls each kind of document: journal entry type, document type.
KINDS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "submission": (("N", "Organinternt dokument for oppfølging"), ("MELDING", "Melding")),
    "case_paper": (("S", "Saksframlegg"), ("SAKSFRAMLEGG", "Saksframlegg")),
    "notice": (("X", "Organinternt dokument uten oppfølging"), ("DOKUMENT", "Dokument")),
    "minutes": (("X", "Organinternt dokument uten oppfølging"), ("PROTOKOLL", "Protokoll")),
    "minutes_extract": (("X", "Organinternt dokument uten oppfølging"), ("PROTOKOLL", "Protokoll")),
    "decision": (("X", "Organinternt dokument uten oppfølging"), ("VEDTAK", "Vedtak")),
}
# Signs that XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _add(parent: ET.Element, name: str, text: object = None, space: str = NS) -> ET.Element:
    made = ET.SubElement(parent, f"{{{space}}}{name}")
    if text is not None:
        made.text = _FORBIDDEN.sub("", str(text))
    return made


def _code(parent: ET.Element, name: str, code: str, label: str = "") -> None:
    made = _add(parent, name)
    _add(made, "kode", code, MDK)
    if label:
        _add(made, "beskrivelse", label, MDK)


def _key(parent: ET.Element, key: str, space: str = NS) -> None:
    made = _add(parent, "referanseEksternNoekkel", space=space)
    _add(made, "fagsystem", SYSTEM, MDK)
    _add(made, "noekkel", key, MDK)


def _screened(parent: ET.Element, told: Mapping[str, Any], setup: Mapping[str, str]) -> None:
    if told["access_basis"]:
        made = _add(parent, "skjerming")
        _code(made, "tilgangsrestriksjon", setup.get("access_code") or "UO", "Unntatt offentlighet")
        _add(made, "skjermingshjemmel", told["access_basis"])


def _case_file(root: ET.Element, told: Mapping[str, Any], setup: Mapping[str, str]) -> None:
    """The case file, made where the archive does not know its key."""
    made = _add(root, "mappe")
    made.set(f"{{{XSI}}}type", "saksmappe")
    _add(made, "tittel", told["case_title"])
    _add(made, "offentligTittel", told["case_title"])
    if setup.get("series"):
        _code(made, "arkivdel", setup["series"])
    if setup.get("class_code"):
        by_class = _add(made, "klassifikasjon")
        if setup.get("class_system"):
            _add(by_class, "klassifikasjonssystemID", setup["class_system"])
        _add(by_class, "klasseID", setup["class_code"])
    _key(made, told["case_key"])
    _add(made, "saksdato", told["case_date"])
    if setup.get("unit_name"):
        unit = _add(made, "administrativEnhet")
        _add(unit, "navn", setup["unit_name"], MDK)
    _code(made, "saksstatus", "B", "Under behandling")


def _document(entry: ET.Element, told: Mapping[str, Any], setup: Mapping[str, str]) -> None:
    made = _add(entry, "dokumentbeskrivelse")
    _code(made, "dokumenttype", *KINDS[told["kind"]][1])
    _code(made, "dokumentstatus", "F", "Dokumentet er ferdigstilt")
    _add(made, "tittel", told["document_title"])
    _code(made, "tilknyttetRegistreringSom", "H", "Hoveddokument")
    _add(made, "dokumentnummer", 1)
    _screened(made, told, setup)
    held = _add(made, "dokumentobjekt")
    _add(held, "versjonsnummer", 1)
    _code(held, "variantformat", "A", "Arkivformat")
    _code(held, "format", "fmt/476", "PDF/A-2a")
    _add(held, "mimeType", "application/pdf")
    _add(held, "filnavn", told["file_name"])
    _add(held, "referanseDokumentfil", told["file_name"])
    _add(held, "sjekksum", told["sha256"])
    _add(held, "sjekksumAlgoritme", "SHA-256")
    _add(held, "filstoerrelse", told["size"])


def arkivmelding(told: Mapping[str, Any], setup: Mapping[str, str]) -> bytes:
    """One message: the case file and one journal entry with its document."""
    ET.register_namespace("", NS)
    ET.register_namespace("mdk", MDK)
    ET.register_namespace("xsi", XSI)
    root = ET.Element(f"{{{NS}}}arkivmelding")
    _add(root, "system", SYSTEM)
    _add(root, "antallFiler", 1)
    _case_file(root, told, setup)
    entry = _add(root, "registrering")
    entry.set(f"{{{XSI}}}type", "journalpost")
    parent = _add(entry, "referanseForelderMappe")
    _key(parent, told["case_key"], MDK)
    _screened(entry, told, setup)
    _document(entry, told, setup)
    _add(entry, "tittel", told["document_title"])
    _add(entry, "offentligTittel", told["document_title"])
    sender = _add(entry, "korrespondansepart")
    _code(sender, "korrespondanseparttype", "IA", "Intern avsender")
    _add(sender, "erBehandlingsansvarlig", "true")
    _add(sender, "korrespondansepartNavn", setup.get("unit_name") or told["owner_name"])
    _key(entry, told["external_key"])
    _code(entry, "journalposttype", *KINDS[told["kind"]][0])
    _code(entry, "journalstatus", "F", "Ferdigstilt fra saksbehandler")
    _add(entry, "dokumentetsDato", told["document_day"])
    ET.indent(root, "  ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
