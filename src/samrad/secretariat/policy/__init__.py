"""Who may prepare a case, and what a case must have before its paper is made."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.anchoring.policy import WRITERS
from samrad.cases.models import Case, Decision, Recommendation
from samrad.cases.policy import outcomes_at
from samrad.cases.workflow import ANCHORING_STATES
from samrad.core.money import exact_kroner
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Body
from samrad.governance.policy import LINE, Route
from samrad.initiatives.content import FIELDS
from samrad.initiatives.policy import Sight
from samrad.organisation.actors import Actor
from samrad.secretariat.models import Assessment, Review
from samrad.secretariat.queries import Frame
from samrad.secretariat.queries.reviewing import Assessed

CLOSED_UNTREATED = ("withdrawn", "redirected", "stopped", "merged")
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


def can_write(by: Actor, case: Case, kind: str, *, coordinators: Container[int]) -> Verdict:
    """May this person write an assessment of this kind? Advice as a coordinator only one in the register gives."""
    if kind == Assessment.Kind.COORDINATOR and by.person_id not in coordinators:
        return Verdict.no(_t("Only a coordinator in the register can give the coordinator's advice. Ask one."))
    return can_assess(by, case)


def about_lacks(towns: Container[int], kind: str, title: str, municipality_id: int | None) -> tuple[Lack, ...]:
    """What is wrong with what is to be assessed: a kind there is, and for finance one of those who take part."""
    if kind not in Assessment.Kind.values and not title:
        return (Lack(_t("Choose what the assessment is about."), "id_kind"),)
    if kind == Assessment.Kind.FINANCE and municipality_id not in towns:
        return (Lack(_t("Choose which municipality finance is assessed for."), "id_kind"),)
    if kind != Assessment.Kind.FINANCE and municipality_id is not None:
        return (Lack(_t("Choose what the assessment is about."), "id_kind"),)
    return ()


def can_answer_review(by: Actor, review: Review, case: Case) -> Verdict:
    """May this person answer? The one who is asked, until the case is closed; late is better than never."""
    if by.person_id is None or by.person_id != review.person_id:
        return Verdict.no(_t("Only the one who is asked can answer."))
    if review.withdrawn_at is not None or case.closed_at is not None:
        return Verdict.no(_t("The answer is no longer waited for."))
    if review.answered_at is not None:
        return Verdict.no(_t("You have answered."))
    return Verdict.yes()


def finance_lacks(*, needs_budget: bool, towns: Mapping[int, str], answered: Container[int]) -> tuple[Lack, ...]:
    """The municipalities where the finance question waits for its answer, in a case that needs budget (S27.AK2)."""
    if not needs_budget:
        return ()
    text = _t("Answer the finance question for %(town)s: the assessment, or why it is not necessary.")
    return tuple(Lack(text % {"town": name}, "id_kind") for pk, name in towns.items() if pk not in answered)


def finance_missing(assessed: Assessed) -> tuple[Lack, ...]:
    """The same, from what is assessed in a case."""
    towns = {pk: town.name for pk, town in assessed.towns.items()}
    return finance_lacks(needs_budget=assessed.budget, towns=towns, answered=assessed.finance)


def can_read_review(by: Actor, review: Review, case: Case) -> Verdict:
    """May this person open the page of a review? The one asked, and the secretariat that treats the case."""
    if by.is_person and by.person_id == review.person_id:
        return Verdict.yes()
    return _secretariat(by, case, "secretariat.check_completeness")


def can_read_across(case: Case, *, sight: Sight) -> Verdict:
    """May one who sees so much read what the secretariat and those who write the need have written to each other?"""
    if sight == Sight.FULL and case.state not in ANCHORING_STATES:
        return Verdict.yes()
    return Verdict.no(_t("What is asked and answered is not open to you."))


def can_assign(by: Actor, case: Case) -> Verdict:
    """May this person say who the case officer is?"""
    ours = _secretariat(by, case, "secretariat.check_completeness")
    if ours and case.closed_at is not None:
        return Verdict.no(_t("The case is closed."))
    return ours


def can_write_across(by: Actor, case: Case, *, kinds: Container[str]) -> Verdict:
    """May this person ask or answer between the secretariat and those who write the need?"""
    if not (by.may("secretariat.check_completeness", house(case)) or (by.is_person and writes(kinds))):
        return Verdict.no(_t("Only the secretariat and those who write the need take part here."))
    if case.closed_at is not None:
        return Verdict.no(_t("The case is closed."))
    if case.state in ANCHORING_STATES:
        return Verdict.no(_t("The need has not been sent in yet."))
    return Verdict.yes()


def writes(kinds: Container[str]) -> bool:
    """Is one of those who write the need?"""
    return any(kind in kinds for kind in WRITERS)


def can_keep_competence(by: Actor, entity_id: int | None) -> Verdict:
    """May this person keep the register of who can help with what?"""
    if entity_id is not None and by.may("secretariat.keep_competence", entity_id):
        return Verdict.yes()
    return Verdict.no(_t("Only the secretariat keeps the register."))


def can_make_paper(
    by: Actor, case: Case, assessments: Sequence[Assessment], *, finance: tuple[Lack, ...] = ()
) -> Verdict:
    """May this person make the case paper now? Its own assessment must be there, and every answer about finance."""
    ours = _secretariat(by, case, "secretariat.make_paper")
    if not ours:
        return ours
    if case.state not in {"preparation", "ready", "on_agenda", "deferred", "sent_back"}:
        return Verdict.no(_t("Check that the case is complete first."))
    if not any(a.kind == Assessment.Kind.SECRETARIAT and a.text.strip() for a in assessments):
        lack = Lack(_t("Write the secretariat's assessment."), "id_text")
        return Verdict.no(_t("The case paper cannot be made yet."), (lack, *finance))
    if finance:
        return Verdict.no(_t("The case paper cannot be made yet."), finance)
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
    if sight == Sight.OPEN and case.state not in {*working, "ready", "sent_back", *CLOSED_UNTREATED}:
        return Verdict.yes()
    return Verdict.no(_t("The case paper is not open to you yet."))
