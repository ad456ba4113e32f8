"""The phases a project goes through and the gates between them (Digdir, Prosjektveiviseren): a table, and nothing that runs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Gate:
    """A decision gate: it leads from one phase to the next."""

    code: str
    source: str
    target: str
    label: Promise


GATES: tuple[Gate, ...] = (
    Gate("BP1", "idea", "concept", _("Start the concept phase")),
    Gate("BP2", "concept", "plan", _("Start planning")),
    Gate("BP3", "plan", "execute", _("Start execution")),
    Gate("BP4", "execute", "close", _("Go on to closing")),
    Gate("BP5", "close", "realise", _("Close the project")),
)
BY_CODE = {gate.code: gate for gate in GATES}
_BY_SOURCE = {gate.source: gate for gate in GATES}

# Nobody works on these without the three who answer for the project (S7).
STAFFED_PHASES = frozenset({"execute", "close"})


def gate_from(phase: str) -> Gate | None:
    """The next gate of a project in a phase; None where it has none left."""
    return _BY_SOURCE.get(phase)
