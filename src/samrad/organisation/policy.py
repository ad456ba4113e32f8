"""Who may change the organisation and exempt fields."""

from datetime import date

from django.utils.translation import gettext as _

from samrad.core.models import Owned
from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor, houses_of_account
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.queries import administered, holders

FIELD_GROUPS = ("need", "costs", "benefits", "assessment", "attachments")


def can_administer(by: Actor, entity_id: int | None = None) -> Verdict:
    """May this person set up entities, units, people and roles? The system itself may, when it is being set up.

    An administrator answers for the entity the role is held for, and of a cooperation for its members too.
    """
    if not by.is_person and by.entity_id is not None:
        return Verdict.yes()
    if by.holds("administrator") and (entity_id is None or entity_id in administered(by)):
        return Verdict.yes()
    return Verdict.no(_("Only an administrator can change the organisation. Ask yours."))


def can_end_role(by: Actor, given: RoleAssignment, *, on: date) -> Verdict:
    """May this role be ended? Not the last administrator's: then nobody could give the role again."""
    allowed = can_administer(by, given.owner_id)
    if allowed and given.role == "administrator" and by.is_person:
        others = holders("administrator", entity_id=given.entity_id, on=on).exclude(pk=given.person_id)
        if not others.exists():
            return Verdict.no(_("This is the last administrator. Give another person the role first."))
    return allowed


def can_end_person(by: Actor, person: Person, *, on: date) -> Verdict:
    """May this person be ended? Not oneself, and not the last administrator."""
    allowed = can_administer(by, person.owner_id)
    if allowed and by.person_id == person.pk:
        return Verdict.no(_("You cannot end yourself. Another administrator must do it."))
    for given in person.roles.filter(role="administrator"):
        if allowed and given.holds_on(on):
            allowed = can_end_role(by, given, on=on)
    return allowed


def can_make_link(by: Actor, person: Person) -> Verdict:
    """May a one-time link be made for this person?"""
    if person.account is None or not person.active:
        return Verdict.no(_("The person cannot sign in. Bring the person back first."))
    return can_administer(by, person.owner_id)


def can_hand_over_link(by: Actor, person: Person) -> Verdict:
    """May the administrator see the link, and hand it over? Not where it opens more than the administrator answers for.

    It is then only mailed to the person.
    """
    allowed = can_make_link(by, person)
    if not allowed or not by.is_person:
        return allowed
    mine = administered(by)
    elsewhere = set(houses_of_account(person.account_id or 0).values())
    elsewhere |= set(person.roles.values_list("entity_id", flat=True))
    if elsewhere <= mine:
        return allowed
    return Verdict.no(
        _("The person also has tasks for others than you answer for. So the link is only sent to the person by e-mail.")
    )


def can_exempt(by: Actor, house: Owned, *, involved: bool) -> Verdict:
    """May this person exempt fields? Those responsible for the initiative, the secretariat and the records manager."""
    if involved or by.may("initiatives.set_exemption", house.owner_id, house.shared_with_id):
        return Verdict.yes()
    return Verdict.no(
        _("Only those responsible for the initiative, the secretariat and the records manager can exempt fields.")
    )
