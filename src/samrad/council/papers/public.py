"""What stands in the published version of an agenda, a case paper and minutes (forms.md G.6).

It is written in parts, and each part says which item, which initiative and which groups of fields it tells of. What is
exempt is taken out where it is read (overview/windows.py), so that a document published last year obeys today's
exemptions. Nothing here decides what is hidden; a part that says too little of itself is the only fault there can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from samrad.council.models import AgendaItem, PublishedPart
from samrad.council.papers import _attendance, _marks, _referred, _when, vote_text, voters_text
from samrad.council.queries import Agenda, clock, corrections_of, number_of
from samrad.council.queries.publishing import Document, title_of
from samrad.documents import paper as p_
from samrad.documents.paper import Block

ANY = (PublishedPart.ANY,)


@dataclass(frozen=True)
class Part:
    """One part: its heading, which is no secret unless the item is closed, and its blocks."""

    heading: str = ""
    level: int = 1
    blocks: list[Block] = field(default_factory=list)
    item: AgendaItem | None = None
    groups: tuple[str, ...] = ()


def title(document: Document, agenda: Agenda) -> str:
    """What the document is called: «Saksliste: Digitaliseringsrådet 3/2026»."""
    meeting = str(agenda.meeting)
    if document.kind == "agenda":
        return _("Agenda: %(meeting)s") % {"meeting": meeting}
    if document.kind == "minutes":
        return _("Minutes: %(body)s") % {"body": meeting}
    return document.title


def facts(document: Document, agenda: Agenda) -> list[list[str]]:
    """What one must know first. The link to the room is for those who are called."""
    meeting = agenda.meeting
    rows = [
        [_("Body"), meeting.body.name],
        [_("Meeting"), f"{meeting.number}/{meeting.year}"],
        [_("Time"), f"{_when(meeting.starts_at)}–{formats.time_format(timezone.localtime(meeting.ends_at))}"],
    ]
    if meeting.place:
        rows.append([_("Place"), meeting.place])
    if document.kind == "minutes" and meeting.approved_at:
        rows.append([_("Minutes approved"), f"{_when(meeting.approved_at)}, {meeting.approved_by}"])
    if document.item is not None:
        case = document.item.case
        rows.append([_("Item"), document.number])
        rows.append([_("Reference"), case.initiative.reference if case and case.initiative else ""])
        rows.append([_("Case officer"), agenda.papers[document.item.case_id or 0].made_by.name])
        if case and case.archive_ref:
            rows.append([_("Case number"), case.archive_ref])
    return rows


def parts(document: Document, agenda: Agenda) -> list[Part]:
    """The parts of a document, in the language that is active."""
    made = {"agenda": _agenda, "minutes": _minutes}.get(document.kind)
    return list(made(agenda) if made else _paper(document, agenda))


def _agenda(agenda: Agenda) -> Iterator[Part]:
    starts = clock(agenda)
    for item in agenda.standing:
        words = [str(item.get_kind_display()), formats.time_format(timezone.localtime(starts[item.pk]))]
        if item.case and item.case.initiative:
            words.insert(0, item.case.initiative.reference)
        heading = f"{number_of(item, agenda.meeting)} {title_of(item)}"
        yield Part(heading, 2, [p_.text(", ".join(words) + _marks(item))], item)


def _paper(document: Document, agenda: Agenda) -> Iterator[Part]:
    """Section by section; of each, the rows of one group together, so that only what is exempt goes."""
    item = document.item
    assert item is not None
    for section in agenda.papers[item.case_id or 0].sections:
        if not section["text"] and not section["rows"]:
            continue
        yield Part(section["heading"], 1, [], item)
        of = _groups(section["code"], section["group"])
        if section["text"]:
            yield Part(blocks=[p_.text(section["text"])], item=item, groups=of)
        for group, rows in groupby(section["rows"], key=lambda row: row["group"]):
            told = p_.facts([row["label"], row["text"]] for row in rows)
            yield Part(blocks=[told], item=item, groups=tuple(dict.fromkeys([*of, group])))


# Free text about the whole: it may tell what is exempt in any part of the need.
FREE = frozenset({"proposal", "question", "anchoring", "disagreement", "secretariat", "coordinator", "own"})


def _groups(code: str, group: str) -> tuple[str, ...]:
    return (group, *ANY) if code in FREE else (group,)


def _minutes(agenda: Agenda) -> Iterator[Part]:
    """Who was there, and each item. What people are to do afterwards is theirs and stays in the full version."""
    columns = [_("Name"), _("Seat"), _("Municipality"), _("Present")]
    yield Part(_("Attendance"), 2, [p_.table(columns, _attendance(agenda))])
    for item in agenda.items:
        yield from _item(agenda, item)
    for row in corrections_of(agenda.meeting):
        about = next((i for i in agenda.items if i.pk == row.item_id), None)
        when = _when(row.corrected_at)
        if about is not None:
            heading = _("Corrected after approval: %(number)s") % {"number": number_of(about, agenda.meeting)}
            yield Part(heading, 2, [p_.text(f"{when}: {row.text}")], about, ANY)
        else:  # free text about no item in particular, which may tell of any of them
            yield Part(_("Corrected after approval"), 2, [p_.text(_("%(when)s: the whole meeting.") % {"when": when})])


def _item(agenda: Agenda, item: AgendaItem) -> Iterator[Part]:
    found = []
    if item.taken_off_at is not None:
        found.append(p_.text(_("Taken off the agenda")))
    elif not agenda.meeting.elsewhere:
        found.append(p_.text(voters_text(agenda, item)))
    out = [row.person.name for row in item.impartiality.all() if row.disqualified]
    if out:
        found.append(p_.text(_("Disqualified: %(names)s") % {"names": ", ".join(out)}))
    if item.treated_at is not None and item.draft_outcome:
        found.append(p_.text(f"{_('Recommendation')}: {item.get_draft_outcome_display()}"))
    if vote := vote_text(item):
        found.append(p_.text(f"{_('Vote')}: {vote}"))
    yield Part(f"{number_of(item, agenda.meeting)} {title_of(item)}", 2, found, item)
    said = _said(agenda, item)
    if said:
        yield Part(blocks=said, item=item, groups=ANY)


def _said(agenda: Agenda, item: AgendaItem) -> list[Block]:
    """What was said and found, in words: all of it free text."""
    found: list[Block] = []
    if item.urgent and item.urgent_by is not None:
        said = {"name": item.urgent_by.name, "reason": item.urgent_reason}
        found.append(p_.text(_("Taken in as an urgent case by %(name)s: %(reason)s") % said))
    if item.discussion:
        found += [p_.heading(_("Treatment"), 3), p_.text(item.discussion)]
    if item.treated_at is not None and item.draft_text:
        found += [
            p_.heading(_("Recommendation"), 3),
            p_.text(item.draft_text),
            p_.heading(_("Reason"), 3),
            p_.text(item.draft_reason),
        ]
    if item.kind == AgendaItem.Kind.REFERRAL:
        found += _referred(agenda, item, {})
    for statement in item.statements.all():
        found += [p_.heading(f"{statement.get_kind_display()}: {statement.person.name}", 3), p_.text(statement.text)]
    return found
