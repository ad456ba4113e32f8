"""The prioritisation round: opened, its list made and proposed, and closed when the body has treated it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import Hand, hand_out, move_case
from samrad.cases.models import Case, CaseInitiative, Task
from samrad.cases.queries import lock_case, lock_cases
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict, refuse
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.governance.models import Body, CycleDate
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.models import PaperVersion, Round, RoundRow
from samrad.secretariat.notifications import tell_too_late
from samrad.secretariat.papers.rounds import list_paper, plain_lines
from samrad.secretariat.policy.rounds import (
    can_cancel_round,
    can_finish_list,
    can_list,
    can_open_round,
    can_propose,
    proposal_lacks,
    round_lacks,
)
from samrad.secretariat.queries.rounds import counted, incoming, lines_of, lock_round, next_round, rows_of


def _round(round_id: int, version: int | None) -> tuple[Round, Case]:
    one = lock_round(round_id)
    if version is not None and version != one.version:
        raise Stale(_("Someone has changed the round since you opened the page. Look at it again before you go on."))
    return one, lock_case(one.case_id)


def _touch(one: Round) -> None:
    one.version += 1
    one.save()


@transaction.atomic
def open_round(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    purpose: str,
    first_year: int,
    deadline: date,
    cycle_date: CycleDate | None = None,
) -> Round:
    """Open a prioritisation round for a body, perhaps from a date in the annual cycle, with the last day to come in for it."""
    can_open_round(by, body.owner_id).require()
    refuse(round_lacks(body, cycle_date, first_year, deadline))
    # The second click, or a second person: the row of the body is the lock.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    said = {"body": body, "purpose": purpose, "first_year": first_year}
    standing = Round.objects.filter(**said, case__closed_at__isnull=True).first()
    if standing is not None:
        lack = Lack(_("That round is open already."), "id_first_year")
        raise Refused(Verdict.no(lack.text, (lack,)))
    case = Case.objects.create(
        **house_of(body), kind=Case.Kind.ROUND, state="preparation", body=body, opened_at=at, state_since=at
    )
    one = Round.objects.create(
        **house_of(body),
        case=case,
        **said,
        deadline=deadline,
        cycle_date=cycle_date,
        opened_at=at,
        opened_by_id=by.person,
    )
    hand = Hand(kind="make_round", role="secretariat_lead", entity_id=body.owner_id, object_id=one.pk, due=deadline)
    event = events.RoundOpened(case_id=case.pk, round_id=one.pk, purpose=purpose, first_year=first_year)
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case)
    return one


@transaction.atomic
def make_list(*, by: Actor, at: datetime, round_id: int, version: int | None = None) -> Round:
    """Make the list of what has come in by the deadline and is ready, in the order that is counted; or make it anew."""
    one, case = _round(round_id, version)
    can_list(by, one, case, on=localdate(at)).require()
    kept = {row.own_case_id: (row.outcome, row.reason) for row in rows_of(one)}
    CaseInitiative.objects.filter(case=case).delete()
    lock_cases([c.pk for c in incoming(one).ready])  # another round, or an agenda, may be taking one of them now
    came = incoming(one)
    found = {c.pk: c for c in came.ready}
    places, standing = counted(list(found.values()))
    for place in places:
        own = found[place.row.case_id]
        line = CaseInitiative.objects.create(
            **house_of(case), case=case, initiative_id=own.initiative_id or 0, order=place.computed
        )
        paper = getattr(own, "paper", None)
        outcome, reason = kept.get(own.pk) or (paper.proposed_outcome if paper else "recommended", "")
        scored = standing[own.pk].scoring if own.pk in standing else None
        RoundRow.objects.create(
            **house_of(case), line=line, own_case=own, scoring=scored, outcome=outcome, reason=reason
        )
        if own.pk not in kept:
            taken = events.TakenIntoRound(
                initiative_id=own.initiative_id, case_id=own.pk, round_id=one.pk, place=place.computed
            )
            record(taken, by=by, at=at, house=own)
    if one.listed_at is None:
        later = next_round(one.owner_id, after=one.deadline)
        for late in came.late:
            tell_too_late(by=by, at=at, case=late, one=one, later=later)
    _let_go(set(kept) - set(found))
    one.listed_at = at
    _touch(one)
    record(events.RoundListed(case_id=case.pk, round_id=one.pk, rows=len(places)), by=by, at=at, house=one)
    return one


def _let_go(case_ids: Collection[int]) -> None:
    """What no longer comes with the round waits to be put on an agenda by itself."""
    waiting = Task.objects.filter(case_id__in=case_ids, kind="set_round", closed_at__isnull=True)
    waiting.update(kind="set_agenda", object_id=None)


@transaction.atomic
def propose_row(
    *, by: Actor, at: datetime, row_id: int, version: int | None = None, outcome: str, reason: str = ""
) -> RoundRow:
    """Set what the secretariat proposes for a line of the round, and why, where it is otherwise than in the case paper."""
    found = RoundRow.objects.select_related("line__case__round").get(pk=row_id)
    one, case = _round(found.line.case.round.pk, version)
    row = RoundRow.objects.select_related("own_case__paper", "own_case__initiative").get(pk=row_id)
    can_propose(by, one, case, row).require()
    paper = getattr(row.own_case, "paper", None)
    refuse(proposal_lacks(row, paper.proposed_outcome if paper else "", outcome, reason))
    row.outcome, row.reason = outcome, reason.strip()[:2000]
    row.save(update_fields=["outcome", "reason"])
    event = events.RowProposed(
        initiative_id=row.own_case.initiative_id,
        case_id=row.own_case_id,
        round_id=one.pk,
        row_id=row.pk,
        outcome=outcome,
    )
    record(event, by=by, at=at, house=row)
    _touch(one)
    return row


@transaction.atomic
def finish_list(*, by: Actor, at: datetime, round_id: int, version: int | None = None) -> Round:
    """Say that the list is ready for a meeting of the body."""
    one, case = _round(round_id, version)
    live = sum(row.live for row in rows_of(one))
    can_finish_list(by, one, case, rows=live, on=localdate(at)).require()
    hand = Hand(kind="set_round", role="secretariat_lead", entity_id=one.owner_id, object_id=one.pk)
    event = events.RoundReady(case_id=case.pk, round_id=one.pk)
    move_case(by=by, at=at, case=case, to="ready", event=event, hands=[hand])
    _touch(one)
    return one


@transaction.atomic
def cancel_round(*, by: Actor, at: datetime, round_id: int, version: int | None = None, reason: str) -> Round:
    """Cancel a round and say why. What stood on its list is as before, and can come in the next one."""
    one, case = _round(round_id, version)
    can_cancel_round(by, one, case).require()
    if not reason.strip():
        refuse((Lack(_("Say why the round is cancelled."), "id_cancel_reason"),))
    one.cancelled_reason = reason.strip()[:500]
    _let_go({row.own_case_id for row in rows_of(one)})
    move_case(by=by, at=at, case=case, to="stopped", event=events.RoundCancelled(case_id=case.pk, round_id=one.pk))
    _touch(one)
    return one


@transaction.atomic
def freeze_list(*, by: Actor, at: datetime, case: Case) -> PaperVersion | None:
    """Keep the list as it is now, for it is what the body is sent. Permission is the caller's (the notice).

    Once for each version, however often it is sent; None where the case is no round.
    """
    one = Round.objects.select_related("body", "owner").filter(case=case).first()
    if one is None:
        return None
    standing = PaperVersion.objects.filter(case=case, number=one.version).first()
    if standing is not None:
        return standing
    lines = lines_of(rows_of(one), {})
    with override(one.owner.language):
        printed = list_paper(one, lines, at=at, language=one.owner.language)
        text = _("The body takes the order and what is proposed for each initiative as its own.")
    version = PaperVersion.objects.create(
        **house_of(case),
        case=case,
        number=one.version,
        proposed_outcome="recommended",
        proposed_text=text,
        sections=plain_lines(lines),
        paper=frozen(printed),
        made_at=one.listed_at or at,
        made_by_id=one.opened_by_id,
        frozen_at=at,
    )
    event = events.PaperFrozen(case_id=case.pk, version_id=version.pk, number=version.number)
    record(event, by=by, at=at, house=version)
    return version


@transaction.atomic
def close_round(*, by: Actor, at: datetime, case: Case) -> None:
    """The round is done when every line has gone on. What follows from the minutes, so it asks for no permission."""
    one = Round.objects.get(case=case)
    event = events.RoundClosed(case_id=case.pk, round_id=one.pk)
    move_case(by=by, at=at, case=lock_case(case.pk), to="implemented", event=event)
