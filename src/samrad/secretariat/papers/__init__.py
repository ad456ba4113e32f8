"""What stands in the case paper (saksframlegg, forms.md G.6), built from the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samrad.anchoring.models import Involvement, Request
from samrad.anchoring.queries import Line, content_lines, involvements_of, requests_of, said_of, submission_of
from samrad.cases.models import Case, Recommendation
from samrad.documents.paper import Block, Paper, facts, heading, note, table, text
from samrad.governance.policy import Route
from samrad.initiatives.content import ALTERNATIVE
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import own_answers
from samrad.secretariat.models import Assessment, CasePaper, PaperVersion
from samrad.secretariat.queries import Section, house_language, route_of
from samrad.secretariat.queries.reviewing import Assessed, AssessmentLine, assessed_in, written_in
from samrad.secretariat.queries.scoring import scorings_of
from samrad.secretariat.ranking import axis_points, spread

NEED = ("problem", "if_nothing", "affected", "kostra_function", "legal_duty", "goal", "wanted")


def _section(
    code: str, title: str, *, words: str = "", rows: Iterable[dict[str, str]] = (), group: str = "need"
) -> dict[str, Any]:
    return {"code": code, "heading": title, "text": words, "rows": list(rows), "group": group}


def _rows(lines: Iterable[Line]) -> list[dict[str, str]]:
    return [{"label": line.label, "text": line.text, "group": line.group} for line in lines]


def _row(label: str, words: str, group: str = "need") -> dict[str, str]:
    return {"label": label, "text": words, "group": group}


def _attachments(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The files that were sent in; one that belongs to an exempt part is named only to those who read that part."""
    return [_row(f["name"], f["title"], f["group"] or "attachments") for f in content.get("files", [])]


def _place(asked: Request) -> str:
    """Who was asked, with the sector and the municipality that is heard."""
    where = [str(part) for part in (asked.unit, asked.municipality) if part and asked.kind == Request.Kind.HEARING]
    return ", ".join([asked.speaker_name, *where])


def _said(asked: Request, current: str) -> str:
    """An answer in words: when, by whom in whose place, and about which version where it is an earlier one."""
    if not asked.answer or asked.answered_at is None:
        passed = _("Has not answered, and the deadline has passed.")
        return passed if asked.passed_at else _("Has not answered.")
    day = date_format(localtime(asked.answered_at), "j. F Y")
    said = f"{said_of(asked)} ({day}). {asked.text}".strip()
    if asked.by_silence:
        said += " " + _("Nobody answered in time, and the mandate takes that for a yes.")
    if asked.stood_in_for is not None:
        said += " " + _("Substitute for %(person)s.") % {"person": asked.stood_in_for.name}
    if asked.on_behalf_source:
        said += " " + _("Written down by the secretariat. Source: %(source)s.") % {"source": asked.on_behalf_source}
    if asked.contested_at is not None:
        said += " " + _("Contested.")
    if asked.content.fingerprint != current:
        said += " " + _("About an earlier version.")
    return said


def _anchoring(initiative: Initiative) -> list[dict[str, str]]:
    """Who was asked, what they answered and when; then who of the employees and the users was informed or involved."""
    sent = submission_of(initiative)
    current = sent.content.fingerprint if sent else ""
    rows = [
        _row(f"{Request.Kind(asked.kind).label}: {_place(asked)}", _said(asked, current))
        for asked in requests_of(initiative)
        if asked.withdrawn_at is None
    ]
    for line in involvements_of(initiative):
        if line.struck_at is None:
            day = date_format(line.held_date, "j. F Y")
            words = f"{day}. {line.how}. {line.remark}".strip()
            rows.append(_row(f"{Involvement.Kind(line.kind).label}: {line.who}", words))
    return rows


def _disagreement(initiative: Initiative) -> list[dict[str, str]]:
    """Those who have said no, and were not followed: it is said apart, so that nobody overlooks it."""
    return [
        _row(_place(asked), asked.text)
        for asked in requests_of(initiative)
        if asked.answer == Request.Answer.NOT_RECOMMENDED and not asked.withdrawn_at and not asked.contested_at
    ]


