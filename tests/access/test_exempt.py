"""What is exempt stands nowhere that one who may not read it can come: pages, lists, search, files, mail, feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from pytest_django import Settings

from samrad.documents import typeset
from samrad.organisation.models import Notification
from samrad.organisation.policy import FIELD_GROUPS
from samrad.organisation.tasks import mail_sweep
from tests.access.crawl import Seen, crawl, known_addresses, squeezed, words_of
from tests.access.marked import Marked, exempt
from tests.access.world import ANONYMOUS, World, looked_up_once

Both = tuple[World, dict[str, Marked]]
# Those who read a decided case, but not what is exempt in it (flow.md D.6). The neighbour's leader reads what its employees do.
READERS = (
    "employee",
    "neighbour_leader",
    "elected_rep",
    "observer",
    "administrator",
)
STRANGERS = ("stranger_leader", ANONYMOUS)
TOKEN = re.compile(r'name="csrfmiddlewaretoken"value="[^"]*"|csrftoken=[^;]*|expires=[^;]*')


@pytest.fixture(scope="module", autouse=True)
def _known(marked: Both) -> Iterator[None]:
    with looked_up_once():
        yield


@pytest.fixture
def set_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper is what was given to be set, which is quicker to make and to read than the PDF."""
    monkeypatch.setattr(typeset, "_compile", lambda source, content, moment: content.encode())


def visited(world: World, one: str) -> Seen:
    """All that one of them comes across, by links and at every address there is."""
    with world.everywhere():
        addresses = known_addresses()
    with world.undone():
        return crawl(world.client(one), addresses)


def visited_after(world: World, one: str, insiders: dict[str, Seen], needs: dict[str, Marked]) -> Seen:
    """What one of them comes across where something exempt stands, and where none of the insiders has been let in.

    A page that tells those nothing who may read everything tells nobody else either.
    """
    early, late = needs["early"], needs["late"]
    words = {**early.markers(*FIELD_GROUPS, "internal", "closed"), **late.markers("internal", "closed")}.values()
    places = {url for seen in insiders.values() for word in (*words, late.word("problem")) for url in seen.where(word)}
    empty = {url for seen in insiders.values() for url in seen.opened} - places - {"/", "/overview/"}
    with world.undone():
        return crawl(world.client(one), sorted(places), empty)


