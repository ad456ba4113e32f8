"""What the secretariat does with a case: check it, assess it, make its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions import Hand, move_case, tell
from samrad.cases.models import Case
from samrad.cases.queries import lead_of, lock_case, named_in
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.governance.models import Body
from samrad.initiatives.actions import lock_initiative, set_phase
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.actions.choosing import _keep_choice
from samrad.secretariat.actions.rounds import freeze_list
from samrad.secretariat.models import CasePaper, CompletenessCheck, InternalNote, PaperVersion
from samrad.secretariat.papers import build_sections, paper_document
from samrad.secretariat.policy import (
    CHECKLIST,
    can_check,
    can_make_paper,
    can_note,
    can_redirect,
    finance_missing,
    house,
    paper_lacks,
)
from samrad.secretariat.policy.routing import for_the_council
from samrad.secretariat.queries import body_of, house_language, route_of, whole_sections
from samrad.secretariat.queries.editing import standing_sections
from samrad.secretariat.queries.reviewing import assessed_in, written_in
from samrad.secretariat.queries.routing import newest_choice, sent_to_council


class _Missing:
    """The missing things as a list in the reader's language."""

    def __init__(self, codes: Sequence[str], other: str) -> None:
        self.codes, self.other = codes, other

    def __str__(self) -> str:
        lines = [str(CHECKLIST[code]) for code in self.codes]
        return "\n".join(f"– {line}" for line in [*lines, *([self.other] if self.other else [])])


def _locked(case_id: int, version: int | None) -> tuple[Case, Initiative]:
    initiative_id = Case.objects.values_list("initiative_id", flat=True).get(pk=case_id)
    initiative = lock_initiative(initiative_id or 0, None)
    return lock_case(case_id, version), initiative


@transaction.atomic
def check_completeness(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    missing: Sequence[str] = (),
    other: str = "",
    note: str = "",
) -> CompletenessCheck:
    """Check that a case is complete: take it into preparation, or return it with each missing item named."""
    case, initiative = _locked(case_id, version)
    can_check(by, case).require()
    codes = [code for code in CHECKLIST if code in missing]
    complete = not codes and not other.strip()
    named = [{"code": c, "text": str(CHECKLIST[c]), "field": f"id_{c}"} for c in codes]
    if other.strip():
        named.append({"code": "other", "text": other.strip(), "field": ""})
    check = CompletenessCheck.objects.create(
        **house_of(case),
        case=case,
        complete=complete,
        missing=named,
        note=note.strip(),
        checked_at=at,
        checked_by_id=by.person,
        completed_at=at if complete else None,
    )
    if complete:
        _take_in(by=by, at=at, case=case, check=check)
    else:
        _return(by=by, at=at, case=case, initiative=initiative, check=check, codes=codes, other=other.strip())
    return check


def _take_in(*, by: Actor, at: datetime, case: Case, check: CompletenessCheck) -> None:
    event = events.CheckedComplete(initiative_id=case.initiative_id, case_id=case.pk, check_id=check.pk)
    if case.state == "preparation":
        record(event, by=by, at=at, house=case)
        return
    case.case_officer_id = case.case_officer_id or by.person_id
    hand = Hand(kind="prepare", role="secretariat_lead", entity_id=house(case))
    move_case(by=by, at=at, case=case, to="preparation", event=event, hands=[hand])


def _return(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    initiative: Initiative,
    check: CompletenessCheck,
    codes: list[str],
    other: str,
) -> None:
    event = events.Returned(
        initiative_id=initiative.pk,
        case_id=case.pk,
        check_id=check.pk,
        codes=(*codes, *(["other"] if other else [])),
    )
    hand = Hand(kind="complete_returned", person_id=lead_of(initiative))
    move_case(by=by, at=at, case=case, to="returned", event=event, hands=[hand])
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=named_in(initiative),
        code="secretariat.returned",
        subject=_("Something is missing: %(title)s"),
        body=_("%(by)s returned %(reference)s. This is missing:\n%(missing)s\n%(note)s\nAdd it, and send it again."),
        missing=_Missing(codes, other),
        note=check.note,
    )


@transaction.atomic
def redirect_case(*, by: Actor, at: datetime, case_id: int, version: int | None = None, reason: str) -> Case:
    """Send a case elsewhere because it is not for the council, and say where and why."""
    case, initiative = _locked(case_id, version)
    can_redirect(by, case).require()
    if not reason.strip():
        lack = Lack(_t("Say where it belongs, and why."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    event = events.Redirected(initiative_id=initiative.pk, case_id=case.pk)
    move_case(by=by, at=at, case=case, to="redirected", event=event)
    if case.kind == Case.Kind.SUBMISSION:  # a gate, a change or a deviation: the project goes on
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.STOPPED)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=named_in(initiative),
        code="secretariat.redirected",
        subject=_("Sent elsewhere: %(title)s"),
        body=_("%(by)s has sent %(reference)s elsewhere. %(reason)s"),
        reason=reason.strip(),
    )
    return case


