"""How well «someone has done this before» finds: the queries and titles beside this file, written before it was tuned.

Half of the queries were used while tuning (tune), the other half was only measured (held).
"""

from __future__ import annotations

import csv
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TITLES = HERE / "duplicates_titles.csv"
QUERIES = HERE / "duplicates.csv"
DEMO = HERE.parent / "src" / "samrad" / "config" / "demo_tiltak.csv"
AT = 5
GOAL_RECALL, GOAL_MS = 0.9, 50.0


@dataclass(frozen=True)
class Query:
    """What someone types, what a person would expect to find, and what makes it hard."""

    half: str
    about: str
    text: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Recall:
    """Of the hits a person would expect, how many are among the first five."""

    queries: int
    expected: int
    found: int
    missed: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.found / self.expected


@dataclass(frozen=True)
class Duplicates:
    """What the benchmark says of it."""

    titles: int
    tune: Recall
    held: Recall
    among: int
    words: int
    median_ms: float
    p95_ms: float
    slowest_ms: float


def titles() -> list[str]:
    """The corpus: the demo's initiatives and as many more again and again, most of them there to distract."""
    with DEMO.open(encoding="utf-8", newline="") as file:
        found = [row["title"] for row in csv.DictReader(file, delimiter=";")]
    return found + TITLES.read_text(encoding="utf-8").splitlines()[1:]


def queries() -> list[Query]:
    """The questions, both halves."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [Query(r["half"], r["about"], r["query"], tuple(r["expected"].split("|"))) for r in rows]


def recall(asked: Iterable[Query], search: Callable[[str], list[str]]) -> Recall:
    """Ask each and count the expected among the first five answers."""
    number = expected = found = 0
    missed = []
    for query in asked:
        first = search(query.text)[:AT]
        number += 1
        expected += len(query.expected)
        found += sum(1 for title in query.expected if title in first)
        missed += [f"{query.text} → {title}" for title in query.expected if title not in first]
    return Recall(number, expected, found, tuple(missed))


BEGIN = ["Digital", "Ny", "Felles", "Automatisk", "Elektronisk", "Bedre", "Regional", "Mobil", "Trygg", "Enkel"]
STEMS = [
    "søknad",
    "avtale",
    "vedtak",
    "varsel",
    "møte",
    "plan",
    "journal",
    "skjema",
    "kart",
    "timeliste",
    "faktura",
    "arkiv",
    "nøkkel",
    "resept",
    "time",
    "vakt",
    "rapport",
    "måling",
    "prøve",
    "henvisning",
    "skyss",
    "leie",
    "bolig",
    "lån",
    "tomt",
    "gebyr",
    "avfall",
    "vann",
    "avløp",
    "vei",
    "lys",
    "bygg",
    "anlegg",
    "brann",
    "feie",
    "skog",
    "jord",
    "fisk",
    "havn",
    "båt",
    "bibliotek",
    "kultur",
    "idrett",
    "hall",
    "bad",
    "park",
    "lek",
    "skole",
    "elev",
    "lærer",
    "barnehage",
    "foreldre",
    "barn",
    "ungdom",
    "familie",
    "pasient",
    "bruker",
    "pårørende",
    "lege",
    "sykepleier",
    "medisin",
    "mat",
    "rengjøring",
    "lager",
    "innkjøp",
    "lønn",
    "personal",
    "ferie",
    "fravær",
    "kurs",
    "tilgang",
    "passord",
    "server",
    "nett",
    "telefon",
    "skjerm",
    "sensor",
    "alarm",
    "kamera",
    "robot",
    "språk",
    "tolk",
    "flyktning",
    "bosetting",
    "arbeid",
    "ledelse",
    "budsjett",
    "regnskap",
    "revisjon",
    "valg",
    "politikk",
    "innsyn",
    "personvern",
    "sikkerhet",
    "beredskap",
    "klima",
    "energi",
    "strøm",
]
ENDS = [
    "register",
    "oppfølging",
    "bestilling",
    "oversikt",
    "varsling",
    "behandling",
    "kontroll",
    "portal",
    "løsning",
    "administrasjon",
    "planlegging",
]
PLACES = [
    "hjemmetjenesten",
    "skolen",
    "barnehagen",
    "sykehjemmet",
    "rådhuset",
    "driften",
    "kulturskolen",
    "legevakta",
    "kommunen",
    "distriktet",
]


def many_titles(count: int) -> list[str]:
    """Titles of the kind people write: compounds of ordinary words, thousands of different ones. The same each time."""
    dice = random.Random(2026)
    made = []
    for _number in range(count):
        compound = f"{dice.choice(STEMS)}{dice.choice(['', 's', 'e'])}{dice.choice(STEMS)}{dice.choice(['', dice.choice(ENDS)])}"
        made.append(
            f"{dice.choice(BEGIN)} {compound} og {dice.choice(STEMS)}{dice.choice(ENDS)} i {dice.choice(PLACES)}"
        )
    return made


def timed(search: Callable[[str], object], texts: Iterable[str], rounds: int = 5) -> list[float]:
    """Milliseconds for each text, the quietest of some rounds."""
    times = []
    for text in texts:
        best = float("inf")
        for _round in range(rounds):
            began = time.perf_counter()
            search(text)
            best = min(best, (time.perf_counter() - began) * 1000)
        times.append(best)
    return sorted(times)


def figures(small: Callable[[str], list[str]], large: Callable[[str], object], *, among: int, words: int) -> Duplicates:
    """Recall by the one search, times by the other."""
    asked = queries()
    times = timed(large, [query.text for query in asked])
    return Duplicates(
        titles=len(titles()),
        tune=recall([q for q in asked if q.half == "tune"], small),
        held=recall([q for q in asked if q.half == "held"], small),
        among=among,
        words=words,
        median_ms=statistics.median(times),
        p95_ms=times[int(len(times) * 0.95) - 1],
        slowest_ms=times[-1],
    )
