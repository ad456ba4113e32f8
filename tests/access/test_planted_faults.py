"""When the code forgets, the database does not: planted faults that give a stranger nothing."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import DatabaseError, connection, connections, transaction
from pytest_django import Settings

from samrad.archive.models import Filing
from samrad.archive.tasks import sweep
from samrad.cases.models import Case
from samrad.core import acting
from samrad.core.acting import acting_for
from samrad.core.models import Owned
from samrad.core.rowsecurity import EXCEPTIONS, WINDOWS, owned_models
from samrad.organisation.models import Notification
from samrad.organisation.tasks import mail_sweep
from tests.access import planted
from tests.access.world import ANONYMOUS, World
from tests.architecture import tables

LINKS = list(planted.links())
LINK_IDS = [f"{model._meta.label}.{column}" for model, column, _target in LINKS]
MODELS = owned_models()
LABELS = [model._meta.label for model in MODELS]
NO_ONE_ACTS = "nobody acts"


@pytest.fixture
def forgetting(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.access.planted"


def shown(world: World, one: str) -> dict[str, set[int]]:
    """What the forgetful page shows one of them: for each table, whose rows."""
    page = world.client(one).get("/forgetful/").content.decode()
    found: dict[str, set[int]] = {}
    for line in page.splitlines():
        label, _pk, owner = line.split(":")
        found.setdefault(label, set()).add(int(owner))
    return found


@pytest.mark.usefixtures("forgetting")
def test_a_view_that_asks_nobody_gives_a_stranger_only_their_own_owners_rows(world: World) -> None:
    theirs = {world.line.entities[slug].pk for slug in ("annen", "annetsamarbeid")}
    for one in ("stranger", "stranger_leader"):
        found = shown(world, one)
        assert found and set().union(*found.values()) <= theirs
        assert "initiatives.Initiative" not in found
    assert shown(world, ANONYMOUS) == {}
    # and it does show them to those whose region it is
    assert world.line.entities["fjell"].pk in shown(world, "neighbour")["initiatives.Initiative"]


@pytest.mark.usefixtures("forgetting")
def test_a_view_that_changes_every_row_reaches_no_other_owners(world: World) -> None:
    with world.everywhere():
        shared = Case.objects.filter(shared_with__isnull=False).count()
    assert shared and world.client("stranger_leader").get("/tampering/").status_code == 200
    assert world.client(ANONYMOUS).get("/tampering/").content == b"0"
    with world.everywhere():
        assert Case.objects.filter(shared_with__isnull=False).count() == shared


def everything(function: typing.Any) -> typing.Any:
    """A `visible_to` that lets everyone see everything of its own kind."""
    name = function.__annotations__["return"].removeprefix("QuerySet[").removesuffix("]").split(",")[0]
    model = vars(sys.modules[function.__module__])[name]
    return lambda actor, *args: model._default_manager.all()


def test_without_any_visible_to_a_stranger_is_let_into_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every `visible_to` of the product is missing, and yet each address is as closed as before."""
    from tests.access.test_every_address import DOORS, address, lets_in

    forgotten = set()
    for module, name, function in planted.every_name_of("visible_to"):
        monkeypatch.setattr(module, name, everything(function))
        forgotten.add(function.__module__)
    assert len(forgotten) >= 9
    for one in ("stranger", "stranger_leader", ANONYMOUS):
        for name, each in DOORS:
            if one not in each.opens and any(value in world.objects for value in each.of.values()):
                url = address(world, name, each)
                with world.undone():
                    assert not lets_in(world.client(one).get(url)), (one, url)
    # and the page is open without them to one whom only they kept out
    draft = world.objects["draft"].pk
    assert world.client("neighbour").get(f"/overview/initiatives/{draft}/").status_code == 200


@pytest.fixture
def owners(world: World) -> tuple[int, int]:
    return world.line.entities["nes"].pk, world.line.entities["annen"].pk


@pytest.mark.parametrize(("model", "column", "target"), LINKS, ids=LINK_IDS)
def test_a_row_cannot_point_at_another_owners(
    owners: tuple[int, int], model: type[Owned], column: str, target: type[Owned]
) -> None:
    ours, theirs = owners
    with acting_for([theirs]):
        foreign = planted.plant(target, owner_id=theirs)
    with acting_for([ours]):
        own = planted.plant(target, owner_id=ours)
        planted.plant(model, owner_id=ours, **{column: own})
        with pytest.raises(DatabaseError, match="belongs to another owner"), transaction.atomic():
            planted.plant(model, owner_id=ours, **{column: foreign})


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_a_row_can_be_made_for_no_other_owner(owners: tuple[int, int], model: type[Owned]) -> None:
    ours, theirs = owners
    with acting_for([ours]):
        planted.plant(model, owner_id=ours)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            planted.plant(model, owner_id=theirs)


@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_a_table_shows_nothing_where_nobody_acts(owners: tuple[int, int], model: type[Owned]) -> None:
    ours, theirs = owners
    with acting_for([ours]):
        planted.plant(model, owner_id=ours)
        assert model._default_manager.exists()
    with acting_for([theirs]):
        assert not model._default_manager.filter(owner_id=ours).exists()
    with acting_for([]):
        assert not model._default_manager.exists()
    with pytest.raises(DatabaseError, match=NO_ONE_ACTS), transaction.atomic():
        model._default_manager.exists()


