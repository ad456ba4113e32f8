"""Reads about initiatives. Every one begins with `visible_to`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet, Value

from samrad.core.acting import acting_for
from samrad.core.manyids import one_of
from samrad.documents.models import File
from samrad.documents.queries import attachments
from samrad.governance.models import OWN
from samrad.initiatives.content import ALTERNATIVE, FIELDS, SCREEN
from samrad.initiatives.models import Benefit, ContentVersion, GoalLink, Initiative, Responsibility
from samrad.initiatives.queries.wording import alternatives_in, form_fields
from samrad.organisation.actors import Actor, actor_of
from samrad.organisation.models import Person
from samrad.organisation.queries import exemptions
from samrad.organisation.roles import INSIDERS, TREATING
from samrad.strategy.models import ActionPoint, Goal
from samrad.strategy.queries import in_force

Stage = Initiative.Stage


class Sight(IntEnum):
    """How much of an initiative someone sees."""

    NOTHING = 0
    LISTED = 1  # title, field, state
    OPEN = 2  # all but exempt fields and internal notes
    FULL = 3  # exempt fields too


def house_id(initiative: Initiative) -> int:
    """The entity whose council and secretariat treat the initiative: the cooperation where it is shared."""
    return initiative.shared_with_id or initiative.owner_id


def sight(actor: Actor, initiative: Initiative, *, involved: bool) -> Sight:
    """How much `actor` sees. `involved`: named in the initiative (author, need owner, asked, responsible)."""
    if not actor.is_person:
        return Sight.NOTHING
    if involved:
        return Sight.FULL
    stage = Stage(initiative.stage)
    if stage == Stage.DRAFT:
        return Sight.NOTHING
    treating = actor.roles_in([house_id(initiative)])
    participating = actor.roles_in([initiative.owner_id, *initiative.participant_ids])
    if stage == Stage.ANCHORING:
        listed = bool(treating & TREATING) or "employee" in participating
        return Sight.LISTED if listed else Sight.NOTHING
    if treating & INSIDERS or participating & (INSIDERS - TREATING):
        return Sight.FULL
    if "employee" in treating | participating:
        return Sight.OPEN
    inside = house_id(initiative) in actor.entities
    if inside and actor.holds("elected_rep"):
        return Sight.OPEN
    if inside and "employee" in actor.roles_in([actor.entity_id]):
        return Sight.OPEN if stage == Stage.DECIDED else Sight.LISTED
    return Sight.NOTHING


def visible_to(actor: Actor) -> QuerySet[Initiative]:
    """The initiatives of which the actor sees anything at all: the same table as policy.sight, as a query."""
    if not actor.is_person:
        return Initiative.objects.none()
    home = actor.entity_id
    seen = Q()
    if "employee" in actor.roles_in([home]):
        mine = Q(owner_id=home) | Q(participant_ids__contains=[home])
        seen |= Q(stage__gte=Stage.SUBMITTED)  # row security has already cut to one's own houses
        seen |= Q(stage__gte=Stage.ANCHORING) & mine
    houses = [h.entity_id for h in actor.held if h.role in INSIDERS]
    if actor.holds("elected_rep"):
        houses += actor.entities
    if houses:
        seen |= Q(stage__gte=Stage.SUBMITTED) & (
            Q(shared_with_id__in=houses) | Q(owner_id__in=houses) | Q(participant_ids__overlap=houses)
        )
    treating = [h.entity_id for h in actor.held if h.role in TREATING]
    if treating:
        seen |= Q(stage__gte=Stage.ANCHORING) & (
            Q(shared_with_id__in=treating) | Q(shared_with__isnull=True, owner_id__in=treating)
        )
    # Last, because the database asks in this order: it looks up the names only where nothing else opens the row.
    involved = Responsibility.objects.filter(initiative=OuterRef("pk"), person_id=actor.person_or_none)
    return Initiative.objects.filter(seen | Q(Exists(involved)))


def visible_ids(actor: Actor) -> QuerySet[Initiative, Any]:
    """The same as ids, for subqueries of later rooms."""
    return visible_to(actor).values("pk")


def get_visible(actor: Actor, pk: int) -> Initiative:
    """One initiative the actor sees something of; Initiative.DoesNotExist otherwise, as if it were not there."""
    return visible_to(actor).select_related("field", "owning_sector", "owner", "shared_with").get(pk=pk)


def still_sees(person: Person, initiative: Initiative, *, on: date) -> bool:
    """Does a person see anything of an initiative on a day, with the roles held then?"""
    who = actor_of(person.pk, person.owner_id, on=on)
    with acting_for(who.entities):
        return visible_to(who).filter(pk=initiative.pk).exists()


def kinds_of(actor: Actor, initiative: Initiative) -> frozenset[str]:
    """What the actor is in the initiative: author, need_owner, lead, asked …"""
    rows = Responsibility.objects.filter(initiative=initiative, person_id=actor.person_or_none)
    return frozenset(rows.values_list("kind", flat=True)) if actor.is_person else frozenset()


def involved(actor: Actor, initiative: Initiative) -> bool:
    """Is the actor named in the initiative?"""
    return bool(kinds_of(actor, initiative))


def responsibles(initiative: Initiative) -> dict[str, Responsibility]:
    """Who is responsible for what, by kind (authors and those asked left out)."""
    rows = initiative.responsibilities.exclude(kind__in=["author", "asked"]).select_related("person")
    return {row.kind: row for row in rows}


@dataclass(frozen=True)
class Named:
    """Someone who is named in an initiative."""

    person_id: int
    name: str


def benefits_of(initiative: Initiative) -> list[Benefit]:
    """The benefits that stand, in order."""
    return list(initiative.benefits.filter(removed_at__isnull=True).select_related("benefit_owner"))


def links_of(initiative: Initiative) -> list[GoalLink]:
    """The goals and the points of action plans it supports."""
    found = initiative.goal_links.select_related("goal__area__strategy", "point__plan__strategy", "point__area")
    return list(found.order_by("pk"))


def goal_codes(initiative: Initiative, *, on: date) -> set[str]:
    """What an initiative can be linked to: goals and points of adopted plans, of the strategies in force in its houses."""
    strategies = in_force([initiative.owner_id, initiative.shared_with_id], on=on)
    goals = Goal.objects.filter(area__strategy__in=strategies)
    points = ActionPoint.objects.filter(plan__strategy__in=strategies, plan__adopted_date__isnull=False)
    found = {f"goal-{pk}" for pk in goals.values_list("pk", flat=True)}
    return found | {f"point-{pk}" for pk in points.values_list("pk", flat=True)}


def snapshot(initiative: Initiative) -> dict[str, Any]:
    """The content as plain data: what a version keeps."""
    return {
        "fields": _values(initiative),
        "benefits": [
            {
                "id": b.pk,
                "title": b.title,
                "kind": b.kind,
                "budget_effect": b.budget_effect,
                "recipient": b.recipient,
                "kroner_a_year": None if b.kroner_a_year is None else str(b.kroner_a_year.normalize()),
                "hours_a_year": b.hours_a_year,
                "assumption": b.assumption,
                **({"uncertainty": b.uncertainty} if b.uncertainty else {}),
                **({"quality_before": b.quality_before, "quality_after": b.quality_after} if b.quality_after else {}),
            }
            for b in benefits_of(initiative)
        ],
        **({"screening": screening} if (screening := _screening(initiative)) else {}),
        "people": {kind: row.person_id for kind, row in responsibles(initiative).items()},
        "participants": sorted(initiative.participant_ids),
        "goals": [{"code": link.code, "text": str(link.goal or link.point)} for link in links_of(initiative)],
        "files": [
            {
                "id": file.pk,
                "name": file.name,
                "title": file.title,
                "size": file.size,
                "media_type": file.media_type,
                "sha256": file.sha256,
                "group": file.exempt_group,
            }
            for file in attachments(initiative.pk)
        ],
    }


def _screening(initiative: Initiative) -> dict[str, str]:
    """What is answered in the check, by the code of the question."""
    said = {code.removeprefix(SCREEN): answer for code, answer in initiative.answers.items() if code.startswith(SCREEN)}
    return {code: answer for code, answer in sorted(said.items()) if answer}


def _values(initiative: Initiative) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in FIELDS:
        value = initiative.answers.get(item.code) if not item.column else getattr(initiative, _attribute(item.code))
        values[item.code] = str(value.normalize()) if isinstance(value, Decimal) else value
    # What the house has asked for besides the form, by the code of its requirement, and the alternatives one has added.
    free = {code: value for code, value in initiative.answers.items() if code.startswith(ALTERNATIVE) and value}
    return values | free | {code: value for code, value in initiative.answers.items() if code.startswith(OWN)}


def _attribute(code: str) -> str:
    return {"field": "field_id", "owning_sector": "owning_sector_id"}.get(code, code)


def fingerprint(content: dict[str, Any]) -> str:
    """The hash of what is material (flow.md D.7): material fields, benefits, costs, who takes part, and the files."""
    material: dict[str, Any] = {
        "fields": {
            f.code: v for f in FIELDS for v in [content["fields"].get(f.code)] if f.material and (v or not f.late)
        },
        "benefits": [{k: v for k, v in b.items() if k != "id"} for b in content["benefits"]],
        "participants": content["participants"],
    }
    material["fields"] |= {code: v for code, v in content["fields"].items() if code.startswith(ALTERNATIVE) and v}
    if goals := content.get("goals"):  # nor one without linked goals
        material["goals"] = sorted(goal["code"] for goal in goals)
    if content.get("screening"):
        material["screening"] = content["screening"]
    files = content.get("files")
    if files:  # a version without files has the mark it had before files counted
        material["files"] = sorted([f["sha256"], f["name"], f["title"]] for f in files)
    return hashlib.sha256(json.dumps(material, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


ASKED: list[Callable[[Actor, Initiative], ContentVersion | None]] = []
"""What tells which version an actor was asked about; a later room adds to it in config/wiring.py."""


def asked_version(actor: Actor, initiative: Initiative, kinds: frozenset[str]) -> ContentVersion | None:
    """Until it is sent in, those who are only asked read the version they are asked about, not what is written since."""
    if initiative.stage != Stage.ANCHORING or kinds != {"asked"}:
        return None
    told = next((v for tell in ASKED if (v := tell(actor, initiative)) is not None), None)
    return told or initiative.versions.order_by("-number").first()


def _as_kept(version: ContentVersion) -> list[Benefit]:
    """The benefits as the version has them."""
    fields = {f.name for f in Benefit._meta.concrete_fields}
    return [
        Benefit(**{name: value for name, value in row.items() if name in fields}) for row in version.content["benefits"]
    ]


@dataclass(frozen=True)
class Readable:
    """An initiative as one actor may read it: exempt groups are gone, and `masked` says by which law."""

    initiative: Initiative
    sight: Sight
    values: dict[str, Any]
    benefits: list[Benefit]
    masked: dict[str, str] = field(default_factory=dict)
    people: dict[str, Named] = field(default_factory=dict)  # who is responsible for what, as `responsibles` says it
    kinds: frozenset[str] = frozenset()  # what the reader is in it: author, need_owner, asked …
    exempt: dict[str, str] = field(default_factory=dict)  # what is exempt and by which law, also for who may see it
    version: ContentVersion | None = None  # what is read, where it is not what is written since

    @property
    def answers(self) -> dict[str, Any]:
        """What is answered besides the form's own fields: the check, and what the house asks."""
        if self.version is None:
            return dict(self.initiative.answers)
        checked = self.version.content.get("screening", {})
        return {**self.values, **{f"{SCREEN}{code}": answer for code, answer in checked.items()}}

    def shows(self, group: str) -> bool:
        return self.sight >= Sight.OPEN and group not in self.masked


