"""What the register said of a system stays said: its versions are only added to, whoever asks, in the database too."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from samrad.core.acting import acting_for
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.systems.actions import change_system, register_system
from samrad.systems.models import System, SystemVersion
from tests.access.planted import plant
from tests.anchoring.line import AT, ON, Line


def register(line: Line, **values: Any) -> System:
    home = line.entities["fjell"]
    with acting_for([home.pk, line.entities["region"].pk]):
        by, person = system_actor(home.pk, on=ON), line.people["proposer"]
        organisation.give_role(by=by, at=AT, person=person, role="administrator", valid_from=ON)
    with line.acting("proposer") as by:
        return register_system(by=by, at=AT, owner_id=home.pk, values={"name": "Profil", **values})


def stands(line: Line) -> list[tuple[int, Any]]:
    with acting_for([e.pk for e in line.entities.values()]):
        return list(SystemVersion.objects.order_by("pk").values_list("number", "content"))


def test_a_change_adds_a_version_and_leaves_the_one_before_it(line: Line) -> None:
    system = register(line, vendor="Visma")
    first = stands(line)
    with line.acting("proposer") as by:
        change_system(by=by, at=AT, system_id=system.pk, version=system.version, values={"vendor": "Tieto"})
    assert stands(line)[: len(first)] == first and len(stands(line)) > len(first)


@pytest.mark.parametrize("role", ["application", "owner"])
@pytest.mark.parametrize("do", ["update", "delete"])
def test_no_code_changes_or_removes_a_version(line: Line, role: str, do: str) -> None:
    """Planted straight in SQL, past every action: not even the one who owns the tables rewrites what was said."""
    system = register(line)
    before = stands(line)
    sql = {
        "update": "update systems_systemversion set content = '{}' where system_id = %s",
        "delete": "delete from systems_systemversion where system_id = %s",
    }
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with acting_for([system.owner_id]), refused, transaction.atomic(), connection.cursor() as cursor:
        if role == "owner":
            cursor.execute("reset role")
        cursor.execute(sql[do], [system.pk])
    assert stands(line) == before


def test_a_version_can_be_planted_only_for_a_system_of_the_same_house(line: Line) -> None:
    system = register(line)
    stranger = line.entities["annen"].pk
    columns = {"owner_id": stranger, "system_id": system.pk, "number": 99, "part": "system"}
    with acting_for([stranger]), pytest.raises(DatabaseError, match="another owner"), transaction.atomic():
        plant(SystemVersion, **columns)
    assert 99 not in [number for number, _content in stands(line)]