@pytest.fixture
def no_one_acts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever says for whom it acts is not heard."""
    monkeypatch.setattr(acting, "_literal", lambda entities: "{}")
    yield


@pytest.mark.usefixtures("no_one_acts")
def test_workers_that_act_for_nobody_do_nothing(world: World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sweep(0)
    mail_sweep(0)
    assert mail.outbox == []


def test_the_same_workers_have_something_to_do(world: World, settings: Settings) -> None:
    """What the test above shows would mean nothing, were there nothing to send."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with world.everywhere():
        waiting = Notification.objects.filter(mailed_at__isnull=True).count()
        assert waiting and Filing.objects.filter(state="queued").exists()
    mail_sweep(0)
    assert mail.outbox


def test_a_command_acts_only_where_the_person_belongs(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: typing.Any
) -> None:
    from argparse import Namespace

    from samrad.portfolio.commands import report_portfolio

    out = tmp_path / "rapport.json"
    asked = {"portfolio": world.objects["portfolio"].name, "out": out, "at": world.objects["report"].taken_at}
    for organisation in ("region", "annetsamarbeid"):
        email = world.line.people["stranger_leader"].email
        assert report_portfolio(Namespace(**asked, email=email, organisation=organisation)) == 1
    assert not out.exists()
    email = world.line.people["portfolio_manager"].email
    assert report_portfolio(Namespace(**asked, email=email, organisation="region")) == 0
    assert out.exists()


# What stands around the tables: the list that names them all, and the ways past row security.
OWNER = pytest.mark.django_db(databases=["default", "owner"])
PAST_ROW_SECURITY = {
    "samrad_same_house": "looks up the owner of what a new row points at, and answers only yes or no",
    "samrad_index_title": "writes the search index, which nobody else may",
    "samrad_search_titles": "reads the search index, and applies owner and share itself",
    "samrad_alike": "reads the words of what is alike, and applies owner and share itself",
    "samrad_index_alike_title": "writes the words of an initiative's title, which nobody else may",
    "samrad_index_alike_new": "writes the words of new initiatives' titles, which nobody else may",
    "samrad_index_alike_mark": "writes them again where an initiative is marked as reusable",
    "samrad_index_system": "writes the words of a system, which nobody else may",
    "samrad_index_idea": "writes the words of an idea, which nobody else may",
    "samrad_persons_of_account": "tells one who signs in which persons the account has",
}


@OWNER
@pytest.mark.parametrize(
    ("blunder", "table"),
    [
        ("create table planted (id bigint)", "planted"),
        ("create table planted (id bigint, owner_id bigint, shared_with_id bigint)", "planted"),
        ("create table planted (id bigint) partition by range (id)", "planted"),
        ("create view planted as select * from cases_case", "planted"),
        ("create materialized view planted as select * from cases_case", "planted"),
        ("create schema elsewhere; create table elsewhere.planted (id bigint)", "planted"),
    ],
)
def test_a_planted_table_without_a_policy_is_found(blunder: str, table: str) -> None:
    assert tables.unplaced_tables(tables.every_table(), tables.owned_tables(), set(EXCEPTIONS) | set(WINDOWS)) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute(blunder)
    assert tables.unplaced_tables(tables.every_table(), tables.owned_tables(), set(EXCEPTIONS) | set(WINDOWS)) == [
        table
    ]


@OWNER
@pytest.mark.parametrize(
    "blunder",
    [
        'create policy planted on "cases_case" using (true)',
        'create policy planted on "cases_case" for select to public using (true)',
        'alter policy samrad_owner on "cases_case" to public',
        'alter policy samrad_app on "cases_case" with check (true)',
    ],
)
def test_a_policy_that_opens_what_another_closes_is_found(blunder: str) -> None:
    assert tables.unsecured_tables({"cases_case"}) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute(blunder)
    assert tables.unsecured_tables({"cases_case"}) == ["cases_case"]


@OWNER
def test_only_named_functions_look_past_row_security() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select p.proname, array_to_string(p.proconfig, ',') from pg_proc p"
            " join pg_namespace n on n.oid = p.pronamespace"
            " where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')"
        )
        found = dict(cursor.fetchall())
    assert set(found) == set(PAST_ROW_SECURITY)
    assert all("search_path=public, pg_temp" in (config or "") for config in found.values()), found


@OWNER
def test_the_application_cannot_step_around_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and pg_has_role(current_user, c.relowner, 'member')"
        )
        assert cursor.fetchone() == (0,), "whoever owns a table decides over its policies"
    for statement in ('alter table "cases_case" disable row level security', "set session_replication_role = replica"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@OWNER
@pytest.mark.parametrize("model", MODELS, ids=LABELS)
def test_every_foreign_key_between_owners_is_guarded(model: type[Owned]) -> None:
    """PostgreSQL itself has a trigger for each, on insert and on update."""
    wanted = {f"house_{c}" for m, c, _target in LINKS if m is model}
    with connections["owner"].cursor() as cursor:
        cursor.execute("select tgname, tgenabled from pg_trigger where tgrelid = %s::regclass", [model._meta.db_table])
        standing = {name for name, enabled in cursor.fetchall() if enabled != "D"}
    assert wanted <= standing