def readable(actor: Actor, initiative: Initiative, *, on: date) -> Readable:
    """What the actor may read of it today (flow.md D.6): the one way to an initiative's content."""
    named, exempt = _named_and_exempt(initiative, on=on)
    kinds = frozenset(kind for kind, person in named if person.person_id == actor.person_or_none)
    seen = sight(actor, initiative, involved=bool(kinds))
    if seen < Sight.OPEN:
        return Readable(initiative, seen, {"title": initiative.title}, [], kinds=kinds)
    people = {kind: person for kind, person in named if kind not in ("author", "asked")}
    if version := asked_version(actor, initiative, kinds):
        kept = version.content["fields"]
        rows = _as_kept(version)
        return Readable(initiative, seen, kept, rows, people=people, kinds=kinds, exempt=exempt, version=version)
    masked = {} if seen == Sight.FULL else exempt
    content = _values(initiative)
    asked = form_fields(alternatives_in(content))
    values = {f.code: content[f.code] for f in asked if f.code == "title" or f.group not in masked}
    benefits = [] if "benefits" in masked else benefits_of(initiative)
    return Readable(initiative, seen, values, benefits, masked, people, kinds, exempt)


def _named_and_exempt(initiative: Initiative, *, on: date) -> tuple[list[tuple[str, Named]], dict[str, str]]:
    """Who is named in an initiative and what of it is exempt, in one query: every reading begins with both."""
    people = Responsibility.objects.filter(initiative=initiative).values_list("kind", "person__name", "person_id")
    exempt = exemptions([initiative.pk], on=on).values_list(
        "field_group", "legal_basis", Value(None, BigIntegerField())
    )
    rows = list(people.union(exempt, all=True))
    named = [(kind, Named(person, name)) for kind, name, person in rows if person is not None]
    return named, {group: basis for group, basis, person in rows if person is None}


