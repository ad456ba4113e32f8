"""The pages of meetings, decisions and the archive: nothing for axe, nothing wider than the window, nothing in the console."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from samrad.council import actions
from tests.anchoring.line import AT, Line, make_line
from tests.council.seats import held, seat_everyone
from tests.ui.pages import faults, open_page
from tests.ui.test_frame import sign_in


@pytest.fixture
def line(transactional_db: None) -> Line:
    """The people, seen by the server's own connections too."""
    made = make_line()
    seat_everyone(made)
    return made


@pytest.mark.parametrize("width", [1280, 360])
def test_meetings_decisions_and_the_archive(
    line: Line, live_server: LiveServer, page: Page, said: list[str], width: int
) -> None:
    need, meeting, item = held(line)
    with line.acting("secretary") as by:
        actions.record_vote(by=by, at=AT, item_id=item.pk, version=None, votes_for=2, votes_against=1, votes_blank=0)
    detail = reverse("council:meeting_detail", args=[meeting.pk])
    waiting = line.recommended()
    coming = line.prepared()
    visits = {
        "secretary": [
            reverse("council:meeting_list"),
            *(f"{detail}?mode={mode}" for mode in ("prepare", "hold", "minutes")),
            reverse("council:minutes_detail", args=[meeting.pk]),
            reverse("council:meeting_move", args=[meeting.pk]),
            reverse("secretariat:paper_version", args=[line.case(need).pk, 1]),
            reverse("secretariat:case_prepare", args=[line.case(coming).pk]),
        ],
        "chief": [reverse("cases:decision_decide", args=[line.decision(waiting, "fjell").pk])],
        "fjell_archive": [
            reverse("archive:filing_list"),
            reverse("archive:setup_change", args=[line.entities["fjell"].pk]),
        ],
    }
    for who, addresses in visits.items():
        sign_in(page, live_server, line.client(who))
        for address in addresses:
            open_page(page, live_server.url + address, width)
            assert (who, address, faults(page), said) == (who, address, [], [])
