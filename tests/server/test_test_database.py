"""The tests themselves run as the application, under row security, on a database of their own."""

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.organisation.actions import add_entity, add_unit
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit

pytestmark = pytest.mark.django_db


def test_tests_act_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        role, unbound = cursor.fetchone()
    assert role == connection.settings_dict["USER"] != connections["owner"].settings_dict["USER"]
    assert not unbound
    assert connection.settings_dict["NAME"].startswith("test_")


def test_another_owners_row_is_not_there_and_nobody_sees_nothing() -> None:
    setup, now = Actor(None, "Samråd", 0, ()), timezone.now()
    one = add_entity(by=setup, at=now, slug="en", name="En", kind="municipality")
    two = add_entity(by=setup, at=now, slug="to", name="To", kind="municipality")
    with acting_for([one.pk]):
        add_unit(by=setup, at=now, owner=one, name="Helse")
        assert Unit.objects.count() == 1
    with acting_for([two.pk]):
        assert Unit.objects.count() == 0
    with pytest.raises(DatabaseError, match="nobody acts"), transaction.atomic():
        Unit.objects.count()
