"""What the columns of a spreadsheet of milestones, money, risks or people can be, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from samrad.core.sheets.cells import LIGHT_WORDS, Cell, as_date, as_money, as_text, unsaid
from samrad.core.sheets.columns import Guess, guessed, likeliest
from samrad.core.sheets.files import Sheet

KEY, TEXT, DATE, MONEY, NUMBER, SCALE, CHOICE, PERSON, QUARTER = (
    *("key", "text", "date", "money", "number", "scale", "choice", "person", "quarter"),
)


@dataclass(frozen=True)
class Column:
    """One field: how its cells are read, its usual headers («a|b»), and the words of a choice with their codes."""

    code: str
    kind: str
    known: str
    words: Mapping[str, str] = field(default_factory=dict)
    most: int = 2000


@dataclass(frozen=True)
class Kind:
    """A kind of rows: its columns, and which of them a row cannot be told apart without."""

    code: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]

    @property
    def by_code(self) -> dict[str, Column]:
        """The columns by their codes."""
        return {column.code: column for column in self.columns}


PROJECT = Column(
    "project",
    KEY,
    "project|prosjekt|prosjektnavn|prosjektnamn|prosjektid|prosjekt id|project id|prosjektnummer|prosjektnr|referanse|reference|tiltak|område prosjekt|nettsted|site",
    most=200,
)
STEPS = {
    "milepæl": "milestone",
    "milestone": "milestone",
    "leveranse": "deliverable",
    "deliverable": "deliverable",
    "produkt": "deliverable",
}
COSTS = {
    "investering": "investment",
    "investment": "investment",
    "prosjekt": "investment",
    "drift": "running",
    "running": "running",
    "running cost": "running",
    "driftskostnad": "running",
}
SOURCES = {
    "egne midler": "own",
    "eigne midlar": "own",
    "own": "own",
    "own funds": "own",
    "tilskudd": "grant",
    "tilskot": "grant",
    "grant": "grant",
    "fond": "fund",
    "fund": "fund",
    "andre": "others",
    "andre betaler": "others",
    "others": "others",
}
RISKS = {
    "risiko": "risk",
    "risk": "risk",
    "trussel": "risk",
    "mulighet": "opportunity",
    "moglegheit": "opportunity",
    "opportunity": "opportunity",
}
CLOSED = {
    **dict.fromkeys(("lukket", "lukka", "closed", "ikke lenger aktuell", "ikkje lenger aktuell", "ja", "yes"), "1"),
    **dict.fromkeys(
        (
            "åpen",
            "open",
            "identifisert",
            "tiltak gjennomført",
            "tiltak gjennomførte",
            "under arbeid",
            "nei",
            "no",
            "ny",
        ),
        "",
    ),
}

MILESTONES = Kind(
    "milestones",
    (
        PROJECT,
        Column(
            "name", KEY, "milepæl|milepælsnavn|milestone|navn|namn|tittel|title|name|leveranse|deliverable", most=200
        ),
        Column("kind", CHOICE, "type|kind|slag|elementtype", STEPS),
        Column("due_date", DATE, "dato|planlagt|planlagt dato|frist|date|due|due date|planned|sluttdato|slutt"),
        Column("reached_date", DATE, "nådd|nådd dato|oppnådd|ferdig|reached|done|faktisk dato|godkjent dato"),
    ),
    ("project", "name"),
)
MONEY_LINES = Kind(
    "money",
    (
        PROJECT,
        Column("year", KEY, "år|year|budsjettår|regnskapsår|rekneskapsår|periode", most=10),
        Column("kind", CHOICE, "type|art|kind|slag|investering drift|kostnadstype", COSTS),
        Column("source", CHOICE, "kilde|kjelde|source|finansiering|finansieringskilde|midler", SOURCES),
        Column("budget_kr", MONEY, "budsjett|beløp|budget|amount|sum|bevilget|ramme|kroner"),
        Column("actual_kr", MONEY, "regnskap|rekneskap|påløpt|brukt|actual|spent|forbruk|faktisk"),
        Column("forecast_kr", MONEY, "prognose|forecast|estimat|forventet"),
    ),
    ("project", "year"),
)
RISK_ROWS = Kind(
    "risks",
    (
        PROJECT,
        Column(
            "title",
            KEY,
            "risiko|usikkerhet|uvisse|tittel|title|risk|hva kan skje|navn|hendelse|uønsket hendelse",
            most=200,
        ),
        Column("kind", CHOICE, "type|kind|innholdstype|risiko eller mulighet|slag", RISKS),
        Column("cause", TEXT, "beskrivelse|årsak|skildring|cause|description|konsekvensbeskrivelse"),
        Column("likelihood", SCALE, "sannsynlighet|sannsyn|likelihood|probability|s"),
        Column("impact", SCALE, "konsekvens|impact|consequence|k"),
        Column("measure", TEXT, "tiltak|measure|risikotiltak|mitigation|aksjon"),
        Column("responsible", PERSON, "ansvarlig|ansvarleg|responsible|eier|risikoeier|owner"),
        Column("likelihood_after", SCALE, "sannsynlighet etter tiltak|sannsyn etter tiltak|likelihood after"),
        Column("impact_after", SCALE, "konsekvens etter tiltak|impact after"),
        Column("review_date", DATE, "ny vurdering|neste vurdering|vurderes på nytt|review|review date|frist"),
        Column("closed", CHOICE, "status|lukket|closed|tilstand", CLOSED),
    ),
    ("project", "title"),
)
# Lights as Prosjektportalen says them in its status sections, and as we do.
LIGHTS = LIGHT_WORDS | {
    word: light
    for light, words in (
        ("green", "under budsjett|på budsjett|lav|bedre enn spesifikasjon|ihht. spesifikasjon|i henhold til plan"),
        ("amber", "mindre overskridelser|medium|middels|mindre avvik fra spesifikasjon"),
        ("red", "over budsjett|høy|høg|større avvik fra spesifikasjon"),
    )
    for word in words.split("|")
}
STATUS_ROWS = Kind(
    "status",
    (
        replace(PROJECT, known=f"{PROJECT.known}|tittel|title"),
        Column("day", DATE, "siste rapporteringsdato|rapporteringsdato|dato|date|periode|statusdato"),
        Column("progress", CHOICE, "fremdrift|framdrift|status fremdrift|progress|tid", LIGHTS),
        Column(
            "progress_text",
            TEXT,
            "kommentar til fremdrift|kommentar fremdrift|fremdriftskommentar|status fremdrift kommentar",
        ),
        Column("economy", CHOICE, "økonomi|status økonomi|economy|budsjettstatus", LIGHTS),
        Column(
            "economy_text", TEXT, "kommentar til økonomi|kommentar økonomi|økonomikommentar|status økonomi kommentar"
        ),
        Column("risk", CHOICE, "risiko|usikkerhet|status risiko|risk", LIGHTS),
        Column("risk_text", TEXT, "kommentar til risiko|kommentar risiko|risikokommentar|status risiko kommentar"),
        Column("resources", CHOICE, "ressurser|status ressurser|resources|bemanning", LIGHTS),
        Column("resources_text", TEXT, "kommentar til ressurser|kommentar ressurser|ressurskommentar"),
        Column("benefit", CHOICE, "gevinstoppnåelse|gevinst|status gevinstoppnåelse|benefit", LIGHTS),
        Column("benefit_text", TEXT, "kommentar til gevinstoppnåelse|kommentar gevinstoppnåelse|gevinstkommentar"),
        Column("spent_kr", MONEY, "påløpt totalt|påløpt|brukt|spent|regnskap"),
        Column("forecast_kr", MONEY, "prognose|forecast|forventet totalkostnad"),
    ),
    ("project",),
)
PEOPLE = Kind(
    "people",
    (
        Column("unit", KEY, "enhet|eining|avdeling|unit|sektor|seksjon|organisasjonsenhet|arbeidssted", most=200),
        Column("title", KEY, "rolle|person eller rolle|title|navn|namn|name|ressurs|resource|role|person", most=120),
        Column("person", PERSON, "e post|epost|email|e mail|brukernavn|medarbeider|tilsett"),
        Column("quarter", QUARTER, "kvartal|quarter|periode|period"),
        Column("days", NUMBER, "dager|dagsverk|dagar|days|kapasitet|capacity|avsatt"),
        Column("leave_days", NUMBER, "fravær|ferie|permisjon|leave|absence"),
        Column("line_days", NUMBER, "linja|linje|drift|line|linjeoppgaver|linjeoppgåver"),
        Column("reserved_days", NUMBER, "reservert|satt av til linja|reserved"),
    ),
    ("unit", "title"),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.code: kind for kind in (MILESTONES, MONEY_LINES, RISK_ROWS, STATUS_ROWS, PEOPLE)}


def readable(column: Column, cells: list[Cell]) -> float:
    """How large a part of the cells makes sense as this field; 1 where it is text or says nothing."""
    said = [cell for cell in cells if not unsaid(as_text(cell))]
    if not said or column.kind in (KEY, TEXT, PERSON, QUARTER):
        return 1.0
    if column.kind == DATE:
        # «Uke 14» is no date, but under «Dato» it is meant as one: the cells are then listed, not left out unseen.
        return max(0.5, sum(1 for c in said if as_date(c).day) / len(said))
    if column.kind in (MONEY, NUMBER, SCALE):
        good = sum(1 for c in said if as_money(c, decimal=",").number is not None)
    else:
        # Others use words of their own for some states, under a header that says what it is all the same.
        known = sum(1 for c in said if as_text(c).casefold().rstrip(".") in column.words)
        return max(0.75, known / len(said)) if known else 0.0
    return good / len(said)


def propose_rows(sheet: Sheet, kind: Kind) -> tuple[Guess, ...]:
    """What each column of a sheet seems to be for this kind of rows."""
    columns = kind.by_code
    known = {code: column.known for code, column in columns.items()}
    return guessed(sheet, likeliest(sheet, known, lambda code, cells: readable(columns[code], cells)))
