"""Which column is what, in which currency, unit and price base. A mapping has a name and can be kept as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from samrad.core.sheets.columns import plain

TEXT, MONEY, DATE, RATING, IDENTITY, PERCENT = "text", "money", "date", "rating", "identity", "percent"

# What a column can be, and how its cells are read.
TARGETS: dict[str, str] = {
    "source_id": IDENTITY,
    "title": TEXT,
    "department": TEXT,
    "category": TEXT,
    "description": TEXT,
    "phase": TEXT,
    "owner_name": TEXT,
    "rating": RATING,
    "rating_comment": TEXT,
    "start_date": DATE,
    "end_date": DATE,
    "schedule_text": TEXT,
    "budget": MONEY,
    "budget_year": MONEY,
    "forecast_year": MONEY,
    "variance": PERCENT,
    "variance_text": TEXT,
    "whole_life_cost": MONEY,
    "cost_text": TEXT,
    "benefits_amount": MONEY,
    "benefits_text": TEXT,
    "evaluation_plan": TEXT,
}
CURRENCIES = ("NOK", "GBP", "EUR", "USD", "SEK", "DKK")
UNITS = (1, 1000, 1_000_000, 1_000_000_000)
ORDERS = ("dmy", "mdy")
NOT_STATED = "not stated"  # the price base of an amount where neither mapping nor header says one


@dataclass(frozen=True)
class ColumnRule:
    """The headers a field may stand under, and how its amounts and dates are written.

    An empty price base is read from the header where it says one.
    """

    headers: tuple[str, ...]
    currency: str = ""
    unit: int = 1
    price_base: str = ""
    decimal: str = ""
    order: str = "dmy"

    @property
    def decimal_mark(self) -> str:
        """What stands before the decimals where a number could be read in two ways."""
        return self.decimal or ("," if self.currency in ("NOK", "SEK", "DKK", "EUR") else ".")


@dataclass(frozen=True)
class Mapping:
    """A named way to read a spreadsheet."""

    name: str
    rules: dict[str, ColumnRule] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The mapping as it is kept."""
        rules = {target: {**asdict(rule), "headers": list(rule.headers)} for target, rule in self.rules.items()}
        return {"name": self.name, "rules": rules}

    @classmethod
    def from_json(cls, data: Any) -> Mapping:
        """A kept mapping. What it does not know is left out, never an error: it may come from an older version."""
        rules = {}
        given = data.get("rules", {}) if isinstance(data, dict) else {}
        for target, raw in given.items() if isinstance(given, dict) else ():
            if target not in TARGETS or not isinstance(raw, dict):
                continue
            headers = raw.get("headers")
            rules[target] = ColumnRule(
                headers=tuple(str(h) for h in headers) if isinstance(headers, list) else (),
                currency=raw["currency"] if raw.get("currency") in CURRENCIES else "",
                unit=raw["unit"] if raw.get("unit") in UNITS else 1,
                price_base=str(raw.get("price_base") or "")[:60],
                decimal=raw["decimal"] if raw.get("decimal") in (".", ",") else "",
                order=raw["order"] if raw.get("order") in ORDERS else "dmy",
            )
        return cls(str(data.get("name", ""))[:80] if isinstance(data, dict) else "", rules)


@dataclass(frozen=True)
class Bound:
    """A field bound to the columns of one file; the first that is filled counts."""

    target: str
    columns: tuple[str, ...]
    rule: ColumnRule


def bind(mapping: Mapping, headers: Iterable[str]) -> dict[str, Bound]:
    """The fields of the mapping that this file has, with their columns here."""
    here = list(headers)
    exact, loose = {h.casefold(): h for h in reversed(here)}, {plain(h): h for h in reversed(here)}
    found: dict[str, Bound] = {}
    for target, rule in mapping.rules.items():
        columns = [exact.get(h.casefold()) or (loose.get(plain(h)) if plain(h) else None) for h in rule.headers]
        own = tuple(dict.fromkeys(c for c in columns if c))
        if own:
            if TARGETS[target] == MONEY:
                rule = replace(rule, price_base=rule.price_base or price_base_of(own[0]) or NOT_STATED)
            found[target] = Bound(target, own, rule)
    return found


def fit(mapping: Mapping, headers: Iterable[str]) -> float:
    """How much of the mapping this file has, 0 to 1; 0 where it lacks the id."""
    here = list(headers)
    bound = bind(mapping, here)
    known = {plain(header) for header in here}
    if mapping.name in SIGNS and all(plain(sign) in known for sign in SIGNS[mapping.name]):
        return 0.9
    return len(bound) / len(mapping.rules) if "source_id" in bound and mapping.rules else 0.0


_YEAR = r"((?:19|20)\d{2}(?:\s?[/-]\s?\d{2,4})?)"