def _now_ready(*, by: Actor, at: datetime, case: Case, paper: CasePaper, event: events.PaperMade) -> None:
    """A case with a paper is ready for a meeting, unless it is so already."""
    if case.state in {"ready", "on_agenda"}:
        case.version += 1
        case.save()
        record(event, by=by, at=at, house=paper)
    else:
        hand = Hand(kind="set_agenda", role="secretariat_lead", entity_id=house(case))
        move_case(by=by, at=at, case=case, to="ready", event=event, hands=[hand])


@transaction.atomic
def make_paper(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    proposed_outcome: str,
    proposed_text: str,
    confirms: bool = False,
) -> CasePaper:
    """Make the case paper from the record, with the proposed recommendation; the case is then ready for a meeting.

    `confirms`: the head of the secretariat confirms at the same time that the case goes to the council.
    """
    case, initiative = _locked(case_id, version)
    on = localdate(at)
    assessments = written_in(case)
    assessed = assessed_in(case, initiative, assessments, on=on)
    way = route_of(initiative, on=on)
    # What the council is not to have needs no paper, and then nobody asks what the paper lacks.
    if can_make_paper(by, case, assessments, finance=()):
        for_the_council(way, sent_to_council(case)).require()
    can_make_paper(by, case, assessments, finance=finance_missing(assessed)).require()
    lacks = paper_lacks(proposed_outcome, proposed_text)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    paper = CasePaper.objects.filter(case=case).first()
    if paper is None:
        paper = CasePaper(**house_of(case), case=case, version=0)
    paper.proposed_outcome, paper.proposed_text = proposed_outcome, proposed_text.strip()
    paper.sections = build_sections(
        case, initiative, assessments, way, assessed, outcome=proposed_outcome, proposal=proposed_text.strip()
    )
    paper.made_at, paper.made_by_id = at, by.person
    paper.version += 1
    paper.save()
    # What is written in the other sections stands; who has the proposal open must see that it is another now.
    paper.written.filter(code="proposal").update(text=paper.proposed_text, version=F("version") + 1)
    event = events.PaperMade(
        initiative_id=initiative.pk,
        case_id=case.pk,
        paper_id=paper.pk,
        outcome=proposed_outcome,
        rule=way.rule,
    )
    case.body = case.body or body_of(house(case), "council")
    case.routing_rule = way.rule
    _now_ready(by=by, at=at, case=case, paper=paper, event=event)
    if confirms and newest_choice(case) is None:
        _keep_choice(by=by, at=at, case=case, way=way, chosen=str(Body.Kind.COUNCIL), reason="")
    return paper


@transaction.atomic
def freeze_paper(*, by: Actor, at: datetime, case: Case) -> PaperVersion | None:
    """Keep the case paper as it is now, for it is what the council is sent. Permission is the caller's (the notice).

    Once for each version, however often it is sent; None where the case has no paper.
    """
    paper = CasePaper.objects.select_for_update(of=("self",)).select_related("made_by").filter(case=case).first()
    if case.initiative is None:
        return freeze_list(by=by, at=at, case=case)
    if paper is None:
        return None
    standing = PaperVersion.objects.filter(case=case, number=paper.version).first()
    if standing is not None:
        return standing
    language = house_language(case)
    printed = paper_document(case, case.initiative, paper, whole_sections(paper), language=language)
    version = PaperVersion.objects.create(
        **house_of(case),
        case=case,
        number=paper.version,
        proposed_outcome=paper.proposed_outcome,
        proposed_text=paper.proposed_text,
        sections=standing_sections(paper),
        paper=frozen(printed),
        made_at=paper.made_at,
        made_by_id=paper.made_by_id,
        frozen_at=at,
    )
    paper.frozen_at = at
    paper.save(update_fields=["frozen_at"])
    event = events.PaperFrozen(
        initiative_id=case.initiative_id, case_id=case.pk, version_id=version.pk, number=version.number
    )
    record(event, by=by, at=at, house=version)
    return version


@transaction.atomic
def add_note(*, by: Actor, at: datetime, case_id: int, text: str) -> InternalNote:
    """Add a note that only the secretariat sees."""
    case = lock_case(case_id)
    can_note(by, case).require()
    if not text.strip():
        lack = Lack(_t("Write the note."), "id_note")
        raise Refused(Verdict.no(lack.text, (lack,)))
    note = InternalNote.objects.create(
        **house_of(case), case=case, text=text.strip(), written_at=at, written_by_id=by.person
    )
    event = events.NoteAdded(initiative_id=case.initiative_id, case_id=case.pk, note_id=note.pk)
    record(event, by=by, at=at, house=note)
    return note
