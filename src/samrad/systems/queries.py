"""Reads of the system register. Every one begins with `visible_to`; row security has cut to one's own houses already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from samrad.organisation.actors import Actor, entities_of
from samrad.organisation.models import Entity, Person
from samrad.systems.content import BY_CODE, FIELD, PERSON, column
from samrad.systems.models import FITS_FROM, QUADRANTS, RegisterImport, System, SystemVersion, Terms

THRESHOLDS = (18, 12)  # months before a contract runs out
ALIKE_ENOUGH = 0.3
STALE_MONTHS = 24  # a risk assessment older than this should be looked at again


def visible_to(actor: Actor) -> QuerySet[System]:
    """The systems of one's own municipality and those that are shared with the cooperation."""
    return System.objects.all() if actor.is_person else System.objects.none()


def get_visible(actor: Actor, pk: int) -> System:
    """One system; System.DoesNotExist as if it were not there."""
    return visible_to(actor).select_related("owner", "shared_with", "field", "system_owner", "administrator").get(pk=pk)


def cooperation_of(owner_id: int, *, on: date) -> int | None:
    """The cooperation an entity can share its systems with, if it is in one."""
    return next((e for e in entities_of(owner_id, on=on) if e != owner_id), None)


def _employed(actor: Actor) -> bool:
    return "employee" in actor.roles_in([actor.entity_id])


def terms_visible_to(actor: Actor) -> QuerySet[Terms]:
    """The contracts one may see: those of the entities one works for, and those their owners have shared."""
    if not _employed(actor):
        return Terms.objects.none()
    return Terms.objects.filter(Q(owner_id__in=actor.entities) | Q(shared_with_id__in=actor.entities))


def sees_terms(actor: Actor, system: System) -> bool:
    """Does the actor see the contract of a system? Its owner's employees do; others where it is shared."""
    if not _employed(actor):
        return False
    if system.owner_id in actor.entities:
        return True
    return terms_visible_to(actor).filter(system=system).exists()


def terms_of(actor: Actor, system: System) -> Terms | None:
    """The contract of a system, if there is one and the actor may see it."""
    return terms_visible_to(actor).filter(system=system).first()


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True)
class Ending:
    """A contract that runs out, and how it is told: 0 for passed, 12, 18."""

    system: System
    end_date: date
    terms: Terms
    months: int


def _ending(actor: Actor, on: date) -> QuerySet[Terms]:
    terms = terms_visible_to(actor).filter(end_date__lte=months_on(on, max(THRESHOLDS)))
    return terms.exclude(system__lifecycle=System.Lifecycle.RETIRED)


def number_ending(actor: Actor, *, on: date) -> int:
    """How many contracts one may see that have run out or will within 18 months."""
    return _ending(actor, on).count()


def ending(actor: Actor, *, on: date) -> list[Ending]:
    """The contracts one may see that have run out or will within 18 months, the soonest first."""
    terms = _ending(actor, on).select_related("system__owner", "system__system_owner", "system__administrator")
    terms = terms.order_by("end_date", "system__name")
    return [Ending(row.system, row.end_date, row, threshold(row.end_date, on=on) or 0) for row in terms if row.end_date]


def threshold(end_date: date | None, *, on: date) -> int | None:
    """0 when it has run out, 12 or 18 when it does so within as many months, else nothing."""
    if end_date is None or end_date > months_on(on, max(THRESHOLDS)):
        return None
    if end_date < on:
        return 0
    return min(t for t in THRESHOLDS if end_date <= months_on(on, t))


def due_warnings(*, on: date) -> QuerySet[Terms]:
    """The contracts that have passed a threshold of which nobody has been told."""
    late = Q(end_date__lte=months_on(on, 12)) & (Q(warned_months__isnull=True) | Q(warned_months__gt=12))
    early = Q(end_date__lte=months_on(on, 18), warned_months__isnull=True)
    return Terms.objects.filter(late | early, end_date__gte=on).exclude(system__lifecycle=System.Lifecycle.RETIRED)


def value_of(row: System | Terms, code: str) -> Any:
    """A field as it is kept."""
    return getattr(row, column(code))


def plain(row: System | Terms, codes: Iterable[str]) -> dict[str, Any]:
    """A row as plain data: what a version keeps."""
    found: dict[str, Any] = {}
    for code in codes:
        value = value_of(row, code)
        found[code] = value if value is None or isinstance(value, int | str) else _text(value)
    return found


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value.normalize():f}"


@dataclass(frozen=True)
class Change:
    """Something that was changed in a system: when, by whom, and from what to what."""

    version: SystemVersion
    lines: list[tuple[str, Any, Any]]  # the field, before, after

    @property
    def first(self) -> bool:
        return self.version.number == 1


