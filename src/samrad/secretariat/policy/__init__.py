"""Who may prepare a case, and what a case must have before its paper is made."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, Decision, Recommendation
from samrad.cases.policy import outcomes_at
from samrad.core.money import exact_kroner
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Body
from samrad.governance.policy import LINE, Route
from samrad.initiatives.content import FIELDS
from samrad.initiatives.policy import Sight
from samrad.organisation.actors import Actor
from samrad.secretariat.models import Assessment
from samrad.secretariat.queries import Frame

# What completeness is checked against: the form's minimum, and what the form cannot check by itself.
CHECKLIST: dict[str, Promise] = {
    **{f.code: f.label for f in FIELDS if f.minimum},
    "benefits": _("Benefits overview"),
    "responsible": _("Those responsible"),
    "privacy": _("Whether personal data are used"),
    "procurement": _("Whether something must be procured"),
    "union": _("Whether union representatives are informed"),
    "alternatives": _("Other solutions that were considered"),
}


def house(case: Case) -> int:
    """The entity whose secretariat prepares the case."""
    return case.shared_with_id or case.owner_id


def can_see_workspace(by: Actor) -> Verdict:
    """May this person open the secretariat's list?"""
    if by.may("secretariat.check_completeness"):
        return Verdict.yes()
    return Verdict.no(_t("Only the secretariat can open this."))


def _secretariat(by: Actor, case: Case, action: str) -> Verdict:
    if by.may(action, house(case)):
        return Verdict.yes()
    return Verdict.no(_t("Only the secretariat that treats the case can do this."))


def can_check(by: Actor, case: Case) -> Verdict:
    """May this person check completeness now?"""
    ours = _secretariat(by, case, "secretariat.check_completeness")
    if not ours:
        return ours
    if case.state not in {"submitted", "preparation"}:
        return Verdict.no(_t("The case is not with the secretariat to be checked."))
    return Verdict.yes()


def can_redirect(by: Actor, case: Case) -> Verdict:
    """May this person send the case elsewhere now?"""
    return can_check(by, case)


def can_assess(by: Actor, case: Case) -> Verdict:
    """May this person write the secretariat's assessments now?"""
    ours = _secretariat(by, case, "secretariat.assess")
    if not ours:
        return ours
    if case.state not in {"submitted", "preparation", "ready", "on_agenda", "deferred", "sent_back"}:
        return Verdict.no(_t("The case is not being prepared now."))
    return Verdict.yes()


def can_make_paper(by: Actor, case: Case, assessments: Sequence[Assessment]) -> Verdict:
    """May this person make the case paper now? The secretariat's own assessment must be there."""
    ours = _secretariat(by, case, "secretariat.make_paper")
    if not ours:
        return ours
    if case.state not in {"preparation", "ready", "on_agenda", "deferred", "sent_back"}:
        return Verdict.no(_t("Check that the case is complete first."))
    if not any(a.kind == Assessment.Kind.SECRETARIAT and a.text.strip() for a in assessments):
        lack = Lack(_t("Write the secretariat's assessment."), "id_text")
        return Verdict.no(_t("The case paper cannot be made yet."), (lack,))
    return Verdict.yes()


def can_send_to_line(by: Actor, case: Case, way: Route) -> Verdict:
    """May this person let the owning sector decide? Only where the rules say so."""
    ours = _secretariat(by, case, "secretariat.send_to_line")
    if not ours:
        return ours
    if case.state not in {"preparation", "sent_back"}:
        return Verdict.no(_t("The case is not being prepared now."))
    if way.body_kind != LINE:
        return Verdict.no(_t("The rules do not let the line decide this: %(why)s") % {"why": way.reason})
    return Verdict.yes()


def can_decide(by: Actor, case: Case, way: Route) -> Verdict:
    """May this person decide for the secretariat? Its head, where the mandate lets it and the year's frame holds."""
    ours = _secretariat(by, case, "secretariat.check_completeness")
    if not ours:
        return ours
    if not by.may("secretariat.decide", house(case)):
        return Verdict.no(_t("Only the head of the secretariat decides within the mandate."))
    if case.state not in {"preparation", "sent_back"}:
        return Verdict.no(_t("The case is not being prepared now."))
    if way.body_kind != Body.Kind.SECRETARIAT:
        return Verdict.no(_t("It is not within the secretariat's mandate: %(why)s") % {"why": way.reason})
    return Verdict.yes()


def decision_lacks(outcome: str, text: str, amount_kr: Decimal | None, frame: Frame | None) -> tuple[Lack, ...]:
    """What the secretariat's decision still lacks, each with its field."""
    if outcome not in outcomes_at(Decision.Level.SECRETARIAT):
        return (Lack(_t("Choose what you decide."), "id_outcome"),)
    if outcome == Decision.Outcome.REJECTED:
        return () if text.strip() else (Lack(_t("Say why. Those who reported the need will read it."), "id_text"),)
    if amount_kr is None:
        return (Lack(_t("Write the amount. Write 0 where no money is given."), "id_amount_kr"),)
    if frame is not None and not frame.holds(amount_kr):
        text = _t("The mandate lets the secretariat give at most %(most)s now.") % {"most": exact_kroner(frame.most)}
        return (Lack(text, "id_amount_kr"),)
    return ()


def can_note(by: Actor, case: Case) -> Verdict:
    """May this person write an internal note?"""
    return _secretariat(by, case, "secretariat.assess")


def paper_lacks(outcome: str, text: str) -> tuple[Lack, ...]:
    """What the proposal still lacks."""
    found = []
    if outcome not in Recommendation.Outcome.values:
        found.append(Lack(_t("Choose what you propose."), "id_proposed_outcome"))
    if not text.strip():
        found.append(Lack(_t("Write the proposed recommendation."), "id_proposed_text"))
    return tuple(found)


def can_read_paper(by: Actor, case: Case, *, sight: Sight) -> Verdict:
    """May this person read the case paper? The secretariat always, insiders when it is ready, others on the agenda."""
    if by.may("secretariat.make_paper", house(case)):
        return Verdict.yes()
    working = {"preparation", "returned", "submitted"}
    if sight == Sight.FULL and case.state not in working:
        return Verdict.yes()
    if sight == Sight.OPEN and case.state not in {*working, "ready", "sent_back", "withdrawn", "redirected"}:
        return Verdict.yes()
    return Verdict.no(_t("The case paper is not open to you yet."))
