"""One cell to one value. What cannot be read is unknown, with its reason and the words as they stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | None


class Reason(StrEnum):
    """Why a value is unknown."""

    BLANK = "blank"
    EXEMPT = "exempt"
    RANGE = "range"
    NOT_YET = "not_yet_known"
    FORMULA = "formula"
    NO_NUMBER = "not_a_number"
    NO_DATE = "not_a_date"
    NO_RATING = "not_a_rating"
    TOO_LARGE = "number_too_large"
    CURRENCY = "other_currency"
    BEYOND = "beyond_columns"
    END_FIRST = "ends_before_start"


@dataclass(frozen=True)
class Value:
    """A known value, or none with a reason; `text` is the cell as it stood. A range keeps its ends."""

    known: Decimal | date | str | None
    reason: Reason | None = None
    text: str = ""
    low: Decimal | date | None = None
    mid: Decimal | date | None = None
    high: Decimal | date | None = None

    @property
    def number(self) -> Decimal | None:
        """The value where it is a known number."""
        return self.known if isinstance(self.known, Decimal) else None

    @property
    def day(self) -> date | None:
        """The value where it is a known date."""
        return self.known if isinstance(self.known, date) else None

    @property
    def word(self) -> str:
        """The value where it is a known text, else nothing."""
        return self.known if isinstance(self.known, str) else ""


# What fits numeric(18,4): a larger number is a mistake or an attack, never a budget.
LARGEST = Decimal(10) ** 14
# Invisible and control characters, in one pattern: str.translate is ten times slower on a long text with «ø» in it.
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EXEMPT = re.compile(
    r"(exempt\b|section\s+\d+\s*[-\u2013\u2014]|unntatt\b|unnateke\b|unnatatt\b|u\.?\s?off|"
    r"(jf\.?\s*)?(offl\.?|offentleglova|offentlighetsloven)\s*\u00a7)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(tbc|tbd|n/?a|not (yet )?(known|available|applicable|set|provided)|ikke (avklart|kjent|fastsatt|satt|relevant)|"
    r"ikkje (avklart|kjent|fastsett|relevant)|ukjent|avklares|ubestemt|-+|\u2013|\u2014|\?+)\.?|"
    r".*\bnot yet in a position\b.*",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r"(?P<name>low|mid|high|lav|midt|middels|h\u00f8y|h\u00f8g)\s*:\s*(?P<text>.*?)\s*,?\s*(?=(?:low|mid|high|lav|midt|middels|h\u00f8y|h\u00f8g)\s*:|$)",
    re.IGNORECASE | re.DOTALL,
)
_PART_NAMES = {
    "low": "low",
    "lav": "low",
    "mid": "mid",
    "midt": "mid",
    "middels": "mid",
    "high": "high",
    "h\u00f8y": "high",
    "h\u00f8g": "high",
}
_CURRENCIES = {
    "\u00a3": "GBP",
    "gbp": "GBP",
    "\u20ac": "EUR",
    "eur": "EUR",
    "$": "USD",
    "usd": "USD",
    "kr": "NOK",
    "nok": "NOK",
    "kroner": "NOK",
    "sek": "SEK",
    "dkk": "DKK",
}
_CURRENCY = re.compile(r"\u00a3|\u20ac|\$|\b(?:gbp|eur|usd|nok|sek|dkk|kroner|kr)\b\.?|(?<=\d)kr\b\.?", re.IGNORECASE)
_WORDS = re.compile(
    r"(?<![^\W\d_])(million(?:er|ar)?|mill|mrd|milliard(?:er|ar)?|mn|bn|tusen|thousand|mnok|tnok|m|k)\b\.?",
    re.IGNORECASE,
)
_FACTORS = {
    "m": 10**6,
    "mn": 10**6,
    "mill": 10**6,
    "mnok": 10**6,
    "mrd": 10**9,
    "bn": 10**9,
    "k": 10**3,
    "tnok": 10**3,
    "tusen": 10**3,
    "thousand": 10**3,
}


def as_text(cell: Cell) -> str:
    """A cell as text: invisible and control characters gone, ends trimmed. Nothing is evaluated."""
    if isinstance(cell, str):
        return _UNSEEN.sub("", cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}" if cell == cell and abs(cell) < 1e300 else ""
    return _UNSEEN.sub("", str(cell)).strip()


def as_identity(cell: Cell) -> str:
    """A cell as what tells a row from others: spreadsheets make «7» to 7.0, and it is «7» all the same."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else as_text(cell)
    return " ".join(text.split())


