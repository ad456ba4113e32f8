"""All the papers of a meeting in one: the agenda, a table of contents, and each case paper as it was sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.council.models import AgendaItem, Meeting
from samrad.council.papers import _title
from samrad.council.queries import Agenda, number_of
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper, thawed
from samrad.documents.typeset import paper_pdf
from samrad.secretariat.models import PaperVersion


def sent_ids(agenda: Agenda) -> dict[int, int]:
    """Which version of its paper each item was sent with, of those that have one: known without reading any of them."""
    rows = ((item.pk, item.kind, agenda.papers.get(item.case_id or 0)) for item in agenda.standing)
    return {pk: sent.pk for pk, kind, sent in rows if sent is not None and kind == AgendaItem.Kind.CASE}


def sent_papers(agenda: Agenda) -> dict[int, Paper]:
    """Each item's paper as it was sent, whole: for those who treat the cases. Others are given papers of their own."""
    ids = sent_ids(agenda)
    sent = PaperVersion.objects.only("paper").in_bulk(list(ids.values()))
    return {item: thawed(sent[version].paper) for item, version in ids.items()}


def file_name(item: AgendaItem, meeting: Meeting) -> str:
    """What an item's paper is called in the zip: its place and its reference, never a title."""
    reference = item.case.initiative.reference if item.case and item.case.initiative else str(item.number or item.order)
    return f"{item.order:02d}-{reference}.pdf".replace("/", "-")


def stem(meeting: Meeting) -> str:
    """What the files of a meeting are called."""
    return f"{meeting.year}-{meeting.number}"


def whole(agenda: Agenda, papers: Mapping[int, Paper], *, language: str) -> Paper:
    """One paper of them all. `papers`: what the reader may read of each item, so this knows nothing of who it is."""
    meeting = agenda.meeting
    sent = thawed(meeting.notice_paper) if meeting.notice_paper else None
    with override(language):
        blocks: list[Block] = [p_.contents(_("Contents"))]
        if sent is not None:
            blocks += [p_.pagebreak(), p_.heading(_("Notice and agenda")), p_.facts(sent.facts), *_under(sent.blocks)]
        for item in agenda.standing:
            paper = papers.get(item.pk)
            if paper is not None:
                named = f"{number_of(item, meeting)} {_title(item)}".strip()
                blocks += [p_.pagebreak(), p_.heading(named), p_.facts(paper.facts), *_under(paper.blocks)]
        return Paper(
            title=_("All papers: %(meeting)s") % {"meeting": str(meeting)},
            blocks=blocks,
            at=meeting.notice_sent_at,
            body=meeting.body.name,
            kind=_("Papers of the meeting"),
            reference=f"{meeting.number}/{meeting.year}",
            language=language,
        )


def _under(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a paper that stands within another: its headings one level down."""
    return [
        {**block, "level": min(int(block.get("level", 1)) + 1, 3)} if block["kind"] == "heading" else block
        for block in blocks
    ]


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as a zip: the same ones give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def package(agenda: Agenda) -> bytes:
    """The agenda and every case paper as it was sent, as a zip for the system in which the body meets."""
    meeting, papers = agenda.meeting, sent_papers(agenda)
    sent = [(f"innkalling-{stem(meeting)}.pdf", thawed(meeting.notice_paper))] if meeting.notice_paper else []
    sent += [(file_name(item, meeting), papers[item.pk]) for item in agenda.standing if item.pk in papers]
    return zipped((name, paper_pdf(paper)) for name, paper in sent)
