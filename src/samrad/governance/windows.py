"""The way past row security to the guideline that anyone may read before signing in (docs/adr/0005)."""

from __future__ import annotations

from samrad.core.rowsecurity import Window
from samrad.core.today import TODAY

OPEN: dict[str, Window] = {
    "governance_openguideline": Window(
        "who may send in needs and ideas, and the guideline, read before signing in: the version in force",
        frozenset({"governance_submissionpolicy"}),
        f"""
select distinct on (p.owner_id) p.owner_id as house_id, p.valid_from, p.need_roles, p.idea_roles, p.guideline
from governance_submissionpolicy p
where p.valid_from <= {TODAY} and (p.valid_to is null or p.valid_to >= {TODAY})
order by p.owner_id, p.version desc
""",
    ),
}
