"""Every role through every action and every address: what each is let into, and what leaves no trace when refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.template import loader
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samrad.documents import typeset
from samrad.organisation.roles import PERMISSIONS, roles_for
from tests.access.expected import EVERYONE, NOBODY, SEEN_THROUGH, TABLE, Door
from tests.access.world import ANONYMOUS, World, looked_up_once

SIGN_IN = "/organisation/sign-in/"
# Where nobody may post or everyone may enter, these are enough to see it.
PROBES = (
    "author",
    "employee",
    "secretariat_lead",
    "neighbour_leader",
    "stranger_leader",
    ANONYMOUS,
)


def names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The name of every address of the product."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


ADDRESSES = sorted(set(names(get_resolver().url_patterns)))
DOORS = [(name, each) for name in ADDRESSES for each in TABLE.get(name, [])]
FEW = 1  # of those who may, from either end of the alphabet, where everyone has tried such a door already
IDS = [f"{name} {' '.join(each.of.values())} {each.action}".strip() for name, each in DOORS]


@pytest.fixture(scope="module", autouse=True)
def _known(world: World) -> Iterator[None]:
    with looked_up_once():
        yield


@pytest.fixture(autouse=True)
def _unset_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may fetch a paper is asked here, not what stands in it; setting each takes its time."""
    monkeypatch.setattr(typeset, "_compile", lambda *args, **kwargs: b"%PDF-1.7")


REFUSALS = ("core/refused.html", "core/not_found.html")


@pytest.fixture(autouse=True)
def _written_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is written for the first it opens to, and then not again: it takes its time.

    How a refusal reads is asked elsewhere, here whether it is one; of a post only what it changes.
    """
    write, posting, done = loader.render_to_string, "only_those" in request.node.name, {*REFUSALS}

    def once(template: str, *args: Any, **kwargs: Any) -> str:
        if template.startswith("core/parts/"):  # the product keeps these, for the tests that come after as well
            return write(template, *args, **kwargs)
        if posting or template in done:
            return ""
        done.add(template)
        return write(template, *args, **kwargs)

    monkeypatch.setattr(loader, "render_to_string", once)


def first_of_each(way: str) -> set[int]:
    """The doors where everyone tries: the first of each room that opens to, or takes a post from, the same people."""
    found: dict[tuple[str, frozenset[str]], Door] = {}
    for name, each in DOORS:
        found.setdefault((name.partition(":")[0], getattr(each, way)), each)
    return {id(each) for each in found.values()}


FIRST = {way: first_of_each(way) for way in ("opens", "posts")}


def tries(each: Door, way: str) -> set[str]:
    """Who tries a door: everyone at the first of its kind, at the others some who may and some who may not."""
    few = sorted(getattr(each, way))
    return set(EVERYONE) if id(each) in FIRST[way] else {*few[:FEW], *few[-FEW:], *PROBES}


def address(world: World, name: str, each: Door) -> str:
    """The address about the object of the door."""
    kept = {k: getattr(world.objects.get(v, v), "pk", world.objects.get(v, v)) for k, v in each.of.items()}
    return reverse(name, kwargs=kept)


def signs_in(answer: Any) -> bool:
    """Is one sent to sign in?"""
    return answer.status_code == 302 and str(answer.headers["Location"]).startswith(SIGN_IN)


def lets_in(answer: HttpResponse) -> bool:
    """Does the page open, or lead on to another of one's own?"""
    return answer.status_code in (200, 302) and not signs_in(answer)


def wrong(expected: frozenset[str], found: set[str], what: str) -> list[str]:
    """Who got what they should not, and who did not get what they should."""
    let_in, shut_out = sorted(found - expected), sorted(expected - found)
    faults = [f"{what}: {', '.join(let_in)} should be refused"] if let_in else []
    return faults + ([f"{what}: {', '.join(shut_out)} should be let in"] if shut_out else [])


def test_every_address_says_who_may_enter() -> None:
    missing = [name for name in ADDRESSES if name not in TABLE]
    assert not missing, f"say in tests/access/expected.py who may open {missing}"
    assert not set(TABLE) - set(ADDRESSES), "these addresses are gone"


def test_every_action_has_a_door() -> None:
    tried = {each.action for doors in TABLE.values() for each in doors} | set(SEEN_THROUGH)
    assert set(PERMISSIONS) - tried == set()
    for action, name in SEEN_THROUGH.items():
        for each in TABLE[name]:
            assert roles_for(action) <= each.opens, action


@pytest.mark.parametrize(("name", "each"), DOORS, ids=IDS)
def test_the_page_opens_to_those_it_is_for(world: World, name: str, each: Door) -> None:
    url, found = address(world, name, each), set()
    asked = set(PROBES) if each.post_only or each.opens in (NOBODY, EVERYONE) else tries(each, "opens")
    for one in sorted(asked):
        with world.undone():
            answer = world.client(one).get(url)
        assert answer.status_code in (200, 302, 403, 404, 405, 410), f"{one}: {answer.status_code}"
        if each.post_only:
            assert answer.status_code == 405 or signs_in(answer), f"{one} by GET: {answer.status_code}"
        elif one in each.led_on:
            assert answer.status_code == 302 and not signs_in(answer), f"{one}: {answer.status_code}"
        elif lets_in(answer):
            found.add(one)
    assert wrong(each.opens & asked, found, url) == []


@pytest.mark.parametrize(("name", "each"), DOORS, ids=IDS)
def test_only_those_who_may_can_change_anything(world: World, name: str, each: Door) -> None:
    """A refusal leaves nothing in the log, and each change leaves something."""
    url, found, before = address(world, name, each), set(), world.events()
    asked = tries(each, "posts") if each.posts else set(PROBES)
    for one in sorted(asked):
        last = world.last_event()
        with world.undone():
            answer = world.client(one).post(url, each.data(world) if each.data else {})
            happened = world.last_event() > last and world.events() > before
            changed = happened or (each.quiet and lets_in(answer))
        assert answer.status_code < 500, f"{one}: {answer.status_code}"
        if changed:
            assert answer.status_code == each.done, f"{one}: {answer.status_code}"
            found.add(one)
    assert wrong(each.posts & asked, found, url) == []
