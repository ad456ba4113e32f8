"""What stands in the case paper (saksframlegg, forms.md G.6), built from the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samrad.anchoring.models import Request
from samrad.anchoring.queries import Line, content_lines, requests_of, submission_of
from samrad.cases.models import Case, Recommendation
from samrad.governance.policy import Route
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity
from samrad.secretariat.models import Assessment
from samrad.secretariat.policy import house

NEED = ("problem", "if_nothing", "affected", "legal_duty", "goal", "wanted")


def _section(
    code: str, heading: str, *, text: str = "", rows: Iterable[dict[str, str]] = (), group: str = "need"
) -> dict[str, Any]:
    return {"code": code, "heading": heading, "text": text, "rows": list(rows), "group": group}


def _rows(lines: Iterable[Line]) -> list[dict[str, str]]:
    return [{"label": line.label, "text": line.text, "group": line.group} for line in lines]


def _row(label: str, text: str, group: str = "need") -> dict[str, str]:
    return {"label": label, "text": text, "group": group}


def _anchoring(initiative: Initiative) -> list[dict[str, str]]:
    """Who was asked, what they answered and when; an answer written down by others is shown as such."""
    rows = []
    for request in requests_of(initiative):
        if request.withdrawn_at is not None:
            continue
        label = f"{Request.Kind(request.kind).label}: {request.asked_person.name}"
        if not request.answer or request.answered_at is None:
            rows.append(_row(label, _("Has not answered.")))
            continue
        said = str(Request.Answer(request.answer).label)
        day = date_format(localtime(request.answered_at), "j. F Y")
        text = f"{said} ({day}). {request.text}".strip()
        if request.on_behalf_source:
            text += " " + _("Written down by the secretariat. Source: %(source)s.") % {
                "source": request.on_behalf_source
            }
        if request.contested_at is not None:
            text += " " + _("Contested.")
        rows.append(_row(label, text))
    return rows


def build_sections(
    case: Case,
    initiative: Initiative,
    assessments: Iterable[Assessment],
    way: Route,
    *,
    outcome: str,
    proposal: str,
    on: date,
) -> list[dict[str, Any]]:
    """The sections of the case paper, in the language of the house, from the version that was sent in."""
    language = Entity.objects.get(pk=house(case)).language
    with translation.override(language):
        return _sections(case, initiative, list(assessments), way, outcome=outcome, proposal=proposal)


def _sections(
    case: Case,
    initiative: Initiative,
    assessments: list[Assessment],
    way: Route,
    *,
    outcome: str,
    proposal: str,
) -> list[dict[str, Any]]:
    submission = submission_of(initiative)
    lines = content_lines(submission.content.content) if submission else []
    by_code = {line.code: line for line in lines}
    written = {a.kind: a for a in assessments}
    own = written.pop(Assessment.Kind.SECRETARIAT, None)
    label = str(Recommendation.Outcome(outcome).label)
    question = by_code["question"].text if "question" in by_code else ""
    return [
        _section("proposal", _("Proposed recommendation"), text=f"{label}. {proposal}".strip()),
        _section("question", _("What is to be decided"), text=question),
        _section("need", _("The need and the goals"), rows=_rows(by_code[c] for c in NEED if c in by_code)),
        _section(
            "benefits",
            _("Benefits"),
            rows=_rows(line for line in lines if line.group == "benefits"),
            group="benefits",
        ),
        _section("costs", _("Costs"), rows=_rows(x for x in lines if x.group == "costs"), group="costs"),
        _section("anchoring", _("Anchoring"), rows=_anchoring(initiative)),
        _section(
            "assessments",
            _("Professional assessments"),
            rows=[
                _row(str(Assessment.Kind(a.kind).label), a.text or a.not_assessed_reason, "assessment")
                for a in written.values()
            ],
            group="assessment",
        ),
        _section(
            "secretariat",
            _("The secretariat's assessment"),
            text=own.text if own else "",
            group="assessment",
        ),
        _section(
            "way",
            _("The way ahead"),
            text=" ".join([str(way.reason), _("The chief executive of each participating municipality decides.")]),
        ),
    ]
