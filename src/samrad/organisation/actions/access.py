"""How people get in: signing in, one-time links, passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.acting import acting_for
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actions.entities import Message, notify
from samrad.organisation.actions.people import let_sign_in
from samrad.organisation.actors import Actor, houses_of_account, system_actor
from samrad.organisation.models import AccessLink, Account, Person, SignInAttempt
from samrad.organisation.policy import can_make_link

ATTEMPTS = 5
ATTEMPTS_WITHIN = timedelta(minutes=15)
ASKS = 3  # links one address may be sent in an hour …
ASKS_FROM_ONE_PLACE = 20  # … and asked for from one place
ASKS_WITHIN = timedelta(hours=1)
FIRST_LINK = timedelta(days=7)
LATER_LINK = timedelta(days=1)


def attempt_sign_in(*, email: str, password: str, address: str, at: datetime) -> Account | None:
    """Sign in with e-mail and password: the account, None where they do not match; Refused after too many failures.

    Nobody acts yet, so nothing is recorded but the failures that the rate limit counts.
    """
    key = f"{email.strip().lower()[:150]}|{address}"[:200]
    SignInAttempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
    failures = SignInAttempt.objects.filter(key=key, at__gt=at - ATTEMPTS_WITHIN)
    if failures.count() >= ATTEMPTS:
        raise Refused(
            _("There have been too many attempts to sign in with this e-mail. Wait 15 minutes, then try again.")
        )
    account = authenticate(email=email.strip().lower(), password=password)
    if not isinstance(account, Account):
        SignInAttempt.objects.create(key=key, at=at)
        return None
    failures.delete()
    return account


@transaction.atomic
def make_link(*, by: Actor, at: datetime, person: Person) -> AccessLink:
    """Make a one-time link with which a person chooses a password. It replaces the last one, and is mailed."""
    can_make_link(by, person).require()
    if person.account is None:
        person = let_sign_in(by=by, at=at, person_id=person.pk)
    person.links.filter(ended_at=None).update(ended_at=at)
    first = person.account is not None and not person.account.has_usable_password()
    link = AccessLink.objects.create(
        **house_of(person), person=person, made_at=at, expires_at=at + (FIRST_LINK if first else LATER_LINK)
    )
    record(events.AccessLinkMade(person_id=person.pk, link_id=link.pk), by=by, at=at, house=link)
    return link


def ask_for_link(*, email: str, address: str, at: datetime) -> None:
    """Have a link mailed to oneself after forgetting the password. The same answer whether the address is known."""
    asked = email.strip().lower()[:150]
    since = at - ASKS_WITHIN
    for key, most in ((f"ask|{asked}", ASKS), (f"ask-from|{address}"[:200], ASKS_FROM_ONE_PLACE)):
        if SignInAttempt.objects.filter(key=key, at__gt=since).count() >= most:
            raise Refused(_("There have been too many requests for a link. Wait an hour, then try again."))
        SignInAttempt.objects.create(key=key, at=at)
    account = Account.objects.filter(email=asked, is_active=True).first()
    persons = houses_of_account(account.pk) if account else {}
    if not persons:
        return
    person_id, entity_id = next(iter(persons.items()))
    by = system_actor(entity_id, on=localdate(at))
    with acting_for(by.entities):
        make_link(by=by, at=at, person=Person.objects.select_related("account").get(pk=person_id))


@transaction.atomic
def choose_password(*, by: Actor, at: datetime, link: AccessLink, password: str) -> Account:
    """Choose a password with a one-time link. The link is used up."""
    link = AccessLink.objects.select_for_update(of=("self",)).select_related("person__account").get(pk=link.pk)
    account = link.person.account
    if by.person_id != link.person_id or account is None or not link.open_on(at):
        raise Refused(_("The link has been used, or is too old. Ask the administrator where you work for a new one."))
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    _set(account, password)
    record(events.PasswordChosen(person_id=link.person_id), by=by, at=at, house=link)
    return account


def _set(account: Account, password: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def set_first_password(*, by: Actor, at: datetime, person: Person, password: str) -> None:
    """Give a person a password where Samråd is installed. Only the system may: whoever runs the machine."""
    if by.is_person or person.account is None:
        raise Refused(_("Only a person chooses their own password."))
    _set(person.account, password)
    record(events.PasswordChosen(person_id=person.pk), by=by, at=at, house=person)


@transaction.atomic
def change_password(*, by: Actor, at: datetime, account: Account, password: str) -> None:
    """Change one's own password. One is told, so that a change by somebody else is noticed."""
    person = Person.objects.get(pk=by.person)
    if person.account_id != account.pk:
        raise Refused(_("Only a person chooses their own password."))
    _set(account, password)
    person.links.filter(ended_at=None).update(ended_at=at)
    record(events.PasswordChanged(person_id=person.pk), by=by, at=at, house=person)
    message = Message(
        "organisation.password_changed",
        gettext_lazy("Your password was changed"),
        gettext_lazy("Was it not you? Tell the administrator where you work at once."),
        {},
    )
    notify(by=system_actor(person.owner_id, on=localdate(at)), at=at, house=person, people=[person], message=message)
