"""Who writes down what a project has learnt."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project
from samrad.portfolio.policy.projects import can_report
from samrad.portfolio.queries.lessons import works_on


def can_keep_lessons(by: Actor, project: Project) -> Verdict:
    """May this person write down lessons? Those who report for the project, and those who work on it."""
    if can_report(by, project) or works_on(by, project):
        return Verdict.yes()
    return Verdict.no(_("Only those who work on the project write down its lessons."))


def lesson_lacks(title: str, happened: str, learnt: str) -> tuple[Lack, ...]:
    """What a lesson lacks before others can use it."""
    asked = (
        ("title", title, _("Give the lesson a title.")),
        ("happened", happened, _("Say what happened.")),
        ("learnt", learnt, _("Say what you learnt.")),
    )
    return tuple(Lack(text, f"id_{name}") for name, value, text in asked if not value.strip())
