"""What can have happened in a portfolio."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class PortfolioCreated(Happened):
    """A portfolio was set up."""

    portfolio_id: int


@dataclass(frozen=True, kw_only=True)
class PortfolioDateTied(Happened):
    """A date of the annual cycle was said to be about a portfolio, or no longer to be."""

    portfolio_id: int
    cycle_date_id: int
    tied: bool


@dataclass(frozen=True, kw_only=True)
class ProjectEntered(Happened):
    """A decided initiative became a project in a portfolio."""

    project_id: int
    portfolio_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectStaffed(Happened):
    """Owner, manager, benefit responsible and dates of a project were named."""

    project_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleAsked(Happened):
    """The portfolio manager was asked to name people, since one who answered for the project has left."""

    project_id: int
    lacking: int


@dataclass(frozen=True, kw_only=True)
class StatusReported(Happened):
    """The project manager reported status for a period."""

    project_id: int
    report_id: int
    period: str
    lights: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportTaken(Happened):
    """A portfolio report was frozen."""

    portfolio_id: int
    snapshot_id: int
    projects: int


@dataclass(frozen=True, kw_only=True)
class SheetUploaded(Happened):
    """A spreadsheet was uploaded, to be looked over before it comes in."""

    portfolio_id: int
    batch_id: int


@dataclass(frozen=True, kw_only=True)
class MappingKept(SheetUploaded):
    """The columns of an uploaded spreadsheet were said to be what they are."""


@dataclass(frozen=True, kw_only=True)
class MappingSaved(Happened):
    """A way to read a spreadsheet was saved under a name."""

    mapping_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectImported(Happened):
    """A project came in from a spreadsheet, or was changed by one."""

    project_id: int
    batch_id: int
    change: str


@dataclass(frozen=True, kw_only=True)
class ProjectsImported(SheetUploaded):
    """A spreadsheet of projects was brought in."""

    imported: int
    updated: int
    unchanged: int
    refused: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class GateAnswered(Happened):
    """The check list of a gate was filled in."""

    project_id: int
    review_id: int
    gate: str
    answered: int


@dataclass(frozen=True, kw_only=True)
class GateSent(Happened):
    """A gate was sent to the body that decides it."""

    project_id: int
    review_id: int
    gate: str


@dataclass(frozen=True, kw_only=True)
class GateDecided(Happened):
    """It was decided whether the project passes a gate."""

    project_id: int
    review_id: int
    gate: str
    passed: bool


@dataclass(frozen=True, kw_only=True)
class ChecklistAdopted(Happened):
    """A check list of a gate was adopted."""

    portfolio_id: int
    checklist_id: int
    gate: str
    number: int


@dataclass(frozen=True, kw_only=True)
class MoneyKept(Happened):
    """Budget, actual and forecast of a project were written down, or taken from the accounts."""

    project_id: int
    lines: int
    imported: bool


@dataclass(frozen=True, kw_only=True)
class PlanKept(Happened):
    """Dates and milestones of a project were written down."""

    project_id: int
    milestones: int


@dataclass(frozen=True, kw_only=True)
class BaselineSet(Happened):
    """What a project is measured against was kept."""

    project_id: int
    baseline_id: int
    number: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ProjectsLinked(Happened):
    """It was said that a project needs another one, or no longer does."""

    project_id: int
    needs_id: int
    linked: bool


@dataclass(frozen=True, kw_only=True)
class ProgrammeKept(Happened):
    """A programme was set up or changed."""

    portfolio_id: int
    programme_id: int
    projects: int


@dataclass(frozen=True, kw_only=True)
class ActivityKept(Happened):
    """An activity of the line was written down or changed."""

    portfolio_id: int
    activity_id: int


@dataclass(frozen=True, kw_only=True)
class StatusDrafted(Happened):
    """A draft of a status report was kept."""

    project_id: int
    report_id: int
    period: str


@dataclass(frozen=True, kw_only=True)
class StatusAsked(Happened):
    """The project manager was asked to report status, or reminded that it is late."""

    project_id: int
    person_id: int
    period_end: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class SeriesKept(Happened):
    """A series of status reports was set up or changed."""

    portfolio_id: int
    series_id: int


@dataclass(frozen=True, kw_only=True)
class ToleranceAdopted(Happened):
    """What is tolerated before it is a deviation was adopted."""

    portfolio_id: int
    tolerance_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class DeviationOpened(Happened):
    """A project went past what is tolerated, and a case was opened."""

    project_id: int
    deviation_id: int
    deviation: str


@dataclass(frozen=True, kw_only=True)
class DeviationTreated(Happened):
    """The case of a deviation was decided."""

    approved: bool


@dataclass(frozen=True, kw_only=True)
class ChangeAsked(Happened):
    """A change of what was approved was asked for."""

    project_id: int
    change_id: int


@dataclass(frozen=True, kw_only=True)
class ChangeDecided(Happened):
    """A change was approved or rejected."""

    project_id: int
    change_id: int
    approved: bool


@dataclass(frozen=True, kw_only=True)
class RiskKept(Happened):
    """A risk or an opportunity was written down, changed or closed."""

    portfolio_id: int
    risk_id: int
    before: int
    after: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class SystemTied(Happened):
    """What a project introduced was tied to the system register."""

    project_id: int
    system_id: int


@dataclass(frozen=True, kw_only=True)
class ResourceKept(Happened):
    """What a person or a role can give each quarter was written down."""

    resource_id: int
    unit_id: int
    quarters: int


@dataclass(frozen=True, kw_only=True)
class ResourcesAsked(Happened):
    """A project asked for person-days of a unit."""

    project_id: int
    request_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class ResourcesAnswered(Happened):
    """The leader of a unit gave person-days to a project, or refused."""

    project_id: int
    request_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class FrozenKept(Happened):
    """A time when nothing new is started was set, or taken away."""

    portfolio_id: int
    zone_id: int
    kept: bool


@dataclass(frozen=True, kw_only=True)
class ReportSent(Happened):
    """A portfolio report was sent to the portfolio board."""

    portfolio_id: int
    snapshot_id: int
    people: int


@dataclass(frozen=True, kw_only=True)
class ReportTreated(Happened):
    """How the portfolio board treated a report was written down."""

    portfolio_id: int
    snapshot_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ViewSaved(Happened):
    """A view of the list was kept under a name, or taken away."""

    portfolio_id: int
    view_id: int
    shared: bool
    gone: bool


@dataclass(frozen=True, kw_only=True)
class RankingKept(Happened):
    """A rank order was drafted or changed."""

    portfolio_id: int
    ranking_id: int
    sector_id: int | None
    places: int


@dataclass(frozen=True, kw_only=True)
class RankingApproved(Happened):
    """The portfolio board approved a rank order."""

    portfolio_id: int
    ranking_id: int


@dataclass(frozen=True, kw_only=True)
class RankingPublished(Happened):
    """A rank order was published."""

    portfolio_id: int
    ranking_id: int
    sector_id: int | None


@dataclass(frozen=True, kw_only=True)
class HeaderKept(Happened):
    """Vision, responsible body or manager of a portfolio was changed."""

    portfolio_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class StillRightAnswered(Happened):
    """It was said whether a project is still right."""

    portfolio_id: int
    project_id: int
    answer: str
