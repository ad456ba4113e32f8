"""Reads about anchoring: what was asked, of whom, what was answered, and what was endorsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.anchoring.models import Request, Submission
from samrad.cases.models import Case
from samrad.core.money import grouped, kroner
from samrad.core.verdict import Lack
from samrad.core.workdays import next_workday
from samrad.initiatives.content import BY_CODE
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.initiatives.policy import lacks
from samrad.initiatives.queries import (
    benefits_of,
    fingerprint,
    house_id,
    plan_for,
    questions_for,
    responsibles,
    snapshot,
    visible_ids,
)
from samrad.organisation.actors import Actor
from samrad.organisation.models import Membership, Person, RoleAssignment

Kind = Request.Kind
REMIND_BEFORE = timedelta(days=3)  # so long before the deadline one is reminded …
GRACE = timedelta(days=2)  # … and so long after the reminder the deadline passes at the earliest
# The answers that are a yes.
YES = frozenset({Request.Answer.RECOMMENDED, Request.Answer.WITH_REMARK})


def last_day(due: date, reminded: date) -> date:
    """The deadline, or a few days after a reminder that came late because the machine stood still."""
    return max(due, next_workday(reminded + GRACE))


def visible_to(actor: Actor) -> QuerySet[Request]:
    """The requests about initiatives the actor sees anything of."""
    return Request.objects.filter(initiative_id__in=visible_ids(actor)).select_related(
        "initiative",
        "initiative__owner",
        "content",
        "answered_by",
        "stood_in_for",
        "unit",
        "municipality",
        "case",
        "escalates",
        "mandate",
    )


def version_asked(actor: Actor, initiative: Initiative) -> ContentVersion | None:
    """The version of an initiative that the actor was last asked about, if by name."""
    rows = Request.objects.filter(initiative=initiative, asked_person_id=actor.person_or_none)
    last = rows.select_related("content").order_by("-asked_at", "-pk").first()
    return last.content if last else None


def requests_of(initiative: Initiative) -> QuerySet[Request]:
    """Everything that was asked about an initiative, oldest first."""
    rows = Request.objects.filter(initiative=initiative).order_by("asked_at", "pk")
    return rows.select_related("answered_by", "stood_in_for", "unit", "municipality", "content")


def endorsement_of(initiative: Initiative) -> Request | None:
    """The recommendation that stands: the latest answer from the owning sector, where it is a yes and not contested."""
    latest = last_endorsement_answer(initiative)
    stands = latest is not None and latest.answer in YES and latest.contested_at is None
    return latest if stands else None


def last_endorsement_answer(initiative: Initiative) -> Request | None:
    """The latest answer for the owning sector: its head's, or the chief executive's instead."""
    rows = Request.objects.filter(
        Q(kind=Kind.ENDORSEMENT) | Q(escalates__kind=Kind.ENDORSEMENT),
        initiative=initiative,
        answered_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    rows = rows.select_related("content", "answered_by", "stood_in_for", "escalates")
    return rows.order_by("-answered_at", "-pk").first()


def open_hearings(initiative: Initiative) -> QuerySet[Request]:
    """Those who are to be heard and have not answered."""
    return Request.objects.filter(
        initiative=initiative, kind=Kind.HEARING, answered_at__isnull=True, withdrawn_at__isnull=True
    )


def groundwork_lacks(initiative: Initiative, *, on: date) -> tuple[Lack, ...]:
    """What the minimum requirements still lack."""
    people: Mapping[str, object] = responsibles(initiative)
    plan, questions = plan_for(initiative, on=on), questions_for(house_id(initiative), on=on)
    return lacks(initiative, benefits_of(initiative), people, plan=plan, questions=questions)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the anchoring of a need stands: what submitting asks about."""

    state: str
    lacks: tuple[Lack, ...]
    endorsed_mark: str  # the fingerprint that was endorsed; empty where nothing is
    current_mark: str
    unheard: int = 0  # those to be heard who have neither answered nor passed their deadline


def standing_of(initiative: Initiative, case: Case | None, *, on: date) -> Standing:
    """Where the anchoring of an initiative stands."""
    endorsed = endorsement_of(initiative)
    return Standing(
        state=case.state if case else "draft",
        lacks=groundwork_lacks(initiative, on=on),
        endorsed_mark=endorsed.content.fingerprint if endorsed else "",
        current_mark=fingerprint(snapshot(initiative)),
        unheard=open_hearings(initiative).filter(passed_at__isnull=True).count(),
    )


def submission_of(initiative: Initiative) -> Submission | None:
    """The newest submission of an initiative."""
    rows = Submission.objects.filter(initiative=initiative).select_related("content", "submitted_by", "case")
    return rows.order_by("-pk").first()


REQUIRED = {
    "benefits": gettext_lazy("At least one benefit"),
    "costs": gettext_lazy("One-off and annual cost"),
    "responsible": gettext_lazy("Someone responsible"),
    "screening": gettext_lazy("The check is answered"),
}


def requirements_of(submission: Submission) -> list[tuple[str, str]]:
    """The minimum requirements that were in force when it was sent in, each with where it was adopted."""
    own = [r for r in submission.requirements if r["source"] != "form"]
    asked = [r["code"] for r in submission.requirements if r["source"] == "form" and r["code"] in BY_CODE]
    form = [(str(BY_CODE[code].label), "") for code in asked]
    named = [(r.get("question") or str(REQUIRED.get(r["code"], r["code"])), r["source"]) for r in own]
    return [*named, *form]


