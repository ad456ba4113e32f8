"""What is filed: the submission with all its answers, the minutes, the decision."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.anchoring.models import Request, Submission
from samrad.archive.gateway import safe_name
from samrad.archive.models import Filing
from samrad.cases.models import Condition, Decision, Recommendation
from samrad.core.money import kroner
from samrad.core.templatetags.samrad_filters import size_no
from samrad.council.models import AgendaItem, Meeting
from samrad.council.queries import number_of
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper, frozen, thawed
from samrad.documents.typeset import paper_pdf
from samrad.initiatives.content import BY_CODE, CHOICES, STEPS
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import alternatives_in, form_fields
from samrad.organisation.models import Entity
from samrad.secretariat.models import PaperVersion

OF_MEETING = (Filing.Kind.NOTICE, Filing.Kind.MINUTES)

ATTACHED = "attached"  # beside the paper in what is kept: the files that follow it


def _value(code: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if code in CHOICES:
        return str(CHOICES[code].get(value, value))
    if code in BY_CODE and BY_CODE[code].kind == "kroner":
        return kroner(Decimal(str(value)))
    return str(value)


def _answers(content: dict[str, Any], initiative: Initiative) -> list[Block]:
    named = {
        "field": str(initiative.field or "–"),
        "owning_sector": str(initiative.owning_sector or "–"),
        "classification": str(initiative.get_classification_display()),
    }
    blocks = []
    for step, label in STEPS.items():
        rows = [
            [str(f.label), named.get(f.code) or _value(f.code, content["fields"].get(f.code))]
            for f in form_fields(alternatives_in(content["fields"]))
            if f.step == step
        ]
        if step == BY_CODE["goal"].step:
            rows = [[_("Supports"), goal["text"]] for goal in content.get("goals", [])] + rows
        if rows:
            blocks += [p_.heading(str(label), 2), p_.facts(rows)]
    return blocks


def _benefits(content: dict[str, Any]) -> list[Block]:
    rows = [
        [
            b["title"],
            str(Benefit.Kind(b["kind"]).label),
            b["kroner_a_year"] or "–",
            str(b["hours_a_year"] or "–"),
            Benefit(quality_before=b.get("quality_before"), quality_after=b.get("quality_after")).quality or "–",
        ]
        for b in content["benefits"]
    ]
    columns = [_("Benefit"), _("Kind"), _("Kroner a year"), _("Hours a year"), _("Quality")]
    return [p_.heading(_("Benefits"), 2), p_.table(columns, rows)] if rows else []


def _attachments(content: dict[str, Any]) -> list[Block]:
    rows = [
        [str(n), f["name"], f["title"] or "–", size_no(f["size"])] for n, f in enumerate(content.get("files", []), 1)
    ]
    columns = [_("No."), _("File"), _("What it is"), _("Size")]
    return [p_.heading(_("Attachments"), 2), p_.table(columns, rows)] if rows else []


def attached(filing: Filing) -> list[dict[str, Any]]:
    """The attachments that follow the document to the archive, as they were sent in."""
    if filing.kind != Filing.Kind.SUBMISSION:
        return []
    sent = Submission.objects.select_related("content").get(pk=filing.object_id)
    return list(sent.content.content.get("files", []))


def _endorsements(initiative: Initiative) -> list[Block]:
    rows = [
        [
            str(r.get_kind_display()),
            r.asked_name,
            str(r.get_answer_display() or _("Not answered")),
            r.text or "–",
            _moment(r.answered_at) if r.answered_at else "–",
        ]
        for r in Request.objects.filter(initiative=initiative, withdrawn_at__isnull=True)
    ]
    columns = [_("Asked for"), _("Who"), _("Answer"), _("Text"), _("Date")]
    return [p_.heading(_("Anchoring"), 2), p_.table(columns, rows)] if rows else []


def submission(filing: Filing) -> Paper:
    """The submission (innmelding): all answers, who sent it in and when, and who recommends it."""
    sent = Submission.objects.select_related("content", "initiative", "submitted_by").get(pk=filing.object_id)
    facts = [
        [_("Reference"), sent.initiative.reference],
        [_("Sent in by"), sent.submitted_by.name],
        [_("Sent in"), _moment(sent.submitted_at)],
    ]
    blocks = [
        *_answers(sent.content.content, sent.initiative),
        *_benefits(sent.content.content),
        *_attachments(sent.content.content),
        *_endorsements(sent.initiative),
    ]
    return Paper(
        title=sent.initiative.title,
        at=sent.submitted_at,
        reference=sent.initiative.reference,
        facts=facts,
        blocks=blocks,
        kind=_("Submission"),
    )


def decision(filing: Filing) -> Paper:
    """One municipality's decision."""
    made = Decision.objects.select_related("municipality", "decided_by", "case__initiative").get(pk=filing.object_id)
    initiative = made.case.initiative
    facts = [
        [_("Municipality"), made.municipality.name],
        [_("Decision"), str(made.get_outcome_display())],
        [_("Decided by"), str(made.decided_by or "–")],
        [_("Date"), _moment(made.decided_at) if made.decided_at else "–"],
        [_("Authority"), made.authority or "–"],
        *([[_("Amount"), kroner(made.amount_kr)]] if made.amount_kr is not None else []),
    ]
    blocks = [p_.text(made.text)] if made.text else []
    blocks += [p_.bullets([_condition(c) for c in made.conditions.all()])] if made.conditions.exists() else []
    return Paper(
        title=initiative.title if initiative else "",
        at=made.decided_at,
        facts=facts,
        blocks=blocks,
        kind=_("Decision"),
        reference=initiative.reference if initiative else "",
    )


