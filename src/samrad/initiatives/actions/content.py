"""What people do with an initiative's content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.governance.models import Field
from samrad.initiatives import events
from samrad.initiatives.actions.drafting import sort_key
from samrad.initiatives.content import BY_CODE
from samrad.initiatives.models import (
    Benefit,
    ContentVersion,
    GoalLink,
    Initiative,
    Responsibility,
)
from samrad.initiatives.policy import (
    can_edit,
    can_link,
    keeps_owners,
    size_on,
)
from samrad.initiatives.queries import (
    fingerprint,
    goal_codes,
    kinds_of,
    people_of,
    snapshot,
)
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def lock_initiative(initiative_id: int, version: int | None) -> Initiative:
    """The initiative, locked for this transaction; Stale when the page was made from another version."""
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative_id)
    if version is not None and version != initiative.version:
        raise Stale(
            _("Someone has changed this since you opened the page. Both texts are below: choose which to keep.")
        )
    return initiative


def _touch(initiative: Initiative, at: datetime) -> None:
    initiative.version += 1
    initiative.updated_at = at
    initiative.size = size_on(initiative, on=localdate(at))
    initiative.save()


def _with_function(initiative: Initiative, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers, with the KOSTRA function of a newly chosen field where it has only one and nothing else is said."""
    if "kostra_function" in values or values.get("field") in (None, initiative.field_id):
        return values
    chosen, before = values["field"], initiative.field_id
    held = {f.pk: f.kostra_functions for f in Field.objects.filter(pk__in=[pk for pk in (chosen, before) if pk])}
    here = held.get(chosen, [])
    # What a field has filled in itself goes with it; what somebody has chosen stays.
    if initiative.kostra_function and [initiative.kostra_function] != held.get(before or 0):
        return values
    return {**values, "kostra_function": here[0] if len(here) == 1 else ""}


@transaction.atomic
def save_answers(
    *,
    by: Actor,
    at: datetime,
    initiative_id: int,
    version: int | None,
    values: Mapping[str, Any],
) -> Initiative:
    """Save what was written in one or more fields of the form. Nothing else is touched."""
    initiative = lock_initiative(initiative_id, version)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    changed = []
    for code, value in _with_function(initiative, values).items():
        name = {"field": "field_id", "owning_sector": "owning_sector_id"}.get(code, code)
        if code == "participant_ids" or (code in BY_CODE and BY_CODE[code].column):
            if getattr(initiative, name) != value:
                setattr(initiative, name, value)
                changed.append(code)
        elif initiative.answers.get(code, "") != value:
            initiative.answers = {**initiative.answers, code: value}
            changed.append(code)
    if not changed:
        return initiative
    initiative.title_sort = sort_key(initiative.title)
    _touch(initiative, at)
    event = events.ContentChanged(
        initiative_id=initiative.pk,
        fields=tuple(changed),
        to_version=initiative.version,
    )
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def link_goals(*, by: Actor, at: datetime, initiative_id: int, version: int | None, codes: Sequence[str]) -> Initiative:
    """Say which goals and points of the action plan it supports («goal-3», «point-7»)."""
    initiative = lock_initiative(initiative_id, version)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    standing = {link.code: link for link in initiative.goal_links.all()}
    # What is linked already stays, also when its strategy has run out.
    can_link(set(codes) - set(standing), known=goal_codes(initiative, on=localdate(at))).require()
    for code in set(standing) - set(codes):
        standing[code].delete()
    for code in dict.fromkeys(c for c in codes if c not in standing):
        kind, _dash, number = code.partition("-")
        GoalLink.objects.create(**house_of(initiative), initiative=initiative, **{f"{kind}_id": int(number)})
    _touch(initiative, at)
    event = events.ContentChanged(initiative_id=initiative.pk, fields=("goals",), to_version=initiative.version)
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def note_files(*, by: Actor, at: datetime, initiative_id: int) -> Initiative:
    """Note that a file was attached, removed or put back: pages made before that are stale. Follows from the file itself."""
    initiative = lock_initiative(initiative_id, None)
    _touch(initiative, at)
    event = events.FilesChanged(initiative_id=initiative.pk, to_version=initiative.version)
    record(event, by=by, at=at, house=initiative)
    return initiative


