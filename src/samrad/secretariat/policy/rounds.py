"""Who runs a prioritisation round, what its list must have, and who takes the result out."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from samrad.cases.models import Case, Recommendation
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Body, CycleDate
from samrad.organisation.actors import Actor
from samrad.secretariat.models import Round, RoundRow
from samrad.secretariat.queries.rounds import DONE

LISTED_IN = ("preparation", "ready", "deferred")
"""The states of the round's case in which its list can still be made anew."""
PROPOSED_IN = (*LISTED_IN, "on_agenda")


def can_open_round(by: Actor, house_id: int | None = None) -> Verdict:
    """May this person open a prioritisation round? The secretariat of the house."""
    allowed = by.may("secretariat.run_round", house_id) if house_id else by.may("secretariat.run_round")
    return Verdict.yes() if allowed else Verdict.no(_t("Only the secretariat runs prioritisation rounds."))


def round_lacks(body: Body, cycle_date: CycleDate | None, first_year: int, deadline: date) -> tuple[Lack, ...]:
    """What is wrong with a round that is to be opened."""
    found = []
    if cycle_date is not None and cycle_date.owner_id != body.owner_id:
        found.append(Lack(_t("Choose a date in the body's own annual cycle."), "id_cycle_date"))
    if not deadline.year <= first_year <= deadline.year + 3:
        found.append(
            Lack(_t("The first year must be the deadline's year, or one of the three after it."), "id_first_year")
        )
    return tuple(found)


def _runs(by: Actor, one: Round, case: Case) -> Verdict:
    allowed = can_open_round(by, one.owner_id)
    if allowed and case.closed_at is not None:
        return Verdict.no(_t("The round is over."))
    return allowed


def can_list(by: Actor, one: Round, case: Case, *, on: date) -> Verdict:
    """May the list be made, or made anew, now? When the deadline has passed, until it is on an agenda."""
    allowed = _runs(by, one, case)
    if not allowed:
        return allowed
    if case.state not in LISTED_IN:
        return Verdict.no(_t("The list is on an agenda, so it stands."))
    if not one.is_over(on):
        day = date_format(one.deadline, "SHORT_DATE_FORMAT")
        return Verdict.no(_t("The deadline is %(day)s. What comes in until then is to be on the list.") % {"day": day})
    return Verdict.yes()


def can_propose(by: Actor, one: Round, case: Case, row: RoundRow | None = None) -> Verdict:
    """May the secretariat change what it proposes for a line?"""
    allowed = _runs(by, one, case)
    if allowed and case.state not in PROPOSED_IN:
        return Verdict.no(_t("The body has treated the list, so it stands."))
    if allowed and row is not None and not row.live:
        return Verdict.no(_t("The initiative has left the round."))
    return allowed


def proposal_lacks(row: RoundRow, usual: str, outcome: str, reason: str) -> tuple[Lack, ...]:
    """What is wrong with a proposal: an outcome, and a reason where it is another than in the case paper."""
    if outcome not in Recommendation.Outcome.values:
        return (Lack(_t("Choose what you propose."), "id_outcome"),)
    if outcome != usual and not reason.strip():
        return (Lack(_t("Say why it is otherwise than in the case paper."), "id_reason"),)
    return ()


def can_finish_list(by: Actor, one: Round, case: Case, *, rows: int, on: date) -> Verdict:
    """May the list be sent on to a meeting? When it is made and holds something."""
    allowed = can_list(by, one, case, on=on)
    if not allowed:
        return allowed
    if case.state != "preparation":
        return Verdict.no(_t("The list is ready for a meeting."))
    if one.listed_at is None or not rows:
        return Verdict.no(_t("Make the list first. It must hold at least one initiative."))
    return Verdict.yes()


def can_cancel_round(by: Actor, one: Round, case: Case) -> Verdict:
    """May the round be cancelled? Until it is on an agenda."""
    allowed = _runs(by, one, case)
    if allowed and case.state not in LISTED_IN:
        return Verdict.no(_t("The list is on an agenda. Take it off there first."))
    return allowed


def reads_proposals(by: Actor, one: Round, case: Case) -> bool:
    """Does this person read what the secretariat proposes? Those who treat it; everyone when the body has treated it."""
    return by.may("secretariat.see_ledger", one.owner_id) or case.state in DONE


def can_read_sent(by: Actor, one: Round, *, exempt: bool) -> Verdict:
    """May this person read the list word for word as the body was sent it? Those who take it out, where nothing is exempt for them."""
    if not by.may("secretariat.see_ledger", one.owner_id):
        return Verdict.no(_t("Only those who prepare and treat cases read what the body was sent."))
    if exempt:
        return Verdict.no(_t("Something on the list is exempt from public access for you. Read the list on its page."))
    return Verdict.yes()


def can_export(by: Actor, one: Round) -> Verdict:
    """May this person take the list out for the economic plan? Those who prepare, treat, decide and audit."""
    if one.listed_at is None:
        return Verdict.no(_t("The list is not made yet."))
    if by.may("secretariat.see_ledger", one.owner_id) or by.may("secretariat.see_ledger", by.entity_id):
        return Verdict.yes()
    return Verdict.no(_t("Only those who prepare, treat and decide cases take the list out."))
