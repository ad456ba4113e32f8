"""What is like what: titles found by their words, whatever their form (docs/adr/0008).

Each title is kept as the stems of its words. A question's words are held against every stem there is by the three-letter
parts they share, so that endings, compounds, nynorsk and misspellings do not hide a hit; the stems that are alike lead to
the titles. The tables have no grants: they are read only through samrad_alike(), which lets through what belongs to the
houses one acts for, and the answer is joined under row security once more.
"""

from django.db import migrations

SQL = r"""
create table core_searchposting (
  kind text not null, house bigint not null, word text not null, object_id bigint not null, words smallint not null,
  primary key (kind, house, word, object_id)
);
create index core_searchposting_object on core_searchposting (kind, object_id);
create table core_searchgram (gram text not null, word text not null, primary key (gram, word));

-- One word as its stem: nynorsk as bokmål, without endings, every doubled letter single.
create or replace function samrad_stem(value text) returns text language plpgsql immutable as $$
declare w text := value; before text;
begin
  w := replace(replace(replace(replace(w, 'é', 'e'), 'è', 'e'), 'ä', 'æ'), 'ö', 'ø');
  w := regexp_replace(w, '([a-zæøå])\1+', '\1', 'g');
  w := replace(w, 'trygleiksalarm', 'trygghetsalarm'); w := replace(w, 'trygleik', 'sikerhet');
  w := regexp_replace(w, 'leik(en|ar|ane)?$', 'het');
  w := replace(w, 'heim', 'hjem'); w := replace(w, 'tenest', 'tjenest'); w := replace(w, 'skule', 'skole');
  w := replace(w, 'skul', 'skol'); w := replace(w, 'sjuk', 'syk'); w := replace(w, 'vatn', 'van');
  w := regexp_replace(w, 'vas(?=mål|verk|lei|for|nyt)', 'van'); w := replace(w, 'eigedom', 'eiendom');
  w := replace(w, 'eigar', 'eier'); w := replace(w, 'rekneskap', 'regnskap'); w := replace(w, 'rekning', 'regning');
  w := replace(w, 'løysing', 'løsning'); w := replace(w, 'løys', 'løs');
  w := replace(w, 'følgj', 'følg'); w := replace(w, 'bygj', 'byg'); w := replace(w, 'verksemd', 'virksomhet');
  w := replace(w, 'tilset', 'ansat'); w := replace(w, 'sakshandsam', 'saksbehandl');
  w := replace(w, 'handsam', 'behandl'); w := replace(w, 'retlei', 'veiled'); w := replace(w, 'vegle', 'veile');
  w := replace(w, 'rein', 'ren'); w := replace(w, 'hald', 'hold'); w := replace(w, 'bustad', 'bolig');
  w := replace(w, 'frå', 'fra'); w := replace(w, 'straum', 'strøm'); w := replace(w, 'kyrkj', 'kirk');
  w := replace(w, 'sjølv', 'selv'); w := replace(w, 'løyv', 'bevilg'); w := replace(w, 'skriftleg', 'skriftlig');
  w := regexp_replace(w, '^veg(?=lys|net|vedl|er$|ar$|ane$|$)', 'vei'); w := replace(w, 'gjer', 'gjør');
  w := replace(w, 'undersøking', 'undersøkels'); w := replace(w, 'søkj', 'søk'); w := replace(w, 'samtykj', 'samtyk');
  w := replace(w, 'bebuar', 'beboer'); w := replace(w, 'buand', 'boend');
  w := regexp_replace(w, '^(.{3,}?)s?(system|løsning)(et|en|ene|ar|er|a)?$', '\1');  -- what a compound is about is its beginning
  for turn in 1..4 loop
    before := w;
    w := regexp_replace(w, '^(.{3,}?)(ingene|ingane|ingen|inga|inger|ingar|ningen|ning|ing|elsene|elsane|elsen|else|els|enes|anes|ene|ane|ens|ets|en|et|er|ar|or|a|e|s)$', '\1');
    exit when w = before;
  end loop;
  return regexp_replace(w, '([a-zæøå])\1+', '\1', 'g');
end $$;

-- The words of a text that say what it is about, each once.
create or replace function samrad_words(value text) returns text[] language sql immutable as $$
  select coalesce(array_agg(distinct stem order by stem), '{}') from (
    select samrad_stem(w) as stem from regexp_split_to_table(
      regexp_replace(lower(value), '\m(e|i)-(?=[a-zæøå])', '\1', 'g'), '[^a-zæøåäöéè0-9]+') as w
    where length(w) > 1 and not w = any(array[
      'og','i','for','til','av','med','på','det','den','de','som','en','et','ei','ein','eit','vi','å','kan','skal','har',
      'er','om','fra','frå','ved','du','jeg','eg','ikke','ikkje','må','at','så','når','eller','men','var','blir','vert',
      'ble','vart','vil','han','hun','ho','seg','sin','si','sitt','sine','vår','vårt','våre','dei','dem','hos','under',
      'over','etter','før','mot','mellom','uten','utan','ut','inn','opp','ned','også','bare','berre','alle','all','alt',
      'mange','flere','fleire','noen','nokon','noe','noko','hva','kva','hvor','kor','hvem','kven','der','her','då','da',
      'enn','slik','være','vere','bør','trenger','treng','ønsker','ønskjer','få','får','gi','gir','dette','disse','desse',
      'samme','same','rundt','lik','like','ha','vere','gjør','gjer','kommer','kjem','brukes','brukast'])) as stems
  where length(stem) > 1
$$;

-- What a word counts for: those that stand in every other title say little.
create or replace function samrad_word_weight(word text) returns real language sql immutable as $$
  select case when word = any(array['digital','digitaliser','ny','nyt','fel','felles','system','løs','løsn','komun','inør',
    'inføring','infør','anskaf','bruk','mobil','nye','nyte','elektronisk','elektron','tjenest','verktøy','prosjekt','tiltak',
    'ap','skjem','bedr','automatisk','oversikt','løning','avtal','plan','data','informasjon','område','samt','stor','små',
    'liten','god','bedre','met','gam','gamel','gaml']) then 0.3 when length(word) < 3 or word ~ '^\d+$' then 0.4
    else 1 end::real
$$;

-- The parts of three letters, the beginning and the end marked.
create or replace function samrad_word_grams(word text) returns text[] language sql immutable as $$
  select array_agg(distinct substr('^' || word || '$', i, 3)) from generate_series(1, length(word)) as i
$$;

create or replace function samrad_pairs(word text) returns text[] language sql immutable as $$
  select array_agg(distinct substr('^' || word || '$', i, 2)) from generate_series(1, length(word) + 1) as i
$$;

-- How like two stems are, 0 to 1: the same, one inside the other (compounds), a part in common, or misspelt.
create or replace function samrad_likeness(asked text, word text) returns real language plpgsql immutable as $$
declare
  a integer := length(asked); b integer := length(word); best real := 0; common integer; pairs integer; ours text[];
begin
  if asked = word then return 1; end if;
  if a >= 4 and position(asked in word) > 0 then
    best := case when left(word, a) = asked or right(word, a) = asked then 0.9 else 0.8 end;
  elsif a = 3 and (left(word, 3) = asked) then
    best := 0.5;
  elsif b >= 4 and position(word in asked) > 0 then
    best := 0.5 + 0.4 * b / a;
  elsif b = 3 and a > 4 and (left(asked, 3) = word or right(asked, 3) = word) then
    best := 0.5;
  end if;
  ours := samrad_pairs(asked);
  select count(*) into pairs from unnest(samrad_pairs(word)) p where p = any(ours);
  best := greatest(best, 0.95 * 2 * pairs / (cardinality(ours) + b + 1));
  ours := samrad_word_grams(asked);
  select count(*) into common from unnest(samrad_word_grams(word)) g where g = any(ours);
  if common >= 4 then
    best := greatest(best, 0.85 * common / least(a, b));
  end if;
  return best;
end $$;

-- Keep the words of one title, for the houses that may find it. Thousands may be kept in one transaction, with plans made
-- while the tables were empty: they must use the indexes all the same.
create or replace function samrad_keep_words(of_kind text, object bigint, houses bigint[], value text) returns void
language plpgsql set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  found text[] := case when cardinality(houses) > 0 then samrad_words(value) else '{}' end;
  gone text[];
begin
  with taken as (delete from core_searchposting where kind = of_kind and object_id = object returning word)
  select array_agg(distinct word) into gone from taken where not word = any(found);
  insert into core_searchposting (kind, house, word, object_id, words)
  select distinct of_kind, h, w, object, cardinality(found) from unnest(found) w cross join unnest(houses) h
  on conflict do nothing;
  insert into core_searchgram (gram, word)
  select g, w from unnest(found) w cross join lateral unnest(samrad_word_grams(w)) g
  where not exists (select 1 from core_searchgram k where k.word = w and k.gram = left('^' || w || '$', 3))
  order by g, w on conflict do nothing;
  delete from core_searchgram k using unnest(gone) w
  where k.gram = any(samrad_word_grams(w)) and k.word = w
    and not exists (select 1 from core_searchposting p where p.word = w);
end $$;

-- What is like a text: the ids of a kind, best first. `more` counts for less. `reusable`: what other houses have marked
-- for all, which stands under house 0. Each word leads to the newest of those that have it, at most 1500.
create or replace function samrad_alike(of_kind text, wanted text, more text, most integer, reusable boolean default false)
returns table (object_id bigint, score real) language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare mine bigint[] := samrad_entities()::bigint[]; houses bigint[] := case when reusable then '{0}' else mine end;
begin
  if cardinality(mine) = 0 then return; end if;
  return query
  with asked as materialized (
    select a.word, max(a.weight) as weight from (
      select w as word, samrad_word_weight(w) as weight from unnest(samrad_words(left(wanted, 400))) w
      union all
      select w, 0.3 * samrad_word_weight(w) from unnest(samrad_words(left(more, 1500))) w) a
    group by a.word order by max(a.weight) desc, length(a.word) desc limit 16
  ), grams as materialized (
    select a.word as asked, g as gram from asked a cross join lateral unnest(samrad_word_grams(a.word)) g
  ), near as materialized (
    select n.asked, n.word, samrad_likeness(n.asked, n.word) as alike from (
      select s.asked, s.word, row_number() over (partition by s.asked
        order by s.shared::real / least(length(s.asked), length(s.word)) desc, s.shared desc,
          abs(length(s.asked) - length(s.word))) as place
      from (select g.asked, k.word, count(*) as shared from grams g join core_searchgram k on k.gram = g.gram
            group by g.asked, k.word having count(*) >= least(2, length(g.asked) - 1)) s) n
    where n.place <= 40
  ), hits as materialized (
    select n.asked, n.word, n.alike, p.object_id as id, p.words, count(*) over (partition by n.asked, n.word) as uses
    from near n cross join lateral (
      select distinct q.object_id, q.words from core_searchposting q
      where q.kind = of_kind and q.house = any(houses) and q.word = n.word
      order by q.object_id desc limit 1500) p
    where n.alike >= 0.5
  ), best as (
    select h.id, h.asked, max(h.alike * h.alike * samrad_word_weight(h.word) / (1 + 0.25 * ln(h.uses))) as part,
      max(h.words) as words
    from hits h group by h.id, h.asked
  )
  select b.id, (sum(b.part * a.weight) / (1 + 0.03 * max(b.words)))::real
  from best b join asked a on a.word = b.asked
  group by b.id order by 2 desc, 1 desc limit most;
end $$;
"""

UNDO = """
drop function if exists samrad_alike(text, text, text, integer, boolean);
drop function if exists samrad_keep_words(text, bigint, bigint[], text);
drop function if exists samrad_likeness(text, text);
drop function if exists samrad_pairs(text);
drop function if exists samrad_word_grams(text);
drop function if exists samrad_word_weight(text);
drop function if exists samrad_words(text);
drop function if exists samrad_stem(text);
drop table if exists core_searchgram;
drop table if exists core_searchposting;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL, UNDO)]
