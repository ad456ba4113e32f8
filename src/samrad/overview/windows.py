"""The ways past row security, and all they let through (flow.md D.6; why: docs/adr/0005).

What the public and other cooperations see is decided here and nowhere else: each window names its rows and columns, and
the application has no other way to them. Exempt groups are empty in all, and no column holds a person; a document that an
officer has published names those who act in office in it.
"""

from __future__ import annotations

from samrad.core.rowsecurity import VISIBLE, Window
from samrad.core.today import TODAY
from samrad.governance.models import OpenPart

# A house opens what every mandate of a council that is in force there opens; no mandate, nothing.
OPENNESS = f"""
select house_id, max(since) as since,
  coalesce(array_agg(part) filter (where in_submitted), '{{}}') as submitted,
  coalesce(array_agg(part) filter (where in_decided), '{{}}') as decided
from (
  select b.owner_id as house_id, part, max(m.valid_from) as since,
    bool_and(part = any(m.open_submitted::text[])) as in_submitted,
    bool_and(part = any(m.open_decided::text[])) as in_decided
  from governance_mandate m
  join governance_body b on b.id = m.body_id and b.kind = 'council'
  cross join unnest(array[{", ".join(f"'{part}'" for part in OpenPart.values)}]) as part
  where m.valid_from <= {TODAY} and (m.valid_to is null or m.valid_to >= {TODAY})
  group by b.owner_id, part
) as parts
group by house_id
having bool_or(part = 'title' and (in_submitted or in_decided))
"""

_SHARED = f"""i.shared_with_id is not null and (i.shared_with_id = i.owner_id or exists (
  select 1 from organisation_membership m
  where m.member_id = i.owner_id and m.cooperation_id = i.shared_with_id
    and m.valid_from <= {TODAY} and (m.valid_to is null or m.valid_to >= {TODAY})))"""

# Whose council treats it: the cooperation's while it is shared with one, else the owner's own.
_PLACED = f"""(
  select i.*, i.shared_with_id as house_id from initiatives_initiative i where {_SHARED}
  union all
  select i.*, i.owner_id as house_id from initiatives_initiative i where not ({_SHARED})
)"""

_STANDING = f"x.initiative_id = i.id and x.lifted_at is null and (x.until is null or x.until >= {TODAY})"
_EXEMPT = f"(select jsonb_object_agg(x.field_group, x.legal_basis) from organisation_exemption x where {_STANDING})"


def _not_exempt(group: str = "") -> str:
    """Nothing (or nothing of this group) is exempt today."""
    of = f" and x.field_group = '{group}'" if group else ""
    return f"not exists (select 1 from organisation_exemption x where {_STANDING}{of})"


# The case that is open, else the newest: the same as overview/standing.py.
_STATE = """(select c.state from cases_case c where c.initiative_id = i.id and c.kind = 'submission'
  order by (c.closed_at is null) desc, c.id desc limit 1)"""
_BENEFIT = "from initiatives_benefit b where b.initiative_id = i.id and b.removed_at is null"
_BENEFITS = f"""(select coalesce(jsonb_agg(jsonb_build_object('title', b.title, 'kind', b.kind, 'recipient', b.recipient,
  'kroner', b.kroner_a_year, 'hours', b.hours_a_year) order by b."order", b.id), '[]') {_BENEFIT})"""
NEED = ("problem", "if_nothing", "affected", "legal_duty", "goal", "wanted", "question")
"""The texts of the need that can be open. Who has been consulted is left out: it names people."""
_NEED = ", ".join(f"'{code}', i.answers ->> '{code}'" for code in NEED)


def _when(part: str, value: str, group: str = "") -> str:
    """The value where the mandate opens the part and the group is not exempt."""
    return f"case when '{part}' = any(p.parts) and {_not_exempt(group or part)} then {value} end"


# A recommendation's and a decision's words may tell what is exempt, so they are shown only where nothing is.
_FREE = _not_exempt()
_RECOMMENDATIONS = f"""(select coalesce(jsonb_agg(jsonb_build_object('body', b.name, 'outcome', r.outcome,
  'made_at', r.made_at, 'text', case when {_FREE} then r.text end, 'reason', case when {_FREE} then r.reason end)
  order by r.made_at), '[]') from cases_recommendation r
  join cases_case c on c.id = r.case_id and c.initiative_id = i.id and c.kind = 'submission'
  join governance_body b on b.id = r.body_id)"""