def _condition(condition: Condition) -> str:
    due = f", {condition.due_date:%d.%m.%Y}" if condition.due_date else ""
    return f"{condition.text} ({condition.responsible}{due})" if condition.responsible else condition.text


def extract(filing: Filing) -> Paper:
    """The extract of the minutes for one case: who treated it, what was found, and why."""
    item = AgendaItem.objects.select_related("meeting__body", "case__initiative").get(pk=filing.object_id)
    meeting, initiative = item.meeting, item.case.initiative if item.case else None
    facts = [
        [_("Body"), meeting.body.name],
        [_("Meeting"), f"{meeting.number}/{meeting.year}, {_moment(meeting.starts_at)}"],
        [_("Item"), number_of(item, meeting)],
        [_("Minutes approved"), _moment(meeting.approved_at) if meeting.approved_at else "–"],
    ]
    blocks = []
    for row in item.impartiality.select_related("person"):
        found = _("disqualified") if row.disqualified else _("not disqualified")
        blocks.append(p_.text(f"{_('Impartiality')}: {row.person.name} ({found})"))
    # One line of a prioritisation round has its own recommendation; the item tells of the whole list.
    own = Recommendation.objects.filter(round_row__own_case=filing.case_id, round_row__line__case=item.case_id).first()
    initiative = filing.initiative if own else initiative
    said = f"{own.get_outcome_display()}\n\n{own.text}" if own else ""
    parts = [
        (_("Treatment"), "" if own else item.discussion),
        (_("Recommendation"), said or f"{item.get_draft_outcome_display()}\n\n{item.draft_text}"),
        (_("Reason"), own.reason if own else item.draft_reason),
    ]
    for title, text in parts:
        blocks += [p_.heading(title, 2), p_.text(text)] if text.strip() else []
    return Paper(
        title=initiative.title if initiative else item.title,
        at=meeting.approved_at,
        facts=facts,
        blocks=blocks,
        kind=_("Extract of minutes"),
        reference=initiative.reference if initiative else "",
    )


def minutes(filing: Filing) -> Paper:
    """The minutes as they were approved."""
    return thawed(Meeting.objects.get(pk=filing.object_id).minutes_paper or {"title": ""})


