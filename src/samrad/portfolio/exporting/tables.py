"""What goes out of a portfolio: a table for each kind of thing, with its columns and who may have its rows.

A column is a field, or a name and the way to it: «responsible:responsible__name». A new model stands here, or in LEFT.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.db.models import Model

from samrad.initiatives.models import Benefit
from samrad.portfolio.models import (
    Baseline,
    Capacity,
    ChangeRequest,
    Dependency,
    Deviation,
    Effort,
    FormerHeader,
    FrozenZone,
    GateChecklist,
    GateCondition,
    GateReview,
    ImportBatch,
    ImportedRow,
    ImportMapping,
    Lesson,
    LineActivity,
    Measure,
    MeasureNote,
    MeasureProject,
    Milestone,
    MoneyLine,
    Portfolio,
    PortfolioDate,
    Programme,
    Project,
    ProjectAmount,
    Ranking,
    RankPlace,
    ReportSeries,
    ReportSnapshot,
    ReportTreatment,
    Resource,
    ResourceRequest,
    Risk,
    RowImport,
    SavedView,
    ShownIn,
    Stakeholder,
    StatusReport,
    StillRight,
    Tolerance,
    UnknownCell,
)

Gate = Literal["whole", "costs", "benefits"]
"""What must be open in a project before its rows go out: all of it (people wrote freely), its costs, its benefits."""


@dataclass(frozen=True)
class Table:
    """One kind of thing. `project`, `portfolio`, `house`: the way to the project, the portfolio or the owner it is of."""

    name: str
    model: type[Model]
    columns: str
    project: str = ""
    portfolio: str = ""
    house: str = ""
    gate: Gate = "whole"
    where: dict[str, Any] = field(default_factory=dict)
    # A row about several projects goes out only when all of them are open: the way from it to each.
    about: str = ""

    @property
    def ways(self) -> dict[str, str]:
        """The way to each column, by its name."""
        pairs = (column.partition(":") for column in self.columns.split())
        return {name: way or name for name, _colon, way in pairs}

    def field_of(self, column: str) -> models.Field[Any, Any] | None:
        """The model's field that a column ends in; None for the reference of the project, which stands first."""
        model, found = self.model, None
        for part in self.ways[column].split("__") if column in self.ways else ():
            found = model._meta.get_field(part)
            model = getattr(found, "related_model", None) or model
        return found if isinstance(found, models.Field) else None