_DECISIONS = f"""(select coalesce(jsonb_agg(jsonb_build_object('municipality', e.name, 'outcome', d.outcome,
  'decided_at', d.decided_at, 'text', case when {_FREE} then d.text end,
  'amount', {_when("costs", "d.amount_kr")}) order by e.name), '[]')
  from cases_decision d join cases_case c on c.id = d.case_id and c.initiative_id = i.id and c.kind = 'submission'
  join organisation_entity e on e.id = d.municipality_id where d.outcome <> '')"""
_PROGRESS = """(select jsonb_build_object('start', j.start_date, 'end', j.end_date, 'lights', (
    select jsonb_build_object('progress', s.progress, 'economy', s.economy, 'risk', s.risk,
      'resources', s.resources, 'benefit', s.benefit, 'reported_at', s.reported_at)
    from portfolio_statusreport s where s.project_id = j.id and s.state = 'published' and s.series_id is null
      order by s.period_start desc limit 1))
  from portfolio_project j where j.initiative_id = i.id)"""

PUBLIC = f"""
select i.id, i.house_id, i.owner_id, i.participant_ids, i.reference, i.title, i.title_sort,
  f.name as field_name, i.stage, {_STATE} as state, coalesce(i.decided_at, i.submitted_at, i.created_at) as since,
  p.parts, {_EXEMPT} as exempt,
  {_when("need", f"jsonb_build_object({_NEED})")} as need,
  {_when("benefits", _BENEFITS)} as benefits,
  {_when("benefits", f"(select sum(b.kroner_a_year) {_BENEFIT})")} as benefit_kr,
  {_when("benefits", f"(select sum(b.hours_a_year) {_BENEFIT})")} as benefit_hours,
  {_when("benefits", "i.answers ->> 'drawbacks'")} as drawbacks,
  {_when("costs", "i.one_off_kr")} as one_off_kr,
  {_when("costs", "i.annual_kr")} as annual_kr,
  {_when("costs", "i.internal_hours")} as internal_hours,
  case when 'treatment' = any(p.parts) then {_RECOMMENDATIONS} end as recommendations,
  case when 'treatment' = any(p.parts) then {_DECISIONS} end as decisions,
  case when 'progress' = any(p.parts) then {_PROGRESS} end as progress,
  (select c.source_id from initiatives_copymark c where c.initiative_id = i.id) as built_on
from {_PLACED} as i
join ({OPENNESS}) as o on o.house_id = i.house_id
cross join lateral (select case when i.stage >= 3 then o.decided else o.submitted end as parts) as p
left join governance_field f on f.id = i.field_id
where i.stage >= 2 and 'title' = any(p.parts)
"""

# For whoever acts for some entity, of what that entity does not reach by row security: title, field, benefit, cost, result.
_MINE = VISIBLE.replace("owner_id", "i.owner_id").replace("shared_with_id", "i.shared_with_id").replace("m.i.", "m.")
REUSABLE = f"""
select i.id, h.name as house_name, i.title, i.title_sort, f.name as field_name, r.marked_at as since,
  {_EXEMPT} as exempt,
  case when {_not_exempt("benefits")} then {_BENEFITS} end as benefits,
  case when {_not_exempt("benefits")} then (select sum(b.kroner_a_year) {_BENEFIT}) end as benefit_kr,
  case when {_not_exempt("benefits")} then (select sum(b.hours_a_year) {_BENEFIT}) end as benefit_hours,
  case when {_not_exempt("costs")} then i.one_off_kr end as one_off_kr,
  case when {_not_exempt("costs")} then i.annual_kr end as annual_kr,
  case when {_not_exempt("costs")} then i.internal_hours end as internal_hours,
  {_STATE} as state, i.stage, i.phase, r.result
from initiatives_reusemark r
join initiatives_initiative i on i.id = r.initiative_id
join organisation_entity h on h.id = coalesce(i.shared_with_id, i.owner_id)
left join governance_field f on f.id = i.field_id
where r.undone_at is null and i.stage >= 2
  and cardinality((select samrad_entities())::bigint[]) > 0 and not {_MINE}
"""

# --- Meetings and their published documents.

# A body whose mandate in force says that anyone may attend.
OPEN_BODIES = f"""
select distinct b.id, b.owner_id as house_id, b.name
from governance_body b join governance_mandate m on m.body_id = b.id
where m.open_to_public and m.valid_from <= {TODAY} and (m.valid_to is null or m.valid_to >= {TODAY})
"""

OPEN_MEETINGS = f"""
select m.id, b.house_id, b.id as body_id, b.name as body_name, m.number, m.year, m.starts_at, m.ends_at, m.place,
  m.state, m.calendar_uid, m.calendar_sequence + coalesce(c.sequence, 0) as calendar_sequence
from council_meeting m join ({OPEN_BODIES}) as b on b.id = m.body_id
left join governance_plannedmeeting c on c.id = m.planned_id
where m.state <> 'cancelled' or m.notice_sent_at is not null
"""

