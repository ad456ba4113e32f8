"""A mapping proposed for headers never seen before, each guess with how sure it is and cells to judge it by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samrad.core.sheets.cells import Cell, as_date, as_money, as_rating, as_text, unsaid
from samrad.core.sheets.columns import Guess, guessed, likeliest, samples, unit_of
from samrad.core.sheets.files import Sheet
from samrad.portfolio.sheets.mapping import DATE, MONEY, RATING, TARGETS, ColumnRule, Mapping, price_base_of

# What people call these columns, in English and Norwegian; compared without case, brackets and signs.
KNOWN: dict[str, str] = {
    "source_id": "id|project id|prosjektid|prosjekt id|prosjektnummer|prosjektnr|prosjekt nr|tiltak nr|tiltaksnummer|tiltaksid|nr|nummer|project number|reference|referanse|løpenummer|saksnummer|saksnr|gmpp id|major projects id|code|kode|key",
    "title": "title|project name|project title|name|prosjektnavn|prosjektets navn|hva heter prosjektet|prosjektnamn|navn|namn|tittel|prosjekt|prosjekttittel|tiltak|tiltaksnavn|project|programme|initiative",
    "department": "department|organisation|organisation unit|sector|unit|avdeling|sektor|enhet|eining|tjenesteområde|tenesteområde|kommunalområde|virksomhet|verksemd|etat|kommune|seksjon|resultatenhet",
    "category": "category|annual report category|type|kategori|prosjekttype|område|fagområde|program|satsingsområde|tema",
    "description": "description|project description|beskrivelse|skildring|omtale|kort beskrivelse|prosjektbeskrivelse|formål|føremål|mål|hva|summary|sammendrag",
    "phase": "phase|stage|fase|prosjektfase|status fase|gate",
    "owner_name": "owner|project owner|prosjekteier|prosjekteigar|eier|eigar|ansvarlig|ansvarleg|hvem eier det|senior responsible owner|sro|tiltakseier",
    "rating": "rating|rag|status|rag status|delivery confidence assessment|trafikklys|statuslys|prosjektstatus|samlet status|samla status|health",
    "rating_comment": "rating comment|status comment|statuskommentar|kommentar til status|statusbeskrivelse|kommentar|comment|departmental commentary on delivery confidence assessment rating",
    "start_date": "start|start date|startdato|oppstart|oppstartsdato|planlagt start|starter|når starter det|start dato|oppstartstidspunkt|project start|fra dato|frå dato|begin",
    "end_date": "end|end date|sluttdato|slutt|ferdig|ferdigdato|planlagt slutt|slutter|når er det ferdig|når blir det ferdig|slutt dato|ferdigstilt|frist|avslutning|avslutta|finish|completion date|til dato|project end",
    "schedule_text": "schedule narrative|fremdrift|framdrift|kommentar fremdrift|framdriftskommentar|tidsplan",
    "budget": "budget|total budget|budsjett|budsjettramme|ramme|totalbudsjett|kostnadsramme|bevilgning|løyving|investering|pris|økonomisk ramme|hva koster det|investeringsramme|vedtatt budsjett",
    "budget_year": "annual budget|årsbudsjett|budsjett i år|årets budsjett|budsjett hittil|financial year baseline|year budget",
    "forecast_year": "forecast|prognose|årsprognose|forventet forbruk|financial year forecast|estimat",
    "variance": "variance|avvik|financial year variance|avvik prosent",
    "variance_text": "in year variance narrative|variance narrative|avviksforklaring|kommentar økonomi|økonomikommentar",
    "whole_life_cost": "whole life cost|total cost|totalkostnad|livsløpskostnad|levetidskostnad|totale kostnader|kostnad|cost",
    "cost_text": "costs narrative|kostnadskommentar|kommentar kostnad",
    "benefits_amount": "benefits|benefit|gevinst|gevinster|nytte|nytteverdi|forventet gevinst|forventa gevinst|årlig gevinst|gevinst kr",
    "benefits_text": "benefits narrative|gevinstbeskrivelse|gevinstkommentar|kommentar gevinst|gevinstomtale",
    "evaluation_plan": "evaluation plan|does the project have an evaluation plan|evaluation plan and registry link|evalueringsplan|evaluering",
}  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A mapping to correct, and what it was guessed from."""

    mapping: Mapping
    guesses: tuple[Guess, ...]


def _readable(target: str, cells: list[Cell]) -> float:
    """How large a part of the cells makes sense as this field; 1 where the field is text or the column is empty."""
    kind = TARGETS[target]
    cells = [cell for cell in cells if not unsaid(as_text(cell))]
    if not cells or kind not in (DATE, MONEY, RATING):
        return 1.0
    if kind == DATE:
        good = sum(1 for c in cells if as_date(c).day or as_date(c, order="mdy").day or as_date(c).low)
    elif kind == MONEY:
        good = sum(1 for c in cells if as_money(c).number is not None or as_money(c).low is not None)
    else:
        good = sum(1 for c in cells if as_rating(c).word)
    return good / len(cells)


def currency_of(header: str, cells: list[Cell], default: str) -> str:
    """The currency a header or its cells state, else the default."""
    for text in (header.casefold(), " ".join(as_text(c).casefold() for c in cells[:20])):
        for sign, code in (
            (r"£|gbp", "GBP"),
            (r"€|eur\b", "EUR"),
            (r"sek\b", "SEK"),
            (r"dkk\b", "DKK"),
            (r"nok\b|\bkr\b|\bmkr|\btkr|kroner", "NOK"),
            (r"\$|usd", "USD"),
        ):
            if re.search(sign, text):
                return code
    return default


def _order(cells: list[Cell]) -> str:
    """Day or month first: where a date makes sense in only one of the two ways, that one."""
    texts = [c for c in cells if isinstance(c, str)]
    days = sum(1 for t in texts if as_date(t).day and not as_date(t, order="mdy").day)
    months = sum(1 for t in texts if as_date(t, order="mdy").day and not as_date(t).day)
    return "mdy" if months > days else "dmy"


def _decimal(cells: list[Cell]) -> str:
    texts = [as_text(c) for c in cells if isinstance(c, str)]
    comma = sum(1 for t in texts if re.search(r",\d{1,2}(\D|$)", t) or re.search(r"\d\.\d{3}(,|\.\d{3})", t))
    point = sum(1 for t in texts if re.search(r"\.\d{1,2}(\D|$)", t) or re.search(r"\d,\d{3}(\.|,\d{3})", t))
    return "," if comma > point else "." if point > comma else ""


def rule_for(sheet: Sheet, header: str, target: str, *, currency: str = "NOK") -> ColumnRule:
    """How a column's cells are written, read from its header and its cells."""
    cells = samples(sheet, header)
    if TARGETS[target] == MONEY:
        return ColumnRule(
            (header,),
            currency=currency_of(header, cells, currency),
            unit=unit_of(header),
            price_base=price_base_of(header),
            decimal=_decimal(cells),
        )
    return ColumnRule((header,), order=_order(cells) if TARGETS[target] == DATE else "dmy")


def propose(sheet: Sheet, *, name: str = "", currency: str = "NOK") -> Proposal:
    """A mapping for a sheet never seen before: the likeliest field for each column, one column a field."""
    taken = likeliest(sheet, KNOWN, _readable)
    rules = {t: rule_for(sheet, h, t, currency=currency) for h, (t, _s) in taken.items()}
    return Proposal(Mapping(name, {t: rules[t] for t in TARGETS if t in rules}), guessed(sheet, taken))
