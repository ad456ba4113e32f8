"""The rows of the benchmark, written straight into a database of its own, past the actions and past row security.

They are copies of what the demo region's people have made by the product's own actions, so every column holds what it
would hold. Triggers are off while they are written; the search index is filled as its trigger would have filled it.
"""

from __future__ import annotations

from pathlib import Path

import psycopg

from samrad.core.embedded import DATABASE, socket_dir

WORDS = [
    "hjemmetjeneste",
    "medisindispenser",
    "skole",
    "byggesak",
    "arkiv",
    "vann",
    "lønn",
    "barnehage",
    "nettside",
    "tilsyn",
]  # a word stands in every tenth title
RARE = "kaiplass"  # and this one in twenty, however many there are

MODELS = """
create temporary table model on commit drop as
select row_number() over (order by id) - 1 as place, i.* from initiatives_initiative i
where reference like 'T-%%' and stage >= 2 and shared_with_id is not null order by id limit 5;
create temporary table people on commit drop as
select row_number() over (order by id) - 1 as place, id from organisation_person where name = 'Person'
  and shared_with_id = coalesce(%(share)s, (select shared_with_id from model limit 1));
create temporary table wanted on commit drop as
select n, nextval('initiatives_initiative_id_seq') as id, now() - (%(last)s - n) * interval '1 minute' as at,
  (%(words)s::text[])[1 + n %% 10] || case when %(owner)s::bigint is null and n between 400 and 419 then ' ' || %(rare)s
    else '' end || ' ' || n as title
from generate_series(%(first)s::int, %(last)s::int) n order by n;
"""
INITIATIVES = """
insert into initiatives_initiative (id, owner_id, shared_with_id, reference, title, title_sort, phase, status, stage,
  origin, source_id, classification, size, field_id, kostra_function, owning_sector_id, participant_ids, answers,
  one_off_kr, annual_kr, internal_hours, funding, created_by_id, created_at, updated_at, version)
select w.id, coalesce(%(owner)s, m.owner_id), coalesce(%(share)s, m.shared_with_id), 'B-' || w.n, w.title, w.title,
  m.phase, 'active', 3, 'form', '', 'development', 'small', m.field_id, '', m.owning_sector_id,
  case when %(owner)s is null then m.participant_ids else array[%(owner)s]::bigint[] end, m.answers, 100000, 50000, 40,
  'new', p.id, w.at, w.at, 1
from wanted w join model m on m.place = w.n %% 5 join people p on p.place = w.n %% (select count(*) from people)
order by w.id;
insert into initiatives_searchindex (initiative_id, title_text, title_grams)
select id, folded, samrad_grams(folded) || facets
from (select id, samrad_facets(i) as facets, samrad_fold(i.reference || ' ' || i.title) as folded
      from initiatives_initiative i join wanted using (id) order by id) f;
insert into initiatives_benefit (owner_id, shared_with_id, initiative_id, title, kind, budget_effect, recipient,
  kroner_a_year, hours_a_year, assumption, uncertainty, "order")
select i.owner_id, i.shared_with_id, i.id, 'Spart tid', 'saved_time', 'freed_time', 'municipality', 20000, 120, '', '', 0
from initiatives_initiative i join wanted using (id) order by i.id;
insert into initiatives_responsibility (owner_id, shared_with_id, initiative_id, person_id, kind)
select i.owner_id, i.shared_with_id, i.id, i.created_by_id, kind
from initiatives_initiative i join wanted using (id) cross join unnest(array['author', 'lead']) kind order by i.id;
"""
CASES = """
insert into cases_case (owner_id, shared_with_id, kind, state, initiative_id, routing_rule, gates, opened_at,
  state_since, archive_ref, version)
select i.owner_id, i.shared_with_id, 'submission', case when w.n <= 30 or w.n %% 200 = 0 then 'preparation' else 'approved' end,
  i.id, '', 'BP1', w.at, w.at, '', 1
from initiatives_initiative i join wanted w using (id) order by i.id;
insert into cases_task (owner_id, shared_with_id, kind, case_id, initiative_id, role, entity_id, due_date, opened_at)
select c.owner_id, c.shared_with_id, 'prepare', c.id, c.initiative_id, 'secretariat_member', c.shared_with_id,
  (w.at + interval '30 days')::date, w.at
from cases_case c join wanted w on w.id = c.initiative_id where w.n <= 30 or w.n %% 200 = 0;
insert into eventlog_event (owner_id, shared_with_id, at, kind, by_person_id, initiative_id, case_id, data)
select i.owner_id, i.shared_with_id, w.at, kind, i.created_by_id, i.id, null, '{}'::jsonb
from initiatives_initiative i join wanted w using (id)
cross join unnest(array['initiatives.DraftStarted', 'initiatives.ContentChanged', 'anchoring.Submitted']) kind;
"""
OTHERS = """
with town as (insert into organisation_entity (slug, name, kind, municipality_number, language)
    select 'town-' || n, 'Kommune ' || n, 'municipality', '', 'nb' from generate_series(1, %(n)s) n returning id, slug),
  house as (insert into organisation_entity (slug, name, kind, municipality_number, language)
    select 'house-' || n, 'Samarbeid ' || n, 'cooperation', '', 'nb' from generate_series(1, %(n)s) n
    returning id, slug),
  pair as (select t.id as town, h.id as house from town t join house h on substr(t.slug, 6) = substr(h.slug, 7)),
  member as (insert into organisation_membership (cooperation_id, member_id, valid_from)
    select house, town, '2025-01-01' from pair),
  person as (insert into organisation_person (owner_id, shared_with_id, name, title, email, language, active, version)
    select town, house, 'Person', '', '', 'nb', true, 0 from pair returning id, owner_id, shared_with_id)
select owner_id, shared_with_id from person order by id;
"""
PEOPLE = """
insert into organisation_person (owner_id, shared_with_id, name, title, email, language, active, version)
select member_id, cooperation_id, 'Person', '', '', 'nb', true, 0
from organisation_membership cross join generate_series(1, %(n)s / 6) where cooperation_id = %(house)s;
"""
PROJECTS = """
create temporary table chosen on commit drop as
select row_number() over (order by id) as n, id, owner_id, shared_with_id, created_by_id
from initiatives_initiative where reference like 'B-%%' and shared_with_id = %(house)s order by id limit %(n)s;
insert into portfolio_project (owner_id, shared_with_id, initiative_id, portfolio_id, project_owner_id,
  project_manager_id, benefit_responsible_id, owner_name, department, category, start_date, end_date, source_id,
  source_rating, source_fingerprint, texts, entered_at, updated_at, version)
select owner_id, shared_with_id, id, %(portfolio)s, created_by_id, created_by_id, created_by_id, '', '', '',
  '2026-01-01', '2027-12-31', '', '', '', '{}', now(), now(), 1 from chosen order by n;
insert into portfolio_projectamount (owner_id, shared_with_id, project_id, kind, value, currency, unit, price_base,
  unknown_reason, source_text)
select owner_id, shared_with_id, id, 'budget', 100000 + id, 'NOK', 1, '', '', '' from portfolio_project p
where initiative_id in (select id from chosen);
insert into portfolio_statusreport (owner_id, shared_with_id, project_id, period_start, period_end, state, change,
  change_text, computed, progress, economy, risk, resources, benefit, progress_text, economy_text, risk_text,
  resources_text, benefit_text, spent_kr, forecast_kr, reported_at, reported_by_id, version,
  hindered_text, driven_text)
select p.owner_id, p.shared_with_id, p.id, quarter, (quarter + interval '3 months' - interval '1 day')::date, 'published',
  '', '', '{}',
  light[1 + p.id %% 3], light[1 + p.id / 3 %% 3], light[1 + p.id / 9 %% 3], 'green', light[1 + p.id / 27 %% 3],
  'Går etter planen.', '', '', '', '', 40000, 100000 + p.id * 2, now(), p.project_manager_id, 1, '', ''
from portfolio_project p
cross join (select (date_trunc('quarter', now()) - q * interval '3 months')::date as quarter
            from generate_series(0, 3) q) past
cross join (select array['green', 'amber', 'red'] as light) l
where p.initiative_id in (select id from chosen) and p.id %% 10 <> 0;
"""


