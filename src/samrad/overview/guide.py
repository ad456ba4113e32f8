"""The set-up guide: its questions in order for one house, and which are answered. Readiness judges; this only asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.verdict import Lack
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.queries import administered
from samrad.overview.readiness import SetUp, lacks, read_set_up

QUESTIONS: dict[str, Promise] = {
    "members": gettext_lazy("Which municipalities are in the cooperation?"),
    "sectors": gettext_lazy("Which sectors are there?"),
    "leaders": gettext_lazy("Who leads?"),
    "fields": gettext_lazy("Which professional fields do you work in?"),
    "groups": gettext_lazy("Do you have expert groups?"),
    "bodies": gettext_lazy("What are your council and secretariat called?"),
    "seats": gettext_lazy("Who leads the council and the secretariat?"),
    "rules": gettext_lazy("What must be in place before a need is sent in?"),
}
SHORT: dict[str, Promise] = {
    "members": gettext_lazy("Municipalities"),
    "sectors": gettext_lazy("Sectors"),
    "leaders": gettext_lazy("Leaders"),
    "fields": gettext_lazy("Professional fields"),
    "groups": gettext_lazy("Expert groups"),
    "bodies": gettext_lazy("Council and secretariat"),
    "seats": gettext_lazy("Who leads the council"),
    "rules": gettext_lazy("Requirements and sizes"),
}


@dataclass(frozen=True)
class GuideStep:
    """One question of the guide. `about` is the municipality it is asked about, where there are several."""

    code: str
    house: Entity
    about: Entity | None
    lacks: tuple[Lack, ...]
    current: bool = False

    @property
    def done(self) -> bool:
        return not self.lacks

    @property
    def url(self) -> str:
        """Where it is asked."""
        if self.about is not None:
            return reverse("overview:guide_about", args=[self.house.slug, self.code, self.about.slug])
        return reverse("overview:guide_step", args=[self.house.slug, self.code])

    @property
    def label(self) -> str:
        """Its short name, in the list of steps."""
        several = self.about is not None and self.about != self.house
        return f"{SHORT[self.code]}: {self.about}" if several else str(SHORT[self.code])

    @property
    def question(self) -> str:
        """What it asks."""
        if self.code == "leaders" and self.about is not None:
            return _("Who leads in %(name)s?") % {"name": self.about.name}
        return str(QUESTIONS[self.code])


@dataclass(frozen=True)
class Guide:
    """The guide of one house as far as it has come."""

    house: Entity
    towns: list[Entity]  # the municipalities whose sectors and leaders are asked for
    steps: list[GuideStep]
    lacks: list[Lack]
    found: SetUp

    @property
    def done(self) -> int:
        return sum(1 for step in self.steps if step.done)

    @property
    def next(self) -> GuideStep | None:
        """The first question that is not answered."""
        return next((step for step in self.steps if not step.done), None)

    def step(self, code: str, about: str = "") -> GuideStep | None:
        """One of its questions."""
        wanted = (s for s in self.steps if s.code == code and (s.about.slug if s.about else "") == about)
        return next(wanted, None)

    def after(self, step: GuideStep) -> GuideStep | None:
        """The question after this one; none after the last."""
        place = self.steps.index(step)
        return self.steps[place + 1] if place + 1 < len(self.steps) else None


def houses_of(actor: Actor, *, on: date) -> list[Entity]:
    """The houses whose guide an administrator may use: the cooperations first, and what no cooperation covers."""
    entities = list(Entity.objects.filter(pk__in=administered(actor)).order_by("kind", "name"))
    found = read_set_up(entities, on)
    covered = {town.pk for house in entities for town in found.members.get(house.pk, [])}
    return [entity for entity in entities if entity.pk not in covered]


def guide_of(house: Entity, *, on: date) -> Guide:
    """The questions for one house. A municipality in a cooperation is asked only about its own sectors and leaders."""
    first = read_set_up([house], on)
    towns = [house] if house.kind == Entity.Kind.MUNICIPALITY else first.members.get(house.pk, [])
    found = read_set_up([house, *towns], on) if towns != [house] else first
    missing = {entity.pk: lacks(entity, on, found) for entity in dict.fromkeys([house, *towns])}
    steps: list[GuideStep] = []

    def ask(code: str, about: Entity | None = None, of: Sequence[Entity] = (house,)) -> None:
        lacking = tuple(lack for entity in of for lack in missing[entity.pk] if lack.step == code)
        steps.append(GuideStep(code, house, about, lacking))

    if house.kind == Entity.Kind.COOPERATION:
        ask("members")
    ask("sectors", of=towns or [house])
    for town in towns:
        ask("leaders", town, [town])
    if not found.above.get(house.pk) or found.governs(house.pk):
        for code in ("fields", "groups", "bodies", "seats", "rules"):
            ask(code)
        steps = [_unasked(step, house, found) for step in steps]
    return Guide(house, towns, steps, [lack for rows in missing.values() for lack in rows], found)


def _unasked(step: GuideStep, house: Entity, found: SetUp) -> GuideStep:
    """Until there is a council, readiness says no more than that: the questions that follow from it are unanswered."""
    if step.lacks:
        return step
    fields = [field for field in found.fields if field.owner_id == house.pk]
    open_ones = {
        "sectors": house.kind == Entity.Kind.COOPERATION and not found.members.get(house.pk),
        "fields": not fields,
        "groups": not fields,
        "seats": not found.governs(house.pk),
        "rules": house.pk not in found.ruled,
    }
    if not open_ones.get(step.code):
        return step
    return GuideStep(step.code, house, step.about, (Lack(_("This is not answered yet."), step=step.code),))
