"""For which legal entities the current transaction may read and write: what row security asks for.

Nothing is visible unless `acting_for` is in force, in views, workers and commands alike. The set belongs to a
transaction, so it can never leak into the next request on the same connection.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "samrad.entities"


def _literal(entities: Iterable[int]) -> str:
    return "{" + ",".join(str(int(e)) for e in sorted(set(entities))) + "}"


def set_entities(entities: Iterable[int]) -> None:
    """Let the rest of the current transaction act for `entities` (ids of legal entities; none is the anonymous)."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, _literal(entities)])


def current_entities() -> tuple[int, ...] | None:
    """The ids in force, or None where nobody acts."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [SETTING])
        value = cursor.fetchone()[0]
    if not value:
        return None
    return tuple(int(part) for part in value.strip("{}").split(",") if part)


@contextmanager
def acting_for(entities: Iterable[int]) -> Iterator[None]:
    """One transaction in which row security lets these legal entities' rows through; the old set returns after it."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = None if outermost else current_entities()
        set_entities(entities)
        yield
        if outermost or connection.needs_rollback:
            return  # the end of the transaction is the end of the setting, and so is undoing it
        # A savepoint's release keeps local settings, so an enclosing transaction needs its own set back.
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config(%s, %s, true)",
                [SETTING, "" if before is None else _literal(before)],
            )