HISTORY = """
create temporary table ours on commit drop as
select p.id, p.owner_id, p.shared_with_id, p.initiative_id, p.project_manager_id, p.portfolio_id
from portfolio_project p where p.portfolio_id = %(portfolio)s;
delete from portfolio_statusreport where project_id in (select id from ours);
insert into portfolio_statusreport (owner_id, shared_with_id, project_id, period_start, period_end, state, progress,
  economy, risk, resources, benefit, change, progress_text, economy_text, risk_text, resources_text, benefit_text,
  change_text, computed, spent_kr, forecast_kr, reported_at, reported_by_id, version, hindered_text, driven_text)
select p.owner_id, p.shared_with_id, p.id, month, (month + interval '1 month' - interval '1 day')::date, 'published',
  light[1 + (p.id + m) %% 3], light[1 + (p.id / 3 + m) %% 3], light[1 + p.id / 9 %% 3], 'green', 'green', 'green',
  repeat('Går etter planen. ', 8), repeat('Som budsjettert. ', 6), '', '', '', '', '{}', 1000 * m, 100000 + p.id * 2,
  now() - (%(months)s - m) * interval '1 month', p.project_manager_id, 1, '', ''
from ours p
cross join (select m, (date_trunc('month', now()) - (%(months)s - m) * interval '1 month')::date as month
            from generate_series(1, %(months)s) m) past
cross join (select array['green', 'amber', 'red'] as light) l;
insert into portfolio_risk (owner_id, shared_with_id, portfolio_id, project_id, kind, title, cause, likelihood, impact,
  measure, likelihood_after, impact_after, changed_at, version)
select owner_id, shared_with_id, portfolio_id, id, 'risk', 'Leveransen blir forsinket ' || r, 'Få leverandører. ',
  1 + (id + r) %% 5, 1 + (id / 5 + r) %% 5, 'Vi følger opp hver uke.', 1 + (id + r) %% 4, 1 + (id / 4 + r) %% 4, now(), 1
from ours cross join generate_series(1, %(risks)s) r;
insert into initiatives_benefit (owner_id, shared_with_id, initiative_id, title, kind, budget_effect, recipient,
  kroner_a_year, hours_a_year, assumption, uncertainty, "order")
select owner_id, shared_with_id, initiative_id, 'Gevinst ' || b, 'saved_time', 'freed_time', 'municipality', 20000 + b, 120,
  '', '', b from ours cross join generate_series(2, %(benefits)s) b;
insert into portfolio_moneyline (owner_id, shared_with_id, project_id, year, kind, source, budget_kr, actual_kr, forecast_kr)
select owner_id, shared_with_id, id, extract(year from now())::int - y, 'running', 'own', 100000, 90000, 100000 + id
from ours cross join generate_series(-1, 4) y on conflict do nothing;
insert into portfolio_milestone (owner_id, shared_with_id, project_id, name, kind, due_date, reached_date)
select owner_id, shared_with_id, id, 'Milepæl ' || m, 'milestone', (now() + m * interval '2 months')::date, null
from ours cross join generate_series(1, 5) m;
insert into initiatives_goallink (owner_id, shared_with_id, initiative_id, goal_id)
select owner_id, shared_with_id, initiative_id, g.id from ours join lateral
  (select id from strategy_goal order by (id + ours.id) %% 7, id limit 2) g on true on conflict do nothing;
"""