def price_base_of(text: str) -> str:
    """The price base a header states, in its own language: «2024/25 real prices», «2025-priser», «nominal»."""
    low = text.casefold()
    if found := re.search(_YEAR + r"\s*[- ]?\s*(real\s+)?(?:terms?\s+)?prices?", low):
        return f"{found[1]} {'real ' if found[2] else ''}prices"
    if found := re.search(r"prices? (?:of|in)\s*:?\s*" + _YEAR, low):
        return f"{found[1]} prices"
    if found := re.search(_YEAR + r"\s*[- ]?\s*(?:priser|prisar|kroner|kr\b|prisnivå)", low):
        return f"{found[1]}-priser"
    if found := re.search(r"(?:prisnivå|faste priser|faste prisar)\s*:?\s*" + _YEAR, low):
        return f"{found[1]}-priser"
    if found := re.search(r"nominal|nominell|nominelt|løpende|løpande|current prices", low):
        return "nominal" if found[0] in ("nominal", "current prices") else found[0]
    return ""


def _gbp(*headers: str) -> ColumnRule:
    return ColumnRule(headers, currency="GBP", unit=1_000_000)


def _plain(*headers: str) -> ColumnRule:
    return ColumnRule(headers)


# The British Government Major Projects Portfolio, as published each year. Headers and the id's name change.
GMPP = Mapping(
    "gmpp",
    {
        "source_id": _plain("GMPP ID", "Major Projects ID", "GMPP ID Number", "Project ID"),
        "title": _plain("Project Name"),
        "department": _plain("Department"),
        "category": _plain("Annual Report Category"),
        "description": _plain("Project Description", "Description / Aims"),
        "rating": _plain(
            "IPA Delivery Confidence Assessment",
            "NISTA Delivery Confidence Assessment",
            "SRO Delivery Confidence Assessment",
        ),
        "rating_comment": _plain("Departmental Commentary on Delivery Confidence Assessment Rating"),
        "start_date": _plain("Start Date", "Project - Start Date"),
        "end_date": _plain("End Date", "Project - End Date"),
        "schedule_text": _plain("Schedule Narrative"),
        "budget_year": _gbp("Financial Year Baseline"),
        "forecast_year": _gbp("Financial Year Forecast"),
        "variance": _plain("Financial Year Variance"),
        "variance_text": _plain("In Year Variance Narrative"),
        "whole_life_cost": _gbp("Whole Life Cost"),
        "cost_text": _plain("Costs Narrative"),
        "benefits_amount": _gbp("Benefits"),
        "benefits_text": _plain("Benefits Narrative"),
        "evaluation_plan": _plain(
            "Does the project have an evaluation plan? (self reported)", "Evaluation Plan and Registry Link"
        ),
        "owner_name": _plain("Senior Responsible Owner (SRO) Name"),
    },
)
# Prosjektportalen 365's export of its portfolio overview: the headers its lists show in Norwegian. Its site has an id
# only where the project has a number; else the title is what tells the projects apart.
PROSJEKTPORTALEN = Mapping(
    "prosjektportalen",
    {
        "source_id": _plain("Prosjektnummer", "GtProjectNumber", "Sak-/arkivreferanse", "Tittel"),
        "title": _plain("Tittel", "Prosjekttittel"),
        "department": _plain("Tjenesteområde", "Prosjekttjenesteområde"),
        "category": _plain("Prosjekttype", "Type prosjekt"),
        "description": _plain("Prosjektmål", "Mål", "Beskrivelse"),
        "phase": _plain("Fase", "Prosjektfase"),
        "owner_name": _plain("Prosjekteier"),
        "rating": _plain("Fremdrift", "Status fremdrift"),
        "rating_comment": _plain("Overordnet status"),
        "start_date": _plain("Startdato"),
        "end_date": _plain("Sluttdato"),
        "schedule_text": _plain("Kommentar til fremdrift", "Status fremdrift kommentar"),
        "budget": ColumnRule(("Totalbudsjett",), currency="NOK"),
        "whole_life_cost": ColumnRule(("Prognose",), currency="NOK"),
        "cost_text": _plain("Kommentar til økonomi", "Status økonomi kommentar"),
        "benefits_text": _plain("Kommentar til gevinstoppnåelse", "Mulige gevinster"),
    },
)
BUILT_IN: dict[str, Mapping] = {GMPP.name: GMPP, PROSJEKTPORTALEN.name: PROSJEKTPORTALEN}
# What only these exports have: where all are there, the built-in mapping is proposed by itself.
SIGNS: dict[str, tuple[str, ...]] = {"prosjektportalen": ("Tittel", "Prosjekteier", "Prosjektleder", "Fase")}