def history(actor: Actor, system: System) -> list[Change]:
    """Every change one may see, the newest first: the contract's only for those who see the contract."""
    versions = system.versions.select_related("made_by").order_by("-made_at", "-pk")
    if not sees_terms(actor, system):
        versions = versions.exclude(part=SystemVersion.Part.TERMS)
    rows = list(versions[:100])
    by_number = {(row.part, row.number): row for row in rows}
    changes = []
    for row in rows:
        before = by_number.get((row.part, row.number - 1))
        codes = [code for code in row.changed if code in BY_CODE]
        old = before.content if before else {}
        changes.append(Change(row, [(code, old.get(code), row.content.get(code)) for code in codes]))
    return changes


def names_in(changes: list[Change]) -> dict[str, dict[Any, str]]:
    """What persons and fields in the history are called, in a query each."""
    from samrad.governance.models import Field

    ids: dict[str, set[Any]] = {PERSON: set(), FIELD: set()}
    for change in changes:
        for code, old, new in change.lines:
            if BY_CODE[code].kind in ids:
                ids[BY_CODE[code].kind] |= {v for v in (old, new) if v}
    people = dict(Person.objects.filter(pk__in=ids[PERSON]).values_list("pk", "name")) if ids[PERSON] else {}
    fields = dict(Field.objects.filter(pk__in=ids[FIELD]).values_list("pk", "name")) if ids[FIELD] else {}
    return {PERSON: people, FIELD: fields}


def similar(actor: Actor, text: str, more: str = "", *, most: int = 5) -> list[System]:
    """The systems one sees that are like a text, the likest first: whatever the form of the words."""
    if not actor.is_person or not (text.strip() or more.strip()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from samrad_alike('system', %s, %s, %s)",
            [text.replace("\x00", ""), more.replace("\x00", ""), most * 4],
        )
        scores = {pk: score for pk, score in cursor.fetchall() if score >= ALIKE_ENOUGH}
    if not scores:
        return []
    rows = visible_to(actor).filter(pk__in=scores).select_related("owner", "field")
    return sorted(rows, key=lambda row: (-scores[row.pk], row.pk))[:most]


@dataclass(frozen=True)
class LinkedInitiative:
    """An initiative that does something to a system, as the register shows it."""

    reference: str
    title: str
    kind: Any
    state: Any
    url: str


LINKED: list[Callable[[Actor, Collection[int]], dict[int, list[LinkedInitiative]]]] = []
"""What answers with the initiatives of some systems, by system; initiatives adds to it in config/wiring.py."""


def linked(actor: Actor, system: System) -> list[LinkedInitiative]:
    """The initiatives that introduce, replace, change or phase out a system, as far as the actor sees them."""
    return linked_to(actor, [system]).get(system.pk, [])


def linked_to(actor: Actor, systems: Iterable[System]) -> dict[int, list[LinkedInitiative]]:
    """The same for some systems, in as many queries as for one."""
    ids = [system.pk for system in systems]
    found: dict[int, list[LinkedInitiative]] = {}
    for told in (tell(actor, ids) for tell in LINKED if ids):
        for pk, lines in told.items():
            found.setdefault(pk, []).extend(lines)
    return found


def imports_of(actor: Actor) -> QuerySet[RegisterImport]:
    """The uploads of the entities for which one keeps the register."""
    mine = [entity for entity in actor.entities if actor.may("systems.manage", entity)]
    return RegisterImport.objects.filter(owner_id__in=mine)


def owners_seen(actor: Actor) -> list[tuple[int, str]]:
    """Who owns the systems one sees, for the list's filter."""
    return list(visible_to(actor).order_by("owner__name").values_list("owner_id", "owner__name").distinct())


def people_of(owner_id: int) -> QuerySet[Person]:
    """Who can own and administer the systems of an entity: its own people, in a cooperation all its members'."""
    owner = Entity.objects.get(pk=owner_id)
    people = Person.objects.filter(active=True).order_by("name")
    if owner.kind == Entity.Kind.MUNICIPALITY:
        return people.filter(owner_id=owner_id)
    return people.filter(Q(owner_id=owner_id) | Q(shared_with_id=owner_id))


def with_terms(systems: Iterable[System], actor: Actor) -> dict[int, Terms]:
    """The contracts of some systems, as far as the actor may see them, in one query."""
    ids = [system.pk for system in systems]
    return {row.system_id: row for row in terms_visible_to(actor).filter(system_id__in=ids)}


def ordered(systems: QuerySet[System], sort: str) -> QuerySet[System]:
    """Sorted as the list's heads say."""
    down = sort.startswith("-")
    key = {"name": "name", "vendor": "vendor", "owner": "owner__name", "criticality": "criticality"}.get(
        sort.lstrip("-")
    )
    if key is None:
        return systems
    by = F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True)
    return systems.order_by(by, "name", "pk")


