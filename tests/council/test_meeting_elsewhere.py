"""A body that meets in another system: what it takes with it, and what comes back."""

from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samrad.council import actions
from samrad.council.models import Meeting
from tests.anchoring.line import AT, Line
from tests.council.seats import planned
from tests.documents.examples import PDF

FOUND = {"outcome": "recommended", "text": "Rådet anbefaler.", "reason": "God gevinst.", "discussion": ""}


def _url(name: str, *ids: int) -> str:
    return reverse(f"council:{name}", args=ids)


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("motebok.pdf", PDF)


def test_a_meeting_in_another_system_ends_as_any_other(council_line: Line) -> None:
    line = council_line
    need, meeting, client = line.prepared(), planned(line), line.client("secretary")
    with line.acting("secretary") as by:
        item = actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=line.case(need).pk)
    assert client.get(_url("package_file", meeting.pk)).status_code == 403  # nothing is sent yet
    line.client("member").post(_url("elsewhere_say", meeting.pk), {"system": "Hackersystemet"})
    client.post(_url("elsewhere_say", meeting.pk), {"system": "Sakssystemet"})
    with line.acting("secretary") as by:
        assert Meeting.objects.get(pk=meeting.pk).elsewhere == "Sakssystemet"
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    answer = client.get(_url("package_file", meeting.pk))
    names = ZipFile(BytesIO(answer.content)).namelist()
    assert len(names) == 2 and names[0].startswith("innkalling-2026") and need.reference.replace("/", "-") in names[1]
    assert line.client("member").get(_url("package_file", meeting.pk)).status_code == 403
    assert line.client("stranger").get(_url("package_file", meeting.pk)).status_code == 404
    # Nobody is called over here, and the outcome is written down all the same.
    assert client.post(_url("item_treat", meeting.pk, item.pk), {**FOUND, "version": item.version}).status_code == 302
    approve = _url("minutes_detail", meeting.pk)
    with line.seen_by():
        version = Meeting.objects.get(pk=meeting.pk).version
    line.client("chair").post(approve, {"version": version})
    with line.seen_by():
        assert Meeting.objects.get(pk=meeting.pk).state == "notice_sent"
    none = client.post(_url("minutes_attach", meeting.pk), {})
    assert none.status_code == 422 and "Velg en fil." in none.content.decode()
    assert client.post(_url("minutes_attach", meeting.pk), {"file": _file()}).status_code == 302
    with line.seen_by():
        kept = Meeting.objects.select_related("minutes_file").get(pk=meeting.pk)
        assert kept.state == "held" and kept.minutes_file is not None
    download = reverse("documents:file_download", args=[kept.minutes_file_id])
    assert line.client("member").get(download).status_code == 200
    for who in ("colleague", "stranger"):
        assert line.client(who).get(download).status_code in (403, 404)
    line.client("chair").post(approve, {"version": kept.version})
    assert line.case(need).state == "at_chief_executive"
    assert "Møteboka fra Sakssystemet" in line.client("member").get(approve).content.decode()


def test_minutes_written_here_are_not_replaced_by_a_file(council_line: Line) -> None:
    line = council_line
    meeting = planned(line)
    assert line.client("secretary").post(_url("minutes_attach", meeting.pk), {"file": _file()}).status_code == 403
