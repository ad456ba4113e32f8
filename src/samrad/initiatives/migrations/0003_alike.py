"""A need is found by the words of its title (core/migrations/0001_alike.py).

It may run on a database that has all of this already.
"""

from django.db import migrations

SQL = """
-- A draft is nobody else's to find; what others may reuse stands under house 0 as well.
create or replace function samrad_index_alike(one bigint) returns void language sql set search_path = public, pg_temp as $$
  select samrad_keep_words('initiative', i.id,
    case when i.stage < 1 then '{}'::bigint[] else array_remove(array[i.owner_id, i.shared_with_id,
      case when i.stage >= 2 and exists (select 1 from initiatives_reusemark r
        where r.initiative_id = i.id and r.undone_at is null) then 0 end], null) end,
    i.title)
  from initiatives_initiative i where i.id = one
$$;
create or replace function samrad_index_alike_title() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if new.stage >= 1 then perform samrad_index_alike(new.id); end if;
  return null;
end $$;
create or replace function samrad_index_alike_mark() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform samrad_index_alike(new.initiative_id);
  return null;
end $$;
create or replace trigger samrad_index_alike after insert or update of title, stage, shared_with_id
on initiatives_initiative for each row execute function samrad_index_alike_title();
create or replace trigger samrad_index_alike after insert or update of undone_at
on initiatives_reusemark for each row execute function samrad_index_alike_mark();
"""
UNDO = """
drop trigger if exists samrad_index_alike on initiatives_reusemark;
drop trigger if exists samrad_index_alike on initiatives_initiative;
drop function if exists samrad_index_alike_mark();
drop function if exists samrad_index_alike_title();
drop function if exists samrad_index_alike(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0002_search"), ("core", "0001_alike")]
    operations = [migrations.RunSQL(SQL, UNDO)]
