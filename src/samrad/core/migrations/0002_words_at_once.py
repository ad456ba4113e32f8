"""The words of many titles at once: each word gets its stem once, however many titles it stands in (docs/adr/0008)."""

from django.db import migrations

SQL = r"""
-- The words of a text that say something, as they are written.
create or replace function samrad_split(value text) returns setof text language sql immutable as $$
  select w from regexp_split_to_table(
    regexp_replace(lower(value), '\m(e|i)-(?=[a-zæøå])', '\1', 'g'), '[^a-zæøåäöéè0-9]+') as w
  where length(w) > 1 and not w = any(array[
    'og','i','for','til','av','med','på','det','den','de','som','en','et','ei','ein','eit','vi','å','kan','skal','har',
    'er','om','fra','frå','ved','du','jeg','eg','ikke','ikkje','må','at','så','når','eller','men','var','blir','vert',
    'ble','vart','vil','han','hun','ho','seg','sin','si','sitt','sine','vår','vårt','våre','dei','dem','hos','under',
    'over','etter','før','mot','mellom','uten','utan','ut','inn','opp','ned','også','bare','berre','alle','all','alt',
    'mange','flere','fleire','noen','nokon','noe','noko','hva','kva','hvor','kor','hvem','kven','der','her','då','da',
    'enn','slik','være','vere','bør','trenger','treng','ønsker','ønskjer','få','får','gi','gir','dette','disse','desse',
    'samme','same','rundt','lik','like','ha','vere','gjør','gjer','kommer','kjem','brukes','brukast'])
$$;
create or replace function samrad_words(value text) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct stem order by stem), '{}')
  from (select samrad_stem(w) as stem from samrad_split(value) w) as stems where length(stem) > 1
$$;

-- Keep the words of titles that are kept for the first time, each for the house that owns it and the one it is shared with.
create or replace function samrad_keep_new_words(
  of_kind text, objects bigint[], owners bigint[], others bigint[], titles text[]) returns void
language sql set search_path = public, pg_temp as $$
  with given as materialized (
    select * from unnest(objects, owners, others, titles) as t (object, owner, other, title)),
  said as materialized (select g.object, w from given g cross join lateral samrad_split(g.title) w),
  stems as materialized (select w, samrad_stem(w) as stem from (select distinct w from said) each),
  fresh as materialized (
    select distinct said.object, stems.stem from said join stems using (w) where length(stems.stem) > 1),
  counted as (select object, count(*) as words from fresh group by object),
  posted as (
    insert into core_searchposting (kind, house, word, object_id, words)
    select distinct of_kind, h, f.stem, f.object, c.words
    from fresh f join counted c using (object) join given g using (object)
    cross join lateral unnest(array[g.owner, g.other]) h where h is not null
    on conflict do nothing)
  insert into core_searchgram (gram, word)
  select g, s.stem from (select distinct stem from fresh) s cross join lateral unnest(samrad_word_grams(s.stem)) g
  where not exists (select 1 from core_searchgram k where k.word = s.stem and k.gram = left('^' || s.stem || '$', 3))
  order by g, s.stem on conflict do nothing
$$;
"""
UNDO = "drop function if exists samrad_keep_new_words(text, bigint[], bigint[], bigint[], text[]);"


class Migration(migrations.Migration):
    dependencies = [("core", "0001_alike")]
    operations = [migrations.RunSQL(SQL, UNDO)]