@pytest.fixture(scope="module")
def insiders(marked: Both) -> dict[str, Seen]:
    """What those come across who may read everything: where each marker stands, and where one can search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset, "_compile", lambda source, content, moment: content.encode())
        return {one: visited(marked[0], one) for one in ("author", "secretariat_lead")}


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("one", READERS)
def test_a_reader_finds_nothing_that_is_exempt(marked: Both, insiders: dict[str, Seen], one: str) -> None:
    """The employee tries every address there is; the others those where something stands, or nobody has looked."""
    world, needs = marked
    seen = visited(world, one) if one == "employee" else visited_after(world, one, insiders, needs)
    early, late = needs["early"], needs["late"]
    assert seen.holding(early.markers(*FIELD_GROUPS, "internal", "closed") | late.markers("internal", "closed")) == []
    if one != "observer":
        assert seen.where(early.word("title")), "the title is no secret"
        assert seen.where(late.word("problem")), "and what is not exempt is open"


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("one", STRANGERS)
def test_a_stranger_finds_only_what_the_council_opens(marked: Both, one: str) -> None:
    """Nothing at all, but in the open portfolio: there what the mandate opens, and nothing that is exempt."""
    world, needs = marked
    seen = visited(world, one)
    assert len(seen.pages) > 50
    opened = Seen({url: words for url, words in seen.pages.items() if url.startswith("/overview/open/")})
    closed = Seen({url: words for url, words in seen.pages.items() if url not in opened.pages})
    for need in needs.values():
        assert closed.holding(need.markers(*FIELD_GROUPS, "internal", "closed", "title")) == []
    early, late = needs["early"], needs["late"]
    assert opened.holding(early.markers(*FIELD_GROUPS, "internal", "closed")) == []
    assert opened.holding(late.markers("internal", "closed")) == [] == opened.where(late.word("file_content"))
    assert opened.where(early.word("title")) and opened.where(late.word("problem")), "what is open is there"
    documents = Seen({url: words for url, words in opened.pages.items() if "/meetings/" in url})
    assert documents.where(late.word("assessment")) and documents.where("personalsak"), "and in what is published"
    assert documents.where("unntattoffentlighet,jf."), "with the law in place of what is exempt"


def test_the_papers_themselves_hold_nothing_that_is_exempt(marked: Both) -> None:
    """As PDF and as spreadsheet, down to their metadata."""
    world, needs = marked
    with world.everywhere():
        papers = [url for url in known_addresses() if re.search(r"\.(pdf|xlsx|json|ics)$|^/documents/\d+/$", url)]
    early, found = needs["early"], {}
    for one in ("employee", "secretariat_lead"):
        with world.undone():
            found[one] = Seen({url: words_of(world.client(one).get(url)) for url in papers})
    assert found["employee"].holding(early.markers(*FIELD_GROUPS, "internal")) == []
    held = {url for word in early.markers(*FIELD_GROUPS).values() for url in found["secretariat_lead"].where(word)}
    assert {"pdf", "xlsx", "json"} <= {url.rpartition(".")[2] for url in held}


def test_every_marker_is_there_for_those_who_may_see_it(marked: Both, insiders: dict[str, Seen]) -> None:
    """Without this, the tests above would pass on an empty page."""
    author, secretary = insiders["author"], insiders["secretariat_lead"]
    for need in marked[1].values():
        found = need.markers(*FIELD_GROUPS, "title", "closed")
        assert [place for place, word in found.items() if not author.where(word) and not secretary.where(word)] == []
        assert secretary.holding(need.markers("internal"))
        assert author.holding(need.markers("internal")) == [], "a note is the secretariat's own"


@pytest.mark.usefixtures("set_plainly")
@pytest.mark.parametrize("group", FIELD_GROUPS)
def test_each_group_is_hidden_by_itself_also_when_exempt_after_all_was_made(
    marked: Both, insiders: dict[str, Seen], group: str
) -> None:
    """Exempt one group of a need that has papers, minutes and a frozen report: it is gone from them, the rest stays."""
    world, needs = marked
    late = needs["late"]
    words = late.markers(*FIELD_GROUPS).values()
    places = {url for seen in insiders.values() for word in words for url in seen.where(word)}
    exempt(world, late, group)
    with world.undone():
        client = world.client("employee")
        seen = Seen({url: words_of(client.get(url)) for url in sorted(places)})
    assert seen.holding(late.markers(group)) == []
    assert [other for other in FIELD_GROUPS if other != group and not seen.holding(late.markers(other))] == []


@pytest.mark.parametrize("one", ["employee", "stranger_leader"])
def test_searching_for_what_is_exempt_is_like_searching_for_nothing(
    marked: Both, insiders: dict[str, Seen], one: str
) -> None:
    """No hit, no count, no suggestion: the page is the same as for a word that stands nowhere."""
    world, needs = marked
    early, client = needs["early"], world.client(one)
    secret = ("need", "costs", "benefits", "assessment", "attachments", "internal", "closed")
    few = 1 if one == "stranger_leader" else None  # row security hides all of a need from a stranger alike
    markers = {place: word for group in secret for place, word in [*early.markers(group).items()][:few]}
    hidden = early.markers("title") if one == "stranger_leader" else {}
    searches = {url: name for seen in insiders.values() for url, name in seen.forms.items()}
    assert searches["/initiatives/"] == "q"

    def answer(url: str, name: str, word: str) -> str:
        page = TOKEN.sub("", squeezed(client.get(url, {name: word}).content.decode()))
        return page.replace(word.lower(), "¤")

    for url, name in searches.items():
        nothing = answer(url, name, "wwwwwwww")
        sought = markers if url.startswith("/overview/open/") else {**markers, **hidden}  # open titles are open to all
        assert [place for place, word in sought.items() if answer(url, name, word) != nothing] == [], url
    if one == "employee":
        assert early.word("title") in squeezed(client.get("/initiatives/", {"q": "Tiltak"}).content.decode())


def test_no_mail_and_no_message_tells_what_is_exempt(marked: Both, settings: Settings) -> None:
    world, needs = marked
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_sweep(0)
    secret = {k: w for need in needs.values() for k, w in need.markers(*FIELD_GROUPS, "internal", "closed").items()}
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
