"""What can have happened in the organisation."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Happened):
    """Someone was given a role."""

    person_id: int
    role: str
    entity_id: int


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Happened):
    """Someone was added to the register of people."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class EntityAdded(Happened):
    """A municipality or a cooperation was added."""

    entity_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipChanged(Happened):
    """A municipality joined or left a cooperation."""

    cooperation_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class UnitAdded(Happened):
    """A sector or unit was added."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class FieldsExempted(Happened):
    """A group of fields was exempted from public access."""

    field_group: str


@dataclass(frozen=True, kw_only=True)
class ExemptionLifted(Happened):
    """An exemption was lifted."""

    field_group: str


@dataclass(frozen=True, kw_only=True)
class Notified(Happened):
    """People were told of something."""

    message: str
    person_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NotificationsRead(Happened):
    """Someone read what they had been told."""

    count: int


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Happened):
    """A role got its last day."""

    person_id: int
    role: str
    entity_id: int


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Happened):
    """What is written about a person was changed."""

    person_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonEnded(Happened):
    """Someone left: can no longer sign in here, and holds no role from then on."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonReturned(Happened):
    """Someone who had left came back."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AccessLinkMade(Happened):
    """A one-time link to choose a password was made."""

    person_id: int
    link_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(Happened):
    """Someone chose a password with a one-time link, or was given one at the command line."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Happened):
    """Someone changed their own password."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleShared(Happened):
    """The people and units of a municipality were shared with a cooperation it joined."""

    cooperation_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class UnitChanged(Happened):
    """A sector or unit was renamed, moved, or got another substitute."""

    unit_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnitRetired(Happened):
    """A sector or unit got its last day, perhaps with another that takes over."""

    unit_id: int
    into_id: int | None


@dataclass(frozen=True, kw_only=True)
class UnitKept(Happened):
    """A sector or unit that was to be retired stays after all."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleMoved(Happened):
    """The people of a retired unit came to the one that took over."""

    unit_id: int
    into_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(Happened):
    """A cooperation asked a municipality to be a member."""

    cooperation_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipAnswered(Happened):
    """A municipality answered a cooperation that asked."""

    cooperation_id: int
    member_id: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class MembershipUndone(Happened):
    """A joining or leaving was undone before its date."""

    cooperation_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleUploaded(Happened):
    """A spreadsheet of people and units was uploaded, or its columns were corrected."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Happened):
    """People and units were brought in from a spreadsheet."""

    import_id: int | None
    imported: int
    updated: int
    unchanged: int
    refused: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class NoticesChosen(Happened):
    """Someone chose how to hear of things."""

    groups: tuple[str, ...]
    deliveries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LetterMade(Happened):
    """A person's weekly letter was put together."""

    letter_id: int
    person_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class StandInChosen(Happened):
    """Someone was chosen to stand in for another's role for a time."""

    person_id: int
    for_person_id: int
    role_id: int