BENEFIT_PARTS = (
    "title", "kind", "budget_effect", "recipient", "kroner_a_year", "hours_a_year", "assumption", "uncertainty",
    "quality_before", "quality_after",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BenefitRow:
    """One row of the benefits overview as written; `id` names the row it changes. Kroner and hours are a year.

    `quality_before` and `quality_after` are on a scale of 5, and both None where the quality is not said.
    """

    title: str
    kind: str
    id: int | None = None
    budget_effect: str = Benefit.BudgetEffect.UNPRICED
    recipient: str = Benefit.Recipient.MUNICIPALITY
    kroner_a_year: Decimal | None = None
    hours_a_year: int | None = None
    assumption: str = ""
    uncertainty: str = ""
    quality_before: int | None = None
    quality_after: int | None = None
    benefit_owner_id: int | None = None


@transaction.atomic
def save_benefits(
    *, by: Actor, at: datetime, initiative_id: int, version: int | None, rows: Sequence[BenefitRow]
) -> Initiative:
    """Save the benefits overview. A row left out is taken away, but never deleted."""
    initiative = lock_initiative(initiative_id, version)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    standing = {b.pk: b for b in initiative.benefits.filter(removed_at__isnull=True)}
    for order, row in enumerate(rows):
        benefit = standing.pop(row.id, None) if row.id else None
        benefit = benefit or Benefit(
            initiative=initiative,
            owner_id=initiative.owner_id,
            shared_with_id=initiative.shared_with_id,
        )
        for name in BENEFIT_PARTS:
            setattr(benefit, name, getattr(row, name))
        benefit.benefit_owner_id = row.benefit_owner_id
        benefit.order = order
        benefit.save()
    for gone in standing.values():
        gone.removed_at = at
        gone.save(update_fields=["removed_at"])
    _touch(initiative, at)
    event = events.ContentChanged(initiative_id=initiative.pk, fields=("benefits",), to_version=initiative.version)
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def set_responsibles(
    *,
    by: Actor,
    at: datetime,
    initiative_id: int,
    version: int | None,
    people: Mapping[str, int | None],
) -> Initiative:
    """Name the need owner, the one responsible and those proposed for the project."""
    initiative = lock_initiative(initiative_id, version)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    keeps_owners(initiative, people).require()
    # Who is named already stays, also one who has left since.
    named = initiative.responsibilities.values_list("person_id", flat=True)
    known = {*people_of(initiative).values_list("pk", flat=True), *named}
    for kind, person_id in people.items():
        if person_id and person_id not in known:
            raise Refused(_("Choose a person from the list."))
        Responsibility.objects.filter(initiative=initiative, kind=kind).exclude(person_id=person_id or 0).delete()
        if person_id:
            Responsibility.objects.get_or_create(
                initiative=initiative,
                kind=kind,
                person_id=person_id,
                defaults=house_of(initiative),
            )
    _touch(initiative, at)
    given = {k: p for k, p in people.items() if p}
    event = events.ResponsiblesSet(
        initiative_id=initiative.pk,
        kinds=tuple(given),
        person_ids=tuple(given.values()),
        fields=tuple(people),
        to_version=initiative.version,
    )
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def involve(*, by: Actor, at: datetime, initiative: Initiative, person: Person, kind: str = "asked") -> Responsibility:
    """Let someone see the whole initiative because they are asked or responsible."""
    row, made = Responsibility.objects.get_or_create(
        initiative=initiative,
        person=person,
        kind=kind,
        defaults=house_of(initiative),
    )
    if made:
        event = events.Involved(initiative_id=initiative.pk, person_id=person.pk, responsibility=kind)
        record(event, by=by, at=at, house=initiative)
    return row


@transaction.atomic
def keep_version(*, by: Actor, at: datetime, initiative: Initiative, reason: str) -> ContentVersion:
    """Keep the content as it stands, so that what was asked about can always be read. Equal content is kept once."""
    content = snapshot(initiative)
    mark = fingerprint(content)
    last = initiative.versions.order_by("-number").first()
    if last is not None and last.content == content:
        return last
    version = ContentVersion.objects.create(
        owner_id=initiative.owner_id,
        shared_with_id=initiative.shared_with_id,
        initiative=initiative,
        number=(last.number if last else 0) + 1,
        content=content,
        fingerprint=mark,
        made_at=at,
        made_by_id=by.person_id,
        reason=reason,
    )
    event = events.VersionKept(initiative_id=initiative.pk, number=version.number, reason=reason)
    record(event, by=by, at=at, house=initiative)
    return version


@transaction.atomic
def reach_stage(*, by: Actor, at: datetime, initiative: Initiative, stage: int) -> Initiative:
    """Let the initiative come a stage further. It never goes back: what has been seen has been seen."""
    again = stage == Initiative.Stage.DECIDED and initiative.reopened_at is not None
    if stage <= initiative.stage and not again:
        return initiative
    initiative.stage = max(stage, initiative.stage)
    initiative.reopened_at = None if again else initiative.reopened_at
    if stage == Initiative.Stage.SUBMITTED:
        initiative.submitted_at = at
    if stage == Initiative.Stage.DECIDED:
        initiative.decided_at = at
    initiative.version += 1
    initiative.save()
    event = events.StageReached(initiative_id=initiative.pk, stage=int(stage))
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def set_phase(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    phase: str = "",
    status: str = "",
) -> Initiative:
    """Move the work to another phase, or pause, stop or withdraw it."""
    initiative.phase = phase or initiative.phase
    initiative.status = status or initiative.status
    initiative.version += 1
    initiative.updated_at = at
    initiative.save()
    event = events.PhaseChanged(initiative_id=initiative.pk, phase=initiative.phase, status=initiative.status)
    record(event, by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def reopen(*, by: Actor, at: datetime, initiative: Initiative) -> Initiative:
    """Let a need that got a no, or was stopped or withdrawn, be written in again."""
    initiative.reopened_at = at
    return set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.ACTIVE)


@transaction.atomic
def save_imported_title(*, by: Actor, at: datetime, initiative: Initiative, title: str) -> Initiative:
    """Follow the source's title of an initiative that was taken in."""
    if initiative.title == title[:200]:
        return initiative
    initiative = lock_initiative(initiative.pk, None)
    initiative.title, initiative.title_sort = title[:200], sort_key(title)
    _touch(initiative, at)
    event = events.ContentChanged(initiative_id=initiative.pk, fields=("title",), to_version=initiative.version)
    record(event, by=by, at=at, house=initiative)
    return initiative
