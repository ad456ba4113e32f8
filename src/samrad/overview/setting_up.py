"""What an answer in the set-up guide does: the actions of the rooms it is about. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.text import slugify
from django.utils.timezone import localdate

from samrad.core.verdict import Refused
from samrad.governance import actions as governance
from samrad.governance.actions import Limit
from samrad.governance.models import Body, Field, Requirement, SizeClass
from samrad.organisation import actions as organisation
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person, RoleAssignment, Unit
from samrad.organisation.queries import administered, shared_with
from samrad.organisation.queries.memberships import free_slug
from samrad.overview.forms.guide import Answered, FieldsForm, GroupsForm, MembersForm, SectorsForm, WhoForm
from samrad.overview.guide import Guide
from samrad.overview.proposals import FIELDS
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Portfolio


@dataclass(frozen=True)
class Setting:
    """Who answers, when, and for which house."""

    by: Actor
    at: datetime
    guide: Guide

    @property
    def house(self) -> Entity:
        return self.guide.house

    @property
    def on(self) -> date:
        return localdate(self.at)


def save_members(setting: Setting, form: MembersForm) -> None:
    """Each municipality that is not a member yet becomes one from today: new, or asked where it is in Samråd already."""
    members = {town.name.casefold() for town in setting.guide.towns}
    for town in form.towns:
        name = town.name if town.name.lower().endswith("kommune") else f"{town.name} kommune"
        if {name.casefold(), town.name.casefold()} & members:
            continue
        there = _there(name, town.number)
        given: dict[str, Any] = {"by": setting.by, "at": setting.at, "cooperation": setting.house}
        if there is not None:
            organisation.ask_member(**given, member=there, valid_from=setting.on)
            continue
        language, slug = setting.house.language, free_slug(town.name)
        organisation.add_member(
            **given, slug=slug, name=name, number=town.number, language=language, valid_from=setting.on
        )


def _there(name: str, number: str) -> Entity | None:
    towns = Entity.objects.filter(kind=Entity.Kind.MUNICIPALITY)
    found = towns.filter(municipality_number=number).first() if number else None
    return found or towns.filter(name__iexact=name).first()


def save_sectors(setting: Setting, form: SectorsForm) -> list[Unit]:
    """Each sector that is not there is added. Returns those that are there and were taken out: they are retired by hand."""
    left: list[Unit] = []
    for town in form.towns:
        names = form.cleaned_data[f"town_{town.pk}"]
        standing = {unit.name.casefold(): unit for unit in Unit.objects.filter(owner=town)}
        share = shared_with(town, on=setting.on)
        for name in names:
            if name.casefold() not in standing:
                organisation.add_unit(by=setting.by, at=setting.at, owner=town, name=name, shared_with=share)
        kept = {name.casefold() for name in names}
        open_ones = [unit for unit in standing.values() if unit.open_on(setting.on)]
        left += [u for u in open_ones if u.kind == Unit.Kind.SECTOR and u.name.casefold() not in kept]
    return left


def _person(setting: Setting, answer: Answered, owner: Entity) -> Person:
    """Whoever was named; added where nobody has the address. Nobody can sign in before a link is made."""
    if answer.person_id is not None:
        return Person.objects.get(pk=answer.person_id, owner_id__in=administered(setting.by))
    found = Person.objects.filter(owner_id__in=administered(setting.by), email=answer.email).first()
    if found is not None:
        if not found.active:
            raise Refused(f"{found.name}: {answer.email}")
        return found
    return organisation.add_person(
        by=setting.by,
        at=setting.at,
        owner=owner,
        name=answer.name,
        email=answer.email,
        shared_with=shared_with(owner, on=setting.on),
        signs_in=False,
    )


def _hand_over(setting: Setting, answer: Answered, role: str, entity: Entity, **scope: Any) -> None:
    if answer:
        person = _person(setting, answer, entity)
        organisation.hand_over_role(
            by=setting.by, at=setting.at, person=person, role=role, entity=entity, valid_from=setting.on, **scope
        )


def save_leaders(setting: Setting, form: WhoForm, town: Entity, sectors: list[Unit]) -> None:
    """The head and the substitute of each sector, the chief executive and the records manager."""
    for unit in sectors:
        answer = form.answer(f"head_{unit.pk}")
        if answer:
            head = _person(setting, answer, town)
            organisation.give_head(by=setting.by, at=setting.at, unit=unit, person=head, valid_from=setting.on)
        steps_in = form.answer(f"substitute_{unit.pk}")
        organisation.change_unit(
            by=setting.by,
            at=setting.at,
            unit_id=unit.pk,
            version=unit.version,
            name=unit.name,
            kind=unit.kind,
            parent=unit.parent,
            substitute=_person(setting, steps_in, town) if steps_in else unit.substitute,
        )
    for role in ("chief_executive", "records_manager"):
        _hand_over(setting, form.answer(role), role, town)


def save_fields(setting: Setting, form: FieldsForm) -> None:
    """The fields that were chosen are added, and those there are get their KOSTRA functions."""
    data, proposed = form.cleaned_data, {p.code: p for p in FIELDS}
    given: dict[str, Any] = {"by": setting.by, "at": setting.at}
    taken = set(form.standing)
    for code, name in form.rows:
        kostra = data[f"kostra_{code}"]
        there = form.standing.get(code)
        if there is not None:
            on = there.uses_expert_group
            governance.change_field(**given, field_id=there.pk, name=there.name, kostra=kostra, uses_expert_group=on)
        elif data.get(f"use_{code}") and code in proposed:
            governance.add_field(**given, owner=setting.house, code=code, name=name, kostra=kostra)
            taken.add(code)
    for number in (1, 2, 3):
        name = data.get(f"own_{number}", "")
        if name:
            code = _free_code(name, taken)
            kostra = data[f"own_{number}_kostra"]
            governance.add_field(**given, owner=setting.house, code=code, name=name, kostra=kostra)
            taken.add(code)


def _free_code(name: str, taken: set[str]) -> str:
    base = slugify(name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a"))[:26] or "felt"
    return next(code for code in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if code not in taken)


def save_groups(setting: Setting, form: GroupsForm) -> None:
    """Each field's expert group is on or off; who leads it."""
    for field in form.rows:
        on = form.cleaned_data[f"on_{field.pk}"]
        governance.change_field(
            by=setting.by,
            at=setting.at,
            field_id=field.pk,
            name=field.name,
            kostra=field.kostra_functions,
            uses_expert_group=on,
        )
        if on:
            lead = form.answer(f"field_{field.pk}")
            _hand_over(setting, lead, "expert_group_lead", setting.house, field_id=field.pk)


