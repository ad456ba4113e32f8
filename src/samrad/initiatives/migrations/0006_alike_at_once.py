"""What is new is indexed once a statement, so that thousands can be taken in at once (docs/adr/0008)."""

from django.db import migrations

SQL = """
-- A new initiative has no mark for reuse yet, so nobody else finds it.
create or replace function samrad_index_alike_new() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  perform samrad_keep_new_words('initiative', array_agg(id), array_agg(owner_id), array_agg(shared_with_id), array_agg(title))
  from fresh where stage >= 1 having count(*) > 0;
  return null;
end $$;
drop trigger if exists samrad_index_alike on initiatives_initiative;
create trigger samrad_index_alike after update of title, stage, shared_with_id
on initiatives_initiative for each row execute function samrad_index_alike_title();
create trigger samrad_index_alike_new after insert on initiatives_initiative
referencing new table as fresh for each statement execute function samrad_index_alike_new();
"""
UNDO = """
drop trigger if exists samrad_index_alike_new on initiatives_initiative;
drop function if exists samrad_index_alike_new();
drop trigger if exists samrad_index_alike on initiatives_initiative;
create trigger samrad_index_alike after insert or update of title, stage, shared_with_id
on initiatives_initiative for each row execute function samrad_index_alike_title();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0005_reopened"), ("core", "0002_words_at_once")]
    operations = [migrations.RunSQL(SQL, UNDO)]
