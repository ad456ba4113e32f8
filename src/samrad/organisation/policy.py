"""Who may change the organisation and exempt fields."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.models import Owned
from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor, houses_of_account
from samrad.organisation.models import Entity, Membership, Person, RoleAssignment, Unit
from samrad.organisation.queries import administered, holders
from samrad.organisation.queries.units import below
from samrad.organisation.roles import WITH_STAND_IN

FIELD_GROUPS = ("need", "costs", "benefits", "assessment", "attachments")
GROUP_LABELS: dict[str, Promise] = {
    "need": gettext_lazy("The need"),
    "costs": gettext_lazy("Costs"),
    "benefits": gettext_lazy("Benefits"),
    "assessment": gettext_lazy("The assessment"),
    "attachments": gettext_lazy("Attachments"),
}


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
    if not person.active or not person.email:
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


def can_choose_stand_in(by: Actor, held: RoleAssignment) -> Verdict:
    """May this person choose who stands in for a role? The one who holds it, and the administrator."""
    if held.role not in WITH_STAND_IN:
        return Verdict.no(_("Nobody stands in for this role."))
    if held.stands_in_for_id is not None:
        return Verdict.no(_("A substitute cannot choose another. Ask the one you stand in for, or the administrator."))
    if by.is_person and by.person_id == held.person_id:
        return Verdict.yes()
    if can_administer(by, held.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the one who has the role and the administrator can choose a substitute."))


def can_end_stand_in(by: Actor, given: RoleAssignment) -> Verdict:
    """May this person end a substitute's time? The one stood in for, and the administrator."""
    if given.stands_in_for_id is None:
        return Verdict.no(_("This is no substitute."))
    if (by.is_person and by.person_id == given.stands_in_for_id) or can_administer(by, given.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the one who has the role and the administrator can choose a substitute."))


def stand_in_lacks(held: RoleAssignment, stand_in: Person, first_day: date, last_day: date) -> tuple[Lack, ...]:
    """What is wrong with a substitute's dates or person, each with its field."""
    found = []
    if stand_in.pk == held.person_id:
        found.append(Lack(_("Choose another than the one who is away."), "id_stand_in"))
    if last_day < first_day:
        found.append(Lack(_("The last day cannot be before the first."), "id_last_day"))
    if first_day < held.valid_from:
        found.append(Lack(_("The role itself begins after that."), "id_first_day"))
    if held.valid_to is not None and last_day > held.valid_to:
        found.append(Lack(_("The role itself ends before that."), "id_last_day"))
    return tuple(found)


def can_ask(cooperation: Entity, member: Entity, valid_from: date) -> Verdict:
    """May this municipality be a member of this cooperation from this day? Not where it is one then."""
    if cooperation.kind != Entity.Kind.COOPERATION or member.kind != Entity.Kind.MUNICIPALITY:
        return Verdict.no(_("Only a municipality can be a member of a cooperation."))
    for row in Membership.objects.filter(cooperation=cooperation, member=member):
        if row.valid_to is None or row.valid_to >= valid_from:
            return Verdict.no(_("The municipality is a member then already. Look at the dates in the list."))
    return Verdict.yes()


def can_answer_for(by: Actor, member_id: int) -> Verdict:
    """May this person say yes for a municipality? Only its own administrator: a cooperation does not join another for it."""
    if by.entity_id == member_id and (not by.is_person or by.holds("administrator", entity_id=member_id)):
        return Verdict.yes()
    return Verdict.no(_("Only the municipality's own administrator can answer."))


def can_leave(membership: Membership, last_day: date) -> Verdict:
    """May the membership end on this day? Not before it begins; and a last day that is set is not moved."""
    if membership.valid_to is not None:
        return Verdict.no(_("The membership has a last day already. Undo it first, or ask the municipality anew."))
    if last_day < membership.valid_from:
        return Verdict.no(_("The last day cannot be before the first."))
    return Verdict.yes()


def can_undo_membership(membership: Membership, *, on: date) -> Verdict:
    """May a joining or leaving be undone? Only before its day."""
    coming = membership.valid_from > on
    leaving = membership.valid_to is not None and membership.valid_to >= on
    if not coming and not leaving:
        return Verdict.no(_("The day has come, so this cannot be undone. Let the municipality join or leave anew."))
    later = Membership.objects.filter(
        cooperation_id=membership.cooperation_id, member_id=membership.member_id, valid_from__gt=membership.valid_from
    )
    if leaving and not coming and later.exists():
        return Verdict.no(_("The municipality joins again later. Undo that first."))
    return Verdict.yes()


def can_stand_under(unit: Unit, parent: Unit | None) -> Verdict:
    """May a unit stand under another? Not under itself, what is under it, or another organisation's."""
    if parent is None:
        return Verdict.yes()
    if parent.owner_id != unit.owner_id:
        return Verdict.no(_("Choose a sector or unit in the same organisation."))
    if parent.pk in below(unit):
        return Verdict.no(_("A unit cannot stand under itself."))
    return Verdict.yes()


def can_retire(unit: Unit, into: Unit | None, last_day: date) -> Verdict:
    """May a unit get this last day, and another take over? The other must be there after that."""
    if unit.valid_to is not None:
        return Verdict.no(_("The unit has a last day already."))
    if into is None:
        return Verdict.yes()
    if into.pk == unit.pk or into.owner_id != unit.owner_id:
        return Verdict.no(_("Choose another sector or unit in the same organisation."))
    if into.pk in below(unit):
        return Verdict.no(_("What stands under the unit cannot take it over. Move it first."))
    if into.valid_to is not None:
        return Verdict.no(_("The one that takes over is to be retired itself."))
    return Verdict.yes()
