"""What a guest reads and may write: the need of today, and no more comments than one can read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from samrad.anchoring import actions, policy
from samrad.anchoring.models import GuestComment, GuestPass
from samrad.anchoring.queries import guest_path
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from tests.anchoring.line import Line


def shared(line: Line, need: Initiative, at: datetime) -> GuestPass:
    """A link to the need for somebody outside, who may comment."""
    with line.acting("proposer") as by:
        who = actions.add_stakeholder(by=by, at=at, name="Ola Nabo", kind="users")
        last = timezone.localdate() + timedelta(days=5)
        return actions.share_with_guest(
            by=by, at=at, initiative=need, stakeholder=who, parts=["need"], last_date=last, may_comment=True
        )


def write(given: GuestPass, text: str) -> tuple[int, str]:
    """Send a comment as the guest; the page that comes back."""
    answer = Client().post(guest_path(given), {"text": text}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_guest_is_told_that_the_need_is_as_it_stands_and_when_it_was_changed(line: Line) -> None:
    need, now = line.sent(), timezone.now()
    given = shared(line, need, now - timedelta(days=1))
    page = Client().get(guest_path(given)).content.decode()
    assert "Dette er behovet slik det er i dag." in page and "Det er ikke endret siden det ble delt" in page
    with line.acting("proposer") as by:
        values = {"problem": "Nå 60 omveier."}
        initiatives.save_answers(by=by, at=now, initiative_id=need.pk, version=None, values=values)
    page = Client().get(guest_path(given)).content.decode()
    assert "Nå 60 omveier." in page and "og er endret siden, sist" in page


def test_a_comment_that_is_too_long_is_refused_and_kept_in_the_field(line: Line) -> None:
    given = shared(line, line.sent(), timezone.now())
    long = "a" * (policy.COMMENT_LENGTH + 1)
    status, page = write(given, long)
    assert status == 409 and "Skriv høyst 2000 tegn. Du har skrevet 2001." in page and long in page
    assert write(given, "a" * policy.COMMENT_LENGTH)[0] == 200


def test_a_link_leaves_so_many_comments_a_day_and_again_the_next(line: Line) -> None:
    need = line.sent()
    given, other = shared(line, need, timezone.now()), shared(line, need, timezone.now())
    for number in range(policy.COMMENTS_A_DAY):
        assert write(given, f"Kommentar {number}")[0] == 200
    status, page = write(given, "En til")
    assert status == 409 and "Du har skrevet 10 kommentarer i dag. Du kan skrive igjen i morgen." in page
    assert "En til</textarea>" in page
    assert write(other, "Fra en annen")[0] == 200  # each link has its own number
    with line.seen_by():
        GuestComment.objects.filter(guest_pass=given).update(written_at=timezone.now() - timedelta(days=1))
    assert write(given, "Neste dag")[0] == 200
