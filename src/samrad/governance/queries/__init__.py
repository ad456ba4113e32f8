"""Reads of how the house governs."""

from samrad.governance.queries.cycle import MEETING_OF, Deadline, Met, next_deadlines

__all__ = ["MEETING_OF", "Deadline", "Met", "next_deadlines"]
