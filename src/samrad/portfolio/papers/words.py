"""How a frozen portfolio report says things, on every paper alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import formats
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.money import NBSP, kroner
from samrad.initiatives.models import Benefit, Initiative
from samrad.portfolio.lights import as_kept
from samrad.portfolio.models import Measure, MoneyLine
from samrad.portfolio.queries import REPORTED
from samrad.portfolio.summing import statuses_of
from samrad.portfolio.workflow import BY_CODE

MARKS = {"green": "●", "amber": "▲", "red": "■", "": "○"}
MOST = 12
MOST_NAMED = 6


def light_word(light: str) -> str:
    """A status light as a word: it must be readable in black and white."""
    words = {"green": _("on course"), "amber": _("needs attention"), "red": _("off course")}
    return words.get(light, _("not reported"))


def trend_word(trend: str) -> str:
    """How a light stands against the report before."""
    return {"better": _("better"), "worse": _("worse"), "same": _("as before")}.get(trend, "–")


def total_light(project: Mapping[str, Any]) -> str:
    """The worst of a project's lights, with its mark: how it stands in all."""
    worst = worst_light(project)
    return f"{MARKS[worst]} {light_word(worst)}"


def worst_light(project: Mapping[str, Any]) -> str:
    """The worst of a project's lights; empty where nothing is reported."""
    lights = {one["light"] for one in project["lights"].values()}
    return next((light for light in ("red", "amber", "green") if light in lights), "")


def by_phase(data: Mapping[str, Any]) -> list[tuple[str, list[int]]]:
    """For each phase that has projects: how many are on course, need attention, are off course, are not reported."""
    found: dict[str, list[int]] = {}
    for project in data["projects"]:
        counts = found.setdefault(project["phase"], [0, 0, 0, 0])
        counts[["green", "amber", "red", ""].index(worst_light(project) if project["reported"] else "")] += 1
    order = [code for code, _name in Initiative.Phase.choices]
    return [(phase_name(code), found[code]) for code in sorted(found, key=order.index)]


def by_light(data: Mapping[str, Any]) -> list[tuple[str, int]]:
    """How many are on course, need attention, are off course and are not reported, the worst of all lights counted."""
    standing = [counts for _phase, counts in by_phase(data)]
    return [(code, sum(counts[n] for counts in standing)) for n, code in enumerate(("green", "amber", "red", ""))]


def by_status(data: Mapping[str, Any]) -> list[tuple[str, int]]:
    """How many projects have each status, in the order of the statuses."""
    found = statuses_of(data)
    return [(str(label), found[code]) for code, label in Initiative.Status.choices if code in found]


ARROWS = {"better": "↑", "same": "→", "worse": "↓"}


def total_trend(project: Mapping[str, Any]) -> str:
    """How it goes in all since the report before: an arrow and a word. Earlier shapes do not know it."""
    trend = project.get("total_trend", "")
    return f"{ARROWS[trend]}{NBSP}{trend_word(trend)}" if trend else "–"


def quality_words(project: Mapping[str, Any]) -> list[str]:
    """Benefits that no kroner show: what becomes better, and how much of 5 where that is said."""
    found = []
    for one in project.get("benefit_quality", []):
        better = Benefit(quality_before=one["before"], quality_after=one["after"]).quality
        found.append(f"{one['title']}: {better}" if better else str(one["title"]))
    return found


def short(text: str, most: int) -> str:
    """So much of a text as fits in a summary."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def yes_no(answer: str) -> str:
    """A yes, a no, or nothing said."""
    return {"yes": _("Yes"), "no": _("No")}.get(answer, "–")


def computed_of(one: Mapping[str, Any]) -> tuple[str, str]:
    """The light that was computed where it is another than the reported one, and why: empty where nothing is to be said."""
    kept = one.get("computed")
    if not kept:
        return "", ""
    return kept[0], as_kept({"": kept})[""].reason if len(kept) > 1 else ""


def mark(one: Mapping[str, Any]) -> str:
    """A reported light as a mark, with the computed one in brackets where it is another."""
    computed, _why = computed_of(one)
    return MARKS[one["light"]] + (f" ({MARKS[computed]})" if computed else "")


def both_words(one: Mapping[str, Any], *, marks: bool = True) -> str:
    """The same in words."""
    computed, _why = computed_of(one)
    said = [f"{MARKS[light]} {light_word(light)}" if marks else light_word(light) for light in (one["light"], computed)]
    return f"{said[0]} ({_('computed:')} {said[1]})" if computed else said[0]


def light_names() -> dict[str, str]:
    """What each light is about."""
    names = [_("Progress"), _("Economy"), _("Risk"), _("Resources"), _("Benefits"), _("Change")]
    return dict(zip(REPORTED, names, strict=True))


def on(text: str | None) -> date | None:
    """The day of a frozen date, or of a moment as it is in Norway: frozen moments are in UTC."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else localdate(datetime.fromisoformat(text))


