"""What one reads of each line of a round's list, in words: amounts, outcome, and why it stands where it does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.money import kroner
from samrad.documents import paper as p_
from samrad.secretariat.queries.rounds import Line


def _dash(value: int | None) -> str:
    return "–" if value is None else str(value)


def amount_text(line: Line, amount: Decimal | None) -> str:
    """An amount of a line, that it is not known, or that it is exempt for the reader."""
    if not line.shows_cost:
        return _("Exempt") if line.basis else "–"
    return kroner(amount) if amount is not None else _("Not known")


def outcome_of(line: Line) -> str:
    """What the body found for a line; until then what is proposed."""
    row = line.row
    return str(row.get_found_outcome_display() if row.found_outcome else row.get_outcome_display() or "–")


def said_of_line(line: Line, *, proposals: bool = True) -> str:
    """What one reads of why a line stands as it does: where it was counted to, the reason, and what to know of it."""
    said = [_("Counted to place %(place)s.") % {"place": line.counted}] if line.moved else []
    if line.hidden:
        if line.basis and (line.row.found_reason or line.row.reason):
            said.append(_("The reason is exempt from public access, %(basis)s.") % {"basis": line.basis})
    else:
        said += [_("The body: %(reason)s") % {"reason": line.row.found_reason}] if line.row.found_reason else []
        if proposals and line.row.reason:
            said.append(_("The secretariat: %(reason)s") % {"reason": line.row.reason})
    return " ".join([*said, *(f"{mark}." for mark in line.marks)])


def rounds_table(lines: Iterable[Line], *, reads: bool) -> list[tuple[Line, str, str, str, str]]:
    """Each line with its words for a page: once, a year, outcome and why. `reads`: also what is proposed."""
    return [
        (
            line,
            amount_text(line, line.initiative.one_off_kr),
            amount_text(line, line.initiative.annual_kr),
            outcome_of(line) if line.row.found_outcome or (reads and line.live) else "–",
            said_of_line(line, proposals=reads),
        )
        for line in lines
    ]


def list_table(lines: Iterable[Line]) -> p_.Block:
    """The list as a table: place, what it is, points, cost, and what is proposed or found with the reason."""
    columns: list[p_.Block | str] = [
        {"title": _("Place no."), "align": "right"},
        _("Initiative"),
        {"title": _("Usefulness"), "align": "right"},
        {"title": _("Feasibility"), "align": "right"},
        {"title": _("Once"), "align": "right"},
        {"title": _("A year"), "align": "right"},
        _("Outcome"),
        _("Why"),
    ]
    rows = [
        [
            str(line.place),
            f"{line.initiative.reference} {line.title}, {line.initiative.owner.name}",
            _dash(line.benefit),
            _dash(line.feasibility),
            amount_text(line, line.initiative.one_off_kr),
            amount_text(line, line.initiative.annual_kr),
            outcome_of(line) if line.live or line.row.found_outcome else "–",
            said_of_line(line),
        ]
        for line in lines
    ]
    return p_.table(columns, rows, caption=_("The list in order"))


def minutes_table(lines: Iterable[Line]) -> p_.Block:
    """The list as it stands in minutes: the body's order beside the counted one, what was found, and why."""
    columns: list[p_.Block | str] = [
        {"title": _("Place no."), "align": "right"},
        {"title": _("Counted to"), "align": "right"},
        _("Initiative"),
        _("Outcome"),
        _("Why"),
    ]
    rows = [
        [
            str(line.place),
            str(line.counted),
            f"{line.title} ({line.initiative.reference}, {line.initiative.owner.name})",
            outcome_of(line) if line.row.found_outcome else "–",
            said_of_line(line),
        ]
        for line in lines
    ]
    return p_.table(columns, rows, caption=_("The list in order"))