# What stands published: to everyone where the body is open today, else to people of the house. A closed item's paper, never.
_HOUSE = VISIBLE.replace("owner_id", "p.owner_id").replace("shared_with_id", "p.shared_with_id").replace("m.p.", "m.")
PUBLISHED = f"""
select p.id, p.meeting_id, m.owner_id as house_id, p.kind, p.audience, p.title, p.facts, p.language, p.published_at,
  b.name as body_name, m.number, m.year, i.number as item_number, c.initiative_id
from council_publication p
join council_meeting m on m.id = p.meeting_id
join governance_body b on b.id = m.body_id
left join council_agendaitem i on i.id = p.item_id
left join cases_case c on c.id = i.case_id
where p.ended_at is null and (i.id is null or i.closed_basis = '')
  and ((p.audience = 'public' and m.body_id in (select o.id from ({OPEN_BODIES}) as o)) or {_HOUSE})
"""

# Part by part: of a closed item only its number, a neutral title and the law; of what is exempt the law alone.
_BASIS = f"""(select string_agg(distinct x.legal_basis, ', ') from organisation_exemption x
  where (x.initiative_id = q.initiative_id or x.initiative_id in (
      select l.initiative_id from cases_caseinitiative l where l.case_id = i.case_id)) and x.lifted_at is null and (x.until is null or x.until >= {TODAY})
    and ('any' = any(q.field_groups) or x.field_group = any(q.field_groups)))"""
PARTS = f"""
select q.id, q.publication_id, q."order", q.item_id, q.label, q.level, w.closed, w.basis,
  case when w.closed then i.open_title else q.heading end as heading,
  case when w.basis is null then q.blocks end as blocks,
  case when w.basis is null then (select string_agg(said #>> '{{}}', ' ') from (
    select jsonb_path_query(q.blocks, '$[*].text') as said union all
    select jsonb_path_query(q.blocks, '$[*].rows[*][*]') union all
    select jsonb_path_query(q.blocks, '$[*].items[*]')) as t) end as words
from council_publishedpart q
join ({PUBLISHED}) as p on p.id = q.publication_id
left join council_agendaitem i on i.id = q.item_id
cross join lateral (select coalesce(i.closed_basis, '') <> '' as closed,
  coalesce(nullif(i.closed_basis, ''), {_BASIS}) as basis) as w
"""

_ORGANISATION = {"organisation_entity", "organisation_exemption", "organisation_membership"}
_GOVERNANCE = {"governance_body", "governance_field", "governance_mandate"}
_CASES = {"cases_case", "cases_decision", "cases_recommendation"}
_LISTED = {"cases_caseinitiative"}  # the initiatives on the list of a round
_INITIATIVES = {"initiatives_initiative", "initiatives_benefit", "initiatives_reusemark"}
_PORTFOLIO = {"portfolio_project", "portfolio_statusreport"}
_COUNCIL = {"council_meeting", "council_agendaitem", "council_publication", "council_publishedpart"}
_MEETINGS = frozenset(_ORGANISATION | _GOVERNANCE | _CASES | _LISTED | _COUNCIL | {"governance_plannedmeeting"})

OPEN: dict[str, Window] = {
    "overview_openness": Window(
        "which houses open their initiatives to the public, and what: the mandates in force",
        frozenset(_GOVERNANCE),
        OPENNESS,
    ),
    "overview_openinitiative": Window(
        "what a mandate opens to the public, never exempt, no persons",
        frozenset(_ORGANISATION | _GOVERNANCE | _CASES | _INITIATIVES | _PORTFOLIO | {"initiatives_copymark"}),
        PUBLIC,
    ),
    "overview_reusableinitiative": Window(
        "what is marked as reusable by others: title, field, benefit, cost, result, for people of other houses",
        frozenset(_ORGANISATION | _GOVERNANCE | _CASES | _INITIATIVES),
        REUSABLE,
    ),
    "overview_openbody": Window(
        "which bodies hold meetings that anyone may attend: the mandates in force", frozenset(_GOVERNANCE), OPEN_BODIES
    ),
    "overview_openmeeting": Window(
        "when and where those bodies meet; never the link to the room", _MEETINGS, OPEN_MEETINGS
    ),
    "overview_published": Window(
        "which documents of meetings are published, to everyone or to people of the house", _MEETINGS, PUBLISHED
    ),
    "overview_publishedpart": Window(
        "what stands in published documents, without closed items and what is exempt today", _MEETINGS, PARTS
    ),
}