def save_bodies(setting: Setting, data: Mapping[str, Any], standing: Mapping[str, Body]) -> None:
    """The bodies by name, a first mandate for the council and the secretariat, and the portfolio."""
    given: dict[str, Any] = {"by": setting.by, "at": setting.at}
    for kind in ("council", "secretariat", "chief_executive"):
        name, there = data.get(kind), standing.get(kind)
        if there is not None and name:
            body = governance.rename_body(**given, body_id=there.pk, name=name)
        elif name:
            body = governance.set_up_body(**given, owner=setting.house, kind=kind, name=name)
        else:
            continue
        if "notice_days" in data and not body.mandates.exclude(state="withdrawn").exists():
            # No authority of its own: the council and the chief executives decide until someone adopts more.
            governance.adopt_mandate(
                **given,
                body=body,
                valid_from=setting.on,
                adopted_by=data["adopted_by"],
                adopted_in=setting.guide.towns or [setting.house],
                notice_days=data["notice_days"],
                quorum_share_percent=data["quorum"],
            )
    if not Portfolio.objects.filter(owner=setting.house).exists():
        create_portfolio(**given, owner=setting.house, name=data["portfolio"])


SEATS = ("council_chair", "council_deputy", "secretariat_lead", "portfolio_manager")


def save_seats(setting: Setting, form: WhoForm) -> None:
    """Who chairs the council and stands in, who leads the secretariat and who keeps the portfolio."""
    for role in SEATS:
        _hand_over(setting, form.answer(role), role, setting.house)


def save_rules(setting: Setting, data: Mapping[str, Any], standing: list[SizeClass]) -> None:
    """The requirements that were chosen come into force, and the size classes where their limits are new."""
    for code in data.get("requirements", ()):
        governance.adopt_requirement(
            by=setting.by,
            at=setting.at,
            owner=setting.house,
            code=code,
            size_classes=["small", "medium", "large"],
            valid_from=setting.on,
            source="Oppsettet fra starten",
        )
    limits = [
        Limit(code="small", below_kr=data["small_kr"], below_hours=data["small_hours"]),
        Limit(code="medium", below_kr=data["medium_kr"]),
        Limit(code="large"),
    ]
    now = [Limit(code=row.code, below_kr=row.below_kr, below_hours=row.below_hours) for row in standing]
    if limits != now:
        begun = max((row.valid_from for row in standing), default=None)
        first = max(setting.on, begun + timedelta(days=1)) if begun else setting.on
        governance.adopt_size_classes(
            by=setting.by, at=setting.at, owner=setting.house, limits=limits, valid_from=first
        )


def required_codes(house: Entity, *, on: date) -> list[str]:
    """The minimum requirements in force in a house."""
    rows = Requirement.objects.filter(owner=house, valid_from__lte=on)
    return [row.code for row in rows.order_by("pk") if row.valid_to is None or row.valid_to >= on]


def people_to_choose(guide: Guide) -> list[Person]:
    """Everyone who can be named, in the house and its municipalities."""
    owners = [guide.house, *guide.towns]
    return list(Person.objects.filter(owner__in=owners, active=True).select_related("owner").order_by("name"))


def holder_of(guide: Guide, role: str, entity: Entity, **scope: Any) -> int | None:
    """Who has a role now, to be filled in."""
    rows = [row for row in guide.found.held([entity.pk], role) if row.stands_in_for_id is None]
    found: list[RoleAssignment] = [
        row for row in rows if all(getattr(row, key) == value for key, value in scope.items())
    ]
    return found[-1].person_id if found else None


def fields_in(house: Entity) -> list[Field]:
    """The fields of a house, in the order they were added."""
    return list(Field.objects.filter(owner=house).order_by("pk"))


def without_way_in(guide: Guide) -> list[Person]:
    """Those with a role who have never chosen a password."""
    roles = RoleAssignment.objects.filter(owner__in=[guide.house, *guide.towns]).values("person_id")
    people = Person.objects.filter(pk__in=roles, active=True).exclude(email="").select_related("account")
    return [p for p in people if p.account is None or not p.account.has_usable_password()]


def send_links(setting: Setting) -> int:
    """A one-time link to each with a role who has never chosen a password."""
    people = without_way_in(setting.guide)
    for person in people:
        organisation.make_link(by=setting.by, at=setting.at, person=person)
    return len(people)
