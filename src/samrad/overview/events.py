"""What can have happened on pages across the rooms."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class SelfChecked(Happened):
    """A municipality's self-evaluation of a year was answered."""

    check_id: int
    municipality_id: int
    year: int
