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
    name: Promise | str
    amount: int | None = None
    unit: Promise | str = ""
    valid_from: date = START
    source: str = SOURCE
    text: Promise | str = ""

    @property
    def values(self) -> dict[str, Any]:
        """What the form of a first version begins with."""
        return {"name": str(self.name), "amount": self.amount, "unit": str(self.unit), "text": str(self.text)}


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

ACCESS = date(2009, 1, 1)  # the act on access to documents came into force
COUNCILS = date(2019, 10, 1)  # and this chapter of the act on municipalities
OFFL = "https://lovdata.no/lov/2006-05-19-16"
KOML = "https://lovdata.no/lov/2018-06-22-83/§11-5"


def _basis(code: str, kind: Rule.Kind, name: str, text: Promise) -> Standard:
    """A section of the law under its own name, which is the same in both languages."""
    of_access = code.startswith("offl-")
    source = f"{OFFL}/§{code.split('-')[1]}" if of_access else KOML
    return Standard(code, kind, name, valid_from=ACCESS if of_access else COUNCILS, source=source, text=text)


LEGAL_BASES: tuple[Standard, ...] = (
    _basis("offl-13-1", Rule.Kind.SECRECY, "offentleglova § 13 første ledd, jf. forvaltningsloven § 13 nr. 1", _("Somebody's personal matters.")),
    _basis("offl-13-2", Rule.Kind.SECRECY, "offentleglova § 13 første ledd, jf. forvaltningsloven § 13 nr. 2", _("Trade secrets: technical devices, prices and the like.")),
    _basis("offl-14-1", Rule.Kind.EXEMPTION, "offentleglova § 14 første ledd", _("A document made for the organisation's own preparation of a case.")),
    _basis("offl-15-1", Rule.Kind.EXEMPTION, "offentleglova § 15 første ledd", _("Advice obtained from a subordinate body for the preparation of a case.")),
    _basis("offl-15-2", Rule.Kind.EXEMPTION, "offentleglova § 15 andre ledd", _("Advice obtained from outside on how the organisation should act, where it is needed to protect its interests.")),
    _basis("offl-23-1", Rule.Kind.EXEMPTION, "offentleglova § 23 første ledd", _("The negotiating position, where it is needed for sound handling of money, pay or staff.")),
    _basis("offl-23-3", Rule.Kind.EXEMPTION, "offentleglova § 23 tredje ledd", _("Tenders, until the supplier is chosen.")),
    _basis("offl-24-1", Rule.Kind.EXEMPTION, "offentleglova § 24 første ledd", _("What would work against inspection and control if it were known.")),
    _basis("offl-24-3", Rule.Kind.EXEMPTION, "offentleglova § 24 tredje ledd", _("What would make it easier to commit a crime, such as details of security.")),
    _basis("offl-25-1", Rule.Kind.EXEMPTION, "offentleglova § 25 første ledd", _("Appointments and promotions.")),
    _basis("koml-11-5-2", Rule.Kind.CLOSING, "kommuneloven § 11-5 andre ledd", _("The doors shall be closed: an employee's working conditions, or what is under a duty of confidentiality.")),
    _basis("koml-11-5-3a", Rule.Kind.CLOSING, "kommuneloven § 11-5 tredje ledd bokstav a", _("The doors can be closed: somebody's privacy demands it.")),
    _basis("koml-11-5-3b", Rule.Kind.CLOSING, "kommuneloven § 11-5 tredje ledd bokstav b", _("The doors can be closed: weighty public interests, and what is said could have been exempt in a document.")),
)  # fmt: skip

STANDARDS: dict[str, Standard] = {
    one.code: one
    for one in (
        *STATEMENTS,
        *LEGAL_BASES,
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