def connect(data: Path, **options: object) -> psycopg.Connection:
    """The embedded server's own administrator: bound neither by row security nor by triggers."""
    return psycopg.connect(
        host=str(socket_dir(data)),
        user="samrad_bootstrap",
        dbname=DATABASE,
        cursor_factory=psycopg.ClientCursor,
        **options,  # type: ignore[arg-type]
    )


def _write(connection: psycopg.Connection, first: int, last: int, house: tuple[int, int] | None) -> None:
    owner, share = house or (None, None)
    values = {
        "first": first, "last": last, "words": WORDS, "rare": RARE, "owner": owner, "share": share
    }  # fmt: skip
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        for sql in (MODELS, INITIATIVES, CASES):
            connection.execute(sql, values)  # type: ignore[arg-type]


def initiatives(data: Path, *, first: int, last: int) -> None:
    """Initiatives of the region's municipalities, shared with the cooperation; the last was changed a minute ago."""
    with connect(data, autocommit=True) as connection:
        _write(connection, first, last, None)


def others(data: Path, *, cooperations: int, each: int) -> None:
    """Other cooperations, each with a municipality, one who works there and so many initiatives."""
    with connect(data, autocommit=True) as connection:
        houses = connection.execute(OTHERS, {"n": cooperations}).fetchall()  # type: ignore[arg-type]
        for house in houses:
            _write(connection, 1, each, house)


def people(data: Path, *, house: int, count: int) -> None:
    """Those who work in the cooperation's municipalities: the initiatives are spread over them."""
    with connect(data, autocommit=True) as connection:
        connection.execute(PEOPLE, {"house": house, "n": count})  # type: ignore[arg-type]


def projects(data: Path, *, portfolio: int, house: int, count: int) -> None:
    """So many projects with budgets; nine of ten have reported for four quarters."""
    with connect(data, autocommit=True) as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute(PROJECTS, {"portfolio": portfolio, "house": house, "n": count})  # type: ignore[arg-type]


