"""The measures that touch a project, read with the project itself."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from samrad.portfolio.models import Measure, MeasureProject


def measures_about() -> ArraySubquery:
    """What is proposed and decided about a project, as a column; row security leaves out what the reader may not read."""
    mine = MeasureProject.objects.filter(measure=OuterRef("pk"))
    about = Exists(mine.filter(project=OuterRef(OuterRef("pk"))))
    others = Exists(mine.exclude(project=OuterRef(OuterRef("pk"))))
    rows = Measure.objects.filter(about | Q(into=OuterRef("pk"))).annotate(others=others)
    names = ("id", "kind", "state", "title", "due_date", "closed_at", "into_id", "others")
    told = JSONObject(responsible="responsible__name", **{name: name for name in names})
    return ArraySubquery(rows.order_by("due_date", "pk").values(told=told))