def opens(content: Readable, file: File) -> bool:
    """May whoever reads this content open a file of it? A made paper holds every field, so it is whole or not at all."""
    if file.kind == File.Kind.ATTACHMENT:
        return content.shows("attachments") and content.shows(file.exempt_group)
    return content.sight >= Sight.OPEN and not content.masked


def attachments_of(content: Readable) -> list[File]:
    """The attachments of an initiative that whoever reads this content may open."""
    if content.sight < Sight.OPEN:
        return []
    return [file for file in attachments(content.initiative.pk) if opens(content, file)]


def masked_groups(actor: Actor, initiatives: list[Initiative], *, on: date) -> dict[int, dict[str, str]]:
    """For a list: which groups are hidden from the actor in each initiative, in one query whatever its length."""
    ids = [i.pk for i in initiatives]
    involving = Responsibility.objects.filter(one_of("initiative_id", ids), person_id=actor.person_or_none)
    exempting = exemptions(ids, on=on).values_list("initiative_id", "field_group", "legal_basis")
    mine: dict[int, set[str]] = {}
    exempt: dict[int, dict[str, str]] = {}
    no_basis = Value(None, CharField())
    for pk, word, basis in involving.values_list("initiative_id", "kind", no_basis).union(exempting, all=True):
        if basis is None:
            mine.setdefault(pk, set()).add(word)
        else:
            exempt.setdefault(pk, {})[word] = basis
    everything = dict.fromkeys(["need", "costs", "benefits", "assessment", "attachments"], "")
    hidden: dict[int, dict[str, str]] = {}
    for initiative in initiatives:
        seen = sight(actor, initiative, involved=initiative.pk in mine)
        # Whoever is only asked reads the version asked about, on its page; the list has what is written since.
        only_asked = initiative.stage == Stage.ANCHORING and mine.get(initiative.pk) == {"asked"}
        if seen < Sight.OPEN or only_asked:
            hidden[initiative.pk] = everything
        elif seen < Sight.FULL:
            hidden[initiative.pk] = exempt.get(initiative.pk, {})
        else:
            hidden[initiative.pk] = {}
    return hidden
