"""The registers through their verbs: what has ended stays as it was, and nobody changes another house's row."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.governance.actions import adopt_rule, end_rule, keep_arena, keep_coordinator
from samrad.governance.models import Arena, Coordinator, Rule
from samrad.organisation.actors import system_actor
from tests.anchoring.line import AT, ON, Line


def test_a_rule_that_has_ended_is_not_ended_again(line: Line) -> None:
    region = line.entities["region"]
    by = system_actor(region.pk, on=ON)
    with acting_for(by.entities):
        said = {"by": by, "owner": region, "kind": "law", "code": "law-1", "name": "Loven"}
        first = adopt_rule(**said, at=AT, text="§ 1", valid_from=date(2020, 1, 1))  # type: ignore[arg-type]
        second = adopt_rule(**said, at=AT, text="§ 2", valid_from=date(2021, 1, 1))  # type: ignore[arg-type]
        with pytest.raises(Refused):
            end_rule(by=by, at=AT, rule_id=first.pk)
        first.refresh_from_db()
        assert first.valid_to == date(2020, 12, 31)  # two versions never hold the same day
        end_rule(by=by, at=AT, rule_id=second.pk)
        with pytest.raises(Refused):
            end_rule(by=by, at=AT + timedelta(days=30), rule_id=second.pk)
        assert Rule.objects.get(pk=second.pk).valid_to == timezone.localdate(AT) - timedelta(days=1)


def test_the_verdict_is_about_the_house_whose_row_is_changed(line: Line) -> None:
    region = line.entities["region"]
    by = system_actor(region.pk, on=ON)
    with acting_for([e.pk for e in line.entities.values()]):
        arena = keep_arena(by=by, at=AT, owner=region, name="IKT og helse", purpose="Prate.", since=ON)
        one = keep_coordinator(
            by=by,
            at=AT,
            owner=region,
            shares={},
            person=line.people["proposer"],
            origin="ict",
            reserved_percent=20,
            authority="Kan love 20 timer.",
            valid_from=ON,
        )
        other = next(e for e in line.entities.values() if e.pk != region.pk)
        theirs = system_actor(other.pk, on=ON)
        with pytest.raises(ObjectDoesNotExist):
            keep_arena(by=theirs, at=AT, owner=other, arena_id=arena.pk, name="Vår")
        with pytest.raises(ObjectDoesNotExist):
            keep_coordinator(by=theirs, at=AT, owner=other, shares={}, coordinator_id=one.pk, reserved_percent=90)
        assert Arena.objects.get(pk=arena.pk).name == "IKT og helse"
        assert Coordinator.objects.get(pk=one.pk).reserved_percent == 20
