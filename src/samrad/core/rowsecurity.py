"""Row security, made from the models after every migration.

A table is either owned (a policy reads `owner_id` and `shared_with_id`) or a stated exception below. The application
role gets its grants in the same pass, so a table nobody has placed can be neither read nor written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

from samrad.core.models import Owned
from samrad.core.today import TODAY

# Tables without an owner, and why. Everything else must be Owned.
EXCEPTIONS: dict[str, str] = {
    "organisation_account": "signing in comes before anyone acts; holds no more than e-mail and password",
    "organisation_account_groups": "Django's; unused",
    "organisation_account_user_permissions": "Django's; unused",
    "organisation_signinattempt": "rate limit of sign-in, before anyone acts",
    "organisation_entity": "which municipalities and cooperations exist is public knowledge",
    "organisation_membership": "who is in which cooperation is public knowledge, and the policies read it",
    "organisation_membershiprequest": "that a cooperation asks a municipality is known to both, who see nothing of each other's yet",
    "core_searchposting": "no grants: read only through a function that applies the policy itself",
    "core_searchgram": "no grants: words alone, read only through that same function",
    "initiatives_searchindex": "no grants: read only through a function that applies the policy itself",
    "auth_group": "Django's; unused",
    "auth_group_permissions": "Django's; unused",
    "auth_permission": "Django's; holds names of code",
    "django_content_type": "Django's; holds names of code",
    "django_session": "Django's; keyed by a secret",
    "django_migrations": "Django's; the owner's",
    "procrastinate_jobs": "the queue; holds ids only",
    "procrastinate_events": "the queue; holds ids only",
    "procrastinate_periodic_defers": "the queue; holds ids only",
    "procrastinate_workers": "the queue; holds ids only",
}
NO_GRANTS = {"django_migrations", "initiatives_searchindex", "core_searchposting", "core_searchgram"}
APPEND_ONLY = {"council_minutescorrection", "eventlog_event", "secretariat_paperversion", "systems_systemversion"}


@dataclass(frozen=True)
class Window:
    """A view through which the application reads chosen columns of rows that row security hides from it.

    `tables` must stand before `sql`, a select, can be a view. The view reads as the owner and has a security barrier:
    what its own condition leaves out cannot be reached through it.
    """

    reason: str
    tables: frozenset[str]
    sql: str


WINDOWS: dict[str, Window] = {}
"""Every window there is, by the name of its view (docs/adr/0005); the room that owns it adds it when it is ready."""

FUNCTIONS = """
create or replace function samrad_entities() returns text language plpgsql stable as $$
declare value text := current_setting('samrad.entities', true);
begin
  if value is null or value = '' then
    raise exception 'samrad: nobody acts in this transaction' using errcode = 'insufficient_privilege';
  end if;
  return value;
end $$;

create or replace function samrad_same_house() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  parent_id bigint; parent_owner bigint; parent_share bigint;
begin
  parent_id := (to_jsonb(new) ->> tg_argv[0])::bigint;
  if parent_id is null then return new; end if;
  execute format('select owner_id, shared_with_id from %I where id = $1', tg_argv[1])
    into parent_owner, parent_share using parent_id;
  if parent_owner is null then return new; end if;  -- the foreign key itself answers
  if parent_owner = new.owner_id
     or parent_share = new.owner_id
     or parent_share = new.shared_with_id
     or parent_owner = new.shared_with_id then
    return new;
  end if;
  raise exception 'samrad: % of % belongs to another owner', tg_argv[0], tg_table_name
    using errcode = 'foreign_key_violation';
end $$;

create or replace function samrad_never() returns trigger language plpgsql as $$
begin
  raise exception 'samrad: % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create or replace function samrad_fixed_owner() returns trigger language plpgsql as $$
begin
  if new.owner_id is distinct from old.owner_id then
    raise exception 'samrad: the owner of a row in % never changes', tg_table_name
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""

# The scalar subselect is evaluated once a query; the cast must stand outside it.
VISIBLE = f"""(
  owner_id = any((select samrad_entities())::bigint[])
  or (shared_with_id = any((select samrad_entities())::bigint[])
      and (shared_with_id = owner_id or exists (
        select 1 from organisation_membership m
        where m.member_id = owner_id and m.cooperation_id = shared_with_id
          and m.valid_from <= {TODAY} and (m.valid_to is null or m.valid_to >= {TODAY}))))
)"""


def owned_models() -> list[type[Owned]]:
    """Every table of user data."""
    return [m for m in apps.get_models() if issubclass(m, Owned)]


def parents_of(model: type[models.Model]) -> Iterable[tuple[str, str]]:
    """The column and the parent table of each foreign key from an owned table to another."""
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(target, type) and issubclass(target, Owned):
            yield field.column, target._meta.db_table


def _secure_owned(cursor: CursorWrapper, model: type[Owned], app: str, owner: str) -> None:
    table = model._meta.db_table
    cursor.execute(f'alter table "{table}" enable row level security')
    cursor.execute(f'alter table "{table}" force row level security')
    cursor.execute(f'drop policy if exists samrad_app on "{table}"')
    cursor.execute(f'drop policy if exists samrad_owner on "{table}"')
    cursor.execute(f'create policy samrad_app on "{table}" to "{app}" using {VISIBLE} with check {VISIBLE}')
    cursor.execute(f'create policy samrad_owner on "{table}" to "{owner}" using (true) with check (true)')
    for column, parent in parents_of(model):
        cursor.execute(
            f'create or replace trigger "house_{column}" before insert or update of "{column}", owner_id, '
            f'shared_with_id on "{table}" for each row execute function samrad_same_house('
            f"'{column}', '{parent}')"
        )
    if table in APPEND_ONLY:
        cursor.execute(f'grant select, insert on "{table}" to "{app}"')
        cursor.execute(
            f'create or replace trigger samrad_never before update or delete on "{table}" '
            "for each row execute function samrad_never()"
        )
    else:
        cursor.execute(f'grant select, insert, update, delete on "{table}" to "{app}"')
        cursor.execute(
            f'create or replace trigger samrad_fixed_owner before update of owner_id on "{table}" '
            "for each row execute function samrad_fixed_owner()"
        )


def close_windows(using: str = "owner") -> None:
    """Take the views away before a migration: PostgreSQL changes no column that a view reads."""
    with connections[using].cursor() as cursor:
        for name in WINDOWS:
            cursor.execute(f'drop view if exists "{name}"')


def _open_windows(cursor: CursorWrapper, present: set[str], app: str) -> None:
    for name, window in WINDOWS.items():
        cursor.execute(f'drop view if exists "{name}"')
        if window.tables <= present:
            cursor.execute(f'create view "{name}" with (security_barrier = true) as {window.sql}')
            cursor.execute(f'grant select on "{name}" to "{app}"')


def secure(using: str = "owner") -> None:
    """Make policies, triggers and grants agree with the models. Idempotent; run after every migration."""
    connection = connections[using]
    app, owner = settings.APPLICATION_ROLE, connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(f'grant usage on schema public to "{app}"')
        cursor.execute(f'grant usage, select on all sequences in schema public to "{app}"')
        cursor.execute(f'grant execute on all functions in schema public to "{app}"')
        present = set(connection.introspection.table_names(cursor))
        for model in owned_models():
            if model._meta.db_table in present:
                _secure_owned(cursor, model, app, owner)
        for table in EXCEPTIONS:
            if table in present and table not in NO_GRANTS:
                cursor.execute(f'grant select, insert, update, delete on "{table}" to "{app}"')
        _open_windows(cursor, present, app)
