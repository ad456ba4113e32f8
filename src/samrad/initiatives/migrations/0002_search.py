"""Search in titles under row security (the trigram recipe in docs/adr): the index keeps itself, the function guards it.

Row security would keep PostgreSQL from using a GIN index, so the index table has no grants and is read only through
a function that applies owner and share itself. What it finds is then joined under row security once more.
The search narrows as it looks: municipality, field, stage and phase stand in the index beside the trigrams. It looks
through the newest first, so that a common word is found without reading every hit.
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

create or replace function samrad_facets(i initiatives_initiative) returns text[] language sql immutable as $$
  select array['o:' || i.owner_id, 'm:' || i.owner_id, 's:' || i.stage, 'p:' || i.phase]
    || case when i.shared_with_id is null then '{}'::text[] else array['o:' || i.shared_with_id] end
    || case when i.field_id is null then '{}'::text[] else array['f:' || i.field_id] end
    || (select coalesce(array_agg('m:' || m), '{}') from unnest(i.participant_ids) as m)
$$;

create or replace function samrad_index_title() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare folded text := samrad_fold(new.reference || ' ' || new.title);
begin
  insert into initiatives_searchindex (initiative_id, title_text, title_grams)
  values (new.id, folded, samrad_grams(folded) || samrad_facets(new))
  on conflict (initiative_id) do update
  set title_text = excluded.title_text, title_grams = excluded.title_grams;
  return null;
end $$;

create trigger samrad_index_title
after insert or update of title, reference, shared_with_id, stage, phase, field_id, participant_ids
on initiatives_initiative for each row execute function samrad_index_title();


create index initiatives_search_grams on initiatives_searchindex using gin (title_grams);

-- The ids whose title holds the text: at most `most`, newest first. Fewer than three letters cannot use the index.
create function samrad_search_titles(wanted text, most integer, narrowed text[] default '{}') returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
declare
  folded text := samrad_fold(wanted);
  houses text[] := (select array_agg('o:' || e) from unnest(samrad_entities()::bigint[]) as e);
  newest bigint;
  hits integer := 0;
begin
  if length(folded) < 3 or houses is null then return; end if;
  if narrowed <> '{}' then
    return query
      select s.initiative_id from initiatives_searchindex s
      where s.title_grams && houses and s.title_grams @> (samrad_grams(folded) || narrowed)
        and position(folded in s.title_text) > 0
      order by s.initiative_id desc limit most;
    return;
  end if;
  select min(n.initiative_id) into newest from (
    select i.initiative_id from initiatives_searchindex i order by i.initiative_id desc limit least(most * 10, 5000)) n;
  return query
    select s.initiative_id from initiatives_searchindex s
    where s.initiative_id >= newest and s.title_grams && houses and position(folded in s.title_text) > 0
    order by s.initiative_id desc limit most;
  get diagnostics hits = row_count;
  if hits >= most then return; end if;
  return query
    select s.initiative_id from initiatives_searchindex s
    where s.initiative_id < newest and s.title_grams && houses and s.title_grams @> samrad_grams(folded)
      and position(folded in s.title_text) > 0
    order by s.initiative_id desc limit most - hits;
end $$;
"""

UNDO = """
drop trigger if exists samrad_index_title on initiatives_initiative;
drop function if exists samrad_index_title();
drop function if exists samrad_search_titles(text, integer, text[]);
drop function if exists samrad_facets(initiatives_initiative);
drop index if exists initiatives_search_grams;
drop function if exists samrad_grams(text);
drop function if exists samrad_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_squashed")]
    operations = [migrations.RunSQL(SQL, UNDO)]
