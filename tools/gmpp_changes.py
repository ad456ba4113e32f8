"""What changed from one year's GMPP file to the next, worked out from the raw files without the product.

    python tools/gmpp_changes.py gmpp_2024_25.csv gmpp_2025_26.csv > tests/portfolio/gmpp/changes.csv

Plain csv, importing nothing of the product: the test holds the product's own report against what stands here.
"""

import csv
import re
import sys
from datetime import date
from fractions import Fraction

COLUMNS = ["id", "change", "field", "before", "after", "difference", "doubts"]
ID = {"GMPP ID", "Major Projects ID"}
RATINGS = ["IPA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment"]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def cell(row: dict[str, str], start: str) -> str:
    """The cell under the header that begins so, without what cannot be seen."""
    key = next(k for k in row if k.startswith(start))
    return "".join(c for c in row[key] if c not in INVISIBLE).strip()


def silent(text: str) -> str:
    """Why a cell holds no value, in the source's own few ways of saying so."""
    if text == "":
        return "blank"
    if text.startswith(("Exempt", "Section ")):
        return "exempt"
    if "not yet in a position" in text:
        return "not_yet_known"
    return ""


def number(text: str) -> Fraction:
    """«1,029.78» as an exact number."""
    return Fraction(text.replace(",", ""))


def said(value: Fraction) -> str:
    """An exact number as a person writes it."""
    places = 0
    while value * 10**places != int(value * 10**places):
        places += 1
    whole = abs(int(value * 10**places))
    digits = str(whole).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if value < 0 else text


def iso(text: str) -> str:
    """«31/03/2030» as 2030-03-31."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day)).isoformat()


def ends(text: str) -> list[str]:
    """Low, mid and high of «Low: …, Mid: …, High: …», empty where one is not said."""
    found = dict(re.findall(r"(Low|Mid|High): ([^ ]+?)(?:,(?= )|$)", text))
    return [found.get(name, "") for name in ("Low", "Mid", "High")]


def reading(text: str, one, kind: str) -> tuple[str, str]:
    """A cell as (value or range as text, why it is no single value)."""
    if why := silent(text):
        return "", why
    if ":" in text:
        parts = [one(part) if part else "" for part in ends(text)]
        if parts[0] and parts[0] == parts[1] == parts[2]:
            return parts[0], ""
        return "..".join(parts), "range"
    try:
        return one(text), ""
    except ValueError:
        return "", f"not_a_{kind}"


def money(row: dict[str, str], start: str) -> tuple[str, str, str]:
    """An amount, why it is none, and the price base its header states."""
    header = next(k for k in row if k.startswith(start))
    base = re.search(r"Presented in (.+ Prices)", header)
    text, why = reading(cell(row, start), lambda t: said(number(t)), "number")
    return text, why, base[1] if base else "not stated"


def period(row: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The start and the end; an end before the start is no end."""
    found = {name: reading(cell(row, name), iso, "date") for name in ("Start Date", "End Date")}
    (start, no_start), (end, no_end) = found["Start Date"], found["End Date"]
    if not no_start and not no_end and end < start:
        found["End Date"] = ("", "ends_before_start")
    return found


def light(row: dict[str, str]) -> tuple[str, str, str]:
    """The rating, why there is none, and who gave it: the first of the two columns that says anything."""
    column = next((name for name in RATINGS if cell(row, name)), RATINGS[0])
    text = cell(row, column)
    return (text.lower(), "", column) if text in ("GREEN", "AMBER", "RED") else ("", silent(text) or "other", column)


def deviation(row: dict[str, str]) -> tuple[Fraction | None, bool]:
    """The year's deviation in per cent with its sign, from its parts; and whether the file's own figure is another."""
    budget, no_budget, _base = money(row, "Financial Year Baseline")
    forecast, no_forecast, _base = money(row, "Financial Year Forecast")
    if no_budget or no_forecast or number(budget) == 0:
        return None, False
    share = (number(forecast) - number(budget)) * 100 / number(budget)
    sign = -1 if share < 0 else 1
    # To two decimals, a half to the even one, as banks do.
    rounded = sign * Fraction(round(abs(share) * 100), 100)
    stated = cell(row, "Financial Year Variance").rstrip("%")
    off = not silent(stated) and abs(abs(rounded) - abs(number(stated))) > Fraction(1, 10)
    return rounded, off


