"""What the administrator's log shows of the rooms that come after the organisation, by kind of event."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samrad.governance.models import Body, Field

KINDS: dict[str, Promise] = {
    "governance.FieldAdded": gettext_lazy("Professional field added"),
    "governance.FieldChanged": gettext_lazy("Professional field changed"),
    "governance.BodySetUp": gettext_lazy("Body set up"),
    "governance.BodyRenamed": gettext_lazy("Body renamed"),
    "governance.MandateAdopted": gettext_lazy("Mandate adopted"),
    "governance.MandateProposed": gettext_lazy("Mandate written, waits for one more"),
    "governance.MandateWithdrawn": gettext_lazy("Mandate withdrawn"),
    "governance.SeatGiven": gettext_lazy("Seat in a body given"),
    "governance.SeatEnded": gettext_lazy("Seat in a body ended"),
    "governance.RequirementAdopted": gettext_lazy("Minimum requirement adopted"),
    "governance.RequirementEnded": gettext_lazy("Minimum requirement switched off"),
    "governance.AdoptionRecorded": gettext_lazy("Adoption of a mandate recorded"),
    "governance.SeatChanged": gettext_lazy("Seat in a body changed"),
    "governance.SubmissionPolicyAdopted": gettext_lazy("Who may send in needs adopted"),
    "governance.RuleAdopted": gettext_lazy("Rule adopted"),
    "governance.RuleEnded": gettext_lazy("Rule switched off"),
    "governance.CriteriaAdopted": gettext_lazy("Criteria for scoring adopted"),
    "secretariat.AttemptRefused": gettext_lazy("IT staff tried to set a priority or to start without a decision"),
    "governance.SizeClassesAdopted": gettext_lazy("Size classes adopted"),
}
ABOUT: dict[str, type] = {"field_id": Field, "body_id": Body}
