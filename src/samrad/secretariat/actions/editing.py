"""Writing the case paper, section by section, several at a time: nobody's text is lost, whoever comes last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.models import Case, Recommendation
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.models import CasePaper, PaperSection, PaperVersion, SectionAside
from samrad.secretariat.papers import proposal_words, record_sections
from samrad.secretariat.policy import paper_lacks
from samrad.secretariat.policy.editing import can_write_paper
from samrad.secretariat.queries import house_language
from samrad.secretariat.queries.editing import REWORDED, UNTOUCHED, keyed

LONGEST = 20_000


def _open(by: Actor, case_id: int, code: str) -> tuple[Case, CasePaper, dict[str, Any], PaperSection | None]:
    """The case and its paper, locked; the section as the record has it, and what is written over it."""
    case = lock_case(case_id)
    paper = CasePaper.objects.select_for_update(of=("self",)).filter(case=case).first()
    can_write_paper(by, case, paper).require()
    assert paper is not None
    built = next((s for s in paper.sections if s["code"] == code), None)
    if built is None or code in UNTOUCHED:
        raise Refused(_("This section cannot be written in."))
    return case, paper, built, paper.written.filter(code=code).first()


def _as_next_version(paper: CasePaper) -> None:
    """What the council was sent stands: the first change after it makes the paper a new version."""
    if PaperVersion.objects.filter(case_id=paper.case_id, number=paper.version).exists():
        paper.version += 1


@transaction.atomic
def write_section(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    code: str,
    version: int,
    text: str,
    rows: Mapping[str, str] | None = None,
    outcome: str = "",
) -> PaperSection | SectionAside:
    """Write in a section of the case paper. Where another has written there since, the text is kept beside it instead.

    `rows`: the lines worded anew, by key. `outcome`: what is proposed, in the section that proposes.
    """
    case, paper, built, standing = _open(by, case_id, code)
    known = {key: row["text"] for key, row in keyed(built["rows"])} if code in REWORDED else {}
    text, said = text.strip()[:LONGEST], {k: v.strip()[:LONGEST] for k, v in (rows or {}).items() if k in known}
    changed = {key: words for key, words in said.items() if words != known[key]}
    if standing is not None and version != standing.version:
        if (standing.text, standing.rows) == (text, changed):
            return standing  # the same text twice, as after a dropped connection
        return _set_aside(by=by, at=at, section=standing, text=text, rows=changed, stood=False)
    if code == "proposal":
        _propose(case, paper, outcome or paper.proposed_outcome, text)
    elif (
        (standing.text, standing.rows) == (text, changed)
        if standing and standing.own
        else ((built["text"], {}) == (text, changed))
    ):
        return standing or PaperSection(paper=paper, code=code, text=text, version=0)
    row = standing or PaperSection(**house_of(paper), paper=paper, code=code, version=0)
    row.text, row.rows, row.over, row.own = text, changed, built, True
    row.written_at, row.written_by_id = at, by.person
    row.version += 1
    row.save()
    # One's own text beside it has come in when it is what stands now; else it waits until one chooses.
    row.asides.filter(written_by_id=by.person, stood=False, text=text, rows=changed).delete()
    _as_next_version(paper)
    paper.save()
    event = events.SectionWritten(
        initiative_id=case.initiative_id, case_id=case.pk, paper_id=paper.pk, section=code, version=row.version
    )
    record(event, by=by, at=at, house=paper)
    return row


def _propose(case: Case, paper: CasePaper, outcome: str, text: str) -> None:
    """The proposal is the paper's own, so that the council takes it as it stands; forms made before are stale."""
    lacks = paper_lacks(outcome, text)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, tuple(Lack(lack.text, _PROPOSED[lack.anchor]) for lack in lacks)))
    if (paper.proposed_outcome, paper.proposed_text) == (outcome, text):
        return
    paper.proposed_outcome, paper.proposed_text = Recommendation.Outcome(outcome), text
    with override(house_language(case)):
        words = proposal_words(outcome, text)
    paper.sections = [{**s, "text": words} if s["code"] == "proposal" else s for s in paper.sections]
    case.version += 1
    case.save(update_fields=["version"])