def unsaid(text: str) -> Reason | None:
    """Why the cell says nothing, where it says why: blank, exempt, not yet known, a bare formula."""
    if not text:
        return Reason.BLANK
    if _EXEMPT.match(text):
        return Reason.EXEMPT
    if _NOT_YET.fullmatch(text):
        return Reason.NOT_YET
    if text[0] == "=":
        return Reason.FORMULA
    return None


def as_words(cell: Cell) -> Value:
    """A cell of text. An exemption is no text of its own; a blank is simply blank."""
    text = as_text(cell)
    if _EXEMPT.match(text) and len(text) < 300:
        return Value(None, Reason.EXEMPT, text)
    return Value(text, None, text)


def _number(text: str, decimal: str) -> Decimal | Reason:
    """Digits with either kind of thousands separator; `decimal` decides where «1,234» could be both."""
    text = text.replace("\u2212", "-").replace("\u2013", "-")
    negative = text.startswith("(") and text.endswith(")")
    digits = re.sub(r"[\s\u00a0\u202f\u2009'\u2019]", "", text.strip("()"))
    if not re.fullmatch(r"[-+]?(\d[\d.,]*|[.,]\d+)(,-|\.-)?", digits):
        return Reason.NO_NUMBER
    digits = re.sub(r"[.,]-$", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        mark, tail = digits[last], len(digits) - last - 1
        both = "." in digits and "," in digits
        repeated = digits.count(mark) > 1
        head = digits[:last].lstrip("+-")
        ambiguous = tail == 3 and 1 <= len(head) <= 3 and head != "0" and not both
        whole = repeated or (ambiguous and mark != decimal)
        digits = re.sub(r"[.,]", "", digits) if whole else re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return Reason.NO_NUMBER
    return -value if negative else value


def _amount(text: str, decimal: str, currency: str, unit: int) -> Decimal | Reason:
    found = {_CURRENCIES[c.lower().rstrip(".")] for c in _CURRENCY.findall(text)}
    if currency and found - {currency}:
        return Reason.CURRENCY
    bare = _CURRENCY.sub("", text)
    factors = [f.lower() for f in _WORDS.findall(bare)]
    value = _number(_WORDS.sub("", bare).strip(), decimal)
    if isinstance(value, Decimal) and factors:
        word = factors[0]
        factor = _FACTORS.get(word) or (10**9 if word.startswith("milliard") else 10**6)
        value = value * factor / unit
    if isinstance(value, Decimal) and abs(value) >= LARGEST:
        return Reason.TOO_LARGE
    return value


def _parts(text: str) -> dict[str, str]:
    found = {_PART_NAMES[m["name"].lower()]: m["text"] for m in _PART.finditer(text)}
    if found:
        return found
    # «10-15», «10 – 15 mill», «10 til 15»: two numbers with a dash or a word between them.
    pair = re.fullmatch(
        r"(\D{0,5}\d[\d\s.,\u00a0]*?)\s*(?:-|\u2013|\u2014|\btil\b|\bto\b)\s*(\D{0,5}\d[\d\s.,\u00a0]*\D{0,12})", text
    )
    return {"low": pair[1], "high": pair[2]} if pair else {}


def as_money(cell: Cell, *, decimal: str = ".", currency: str = "", unit: int = 1) -> Value:
    """A cell of money, in its column's unit. A range has no point value but keeps its ends."""
    text = as_text(cell)
    if isinstance(cell, bool | date):
        return Value(None, Reason.NO_NUMBER, text)
    if isinstance(cell, int | float):
        value: Decimal | Reason = Decimal(text) if text else Reason.NO_NUMBER
        if isinstance(value, Decimal) and abs(value) >= LARGEST:
            value = Reason.TOO_LARGE
        return Value(value, None, text) if isinstance(value, Decimal) else Value(None, value, text)
    reason = unsaid(text)
    if reason:
        return Value(None, reason, text)
    if len(text) > 200:
        return Value(None, Reason.NO_NUMBER, text)
    parts = _parts(text)
    if parts:
        ends = {name: _amount(part, decimal, currency, unit) for name, part in parts.items()}
        numbers = {name: end for name, end in ends.items() if isinstance(end, Decimal)}
        if not numbers:
            return Value(None, Reason.NO_NUMBER, text)
        return _range(numbers, len(numbers) == len(ends), text)
    value = _amount(text, decimal, currency, unit)
    return Value(value, None, text) if isinstance(value, Decimal) else Value(None, value, text)


def _range(ends: dict[str, Decimal] | dict[str, date], whole: bool, text: str) -> Value:
    """Low, mid and high. Where all three are stated and equal, the value is known after all."""
    low, mid, high = ends.get("low"), ends.get("mid"), ends.get("high")
    if whole and low is not None and low == mid == high:
        return Value(low, None, text, low, mid, high)
    return Value(None, Reason.RANGE, text, low, mid, high)


_MONTHS = {
    m: n
    for n, names in enumerate(
        (
            "jan januar january",
            "feb februar february",
            "mar mars march",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "des dec desember december",
        ),
        1,
    )
    for m in names.split()
}


def _date(text: str, order: str) -> date | Reason:
    """ISO, or three numbers in the column's order, or with the month in words; never an impossible day."""
    text = re.sub(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$", "", text.strip())
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text, re.ASCII):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})", text, re.ASCII):
        first, second, year = map(int, found.groups())
        month, day = (first, second) if order == "mdy" and "/" in text else (second, first)
    elif found := re.fullmatch(r"(\d{1,2})\.?[ -]([^\W\d_]+)\.?[ -](\d{4}|\d{2})", text):
        day, month, year = int(found[1]), _MONTHS.get(found[2].lower(), 0), int(found[3])
    else:
        return Reason.NO_DATE
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return Reason.NO_DATE


