"""Who may answer the self-evaluation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor


def can_answer_self_check(by: Actor, houses: Iterable[int]) -> Verdict:
    """May this person answer a municipality's self-evaluation? Its own or its cooperation's secretariat and administrator."""
    if by.may("overview.answer_self_check", *houses):
        return Verdict.yes()
    return Verdict.no(_("The secretariat or the administrator answers the self-evaluation."))
