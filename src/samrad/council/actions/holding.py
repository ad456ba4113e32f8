"""In the meeting: what is found, how it was voted, and what is being written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.models import Case, Recommendation
from samrad.core.verdict import Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.locking import _fresh, _item, _item_alone, _touch
from samrad.council.actions.rounds import treat_round
from samrad.council.actions.treating import _treat
from samrad.council.models import AgendaItem
from samrad.council.policy.rounds import as_proposed
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.queries.rounds import rows_of_case


@transaction.atomic
def treat_item(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    outcome: str,
    text: str,
    reason: str,
    discussion: str = "",
) -> AgendaItem:
    """Write down what the body found in an item. It can be changed until the minutes are approved."""
    item, agenda = _item(item_id, None)
    found = (outcome, text.strip(), reason.strip(), discussion.strip())
    kept = (item.draft_outcome, item.draft_text, item.draft_reason, item.discussion)
    policy.can_treat(by, agenda, item).require()
    if item.case is not None and item.case.kind == Case.Kind.ROUND:
        raise Refused(_("Write down what the body finds for each line of the list."))
    if item.treated_at is not None and found == kept:
        return item  # sent twice
    _fresh(item, version)
    lacks = policy.treatment_lacks(outcome, text, reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    item.unanimous = item.unanimous and found[:2] == kept[:2]
    item.draft_outcome, item.draft_text, item.draft_reason, item.discussion = found
    return _treat(by=by, at=at, item=item, agenda=agenda)


@transaction.atomic
def agree_on_item(*, by: Actor, at: datetime, item_id: int, version: int | None) -> AgendaItem:
    """The body agrees with the case paper as it stands: what is proposed is what it found, and nobody voted."""
    item, agenda = _item(item_id, None)
    policy.can_agree(by, agenda, item).require()
    if item.treated_at is not None and item.unanimous:
        return item  # sent twice
    _fresh(item, version)
    if item.case is not None and item.case.kind == Case.Kind.ROUND:
        found = as_proposed(rows_of_case(item.case))
        return treat_round(by=by, at=at, item_id=item_id, version=version, found=found, unanimous=True)
    paper = policy.proposed(agenda, item)
    assert paper is not None
    item.draft_outcome, item.draft_text = paper.proposed_outcome, paper.proposed_text
    with override(Entity.objects.get(pk=agenda.meeting.owner_id).language):
        item.draft_reason = item.draft_reason or _("The body agreed with the case paper.")
    item.unanimous, item.casting_vote = True, ""
    item.votes_for = item.votes_against = item.votes_blank = None
    return _treat(by=by, at=at, item=item, agenda=agenda)


@transaction.atomic
def save_text(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    discussion: str,
    outcome: str = "",
    text: str = "",
    reason: str = "",
) -> AgendaItem:
    """Keep what is being written about an item, whole or not, so that nothing is lost. It treats nothing by itself."""
    item, meeting = _item_alone(item_id, version)
    policy.can_keep_minutes(by, meeting).require()
    before = (item.discussion, item.draft_outcome, item.draft_text, item.draft_reason)
    item.discussion = discussion.strip()[:8000]
    whole = not policy.treatment_lacks(outcome, text, reason)
    if item.treated_at is None or whole:  # what the body found is never half erased
        item.draft_outcome = outcome if outcome in Recommendation.Outcome.values else ""
        item.draft_text, item.draft_reason = text.strip()[:8000], reason.strip()[:8000]
    after = (item.discussion, item.draft_outcome, item.draft_text, item.draft_reason)
    if before == after:
        return item
    item.unanimous = item.unanimous and before[1:3] == after[1:3]
    item.version += 1
    item.save()
    event = events.TextSaved(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        item_id=item.pk,
        version=item.version,
    )
    record(event, by=by, at=at, house=item)
    _touch(meeting)
    return item


def _votes(item: AgendaItem) -> tuple[int | None, int | None, int | None, str]:
    return item.votes_for, item.votes_against, item.votes_blank, item.casting_vote


@transaction.atomic
def record_vote(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    votes_for: int | None,
    votes_against: int | None,
    votes_blank: int | None,
    casting_vote: str = "",
) -> AgendaItem:
    """Write down the vote over an item; with nothing in it, that there was none."""
    item, agenda = _item(item_id, None)
    policy.can_treat(by, agenda, item).require()
    if item.voted and _votes(item) == (votes_for or 0, votes_against or 0, votes_blank or 0, casting_vote):
        return item  # sent twice, as after a dropped connection
    _fresh(item, version)
    if votes_for is None and votes_against is None and votes_blank is None and not casting_vote:
        item.votes_for = item.votes_against = item.votes_blank = None
    else:
        votes = (votes_for or 0, votes_against or 0, votes_blank or 0)
        lacks = policy.vote_lacks(agenda, item, votes, casting_vote)
        if lacks:
            raise Refused(Verdict.no(lacks[0].text, lacks))
        item.votes_for, item.votes_against, item.votes_blank = votes
    item.casting_vote, item.unanimous = casting_vote, item.unanimous and not item.voted
    item.version += 1
    item.save()
    event = events.Voted(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        item_id=item.pk,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        votes_blank=item.votes_blank,
        casting_vote=casting_vote,
    )
    record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)
    return item
