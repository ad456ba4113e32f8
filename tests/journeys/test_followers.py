"""Those who follow an initiative hear of it only as long as they may see it, and a day is the day here."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samrad.config import intake
from samrad.core.acting import acting_for
from samrad.eventlog.models import Event
from samrad.initiatives.actions import follow_initiative, save_answers
from samrad.initiatives.models import Initiative
from samrad.initiatives.notifications import tell_followers
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, ON, Line


def neighbour(line: Line) -> None:
    """Somebody who works in Dal, and is not named in the need."""
    home, region = line.entities["dal"], line.entities["region"]
    with acting_for([home.pk, region.pk]):
        by = system_actor(home.pk, on=ON)
        line.people["neighbour"] = organisation.add_person(
            by=by, at=AT, owner=home, shared_with=region, name="Eli Nabo", email="eli@dal.example"
        )


def told(line: Line, need: Initiative) -> set[str]:
    """Those who hear of the next step."""
    region = line.entities["region"]
    with line.seen_by("proposer"):
        Notification.objects.filter(kind="initiatives.followed").delete()
        by = system_actor(region.pk, on=AT.date())
        tell_followers(by=by, at=AT, initiative=need, state="Innmeldt", besides=None)
        rows = Notification.objects.filter(kind="initiatives.followed", initiative_id=need.pk)
        return set(rows.values_list("person__name", flat=True))


def test_who_may_no_longer_see_an_initiative_hears_nothing_of_it(line: Line) -> None:
    neighbour(line)
    need = line.sent(both=True)
    for who in ("neighbour", "colleague"):
        with line.acting(who) as by:
            follow_initiative(by=by, at=AT, initiative_id=need.pk, followed=True)
    assert told(line, need) == {"Eli Nabo", "Kari Lie"}
    with line.acting("proposer") as by:  # Dal takes part no longer, and it is not sent in
        values = {"participant_ids": [line.entities["fjell"].pk]}
        save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values=values)
    assert told(line, need) == {"Kari Lie"}
    with line.acting("stranger") as by, pytest.raises(Initiative.DoesNotExist):
        follow_initiative(by=by, at=AT, initiative_id=need.pk, followed=True)


def test_what_follows_just_after_midnight_is_of_the_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []
    monkeypatch.setattr(intake, "system_actor", lambda entity_id, on: days.append(on))
    late = Event(owner_id=1, kind="initiatives.DraftStarted", at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    intake.system_of(late)
    assert days == [date(2026, 12, 1)]  # half past midnight in Norway
