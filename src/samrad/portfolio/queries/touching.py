"""What touches a project, read with the project itself: measures, deviations, its largest risk, its next milestone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from samrad.portfolio.models import ChangeRequest, Deviation, Measure, MeasureProject, Milestone, Project, Risk


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


def open_deviations() -> ArraySubquery:
    """What each project is past what is tolerated in, as a column: the kinds of its open deviation cases."""
    rows = Deviation.objects.filter(project=OuterRef("pk"), closed_at__isnull=True)
    return ArraySubquery(rows.order_by("kind").values("kind"))


def waiting_change() -> Combinable:
    """Where the change that each project asks for waits, as a column."""
    waits = (ChangeRequest.State.ASKED, ChangeRequest.State.WITH_BODY)
    return Subquery(ChangeRequest.objects.filter(project=OuterRef("pk"), state__in=waits).values("state")[:1])


@dataclass(frozen=True)
class AheadOf:
    """What comes next in a project, and what may stop it."""

    step: str
    kind: str
    due: date | None
    risk: str
    size: int | None
    deviations: tuple[str, ...]
    change: str


def ahead_in(project: Project) -> AheadOf:
    """What was read with these columns."""
    step, risk = vars(project).get("next_step") or {}, vars(project).get("top_risk") or {}
    kind = str(Milestone.Kind(step["kind"]).label) if step else ""
    due = date.fromisoformat(step["due"]) if step else None
    past = tuple(str(Deviation.Kind(one).label) for one in vars(project).get("open_deviations") or [])
    waits = vars(project).get("waiting_change")
    change = str(ChangeRequest.State(waits).label) if waits else ""
    return AheadOf(step.get("name", ""), kind, due, risk.get("title", ""), risk.get("size"), past, change)
