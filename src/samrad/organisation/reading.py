"""A sheet of people and units read by its columns: rows with what they state, and every cell that stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samrad.core.sheets.cells import as_text
from samrad.core.sheets.columns import ENOUGH, Guess, chosen, guessed, likeness, plain, samples
from samrad.core.sheets.files import Record, Sheet
from samrad.organisation.roles import ROLES

# What people call these columns, in English and Norwegian; compared without case, brackets and signs.
KNOWN: dict[str, str] = {
    "name": "name|full name|navn|namn|fullt navn|fullt namn|hele navnet|ansatt|tilsett|person|medarbeider|medarbeidar|ansattnavn",
    "email": "email|e mail|mail|epost|e post|e postadresse|epostadresse|mailadresse|brukernavn|upn",
    "title": "title|job title|tittel|stilling|stillingstittel|stillingsnavn|stillingskode",
    "sector": "sector|sektor|kommunalområde|tjenesteområde|tenesteområde|hovedområde|hovudområde|etat|område",
    "unit": "unit|department|team|enhet|eining|avdeling|seksjon|virksomhet|verksemd|arbeidssted|arbeidsstad|tjenestested",
    "roles": "role|roles|rolle|roller|rolle i samråd|funksjon|funksjoner|verv",
    "language": "language|språk|målform|skriftspråk",
}  # fmt: skip
LONGEST = {"name": 120, "email": 254, "title": 120, "sector": 120, "unit": 120}

# Words people use for roles, beside the labels of the table of roles itself.
ALSO: dict[str, str] = {
    "employee": "ansatt|tilsett|medarbeider",
    "expert_group_lead": "faggruppeleder|faggruppeleiar|faggruppeansvarlig|faggruppeansvarleg|leder av faggruppe|head of expert group",
    "sector_head": "sektorleder|sektorleiar|kommunalsjef|sektorsjef|etatsjef|head of sector",
    "secretariat_lead": "sekretariatsleder|sekretariatsleiar|leder av sekretariatet|head of secretariat",
    "secretariat_member": "sekretariat|sekretariatsmedlem|sekretær|saksbehandler|saksbehandlar|secretariat",
    "coordinator": "koordinator|coordinator|digitaliseringskoordinator",
    "council_chair": "rådsleder|rådsleiar|leder av rådet|leder i rådet|leiar i rådet|council chair|chair",
    "council_deputy": "nestleder|nestleiar|nestleder i rådet|deputy chair|deputy",
    "council_member": "rådsmedlem|medlem av rådet|medlem i rådet|council member",
    "substitute": "varamedlem|vara|substitute",
    "observer": "observatør|observer",
    "chief_executive": "kommunedirektør|rådmann|chief executive|municipal chief executive",
    "cfo": "økonomisjef|økonomidirektør|cfo|chief financial officer",
    "elected_rep": "folkevalgt|folkevald|ordfører|elected representative|elected",
    "records_manager": "arkivleder|arkivleiar|arkivansvarlig|arkivansvarleg|records manager",
    "portfolio_manager": "porteføljeforvalter|porteføljeforvaltar|porteføljeansvarlig|portfolio manager",
    "project_owner": "prosjekteier|prosjekteigar|project owner",
    "project_manager": "prosjektleder|prosjektleiar|project manager",
    "benefit_owner": "gevinsteier|gevinsteigar|benefit owner",
    "auditor": "revisor|auditor",
    "administrator": "administrator|admin|systemadministrator",
}
LANGUAGES = {"bokmål": "nb", "nb": "nb", "no": "nb", "norsk": "nb", "nynorsk": "nn", "nn": "nn"}

NO_EMAIL, NO_NAME, BAD_EMAIL, EMAIL_TWICE, TOO_LONG = "no_email", "no_name", "bad_email", "email_twice", "too_long"
NO_ROLE, NO_LANGUAGE, BEYOND = "no_such_role", "no_such_language", "beyond_columns"


@dataclass(frozen=True)
class Unknown:
    """A cell, or a part of one, that says nothing we know."""

    record: int
    line: int
    column: str
    target: str
    text: str
    reason: str


@dataclass(frozen=True)
class Row:
    """A person and where they work, or (without an e-mail) only a sector or unit."""

    record: int
    line: int
    email: str
    name: str
    title: str
    sector: str
    unit: str
    roles: tuple[str, ...]
    language: str
    unknown: tuple[Unknown, ...]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot come in, where it stands, and why. `first` is the earlier record it repeats."""

    record: int
    line: int
    reason: str
    name: str = ""
    first: int = 0


