"""An answer with its reason: every permission and every rule answers with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: what it is, and the anchor of the field where it can be mended."""

    text: Any
    anchor: str = ""
    step: str = ""


@dataclass(frozen=True)
class Verdict:
    """May this be done? With a reason that a citizen could read, and what is missing, one by one."""

    allowed: bool
    reason: Any = ""
    lacks: tuple[Lack, ...] = field(default=())

    def __bool__(self) -> bool:
        return self.allowed

    @classmethod
    def yes(cls) -> Verdict:
        return cls(True)

    @classmethod
    def no(cls, reason: Any, lacks: tuple[Lack, ...] = ()) -> Verdict:
        return cls(False, reason, lacks)

    def require(self) -> None:
        """Raise Refused with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self)


class Refused(PermissionDenied):
    """A person tried what a verdict does not allow. Views show the reason; nothing was changed."""

    def __init__(self, verdict: Verdict | Any) -> None:
        self.verdict = verdict if isinstance(verdict, Verdict) else Verdict.no(verdict)
        super().__init__(str(self.verdict.reason))


def refuse(lacks: Sequence[Lack]) -> None:
    """Raise Refused where something is missing: with the first reason, and all of them one by one."""
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, tuple(lacks)))


class Stale(Refused):
    """The page was made from an older version than the one stored. Nothing was changed."""
