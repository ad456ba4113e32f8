"""Whom a need affects besides its owner, and what each of them has said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.anchoring.models import Affected, Involvement, Request
from samrad.anchoring.queries.requests import Scope, people_in
from samrad.cases.queries import participants_of
from samrad.cases.workflow import STATES
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Membership, Unit
from samrad.organisation.queries import units_of

Answer = Request.Answer

# What one who is heard has said of the shared picture of the challenge.
HEARD: dict[str, Promise] = {
    Answer.RECOMMENDED: gettext_lazy("Agrees"),
    Answer.WITH_REMARK: gettext_lazy("Has remarks"),
    Answer.NOT_RECOMMENDED: gettext_lazy("Disagrees"),
    "": gettext_lazy("Has not answered"),
}
COLOURS: dict[str, str] = {
    Answer.RECOMMENDED: "green",
    Answer.WITH_REMARK: "yellow",
    Answer.NOT_RECOMMENDED: "red",
    Answer.RETURNED: "yellow",
}


def said_of(asked: Request) -> str:
    """What was said, in the words that fit who was asked."""
    if asked.kind == Request.Kind.HEARING:
        return str(HEARD[asked.answer])
    return str(Answer(asked.answer).label) if asked.answer else str(HEARD[""])


# What one who has answered can expect, by where the case stands then.
NEXT = {
    "expert_group": gettext_lazy("Now the expert group looks at the need."),
    "awaiting_endorsement": gettext_lazy("Now the head of sector and the others who are asked give their answers."),
    "clarification": gettext_lazy(
        "Now those who write the need look at what was said. You are asked again if they change it."
    ),
    "endorsed": gettext_lazy("The need is recommended. Those who write it can send it in to the secretariat."),
    "stopped": gettext_lazy("The case stops here. Those who write the need can take it to the chief executive."),
}


def next_of(asked: Request) -> str:
    """What happens next in the case one has answered about."""
    state = asked.case.state
    return str(NEXT.get(state) or _("The case has come further: %(state)s.") % {"state": STATES[state]})


def affected_units(initiative: Initiative) -> list[Unit]:
    """The sectors chosen as affected."""
    rows = Affected.objects.filter(initiative=initiative, removed_at__isnull=True).select_related("unit__owner")
    return [row.unit for row in rows.order_by("unit__owner__name", "unit__name")]


def sectors_to_choose(initiative: Initiative, *, on: date) -> QuerySet[Unit]:
    """The sectors a need may affect: of the municipalities that take part, not the one that owns it, none retired.

    One that is chosen already stays to choose from, also when it is retired since.
    """
    rows = units_of(participants_of(initiative)).filter(kind=Unit.Kind.SECTOR)
    chosen = Affected.objects.filter(initiative=initiative, removed_at__isnull=True)
    there = Q(valid_to__isnull=True) | Q(valid_to__gte=on) | Q(pk__in=chosen.values("unit_id"))
    return rows.filter(there).exclude(pk=initiative.owning_sector_id or 0)


@dataclass(frozen=True)
class ToHear:
    """One who is to be heard: a municipality and perhaps a sector of it, and who answers."""

    municipality_id: int
    unit_id: int | None
    scope: Scope

    @property
    def key(self) -> tuple[int, int | None]:
        return self.municipality_id, self.unit_id


def members_on(entity_id: int | None, day: date) -> set[int]:
    """The municipalities that are in a cooperation on a day."""
    rows = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), cooperation_id=entity_id)
    return set(rows.filter(valid_from__lte=day).values_list("member_id", flat=True))


def to_be_heard(initiative: Initiative, *, on: date) -> Iterator[ToHear]:
    """Each other municipality that takes part, and each sector that is affected; nobody twice.

    A municipality answers by the head of the sector of the same name, else by its chief executive.
    """
    own = initiative.owning_sector
    if own is None:
        return
    present = members_on(initiative.shared_with_id, on) | {initiative.owner_id, own.owner_id}
    others = [pk for pk in participants_of(initiative) if pk != own.owner_id and pk in present]
    twins = {u.owner_id: u for u in Unit.objects.filter(owner_id__in=others, name=own.name)}
    units: list[tuple[int, Unit | None]] = [(pk, twins.get(pk)) for pk in others]
    units += [(unit.owner_id, unit) for unit in affected_units(initiative) if unit.owner_id in present]
    seen: set[tuple[int, int | None]] = set()
    for municipality_id, unit in units:
        key = (municipality_id, unit.pk if unit else None)
        if key not in seen and (unit is None or unit.pk != own.pk):
            seen.add(key)
            yield ToHear(*key, _who_answers(municipality_id, unit, on))


def _who_answers(municipality_id: int, unit: Unit | None, on: date) -> Scope:
    head = Scope("sector_head", municipality_id, unit.pk if unit else None)
    if unit is not None and people_in(head, on=on):
        return head
    return Scope("chief_executive", municipality_id)


def names_to_hear(initiative: Initiative, *, on: date) -> list[str]:
    """The other municipalities that are heard because they take part."""
    own = initiative.owning_sector
    ids = {one.municipality_id for one in to_be_heard(initiative, on=on)} - {own.owner_id if own else 0}
    return list(Entity.objects.filter(pk__in=ids).values_list("name", flat=True))


def cannot_be_heard(initiative: Initiative, *, on: date) -> list[str]:
    """Those who are to be heard, but where nobody can answer today."""
    missing = [one for one in to_be_heard(initiative, on=on) if not people_in(one.scope, on=on)]
    names = dict(Entity.objects.filter(pk__in=[m.municipality_id for m in missing]).values_list("pk", "name"))
    return [names.get(one.municipality_id, "–") for one in missing]


@dataclass(frozen=True)
class Voice:
    """One who is affected, and what is recorded: agrees, remarks, disagrees or has not answered."""

    who: str
    said: str
    colour: str
    asked: Request | None
    earlier: bool = False  # said about an earlier version of the content


def hearing_of(initiative: Initiative, *, on: date, mark: str) -> list[Voice]:
    """Every affected unit with its recorded answer: agrees, remarks, or has not answered."""
    rows = Request.objects.filter(initiative=initiative, kind=Request.Kind.HEARING, withdrawn_at__isnull=True)
    rows = rows.select_related("answered_by", "stood_in_for", "content", "unit", "municipality")
    last: dict[tuple[int | None, int | None], Request] = {}
    for row in rows.order_by("asked_at", "pk"):
        last[row.municipality_id, row.unit_id] = row
    names = {key: (row.unit, row.municipality) for key, row in last.items()}
    towns = {e.pk: e for e in Entity.objects.filter(pk__in=participants_of(initiative))}
    wanted = {one.key: None for one in to_be_heard(initiative, on=on)}
    units = {u.pk: u for u in Unit.objects.filter(pk__in=[unit for _town, unit in wanted if unit])}
    voices = []
    for key in dict.fromkeys([*wanted, *last]):
        asked = last.get(key)
        unit, town = names.get(key, (units.get(key[1] or 0), towns.get(key[0] or 0)))
        who = ", ".join(str(part) for part in (unit, town) if part)
        if asked is None:
            voices.append(Voice(who, _("Not asked yet"), "grey", None))
            continue
        said, colour = said_of(asked), COLOURS.get(asked.answer, "grey")
        if asked.passed_at is not None and not asked.answer:
            said = _("Has not answered, and the deadline has passed")
        voices.append(Voice(who, said, colour, asked, bool(asked.answer) and asked.content.fingerprint != mark))
    return voices


def involvements_of(initiative: Initiative) -> QuerySet[Involvement]:
    """Who of the employees' representatives and the users was informed or involved, oldest first."""
    return Involvement.objects.filter(initiative=initiative).select_related("recorded_by")
