"""Switching guards off: a test that still passes without its guard proves nothing.

Loaded as a pytest plugin by `python -m tests.krav mutants`: each marked test runs once as it is, and once for
each of its guards with that guard switched off, where it must fail.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

import pytest

ORIGINAL: list[Callable[..., Any]] = []
# These say that the test broke when the guard was gone, not that it noticed.
CRASHES = (TypeError, AttributeError, NameError, ImportError)


class NoSwitch(Exception):
    """A guard that nobody knows how to switch off."""


# --- What stands in for a guard. No closures: their code is put into the guard itself.


def _yes(*args: Any, **kwargs: Any) -> Any:
    from samrad.core.verdict import Verdict

    return Verdict.yes()


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _true(*args: Any, **kwargs: Any) -> bool:
    return True


def _zero(*args: Any, **kwargs: Any) -> int:
    return 0


def _empty_tuple(*args: Any, **kwargs: Any) -> tuple[()]:
    return ()


def _empty_list(*args: Any, **kwargs: Any) -> list[Any]:
    return []


def _empty_dict(*args: Any, **kwargs: Any) -> dict[Any, Any]:
    return {}


def _no_more(*args: Any, **kwargs: Any) -> Iterator[Any]:
    return iter(())


def _no_text(*args: Any, **kwargs: Any) -> str:
    return ""


def _told_nothing(*args: Any, **kwargs: Any) -> Any:
    from samrad.overview.timeline import Timeline

    return Timeline([])


def _all_of_it(*args: Any, **kwargs: Any) -> Any:
    from samrad.initiatives.queries import Sight

    return Sight.FULL


def _everything(*args: Any, **kwargs: Any) -> Any:
    from tests.krav.mutants import ORIGINAL

    return ORIGINAL[-1](*args, **kwargs).model._default_manager.all()


def _every_entity(*args: Any, **kwargs: Any) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select coalesce(array_agg(id), '{}')::text from organisation_entity")
        return str(cursor.fetchone()[0])


def _every_row(*args: Any, **kwargs: Any) -> Any:
    from django.db.models import Q

    return Q()


BY_ANSWER: list[tuple[str, Callable[..., Any]]] = [
    ("Verdict", _yes),
    ("None", _nothing),
    ("bool", _true),
    ("int", _zero),
    ("str", _no_text),
    ("Sight", _all_of_it),
    ("Timeline", _told_nothing),
    ("QuerySet", _everything),
    ("Q", _every_row),
    ("tuple", _empty_tuple),
    ("list", _empty_list),
    ("dict", _empty_dict),
    ("Sequence", _empty_list),
    ("Iterator", _no_more),
    ("Iterable", _no_more),
]


def stand_in(guard: Callable[..., Any]) -> Callable[..., Any]:
    """What the guard is when it is off: it always allows, finds nothing wrong, or does nothing."""
    answer: Any = inspect.signature(guard).return_annotation
    if guard.__name__.startswith("can_"):
        return _yes
    said = answer.__name__ if isinstance(answer, type) and not hasattr(answer, "__args__") else str(answer)
    said = said.strip("'\"").removesuffix(" | None").split("[")[0].split(".")[-1]
    for name, function in BY_ANSWER:
        if said == name or (name == "QuerySet" and said.endswith("QuerySet")):
            return function
    raise NoSwitch(f"{guard.__module__}.{guard.__qualname__} answers {said!r}: name a guard with a Verdict")


def resolve(path: str) -> Any:
    """The object a dotted path names: in a module, or in a class in a module."""
    parts = path.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        with suppress(ModuleNotFoundError, AttributeError):
            found: Any = import_module(".".join(parts[:cut]))
            for name in parts[cut:]:
                found = inspect.getattr_static(found, name) if inspect.isclass(found) else getattr(found, name)
            return found
    raise NoSwitch(f"there is no {path}")


def _plain(found: Any) -> FunctionType:
    """The function under decorators, class methods and properties."""
    found = getattr(found, "fget", None) or getattr(found, "__func__", found)
    function = inspect.unwrap(found)
    if not isinstance(function, FunctionType):
        raise NoSwitch(f"{found!r} is no function")
    return function


@contextmanager
def _without(function: FunctionType, instead: Callable[..., Any]) -> Iterator[None]:
    """Put other code into a function: so every module, table and closure that holds it holds the stand-in."""
    other: CodeType = instead.__code__
    if function.__code__.co_freevars:
        yield from _everywhere(function, instead)
        return
    before = function.__code__
    ORIGINAL.append(FunctionType(before, function.__globals__, function.__name__, function.__defaults__))
    ORIGINAL[-1].__kwdefaults__ = function.__kwdefaults__
    function.__code__ = other
    try:
        yield
    finally:
        function.__code__ = before
        ORIGINAL.pop()


def _everywhere(function: FunctionType, instead: Callable[..., Any]) -> Iterator[None]:
    """A closure keeps its code, so it is replaced in every module that knows it."""
    places = [
        (module, name)
        for module in list(sys.modules.values())
        for name, value in list(getattr(module, "__dict__", {}).items())
        if value is function
    ]
    for module, name in places:
        setattr(module, name, instead)
    ORIGINAL.append(function)
    try:
        yield
    finally:
        ORIGINAL.pop()
        for module, name in places:
            setattr(module, name, function)


@contextmanager
def _without_row_security() -> Iterator[None]:
    """Everybody acts for every entity, as if row security were not there."""
    from django.db import connection

    from samrad.core import acting

    with _without(_plain(acting._literal), _every_entity):
        if connection.in_atomic_block:
            acting.set_entities([])
        yield


def _of_today(request: Any, pk: int) -> tuple[Any, dict[str, Any]]:
    from samrad.organisation.middleware import actor
    from samrad.portfolio.comparing import shown
    from samrad.portfolio.models import ReportSnapshot
    from samrad.portfolio.periods import period_in
    from samrad.portfolio.queries import lines_of
    from samrad.portfolio.reporting import report_data

    snapshot = ReportSnapshot.objects.get(pk=pk)
    at = snapshot.taken_at
    lines = lines_of(actor(request), snapshot.portfolio, on=at.date())
    data = report_data(snapshot.portfolio, lines, at=at, period=period_in("quarter", at.date()), exempt=None)
    return snapshot, shown(data, None)


def _not_frozen() -> AbstractContextManager[None]:
    """A report is read anew each time, as if it had not been frozen."""
    from samrad.portfolio.views import reports

    return _without(_plain(reports._snapshot), _of_today)


SWITCHES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "samrad.core.rowsecurity": _without_row_security,
    "samrad.portfolio.views.reports._snapshot": _not_frozen,
}


def switched_off(path: str) -> AbstractContextManager[None]:
    """For as long as this lasts, the guard lets everything through."""
    if path in SWITCHES:
        return SWITCHES[path]()
    guard = _plain(resolve(path))
    return _without(guard, stand_in(guard))


def mutant_from_environment() -> AbstractContextManager[None]:
    """SAMRAD_MUTANT names one guard to switch off: for whoever wonders what a test would say."""
    path = os.environ.get("SAMRAD_MUTANT", "")
    return switched_off(path) if path else nullcontext()


# --- The plugin

OFF = pytest.StashKey[str]()


def guards_of(item: pytest.Item) -> list[str]:
    """The guards a test names."""
    found: list[str] = []
    for mark in item.iter_markers("krav"):
        guards = mark.kwargs.get("guards", ())
        found += [guards] if isinstance(guards, str) else list(guards)
    return list(dict.fromkeys(found))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each marked test as it is, then once for each guard."""
    found = list(items)
    items.clear()
    for item in found:
        guards = guards_of(item)
        if not guards or not isinstance(item, pytest.Function):
            continue
        items.append(item)
        for guard in guards:
            twin = pytest.Function.from_parent(
                item.parent,
                name=f"{item.name}-without-{guard}",
                callspec=getattr(item, "callspec", None),
                fixtureinfo=item._fixtureinfo,
                originalname=item.originalname,
            )
            twin.own_markers[:] = item.own_markers
            twin.keywords.update({mark.name: mark for mark in item.own_markers})
            twin.stash[OFF] = guard
            items.append(twin)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """With the guard off, a test that fails is a good one."""
    guard = pyfuncitem.stash.get(OFF, "")
    if not guard:
        return (yield)
    with switched_off(guard):
        try:
            yield
        except pytest.skip.Exception:
            raise
        except CRASHES as error:
            pytest.fail(f"{guard} is off, and the test crashes instead of telling: {error!r}", pytrace=False)
        except (Exception, pytest.fail.Exception):
            return True
    pytest.fail(f"{guard} is off, and the test still passes", pytrace=False)
