"""What is exempt stands nowhere that one who may not read it can come: pages, lists, search, files, mail, feeds."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from pytest_django import Settings

from samrad.documents import typeset
from samrad.organisation.models import Notification
from samrad.organisation.policy import FIELD_GROUPS
from samrad.organisation.tasks import mail_sweep
from tests.access.crawl import Seen, crawl, known_addresses, squeezed
from tests.access.marked import Marked, exempt
from tests.access.world import ANONYMOUS, World

Both = tuple[World, dict[str, Marked]]
# Those who read a decided case, but not what is exempt in it (flow.md D.6).
READERS = (
    "employee",
    "dal_employee",
    "neighbour",
    "neighbour_leader",
    "elected_rep",
    "observer",
    "administrator",
    "project_owner",
)
STRANGERS = ("stranger", "stranger_leader", ANONYMOUS)
TOKEN = re.compile(r'name="csrfmiddlewaretoken"value="[^"]*"|csrftoken=[^;]*|expires=[^;]*')


@pytest.fixture
def set_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper is what was given to be set, which is quicker to make and to read than the PDF."""
    monkeypatch.setattr(typeset, "_compile", lambda source, content, moment: content.encode())


def visited(world: World, one: str) -> Seen:
    """All that one of them comes across."""
    with world.everywhere():
        addresses = known_addresses()
    with world.undone():
        return crawl(world.client(one), addresses)


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("one", READERS)
def test_a_reader_finds_nothing_that_is_exempt(marked: Both, one: str) -> None:
    world, needs = marked
    seen = visited(world, one)
    early, late = needs["early"], needs["late"]
    assert seen.holding(early.markers(*FIELD_GROUPS, "internal") | late.markers("internal")) == []
    if one != "observer":
        assert seen.where(early.word("title")), "the title is no secret"
        assert seen.where(late.word("problem")), "and what is not exempt is open"


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("one", STRANGERS)
def test_a_stranger_finds_nothing_at_all(marked: Both, one: str) -> None:
    world, needs = marked
    seen = visited(world, one)
    assert len(seen.pages) > 50
    for need in needs.values():
        assert seen.holding(need.markers(*FIELD_GROUPS, "internal", "title")) == []


def test_the_papers_themselves_hold_nothing_that_is_exempt(marked: Both) -> None:
    """As PDF and as spreadsheet, down to their metadata."""
    world, needs = marked
    with world.everywhere():
        papers = [url for url in known_addresses() if re.search(r"\.(pdf|xlsx|json|ics)$|^/documents/", url)]
    found = {}
    for one in ("employee", "secretariat_lead"):
        with world.undone():
            found[one] = crawl(world.client(one), papers)
    early = needs["early"]
    assert found["employee"].holding(early.markers(*FIELD_GROUPS, "internal")) == []
    held = {url for word in early.markers(*FIELD_GROUPS).values() for url in found["secretariat_lead"].where(word)}
    assert {"pdf", "xlsx", "json"} <= {url.rpartition(".")[2] for url in held}


@pytest.mark.usefixtures("set_plainly")
def test_every_marker_is_there_for_those_who_may_see_it(marked: Both) -> None:
    """Without this, the tests above would pass on an empty page."""
    world, needs = marked
    author, secretary = visited(world, "author"), visited(world, "secretariat_lead")
    for need in needs.values():
        for place, word in need.markers(*FIELD_GROUPS, "title").items():
            assert author.where(word) or secretary.where(word), place
        assert secretary.holding(need.markers("internal"))
        assert author.holding(need.markers("internal")) == [], "a note is the secretariat's own"


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("group", FIELD_GROUPS)
def test_each_group_is_hidden_by_itself_also_when_exempt_after_all_was_made(marked: Both, group: str) -> None:
    """Exempt one group of a need that has papers, minutes and a frozen report: it is gone from them, the rest stays."""
    world, needs = marked
    late = needs["late"]
    exempt(world, late, group)
    seen = visited(world, "employee")
    assert seen.holding(late.markers(group)) == []
    for other in set(FIELD_GROUPS) - {group}:
        assert seen.holding(late.markers(other)), f"{other} is still open"


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("one", ["employee", "stranger_leader", "neighbour_leader"])
def test_searching_for_what_is_exempt_is_like_searching_for_nothing(marked: Both, one: str) -> None:
    """No hit, no count, no suggestion: the page is the same as for a word that stands nowhere."""
    world, needs = marked
    client = world.client(one)
    searches = {"/initiatives/": "q"} | crawl(client, []).forms
    markers = needs["early"].markers(*FIELD_GROUPS, "internal")
    if one == "stranger_leader":
        markers |= needs["early"].markers("title")
    for url, name in searches.items():
        for place, word in markers.items():
            nonsense = "w" * len(word)
            found, nothing = (client.get(url, {name: text}) for text in (word, nonsense))
            said, silence = (TOKEN.sub("", squeezed(answer.content.decode())) for answer in (found, nothing))
            assert said.replace(word.lower(), nonsense) == silence, (url, place)
    title = needs["early"].word("title")
    if one != "stranger_leader":
        assert "tiltak" in client.get("/initiatives/", {"q": title}).content.decode().lower()


def test_no_mail_and_no_message_tells_what_is_exempt(marked: Both, settings: Settings) -> None:
    world, needs = marked
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_sweep(0)
    secret = {k: w for need in needs.values() for k, w in need.markers(*FIELD_GROUPS, "internal").items()}
    named = {world.line.people[one].email for one in ("author", "sector_head", "expert", "dal_sector_head")}
    told = 0
    for letter in mail.outbox:
        text = squeezed(f"{letter.subject}\n{letter.body}\n{letter.extra_headers}")
        told += not set(letter.to) & named
        held = [place for place, word in secret.items() if word in text]
        assert not held or set(letter.to) <= named, (letter.to, letter.subject, held)
    assert told, "others are told something too"
    strangers = {world.line.people[one].email for one in ("stranger", "stranger_leader", "neighbour", "employee")}
    assert not strangers & {to for letter in mail.outbox for to in letter.to}
    with world.everywhere():
        assert not Notification.objects.filter(person__email__in=strangers).exists()