def unsure(before: str, after: str) -> list[str]:
    """What is unknown on either side."""
    return [f"{side}_{why}" for side, why in (("before", before), ("after", after)) if why]


def moved(old: dict[str, str], new: dict[str, str]) -> list[list[str]]:
    """Every change of one project that is in both files."""
    found = []
    for change, field, start in (
        ("cost", "whole_life_cost", "Whole Life Cost"),
        ("benefit", "benefits_amount", "Benefits ("),
    ):
        (was, no_was, base), (now, no_now, other_base) = money(old, start), money(new, start)
        doubts = unsure(no_was, no_now)
        if (not was and not now) or (was == now and (base == other_base or now == "0")):
            continue
        doubts += ["price_base"] if base != other_base else []
        if not no_was and not no_now:
            one, other = number(was), number(now)
            doubts += ["sign"] if one * other < 0 else []
            doubts += ["magnitude"] if one * other and not Fraction(1, 100) < abs(other / one) < 100 else []
        # The price base differs between these two files, so no difference can be shown.
        assert "price_base" in doubts
        found.append([change, field, was, now, "", doubts])
    (was_share, off), (now_share, other_off) = deviation(old), deviation(new)
    if was_share != now_share:
        doubts = (["before_stated_variance"] if off else []) + (["after_stated_variance"] if other_off else [])
        doubts += unsure("unknown" if was_share is None else "", "unknown" if now_share is None else "")
        both = was_share is not None and now_share is not None
        texts = ["" if share is None else said(share) for share in (was_share, now_share)]
        found.append(["deviation", "variance", *texts, said(now_share - was_share) if both else "", doubts])
    was_period, now_period = period(old), period(new)
    for field, start in (("start_date", "Start Date"), ("end_date", "End Date")):
        (was, no_was), (now, no_now) = was_period[start], now_period[start]
        if was == now:
            continue
        doubts, days = unsure(no_was, no_now), ""
        if not no_was and not no_now:
            one, other = date.fromisoformat(was), date.fromisoformat(now)
            turned = was[:4] == now[:4] and was[5:7] == now[8:] and was[8:] == now[5:7]
            doubts, days = (["swapped"], "") if turned else ([], str((other - one).days))
        found.append(["date", field, was, now, days, doubts])
    (was, no_was, who), (now, no_now, other_who) = light(old), light(new)
    if was != now:
        doubts = unsure(no_was, no_now) + (["other_column"] if was and now and who != other_who else [])
        found.append(["rating", "rating", was, now, "", doubts])
    return found


def projects(path: str) -> tuple[dict[str, dict[str, str]], set[str]]:
    """The rows of a file by id, and the names of those without one."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    key = next(k for k in rows[0] if k in ID)
    found, nameless = {}, set()
    for row in rows:
        if row[key].strip():
            found.setdefault(" ".join(row[key].split()), row)
        else:
            nameless.add(name(row))
    return found, nameless


def name(row: dict[str, str]) -> str:
    """A project's name, to hold against another."""
    return " ".join(row["Project Name"].casefold().split())


def report(before: str, after: str) -> list[list[str]]:
    """Every change, by kind and id."""
    (old, _nameless), (new, nameless) = projects(before), projects(after)
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    lines = []
    for pk in come:
        same = name(new[pk]) in {name(old[other]) for other in gone}
        lines.append([pk, "new", "", "", "", "", ["same_name"] if same else []])
    for pk in gone:
        same = name(old[pk]) in {name(new[other]) for other in come}
        doubts = (["same_name"] if same else []) + (["name_without_id"] if name(old[pk]) in nameless else [])
        lines.append([pk, "left", "", "", "", "", doubts])
    for pk in old.keys() & new.keys():
        lines += [[pk, *change] for change in moved(old[pk], new[pk])]
    return [
        [*line[:-1], " ".join(sorted(line[-1]))] for line in sorted(lines, key=lambda line: (line[1], line[0], line[2]))
    ]


if __name__ == "__main__":
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows(report(sys.argv[1], sys.argv[2]))
