"""What the form asks, version by version: one version holds at a time, and an answer stays with its own question."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.initiatives import actions
from samrad.initiatives.forms.rules import question_forms
from samrad.initiatives.models import CalculationRates
from samrad.initiatives.queries import questions_for, screening_codes
from samrad.initiatives.screening import DEFAULT_QUESTIONS, Question
from samrad.initiatives.valuation import Rates
from samrad.organisation.actions import give_role
from samrad.organisation.actors import system_actor
from tests.initiatives.cast import Cast


def test_a_version_adopted_before_a_planned_one_holds_alone(cast: Cast) -> None:
    today = timezone.localdate()
    with acting_for([cast.region.pk]):
        act: dict[str, Any] = {"by": system_actor(cast.region.pk, on=today), "at": timezone.now(), "owner": cast.region}
        for days, most in ((0, 3), (60, 4), (30, 2)):
            day = today + timedelta(days=days)
            actions.adopt_screening(**act, questions=DEFAULT_QUESTIONS[:most], valid_from=day)
        asked = {days: len(questions_for(cast.region.pk, on=today + timedelta(days=days))) for days in (0, 29, 30, 60)}
    assert asked == {0: 3, 29: 3, 30: 2, 60: 2}


def test_a_new_question_never_takes_the_code_of_one_that_is_asked_no_longer(cast: Cast) -> None:
    today = timezone.localdate()
    own = Question(code="own_1", text="Har dere spurt tillitsvalgte?", help="", reviewer="HR", reason="Medvirkning.")
    with acting_for([cast.region.pk]):
        act: dict[str, Any] = {"by": system_actor(cast.region.pk, on=today), "at": timezone.now(), "owner": cast.region}
        actions.adopt_screening(**act, questions=[*DEFAULT_QUESTIONS, own], valid_from=today)
        actions.adopt_screening(**act, questions=DEFAULT_QUESTIONS, valid_from=today + timedelta(days=1))
        asked = questions_for(cast.region.pk, on=today + timedelta(days=1))
        *_standing, new = question_forms(asked, used=screening_codes(cast.region.pk))
    assert own.code not in {question.code for question in asked}
    assert new.code == "own_2"


def test_what_holds_today_is_not_replaced_from_the_same_day(cast: Cast) -> None:
    today = timezone.localdate()
    with acting_for([cast.region.pk]):
        act: dict[str, Any] = {"by": system_actor(cast.region.pk, on=today), "at": timezone.now(), "owner": cast.region}
        actions.adopt_rates(**act, rates=Rates(hourly_kr=Decimal(600)), valid_from=today)
        with pytest.raises(Refused, match="begynne etter"), translation.override("nb"):
            actions.adopt_rates(**act, rates=Rates(hourly_kr=Decimal(700)), valid_from=today)
        assert [row.hourly_kr for row in CalculationRates.objects.filter(owner=cast.region)] == [600]


def test_two_administrators_do_not_adopt_over_each_other(cast: Cast) -> None:
    today = timezone.localdate()
    with acting_for([cast.region.pk, cast.fjell.pk]):
        by = system_actor(cast.region.pk, on=today)
        for person in (cast.colleague, cast.proposer):
            give_role(
                by=by, at=timezone.now(), person=person, role="administrator", entity=cast.region, valid_from=today
            )
    one, other = cast.client(cast.colleague), cast.client(cast.proposer)
    url = "/initiatives/rules/rates/"
    seen = re.findall(r'name="version" value="(\d+)"', one.get(url).content.decode())
    first = today + timedelta(days=10)
    typed = {"version": seen[0], "hourly_kr": "700", "horizon_years": "5", "sensitivity_percent": "20"}
    assert one.post(url, {**typed, "valid_from": f"{first:%d.%m.%Y}"}).status_code == 302
    later = {**typed, "hourly_kr": "800", "valid_from": f"{first + timedelta(days=1):%d.%m.%Y}"}
    refused = other.post(url, later)
    text = refused.content.decode()
    assert refused.status_code == 422 and "Noen har vedtatt en nyere versjon" in text and 'value="800"' in text
    with acting_for([cast.region.pk]):
        assert [row.hourly_kr for row in CalculationRates.objects.filter(owner=cast.region)] == [700]
    assert cast.client(cast.stranger).get(url).status_code == 403
