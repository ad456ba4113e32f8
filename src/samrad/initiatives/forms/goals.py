"""Which goals and points of the action plan an initiative supports: several can be chosen, from what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samrad.initiatives.models import GoalLink, Initiative
from samrad.initiatives.queries import links_of
from samrad.strategy.models import ActionPoint, Goal
from samrad.strategy.queries import choosable_goals, choosable_points

NAME = "goals"


@dataclass(frozen=True)
class Choice:
    """One goal or point."""

    code: str
    text: str
    chosen: bool


@dataclass
class Group:
    """A focus area, with its goals and points."""

    label: str
    goals: list[Choice] = field(default_factory=list)
    points: list[Choice] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """How many are chosen here."""
        return sum(choice.chosen for choice in [*self.goals, *self.points])


class GoalForm:
    """The goals that can be chosen, and those that are. What is chosen stays, also when the strategy runs out."""

    def __init__(self, *, initiative: Initiative, on: date, data: Mapping[str, Any] | None = None) -> None:
        houses = [initiative.owner_id, initiative.shared_with_id]
        self.links = links_of(initiative)
        self.goals = choosable_goals(houses, on=on)
        self.points = choosable_points(houses, on=on)
        self.standing = [link.code for link in self.links]
        known = {f"goal-{g.pk}" for g in self.goals} | {f"point-{p.pk}" for p in self.points} | set(self.standing)
        posted = data.getlist(NAME) if data is not None and hasattr(data, "getlist") else None
        self.chosen = self.standing if posted is None else [code for code in dict.fromkeys(posted) if code in known]

    def changed(self) -> bool:
        """Would saving change anything?"""
        return set(self.chosen) != set(self.standing)

    def groups(self) -> list[Group]:
        """The choices by focus area; last what was chosen before and is no longer in force."""
        found: dict[int, Group] = {}
        for goal in self.goals:
            group = found.setdefault(goal.area_id, Group(goal.area.name))
            group.goals.append(self._choice(f"goal-{goal.pk}", goal))
        for point in self.points:
            group = found.setdefault(point.area_id, Group(point.area.name))
            group.points.append(self._choice(f"point-{point.pk}", point))
        offered = {choice.code for group in found.values() for choice in [*group.goals, *group.points]}
        earlier = Group(_("Chosen before, not in force now"))
        earlier.goals = [self._choice(link.code, _linked(link)) for link in self.links if link.code not in offered]
        return [*found.values(), *([earlier] if earlier.goals else [])]

    def _choice(self, code: str, what: Goal | ActionPoint) -> Choice:
        text = f"{what} ({what.plan.year})" if isinstance(what, ActionPoint) else str(what)
        return Choice(code, text, code in self.chosen)


def _linked(link: GoalLink) -> Goal | ActionPoint:
    linked = link.goal or link.point
    assert linked is not None  # the database sees to it
    return linked
