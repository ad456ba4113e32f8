"""The check (forms.md G.1, step 7): what is asked, and who is called when the answer is yes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from samrad.initiatives.content import SCREEN


@dataclass(frozen=True, kw_only=True)
class Question:
    """A yes-or-no question: who is called when it is yes, why, and by which law."""

    code: str
    text: Any
    help: Any
    reviewer: Any
    reason: Any
    law: Any = ""
    threshold_kr: Decimal | None = None
    high_risk: bool = False

    @property
    def field(self) -> str:
        """The code the answer is kept under."""
        return f"{SCREEN}{self.code}"


# What a house that has adopted nothing else asks. Adopted rows take their place (models/rules.py).
DEFAULT_QUESTIONS: tuple[Question, ...] = (
    Question(
        code="personal_data",
        text=_("Will it use personal data?"),
        help=_("Names, phone numbers, health, pupils' work, log-ins: anything that can be linked to a person."),
        reviewer=_("Data protection officer"),
        reason=_("The risk for those whose data it is must be considered before it starts, and perhaps a DPIA made."),
        law=_("GDPR articles 24, 32 and 35"),
    ),
    Question(
        code="ai",
        text=_("Does it use artificial intelligence?"),
        help=_(
            "Speech to text, suggestions, sorting, chat. Also where the supplier has put it into a system you have."
        ),
        reviewer=_("Adviser on artificial intelligence"),
        reason=_("How risky the use is, and what people must be told, depends on what it is used for."),
        law=_("The AI Act (EU 2024/1689), GDPR article 22"),
    ),
    Question(
        code="security",
        text=_("Would it harm people or society if it stopped or leaked?"),
        help=_("Example: alarms, water, the emergency number, child welfare records."),
        reviewer=_("Information security officer"),
        reason=_("What is critical needs a risk assessment, a plan for when it is down, and demands to the supplier."),
        law=_("GDPR article 32, the eGovernment regulations section 15, the Digital Security Act"),
        high_risk=True,
    ),
    Question(
        code="accessibility",
        text=_("Will residents or employees use a web page or an app?"),
        help=_("Also pages that are only for employees or pupils."),
        reviewer=_("Adviser on universal design"),
        reason=_("It must work for everyone from the first day, and you need a statement of accessibility."),
        law=_("The Equality and Anti-Discrimination Act section 18"),
    ),
    Question(
        code="procurement",
        text=_("Must something be bought?"),
        help=_("Licences and consultants too. What counts is the whole value, without VAT, over the agreement's life."),
        reviewer=_("Purchaser"),
        reason=_("The value decides how competition must be held, and it takes time: plan for it now."),
        law=_("The Public Procurement Act section 2 and regulations part I"),
        threshold_kr=Decimal(100_000),
    ),
    Question(
        code="archive",
        text=_("Will documents or case information be made or received in it?"),
        help=_("Applications, letters, messages with residents, assessments."),
        reviewer=_("Records manager"),
        reason=_("What must be kept must be filed, and it must be possible to take out when the system is closed."),
        law=_("The Archives Act sections 6 and 9"),
    ),
    Question(
        code="integrations",
        text=_("Must it exchange data with other systems?"),
        help=_("Example: log-in, the population register, the pay system, the electronic patient record."),
        reviewer=_("IT architect"),
        reason=_("Integrations often cost more than the licence, and the owners of the other systems must be asked."),
    ),
    Question(
        code="working_environment",
        text=_("Does it change how people work, or can it be used to monitor them?"),
        help=_("Position, log of actions, camera, time measurement, new shifts, fewer tasks."),
        reviewer=_("Safety representative and union representatives"),
        reason=_(
            "Control measures and new working methods must be discussed with the employees before they are decided."
        ),
        law=_("The Working Environment Act chapter 9 and section 4-2"),
    ),
    Question(
        code="climate",
        text=_("Does it clearly change driving, energy or the purchase of equipment?"),
        help=_("More or less: both count."),
        reviewer=_("Climate adviser"),
        reason=_("Climate and environment shall count in purchases, and the effect can be a benefit to write down."),
        law=_("The Public Procurement Act section 5"),
    ),
)