def day(text: str | None) -> str:
    """A day, short."""
    found = on(text)
    return formats.date_format(found, "SHORT_DATE_FORMAT") if found else "–"


def kr(text: str | None) -> str:
    """Kroner."""
    return kroner(Decimal(text)) if text is not None else "–"


def amount(project: Mapping[str, Any], kind: str) -> str:
    """An amount with its currency and unit, as the source states it; never converted."""
    stated = project.get("amounts", {}).get(kind)
    if stated is None or stated["value"] is None:
        return "–"
    if stated["currency"] == "NOK":
        return kroner(Decimal(stated["value"]) * stated["unit"])
    unit = {1: "", 1000: _("thousand"), 1_000_000: _("million")}.get(stated["unit"], str(stated["unit"]))
    value = formats.number_format(Decimal(stated["value"]).normalize(), use_l10n=True)
    return " ".join(part for part in (value, unit, stated["currency"]) if part)


def phase_name(code: str) -> str:
    """A phase in words."""
    return str(Initiative.Phase(code).label)


def status_name(code: str) -> str:
    """A status in words."""
    return str(Initiative.Status(code).label)


def source_name(code: str) -> str:
    """Where money comes from, in words."""
    return str(MoneyLine.Source(code).label)


def gate_words(code: str) -> str:
    """The next gate, with its number."""
    return f"{code}: {BY_CODE[code].label}" if code else "–"


def asked_words(one: Mapping[str, Any]) -> str:
    """A decision that is asked for."""
    return gate_words(one["gate"]) if one["kind"] == "gate" else _("A change of frame or dates")


def period_words(data: Mapping[str, Any]) -> str:
    """The period of a report."""
    return f"{day(data['period_start'])}–{day(data['period_end'])}"


def change_words(name: str) -> str:
    """What kind of kroner moved."""
    return {"budget_kr": _("budget"), "frame_kr": _("approved frame"), "forecast_kr": _("forecast")}[name]


def _named(rows: list[Mapping[str, Any]], most: int) -> str:
    said = ", ".join(f"{row['title']} ({row['reference']})" for row in rows[:most])
    return said + _and_more(len(rows) - most)


def _and_more(left: int) -> str:
    return " " + ngettext("and %(n)s more", "and %(n)s more", left) % {"n": left} if left > 0 else ""


def _delayed(rows: list[Mapping[str, Any]], most: int) -> str:
    said = [
        _("%(title)s (from %(was)s to %(now)s)")
        % {"title": row["title"], "was": day(row["was"]), "now": day(row["now"])}
        for row in rows[:most]
    ]
    return ", ".join(said) + _and_more(len(rows) - most)


MOVED = ("steps", "risks", "ranks", "measures")


def moved_name(kind: str, row: Mapping[str, Any]) -> str:
    """What is new, gone or moved: a milestone, a risk, a place in a rank order or a measure."""
    if kind == "steps":
        return _("milestone «%(name)s»") % {"name": row["name"]}
    if kind == "risks":
        return _("risk «%(name)s»") % {"name": row["name"]}
    if kind == "ranks":
        return _("rank order of %(name)s") % {"name": row["name"]} if row["name"] else _("common rank order")
    return _("measure: %(name)s") % {"name": Measure.Kind(row["name"]).label}


def moved_side(kind: str, said: Any) -> str:
    """How it stood in one of the reports."""
    if said is None:
        return "–"
    if kind == "steps":
        return _("reached %(day)s") % {"day": day(said[0])} if said[1] else day(said[0])
    if kind == "measures":
        return f"{Measure.State(said[0]).label}, {day(said[1])}"
    if isinstance(said, dict):
        return ngettext("%(n)s project", "%(n)s projects", said["projects"]) % {"n": said["projects"]}
    return str(said)


