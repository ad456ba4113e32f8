"""The names of files that somebody hands in: made safe to store and to show."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST_NAME = 120
_SAME = {"jpeg": "jpg", "jpe": "jpg", "text": "txt"}
# A name that a spreadsheet would take for a formula, or a command line for an option.
_FORMULA = ("=", "+", "-", "@")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def ending_of(name: str) -> str:
    """«pdf» of «Notat.PDF»."""
    found = _visible(name).rpartition(".")[2].strip().lower() if "." in name else ""
    return _SAME.get(found, found)


def clean_name(name: str) -> str:
    """The name without folders, invisible signs and what some systems cannot store; never empty."""
    last = _visible(name).replace("\\", "/").rsplit("/", 1)[-1]
    last = " ".join(_FORBIDDEN.sub("_", last).split()).strip(". ")
    stem, _dot, ending = last.rpartition(".")
    if not stem:
        stem, ending = "", ending_of(name)
    stem = stem.strip(". ")[: LONGEST_NAME - len(ending) - 1].rstrip(". ") or _("attachment")
    if _RESERVED.fullmatch(stem) or stem.startswith(_FORMULA):
        stem = f"_{stem}"
    return f"{stem}.{ending.lower()}" if ending else stem


def _visible(name: str) -> str:
    # Control and format signs go: among them those that turn the direction of writing and so hide an ending.
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
