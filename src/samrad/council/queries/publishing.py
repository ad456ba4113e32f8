"""The documents of a meeting as they can be published: what is held back in each, and who has it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samrad.council.models import AgendaItem, Meeting, Publication, PublishedPart, WiderAccess
from samrad.council.queries import Agenda, number_of
from samrad.governance.models import Mandate, Rule
from samrad.governance.queries import in_force, legal_bases
from samrad.organisation.models import Exemption
from samrad.organisation.queries import exemptions
from samrad.secretariat.models import PaperVersion

ANY, CLOSED = PublishedPart.ANY, WiderAccess.CLOSED


@dataclass(frozen=True)
class HeldBack:
    """One thing that is held back in a document, by which law, and whether wider access has been considered."""

    item: AgendaItem
    number: str
    group: str
    basis: str
    exemption: Exemption | None
    answer: WiderAccess | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.item.pk}-{self.group}"


@dataclass(frozen=True)
class Document:
    """A document of a meeting that there is: its agenda, one of its case papers, or its minutes."""

    kind: str
    item: AgendaItem | None
    title: str
    number: str
    held: tuple[HeldBack, ...]
    standing: Publication | None
    past: tuple[Publication, ...]

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"paper-{self.item.pk}" if self.item else self.kind

    @property
    def closed(self) -> bool:
        return self.item is not None and bool(self.item.closed_basis)

    @property
    def unanswered(self) -> list[HeldBack]:
        """What is held back without anybody having considered wider access."""
        return [held for held in self.held if held.answer is None]


def opens_meetings(body_id: int, on: date) -> bool:
    """Does the body's mandate in force open its meetings to everyone?"""
    return in_force(Mandate.objects.filter(body_id=body_id, open_to_public=True), on).exists()


def title_of(item: AgendaItem) -> str:
    """What an item is called by those who may know."""
    return item.case.initiative.title if item.case and item.case.initiative else item.title


def _groups_of(kind: str, agenda: Agenda, item: AgendaItem) -> set[str]:
    """The groups of fields that a document tells of an item."""
    if kind != Publication.Kind.PAPER:
        return {ANY} if kind == Publication.Kind.MINUTES else set()
    version = agenda.papers[item.case_id or 0]
    found = {section["group"] for section in version.sections}
    return found | {row["group"] for section in version.sections for row in section["rows"]} | {ANY}


@dataclass(frozen=True)
class _Known:
    """What is looked up once for all the documents of a meeting."""

    agenda: Agenda
    exempt: dict[int, list[Exemption]]
    answers: dict[tuple[str, int, str, int | None, str], WiderAccess]
    publications: list[Publication]

    def held(self, kind: str, items: Iterable[AgendaItem]) -> tuple[HeldBack, ...]:
        found = []
        for item in items:
            number = number_of(item, self.agenda.meeting)
            if item.closed_basis:
                answer = self.answers.get((kind, item.pk, CLOSED, None, item.closed_basis))
                found.append(HeldBack(item, number, CLOSED, item.closed_basis, None, answer))
                continue
            groups = _groups_of(kind, self.agenda, item)
            for row in (row for pk in sorted(item.about_ids) for row in self.exempt.get(pk, [])):
                if ANY in groups or row.field_group in groups:
                    answer = self.answers.get((kind, item.pk, row.field_group, row.pk, row.legal_basis))
                    found.append(HeldBack(item, number, row.field_group, row.legal_basis, row, answer))
        return tuple(found)

    def document(self, kind: str, item: AgendaItem | None, title: str, items: Iterable[AgendaItem]) -> Document:
        rows = [p for p in self.publications if p.kind == kind and p.item_id == (item.pk if item else None)]
        standing = next((p for p in rows if p.ended_at is None), None)
        number = number_of(item, self.agenda.meeting) if item else ""
        past = tuple(p for p in rows if p.ended_at is not None)
        return Document(kind, item, title, number, self.held(kind, items), standing, past)


def _known(agenda: Agenda, *, on: date) -> _Known:
    ids = list({pk for item in agenda.items for pk in item.about_ids})
    exempt: dict[int, list[Exemption]] = {}
    for row in exemptions(ids, on=on).order_by("pk"):
        exempt.setdefault(row.initiative_id, []).append(row)
    answers = {}
    for given in agenda.meeting.considered.select_related("considered_by"):
        answers[given.kind, given.item_id, given.field_group, given.exemption_id, given.legal_basis] = given
    rows = agenda.meeting.publications.select_related("published_by", "ended_by")
    return _Known(agenda, exempt, answers, list(rows))


def _with_sections(agenda: Agenda) -> None:
    """The texts of the papers, which an agenda is read without, in one query."""
    ids = [version.pk for version in agenda.papers.values()]
    sections = dict(PaperVersion.objects.filter(pk__in=ids).values_list("pk", "sections"))
    for version in agenda.papers.values():
        version.sections = sections[version.pk]


def documents_of(agenda: Agenda, *, on: date) -> list[Document]:
    """The documents there are of a meeting: the agenda and the papers once the notice is sent, the minutes once approved."""
    known, meeting = _known(agenda, on=on), agenda.meeting
    if not meeting.notice_paper:
        return []
    _with_sections(agenda)
    kinds = Publication.Kind
    found = [known.document(kinds.AGENDA, None, _("The agenda"), agenda.standing)]
    for item in agenda.standing:
        # The list of a round is read in the agenda and the minutes; only a case paper is a document of its own.
        if item.case_id in agenda.papers and item.kind == AgendaItem.Kind.CASE and item.case and item.case.initiative:
            found.append(known.document(kinds.PAPER, item, title_of(item), [item]))
    if meeting.state == Meeting.State.APPROVED:
        found.append(known.document(kinds.MINUTES, None, _("The minutes"), agenda.items))
    return found


def binding(held: Iterable[HeldBack], *, on: date) -> set[str]:
    """The keys of what the register says must be held back: there wider access cannot be given."""
    rows = list(held)
    houses: dict[int | None, None] = {}
    for one in rows:
        for row in (one.item, *([one.exemption] if one.exemption else [])):
            houses |= {row.owner_id: None, row.shared_with_id: None}
    must = legal_bases(list(houses), on, kinds=[Rule.Kind.SECRECY]) if rows else []
    codes, names = {basis.code for basis in must}, {basis.name for basis in must}
    code_of = {one.key: one.exemption.basis_code if one.exemption else one.item.closed_code for one in rows}
    return {one.key for one in rows if code_of[one.key] in codes or one.basis in names}