def moved_words(kind: str, row: Mapping[str, Any]) -> str:
    """The same as a line of the summary."""
    said = {side: moved_side(kind, row[side]) for side in ("was", "now")}
    whose, name = row["title"] or (_("The portfolio") if kind == "risks" else ""), moved_name(kind, row)
    said["what"] = f"{whose}: {name}" if whose else name[:1].upper() + name[1:]  # a title stays as it is written
    if kind == "steps" and row["now"] and row["now"][1]:
        return f"{said['what']}: {said['now']}"  # when it was due matters no more
    if row["was"] is None:
        return _("%(what)s: new (%(now)s)") % said
    if row["now"] is None:
        return _("%(what)s: gone (was %(was)s)") % said
    return _("%(what)s: from %(was)s to %(now)s") % said


def named_lines(changes: Mapping[str, Any], most: int = MOST_NAMED) -> list[str]:
    """The projects that are new, gone, stopped, delayed or silent since the report before, a line for each of these."""
    kinds = (
        ("new", _("New"), _named),
        ("left", _("No longer in the portfolio"), _named),
        ("stopped", _("Stopped"), _named),
        ("delayed", _("Delayed"), _delayed),
        ("silent", _("Has not reported this time"), _named),
    )
    return [f"{label}: {said(changes[key], most)}" for key, label, said in kinds if changes[key]]


def _end_words(row: Mapping[str, Any]) -> str:
    said = {"title": row["title"], "was": day(row["was"]), "now": day(row["now"])}
    if not row["was"]:
        return _("%(title)s: got an end, %(now)s") % said
    if not row["now"]:
        return _("%(title)s: has no end any more. It was %(was)s") % said
    return _("%(title)s: the end moved from %(was)s to %(now)s") % said


def _money_words(row: Mapping[str, Any]) -> str:
    said = {"title": row["title"], "what": change_words(row["name"]), "was": kr(row["was"]), "now": kr(row["now"])}
    return _("%(title)s: %(what)s from %(was)s to %(now)s") % said


def _light_words(row: Mapping[str, Any]) -> str:
    said = {"title": row["title"], "light": light_names()[row["name"]]}
    said |= {side: f"{MARKS[row[side]]} {light_word(row[side])}" for side in ("was", "now")}
    return _("%(title)s: %(light)s went from %(was)s to %(now)s") % said


def _from_to(name: Callable[[str], str]) -> Callable[[Mapping[str, Any]], str]:
    def words(row: Mapping[str, Any]) -> str:
        said = {"title": row["title"], "was": name(row["was"]), "now": name(row["now"])}
        return _("%(title)s: from «%(was)s» to «%(now)s»") % said

    return words


@dataclass(frozen=True)
class Room:
    """How much of what has changed is told: names in a line, lines of a kind, lines in all, and letters of a title."""

    named: int = MOST_NAMED
    kind: int = MOST
    lines: int | None = None
    letters: int = 200


def _cut(changes: Mapping[str, Any], letters: int) -> dict[str, Any]:
    """The same with titles and names that are no longer than there is room for."""

    def cut(row: Mapping[str, Any]) -> dict[str, Any]:
        return {**row, **{name: short(row[name], letters) for name in ("title", "name") if name in row}}

    return {key: [cut(row) for row in rows] if isinstance(rows, list) else rows for key, rows in changes.items()}


def change_lines(changes: Mapping[str, Any], room: Room | None = None) -> list[str]:
    """What has changed since the report before, a line each: first what is new, gone, stopped and delayed, by name.

    Of the rest so many as there is room for; all of it stands in the spreadsheet.
    """
    room = room or Room()
    changes = _cut(changes, room.letters)
    kinds: list[tuple[str, Callable[[Mapping[str, Any]], str]]] = [
        ("lights", _light_words),
        ("statuses", _from_to(status_name)),
        ("phases", _from_to(phase_name)),
        ("money", _money_words),
        ("ends", _end_words),
        *((kind, partial(moved_words, kind)) for kind in MOVED),
    ]
    rows = [(n, place, row) for place, (key, _words) in enumerate(kinds) for n, row in enumerate(changes.get(key, []))]
    # Where there is room for few, the first of every kind goes before the second of any.
    told = sorted((one for one in rows if one[0] < room.kind), key=lambda one: one[:2])[: room.lines]
    lines = [kinds[place][1](row) for _n, place, row in sorted(told, key=lambda one: (one[1], one[0]))]
    lines = [*named_lines(changes, room.named), *lines]
    more = len(rows) - len(told)
    if more:
        lines.append(_("%(n)s more changes stand in the spreadsheet.") % {"n": more})
    return lines or [_("Nothing has changed.")]
