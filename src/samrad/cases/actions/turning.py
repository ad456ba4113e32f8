"""Stopping, pausing, taking up, merging and opening a case anew: each with its reason, and told to those it concerns."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.moving import move_case
from samrad.cases.actions.opening import open_case
from samrad.cases.actions.telling import tell
from samrad.cases.events import Turned
from samrad.cases.models import Case, Turn
from samrad.cases.policy import can_merge_into, can_turn
from samrad.cases.queries import affected, current_case, lock_case, named_in
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.actions import lock_initiative, reopen, set_phase
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor

Kind = Turn.Kind
STATUS = {
    Kind.STOPPED: Initiative.Status.STOPPED,
    Kind.PAUSED: Initiative.Status.PAUSED,
    Kind.RESUMED: Initiative.Status.ACTIVE,
    Kind.MERGED: Initiative.Status.MERGED,
    Kind.REOPENED: Initiative.Status.ACTIVE,
}
WHAT_NOW: dict[str, Promise] = {
    Kind.STOPPED: _("Nothing more happens in the case. It can be opened anew as a new case."),
    Kind.PAUSED: _("Nothing can be done in the case until it is taken up again."),
    Kind.RESUMED: _("The case goes on from where it stood."),
    Kind.MERGED: _("What comes next, happens in the one it is merged with."),
    Kind.REOPENED: _("It is a new case. What was decided in the old one still stands there."),
}


@transaction.atomic
def turn_case(
    *, by: Actor, at: datetime, case_id: int, version: int | None, kind: str, reason: str, into_id: int | None = None
) -> Turn:
    """Stop, pause, take up, merge or open a case anew, and say why."""
    found = Case.objects.get(pk=case_id)
    initiative = lock_initiative(found.initiative_id or 0, None)
    case = lock_case(case_id, version)
    if kind not in STATUS:
        raise Refused(_t("Choose one of what is on the page."))
    can_turn(by, case, initiative, kind, kinds=kinds_of(by, initiative)).require()
    if not reason.strip():
        lack = Lack(_t("Say why."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    into = None
    if kind == Kind.MERGED:
        into = Case.objects.select_related("initiative").filter(initiative_id=into_id or 0).order_by("-pk").first()
        can_merge_into(case, into).require()
    turn = Turn.objects.create(
        **house_of(case),
        case=case,
        kind=kind,
        reason=reason.strip(),
        into_id=into.initiative_id if into else None,
        made_at=at,
        made_by_id=by.person,
    )
    event = Turned(initiative_id=initiative.pk, case_id=case.pk, turn_id=turn.pk, turn=kind)
    _carry_out(by=by, at=at, case=case, initiative=initiative, turn=turn, event=event)
    people = affected(initiative, on=localdate(at)) if initiative.stage else list(named_in(initiative))
    if into is not None and into.initiative is not None:
        people = list({p.pk: p for p in [*people, *named_in(into.initiative)]}.values())
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people,
        code="cases.turned",
        subject=_("%(what)s: %(title)s"),
        body=_("%(reference)s: %(what)s, by %(by)s. Reason: %(reason)s %(next)s"),
        what=Kind(kind).label,
        reason=turn.reason,
        next=WHAT_NOW[kind],
    )
    return turn


def _carry_out(*, by: Actor, at: datetime, case: Case, initiative: Initiative, turn: Turn, event: Turned) -> None:
    kind, status = turn.kind, str(STATUS[Kind(turn.kind)])
    if kind == Kind.REOPENED:
        record(event, by=by, at=at, house=case)
        reopen(by=by, at=at, initiative=initiative)
        # The old case is closed, so this is a new one.
        if (standing := current_case(initiative)) is not None and standing.closed_at is None:
            raise Refused(_t("The initiative has another case that is open."))
        turn.new_case = open_case(by=by, at=at, initiative=initiative)
        turn.save(update_fields=["new_case"])
        return
    if kind in (Kind.STOPPED, Kind.MERGED):
        move_case(by=by, at=at, case=case, to=str(kind), event=event)
        if case.kind != Case.Kind.SUBMISSION:  # a gate, a change or a deviation: the project goes on
            return
    else:
        record(event, by=by, at=at, house=case)
    set_phase(by=by, at=at, initiative=initiative, status=status)
