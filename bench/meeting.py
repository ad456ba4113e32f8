"""`python -m bench.run --meeting`: a meeting of forty items and twenty-five members, with twenty people at it, and its papers.

The same meeting with four items stands beside it, so that the figures can be read as a ratio. Figures, never a test.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ITEMS, MEMBERS, PEOPLE, WRITERS, SECONDS, PAUSE = (4, 40), 25, 20, 5, 60.0, 4.0
BIG = 900_000  # kroner: more than the secretariat decides itself


@dataclass
class Meeting:
    """A meeting that is being held: its page, and what the writers write to."""

    pk: int
    items: list[int]
    seconds_pdf: float
    pages: int
    kilobytes: int


@dataclass
class Times:
    """Milliseconds of each answer, by what was done, and how many were refused."""

    done: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0


def p(values: list[float], share: float) -> float:
    """The value under which a share of them lies."""
    return sorted(values)[max(0, int(len(values) * share) - 1)] if values else 0.0


def make(world: Any, count: int, *, day: int) -> Meeting:
    """A meeting with so many cases, each with its paper, noticed and opened, made by actions; and its papers in one file."""
    from django.utils import timezone

    from samrad.config.demo_data import TILTAK
    from samrad.config.demo_way import Walk, prepare_all
    from samrad.council import actions as council
    from samrad.council.models import PaperSet
    from samrad.council.queries import seats_on
    from samrad.documents import files

    ways = []
    for number in range(count):
        one = TILTAK[number % len(TILTAK)]._replace(
            stage="agenda", title=f"{TILTAK[number % len(TILTAK)].title} {number}", once=BIG
        )
        ways.append(Walk(world, one, 100 + number))
        prepare_all(ways[-1])
    start = timezone.now().replace(hour=8) + timedelta(days=day)
    meeting = world.do(
        "sekretariat",
        council.plan_meeting,
        at=world.now,
        body=world.bodies["council"],
        starts_at=start,
        ends_at=start + timedelta(hours=6),
    )
    items = [
        world.do("sekretariat", council.put_on_agenda, at=world.now, meeting_id=meeting.pk, case_id=way.case.pk)
        for way in ways
    ]
    world.do("sekretariat", council.send_notice, at=world.now, meeting_id=meeting.pk)
    row = world.read(lambda: PaperSet.objects.get(meeting=meeting))
    began = time.perf_counter()
    while world.do("sekretariat", council.make_next_part, at=world.now, set_id=row.pk):
        pass
    took = time.perf_counter() - began
    seats = world.read(lambda: seats_on(meeting.body_id, start.date()))
    presence = {seat.pk: "present" for seat in seats}
    world.do("saksbehandler", council.record_attendance, at=world.now, meeting_id=meeting.pk, presence=presence)
    row = world.read(lambda: PaperSet.objects.get(meeting=meeting))
    content = files.read(row.pdf_sha256)
    return Meeting(meeting.pk, [item.pk for item in items], took, content.count(b"/Type /Page\n"), len(content) // 1024)


def seat(world: Any) -> list[str]:
    """Twenty-five who sit in the council, and the cookies of twenty who are signed in: the writers first."""
    from django.conf import settings
    from django.test import Client

    from samrad.governance.actions import give_seat

    council = world.bodies["council"]
    taken = world.read(lambda: {row.person_id for row in council.seats.all()})
    others = [key for key, person in world.people.items() if person.pk not in taken and "ansatt" in key]
    for key in others[: MEMBERS - len(taken)]:
        values = {"body": council, "person": world.people[key], "position": "member", "valid_from": date(2025, 1, 1)}
        world.do("administrator", give_seat, at=world.now, **values)
    sitting = world.read(lambda: [row.person_id for row in council.seats.all()])
    named = {person.pk: key for key, person in world.people.items()}
    writers = ["saksbehandler", "sekretariat"] * WRITERS
    keys = [*writers[:WRITERS], *(named[pk] for pk in sitting)][:PEOPLE]
    cookies = []
    for key in keys:
        client = Client()
        account = world.read(
            lambda key=key: type(world.people[key]).objects.select_related("account").get(pk=world.people[key].pk)
        ).account
        client.force_login(account)
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return cookies


def _ask(port: int, cookie: str, method: str, url: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"sessionid={cookie}; csrftoken={'x' * 32}", "Host": f"127.0.0.1:{port}"}
    body = None
    if data is not None:
        body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": "x" * 32})
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    connection.request(method, url, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _person(
    port: int, cookie: str, meeting: Meeting, place: int, until: float, times: Times, lock: threading.Lock
) -> None:
    """One at the meeting: a writer saves what is written in an item of its own, the others open the page and turn it."""
    rng = random.Random(place)
    versions: dict[int, int] = {}
    time.sleep(rng.uniform(0, PAUSE))
    while time.perf_counter() < until:
        writes = place < WRITERS
        item = meeting.items[place % len(meeting.items)] if writes else rng.choice(meeting.items)
        if writes:
            url, name = f"/council/{meeting.pk}/items/{item}/text/", "an action: what is written is saved"
            data = {
                "version": versions.get(item, 1),
                "discussion": f"Rådet drøftet saken {rng.random()}",
                "outcome": "",
            }
            began = time.perf_counter()
            status, text = _ask(port, cookie, "POST", url, data)
            found = text.rpartition('name="version" id="id_version" value="')[2].partition('"')[0]
            versions[item] = int(found) if found.isdigit() else versions.get(item, 1)
        else:
            name, began = "the page of the meeting", time.perf_counter()
            status, _text = _ask(port, cookie, "GET", f"/council/{meeting.pk}/?mode=hold&item={item}")
        took = (time.perf_counter() - began) * 1000
        with lock:
            times.done.setdefault(name, []).append(took)
            times.failed += status != 200
        time.sleep(rng.uniform(0.5, 1.5) * PAUSE)


def act(port: int, cookies: list[str], meeting: Meeting) -> Times:
    """Twenty people at the meeting for a minute."""
    times, lock, until = Times(), threading.Lock(), time.perf_counter() + SECONDS
    values = [(port, cookie, meeting, place, until, times, lock) for place, cookie in enumerate(cookies)]
    threads = [threading.Thread(target=_person, args=one) for one in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def run(data: Path, port: int = 8113) -> str:
    """Make the meetings, serve them, let twenty people at them, and say what it took."""
    import django
    from django.core.management import call_command

    from samrad.core.embedded import using

    with using(data):
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        from django.utils import timezone

        from samrad.config import demo
        from samrad.core.acting import acting_for

        with acting_for([]):
            world = demo.set_up(timezone.now())
        cookies = seat(world)
        meetings = {count: make(world, count, day=20 + count) for count in ITEMS}
    env = {**os.environ, "SAMRAD_DATA": str(data)}
    log = (data / "serve.log").open("w")
    command = [str(Path(sys.executable).parent / "samrad"), "serve", "--port", str(port), "--data", str(data)]
    server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        for _try in range(120):
            try:
                if _ask(port, "", "GET", "/health/")[0] < 500:
                    break
            except OSError:
                time.sleep(0.5)
        found = {count: act(port, cookies, meeting) for count, meeting in meetings.items()}
    finally:
        server.terminate()
        server.wait(30)
    return _said(meetings, found)


def _said(meetings: dict[int, Meeting], found: dict[int, Times]) -> str:
    few, many = ITEMS
    lines = [
        "# Speed of a meeting\n",
        f"`python -m bench.run --meeting` writes this page. {PEOPLE} people are at a meeting of {MEMBERS} members for "
        f"{SECONDS:.0f} seconds, {WRITERS} of them write, each does something every {PAUSE:.0f} seconds. Goals: an action in "
        "p95 below 100 ms, and all the papers of 40 cases in PDF in less than 20 s in the worker.\n",
        f"| what | p50, {few} items | p95, {few} items | p50, {many} items | p95, {many} items | ratio of p50 |",
        "|---|---|---|---|---|---|",
    ]
    for name, slow in found[many].done.items():
        quick = found[few].done.get(name, [])
        ratio = statistics.median(slow) / statistics.median(quick) if quick else 0
        figures = [p(quick, 0.5), p(quick, 0.95), p(slow, 0.5), p(slow, 0.95)]
        lines.append(f"| {name} | {' | '.join(f'{one:.0f}' for one in figures)} | {ratio:.2f} |")
    lines += ["", f"Refused or failed: {sum(times.failed for times in found.values())}.", ""]
    lines += [
        f"All the papers of {count} cases in one PDF and a zip: {m.seconds_pdf:.1f} s, {m.kilobytes} kB."
        for count, m in meetings.items()
    ]
    return "\n".join(lines) + "\n"
