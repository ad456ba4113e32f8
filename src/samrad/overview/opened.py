"""Reads through the windows (windows.py): what is open to the public, and what others may reuse. Here nothing is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cases.models import Decision, Recommendation
from samrad.cases.workflow import COLOURS, STATES
from samrad.governance.models import OpenPart
from samrad.initiatives.content import BY_CODE
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import Alike, Standing
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.overview.models import OpenInitiative, Openness, Outlined, ReusableInitiative
from samrad.overview.windows import NEED

LIGHTS: dict[str, Promise] = {
    "progress": gettext_lazy("Progress"),
    "economy": gettext_lazy("Economy"),
    "risk": gettext_lazy("Risk"),
    "resources": gettext_lazy("Resources"),
    "benefit": gettext_lazy("Benefits"),
}
_LISTED = ("title", "field_name", "stage", "state", "since", "exempt", "one_off_kr", "annual_kr")
FEW = 2
_SUMS = ("benefit_kr", "benefit_hours")


def open_houses() -> QuerySet[Openness]:
    """The cooperations and municipalities that open something to the public."""
    return Openness.objects.select_related("house").order_by("house__name")


def open_initiatives(house_id: int) -> QuerySet[OpenInitiative]:
    """What a house opens to the public."""
    return OpenInitiative.objects.filter(house_id=house_id)


def sources_of(row: OpenInitiative) -> list[OpenInitiative]:
    """What its texts were copied from, where that is open to the public itself; else nothing is said of it."""
    rows = OpenInitiative.objects.filter(pk=row.built_on) if row.built_on else OpenInitiative.objects.none()
    return list(rows.only("title", "reference", "house").select_related("house"))


def reusable_by(actor: Actor) -> QuerySet[ReusableInitiative]:
    """What other houses let the actor's see; nothing for the public."""
    return ReusableInitiative.objects.all() if actor.is_person else ReusableInitiative.objects.none()


def fields_of(rows: QuerySet[Any]) -> list[str]:
    """The professional fields there are among the rows."""
    return list(rows.exclude(field_name=None).order_by("field_name").values_list("field_name", flat=True).distinct())


def listed(rows: QuerySet[Any], more: Iterable[str]) -> QuerySet[Any]:
    """Only the columns that a list shows: the view works out no others."""
    return rows.only(*_LISTED, *_SUMS, *more)


def members_of(house: Entity) -> dict[int, str]:
    """The municipalities that are or have been in the house, by name; itself where it is one."""
    rows = Entity.objects.filter(memberships__cooperation_id=house.pk).distinct()
    return {e.pk: e.name for e in rows} | {house.pk: house.name}


def parts_of(opened: Openness) -> list[tuple[str, str]]:
    """What the mandate opens before and after the decision, in words: (while, what)."""
    labels = {str(code): str(label) for code, label in OpenPart.choices}
    when = [(_("While it is prepared"), opened.submitted), (_("When it is recommended or decided"), opened.decided)]
    return [(label, ", ".join(labels[p] for p in labels if p in parts)) for label, parts in when]


def state_of(row: Outlined) -> tuple[str, str]:
    """The state in words, and its colour."""
    state = row.state or ""
    return str(STATES.get(state, row.get_stage_display())), COLOURS.get(state, "grey")


@dataclass(frozen=True)
class Line:
    """One line of a list."""

    row: Any
    where: Sequence[str]
    state: str
    colour: str

    @property
    def short_where(self) -> str:
        """The places by name, or how many where the names would fill the line."""
        few = len(self.where) <= FEW
        return ", ".join(self.where) if few else _("%(n)s municipalities") % {"n": len(self.where)}

    @property
    def exempt(self) -> Mapping[str, str]:
        """The exempt groups among what would be open, with their legal basis."""
        parts = getattr(self.row, "parts", ("benefits", "costs"))
        return {group: basis for group, basis in (self.row.exempt or {}).items() if group in parts}


def lines_of(rows: Iterable[Outlined], where: Mapping[int, str] | None = None) -> list[Line]:
    """The lines of a list; `where` names the municipalities."""
    found = []
    for row in rows:
        if isinstance(row, OpenInitiative):
            ids = row.participant_ids or [row.owner_id]
            place = sorted(where[i] for i in ids if where and i in where)
        else:
            place = [getattr(row, "house_name", "")]
        found.append(Line(row, place, *state_of(row)))
    return found


@dataclass(frozen=True)
class BenefitShown:
    """One benefit as others see it."""

    title: str
    kind: str
    recipient: str
    kroner: Decimal | None
    hours: int | None


def benefits_shown(row: Outlined) -> list[BenefitShown]:
    """The benefits in words."""
    kinds, recipients = dict(Benefit.Kind.choices), dict(Benefit.Recipient.choices)
    return [
        BenefitShown(
            b["title"],
            str(kinds.get(b["kind"], "")),
            str(recipients.get(b["recipient"], "")),
            None if b["kroner"] is None else Decimal(str(b["kroner"])),
            b["hours"],
        )
        for b in row.benefits or []
    ]


def reusable_alike(actor: Actor, ids: list[int]) -> list[Alike]:
    """Some of what other houses let the actor's reuse, beside what is like it at home."""
    phases = dict(Initiative.Phase.choices)
    return [
        Alike(
            pk=row.pk,
            title=row.title,
            house=row.house_name,
            standing=Standing(*state_of(row)),
            phase=str(phases.get(row.phase, "")),
            one_off_kr=row.one_off_kr,
            annual_kr=row.annual_kr,
            benefit_kr=row.benefit_kr,
            benefit_hours=row.benefit_hours,
            result=row.result,
            ours=False,
            may_copy=True,
            exempt=tuple((row.exempt or {}).values()),
            benefits=tuple((b["title"], b["kind"], b["recipient"]) for b in row.benefits or []),
        )
        for row in reusable_by(actor).filter(pk__in=ids)
    ]


@dataclass(frozen=True)
class Treated:
    """A recommendation or a decision as the public sees it: by what, never by whom."""

    by: str
    outcome: str
    when: str
    text: str
    reason: str
    amount: Decimal | None


def treatment(row: OpenInitiative) -> tuple[list[Treated], list[Treated]]:
    """The recommendations and the municipalities' decisions."""
    words, outcomes = dict(Recommendation.Outcome.choices), dict(Decision.Outcome.choices)
    recommended = [
        Treated(r["body"], str(words.get(r["outcome"], "")), r["made_at"], r["text"] or "", r["reason"] or "", None)
        for r in row.recommendations or []
    ]
    decided = [
        Treated(
            d["municipality"],
            str(outcomes.get(d["outcome"], "")),
            d["decided_at"],
            d["text"] or "",
            "",
            None if d["amount"] is None else Decimal(str(d["amount"])),
        )
        for d in row.decisions or []
    ]
    return recommended, decided


def need_shown(row: OpenInitiative) -> list[tuple[str, str]]:
    """The need in the submitter's words: (question, answer)."""
    need = row.need or {}
    return [(str(BY_CODE[code].label), need[code]) for code in NEED if need.get(code)]


def lights_of(row: OpenInitiative) -> list[tuple[str, str]]:
    """(dimension, light) of the latest status report; nothing where none is reported."""
    lights = (row.progress or {}).get("lights") or {}
    return [(str(label), lights[code]) for code, label in LIGHTS.items() if code in lights]