def in_quadrant(code: str) -> Q:
    """The systems whose fit says so; «none» are those where it is not measured."""
    if code == "none":
        return Q(technical_fit__isnull=True) | Q(functional_fit__isnull=True)
    squares = [square for square, quadrant in QUADRANTS.items() if quadrant == code]
    if not squares:
        return Q()
    [(sound, helps)] = squares
    ways = {True: "gte", False: "lt"}
    return Q(**{f"technical_fit__{ways[sound]}": FITS_FROM, f"functional_fit__{ways[helps]}": FITS_FROM})


def in_use(actor: Actor, *, owner_id: int | None = None) -> QuerySet[System]:
    """The systems one sees that are part of what one has, perhaps of one owner."""
    rows = visible_to(actor).exclude(lifecycle=System.Lifecycle.RETIRED).select_related("owner", "field")
    return rows.filter(owner_id=owner_id) if owner_id is not None else rows


def whole_months(first: date, last: date) -> int:
    """How many whole months there are from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


@dataclass(frozen=True)
class Assessed:
    """A system with how long it is since its risk and its data protection were assessed; None where they never were."""

    system: System
    risk_months: int | None
    dpia_months: int | None
    overdue: bool  # the day its risk or its data protection was to be assessed again has passed

    @property
    def asks_dpia(self) -> bool:
        """Special categories of personal data ask for a data protection impact assessment."""
        return self.system.personal_data == System.Personal.SPECIAL

    @property
    def stale(self) -> bool:
        """Should it be assessed now?"""
        old = self.risk_months is None or self.risk_months >= STALE_MONTHS
        return old or self.overdue or (self.asks_dpia and self.dpia_months is None)


def assessed(systems: Iterable[System], *, on: date) -> list[Assessed]:
    """Each system with its assessments, those never assessed first, then the oldest."""
    rows = [
        Assessed(
            system,
            whole_months(system.risk_date, on) if system.risk_date else None,
            whole_months(system.dpia_date, on) if system.dpia_date else None,
            any(day is not None and day < on for day in (system.risk_next_date, system.dpia_next_date)),
        )
        for system in systems
    ]
    never = 10_000
    return sorted(rows, key=lambda row: (-(never if row.risk_months is None else row.risk_months), row.system.name))


@dataclass(frozen=True)
class Alike:
    """Systems of several owners that have the same name, vendor or task, with the terms one may see."""

    label: str
    rows: list[tuple[System, Terms | None]]

    @property
    def owners(self) -> int:
        return len({system.owner_id for system, _terms in self.rows})

    @property
    def annual_kr(self) -> Decimal:
        """What those contracts that one sees cost a year."""
        return sum((terms.annual_kr for _s, terms in self.rows if terms and terms.annual_kr), Decimal(0))

    @property
    def unseen(self) -> int:
        """How many of them one does not see the cost of."""
        return sum(1 for _s, terms in self.rows if terms is None or terms.annual_kr is None)


def _number(system: System) -> str:
    return "".join(c for c in system.vendor_number if c.isdigit())


def _same(system: System, by: str) -> tuple[str, str]:
    """What a system is put together with others by, and what that is called; nothing where it is not said."""
    if by == "vendor":
        return _number(system) or plain_name(system.vendor), system.vendor
    if by == "area":
        task = system.kostra_function.strip() or plain_name(system.service)
        if system.field is None or not task:
            return "", ""
        return f"{system.field.pk}:{task}", f"{system.field.name}: {system.service or system.kostra_function}"
    return plain_name(system.name), system.name


def plain_name(text: str) -> str:
    """A name as it is compared: letters and digits, without what only says the form of company."""
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return "".join(word for word in words if word not in ("as", "asa", "norge", "ab"))


def duplicates(actor: Actor, *, by: str) -> list[Alike]:
    """Systems in use that several owners have: of the same name, vendor or task, those of most owners first."""
    found: dict[str, list[System]] = {}
    labels: dict[str, str] = {}
    rows = list(in_use(actor))
    # One says the vendor's number, another only the name: they are the same vendor all the same.
    numbers = {plain_name(row.vendor): _number(row) for row in rows if _number(row)}
    for system in rows:
        key, label = _same(system, by)
        key = numbers.get(key, key) if by == "vendor" else key
        if key:
            found.setdefault(key, []).append(system)
            labels.setdefault(key, label)
    several = {key: rows for key, rows in found.items() if len({row.owner_id for row in rows}) > 1}
    terms = with_terms([row for rows in several.values() for row in rows], actor)
    groups = [Alike(labels[key], [(row, terms.get(row.pk)) for row in rows]) for key, rows in several.items()]
    return sorted(groups, key=lambda group: (-group.owners, -group.annual_kr, group.label))
