"""Needs as another form tool hands them over: CSV or JSON in, plain rows out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.content import FIELDS

MAX_BYTES = 5 * 1024 * 1024
MAX_NEEDS = 2000
# What is not a question of the form, by the names other tools give it.
OTHERS: dict[str, tuple[str, ...]] = {
    "id": ("id", "source_id", "referanse", "svar-id", "response id"),
    "owner_email": ("owner_email", "eier", "e-post", "epost", "email", "innmelder", "submitter"),
    "need_owner_email": ("need_owner_email", "behovseier"),
    "benefit": ("benefit", "gevinst"),
    "benefit_kind": ("benefit_kind", "gevinsttype"),
    "benefit_kroner": ("benefit_kroner", "kroner per år"),
    "benefit_hours": ("benefit_hours", "timer per år"),
}


class Unreadable(Exception):
    """The file cannot be read; the message says why in a plain sentence."""


@dataclass(frozen=True)
class Row:
    """One need as it came: which line, and its answers by the form's own codes."""

    line: int
    values: dict[str, str]
    unknown: tuple[str, ...] = ()  # columns that were filled in, and belong to no question


def _names() -> dict[str, str]:
    """Every name a column may have, with the code it stands for: the code, or the question in each language."""
    found = {name: code for code, names in OTHERS.items() for name in names}
    for item in FIELDS:
        found[item.code] = item.code
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                found[_plain(str(item.label))] = item.code
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().rstrip("?*: ")


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file is not text. Save it as CSV (UTF-8) or JSON."))


def _records(text: str, *, is_json: bool) -> list[tuple[int, dict[str, Any]]]:
    if is_json:
        try:
            data = json.loads(text)
        except ValueError:
            raise Unreadable(_("The file is not valid JSON.")) from None
        rows = data.get("needs") if isinstance(data, dict) else data
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Unreadable(_("The JSON must be a list of needs, or hold one under «needs»."))
        return list(enumerate(rows, 1))
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        return [(reader.line_num, {k: v for k, v in row.items() if k}) for row in reader]
    except csv.Error:
        raise Unreadable(_("The file cannot be read as CSV.")) from None


def read_needs(content: bytes, name: str) -> list[Row]:
    """The needs of a file. Empty rows are left out; what belongs to no question is named."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is too large. Divide it: at most 5 MB."))
    text = _text(content).replace("\x00", "")
    is_json = name.lower().endswith(".json") or text.lstrip()[:1] in {"[", "{"}
    names, found = _names(), []
    known = {_plain(alias): code for alias, code in names.items()}
    for line, record in _records(text, is_json=is_json):
        said = {
            str(k): "" if v is None else str(v).strip() for k, v in record.items() if not isinstance(v, list | dict)
        }
        values = {known[_plain(k)]: v for k, v in said.items() if v and _plain(k) in known}
        unknown = tuple(k for k, v in said.items() if v and _plain(k) not in known)
        if values or unknown:
            found.append(Row(line, values, unknown))
    if not found:
        raise Unreadable(_("There are no needs in the file."))
    if len(found) > MAX_NEEDS:
        raise Unreadable(_("There are too many needs in the file. Divide it: at most 2 000."))
    return found