def as_date(cell: Cell, *, order: str = "dmy") -> Value:
    """A cell with a date. Impossible days, words and ranges are unknown; a range keeps its ends."""
    text = as_text(cell)
    if isinstance(cell, datetime):
        return Value(cell.date(), None, text)
    if isinstance(cell, date):
        return Value(cell, None, text)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # Excel's day number, in a cell that lost its date format. 20 000 is 1954, 80 000 is 2119.
        plausible = 20_000 <= cell <= 80_000
        return (
            Value(date(1899, 12, 30) + timedelta(days=int(cell)), None, text)
            if plausible
            else Value(None, Reason.NO_DATE, text)
        )
    reason = unsaid(text)
    if reason:
        return Value(None, reason, text)
    if len(text) > 200:
        return Value(None, Reason.NO_DATE, text)
    parts = {_PART_NAMES[m["name"].lower()]: _date(m["text"], order) for m in _PART.finditer(text)}
    ends = {name: end for name, end in parts.items() if isinstance(end, date)}
    if ends:
        return _range(ends, len(ends) == len(parts), text)
    value = _date(text, order)
    return Value(value, None, text) if isinstance(value, date) else Value(None, value, text)


# The words for a light: its colour, or as Prosjektportalen says how far one is.
LIGHT_WORDS = {
    word: light
    for light, words in (
        ("green", "green|gr\u00f8nn|gr\u00f8n|foran plan|p\u00e5 plan"),
        ("amber", "amber|yellow|gul|mindre forsinkelser"),
        ("red", "red|r\u00f8d|raud|forsinket|forseinka"),
    )
    for word in words.split("|")
}
_RATINGS = {re.sub(r"\s", "", word): light for word, light in LIGHT_WORDS.items()} | {
    "g": "green", "a": "amber", "r": "red",
    "amber/green": "amber", "amber/red": "red", "green/amber": "amber", "red/amber": "red",
}  # fmt: skip


def as_rating(cell: Cell) -> Value:
    """A delivery confidence as a status light, whatever its case; exempt is a rating of its own."""
    text = as_text(cell)
    light = _RATINGS.get(re.sub(r"\s", "", text.lower()).rstrip("."))
    if light:
        return Value(light, None, text)
    return Value(None, unsaid(text) or Reason.NO_RATING, text)
