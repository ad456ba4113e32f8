"""A system is found by the words of its name, what it is used for and its service (core/migrations/0001_alike.py)."""

from django.db import migrations

SQL = """
create or replace function samrad_index_system() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform samrad_keep_words('system', new.id, array_remove(array[new.owner_id, new.shared_with_id], null),
                            new.name || ' ' || new.service || ' ' || left(new.description, 300));
  return null;
end $$;
create trigger samrad_index_system after insert or update of name, service, description, shared_with_id
on systems_system for each row execute function samrad_index_system();
"""
UNDO = """
drop trigger if exists samrad_index_system on systems_system;
drop function if exists samrad_index_system();
"""


class Migration(migrations.Migration):
    dependencies = [("systems", "0001_squashed"), ("core", "0001_alike")]
    operations = [migrations.RunSQL(SQL, UNDO)]