@dataclass(frozen=True)
class Reading:
    """Everything a file says by its columns."""

    records: int
    rows: list[Row]
    refused: list[Refusal]
    states: frozenset[str]  # the fields that have a column: what has none is left as it is


def propose(sheet: Sheet) -> tuple[Guess, ...]:
    """What each column seems to be, by its header; an address column also by its cells."""
    scored = []
    for place, header in enumerate(sheet.headers):
        cells = [as_text(cell) for cell in samples(sheet, header)]
        addresses = sum("@" in cell for cell in cells) / len(cells) if cells else 0.0
        for target, known in KNOWN.items():
            like = likeness(header, known)
            if target == "email":
                like = max(like * (0.4 + 0.6 * addresses), 0.9 * addresses)
            elif addresses > 0.5:
                like = 0.0
            if like >= ENOUGH:
                scored.append((round(like, 3), -place, header, target))
    return guessed(sheet, chosen(scored))


def _role_words() -> dict[str, str]:
    found = {code.replace("_", " "): code for code in ROLES} | {code: code for code in ROLES}
    found |= {plain(str(label)): code for code, label in ROLES.items()}
    return found | {word: code for code, words in ALSO.items() for word in words.split("|")}


def roles_in(text: str, words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The roles a cell names, and the parts of it that name none."""
    roles: list[str] = []
    strange: list[str] = []
    for part in re.split(r"[,;/\n|+]| og | and ", text):
        said = " ".join(part.split())
        if not said or said in ("-", "–"):
            continue
        code = words.get(plain(said)) or words.get(said.casefold())
        if code is None:
            strange.append(said)
        elif code != "employee" and code not in roles:
            roles.append(code)
    return roles, strange


def interpret(sheet: Sheet, columns: Mapping[str, str]) -> Reading:
    """Read every record. Refused are only rows that cannot be told apart or say nobody and no unit."""
    by_target = {target: header for header, target in columns.items() if target in KNOWN and header in sheet.headers}
    words = _role_words()
    rows: list[Row] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    for record in sheet.records:
        said = {target: _said(record, header) for target, header in by_target.items()}
        reason = _refused(said, seen)
        if reason:
            first = seen.get(said.get("email", "").casefold(), 0) if reason == EMAIL_TWICE else 0
            refused.append(Refusal(record.number, record.line, reason, said.get("name", "")[:120], first))
            continue
        if said.get("email"):
            seen[said["email"].casefold()] = record.number
        rows.append(_row(record, said, by_target, words))
    return Reading(len(sheet.records), rows, refused, frozenset(by_target))


def _said(record: Record, header: str) -> str:
    return " ".join(as_text(record.cells.get(header)).split()) if header else ""


def _refused(said: Mapping[str, str], seen: Iterable[str]) -> str:
    email, name = said.get("email", ""), said.get("name", "")
    if not email:
        where = said.get("sector") or said.get("unit")
        return NO_EMAIL if name or not where else ""
    try:
        validate_email(email)
    except ValidationError:
        return BAD_EMAIL
    if email.casefold() in seen:
        return EMAIL_TWICE
    return TOO_LONG if len(name) > LONGEST["name"] or len(email) > LONGEST["email"] else ""


def _row(record: Record, said: dict[str, str], by_target: Mapping[str, str], words: Mapping[str, str]) -> Row:
    unknown: list[Unknown] = []

    def lost(target: str, text: str, reason: str) -> None:
        column = by_target.get(target, "")
        unknown.append(Unknown(record.number, record.line, column, target, text[:500], reason))

    for target in ("title", "sector", "unit"):
        if len(said.get(target, "")) > LONGEST[target]:
            lost(target, said[target], TOO_LONG)
            said[target] = ""
    header = by_target.get("roles", "")
    roles, strange = roles_in(as_text(record.cells.get(header)) if header else "", words)
    for part in strange:
        lost("roles", part, NO_ROLE)
    tongue = said.get("language", "")
    language = LANGUAGES.get(tongue.casefold(), "")
    if tongue and not language:
        lost("language", tongue, NO_LANGUAGE)
    for offset, text in enumerate(record.beyond, start=len(record.cells) + 1):
        unknown.append(Unknown(record.number, record.line, f"#{offset}", "", text[:500], BEYOND))
    return Row(
        record=record.number,
        line=record.line,
        email=said.get("email", "").casefold(),
        name=said.get("name", ""),
        title=said.get("title", ""),
        sector=said.get("sector", ""),
        unit=said.get("unit", ""),
        roles=tuple(roles),
        language=language,
        unknown=tuple(unknown),
    )
