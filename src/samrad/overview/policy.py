"""Who may answer the self-evaluation."""

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor


def can_answer_self_check(by: Actor) -> Verdict:
    """May this person answer the self-evaluation? The secretariat and the administrator."""
    if by.may("overview.answer_self_check"):
        return Verdict.yes()
    return Verdict.no(_("The secretariat or the administrator answers the self-evaluation."))
