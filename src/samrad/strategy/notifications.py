"""Who is told what about strategies, and why them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.strategy.models import ActionPoint, ElectedInput, ExpiryWarning, Strategy

SUBJECTS: dict[str, Promise] = {
    ExpiryWarning.Kind.BEFORE: _("The strategy runs out on %(until)s: %(title)s"),
    ExpiryWarning.Kind.EXPIRED: _("The strategy has run out: %(title)s"),
}
BODIES: dict[str, Promise] = {
    ExpiryWarning.Kind.BEFORE: _(
        "%(title)s holds until %(until)s, and no new strategy takes over yet. Start on the next one in good time.\n"
        "You get this because you are administrator or lead the secretariat."
    ),
    ExpiryWarning.Kind.EXPIRED: _(
        "%(title)s held until %(until)s, and no new strategy has taken over. New initiatives have no goals to support.\n"
        "You get this because you are administrator or lead the secretariat."
    ),
}


def tell_expiry(*, by: Actor, at: datetime, strategy: Strategy, people: Iterable[Person], kind: str) -> None:
    """Those responsible hear that a strategy runs out, or has run out."""
    message = Message(
        code=f"strategy.{kind}",
        subject=SUBJECTS[kind],
        body=BODIES[kind],
        values={"title": strategy.title, "until": date_format(strategy.valid_to, "j.n.Y")},
        path=reverse("strategy:strategy_detail", args=[strategy.pk]),
    )
    notify(by=by, at=at, house=strategy, people=people, message=message)


def tell_responsible(*, by: Actor, at: datetime, point: ActionPoint) -> None:
    """Whoever is made responsible for a point hears it, because it is theirs to follow up."""
    if point.responsible is None:
        return
    message = Message(
        code="strategy.responsible",
        subject=_("You are responsible for a point in the action plan: %(title)s"),
        body=_("%(by)s has put you down as responsible for «%(title)s» in the action plan for %(year)s."),
        values={"title": point.title, "year": point.plan.year, "by": by.name},
        path=reverse("strategy:point_detail", args=[point.pk]),
    )
    notify(by=by, at=at, house=point, people=[point.responsible], message=message)


def tell_answered(*, by: Actor, at: datetime, said: ElectedInput) -> None:
    """The elected representative hears the answer."""
    if said.said_by is None:
        return
    message = Message(
        code="strategy.answered",
        subject=_("Your input on the strategy is answered: %(outcome)s"),
        body=_("%(by)s has answered your input on %(title)s: %(outcome)s.\n%(answer)s"),
        values={
            "by": by.name,
            "title": said.round.strategy.title,
            "outcome": ElectedInput.Outcome(said.outcome).label,
            "answer": said.answer,
        },
        path=reverse("strategy:round_detail", args=[said.round_id]),
    )
    notify(by=by, at=at, house=said, people=[said.said_by], message=message)


def tell_written_down(*, by: Actor, at: datetime, said: ElectedInput) -> None:
    """Whoever is said to have given input hears that it was written down for them."""
    if said.said_by is None:
        return
    message = Message(
        code="strategy.written_down",
        subject=_("Your input was written down: %(title)s"),
        body=_("%(by)s wrote down your input on %(title)s. Source: %(source)s. Tell the secretariat if it is wrong."),
        values={"by": by.name, "title": said.round.strategy.title, "source": said.on_behalf_source},
        path=reverse("strategy:round_detail", args=[said.round_id]),
    )
    notify(by=by, at=at, house=said, people=[said.said_by], message=message)


def tell_round(
    *, by: Actor, at: datetime, strategy: Strategy, round_id: int, closes: str, people: list[Person]
) -> None:
    """The elected hear that they are asked for input, and by when."""
    message = Message(
        code="strategy.round",
        subject=_("What do you think of the strategy? Answer by %(closes)s"),
        body=_("%(by)s asks the elected for input on %(title)s. You can write it until %(closes)s."),
        values={"by": by.name, "title": strategy.title, "closes": closes},
        path=reverse("strategy:round_detail", args=[round_id]),
    )
    notify(by=by, at=at, house=strategy, people=people, message=message)