def _assessment(line: AssessmentLine) -> str:
    """One assessment in words: who, the conclusion, and the text; or that it is not assessed, and why."""
    written, asked = line.assessment, line.review
    if written is not None and written.text:
        day = date_format(localtime(written.written_at), "j. F Y")
        conclusion = str(written.get_conclusion_display()) if written.conclusion else ""
        head = f"{written.written_by.name} ({day})" + (f": {conclusion}." if conclusion else ".")
        return f"{head} {written.text}"
    if written is not None:
        return _("Not assessed: %(reason)s") % {"reason": written.not_assessed_reason}
    if asked is not None and asked.waits:
        due = date_format(asked.due_date, "j. F Y")
        return _("Not assessed. %(person)s is asked, with deadline %(due)s.") % {
            "person": asked.person.name,
            "due": due,
        }
    return _("Not assessed. No reason is given.")


def _in_short(line: AssessmentLine) -> dict[str, str]:
    """The same for the table that has them side by side: who, and with what conclusion."""
    written = line.assessment
    if written is None or not written.text:
        return {
            "who": line.review.person.name if line.review and line.review.waits else "",
            "conclusion": _("Not assessed"),
        }
    return {"who": written.written_by.name, "conclusion": str(written.get_conclusion_display()) or _("Assessed")}


def _assessed(assessed: Assessed) -> list[dict[str, Any]]:
    """The four side by side, what the check calls for, finance, and the coordinator's advice as a section of its own."""

    def rows(lines: Iterable[AssessmentLine]) -> list[dict[str, str]]:
        return [_row(line.wanted.label, _assessment(line), "assessment") | _in_short(line) for line in lines]

    kinds, others = Assessment.Kind, assessed.others
    advice = [line for line in others if line.wanted.kind == kinds.COORDINATOR]
    finance = [line for line in others if line.wanted.kind == kinds.FINANCE]
    rest = [line for line in others if line not in (*advice, *finance)]
    words = " ".join(_assessment(line) for line in advice)
    return [
        _section("assessments", _("Professional assessments"), rows=rows(assessed.four), group="assessment"),
        *([_section("reviews", _("What the check calls for"), rows=rows(rest), group="assessment")] if rest else []),
        *([_section("finance", _("Finance"), rows=rows(finance), group="assessment")] if finance else []),
        *([_section("coordinator", _("The coordinator's advice"), words=words, group="assessment")] if advice else []),
    ]


def _priority(case: Case) -> list[dict[str, Any]]:
    """The points of the newest scoring that is closed, what stands outside the score, and how far apart they were."""
    closed = next((one for one in scorings_of(case) if one.closed), None)
    if closed is None:
        return []
    axes = {one.axis: one.axis_name for one in closed.criteria}
    points = {name: round(axis_points(closed.criteria, closed.given, axis)) for axis, name in axes.items()}
    rows = [_row(str(name), _("%(points)s of 100") % {"points": value}, "assessment") for name, value in points.items()]
    flags = [
        (closed.scoring.must_do, _("Demanded by law or an authority")),
        (closed.scoring.security, _("Demanded by security or preparedness")),
        (closed.scoring.urgent, _("Urgent")),
    ]
    if said := [words for flag, words in flags if flag]:
        rows.append(_row(_("What stands outside the score"), ". ".join(said) + ".", "assessment"))
    for one in closed.criteria:
        given = ", ".join(str(card[one.code]) for card in closed.given)
        words = _("%(given)s. Spread: %(spread)s.") % {"given": given, "spread": spread(one, closed.given)}
        rows.append(_row(str(one.name), words, "assessment"))
    return [_section("priority", _("Priority"), rows=rows, group="assessment")]


def proposal_words(outcome: str, proposal: str) -> str:
    """What is proposed, in one text: the outcome first."""
    return f"{Recommendation.Outcome(outcome).label}. {proposal}".strip()


def record_sections(case: Case, initiative: Initiative, paper: CasePaper, *, on: date) -> list[dict[str, Any]]:
    """The sections as the record has them on a day, with the proposal that stands."""
    assessments = written_in(case)
    return build_sections(
        case,
        initiative,
        assessments,
        route_of(initiative, on=on),
        assessed_in(case, initiative, assessments, on=on),
        outcome=paper.proposed_outcome,
        proposal=paper.proposed_text,
    )


