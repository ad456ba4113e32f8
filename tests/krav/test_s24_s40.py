"""S24–S40: who sits where, lines to and from, and what the model takes care of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samrad.governance.actions import adopt_mandate, give_seat, set_up_body
from tests.initiatives.form import send
from tests.krav.meetings import planned
from tests.krav.region import ALARM, CONSENT, LIST, MEDICINE, ROUTES, STRANGER, Region, text_of

krav = pytest.mark.krav


@krav("S25.AK1", guards=["samrad.council.policy.has_chair", "samrad.council.policy.can_send_notice"])
def test_no_meeting_is_convened_without_a_chair_or_a_deputy(region: Region) -> None:
    house, start = region.world.region, date(2025, 1, 1)
    council = region.set_up(house, set_up_body, owner=house, kind="council", name="Rådet for teknisk")
    region.set_up(house, adopt_mandate, body=council, valid_from=start, adopted_by="Kommunestyrene")

    def seat(key: str, position: str) -> None:
        person = region.person(key)
        region.set_up(house, give_seat, body=council, person=person, position=position, valid_from=start)

    seat("granlia-leder-teknisk", "member")
    meeting, secretary = planned(region, council), region.client("sekretariat")
    assert secretary.post(f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk}).status_code == 302
    url, why = f"/council/{meeting.pk}/notice/", "Organet har verken leder eller nestleder den dagen møtet holdes"
    assert why in region.page("sekretariat", f"/council/{meeting.pk}/")

    def convene(key: str) -> tuple[int, str]:
        version = {"version": region.find(lambda: type(meeting).objects.get(pk=meeting.pk).version)}
        answer = region.client(key).post(url, version, follow=True)
        return answer.status_code, text_of(answer)

    assert why in convene("sekretariat")[1] and "Ingen har fått noen av plassene." in convene("sekretariat")[1]
    # Who is missing is named: whose time as chair ran out before the meeting.
    seat("fossmark-leder-organisasjon", "chair")
    gone = region.find(lambda: council.seats.get(position="chair"))
    region.find(lambda: type(gone).objects.filter(pk=gone.pk).update(valid_to=timezone.localdate() - timedelta(days=1)))
    said, name = convene("sekretariat")[1], region.person("fossmark-leder-organisasjon").name
    assert why in said and f"De siste var: {name} (leder, til" in said
    assert "Innkalling" not in region.page("granlia-leder-teknisk", "/organisation/notifications/")
    seat("granlia-leder-helse", "deputy")
    assert convene(STRANGER)[0] == 404
    assert "Innkallingen er sendt." not in convene("granlia-leder-teknisk")[1]
    assert "Innkallingen er sendt." in convene("sekretariat")[1]
    assert "Rådet for teknisk" in region.page("granlia-leder-teknisk", "/organisation/notifications/")


@krav("S29.AK3", guards=["samrad.overview.timeline.timeline_of", "samrad.initiatives.queries.sight"])
def test_the_timeline_shows_what_went_up_and_what_came_down(region: Region) -> None:
    page = region.page("granlia-ansatt-helse", region.story(ALARM))
    timeline = page[page.index("Dette har skjedd") :]
    up = ["sendte behovet", "svarte som sektorleder", "meldte inn behovet", "førte inn innstillingen fra rådet"]
    down = ["gjorde vedtak for kommunen"]
    for said in [*up, *down]:
        assert said in timeline, said
    assert timeline.count("gjorde vedtak for kommunen") == 6
    assert region.person("bekkjarvoll-direktor").name in timeline
    case = region.case(CONSENT)
    values = {"version": case.version, "missing": ["benefits"], "other": "", "note": ""}
    assert region.client("saksbehandler").post(f"/secretariat/cases/{case.pk}/check/", values).status_code == 302
    author = "bekkjarvoll-ansatt-oppvekst"
    assert "returnerte saken og skrev hva som mangler" in region.page(author, region.story(CONSENT))
    # A neighbour sees that the case is there, but not what goes on in it; a stranger not even that.
    assert "returnerte saken" not in region.page("granlia-ansatt-helse", region.story(CONSENT))
    assert region.status(STRANGER, region.story(ALARM)) == 404


@krav("S34.AK2", guards=["samrad.core.rowsecurity", "samrad.portfolio.queries.short_lines_of"])
def test_any_employee_sees_the_portfolio(region: Region) -> None:
    for town in region.world.towns:
        page = region.page(f"{town}-ansatt-oppvekst", "/portfolio/")
        assert MEDICINE in page and ROUTES in page and ALARM in page, town
    outside = region.page(STRANGER, "/portfolio/")
    assert MEDICINE not in outside and "Digitaliseringsporteføljen" not in outside
    assert region.status(STRANGER, f"/portfolio/{region.portfolio().pk}/") == 404


@krav("S39.AK1", guards="samrad.council.policy.fits")
def test_what_is_operation_does_not_come_on_the_councils_agenda(region: Region) -> None:
    author, need = region.client("skarholt-ansatt-helse"), region.need(LIST)
    send(author, need.pk, 1, classification="operation")
    meeting = planned(region)
    url, case = f"/council/{meeting.pk}/agenda/", {"case": region.case(LIST).pk}
    assert "Drift og vedlikehold hører ikke hjemme" in text_of(
        region.client("sekretariat").post(url, case, follow=True)
    )
    assert region.case(LIST).state == "ready"
    send(author, need.pk, 1, classification="development")
    assert region.client(STRANGER).post(url, case).status_code == 404
    region.client("sekretariat").post(url, case)
    assert region.case(LIST).state == "on_agenda"
