"""record(): the one way into the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from samrad.core.bulk import insert_all
from samrad.core.models import Owned
from samrad.eventlog.models import Event


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Base of every event: a small frozen record in the past tense. Fields are ids, codes and numbers only."""

    initiative_id: int | None = None
    case_id: int | None = None

    @classmethod
    def kind(cls) -> str:
        """«room.Name», as it stands in the log."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


Handler = Callable[[Any, Event], None]
_handlers: dict[type[Happened], list[Handler]] = defaultdict(list)


def when(event_type: type[Happened], handler: Handler) -> None:
    """Let `handler(event, logged)` follow from `event_type`, in the same transaction. Called in config/wiring.py only."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def handlers() -> dict[type[Happened], list[Handler]]:
    """What follows from what."""
    return dict(_handlers)


_PLAIN = (int, float, bool, str, type(None))
_MAX_CODE = 120


def _check_plain(name: str, value: Any) -> None:
    if isinstance(value, list | tuple):
        for item in value:
            _check_plain(name, item)
    elif not isinstance(value, _PLAIN) or (isinstance(value, str) and len(value) > _MAX_CODE):
        raise TypeError(f"{name} of an event must be an id, a code or a number, not {type(value).__name__}")


def record(
    event: Happened,
    *,
    by: Any,
    at: datetime,
    house: Owned | None = None,
    owner_id: int | None = None,
    shared_with_id: int | None = None,
    on_behalf_of: int | None = None,
) -> Event:
    """Write `event` to the log and let what is wired follow, in the transaction of the change itself.

    `house` is the row that changed: the event gets its owner and share. `by` is an Actor; `on_behalf_of` the id of the
    person whose answer was written down by another.
    """
    if house is not None:
        owner_id, shared_with_id = house.owner_id, house.shared_with_id
    if owner_id is None:
        raise TypeError("an event needs an owner")
    logged = _row(event, by=by, at=at, owner_id=owner_id, shared_with_id=shared_with_id)
    logged.on_behalf_of_id = on_behalf_of
    logged.save(force_insert=True)
    for handler in _handlers.get(type(event), []):
        handler(event, logged)
    return logged


def _row(event: Happened, *, by: Any, at: datetime, owner_id: int, shared_with_id: int | None) -> Event:
    """The event as it stands in the log, not yet written."""
    data = asdict(event)
    initiative_id, case_id = data.pop("initiative_id"), data.pop("case_id")
    for name, value in data.items():
        _check_plain(name, value)
    return Event(
        owner_id=owner_id,
        shared_with_id=shared_with_id,
        at=at,
        kind=event.kind(),
        by_person_id=by.person_id,
        initiative_id=initiative_id,
        case_id=case_id,
        data=data,
    )


def record_all(events: Sequence[tuple[Happened, Owned]], *, by: Any, at: datetime) -> list[Event]:
    """As record(), for many at once, each with the row that changed: one statement, and what is wired follows for each."""
    logged = insert_all(
        _row(event, by=by, at=at, owner_id=house.owner_id, shared_with_id=house.shared_with_id)
        for event, house in events
    )
    for (event, _house), row in zip(events, logged, strict=True):
        for handler in _handlers.get(type(event), []):
            handler(event, row)
    return logged
