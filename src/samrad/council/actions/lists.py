"""A prioritisation round's list in the meeting: what is being written about it is kept, and it can be put off whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.models import Case, Recommendation
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.locking import _fresh, _item, _item_alone, _touch
from samrad.council.actions.rounds import Step, _follow
from samrad.council.actions.treating import _treat
from samrad.council.models import AgendaItem
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.queries.rounds import rows_of_case

LONGEST = 2000


@transaction.atomic
def save_list(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    typed: Mapping[int, Mapping[str, str]],
    discussion: str,
) -> AgendaItem:
    """Keep what is being written about the lines of a round, whole or not. It treats nothing by itself.

    `typed` holds the outcome, place and reason of each row as they stand in the form.
    """
    item, meeting = _item_alone(item_id, version)
    policy.can_keep_minutes(by, meeting).require()
    if item.case is None or item.case.kind != Case.Kind.ROUND:
        raise Refused(_("The item is about no list."))
    known = {row.pk for row in rows_of_case(item.case) if row.live}
    drafted = {
        str(pk): {key: text[:LONGEST] for key, text in said.items()} for pk, said in typed.items() if pk in known
    }
    before, item.discussion = (item.discussion, item.draft_list), discussion.strip()[:8000]
    item.draft_list = drafted
    if before == (item.discussion, item.draft_list):
        return item
    item.version += 1
    item.save()
    event = events.TextSaved(case_id=item.case_id, item_id=item.pk, version=item.version)
    record(event, by=by, at=at, house=item)
    _touch(meeting)
    return item


@transaction.atomic
def defer_list(*, by: Actor, at: datetime, item_id: int, version: int | None, reason: str) -> AgendaItem:
    """The body puts off the whole list: nothing is found about any line, and the round comes in another meeting."""
    item, agenda = _item(item_id, None)
    policy.can_treat(by, agenda, item).require()
    if item.case is None or item.case.kind != Case.Kind.ROUND:
        raise Refused(_("The item is about no list."))
    _fresh(item, version)
    if not reason.strip():
        lack = Lack(_("Say why the list is put off. Everyone can read it."), "id_defer_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    for row in rows_of_case(item.case):
        row.found_outcome, row.found_place, row.found_reason = "", None, ""
        row.save(update_fields=["found_outcome", "found_place", "found_reason"])
    item.draft_list, item.unanimous = {}, False
    item.draft_outcome, item.draft_reason = Recommendation.Outcome.DEFER, reason.strip()[:8000]
    with override(Entity.objects.get(pk=agenda.meeting.owner_id).language):
        item.draft_text = _("The body puts off the list.")
    treated = _treat(by=by, at=at, item=item, agenda=agenda)
    assert treated.case is not None
    step = Step(to="treated", meeting=agenda.meeting, item_id=item.pk, outcome=item.draft_outcome)
    _follow(by=by, at=at, case=treated.case, step=step)
    return treated