def history(data: Path, *, portfolio: int, months: int, risks: int, benefits: int) -> None:
    """Years behind each project: a report a month, risks, benefits, money by year, milestones and goals."""
    values = {"portfolio": portfolio, "months": months, "risks": risks, "benefits": benefits}
    with connect(data, autocommit=True) as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute(HISTORY, values)  # type: ignore[arg-type]


RETITLE = """
create temporary table retitled on commit drop as
select i.id, t.title from (select id, row_number() over (order by id) as n from initiatives_initiative
  where reference like 'B-%%' and shared_with_id = %(house)s) i
join unnest(%(titles)s::text[]) with ordinality as t(title, n) using (n);
update initiatives_initiative i set title = r.title, title_sort = r.title from retitled r where r.id = i.id;
"""
CORPUS = """
insert into initiatives_initiative (owner_id, shared_with_id, reference, title, title_sort, phase, status, stage, origin,
  source_id, classification, size, kostra_function, participant_ids, answers, funding, created_by_id, created_at,
  updated_at, version)
select m.owner_id, m.shared_with_id, 'D-' || t.n, t.title, t.title, m.phase, 'active', 3, 'form', '', 'development', 'small',
  '', m.participant_ids, '{}', '', m.created_by_id, now(), now(), 1
from unnest(%(titles)s::text[]) with ordinality as t(title, n)
cross join (select * from initiatives_initiative where shared_with_id = %(house)s and reference like 'T-%%' order by id limit 1) m;
"""
# As samrad_keep_words does for one title, for all at once: each word is stemmed once, however many titles it stands in.
WORDS_KEPT = """
create temporary table title_token on commit drop as
select i.id, i.owner_id, w from initiatives_initiative i cross join lateral regexp_split_to_table(
  regexp_replace(lower(i.title), '\\m(e|i)-(?=[a-zæøå])', '\\1', 'g'), '[^a-zæøåäöéè0-9]+') w
where i.shared_with_id = %(house)s;
create temporary table token on commit drop as
select w, samrad_words(w) as stems from (select distinct w from title_token) t;
create temporary table title_word on commit drop as
select distinct t.id, t.owner_id, s as word from title_token t join token using (w) cross join unnest(stems) s;
delete from core_searchposting p using title_word t where p.kind = 'initiative' and p.object_id = t.id;
insert into core_searchposting (kind, house, word, object_id, words)
select 'initiative', h, t.word, t.id, n.words from title_word t
join (select id, count(*) as words from title_word group by id) n using (id)
cross join lateral (select t.owner_id as h union select %(house)s) houses on conflict do nothing;
insert into core_searchgram (gram, word)
select g, w from (select distinct word as w from title_word) t cross join lateral unnest(samrad_word_grams(w)) g
on conflict do nothing;
"""


def retitle(data: Path, *, house: int, titles: list[str], corpus: list[str]) -> int:
    """Give the cooperation's initiatives titles of ordinary words, put the corpus beside them; how many words there are."""
    values = {"house": house, "titles": titles}
    with connect(data, autocommit=True) as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute(RETITLE, values)  # type: ignore[arg-type]
        connection.execute(CORPUS, {**values, "titles": corpus})  # type: ignore[arg-type]
        connection.execute(WORDS_KEPT, values)  # type: ignore[arg-type]
        row = connection.execute("select count(distinct word) from core_searchposting").fetchone()
    assert row is not None
    return int(row[0])


ALONE = """
with town as (insert into organisation_entity (slug, name, kind, municipality_number, language)
    values ('alone', 'Alene kommune', 'municipality', '', 'nb') returning id),
  person as (insert into organisation_person (owner_id, name, title, email, language, active, version)
    select id, 'Person', '', '', 'nb', true, 0 from town returning id, owner_id)
insert into initiatives_initiative (owner_id, reference, title, title_sort, phase, status, stage, origin, source_id,
  classification, size, kostra_function, participant_ids, answers, funding, created_by_id, created_at, updated_at, version)
select p.owner_id, 'D-' || t.n, t.title, t.title, 'idea', 'active', 2, 'form', '', 'development', 'small', '', '{}', '{}', '',
  p.id, now(), now(), 1
from person p cross join unnest(%(titles)s::text[]) with ordinality as t(title, n) returning owner_id;
"""


def corpus_alone(data: Path, titles: list[str]) -> int:
    """The corpus as the initiatives of a municipality of its own; its id. The triggers index it, as in ordinary use."""
    with connect(data, autocommit=True) as connection:
        row = connection.execute(ALONE, {"titles": titles}).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return int(row[0])


def settle(data: Path) -> None:
    """Let the planner know what is there, as autovacuum would within the minute."""
    with connect(data, autocommit=True) as connection:
        connection.execute("vacuum analyze")
