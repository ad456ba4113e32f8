"""Who may write in the case paper, and what each section of it still lacks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from samrad.cases.models import Case
from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor
from samrad.secretariat.models import Assessment, CasePaper
from samrad.secretariat.policy import finance_missing, house
from samrad.secretariat.queries.editing import Desk
from samrad.secretariat.queries.reviewing import Assessed

WRITTEN_IN = frozenset({"preparation", "ready", "on_agenda", "deferred", "sent_back"})
NEVER_EMPTY = frozenset({"question", "need", "benefits", "costs", "anchoring"})


def can_write_paper(by: Actor, case: Case, paper: CasePaper | None) -> Verdict:
    """May this person write in the case paper? The secretariat that treats the case, until the body has treated it."""
    if not by.may("secretariat.make_paper", house(case)):
        return Verdict.no(_t("Only the secretariat that treats the case can do this."))
    if paper is None:
        return Verdict.no(_t("Make the case paper first. Then you can write in it."))
    if case.state not in WRITTEN_IN:
        return Verdict.no(_t("The case is not being prepared now, so the case paper stands as it is."))
    return Verdict.yes()


def lacks_of(
    desk: Desk, paper: CasePaper, assessed: Assessed, written: Iterable[Assessment], *, most: int
) -> list[str]:
    """What one should look at in a section before it is sent, each in one sentence. It warns, and stops nobody."""
    found = [*_own_lacks(desk, paper, assessed)]
    if desk.length > most:
        said = {"length": desk.length, "most": most}
        found.append(_t("The section is long: %(length)s characters. Aim for at most %(most)s.") % said)
    if desk.overtaken:
        found.append(_t("The record has changed since this was written. Compare the two."))
    newer = [a.label for a in written if a.written_at > paper.made_at and _stands_in(a) == desk.code]
    if newer:
        found.append(_t("Written after the paper was made: %(what)s.") % {"what": ", ".join(newer)})
    if desk.asides:
        text = ngettext("A text lies beside this section.", "%(n)s texts lie beside this section.", len(desk.asides))
        found.append(text % {"n": len(desk.asides)})
    return found


def _stands_in(assessment: Assessment) -> str:
    """The section in which an assessment stands."""
    kinds = Assessment.Kind
    four = {kinds.TECHNOLOGY, kinds.INNOVATION, kinds.BENEFIT, kinds.ORGANISATION}
    if assessment.kind in four:
        return "assessments"
    own = {kinds.SECRETARIAT: "secretariat", kinds.FINANCE: "finance", kinds.COORDINATOR: "coordinator"}
    return own.get(kinds(assessment.kind), "reviews") if assessment.kind in kinds.values else "reviews"


def _own_lacks(desk: Desk, paper: CasePaper, assessed: Assessed) -> list[str]:
    """What is asked of this section alone."""
    code, text, rows = desk.code, str(desk.section["text"]).strip(), desk.section["rows"]
    if code == "proposal" and not paper.proposed_text.strip():
        return [_t("There is no proposal. Write what the council is to recommend.")]
    if code == "secretariat" and not text:
        return [_t("The secretariat's assessment is missing.")]
    if code == "assessments":
        named = ", ".join(line.wanted.label for line in assessed.unanswered)
        return [_t("Not assessed, and no reason given: %(what)s.") % {"what": named}] if named else []
    if code == "finance":
        return [str(lack.text) for lack in finance_missing(assessed)]
    if code == "disagreement" and not text:
        return [_t("Someone advises against it. Say what you think of that.")]
    if code in NEVER_EMPTY and not text and not any(row["text"].strip() for row in rows):
        return [_t("Nothing is written here.")]
    return []
