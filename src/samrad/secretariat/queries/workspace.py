"""Reads for the secretariat's own list: what has come in, who has it, what is late, and how much each one has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.core.workdays import add_workdays
from samrad.governance.queries import CHECK_DAYS, days_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.roles import SECRETARIAT
from samrad.secretariat.models import Competence, Exchange, Review
from samrad.secretariat.queries import GROUPS, visible_to

MOST = 500
NOBODY = "nobody"


@dataclass(frozen=True)
class Row:
    """One case in the list, and why it is late, where it is."""

    case: Case
    group: str
    late: tuple[str, ...]
    asked: int  # assessments that are waited for
    questions: int  # questions between the secretariat and those who write the need, without an answer

    @property
    def officer_id(self) -> int | None:
        return self.case.case_officer_id


@dataclass(frozen=True)
class Load:
    """How much one case officer has."""

    person: Person | None
    number: int
    late: int


def _waiting(rows: Any, **more: Any) -> Any:
    """How many rows of a kind wait in each case, as a column."""
    counted = rows.filter(case=OuterRef("pk"), answered_at__isnull=True, **more).order_by().values("case")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _late(case: Any, *, on: date, days: int) -> tuple[str, ...]:
    found = []
    if case.state == "submitted" and add_workdays(localdate(case.state_since), days) < on:
        found.append(_("Not checked within %(days)s working days") % {"days": days})
    if case.due_date is not None and case.due_date < on:
        found.append(_("The deadline has passed"))
    if case.late_reviews:
        found.append(_("%(number)s assessments are late") % {"number": case.late_reviews})
    return tuple(found)


def rows_of(actor: Actor, *, on: date) -> list[Row]:
    """What lies with the secretariat, oldest first: two queries whatever the number of cases."""
    houses = sorted({h.entity_id for h in actor.held if h.role in SECRETARIAT})
    days = days_of(CHECK_DAYS, houses, on)
    group = {state: name for name, states in GROUPS.items() for state in states}
    reviews = Review.objects.filter(withdrawn_at__isnull=True)
    cases: Iterable[Any] = (
        visible_to(actor)
        .filter(state__in=list(group), initiative__isnull=False)
        .annotate(
            asked=_waiting(reviews),
            late_reviews=_waiting(reviews, due_date__lt=on),
            questions=_waiting(Exchange.objects.filter(asks=True)),
        )
        .order_by("state_since", "pk")[:MOST]
    )
    return [Row(c, group[c.state], _late(c, on=on, days=days), c.asked, c.questions) for c in cases]


def officers_of(actor: Actor, *, on: date) -> list[Person]:
    """Those who can have a case in the secretariats the actor belongs to."""
    houses = [h.entity_id for h in actor.held if h.role in SECRETARIAT]
    today = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(today, entity_id__in=houses, role__in=SECRETARIAT, valid_from__lte=on)
    people = Person.objects.filter(active=True, pk__in=held.values("person_id"))
    return list(people.order_by("name", "pk"))


def workload(rows: Iterable[Row], officers: Iterable[Person]) -> list[Load]:
    """How many cases each one has and how many of them are late; first those that nobody has."""
    mine: dict[int | None, list[Row]] = {None: []}
    people: dict[int | None, Person | None] = {None: None, **{one.pk: one for one in officers}}
    for row in rows:
        mine.setdefault(row.officer_id, []).append(row)
        people.setdefault(row.officer_id, row.case.case_officer)
    return [
        Load(one, len(mine.get(pk, [])), sum(bool(row.late) for row in mine.get(pk, []))) for pk, one in people.items()
    ]


FAR: date = date.max - timedelta(days=1)
SORTS: dict[str, Callable[[Row], Any]] = {
    "since": lambda row: row.case.state_since,
    "title": lambda row: row.case.initiative.title.casefold() if row.case.initiative else "",
    "municipality": lambda row: row.case.owner.name,
    "officer": lambda row: row.case.case_officer.name if row.case.case_officer else "",
    "late": lambda row: (not row.late, row.case.due_date or FAR),
}


def narrowed(rows: Iterable[Row], chosen: Mapping[str, str], *, sort: str = "") -> list[Row]:
    """The rows asked for, in the order asked for; a choice that does not exist is left out."""
    found = list(rows)
    if q := chosen.get("q", "").casefold():
        found = [r for r in found if r.case.initiative and _holds(r.case.initiative, q)]
    if officer := chosen.get("officer"):
        found = [r for r in found if (NOBODY if r.officer_id is None else str(r.officer_id)) == officer]
    if town := chosen.get("municipality"):
        found = [r for r in found if str(r.case.owner_id) == town]
    if chosen.get("late"):
        found = [r for r in found if r.late]
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(found, key=key, reverse=sort.startswith("-")) if key else found


def _holds(initiative: Any, words: str) -> bool:
    return words in initiative.title.casefold() or words in initiative.reference.casefold()


def exchanges_of(case: Case) -> list[Exchange]:
    """What the secretariat and those who write the need have written to each other, the first first."""
    return list(Exchange.objects.filter(case=case).select_related("written_by"))


def competence_of(actor: Actor, *, q: str = "", kind: str = "", place: str = "") -> list[Competence]:
    """Who can help with what, in the houses one acts for; searched in everything that is written of each."""
    rows = Competence.objects.filter(owner_id__in=actor.entities, removed_at__isnull=True)
    words = q.replace("\x00", "").split()
    for word in words:
        found = Q()
        for name in ("name", "organisation", "helps_with", "person__name"):
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    if kind:
        rows = rows.filter(kinds__contains=[kind])
    if place:
        rows = rows.filter(place=place)
    return list(rows.select_related("owner", "person")[:MOST])
