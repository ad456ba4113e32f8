"""What each gate asks, as it is until a house adopts its own: Digdir's Prosjektveiviseren, said shortly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SOURCE = "https://prosjektveiviseren.digdir.no"


@dataclass(frozen=True)
class Question:
    """One line of a check list. The codes in STOPS must be answered with yes, and with where it stands."""

    code: str
    text: Any


DPIA, BENEFIT_PLAN, LESSONS = "dpia", "benefit_plan", "lessons"
STOPS = (DPIA, BENEFIT_PLAN)
BODY_SIZES: dict[str, list[str]] = {
    "BP1": ["large"],
    "BP2": ["large"],
    "BP3": ["large"],
    "BP4": [],
    "BP5": ["large"],
}
"""The size classes for which the body decides, not the project owner."""

DEFAULT: dict[str, tuple[Question, ...]] = {
    "BP1": (
        Question("problem", _("The problem is described clearly.")),
        Question("strategy", _("It is in line with the strategy.")),
        Question("effect", _("What it does to the organisation is considered.")),
        Question("project", _("It is considered whether it is a project or a task for the line.")),
        Question("rules", _("It is clear which rules for ICT, architecture and standards apply.")),
        Question("financing", _("It is clear who pays for the concept phase.")),
        Question("enough", _("There is enough information to decide.")),
    ),
    "BP2": (
        Question("feasible", _("The project can be carried out.")),
        Question("board", _("A project board is considered.")),
        Question("owner_role", _("The project owner's role is described.")),
        Question("benefit_role", _("Someone is named as responsible for the benefits.")),
        Question("goals", _("It supports the goals and the strategy.")),
        Question("alternatives", _("The alternatives are compared, with benefit and cost for each.")),
        Question("people", _("Project manager and key people are named, and their time is set aside.")),
        Question("rationale", _("The project rationale is written.")),
        Question("change", _("The organisation can carry the change, and how is described.")),
        Question("needs", _("The main needs for information security and privacy are clear.")),
    ),
    "BP3": (
        Question("wanted", _("The project is still wanted.")),
        Question("deliverables", _("The deliverables give the changes and the benefits we want.")),
        Question("plan", _("The plan is divided into phases and holds together.")),
        Question("strategies", _("Communication, quality and procurement are planned.")),
        Question("stakeholders", _("The stakeholders are analysed, and the analysis is followed up.")),
        Question("organisation", _("Organisation, roles and resources are in place.")),
        Question("uncertainty", _("The uncertainty can be accepted.")),
        Question(BENEFIT_PLAN, _("The benefits realisation plan is made, and the one responsible works with it.")),
        Question("capacity", _("The line has the capacity to realise the benefits.")),
        Question(DPIA, _("The data protection impact assessment (DPIA) that is needed is done.")),
        Question("security", _("The security risk assessment is done.")),
    ),
    "BP4": (
        Question("delivered", _("What is delivered meets the goals, and is documented.")),
        Question("outstanding", _("What remains is listed, with who does it.")),
        Question(BENEFIT_PLAN, _("The benefits are still realistic, and the benefits realisation plan is updated.")),
        Question("line_ready", _("The line is ready: training, user guides and routines for operation.")),
        Question("effects", _("It is clear who reports the effects, and to whom.")),
        Question("operation", _("It is clear who manages and operates it, and the agreements are signed.")),
        Question("change", _("The plan for the change is followed.")),
        Question("risks", _("Risks to security and privacy are handled.")),
    ),
    "BP5": (
        Question("closed", _("What remained is done, or accepted.")),
        Question("result", _("The result is documented: product, cost, time, quality and resources.")),
        Question(LESSONS, _("The lessons are written down, and shown to the leaders.")),
        Question("archived", _("The documents are archived.")),
        Question("contracts", _("The contracts are closed.")),
        Question("told", _("The stakeholders are told.")),
        Question(BENEFIT_PLAN, _("The benefits realisation plan is updated and handed over to the line.")),
    ),
}
