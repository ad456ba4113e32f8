"""Who may change the organisation and exempt fields."""

from django.utils.translation import gettext as _

from samrad.core.models import Owned
from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor

FIELD_GROUPS = ("need", "costs", "benefits", "assessment", "attachments")


def can_administer(by: Actor, entity_id: int | None = None) -> Verdict:
    """May this person set up entities, units, people and roles? The system itself may, when it is being set up."""
    if not by.is_person and by.entity_id is not None:
        return Verdict.yes()
    if by.holds("administrator"):
        entities = {h.entity_id for h in by.held if h.role == "administrator"}
        if entity_id is None or entity_id in entities or entities & set(by.entities):
            return Verdict.yes()
    return Verdict.no(_("Only an administrator can change the organisation. Ask yours."))


def can_exempt(by: Actor, house: Owned, *, involved: bool) -> Verdict:
    """May this person exempt fields? Those responsible for the initiative, the secretariat and the records manager."""
    if involved or by.may("initiatives.set_exemption", house.owner_id, house.shared_with_id):
        return Verdict.yes()
    return Verdict.no(
        _("Only those responsible for the initiative, the secretariat and the records manager can exempt fields.")
    )
