"""One transaction around each request, acting for the entities of the person who is signed in."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from samrad.core.acting import acting_for, set_entities
from samrad.organisation.actors import PUBLIC, Actor, actor_of, persons_of_account

GetResponse = Callable[[HttpRequest], HttpResponse]
PERSON_KEY = "person_id"


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
        set_entities(actor.entities)
        language = request.session.get("language") or actor.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return PUBLIC
    persons = dict(persons_of_account(request.user.pk))
    if not persons:
        return PUBLIC
    chosen = request.session.get(PERSON_KEY)
    person_id = chosen if chosen in persons else next(iter(persons))
    return actor_of(person_id, persons[person_id], on=timezone.localdate())


def actor(request: HttpRequest) -> Actor:
    """The person who is signed in, or PUBLIC."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found
