"""What is missing, wrong or worth a look in the catalogues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from samrad.core.catalogues.files import (
    LANGUAGES,
    forms,
    is_translated,
    key_of,
    messages_of,
    po_path,
    read,
)
from samrad.core.catalogues.texts import SAMRAD, Key, Text, rooms, texts_of

# Common words that exist in bokmål only: a nynorsk text with one of them was probably copied.
BOKMAL_ONLY = frozenset(
    [
        "ikke",
        "jeg",
        "hva",
        "hvem",
        "hvor",
        "hvordan",
        "hvorfor",
        "hvilke",
        "hvilken",
        "hvilket",
        "noen",
        "noe",
        "være",
        "fra",
        "en",
        "et",
        "bare",
        "gjøre",
        "gjør",
        "ble",
        "flere",
        "mer",
        "se",
    ]
)


@dataclass(frozen=True)
class Finding:
    """What `check` says of one text in one catalogue."""

    room: str
    language: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.room}/{self.language}: {self.what}: {self.text!r}"


_NAMED = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]")
_PLACED = re.compile(r"%[#0+-]*\d*(?:\.\d+)?[sdifrx]\b")
_BRACED = re.compile(r"\{\{?\s*([\w.]*)(?:![rs])?(?::[^{}]*)?\s*\}\}?")


def placeholders(text: str) -> set[str]:
    """What is filled in: %(name)s, {name}, {{ name }}, and how many %s."""
    bare = text.replace("%%", "")
    found = {f"%({name})" for name in _NAMED.findall(bare)} | {f"{{{name}}}" for name in _BRACED.findall(bare)}
    placed = len(_PLACED.findall(bare))
    return found | ({f"{placed} × %s"} if placed else set())


class _Anything(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1


def _formats(text: str) -> bool:
    try:
        text % (_Anything() if _NAMED.search(text) or not _PLACED.search(text) else (1,) * len(_PLACED.findall(text)))
    except (TypeError, ValueError, KeyError):
        return False
    return True


def placeholder_fault(text: Text, strings: list[str]) -> str:
    """What is wrong with the placeholders of a translation, or nothing."""
    originals = [text.singular, text.plural] if text.plural else [text.singular]
    allowed: set[str] = set().union(*(placeholders(o) for o in originals if o))
    filled = any("%%" in o or _NAMED.search(o) or _PLACED.search(o) for o in originals if o)
    for position, string in enumerate(strings):
        original = originals[min(position, len(originals) - 1)] or ""
        wanted, given = placeholders(original), placeholders(string)
        if given - allowed:
            return f"unknown placeholder {', '.join(sorted(given - allowed))}"
        # «One day» need not say its number, in any language.
        if wanted - given and not (text.plural and position == 0):
            return f"placeholder {', '.join(sorted(wanted - given))} is missing"
        if filled and not _formats(string):
            return "a percent sign is written %%"
    return ""


def findings(room: str, language: str, texts: Mapping[Key, Text], catalogue: Catalog) -> Iterator[Finding]:
    """Everything that makes a catalogue incomplete or wrong."""
    known = messages_of(catalogue)
    for key, text in sorted(texts.items(), key=lambda item: (item[1].singular, item[0][0] or "")):
        message = known.get(key)
        if message is None or not is_translated(message):
            yield Finding(room, language, "missing", text.singular)
        elif text.plural and isinstance(message.string, str):
            yield Finding(room, language, "plural form missing", text.singular)
        elif message.fuzzy:
            yield Finding(room, language, "fuzzy", text.singular)
        elif fault := placeholder_fault(text, forms(message)):
            yield Finding(room, language, fault, text.singular)
    unused = [key[1] for key in known if key not in texts]
    unused += [key[1] for key in (key_of(m) for m in catalogue.obsolete.values())]
    for singular in sorted(unused):
        yield Finding(room, language, "obsolete (extract --prune removes it)", singular)


def _looks_like_bokmal(string: str) -> set[str]:
    return set(BOKMAL_ONLY) & set(re.findall(r"[a-zæøåéèòó]+", re.sub(r"%\(\w+\)s|«[^»]*»", "", string.lower())))


def warnings(catalogues: Mapping[str, Mapping[str, Catalog]]) -> Iterator[str]:
    """What is worth a look: nynorsk that is only bokmål, and one text said in two ways."""
    said: dict[tuple[str, Key], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for room, by_language in catalogues.items():
        found = {language: messages_of(catalogue) for language, catalogue in by_language.items()}
        nb, nn = found.get("nb", {}), found.get("nn", {})
        both = [key for key in nn if key in nb and any(forms(nn[key]))]
        if len(both) > 3 and all(forms(nn[key]) == forms(nb[key]) for key in both):
            yield f"{room}: nynorsk is identical to bokmål in all {len(both)} texts"
        for message in nn.values():
            for string in forms(message):
                if words := _looks_like_bokmal(string):
                    yield f"{room}/nn: reads as bokmål ({', '.join(sorted(words))}): {string!r}"
        for language, messages in found.items():
            for key, message in messages.items():
                if is_translated(message):
                    said[language, key][" | ".join(forms(message))].add(room)
    for (language, key), ways in said.items():
        if len(ways) > 1:
            told = "; ".join(f"{', '.join(sorted(where))}: {way!r}" for way, where in sorted(ways.items()))
            yield f"{language}: {key[1]!r} is said in {len(ways)} ways, and Django shows one of them ({told})"


def check(root: Path = SAMRAD) -> tuple[list[Finding], list[str]]:
    """Everything wrong with the catalogues, and what is worth a look."""
    wrong: list[Finding] = []
    catalogues: dict[str, dict[str, Catalog]] = {}
    for room in rooms(root):
        texts = texts_of(room, root)
        for language in LANGUAGES:
            catalogue = read(po_path(room, language, root), language)
            catalogues.setdefault(room, {})[language] = catalogue
            wrong += findings(room, language, texts, catalogue)
    return wrong, list(warnings(catalogues))
