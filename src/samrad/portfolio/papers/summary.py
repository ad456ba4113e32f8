"""The two pages of a portfolio report that are read in the lift: how it stands, what changed, what is asked for, what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.money import NBSP, grouped, kroner
from samrad.documents import paper as p_
from samrad.documents.paper import Block
from samrad.documents.sheets import Bars, Column, Sheet
from samrad.portfolio.papers import words as w
from samrad.portfolio.queries import quarter_name
from samrad.portfolio.summing import bridge_of, money_of, roles_of
from samrad.portfolio.words import budget_figures

Report = Mapping[str, Any]
ASKED, ROLES, ROOM = 8, 8, w.Room(named=3, lines=4, letters=44)  # so much fits on the two pages
LONGEST = 24  # marks in the longest bar


def _right(title: str) -> Block:
    return {"title": title, "align": "right"}


def _figures(data: Report) -> Block:
    """How many projects there are and how they stand, in one glance."""
    lights = [[f"{w.MARKS[code]} {w.light_word(code)}", str(n)] for code, n in w.by_light(data)]
    asked = [_("Decisions asked for"), str(len(data.get("asked") or []))]
    return p_.figures([[_("Projects"), str(len(data["projects"]))], *lights, asked])


def _standing(data: Report) -> list[Block]:
    """How the projects stand, phase by phase, and how many have each status."""
    lights = [_right(f"{w.MARKS[code]} {w.light_word(code)}") for code in ("green", "amber", "red", "")]
    rows = [[name, *(str(n or "–") for n in counts), str(sum(counts))] for name, counts in w.by_phase(data)]
    return [
        p_.heading(_("By phase and status"), 2),
        p_.table([_("Phase"), *lights, _right(_("All"))], rows),
        p_.text(status_line(data)),
    ]


def status_line(data: Report) -> str:
    """How many projects have each status, in a line."""
    return _("Status: %(all)s") % {"all": " · ".join(f"{name} {number}" for name, number in w.by_status(data))}


def _known(number: int, data: Report) -> str:
    return _("%(n)s of %(all)s") % {"n": number, "all": len(data["projects"])}


def money_rows(data: Report) -> list[tuple[str, Decimal | None, int | None]]:
    """Kroner in by who pays, then kroner out; each with how many projects it is known for."""
    money, out = money_of(data), _("Out: %(what)s")
    sources = money["sources"].items()
    rows = [(_("In: %(who)s") % {"who": w.source_name(code).lower()}, Decimal(kr), None) for code, kr in sources]
    found: list[tuple[str, Decimal | None, int | None]] = [*rows]
    if rows:
        found.append((_("In: planned in all"), sum((kr for _name, kr, _n in rows), Decimal(0)), money["paid"]))
    budgets = budget_figures(data["summary"])
    known = sum(p.get("budget_kr") is not None for p in data["projects"]) if len(budgets) < 2 else None
    found += [(out % {"what": label.lower()}, kr, known) for label, kr in budgets]
    names = (("frame_kr", _("approved frame")), ("spent_kr", _("spent so far")), ("forecast_kr", _("forecast")))
    return found + [(out % {"what": name}, Decimal(money[code]["kr"]), money[code]["known"]) for code, name in names]


def money_blocks(data: Report) -> list[Block]:
    """Money in and out."""
    rows = [
        [name, "–" if kr is None or known == 0 else kroner(kr), "" if known is None else _known(known, data)]
        for name, kr, known in money_rows(data)
    ]
    table = p_.table([_("What"), _right(_("Kroner")), _right(_("Projects with a figure"))], rows)
    return [p_.heading(_("Kroner in and out"), 2), table]


def capacity_blocks(data: Report, most: int = ROLES) -> list[Block]:
    """What the projects and the line ask of each key role, against what it has. Earlier shapes do not know it."""
    if data["roles"] is None:
        return []
    roles, blocks = roles_of(data), [p_.heading(_("Capacity in key roles"), 2)]
    if not roles:
        return [*blocks, p_.text(_("No project has asked for people in these quarters."))]
    days = [date.fromisoformat(one["quarter"]) for one in data["people"]]
    quarters = [f"{(day.month + 2) // 3}.{NBSP}kv.{NBSP}{day:%y}" for day in days]
    names = [w.short(f"{role['name']}, {role['unit']}", 44) for role in roles]
    rows = [
        [name, *(_load(has, wants) for has, wants in role["loads"])] for name, role in zip(names, roles, strict=True)
    ]
    blocks.append(p_.table([_("Role"), *({**_right(name), "width": 12} for name in quarters)], rows[:most]))
    said = _("Person-days asked for / there are. ■ is more than there are, ? is not written down.")
    left = len(roles) - most
    if left > 0:
        said += " " + ngettext(
            "%(n)s more role stands in the spreadsheet.", "%(n)s more roles stand in the spreadsheet.", left
        ) % {"n": left}
    return [*blocks, p_.text(said)]


def _load(has: int | None, wants: int) -> str:
    if has is None and not wants:
        return "–"
    over = has is not None and wants > has
    return f"{wants}{NBSP}/{NBSP}{'?' if has is None else has}" + (f"{NBSP}■" if over else "")


def bridge_name(code: str) -> str:
    """A step of the benefit bridge."""
    return {
        "approved": _("Planned when decided"),
        "elsewhere": _("Brought in without a decision here"),
        "more": _("More than when decided"),
        "less": _("Less than when decided"),
        "stopped": _("Stopped projects"),
        "now": _("Planned now"),
        "realised": _("Realised"),
    }[code]


def bridge_rows(data: Report) -> list[dict[str, Any]]:
    """The steps that say something: where it ends always, what comes before where a project is in it."""
    return [row for row in bridge_of(data) if row["code"] in ("now", "realised") or row["projects"]]


def _step(row: Mapping[str, Any]) -> list[str]:
    if row["kr"] is None:
        return [_("not measured")] * 3
    sign = "+" if row["code"] in ("more", "elsewhere") else ""
    kr = kroner(Decimal(row["kr"]))
    return [
        sign + kr if Decimal(row["kr"]) else kr,
        *(f"{sign if n else ''}{grouped(n)}" for n in (row["hours"], row["quality"])),
    ]


def bridge_blocks(data: Report, *, drawn: bool = False) -> list[Block]:
    """The benefit bridge: from what was planned when it was decided to what is planned now, and what is realised."""
    rows = bridge_rows(data)
    largest = max((abs(Decimal(row["kr"] or 0)) for row in rows), default=Decimal(0)) or Decimal(1)
    bars = ["■" * round(abs(Decimal(row["kr"] or 0)) / largest * LONGEST) for row in rows]
    head: list[Block | str] = [_("Benefits a year")]
    head += [{"title": _("Kroner, drawn"), "bars": True, "width": 9}] if drawn else []
    head += [_right(_("Kroner")), _right(_("Hours")), _right(_("Quality"))]
    cells = [
        [bridge_name(row["code"]), *([bar] if drawn else []), *_step(row)] for row, bar in zip(rows, bars, strict=True)
    ]
    said = [_("Hours are not added to kroner. Quality is how many benefits become better without kroner.")]
    said.append(_("No benefit has been measured yet, so nothing is counted as realised."))
    if hidden := sum("benefits" in p["exempt"] for p in data["projects"]):
        exempt = ngettext(
            "The benefits of %(n)s project are exempt from public access.",
            "The benefits of %(n)s projects are exempt from public access.",
            hidden,
        )
        said.append(exempt % {"n": hidden})
    return [p_.heading(_("Benefits, from plan to effect"), 2), p_.table(head, cells), p_.text(" ".join(said))]


def _changes(data: Report) -> list[Block]:
    changes = data.get("changes")
    if not changes:
        return [
            p_.heading(_("Changes"), 2),
            p_.text(_("This is the first report, so there is nothing to compare with.")),
        ]
    blocks = [p_.heading(_("Changes since %(day)s") % {"day": w.day(changes["since"])}, 2)]
    return [*blocks, p_.bullets(w.change_lines(changes, ROOM))]


def _asked(data: Report) -> list[Block]:
    blocks, asked = [p_.heading(_("Decisions asked for"), 2)], data.get("asked") or []
    if not asked:
        return [*blocks, p_.text(_("None."))]
    lines = [f"{w.short(one['title'], 70)} ({one['reference']}): {w.asked_words(one)}" for one in asked[:ASKED]]
    if (left := len(asked) - ASKED) > 0:
        lines.append(
            ngettext("%(n)s more stands with its project.", "%(n)s more stand with their projects.", left) % {"n": left}
        )
    return [*blocks, p_.bullets(lines)]


def _risks(data: Report) -> list[Block]:
    risks = data.get("top_risks")
    if not risks:
        return []
    rows = [
        [
            str(r["after"]),
            w.short(r["title"], 56),
            w.short(r["project"] or _("The portfolio"), 44),
            w.short(r["measure"] or "–", 56),
        ]
        for r in risks
    ]
    columns: list[Block | str] = [{**_right(_("Of 25")), "width": 10}]
    columns += [{"title": name, "width": 50} for name in (_("Risk"), _("Project"), _("Measure"))]
    return [p_.beside([p_.heading(_("The largest risks"), 2), p_.table(columns, rows)], whole=True)]


def summary_blocks(data: Report) -> list[Block]:
    """All of it on two pages at most, however many projects there are: a test holds it to that."""
    return [
        p_.heading(_("Summary")),
        _figures(data),
        p_.beside(_standing(data), money_blocks(data), whole=True),
        p_.beside(_changes(data), _asked(data), widths=(3, 2)),
        *_risks(data),
        p_.beside(capacity_blocks(data), bridge_blocks(data, drawn=True), whole=True),
    ]


def page_blocks(data: Report) -> list[Block]:
    """What the page shows in the same words as the paper; the rest of the summary it shows with links."""
    blocks = [*money_blocks(data), *capacity_blocks(data, most=40), *bridge_blocks(data)]
    return [{**block, "level": 1} if block["kind"] == "heading" else block for block in blocks]


def summary_sheets(data: Report) -> list[Sheet]:
    """The same as sheets: statuses, money, key roles and the benefit bridge, each with its chart beside it."""
    many = Column(_("Projects"), "number")
    statuses = [[name, number] for name, number in w.by_status(data)]
    money = [[name, kr, known] for name, kr, known in money_rows(data)]
    steps = [
        [bridge_name(r["code"]), None if r["kr"] is None else Decimal(r["kr"]), r["hours"], r["quality"], r["projects"]]
        for r in bridge_rows(data)
    ]
    bridge = [Column(_("Benefits a year")), Column(_("Kroner"), "kr"), Column(_("Hours"), "number")]
    bridge += [Column(_("Quality, number"), "number"), many]
    return [
        Sheet(_("Active and stopped"), [Column(_("Status")), many], statuses, bars=Bars(_("Projects by status"), 1)),
        Sheet(
            _("Money"),
            [
                Column(_("Kroner in and out"), width=44),
                Column(_("Kroner"), "kr"),
                Column(_("Projects with a figure"), "number"),
            ],
            money,
            bars=Bars(_("Kroner in and out"), 1),
        ),
        *_role_sheets(data),
        Sheet(_("Benefits"), bridge, steps, bars=Bars(_("Benefits, from plan to effect"), 1)),
    ]


def _role_sheets(data: Report) -> list[Sheet]:
    if data["roles"] is None:
        return []
    columns = [Column(_("Role"), width=32), Column(_("Unit"), width=32), Column(_("Quarter"))]
    columns += [
        Column(_("Demand, days"), "number"),
        Column(_("Capacity, days"), "number"),
        Column(_("Days above capacity"), "number"),
    ]
    quarters = [quarter_name(date.fromisoformat(one["quarter"])) for one in data["people"]]
    rows = [
        [role["name"], role["unit"], quarter, wants, has, None if has is None else max(0, wants - has)]
        for role in roles_of(data)
        for quarter, (has, wants) in zip(quarters, role["loads"], strict=True)
    ]
    return [Sheet(_("Capacity in key roles"), columns, rows)]
