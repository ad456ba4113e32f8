"""What the form asks, version by version: one version holds at a time, and an answer stays with its own question."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.initiatives import actions
from samrad.initiatives.forms.rules import question_forms
from samrad.initiatives.queries import questions_for, screening_codes
from samrad.initiatives.screening import DEFAULT_QUESTIONS, Question
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
