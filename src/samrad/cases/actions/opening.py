"""Opening a case, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.moving import Hand, hand_out, move_case
from samrad.cases.actions.telling import tell
from samrad.cases.events import CaseOpened, Withdrawn
from samrad.cases.models import Case, Turn
from samrad.cases.policy import can_withdraw
from samrad.cases.queries import current_case, lead_of, lock_case, named_in, secretariat_of
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.initiatives.actions import lock_initiative, set_phase
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor


@transaction.atomic
def open_case(*, by: Actor, at: datetime, initiative: Initiative, hand: Hand | None = None) -> Case:
    """Open the case that follows a need from draft to decision. The open one where there is one already.

    `hand`: what is to be done first, where it is not to finish the draft.
    """
    standing = current_case(initiative)
    if standing is not None and standing.closed_at is None:
        return standing
    case = Case.objects.create(
        **house_of(initiative),
        initiative=initiative,
        opened_at=at,
        state_since=at,
    )
    hand = hand or Hand(kind="finish_draft", person_id=lead_of(initiative))
    event = CaseOpened(initiative_id=initiative.pk, case_id=case.pk)
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case, initiative=initiative)
    return case


@transaction.atomic
def open_further_case(
    *, by: Actor, at: datetime, initiative: Initiative, kind: str, gates: str = "", body_id: int | None = None
) -> Case:
    """Open one more case about what is decided already: a gate, a change or a deviation, ready for an agenda.

    Permission is the caller's.
    """
    case = Case.objects.create(
        **house_of(initiative),
        initiative=initiative,
        kind=kind,
        state="ready",
        gates=gates,
        body_id=body_id,
        opened_at=at,
        state_since=at,
    )
    hand = Hand(kind="set_agenda", role="secretariat_lead", entity_id=house_id(initiative))
    event = CaseOpened(initiative_id=initiative.pk, case_id=case.pk)
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case, initiative=initiative)
    return case


def _locked(case: Case) -> Initiative:
    if case.initiative_id is None:
        raise Refused(_t("The case concerns no single initiative, so it cannot be withdrawn."))
    return lock_initiative(case.initiative_id, None)


@transaction.atomic
def withdraw_case(*, by: Actor, at: datetime, case_id: int, version: int | None, reason: str) -> Case:
    """Withdraw the need before it is decided, and say why."""
    initiative = _locked(Case.objects.get(pk=case_id))
    case = lock_case(case_id, version)
    can_withdraw(by, case, kinds=kinds_of(by, initiative)).require()
    if not reason.strip():
        raise Refused(_t("Say why you withdraw it."))
    Turn.objects.create(
        **house_of(case), case=case, kind=Turn.Kind.WITHDRAWN, reason=reason.strip(), made_at=at, made_by_id=by.person
    )
    event = Withdrawn(initiative_id=initiative.pk, case_id=case.pk)
    move_case(by=by, at=at, case=case, to="withdrawn", event=event)
    if case.kind == Case.Kind.SUBMISSION:  # what is asked about a project can be taken back: the project goes on
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.WITHDRAWN)
    people = [*named_in(initiative), *secretariat_of(house_id(initiative), on=localdate(at))]
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people if initiative.stage else named_in(initiative),
        code="cases.withdrawn",
        subject=_("Withdrawn: %(title)s"),
        body=_("%(by)s withdrew %(reference)s. Reason: %(reason)s Nothing more happens in the case."),
        reason=reason.strip(),
    )
    return case
