"""Search in titles under row security (the trigram recipe in docs/adr): the index keeps itself, the function guards it.

Row security would keep PostgreSQL from using a GIN index, so the index table has no grants and is read only through
a function that applies owner and share itself. What it finds is then joined under row security once more.
"""

from django.db import migrations

SQL = """
create or replace function samrad_fold(value text) returns text language sql immutable as $$
  select regexp_replace(lower(value), '\\s+', ' ', 'g')
$$;

create or replace function samrad_grams(value text) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct substr(value, i, 3)), '{}')
  from generate_series(1, greatest(length(value) - 2, 0)) as i
$$;

create or replace function samrad_index_title() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare folded text := samrad_fold(new.reference || ' ' || new.title);
begin
  insert into initiatives_searchindex (initiative_id, title_text, title_grams)
  values (new.id, folded, samrad_grams(folded)
          || ('o:' || new.owner_id)
          || case when new.shared_with_id is null then '{}'::text[] else array['o:' || new.shared_with_id] end)
  on conflict (initiative_id) do update
  set title_text = excluded.title_text, title_grams = excluded.title_grams;
  return null;
end $$;

create trigger samrad_index_title after insert or update of title, reference, shared_with_id
on initiatives_initiative for each row execute function samrad_index_title();

create index initiatives_search_grams on initiatives_searchindex using gin (title_grams);

-- The ids whose title holds the text: at most `most`, newest first. Fewer than three letters cannot use the index.
create or replace function samrad_search_titles(wanted text, most integer) returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
declare
  folded text := samrad_fold(wanted);
  houses text[] := (select array_agg('o:' || e) from unnest(samrad_entities()::bigint[]) as e);
begin
  if length(folded) < 3 or houses is null then return; end if;
  return query
    select s.initiative_id from initiatives_searchindex s
    where s.title_grams && houses and s.title_grams @> samrad_grams(folded) and position(folded in s.title_text) > 0
    order by s.initiative_id desc limit most;
end $$;

insert into initiatives_searchindex (initiative_id, title_text, title_grams)
select id, samrad_fold(reference || ' ' || title), samrad_grams(samrad_fold(reference || ' ' || title))
       || ('o:' || owner_id)
       || case when shared_with_id is null then '{}'::text[] else array['o:' || shared_with_id] end
from initiatives_initiative on conflict do nothing;
"""

UNDO = """
drop trigger if exists samrad_index_title on initiatives_initiative;
drop function if exists samrad_index_title();
drop function if exists samrad_search_titles(text, integer);
drop index if exists initiatives_search_grams;
drop function if exists samrad_grams(text);
drop function if exists samrad_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
