"""A migration may change any column: the windows are closed before it and opened after it."""

import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError

from samrad.core.rowsecurity import WINDOWS, close_windows, secure


def standing() -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select viewname from pg_views where schemaname = 'public'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(databases=["default", "owner"])
def test_migrating_closes_the_windows_and_opens_them_again() -> None:
    widen = "alter table initiatives_initiative alter column one_off_kr type numeric(16, 2)"
    with pytest.raises(DatabaseError, match="view"), transaction.atomic("owner"):
        connections["owner"].cursor().execute(widen)
    close_windows("owner")
    assert standing() == set()
    connections["owner"].cursor().execute(widen)
    secure("owner")
    assert standing() == set(WINDOWS)
    secure("owner")
    with connections["owner"].cursor() as cursor:
        cursor.execute("select has_table_privilege('samrad_app', 'overview_openness', 'select')")
        assert cursor.fetchone() == (True,)
