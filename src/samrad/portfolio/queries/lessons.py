"""Reads about lessons: of a project, and of every project one reads about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.organisation.roles import roles_for
from samrad.portfolio.models import Lesson, Project
from samrad.portfolio.queries.lines import visible_to

ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "project": ("project__initiative__title_sort", "-written_at"),
    "theme": ("theme", "-written_at"),
    "phase": ("phase", "-written_at"),
    "kind": ("kind", "-written_at"),
    "written": ("written_at",),
}
NEWEST = ("-written_at", "-pk")
ASKED: dict[str, Promise] = {"kind": _("Kind"), "theme": _("Theme"), "phase": _("Phase")}
CHOICES: dict[str, list[tuple[str, Promise]]] = {
    "kind": list(Lesson.Kind.choices),
    "theme": list(Lesson.Theme.choices),
    "phase": list(Initiative.Phase.choices),
}
SEARCHED = ("title", "happened", "learnt", "advice", "project__initiative__title")
MOST_WORDS = 8


def works_on(actor: Actor, project: Project) -> bool:
    """Does this person answer for the benefits of the project, or is given to it by the leader of a unit?"""
    if not actor.is_person:
        return False
    if actor.person_id == project.benefit_responsible_id:
        return True
    return project.requests.filter(resource__person_id=actor.person, given_days__gt=0).exists()


def _worked_on_by(actor: Actor) -> Q:
    """The lessons of those projects where one works, or that one manages."""
    me = actor.person_or_none
    roles = ("project_owner_id", "project_manager_id", "benefit_responsible_id")
    mine = Q(requests__resource__person_id=me, requests__given_days__gt=0)
    for role in roles:
        mine |= Q(**{role: me})
    manages = [held.entity_id for held in actor.held if held.role in roles_for("portfolio.manage")]
    mine |= Q(portfolio__owner_id__in=manages)
    return Q(project__in=Project.objects.filter(mine).order_by().values("pk"))


def shown_to(actor: Actor) -> QuerySet[Lesson]:
    """The lessons that are shared so far that one may read them, of the projects one reads about."""
    rows = Lesson.objects.filter(project__in=visible_to(actor).order_by().values("pk"), removed_at__isnull=True)
    ours = Q(owner_id=actor.entity_id) | Q(written_by__owner_id=actor.entity_id)
    shared = Q(reach=Lesson.Reach.COOPERATION) | Q(reach=Lesson.Reach.HOUSE) & ours
    return rows.filter(shared | _worked_on_by(actor))


def lessons_for(actor: Actor, *, on: date) -> QuerySet[Lesson]:
    """The same, never of a need where something is exempt from this reader: its lessons would tell of it."""
    shown = shown_to(actor)
    rows = Initiative.objects.filter(pk__in=shown.order_by().values("project__initiative_id"))
    needs = list(rows.only("stage", "phase", "owner", "shared_with", "participant_ids"))
    hidden = masked_groups(actor, needs, on=on)
    open_ones = [need.pk for need in needs if not hidden.get(need.pk)]
    return shown.filter(project__initiative_id__in=open_ones).select_related("project__initiative__owner", "written_by")


def found_lessons(rows: QuerySet[Lesson], asked: Mapping[str, str]) -> QuerySet[Lesson]:
    """The lessons narrowed by kind, theme, phase and words, and put in order, as the address asks."""
    for name in ASKED:
        if asked.get(name, "") in dict(CHOICES[name]):
            rows = rows.filter(**{name: asked[name]})
    for word in asked.get("q", "").replace("\x00", "")[:200].split()[:MOST_WORDS]:
        hit = Q()
        for column in SEARCHED:
            hit |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(hit)
    sort = asked.get("sort", "")
    columns = ORDERS.get(sort.removeprefix("-"), NEWEST)
    if sort.startswith("-") and sort[1:] in ORDERS:
        columns = (f"-{columns[0]}".replace("--", ""), *columns[1:])
    return rows.order_by(*columns, "pk")


def lessons_of(project: Project) -> QuerySet[Lesson]:
    """Every lesson of a project, also those that are taken away."""
    return project.lessons.select_related("written_by")


def number_of_lessons(project: Project) -> int:
    """How many lessons the project has written down."""
    counted: int = project.lessons.filter(removed_at__isnull=True).aggregate(n=Count("pk"))["n"]
    return counted
