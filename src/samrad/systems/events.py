"""What can have happened to the system register."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class SystemRegistered(Happened):
    """A system was put in the register."""

    system_id: int


@dataclass(frozen=True, kw_only=True)
class SystemChanged(Happened):
    """What stands about a system was changed: which fields."""

    system_id: int
    fields: tuple[str, ...]
    to_version: int


@dataclass(frozen=True, kw_only=True)
class SystemShared(Happened):
    """The system, or its contract, was shared with the cooperation, or no longer."""

    system_id: int
    shared: bool
    terms_shared: bool


@dataclass(frozen=True, kw_only=True)
class SystemRetired(Happened):
    """The system went out of use."""

    system_id: int


@dataclass(frozen=True, kw_only=True)
class ContractWarned(Happened):
    """Owner and administrator were told that the contract runs out in so many months."""

    system_id: int
    months: int


@dataclass(frozen=True, kw_only=True)
class RegisterUploaded(Happened):
    """A spreadsheet of systems was uploaded, to be looked over."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class ColumnsKept(Happened):
    """Someone said what the columns of an uploaded spreadsheet are."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class RegisterImported(Happened):
    """Systems were brought in from a spreadsheet."""

    import_id: int
    imported: int
    updated: int
    unchanged: int
    refused: int
    unknown: int
