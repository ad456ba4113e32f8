"""The rules that the program itself goes by, as they are until a house adopts others in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.governance.models import Rule

START = date(2025, 1, 1)
SOURCE = "Veileder for digitaliseringsråd"
ANSWER_DAYS = "idea-answer-days"
CHECK_DAYS = "case-check-days"
ASSESSMENT_DAYS = "assessment-days"
SECTION_CHARACTERS = "paper-section-characters"


@dataclass(frozen=True)
class Standard:
    """One such rule, with the first day and the source a version in the register has too. `amount` is in `unit`."""

    code: str
    kind: Rule.Kind
    name: Promise
    amount: int | None = None
    unit: Promise | str = ""
    valid_from: date = START
    source: str = SOURCE

    @property
    def values(self) -> dict[str, Any]:
        """What the form of a first version begins with."""
        return {"name": str(self.name), "amount": self.amount, "unit": str(self.unit)}


STATEMENTS: tuple[Standard, ...] = (
    Standard("predictable", Rule.Kind.WEAKNESS, _("We know when a need is treated, and by whom.")),
    Standard("planned", Rule.Kind.WEAKNESS, _("What we start follows from the strategy, not from who shouts loudest.")),
    Standard("benefits", Rule.Kind.WEAKNESS, _("Every benefit is described, and someone is responsible for it.")),
    Standard("development", Rule.Kind.WEAKNESS, _("Development has its own time and its own queue, apart from operation.")),
    Standard("form", Rule.Kind.DEMAND, _("All new initiatives are reported in the digital form, tied to the archive.")),
    Standard("groundwork", Rule.Kind.DEMAND, _("All needs meet the minimum requirements to the groundwork.")),
    Standard("anchoring", Rule.Kind.DEMAND, _("The head of sector is heard and recommends before a need is sent in.")),
    Standard("who", Rule.Kind.DEMAND, _("Everyone knows who can report a need, and everyone can send an idea.")),
    Standard("council", Rule.Kind.DEMAND, _("All initiatives that need budget are treated in the council before they go on.")),
    Standard("members", Rule.Kind.DEMAND, _("The council has members from every field, with position, legitimacy and knowledge.")),
    Standard("chair", Rule.Kind.DEMAND, _("The council has a chair with competence and legitimacy.")),
    Standard("coordinator", Rule.Kind.DEMAND, _("Coordinators with enough time tie the sectors and the technology together.")),
    Standard("secretariat", Rule.Kind.DEMAND, _("The secretariat prepares every case, and has the competence it needs.")),
)  # fmt: skip

STANDARDS: dict[str, Standard] = {
    one.code: one
    for one in (
        *STATEMENTS,
        Standard(ANSWER_DAYS, Rule.Kind.LIMIT, _("Deadline for answering an idea"), 21, _("days"), source="Samråd"),
        Standard(
            CHECK_DAYS,
            Rule.Kind.LIMIT,
            _("Deadline for checking a case that has come in"),
            5,
            _("working days"),
            source="Samråd",
        ),
        Standard(
            ASSESSMENT_DAYS,
            Rule.Kind.LIMIT,
            _("Deadline for an assessment one is asked for"),
            10,
            _("working days"),
            source="Samråd",
        ),
        Standard(
            SECTION_CHARACTERS,
            Rule.Kind.LIMIT,
            _("How long a section of a case paper should be at most"),
            3000,
            _("characters"),
            source="Samråd",
        ),
    )
}