_PROPOSED = {"id_proposed_outcome": "id_outcome", "id_proposed_text": "id_text"}


def _set_aside(
    *, by: Actor, at: datetime, section: PaperSection, text: str, rows: Mapping[str, str], stood: bool
) -> SectionAside:
    """Keep a text beside its section, by who wrote it; what was kept of the same before gives way."""
    aside, new = SectionAside.objects.update_or_create(
        section=section,
        written_by_id=(section.written_by_id if stood else None) or by.person,
        stood=stood,
        defaults={**house_of(section), "text": text, "rows": dict(rows), "written_at": at},
    )
    if new:
        event = events.SectionSetAside(
            initiative_id=section.paper.case.initiative_id,
            case_id=section.paper.case_id,
            paper_id=section.paper_id,
            section=section.code,
            aside_id=aside.pk,
        )
        record(event, by=by, at=at, house=section)
    return aside


@transaction.atomic
def rebuild_section(*, by: Actor, at: datetime, case_id: int, code: str, version: int) -> PaperSection:
    """Fetch a section anew from the record. What stood there is kept beside it, and can be taken back."""
    case, paper, _built, standing = _open(by, case_id, code)
    if version != (standing.version if standing else 0):
        raise Stale(_("Someone has written in this section since you opened the page. Look at it again."))
    if code == "proposal":
        raise Refused(_("The proposal is written by the secretariat, so the record has no other."))
    fresh = _from_record(case, paper, code, on=at)
    if standing is not None and standing.own and (standing.text, standing.rows) != (fresh["text"], {}):
        _set_aside(by=by, at=at, section=standing, text=standing.text, rows=standing.rows, stood=True)
    row = standing or PaperSection(**house_of(paper), paper=paper, code=code, version=0)
    row.text, row.rows, row.over, row.own = fresh["text"], {}, fresh, False
    row.written_at, row.written_by_id = at, by.person
    row.version += 1
    row.save()
    paper.sections = [fresh if s["code"] == code else s for s in paper.sections]
    _as_next_version(paper)
    paper.save()
    event = events.SectionRebuilt(
        initiative_id=case.initiative_id, case_id=case.pk, paper_id=paper.pk, section=code, version=row.version
    )
    record(event, by=by, at=at, house=paper)
    return row


def _from_record(case: Case, paper: CasePaper, code: str, *, on: datetime) -> dict[str, Any]:
    initiative = Initiative.objects.select_related("owner", "shared_with").get(pk=case.initiative_id or 0)
    fresh = next((s for s in record_sections(case, initiative, paper, on=localdate(on)) if s["code"] == code), None)
    if fresh is None:
        raise Refused(_("The record has nothing for this section any more. Make the whole paper again."))
    return fresh


@transaction.atomic
def take_aside(*, by: Actor, at: datetime, case_id: int, aside_id: int, version: int) -> PaperSection:
    """Let a text that lies beside a section stand in it. The text that stood there is kept beside it in its place."""
    aside = SectionAside.objects.select_related("section").get(pk=aside_id, section__paper__case_id=case_id)
    _case, _paper, _built, standing = _open(by, case_id, aside.section.code)
    if standing is None or version != standing.version:
        raise Stale(_("Someone has written in this section since you opened the page. Look at it again."))
    code, text, rows = standing.code, aside.text, dict(aside.rows)
    aside.delete()
    _set_aside(by=by, at=at, section=standing, text=standing.text, rows=standing.rows, stood=True)
    made = write_section(by=by, at=at, case_id=case_id, code=code, version=version, text=text, rows=rows)
    assert isinstance(made, PaperSection)
    return made


@transaction.atomic
def drop_aside(*, by: Actor, at: datetime, case_id: int, aside_id: int) -> None:
    """Put away a text that lies beside a section."""
    aside = SectionAside.objects.select_related("section").get(pk=aside_id, section__paper__case_id=case_id)
    case, paper, _built, _standing = _open(by, case_id, aside.section.code)
    event = events.AsideDropped(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        paper_id=paper.pk,
        section=aside.section.code,
        aside_id=aside_id,
    )
    aside.delete()
    record(event, by=by, at=at, house=paper)