def rules_of(submission: Submission) -> list[tuple[str, str]]:
    """The other rules that were in force when it was sent in: who may send in, the limits of size, the register."""
    kept, found = submission.rules, []
    if kept.get("policy"):
        found.append((_("Who may send in"), _("Version %(n)s") % {"n": kept["policy"]["version"]}))
    sizes = dict(Initiative.Size.choices)
    for row in kept.get("sizes", []):
        if row["below_kr"] is not None:
            below = _("below %(amount)s") % {"amount": kroner(Decimal(row["below_kr"]))}
            found.append((_("Size: %(size)s") % {"size": sizes.get(row["code"], row["code"])}, below))
    for row in kept.get("rules", []):
        amount = f"{grouped(int(Decimal(row['amount'])))} {row['unit']}, " if row["amount"] is not None else ""
        found.append((row["name"], amount + _("Version %(n)s") % {"n": row["version"]}))
    return found


def writers_of(initiative: Initiative) -> list[Person]:
    """Those who write the need, and so may send it: authors, the need owner and the one responsible."""
    rows = initiative.responsibilities.filter(kind__in=["author", "need_owner", "lead"])
    return list(Person.objects.filter(active=True, pk__in=rows.values("person_id")).order_by("name"))


def unanswered(on: date) -> QuerySet[Request]:
    """Those who have been asked, have not answered and still can: where something may be due today."""
    waits = Q(passed_at__isnull=True, due_date__lte=on + REMIND_BEFORE)
    silent = Q(passed_at__isnull=False, mandate__silence_is_consent_after_days__isnull=False)
    return still_open().filter(waits | silent).order_by("due_date", "pk")


def still_open() -> QuerySet[Request]:
    """The questions that wait for an answer."""
    return Request.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True, case__closed_at__isnull=True)


def passed_on(on: date) -> QuerySet[Request]:
    """The questions whose role somebody else has got since yesterday, so that they must hear of it."""
    new = RoleAssignment.objects.filter(
        role=OuterRef("asked_role"), valid_from__lte=on, valid_from__gte=on - timedelta(days=1)
    )
    return still_open().filter(Exists(new)).order_by("pk")


def left_behind(on: date) -> QuerySet[Request]:
    """The questions to a municipality, or from one, that is no longer in the cooperation the need is shared with."""
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, cooperation_id=OuterRef("shared_with_id")
    )
    asked_away = ~Exists(members.filter(member_id=OuterRef("municipality_id")))
    owner_away = ~Exists(members.filter(member_id=OuterRef("owner_id")))
    shared = still_open().filter(shared_with__isnull=False)
    hearing = Q(kind=Kind.HEARING) & ~Q(municipality_id=F("owner_id")) & ~Q(municipality_id=F("shared_with_id"))
    group = Q(kind=Kind.EXPERT_GROUP, municipality_id=F("shared_with_id"))
    return shared.filter(hearing & asked_away | group & owner_away).order_by("pk")


@dataclass(frozen=True)
class Scope:
    """Whoever answers: a role, and what it is held for."""

    role: str
    entity_id: int
    unit_id: int | None = None
    field_id: int | None = None


def scope_of(asked: Request) -> Scope:
    """Who answers a question: whoever holds the role today, not only the person it was sent to."""
    role = asked.asked_role
    unit = asked.unit_id if role == "sector_head" else None
    field = asked.initiative.field_id if role == "expert_group_lead" else None
    return Scope(role, asked.municipality_id or asked.owner_id, unit, field)


def holding(role: str, entity_ids: Iterable[int], *, on: date) -> QuerySet[RoleAssignment]:
    """Who holds a role for some entities today: first those who have it for good, then substitutes."""
    rows = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role=role,
        entity_id__in=set(entity_ids),
        valid_from__lte=on,
        person__active=True,
    )
    return rows.select_related("person").order_by(F("stands_in_for").asc(nulls_first=True), "person__name", "pk")


def people_in(scope: Scope, *, on: date) -> list[Person]:
    """Those who hold the role today: first who has it for good, then substitutes."""
    rows = holding(scope.role, [scope.entity_id], on=on)
    if scope.unit_id is not None:
        rows = rows.filter(unit_id=scope.unit_id)
    if scope.field_id is not None:
        rows = rows.filter(Q(field_id=scope.field_id) | Q(field_id__isnull=True))
    return list({row.person_id: row.person for row in rows}.values())


def stands_in_for(by: Actor, scope: Scope, *, on: date) -> int | None:
    """For whom the actor holds the role for a time, if it is not the actor's own."""
    rows = RoleAssignment.objects.filter(
        person_id=by.person_or_none, role=scope.role, entity_id=scope.entity_id, valid_from__lte=on
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    if scope.unit_id is not None:
        rows = rows.filter(unit_id=scope.unit_id)
    if scope.field_id is not None:
        rows = rows.filter(Q(field_id=scope.field_id) | Q(field_id__isnull=True))
    held = list(rows.values_list("stands_in_for_id", flat=True))
    return None if None in held or not held else held[0]


def last_answer_before(asked: Request) -> Request | None:
    """The same asker's last answer in the same initiative, to show what has changed since."""
    rows = Request.objects.filter(
        initiative_id=asked.initiative_id,
        kind=asked.kind,
        unit=asked.unit,
        municipality=asked.municipality,
        answered_at__isnull=False,
        pk__lt=asked.pk,
    )
    return rows.select_related("content", "answered_by").order_by("-answered_at").first()
