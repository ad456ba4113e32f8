"""What the council was sent stays as it was, whatever is written afterwards."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from samrad.council import actions
from samrad.council.models import AgendaItem
from samrad.organisation.actions import exempt_fields
from samrad.secretariat import actions as secretariat
from samrad.secretariat.models import PaperVersion
from tests.anchoring.line import AT, Line
from tests.council.seats import noticed

MONEY = "600\xa0000"


def _url(name: str, *ids: int) -> str:
    return reverse(f"secretariat:{name}", args=ids)


def _again(line: Line, case_id: int, text: str) -> None:
    with line.acting("secretary") as by:
        secretariat.make_paper(by=by, at=AT, case_id=case_id, proposed_outcome="defer", proposed_text=text)


def test_a_later_edit_is_a_new_version_and_is_marked(council_line: Line) -> None:
    line = council_line
    need, meeting, item = noticed(line)
    case, client = line.case(need), line.client("member")
    first = client.get(_url("paper_version", case.pk, 1)).content.decode()
    printed = client.get(_url("paper_version_pdf", case.pk, 1)).content
    assert "Anbefales." in first and "slik rådet fikk det" in first
    _again(line, case.pk, "Vent et år.")
    assert line.case(need).state == "on_agenda"
    assert "Anbefales." in client.get(_url("paper_version", case.pk, 1)).content.decode()
    assert client.get(_url("paper_version_pdf", case.pk, 1)).content == printed
    newest = client.get(_url("paper_detail", case.pk)).content.decode()
    assert "Vent et år." in newest and "endret etter at innkallingen ble sendt" in newest
    page = client.get(reverse("council:meeting_detail", args=[meeting.pk])).content.decode()
    assert "Anbefales." in page and "Vent et år." not in page and "Les versjon 2" in page
    with line.acting("secretary") as by:  # sent again: now the council has the new one, and the old one still stands
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
        assert AgendaItem.objects.get(pk=item.pk).paper_number == 2
    page = client.get(reverse("council:meeting_detail", args=[meeting.pk])).content.decode()
    assert "Vent et år." in page
    assert "Anbefales." in client.get(_url("paper_version", case.pk, 1)).content.decode()
    assert client.get(_url("paper_version", case.pk, 3)).status_code == 404


def test_what_was_sent_cannot_be_changed_in_the_database_either(council_line: Line) -> None:
    line = council_line
    noticed(line)
    with line.seen_by():
        for statement in (PaperVersion.objects.all().delete, lambda: PaperVersion.objects.update(proposed_text="x")):
            with pytest.raises(DatabaseError), transaction.atomic():
                statement()
        assert PaperVersion.objects.get().proposed_text == "Anbefales."


def test_a_case_that_came_after_the_notice_is_kept_when_the_meeting_opens(council_line: Line) -> None:
    line = council_line
    _need, meeting, _item = noticed(line)
    late = line.case(line.prepared())
    with line.acting("chair") as by:
        actions.take_urgent_case(by=by, at=AT, meeting_id=meeting.pk, case_id=late.pk, reason="Fristen er i morgen.")
    with line.acting("secretary") as by:
        seats = {s.pk: "present" for s in meeting.body.seats.all()}
        for _click in range(2):
            actions.record_attendance(by=by, at=AT, meeting_id=meeting.pk, presence=seats)
        assert PaperVersion.objects.filter(case=late).count() == 1


def test_what_is_exempted_later_is_gone_from_the_kept_version_too(council_line: Line) -> None:
    line = council_line
    need, _meeting, _item = noticed(line)
    case = line.case(need)
    url = _url("paper_version", case.pk, 1)
    assert MONEY in line.client("colleague").get(url).content.decode()
    with line.acting("secretary") as by:
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="costs",
            legal_basis="offentleglova § 23",
            involved=False,
        )
    page = line.client("colleague").get(url).content.decode()
    assert MONEY not in page and "offentleglova § 23" in page
    assert MONEY in line.client("member").get(url).content.decode()
    assert line.client("colleague").get(_url("paper_version_pdf", case.pk, 1)).status_code == 200


def test_a_stranger_finds_no_version(council_line: Line) -> None:
    line = council_line
    need, _meeting, _item = noticed(line)
    case = line.case(need)
    for name in ("paper_version", "paper_version_pdf"):
        assert line.client("stranger").get(_url(name, case.pk, 1)).status_code == 404
