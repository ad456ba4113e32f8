"""Telling people about a case: those named in the initiative, the secretariat, those who decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, Condition, Decision
from samrad.cases.queries import affected
from samrad.cases.workflow import STATES
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person


def tell(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    people: Iterable[Person],
    code: str,
    subject: Promise,
    body: Promise,
    path: str = "",
    **values: Any,
) -> None:
    """Tell people something about an initiative: its title and reference are always at hand in the texts."""
    message = Message(
        code=code,
        subject=subject,
        body=body,
        values={
            "title": initiative.title,
            "reference": initiative.reference,
            "by": by.name,
            **values,
        },
        path=path or reverse("overview:initiative_story", args=[initiative.pk]),
    )
    notify(by=by, at=at, house=initiative, people=people, message=message, initiative_id=initiative.pk)


NEXT: dict[str, str | Promise] = {
    "approved": _("When every municipality has answered, it becomes a project in the portfolio."),
    "approved_with_conditions": _(
        "When every municipality has answered, it becomes a project in the portfolio, with the conditions."
    ),
    "rejected": _("Nothing more happens in this municipality. You can report the need again if it changes."),
    "deferred": _("The secretariat takes it up again later."),
    "sent_back": _("The secretariat looks at it again, and asks you if something is missing."),
}
SETTLED_NEXT = {
    "approved": _("It is now in the portfolio. The portfolio manager is asked to name its people and dates."),
    "approved_with_conditions": _(
        "It is now in the portfolio, with the conditions. The portfolio manager is asked to name its people and dates."
    ),
    "partly_approved": _("It goes into the portfolio for the municipalities that said yes."),
    "rejected": _("The case is closed. You can report the need again if it changes."),
    "deferred": _("The secretariat puts it on an agenda again later."),
    "sent_back": _("The secretariat looks at it again, and asks you if something is missing."),
}


# Below the council there is one decision: nothing waits for others.
NEXT_BELOW: dict[str, str | Promise] = {
    "approved": _("It is now in the portfolio. The council hears of it at its next meeting."),
    "approved_with_conditions": _(
        "It is now in the portfolio, with the conditions. The council hears of it at its next meeting."
    ),
    "rejected": _("Nothing more happens in the case. The council hears of it at its next meeting."),
    "sent_back": NEXT["sent_back"],
}
# About what is a project already: a gate, a change, a deviation.
NEXT_FURTHER: dict[str, str | Promise] = {
    **dict.fromkeys(
        ("approved", "approved_with_conditions", "partly_approved"),
        _("It holds for the project when every municipality has answered. See the project's page."),
    ),
    "rejected": _("The project stays where it is. The project owner and the project manager take it from there."),
    "deferred": NEXT["deferred"],
    "sent_back": NEXT["sent_back"],
}
BELOW = (Decision.Level.LINE, Decision.Level.SECRETARIAT)


def tell_condition(*, by: Actor, at: datetime, condition: Condition, initiative: Initiative) -> None:
    """The one responsible hears of a condition, because it is theirs to meet."""
    if condition.responsible is None:
        return
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[condition.responsible],
        code="cases.condition",
        subject=_("You are responsible for a condition: %(title)s"),
        body=_("%(by)s approved %(reference)s on a condition that is yours: %(text)s Deadline: %(due)s."),
        path=reverse("cases:condition_meet", args=[condition.pk]),
        text=condition.text,
        due=condition.due_date.strftime("%d.%m.%Y") if condition.due_date else "–",
    )


_BY_PERSON = _("%(by)s decided in %(reference)s for %(municipality)s: %(outcome)s.\n%(text)s\n%(next)s")
_BY_POLITICS = _("%(organ)s in %(municipality)s decided in %(reference)s on %(day)s: %(outcome)s.\n%(text)s\n%(next)s")


def tell_decided(
    *, by: Actor, at: datetime, initiative: Initiative, decisions: Sequence[Decision], on: date, alone: bool = False
) -> None:
    """Everyone affected hears what was decided for which municipalities, by whom, and what happens next.

    `alone`: no other municipality has anything to say, so this settles the case.
    """
    decision, places = decisions[0], [row.municipality_id for row in decisions]
    after = NEXT_BELOW if decision.level in BELOW else SETTLED_NEXT if alone else NEXT
    if decision.case.kind != Case.Kind.SUBMISSION:
        after = NEXT_FURTHER
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=affected(initiative, on=on),
        code="cases.decided",
        subject=_("%(municipality)s: %(outcome)s – %(title)s"),
        body=_BY_POLITICS if decision.is_political else _BY_PERSON,
        organ=decision.get_organ_display(),
        day=decision.decided_date.strftime("%d.%m.%Y") if decision.decided_date else "",
        municipality=", ".join(Entity.objects.filter(pk__in=places).values_list("name", flat=True)),
        outcome=Decision.Outcome(decision.outcome).label,
        text=decision.text,
        next=after[decision.outcome],
    )


def tell_settled(*, by: Actor, at: datetime, case: Case, initiative: Initiative, on: date) -> None:
    """Everyone affected hears the outcome when the last municipality has answered."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=affected(initiative, on=on),
        code="cases.settled",
        subject=_("The case is decided: %(state)s – %(title)s"),
        body=_("Every municipality has answered in %(reference)s. Outcome: %(state)s. %(next)s"),
        state=STATES[case.state],
        next=(SETTLED_NEXT if case.kind == Case.Kind.SUBMISSION else NEXT_FURTHER)[case.state],
    )
