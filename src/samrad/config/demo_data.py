"""The invented region and its 36 initiatives. Figures are plausible estimates, not anyone's accounts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

REGION = ("fjelldalsregionen", "Fjelldalsregionen")
MUNICIPALITIES = [
    ("fjelldal", "Fjelldal kommune", 28000, "nb"),
    ("granlia", "Granlia kommune", 14500, "nb"),
    ("skarholt", "Skarholt kommune", 9800, "nb"),
    ("sundneset", "Sundneset kommune", 6200, "nb"),
    ("bekkjarvoll", "Bekkjarvoll kommune", 4100, "nn"),
    ("fossmark", "Fossmark kommune", 2500, "nn"),
]
SECTORS = [
    ("helse", "Helse og mestring", ["234", "241", "253", "254"]),
    ("oppvekst", "Oppvekst", ["201", "202", "215", "244"]),
    ("teknisk", "Plan og teknisk", ["302", "338", "340", "345"]),
    ("organisasjon", "Organisasjon og digitalisering", ["100", "120"]),
]
FIRST = [
    "Anne",
    "Bjørn",
    "Camilla",
    "Dag",
    "Eli",
    "Frode",
    "Grete",
    "Håkon",
    "Ingrid",
    "Jon",
    "Kari",
    "Lars",
    "Marit",
    "Nils",
    "Oddny",
    "Per",
    "Randi",
    "Stein",
    "Turid",
    "Vidar",
    "Åse",
    "Øystein",
    "Ragnhild",
    "Sindre",
    "Tone",
]
LAST = [
    "Bakkevoll",
    "Dalsbø",
    "Engeseth",
    "Fossheim",
    "Grønlid",
    "Haugstad",
    "Indrebakk",
    "Kvamseth",
    "Lundebø",
    "Myrvang",
    "Nesbakk",
    "Oppedalen",
    "Rønnevik",
    "Sagmo",
    "Tveitan",
    "Ulvestad",
    "Vikmo",
    "Årdalsbakk",
]


class Tiltak(NamedTuple):
    """One initiative of the demo: kroner once and a year, benefit in kroner or hours a year, and how far it has come."""

    title: str
    sector: str
    problem: str
    once: int
    yearly: int
    benefit: str
    kind: str
    kroner: int | None
    hours: int | None
    owner: str
    stage: str


def _read() -> list[Tiltak]:
    """The initiatives, from the spreadsheet beside this file: easier to read and to change than code."""

    def number(text: str) -> int | None:
        return int(text) if text else None

    with (Path(__file__).parent / "demo_tiltak.csv").open(encoding="utf-8", newline="") as file:
        return [
            Tiltak(
                **{
                    **dict[str, Any](row),
                    "once": int(row["once"]),
                    "yearly": int(row["yearly"]),
                    "kroner": number(row["kroner"]),
                    "hours": number(row["hours"]),
                }
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


TILTAK = _read()

# What must be done whatever it gives, and which law says so.
DUTIES = {
    "Sonedeling, MFA og tilknytning til SOC": "Digitalsikkerhetsloven, i kraft 1. oktober 2025: helse og vann skal være sikret."
}

SCREENED = {
    "screen_personal_data": "yes",
    "screen_ai": "no",
    "screen_security": "no",
    "screen_accessibility": "yes",
    "screen_procurement": "yes",
    "screen_archive": "no",
    "screen_integrations": "yes",
    "screen_working_environment": "no",
    "screen_climate": "no",
}
