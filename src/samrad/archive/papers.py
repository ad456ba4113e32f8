"""What is filed: the submission with all its answers, the minutes, the decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.anchoring.models import Request, Submission
from samrad.archive.models import Filing
from samrad.cases.models import Decision
from samrad.core.money import kroner
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper
from samrad.documents.typeset import paper_pdf
from samrad.initiatives.content import BY_CODE, FIELDS, STEPS
from samrad.initiatives.models import Benefit, Initiative


def _value(code: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if BY_CODE[code].kind == "kroner":
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
            for f in FIELDS
            if f.step == step
        ]
        if rows:
            blocks += [p_.heading(str(label), 2), p_.facts(rows)]
    return blocks


def _benefits(content: dict[str, Any]) -> list[Block]:
    rows = [
        [b["title"], str(Benefit.Kind(b["kind"]).label), b["kroner_a_year"] or "–", str(b["hours_a_year"] or "–")]
        for b in content["benefits"]
    ]
    columns = [_("Benefit"), _("Kind"), _("Kroner a year"), _("Hours a year")]
    return [p_.heading(_("Benefits"), 2), p_.table(columns, rows)] if rows else []


def _endorsements(initiative: Initiative) -> list[Block]:
    rows = [
        [
            str(r.get_kind_display()),
            r.asked_person.name,
            str(r.get_answer_display() or _("Not answered")),
            r.text or "–",
            f"{r.answered_at:%d.%m.%Y}" if r.answered_at else "–",
        ]
        for r in Request.objects.filter(initiative=initiative, withdrawn_at__isnull=True).select_related("asked_person")
    ]
    columns = [_("Asked for"), _("Who"), _("Answer"), _("Text"), _("Date")]
    return [p_.heading(_("Anchoring"), 2), p_.table(columns, rows)] if rows else []


def submission(filing: Filing) -> Paper:
    """The submission (innmelding): all answers, who sent it in and when, and who recommends it."""
    sent = Submission.objects.select_related("content", "initiative", "submitted_by").get(pk=filing.object_id)
    facts = [
        [_("Reference"), sent.initiative.reference],
        [_("Sent in by"), sent.submitted_by.name],
        [_("Sent in"), f"{sent.submitted_at:%d.%m.%Y %H.%M}"],
        [_("Exempt from public access"), filing.access_basis or _("No")],
    ]
    blocks = [
        *_answers(sent.content.content, sent.initiative),
        *_benefits(sent.content.content),
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
        [_("Date"), f"{made.decided_at:%d.%m.%Y}" if made.decided_at else "–"],
        [_("Exempt from public access"), filing.access_basis or _("No")],
    ]
    blocks = [p_.text(made.text)] if made.text else []
    blocks += [p_.bullets([c.text for c in made.conditions.all()])] if made.conditions.exists() else []
    return Paper(
        title=initiative.title if initiative else "",
        at=made.decided_at,
        facts=facts,
        blocks=blocks,
        kind=_("Decision"),
        reference=initiative.reference if initiative else "",
    )


PAPERS = {Filing.Kind.SUBMISSION: submission, Filing.Kind.DECISION: decision}


def document(filing: Filing, *, language: str) -> bytes:
    """The document of a filing as PDF/A, always the same bytes."""
    with override(language):
        return paper_pdf(PAPERS[Filing.Kind(filing.kind)](filing))


def metadata(filing: Filing) -> dict[str, Any]:
    """What the archive needs to know of the document, beside it in the folder."""
    initiative = filing.initiative
    return {
        "external_key": filing.external_key,
        "kind": filing.kind,
        "owner": filing.owner.slug,
        "title": initiative.title if initiative else "",
        "reference": initiative.reference if initiative else "",
        "access_basis": filing.access_basis,
        "queued_at": filing.queued_at.isoformat(),
    }
