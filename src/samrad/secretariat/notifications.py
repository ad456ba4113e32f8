"""Who is told what while a case is prepared, and why them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.queries import writers_of
from samrad.cases.actions import tell
from samrad.cases.models import Case
from samrad.cases.queries import secretariat_of
from samrad.governance.models import CycleDate
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.secretariat.models import Assessment, Exchange, Review, Round


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


class _Named:
    """What someone is asked to assess, in the reader's language."""

    def __init__(self, review: Review) -> None:
        self.review = review

    def __str__(self) -> str:
        return self.review.label


def preparing(case: Case, *, on: date) -> list[Person]:
    """Those who prepare a case: its case officer, else the whole secretariat."""
    return [case.case_officer] if case.case_officer else secretariat_of(case.shared_with_id or case.owner_id, on=on)


def tell_review_asked(*, by: Actor, at: datetime, review: Review, initiative: Initiative) -> None:
    """The one who is asked hears what to assess, and by when."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[review.person],
        code="secretariat.review_asked",
        subject=_("Assess by %(due)s: %(title)s"),
        body=_("%(by)s asks you to assess %(reference)s: %(about)s. Answer by %(due)s.\n%(question)s"),
        path=reverse("secretariat:review_answer", args=[review.pk]),
        about=_Named(review),
        due=_day(review.due_date),
        question=review.question,
    )


def tell_review_reminded(*, by: Actor, at: datetime, review: Review, initiative: Initiative) -> None:
    """The one who is asked is reminded before the deadline."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[review.person],
        code="secretariat.review_reminded",
        subject=_("Reminder, assess by %(due)s: %(title)s"),
        body=_("You were asked on %(asked)s to assess %(reference)s: %(about)s. Answer by %(due)s."),
        path=reverse("secretariat:review_answer", args=[review.pk]),
        about=_Named(review),
        asked=_day(localdate(review.asked_at)),
        due=_day(review.due_date),
    )


def tell_review_overdue(*, by: Actor, at: datetime, review: Review, initiative: Initiative) -> None:
    """The one who is asked, and those who prepare the case, hear that the deadline has passed."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[review.person, *preparing(review.case, on=localdate(at))],
        code="secretariat.review_overdue",
        subject=_("The deadline for an assessment has passed: %(title)s"),
        body=_(
            "%(person)s was asked to assess %(reference)s: %(about)s. The deadline was %(due)s. "
            "It can still be answered. Until then the case paper says that it is not assessed."
        ),
        path=reverse("secretariat:review_answer", args=[review.pk]),
        person=review.person.name,
        about=_Named(review),
        due=_day(review.due_date),
    )


def tell_review_answered(
    *, by: Actor, at: datetime, review: Review, initiative: Initiative, written: Assessment
) -> None:
    """The one who asked, and those who prepare the case, hear that the assessment is there."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[review.asked_by, *preparing(review.case, on=localdate(at))],
        code="secretariat.review_answered",
        subject=_("Assessed: %(title)s"),
        body=_("%(by)s has assessed %(reference)s: %(about)s. Conclusion: %(conclusion)s."),
        path=reverse("secretariat:case_prepare", args=[review.case_id]),
        about=_Named(review),
        conclusion=Assessment.Conclusion(written.conclusion).label,
    )


def tell_review_ended(*, by: Actor, at: datetime, review: Review, initiative: Initiative) -> None:
    """The one who was asked hears that the answer is no longer needed."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[review.person],
        code="secretariat.review_ended",
        subject=_("You need not assess it: %(title)s"),
        body=_("You were asked to assess %(reference)s: %(about)s. It is no longer needed."),
        about=_Named(review),
    )


def tell_assigned(*, by: Actor, at: datetime, case: Case, initiative: Initiative, people: Iterable[Person]) -> None:
    """The new case officer hears it, and the one who had the case before."""
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people,
        code="secretariat.assigned",
        subject=_("Case officer: %(title)s"),
        body=_("%(by)s has made %(officer)s case officer of %(reference)s."),
        path=reverse("secretariat:case_prepare", args=[case.pk]),
        officer=case.case_officer.name if case.case_officer else "–",
    )


def tell_across(*, by: Actor, at: datetime, exchange: Exchange, initiative: Initiative) -> None:
    """The other side hears what is asked or answered."""
    if exchange.from_secretariat:
        people: Iterable[Person] = writers_of(initiative)
    else:
        people = preparing(exchange.case, on=localdate(at))
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people,
        code="secretariat.question" if exchange.asks else "secretariat.word",
        subject=_("Question: %(title)s") if exchange.asks else _("Answer: %(title)s"),
        body=_("%(by)s writes about %(reference)s:\n%(text)s"),
        path=reverse("secretariat:exchange_list", args=[initiative.pk]),
        text=exchange.text,
    )


def tell_too_late(*, by: Actor, at: datetime, case: Case, one: Round, later: Round | CycleDate | None) -> None:
    """Those who write a need that came after the deadline of a round hear when the next one is."""
    if case.initiative is None:
        return
    if isinstance(later, CycleDate):
        when: str | Promise = format_lazy("{} ({})", later.title, _day(later.starts_on))
    elif later is not None:
        when = format_lazy("{} ({})", later.name, _day(later.deadline))
    else:
        when = _("It is not in the annual cycle yet.")
    tell(
        by=by,
        at=at,
        initiative=case.initiative,
        people=writers_of(case.initiative),
        code="secretariat.round_late",
        subject=_("Too late for this round: %(title)s"),
        body=_(
            "%(reference)s was sent in after %(deadline)s, so it is not with in %(round)s. The next round: %(when)s"
        ),
        path=reverse("secretariat:round_detail", args=[one.pk]),
        round=one.name,
        deadline=_day(one.deadline),
        when=when,
    )
