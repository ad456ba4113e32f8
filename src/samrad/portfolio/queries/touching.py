"""What touches a project, read with the project itself: measures, its largest risk, its next milestone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from samrad.portfolio.models import Measure, MeasureProject, Milestone, Project, Risk


def measures_about() -> ArraySubquery:
    """What is proposed and decided about a project, as a column; row security leaves out what the reader may not read."""
    mine = MeasureProject.objects.filter(measure=OuterRef("pk"))
    about = Exists(mine.filter(project=OuterRef(OuterRef("pk"))))
    others = Exists(mine.exclude(project=OuterRef(OuterRef("pk"))))
    rows = Measure.objects.filter(about | Q(into=OuterRef("pk"))).annotate(others=others)
    names = ("id", "kind", "state", "title", "due_date", "closed_at", "into_id", "others")
    told = JSONObject(responsible="responsible__name", **{name: name for name in names})
    return ArraySubquery(rows.order_by("due_date", "pk").values(told=told))


def largest_risk() -> Combinable:
    """The largest open risk of each project after its measures, as a column: what it is called, and how large."""
    rows = Risk.objects.filter(project=OuterRef("pk"), closed_at__isnull=True, kind=Risk.Kind.RISK)
    said = JSONObject(title="title", size=F("likelihood_after") * F("impact_after"))
    in_order = rows.order_by((F("likelihood_after") * F("impact_after")).desc(), "pk")
    return Subquery(in_order.values(said=said)[:1])


def next_step() -> Combinable:
    """The first milestone or deliverable of each project that is not reached, as a column: what, what kind, and when."""
    rows = Milestone.objects.filter(project=OuterRef("pk"), reached_date__isnull=True).order_by("due_date", "pk")
    return Subquery(rows.values(said=JSONObject(name="name", kind="kind", due="due_date"))[:1])


@dataclass(frozen=True)
class AheadOf:
    """What comes next in a project, and what may stop it."""

    step: str
    kind: str
    due: date | None
    risk: str
    size: int | None


def ahead_in(project: Project) -> AheadOf:
    """What was read with these two columns."""
    step, risk = vars(project).get("next_step") or {}, vars(project).get("top_risk") or {}
    kind = str(Milestone.Kind(step["kind"]).label) if step else ""
    due = date.fromisoformat(step["due"]) if step else None
    return AheadOf(step.get("name", ""), kind, due, risk.get("title", ""), risk.get("size"))