_LIGHTS = "progress economy risk resources benefit change"
TABLES = (
    Table(
        "status",
        StatusReport,
        f"period_start period_end {_LIGHTS} {' '.join(f'{light}_text' for light in _LIGHTS.split())} hindered"
        " hindered_text driven driven_text spent_kr forecast_kr forecast_end_date series:series__name reported_at"
        " reported_by:reported_by__name",
        project="project",
        where={"state": StatusReport.State.PUBLISHED},
    ),
    Table("money", MoneyLine, "year kind source budget_kr actual_kr forecast_kr", project="project", gate="costs"),
    Table(
        "amounts",
        ProjectAmount,
        "kind value low high currency unit price_base unknown_reason source_text",
        project="project",
        gate="costs",
    ),
    Table(
        "risks",
        Risk,
        "kind title cause likelihood impact measure responsible:responsible__name likelihood_after impact_after"
        " review_date closed_at",
        project="project",
    ),
    Table(
        "portfolio_risks",
        Risk,
        "kind title cause likelihood impact measure responsible:responsible__name likelihood_after impact_after"
        " review_date closed_at",
        portfolio="portfolio",
        where={"project": None},
    ),
    Table("milestones", Milestone, "name kind due_date reached_date", project="project"),
    Table(
        "benefits",
        Benefit,
        "title kind budget_effect recipient kroner_a_year hours_a_year assumption uncertainty",
        project="initiative__project",
        gate="benefits",
        where={"removed_at": None},
    ),
    Table(
        "baselines", Baseline, "number why frame_kr contingency_kr start_date end_date plan made_at", project="project"
    ),
    Table(
        "changes",
        ChangeRequest,
        "number reason frame_kr contingency_kr start_date end_date state asked_at asked_by:asked_by__name text decided_at"
        " decided_by:decided_by__name",
        project="project",
    ),
    Table("deviations", Deviation, "kind measured limit opened_at closed_at", project="project"),
    Table(
        "gates",
        GateReview,
        "gate state questions answers text opened_at decided_at decided_by:decided_by__name",
        project="project",
    ),
    Table(
        "gate_conditions",
        GateCondition,
        "gate:review__gate text responsible:responsible__name due_date met_at met_by:met_by__name note",
        project="review__project",
    ),
    Table("dependencies", Dependency, "needs:needs__initiative__reference note", project="project", about="needs"),
    Table(
        "stakeholders",
        Stakeholder,
        "name group interest influence attitude involvement responsible:responsible__name measures due_date done",
        project="project",
        where={"removed_at": None},
    ),
    Table(
        "people",
        ResourceRequest,
        "unit:resource__unit__name resource:resource__title quarter purpose asked_days given_days state reason"
        " asked_by:asked_by__name asked_at answered_by:answered_by__name answered_at",
        project="project",
    ),
    Table(
        "lessons",
        Lesson,
        "title happened learnt advice kind theme phase reach written_by:written_by__name written_at",
        project="project",
        where={"removed_at": None},
    ),
    Table("still_right", StillRight, "answer reason answered_at answered_by:answered_by__name", project="project"),
    Table(
        "ranking",
        RankPlace,
        "sector:ranking__sector__name state:ranking__state published_at:ranking__published_at"
        " approved_in:ranking__approved_in place reason",
        project="project",
    ),
    Table(
        "measures",
        Measure,
        "kind title reason responsible:responsible__name due_date state months start_months"
        " into:into__initiative__reference to_portfolio:to_portfolio__name proposed_at decided_at decided_in treated_on closed_at",
        portfolio="portfolio",
        about="projects__project",
    ),
    Table("measure_projects", MeasureProject, "measure_title:measure__title state", project="project"),
    Table(
        "measure_notes",
        MeasureNote,
        "measure_title:measure__title state text made_at made_by:made_by__name",
        portfolio="measure__portfolio",
        about="measure__projects__project",
    ),
    Table(
        "also_shown", ShownIn, "portfolio:portfolio__name reason shown_at removed_at removed_reason", project="project"
    ),
    Table("unknown_cells", UnknownCell, "column target text reason", project="project", gate="whole"),
    Table("programmes", Programme, "name purpose manager:manager__name", portfolio="portfolio"),
    Table(
        "activities",
        LineActivity,
        "title responsible:responsible__name start_date end_date hours kroner",
        portfolio="portfolio",
    ),
    Table("frozen_zones", FrozenZone, "name first_day last_day source", portfolio="portfolio"),
    Table("series", ReportSeries, "name rhythm due_days active since", portfolio="portfolio"),
    Table(
        "reports",
        ReportSnapshot,
        "period_start period_end taken_at taken_by:taken_by__name sha256 sent_at:treatment__sent_at"
        " outcome:treatment__outcome treated_on:treatment__treated_on text:treatment__text",
        portfolio="portfolio",
    ),
    Table(
        "dates",
        PortfolioDate,
        "title:cycle_date__title starts_on:cycle_date__starts_on ends_on:cycle_date__ends_on",
        portfolio="portfolio",
    ),
    Table(
        "former_headers",
        FormerHeader,
        "number name vision manager:manager__name body:body__name appointed_by appointed_date changed_at",
        portfolio="portfolio",
    ),
    Table(
        "tolerances",
        Tolerance,
        "version cost_red_percent time_red_months risk_amber risk_red valid_from valid_to source",
        house="owner",
    ),
    Table(
        "effort",
        Effort,
        "unit:unit__name month counted_in:measure operation maintenance development decided all_hours",
        house="owner",
    ),
)

LEFT: dict[type[Model], str] = {
    Portfolio: "stands in the head of the file",
    Project: "is the table of projects",
    ReportTreatment: "stands with its report",
    GateChecklist: "each gate holds the questions as they were asked",
    Ranking: "stands with each place in it",
    Resource: "is named where it is asked for; how much leave someone takes is nobody else's",
    Capacity: "how much leave someone takes is nobody else's",
    SavedView: "is a person's own way of looking",
    ImportMapping: "how a spreadsheet was read; what was read is here",
    ImportBatch: "how a spreadsheet was read; what was read is here",
    ImportedRow: "how a spreadsheet was read; what was read is here",
    RowImport: "how a spreadsheet was read; what was read is here",
}