def build_sections(
    case: Case,
    initiative: Initiative,
    assessments: Iterable[Assessment],
    way: Route,
    assessed: Assessed,
    *,
    outcome: str,
    proposal: str,
) -> list[dict[str, Any]]:
    """The sections of the case paper, in the language of the house, from the version that was sent in."""
    language = house_language(case)
    with translation.override(language):
        return _sections(case, initiative, list(assessments), way, assessed, outcome=outcome, proposal=proposal)


def _sections(
    case: Case,
    initiative: Initiative,
    assessments: list[Assessment],
    way: Route,
    assessed: Assessed,
    *,
    outcome: str,
    proposal: str,
) -> list[dict[str, Any]]:
    submission = submission_of(initiative)
    lines = content_lines(submission.content.content) if submission else []
    attached = _attachments(submission.content.content) if submission else []
    by_code = {line.code: line for line in lines}
    choices = [line for line in lines if line.code.startswith(("alt_", ALTERNATIVE))]
    asked = own_answers(house_id(initiative), submission.content.content["fields"]) if submission else []
    besides = [_row(one.question, one.text) for one in asked]
    own = next((a for a in assessments if a.kind == Assessment.Kind.SECRETARIAT), None)
    against = _disagreement(initiative)
    question = by_code["question"].text if "question" in by_code else ""
    return [
        _section("proposal", _("Proposed recommendation"), words=proposal_words(outcome, proposal)),
        _section("question", _("What is to be decided"), words=question),
        _section("need", _("The need and the goals"), rows=_rows(by_code[c] for c in NEED if c in by_code)),
        *([_section("own", _("What the house asks for besides"), rows=besides)] if besides else []),
        *([_section("alternatives", _("Alternatives"), rows=_rows(choices))] if choices else []),
        _section(
            "benefits",
            _("Benefits"),
            rows=_rows(line for line in lines if line.group == "benefits"),
            group="benefits",
        ),
        _section("costs", _("Costs"), rows=_rows(x for x in lines if x.group == "costs"), group="costs"),
        _section("anchoring", _("Anchoring"), rows=_anchoring(initiative)),
        *([_section("disagreement", _("Disagreement"), rows=against)] if against else []),
        *_assessed(assessed),
        _section(
            "secretariat",
            _("The secretariat's assessment"),
            words=own.text if own else "",
            group="assessment",
        ),
        *_priority(case),
        _section("attachments", _("Attachments"), rows=attached, group="attachments"),
        _section(
            "way",
            _("The way ahead"),
            words=" ".join([str(way.reason), _("The chief executive of each participating municipality decides.")]),
        ),
    ]


def paper_document(
    case: Case, initiative: Initiative, paper: CasePaper | PaperVersion, sections: Iterable[Section], *, language: str
) -> Paper:
    """The case paper to be printed: the proposal first, then each section as the one who takes it out may read it."""
    with translation.override(language):
        blocks: list[Block] = []
        for section in sections:
            blocks.append(heading(section.heading))
            if section.text:
                blocks.append(text(section.text))
            if section.rows and all("conclusion" in row for row in section.rows):
                beside = [[row["label"], row["who"], row["conclusion"]] for row in section.rows]
                blocks.append(table([_("Assessment"), _("By"), _("Conclusion")], beside, caption=section.heading))
            if section.rows:
                blocks.append(facts([row["label"], row["text"]] for row in section.rows))
            if section.basis:
                blocks.append(note(_("Exempt from public access, %(basis)s.") % {"basis": section.basis}))
        known = [(_("Reference"), initiative.reference), (_("Municipality"), initiative.owner.name)]
        if case.archive_ref:
            known.append((_("Case number"), case.archive_ref))
        known.append((_("Case officer"), paper.made_by.name))
        return Paper(
            title=initiative.title,
            blocks=blocks,
            at=paper.made_at,
            body=case.body.name if case.body else initiative.owner.name,
            kind=_("Case paper"),
            reference=initiative.reference,
            facts=known,
            language=language,
        )
