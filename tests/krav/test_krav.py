"""The tools that tie tests to requirements: complete, fresh, and able to find a test that proves nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from samrad.core.acting import acting_for
from samrad.core.verdict import Verdict
from samrad.organisation.models import Entity, Unit
from tests.krav.marks import (
    IDS,
    ROOT,
    TABLE,
    Mark,
    all_marks,
    criteria,
    lines,
    marks_in,
    requirement_document,
    table,
)
from tests.krav.mutants import NoSwitch, stand_in, switched_off
from tests.krav.region import Region

MARKS = all_marks()


def test_the_committed_ids_are_the_documents() -> None:
    if requirement_document() is None:
        pytest.skip("the requirement document is not at hand")
    assert IDS.read_text().split() == criteria()


def test_the_table_of_requirements_is_fresh() -> None:
    assert TABLE.read_text() == table(criteria(), MARKS), "run: python -m tests.krav docs"


def test_every_mark_names_a_criterion_that_exists() -> None:
    assert not {mark.criterion for mark in MARKS} - set(criteria())


@pytest.mark.parametrize("guard", sorted({guard for mark in MARKS for guard in mark.guards}))
def test_every_guard_can_be_switched_off(guard: str) -> None:
    switched_off(guard)


def test_marks_are_read_from_functions_classes_and_files() -> None:
    source = """
pytestmark = pytest.mark.krav("S1.AK1")
@pytest.mark.krav("S2.AK1", guards=["a.b", "a.c"])
@krav("S3.AK1", guards="a.d")
def test_one(): ...
class TestTwo:
    @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.krav("S4.AK1"))])
    def test_three(self): ...
def helper(): ...
"""
    assert list(marks_in(source, "t.py")) == [
        Mark("S1.AK1", "t.py::test_one", ()),
        Mark("S2.AK1", "t.py::test_one", ("a.b", "a.c")),
        Mark("S3.AK1", "t.py::test_one", ("a.d",)),
        Mark("S1.AK1", "t.py::TestTwo::test_three", ()),
        Mark("S4.AK1", "t.py::TestTwo::test_three", ()),
    ]


def test_a_criterion_is_listed_with_its_tests_or_none() -> None:
    marks = [Mark("S1.AK1", "t.py::test_a", ()), Mark("S1.AK1", "t.py::test_b", ())]
    assert lines(["S1.AK1", "S1.AK2"], marks) == ["S1.AK1 t.py::test_a t.py::test_b", "S1.AK2 none"]


def can_enter(age: int) -> Verdict:
    return Verdict.yes() if age > 17 else Verdict.no("too young")


def lacks(age: int) -> tuple[str, ...]:
    return ("age",) if age < 18 else ()


def unknown() -> float:
    return 1.0


def test_a_guard_is_off_wherever_it_is_held_and_on_again_afterwards() -> None:
    table_of_guards = {"enter": can_enter}
    with switched_off(f"{__name__}.can_enter"), switched_off(f"{__name__}.lacks"):
        assert table_of_guards["enter"](3).allowed and can_enter(3).allowed
        assert lacks(3) == ()
    assert not table_of_guards["enter"](3).allowed
    assert lacks(3) == ("age",)


def test_a_verdict_that_is_switched_off_requires_nothing() -> None:
    with switched_off("samrad.core.verdict.Verdict.require"):
        Verdict.no("never").require()


def test_row_security_is_off_and_on_again(region: Region) -> None:
    ours, theirs = (Entity.objects.create(slug=slug, name=slug, kind="municipality") for slug in ("ours", "theirs"))
    with acting_for([theirs.pk]):
        Unit.objects.create(owner=theirs, name="Theirs")
    with acting_for([ours.pk]):
        assert not Unit.objects.exists()
        with switched_off("samrad.core.rowsecurity"):
            assert Unit.objects.exists()
    with acting_for([ours.pk]):
        assert not Unit.objects.exists()


def test_a_guard_nobody_knows_how_to_switch_off_is_told() -> None:
    with pytest.raises(NoSwitch):
        stand_in(unknown)
    with pytest.raises(NoSwitch):
        switched_off("samrad.nowhere.can_do")


PLANTED = """
import pytest
from samrad.core.verdict import Refused, Verdict

krav = pytest.mark.krav

@krav("S1.AK1", guards="samrad.core.verdict.Verdict.require")
def test_honest():
    with pytest.raises(Refused):
        Verdict.no("never").require()

@krav("S1.AK1", guards="samrad.core.verdict.Verdict.require")
def test_lazy():
    Verdict.yes().require()
"""


def test_a_test_that_proves_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED)
    options = [
        "-p",
        "tests.krav.mutants",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:django",
        "-c",
        "/dev/null",
        "-rA",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "3 passed" in run.stdout and "1 failed" in run.stdout, run.stdout
    assert "samrad.core.verdict.Verdict.require is off, and the test still passes" in run.stdout
    assert "test_lazy-without-samrad.core.verdict.Verdict.require" in run.stdout
