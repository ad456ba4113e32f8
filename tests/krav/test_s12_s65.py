"""S12, S31, S65: deadlines everyone sees, a year planned from the mandate, and dates one can subscribe to."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from samrad.governance.models import CycleDate, PlannedMeeting
from samrad.governance.queries import next_deadlines
from tests.krav.region import STRANGER, Region, text_of

krav = pytest.mark.krav
NEXT_YEAR = timezone.localdate().year + 1
FAR = NEXT_YEAR + 2
PLAN = {"meetings": 5, "weekday": 2, "starts": "12.00", "minutes": 90, "place": "Granlia kulturhus"}
DAYS = {"ordinary_days": 28, "urgent_days": 8, "notice_days": 10}


def _planned(region: Region, year: int) -> list[PlannedMeeting]:
    rows = PlannedMeeting.objects.filter(body=region.world.bodies["council"], starts_at__year=year)
    return region.find(lambda: list(rows.order_by("starts_at")))


def _council(region: Region) -> int:
    return int(region.world.bodies["council"].pk)


def _laid_out(page: str) -> dict[str, str]:
    """Everything the page would send if one pressed the button."""
    form = page[page.rindex('<form method="post" novalidate>') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("name") and (said.get("type") != "checkbox" or " checked" in tag):
            found[said["name"]] = said.get("value", "on" if said.get("type") == "checkbox" else "")
    return found


def _move(row: PlannedMeeting, **changed: Any) -> dict[str, Any]:
    start = timezone.localtime(row.starts_at)
    return {
        "do": "save",
        "version": row.sequence,
        "day": f"{start:%d.%m.%Y}",
        "starts": f"{start:%H.%M}",
        "ends": "15.00",
        "place": row.place,
        "submission_deadline": f"{row.submission_deadline:%d.%m.%Y}",
        "urgent_deadline": f"{row.urgent_deadline:%d.%m.%Y}" if row.urgent_deadline else "",
        **changed,
    }


@krav("S12.AK1", guards=["samrad.governance.queries.cycle.next_deadlines", "samrad.core.rowsecurity"])
def test_the_next_three_deadlines_are_on_everyones_page(region: Region) -> None:
    today = timezone.localdate()
    due = region.find(lambda: next_deadlines(region.actor("fossmark-ansatt-helse"), on=today))
    assert len(due) == 3 and today <= due[0].day <= due[1].day <= due[2].day
    for who in ("fossmark-ansatt-helse", "folkevalgt", "sekretariat", "granlia-direktor"):
        page = region.page(who, "/overview/")
        part = page[page.index("Neste frister") : page.index("Se hele årshjulet")]
        places = [part.index(deadline.what) for deadline in due]
        assert len(places) == 3 and places[0] > 0, who
    outside = region.page(STRANGER, "/overview/")
    assert "Ingen frister er lagt ut ennå." in outside and "Digitaliseringsrådet" not in outside
    # A deadline that has passed gives its place to the next one.
    later = region.find(lambda: next_deadlines(region.actor("folkevalgt"), on=due[0].day + timedelta(days=1)))
    assert due[0] not in later and due[1] in later


@krav(
    "S12.AK2",
    guards=[
        "samrad.governance.queries.cycle.followers",
        "samrad.governance.notifications.tell_meeting",
        "samrad.governance.policy.can_plan_cycle",
    ],
)
def test_whoever_follows_is_told_from_what_to_what_a_date_is_changed(region: Region) -> None:
    follower, other, told = "skarholt-ansatt-helse", "granlia-ansatt-helse", "/organisation/notifications/"
    assert region.client(follower).post("/governance/cycle/follow/", {"do": "follow"}).status_code == 302
    row = _planned(region, NEXT_YEAR)[-1]
    url = f"/governance/cycle/meetings/{row.pk}/"
    old = timezone.localdate(row.starts_at)
    new = old - timedelta(days=7)
    values = _move(row, day=f"{new:%d.%m.%Y}")
    assert region.client(follower).post(url, values).status_code == 403  # who follows does not move
    assert "endret fra" not in region.page(follower, told)
    assert region.client("sekretariat").post(url, values).status_code == 302
    said = region.page(follower, told)
    months = [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ]
    before, after = (f"{day.day}. {months[day.month - 1]} {day.year}" for day in (old, new))
    assert f"endret fra {before}" in said and f"til {after}" in said
    assert "endret fra" not in region.page(other, told) and "endret fra" not in region.page(STRANGER, told)
    # The same form a second time comes from a page that is out of date.
    assert region.client("saksbehandler").post(url, values).status_code == 409
    # Only some kinds of dates: a new deadline for reporting is told to those who asked for it.
    tertial = region.find(lambda: CycleDate.objects.get(code="tertial_1", year=NEXT_YEAR))
    assert region.client(other).post("/governance/cycle/follow/", {"do": "follow", "kinds": "reporting"})
    assert region.client(follower).post("/governance/cycle/follow/", {"do": "follow", "kinds": "budget"})
    why = {"do": "cancel", "version": tertial.sequence, "reason": "Slått sammen med årsrapporten."}
    dates = f"/governance/cycle/dates/{tertial.pk}/"
    assert region.client(other).post(dates, why).status_code == 403
    assert region.client("sekretariat").post(dates, {**why, "reason": ""}).status_code == 422
    assert region.client("sekretariat").post(dates, why).status_code == 302
    assert "Slått sammen med årsrapporten." in region.page(other, told)
    assert "Slått sammen" not in region.page(follower, told)
    assert region.client("sekretariat").post(dates, {"do": "restore"}).status_code == 302
    assert "står igjen" in region.page(other, told)


@krav(
    "S31.AK1",
    guards=[
        "samrad.governance.cycle_days.propose",
        "samrad.governance.actions.cycle._meet_on",
        "samrad.governance.policy.can_plan_cycle",
    ],
)
def test_a_year_of_meetings_is_made_from_the_mandates_frequency_and_never_twice(region: Region) -> None:
    url = f"/governance/cycle/plan/{_council(region)}/{FAR}/"
    assert region.status("fossmark-ansatt-helse", url) == 403 and region.status(STRANGER, url) == 404
    pages, typed = 0, 0
    secretary = region.client("sekretariat")
    choice = secretary.get("/governance/cycle/plan/", {"body": _council(region), "year": NEXT_YEAR + 1})
    assert choice.status_code == 302
    first = text_of(secretary.get(url))
    pages += 2
    assert "Mandatet sier 6 møter i året." in first
    values = _laid_out(first)
    assert len([name for name in values if re.fullmatch(r"m\d+-day", name)]) == 6
    assert region.client("fossmark-ansatt-helse").post(url, values).status_code == 403
    assert _planned(region, FAR) == []
    # One meeting is moved to a day the office is closed, and is refused at the field; then to a working day.
    shut = secretary.post(url, {**values, "m0-day": f"17.05.{FAR}"})
    assert shut.status_code == 422 and "Kontoret er stengt den dagen." in text_of(shut)
    moved = date(FAR, 2, 6)
    moved += timedelta(days=(3 - moved.weekday()) % 7)
    assert secretary.post(url, {**values, "m0-day": f"{moved:%d.%m.%Y}"}).status_code == 302
    typed += 1
    made = _planned(region, FAR)
    assert len(made) == 6 and timezone.localdate(made[0].starts_at) == moved
    for row in made:
        day = timezone.localdate(row.starts_at)
        assert row.submission_deadline < day and row.urgent_deadline and row.urgent_deadline < day
        assert row.submission_deadline <= row.urgent_deadline and row.notice_date and row.notice_date < day
    # A second click, and a second proposal: nothing is planned twice.
    assert secretary.post(url, {**values, "m0-day": f"{moved:%d.%m.%Y}"}).status_code == 302
    assert len(_planned(region, FAR)) == 6
    again = text_of(secretary.get(url))
    assert "Ingen nye møter å foreslå" in again
    # The next year starts as this one was.
    rolled = text_of(secretary.get(f"/governance/cycle/plan/{_council(region)}/{FAR + 1}/", {**PLAN, **DAYS}))
    assert len([n for n in _laid_out(rolled) if re.fullmatch(r"m\d+-day", n)]) == 5
    year = region.page("folkevalgt", f"/governance/cycle/{FAR}/")
    assert year.count("Møte i Digitaliseringsrådet") >= 6 and "Prioriteringsrunde til budsjettet" in year
    assert "Møte i" not in region.page(STRANGER, f"/governance/cycle/{FAR}/")
    print(f"S31.AK1 a year is planned on {pages} pages with {typed} typed field")
    assert pages <= 3


@krav(
    "S65.AK1",
    guards=[
        "samrad.governance.queries.cycle.entries",
        "samrad.governance.queries.cycle.subscriber",
        "samrad.core.rowsecurity",
    ],
)
def test_the_year_is_published_and_can_be_subscribed_to(region: Region) -> None:
    employee, year = "bekkjarvoll-ansatt-teknisk", f"/governance/cycle/{NEXT_YEAR}/"
    for who in (employee, "folkevalgt"):
        page = region.page(who, year)
        for said in ("Møte i Digitaliseringsrådet", "Siste dag for å melde inn", "Rapport for 1. tertial"):
            assert said in page, (who, said)
    assert "Rapport for 1. tertial" not in region.page(employee, year + "?kind=meeting")
    assert "Digitaliseringsrådet" not in region.page(STRANGER, year)
    client = region.client(employee)
    assert client.post("/governance/cycle/follow/", {"do": "follow", "kinds": ["meeting"]}).status_code == 302
    address = _address(region, employee)
    first = _events(Client().get(address))
    assert first and all(uid.startswith("cycle-meeting-") for uid in first)
    row = _planned(region, NEXT_YEAR)[-1]
    uid = f"cycle-meeting-{row.pk}@samrad"
    assert first[uid]["SEQUENCE"] == 0 and first[uid]["STATUS"] == "CONFIRMED"
    assert first[uid].decoded("dtstart") == row.starts_at
    why = {"do": "cancel", "version": 0, "reason": "Rådet rekker det i oktober."}
    assert region.client("sekretariat").post(f"/governance/cycle/meetings/{row.pk}/", why).status_code == 302
    after = _events(Client().get(address))
    assert after[uid]["SEQUENCE"] == 1 and after[uid]["STATUS"] == "CANCELLED"
    assert set(after) == set(first)
    # The address is a secret: one letter off, renewed or stopped, and it opens nothing.
    assert Client().get(address.replace(".ics", "x.ics")).status_code == 404
    client.post("/governance/cycle/follow/", {"do": "renew"})
    renewed = _address(region, employee)
    assert Client().get(address).status_code == 404 and Client().get(renewed).status_code == 200
    client.post("/governance/cycle/follow/", {"do": "stop"})
    assert Client().get(renewed).status_code == 404
    # A stranger's own calendar holds nothing of ours, and the file is for those who are signed in.
    region.client(STRANGER).post("/governance/cycle/follow/", {"do": "follow"})
    assert _events(Client().get(_address(region, STRANGER))) == {}
    assert len(_events(client.get(year + "calendar.ics"))) > len(first)
    assert Client().get(year + "calendar.ics").status_code == 302


def _address(region: Region, who: str) -> str:
    page = region.page(who, "/governance/cycle/follow/")
    found = re.search(r"<code>http://testserver(/governance/cycle/feed/[^<]+\.ics)</code>", page)
    assert found is not None
    return found[1]


def _events(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
