"""What a mandate says (forms.md G.11): one table that the form, the page and the comparison read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.money import kroner
from samrad.governance.models import Authority, CostKey, DecidesBy, Mandate, MeetingForm, OpenPart

TYPES = [
    ("development", _("Development")),
    ("maintenance", _("Maintenance")),
    ("operation", _("Operation")),
]


@dataclass(frozen=True)
class Item:
    """One thing that a mandate says. `kind` is text, line, number, kroner, day, link, box, choice or several."""

    name: str
    label: Promise
    kind: str = "text"
    help: Promise | str = ""
    choices: Any = field(default=())
    least: int = 0
    most: int = 100_000


SECTIONS: tuple[tuple[Promise, tuple[Item, ...]], ...] = (
    (
        _("Purpose and period"),
        (
            Item("purpose", _("Purpose"), help=_("Why does the body exist? One or two sentences.")),
            Item("adopted_by", _("Adopted by"), "line", _("For example the municipal councils.")),
            Item("adopted_date", _("Adopted on"), "day"),
            Item("valid_from", _("In force from"), "day"),
            Item("valid_to", _("In force to and including"), "day", _("Leave it empty where no end is decided.")),
            Item("revise_by", _("To be revised by"), "day"),
            Item("source", _("Link to the decision"), "link"),
        ),
    ),
    (
        _("Tasks and authority"),
        (
            Item("tasks", _("Tasks"), help=_("One a line. End it with the hours a year, like «Write case papers: 800», to see if the resources are enough.")),
            Item("authority", _("What the body's word is worth"), "choice", choices=Authority.choices),
            Item("may_decide_types", _("The secretariat may decide"), "several", choices=TYPES),
            Item("amount_per_case", _("Most in one case"), "kroner", _("Empty: the secretariat decides nothing.")),
            Item("amount_per_year", _("Frame for a year"), "kroner", _("Empty: no frame beyond each case.")),
            Item("four_eyes", _("Two people confirm what the secretariat decides"), "box"),
            Item("budget_hours_limit", _("Internal hours that count as budget"), "number"),
            Item("always_council", _("What always goes to the council"), help=_("One a line.")),
            Item("always_chief_executive", _("What always goes to the chief executive"), help=_("One a line.")),
            Item("always_political", _("What always goes to the political level"), help=_("One a line.")),
        ),
    ),
    (
        _("Who sits"),
        (
            Item("appointed_how", _("How members are appointed or elected")),
            Item("term_years", _("Years in a term"), "number", least=1, most=12),
            Item("competence", _("What members must know"), help=_("One a line.")),
        ),
    ),
    (
        _("Meetings"),
        (
            Item("meetings_per_year", _("Meetings a year"), "number", most=52),
            Item("submission_days", _("Days before a meeting that a case must be in"), "number", most=365),
            Item("urgent_days", _("Days before a meeting that an urgent case must be in"), "number", most=365),
            Item("notice_days", _("Days before a meeting that the notice goes out"), "number", most=365),
            Item("meeting_form", _("Form of meeting"), "choice", choices=MeetingForm.choices),
            Item("quorum_share_percent", _("Per cent of the voting seats needed to decide"), "number", least=1, most=100),
            Item("decides_by", _("How it decides"), "choice", choices=DecidesBy.choices),
            Item("casting_vote", _("The chair's vote counts twice in a tie"), "box"),
            Item("impartiality", _("Rules on impartiality")),
            Item("elected_regime", _("The rules for elected bodies apply"), "box"),
        ),
    ),
    (
        _("What is open"),
        (
            Item("open_to_public", _("Anyone may attend the meetings"), "box"),
            Item("open_submitted", _("Open while a case is prepared"), "several", choices=OpenPart.choices),
            Item("open_decided", _("Open when it is recommended or decided"), "several", choices=OpenPart.choices),
        ),
    ),
    (
        _("Secretariat, resources and cost"),
        (
            Item("secretariat_roles", _("Roles in the secretariat"), help=_("One a line.")),
            Item("task_hours", _("Hours a year that the tasks take"), "number"),
            Item("resource_percent", _("Positions set aside, in per cent"), "number", _("Two full positions are 200."), most=10_000),
            Item("budget_kr", _("Budget for a year"), "kroner"),
            Item("cost_key", _("How common costs are shared"), "choice", choices=CostKey.choices),
            Item("cost_key_equal_percent", _("Per cent shared equally"), "number", _("Only where part is shared equally."), most=100),
            Item("reporting", _("Reporting")),
        ),
    ),
)  # fmt: skip
SEATS_SECTION = 2
"""Where the seats wanted belong among the sections."""
ITEMS: dict[str, Item] = {item.name: item for _title, items in SECTIONS for item in items}


def said(item: Item, value: Any) -> str:
    """A value in words; nothing where nothing is said."""
    if item.kind == "box":
        return gettext("Yes") if value else gettext("No")
    if value in (None, "", []):
        return ""
    if item.kind == "choice":
        return str(dict(item.choices).get(value, value))
    if item.kind == "several":
        return ", ".join(str(label) for code, label in item.choices if code in value)
    if isinstance(value, date):
        return str(date_format(value, "j. F Y"))
    if item.kind == "kroner":
        return kroner(Decimal(value))
    return str(value)


@dataclass(frozen=True)
class Line:
    """One line of a mandate in words."""

    item: Item
    text: str
    before: str = ""

    @property
    def changed(self) -> bool:
        return self.text != self.before


def _held(mandate: Mandate, name: str) -> Any:
    """What stands under a name; of one that holds on no day, the last day it says itself."""
    return mandate.last_day if name == "valid_to" else getattr(mandate, name)


def whole(mandate: Mandate, before: Mandate | None = None) -> list[tuple[Promise, list[Line]]]:
    """What a mandate says, section by section; beside what an earlier version said, where one is given."""
    found = []
    for title, items in SECTIONS:
        lines = [
            Line(
                item,
                said(item, _held(mandate, item.name)),
                said(item, _held(before, item.name)) if before is not None else "",
            )
            for item in items
        ]
        found.append((title, lines))
    return found


def wanted_text(mandate: Mandate, fields: Mapping[int, str], towns: Mapping[int, str]) -> list[str]:
    """The seats a mandate wants, a line for each field."""
    by_field: dict[int, list[str]] = {}
    for field_id, town_id in mandate.seats_wanted:
        by_field.setdefault(field_id, []).append(
            towns.get(town_id, "") if town_id else gettext("from any municipality")
        )
    return [f"{fields.get(pk, '?')}: {', '.join(names)}" for pk, names in by_field.items()]