def notice(filing: Filing) -> Paper:
    """The notice as it was sent."""
    return thawed(Meeting.objects.get(pk=filing.object_id).notice_paper or {"title": ""})


def case_paper(filing: Filing) -> Paper:
    """The case paper as the council was sent it."""
    return thawed(PaperVersion.objects.get(pk=filing.object_id).paper)


PAPERS = {
    Filing.Kind.NOTICE: notice,
    Filing.Kind.CASE_PAPER: case_paper,
    Filing.Kind.SUBMISSION: submission,
    Filing.Kind.DECISION: decision,
    Filing.Kind.MINUTES_EXTRACT: extract,
    Filing.Kind.MINUTES: minutes,
}


def _moment(at: datetime) -> str:
    return f"{localtime(at):%d.%m.%Y %H.%M}"


def content(filing: Filing) -> dict[str, Any]:
    """What stands in the document, as data, in the language of the house that files it."""
    language = Entity.objects.get(pk=filing.owner_id).language
    with override(language):
        made = frozen(replace(PAPERS[Filing.Kind(filing.kind)](filing), language=language))
    return {**made, ATTACHED: attached(filing)}


def document(filing: Filing) -> bytes:
    """The document of a filing as PDF/A, always the same bytes."""
    kept = filing.content or content(filing)
    paper = thawed({name: value for name, value in kept.items() if name != ATTACHED})
    with override(paper.language):
        exempt = [_("Exempt from public access"), filing.access_basis or _("No")]
        return paper_pdf(replace(paper, facts=[*paper.facts, exempt]))


def _case_file(filing: Filing) -> dict[str, str]:
    """The case file a document belongs in: the initiative's, or the body's meetings of the year."""
    if filing.kind in OF_MEETING:
        meeting = Meeting.objects.select_related("body").get(pk=filing.object_id)
        return {
            "case_key": f"meetings:{meeting.body_id}:{meeting.year}",
            "case_title": _("Meetings of %(body)s %(year)s") % {"body": meeting.body.name, "year": meeting.year},
            "case_date": f"{meeting.year}-01-01",
            "document_title": filing.title,
        }
    about = filing.initiative
    return {
        "case_key": f"initiative:{about.pk}" if about else filing.external_key,
        "case_title": f"{about.title} ({about.reference})" if about else filing.title,
        "case_date": f"{localtime(about.submitted_at or filing.queued_at) if about else filing.queued_at:%Y-%m-%d}",
        "document_title": f"{filing.get_kind_display()}: {filing.title}",
    }


def metadata(filing: Filing, made: bytes) -> dict[str, Any]:
    """What the archive needs to know of the document, beside it in the folder."""
    at = filing.content.get("at")
    moment = datetime.fromisoformat(at) if at else filing.queued_at
    with override(Entity.objects.get(pk=filing.owner_id).language):
        return {
            **_case_file(filing),
            "external_key": filing.external_key,
            "kind": filing.kind,
            "kind_label": str(filing.get_kind_display()),
            "owner": filing.owner.slug,
            "owner_name": filing.owner.name,
            "title": filing.title,
            "reference": filing.content.get("reference", ""),
            "document_date": at or filing.queued_at.isoformat(),
            "document_day": f"{localtime(moment):%Y-%m-%d}",
            "access_basis": filing.access_basis,
            "public": not filing.access_basis,
            "queued_at": filing.queued_at.isoformat(),
            "format": "PDF/A-2a, PDF/UA-1",
            "file_name": f"{safe_name(filing.external_key)}.pdf",
            "size": len(made),
            "sha256": hashlib.sha256(made).hexdigest(),
            "attachments": [
                {"number": n, "file": f["name"], "title": f["title"], "format": f["media_type"], "sha256": f["sha256"]}
                for n, f in enumerate(filing.content.get(ATTACHED, []), 1)
            ],
        }
