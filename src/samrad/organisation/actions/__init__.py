"""What people do with the organisation: the house itself, its people, and how they get in."""

from samrad.organisation.actions.access import (
    ATTEMPTS,
    ATTEMPTS_WITHIN,
    ask_for_link,
    attempt_sign_in,
    change_password,
    choose_password,
    make_link,
    set_first_password,
)
from samrad.organisation.actions.entities import (
    Message,
    add_entity,
    add_unit,
    exempt_fields,
    join_cooperation,
    leave_cooperation,
    lift_exemption,
    notify,
    read_notifications,
    share_people,
)
from samrad.organisation.actions.people import (
    add_person,
    bring_back_person,
    change_person,
    end_person,
    end_role,
    give_role,
)
from samrad.organisation.actions.standing_in import choose_stand_in, end_stand_in
from samrad.organisation.actions.telling import choose_notices, make_letter

__all__ = [
    "ATTEMPTS",
    "ATTEMPTS_WITHIN",
    "Message",
    "add_entity",
    "add_person",
    "add_unit",
    "ask_for_link",
    "attempt_sign_in",
    "bring_back_person",
    "change_password",
    "change_person",
    "choose_notices",
    "choose_password",
    "choose_stand_in",
    "end_person",
    "end_role",
    "end_stand_in",
    "exempt_fields",
    "give_role",
    "join_cooperation",
    "leave_cooperation",
    "lift_exemption",
    "make_letter",
    "make_link",
    "notify",
    "read_notifications",
    "set_first_password",
    "share_people",
]
