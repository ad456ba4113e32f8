"""What can have happened when rows are brought in for a portfolio, and with those a project concerns."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class RowsUploaded(Happened):
    """A spreadsheet of milestones, money, risks, people or benefits was uploaded to look over."""

    portfolio_id: int
    import_id: int
    what: str


@dataclass(frozen=True, kw_only=True)
class RowColumnsKept(Happened):
    """It was said what the columns of an uploaded spreadsheet of rows are."""

    portfolio_id: int
    import_id: int


@dataclass(frozen=True, kw_only=True)
class RowsImported(Happened):
    """The rows of a spreadsheet were brought in."""

    portfolio_id: int
    import_id: int
    what: str
    imported: int
    updated: int
    unchanged: int
    refused: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class StakeholderKept(Happened):
    """Someone a project concerns was written down or changed."""

    project_id: int
    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class StakeholderRemoved(Happened):
    """Someone was taken off the list of those a project concerns, or put back."""

    project_id: int
    stakeholder_id: int
    removed: bool


@dataclass(frozen=True, kw_only=True)
class ImportQueued(Happened):
    """A large spreadsheet was handed to the worker."""

    portfolio_id: int
    batch_id: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class ImportTried(Happened):
    """The worker began on a large spreadsheet once more, or gave it up, and why."""

    portfolio_id: int
    batch_id: int
    attempts: int
    given_up: str
