"""What can have happened to what is to be filed."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class FilingQueued(Happened):
    """A document was left to be filed."""

    filing_id: int
    document: str


@dataclass(frozen=True, kw_only=True)
class Filed(Happened):
    """A document was filed."""

    filing_id: int


@dataclass(frozen=True, kw_only=True)
class FilingFailed(Happened):
    """A document could not be filed, and will be tried again."""

    filing_id: int
    attempts: int


@dataclass(frozen=True, kw_only=True)
class FilingRetried(Happened):
    """The records manager asked for another try."""

    filing_id: int


@dataclass(frozen=True, kw_only=True)
class ArchiveSetUp(Happened):
    """How an entity files was decided: which version of the set-up, and which parts of it changed."""

    backend: str
    number: int
    fields: tuple[str, ...]
