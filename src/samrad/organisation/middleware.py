"""One transaction around each request, acting for the entities of the person who is signed in."""

from collections.abc import Callable

from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from samrad.core.acting import acting_for, set_entities
from samrad.organisation.actors import PUBLIC, Actor, acting_actor, persons_of_account, with_persons
from samrad.organisation.models import Account

GetResponse = Callable[[HttpRequest], HttpResponse]
PERSON_KEY = "person_id"


class AccountBackend(ModelBackend):
    """Django's own, except that the account comes with its persons: who is signed in is asked on every page."""

    def get_user(self, user_id: int) -> Account | None:
        account = with_persons(on=timezone.localdate()).filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None


class ActingMiddleware:
    """Opens the transaction, first as the anonymous visitor; undoes it on an exception and on any status from 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_for([]):
            response = self.get_response(request)
            if response.streaming:
                raise RuntimeError("a streaming response would read outside its transaction and see nothing")
            if response.status_code >= 500 or getattr(request, "failed", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # Refusals become ordinary pages further out, but what was half done must go.
        request.failed = True  # type: ignore[attr-defined]


class PersonMiddleware:
    """Puts `request.actor` on the request and lets the transaction act for that person's entities."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = _actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        language = request.session.get("language") or actor.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def _actor(request: HttpRequest) -> Actor:
    """Who is signed in; from here on the transaction acts for that person's entities."""
    if not isinstance(request.user, Account):
        return PUBLIC
    today = timezone.localdate()
    persons = persons_of_account(request.user, on=today)
    if not persons:
        return PUBLIC
    chosen = request.session.get(PERSON_KEY)
    person_id = chosen if chosen in persons else next(iter(persons))
    set_entities(persons[person_id])
    return acting_actor(person_id, persons[person_id], on=today)


def actor(request: HttpRequest) -> Actor:
    """The person who is signed in, or PUBLIC."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found
