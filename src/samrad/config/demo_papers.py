"""What the demo's secretariat has written: a case paper by two at once, the house's own template, and minutes that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from samrad.council import actions as council
from samrad.council.models import Meeting, PaperSet
from samrad.documents.actions.templates import adopt_template
from samrad.documents.word import standard_template
from samrad.secretariat import actions as secretariat

if TYPE_CHECKING:
    from samrad.config.demo import World

FIRST = "Gevinsten er prøvd ut i en sone i Granlia i vår. Der gikk kjøringen ned med en tredel."
SECOND = "Gevinsten er regnet ut fra tall fra Granlia. Vi har ikke prøvd den ut i de andre kommunene."


def write_papers(world: World, case_id: int) -> None:
    """Two write in the same section: one text stands, and the other lies beside it."""
    said = {"case_id": case_id, "code": "benefits", "version": 0}
    world.do("saksbehandler", secretariat.write_section, at=world.ago(5), text=FIRST, **said)
    world.do("sekretariat", secretariat.write_section, at=world.ago(5) + timedelta(minutes=4), text=SECOND, **said)
    costs = {**said, "code": "costs", "text": "Kostnaden er kontrollert mot regnskapet for i fjor."}
    world.do("saksbehandler", secretariat.write_section, at=world.ago(4), **costs)


def own_template(world: World) -> None:
    """The cooperation's own template for case papers."""
    upload = SimpleUploadedFile("saksframlegg-fjelldalsregionen.docx", standard_template("nb"))
    at = world.ago(120)
    chosen = {"owner_id": world.region.pk, "kind": "case_paper", "valid_from": localdate(at)}
    world.do("administrator", adopt_template, at=at, upload=upload, **chosen)


def short_meeting(world: World) -> None:
    """A short extra meeting about the strategy, whose minutes the body approves in its next one."""
    start = world.hour(world.weekday(12), 60)
    meeting: Meeting = world.do(
        "sekretariat",
        council.plan_meeting,
        at=start - timedelta(days=9),
        body=world.bodies["council"],
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        remote_link="https://mote.example/ekstra",
    )
    pk = meeting.pk
    world.do(
        "sekretariat",
        council.add_information,
        at=start - timedelta(days=8),
        meeting_id=pk,
        title="Innspill til ny digitaliseringsstrategi",
        minutes=45,
    )
    world.do("sekretariat", council.send_notice, at=start - timedelta(days=8), meeting_id=pk)
    seats = world.read(lambda: list(meeting.body.seats.all()))
    presence = {seat.pk: "remote" for seat in seats}
    world.do("saksbehandler", council.record_attendance, at=start, meeting_id=pk, presence=presence)
    world.do("saksbehandler", council.choose_approval, at=start, meeting_id=pk, approval="next")
    world.do("saksbehandler", council.close_meeting, at=start + timedelta(minutes=50), meeting_id=pk)


def gather_last(world: World) -> None:
    """All the papers of the last meeting with minutes are in one file."""

    def make() -> None:
        last = Meeting.objects.filter(state=Meeting.State.APPROVED).order_by("-starts_at").first()
        row = PaperSet.objects.filter(meeting=last).first()
        while row is not None and world.do("sekretariat", council.make_next_part, at=world.now, set_id=row.pk):
            pass

    world.read(make)
