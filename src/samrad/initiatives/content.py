"""The form's fields (forms.md G.1): one table that the form, the checks, the paper and the exemptions read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.governance.models import Requirement


@dataclass(frozen=True)
class FormField:
    """One question. `group` is what an exemption covers; `material` says whether changing it asks the endorser again."""

    code: str
    step: int
    label: Promise
    help: Promise
    kind: str = (
        "text"  # text, line, choice, kroner, hours, percent, years, years_table, date, person, field, sector, kostra
    )
    minimum: bool = False
    material: bool = True
    group: str = "need"
    column: bool = False  # stored in a column of Initiative, not in `answers`
    late: bool = False  # came after versions had been kept: no part of the fingerprint where it is not answered


STEPS: dict[int, Promise] = {
    1: _("The need"),
    2: _("Goals and anchoring"),
    3: _("Possible solutions"),
    4: _("Benefits"),
    5: _("Costs"),
    6: _("Responsibility"),
    7: _("Check"),
    8: _("Carrying it out"),
    9: _("What the council shall decide"),
}


@dataclass(frozen=True)
class Plan:
    """What the form asks of a need of one size (forms.md G.1): its steps, and the fields left out."""

    size: str
    steps: tuple[int, ...] = tuple(STEPS)
    left_out: frozenset[str] = frozenset()
    from_municipalities: int | None = None
    required: frozenset[str] = frozenset()  # the codes of what the house requires besides
    own: tuple[Requirement, ...] = ()  # the questions that the house has added itself
    off: frozenset[str] = frozenset()  # the codes of the form's own checks that the house has switched off

    def asks(self, item: FormField) -> bool:
        """Is this question part of the form?"""
        return item.step in self.steps and item.code not in self.left_out

    def needs(self, item: FormField) -> bool:
        """Must this question be answered before the need is sent?"""
        return self.asks(item) and (item.minimum or item.code in self.required)


# What a house that has adopted nothing else asks: a small need in five minutes, the others in full.
DEFAULT_PLANS: dict[str, Plan] = {
    "small": Plan(
        "small",
        (1, 4, 5, 6, 9),
        frozenset(
            {"legal_duty", "drawbacks", "uncertainty_percent", "lifetime_years", "years", "project_owner"}
            | {"project_manager", "benefit_responsible", "recipient", "budget_effect", "assumption", "uncertainty"}
            | {"benefit_owner", "quality_before", "quality_after", "kostra_function"}
        ),
    ),
    "medium": Plan("medium"),
    "large": Plan("large", from_municipalities=3),
}

FIELDS: tuple[FormField, ...] = (
    FormField(
        "title",
        1,
        _("Title"),
        _("What is it about, in a few words? No names of people."),
        "line",
        minimum=True,
        column=True,
    ),
    FormField(
        "problem",
        1,
        _("What is the problem today?"),
        _("For whom, and how often? Example: home care drives 40 detours a day to fetch keys."),
        minimum=True,
    ),
    FormField(
        "if_nothing",
        1,
        _("What happens if we do nothing?"),
        _("One or two sentences are enough."),
        minimum=True,
    ),
    FormField(
        "affected",
        1,
        _("Who is affected?"),
        _("Residents, employees, units, municipalities."),
        minimum=True,
    ),
    FormField(
        "field",
        1,
        _("Professional field"),
        _("Choose the field the need belongs to."),
        "field",
        minimum=True,
        column=True,
    ),
    FormField(
        "kostra_function",
        1,
        _("KOSTRA function"),
        _("The functions of the professional fields here. It fills itself in where the field has only one."),
        "kostra",
        material=False,
        column=True,
        late=True,
    ),
    FormField(
        "owning_sector",
        1,
        _("Sector"),
        _("The sector that owns the need. Its head must recommend it."),
        "sector",
        minimum=True,
        column=True,
    ),
    FormField(
        "classification",
        1,
        _("Is this operation, maintenance or development?"),
        _("The council treats development. Faults and orders go to the service desk."),
        "choice",
        minimum=True,
        column=True,
    ),
    FormField(
        "legal_duty",
        1,
        _("Is there a legal duty?"),
        _("Which law, and by when? Leave it empty if there is none."),
        "line",
    ),
    FormField(
        "goal",
        2,
        _("How does it support the goal, or why none?"),
        _("One sentence is enough. If it supports no goal: say why it should be done all the same."),
        minimum=True,
    ),
    FormField(
        "outside_plan",
        2,
        _("Is it outside the plan?"),
        _("Choose why where it must be done although no strategy or action plan says so."),
        "choice",
        late=True,
    ),
    FormField(
        "outside_reason",
        2,
        _("What happened, and why can it not wait for the next plan?"),
        _("Name the law, the incident or the decision."),
        late=True,
    ),
    FormField(
        "wanted",
        2,
        _("What do you want it to be like?"),
        _("What do people notice when it works?"),
    ),
    FormField(
        "consulted",
        2,
        _("Who has been involved?"),
        _("Users, union representatives, safety representatives. Say when."),
        material=False,
    ),
    FormField(
        "alt_zero",
        3,
        _("What if we change nothing, or only a little?"),
        _("Example: keep the key cabinet, but move it closer to the routes. Saves 10 detours a day, costs 40 000 kr."),
        late=True,
    ),
    FormField(
        "alt_existing",
        3,
        _("Can a system we have already be used?"),
        _("Name the system, and say what it can and cannot do. Ask its owner if you are not sure."),
        late=True,
    ),
    FormField(
        "alt_national",
        3,
        _("Is there a common solution for the whole country?"),
        _("Example: KS Fiks, Altinn, Helsenorge, DigiHelse. Say what you found, or that you found none."),
        late=True,
    ),
    FormField(
        "alt_cooperation",
        3,
        _("Can it be done together with others?"),
        _("A neighbour, the cooperation, the county. Example: Granlia has bought e-locks and can share the agreement."),
        late=True,
    ),
    FormField(
        "alt_chosen",
        3,
        _("Which do you believe in, and why?"),
        _("Two or three sentences. You need not be certain: the secretariat helps."),
        late=True,
    ),
    FormField(
        "drawbacks",
        4,
        _("Are there drawbacks?"),
        _("For whom, and how can they be reduced?"),
        group="benefits",
    ),
    FormField(
        "one_off_kr",
        5,
        _("One-off cost"),
        _("Purchase, set-up, training. Write 0 if there is none."),
        "kroner",
        minimum=True,
        group="costs",
        column=True,
    ),
    FormField(
        "annual_kr",
        5,
        _("Annual cost"),
        _("Licences and operation each year. Write 0 if there is none."),
        "kroner",
        minimum=True,
        group="costs",
        column=True,
    ),
    FormField(
        "zero_reason",
        5,
        _("Why does it cost nothing?"),
        _("Fill this in only when both costs are 0."),
        group="costs",
    ),
    FormField(
        "internal_hours",
        5,
        _("Internal hours"),
        _("Hours of our own people for the whole project."),
        "hours",
        group="costs",
        column=True,
    ),
    FormField(
        "uncertainty_percent",
        5,
        _("Uncertainty, plus or minus"),
        _("For example 20 per cent."),
        "percent",
        group="costs",
        column=True,
    ),
    FormField(
        "lifetime_years",
        5,
        _("Lifetime in years"),
        _("How long will the solution be used? Often 5."),
        "years",
        group="costs",
        column=True,
    ),
    FormField(
        "funding",
        5,
        _("Who pays?"),
        _("Own budget means money you already have."),
        "choice",
        group="costs",
        column=True,
    ),
    FormField(
        "years",
        5,
        _("Spread over the years"),
        _("Leave it as it is, or say year by year."),
        "years_table",
        group="costs",
        late=True,
    ),
    FormField(
        "start_wanted",
        8,
        _("When do you want to start?"),
        _("Day, month and year, like 15.01.2027."),
        "date",
        material=False,
    ),
    FormField(
        "end_wanted",
        8,
        _("When must it be in use?"),
        _("Day, month and year, like 31.08.2027."),
        "date",
        material=False,
    ),
    FormField(
        "why_then",
        8,
        _("Why just then?"),
        _(
            "An agreement that ends, a law, a school year, a building that opens. «As soon as possible» helps nobody rank."
        ),
        material=False,
    ),
    FormField(
        "dependencies",
        8,
        _("What does it depend on?"),
        _("Other initiatives, systems, agreements, decisions. Example: single sign-on must be in place first."),
        material=False,
    ),
    FormField(
        "resources",
        8,
        _("Who must take part in the work, and how much?"),
        _("Example: two nurses one day a week for three months, IT 40 hours."),
        material=False,
    ),
    FormField(
        "groups_changed",
        8,
        _("Who must work in a new way?"),
        _("Groups and about how many. Example: 60 in home care, 8 in the office. Who is positive, who is not?"),
        material=False,
    ),
    FormField(
        "question",
        9,
        _("What shall the council decide?"),
        _("Example: recommend that we buy a solution for electronic locks in 2027."),
        minimum=True,
    ),
)

BY_CODE: dict[str, FormField] = {f.code: f for f in FIELDS}

FUNDING: tuple[tuple[str, Promise], ...] = (
    ("own", _("Own budget")),
    ("new", _("New money in the budget")),
    ("grant", _("Grant")),
    ("fund", _("Fund")),
)
OUTSIDE_PLAN: tuple[tuple[str, Promise], ...] = (
    ("law", _("New law or regulation")),
    ("incident", _("Incident or serious fault")),
    ("state", _("Demand from the state or a supplier")),
    ("other", _("Something else")),
)
# What the choices that are no columns are called.
CHOICES: dict[str, dict[str, Promise]] = {"funding": dict(FUNDING), "outside_plan": dict(OUTSIDE_PLAN)}
FUNDING_CODES = frozenset(code for code, _label in FUNDING)

RESPONSIBLES: tuple[tuple[str, Promise, bool], ...] = (
    ("need_owner", _("Need owner"), True),
    ("lead", _("Initiative responsible"), True),
    ("project_owner", _("Proposed project owner"), False),
    ("project_manager", _("Proposed project manager"), False),
    ("benefit_responsible", _("Proposed benefit responsible"), False),
)

SCREEN = "screen_"
"""How the code of an answer to the check begins; the rest is the code of the question."""

ALTERNATIVE = "alternative_"
"""How the code of an alternative begins that is added freely; the rest is its number, from 1 to MAX_ALTERNATIVES."""
MAX_ALTERNATIVES = 20

MAX_TEXT = 8000
MAX_LINE = 200
MAX_YEARS = 20
YEAR_PARTS = ("one_off", "running", "hours", "gain")
