"""The papers that come along say what is there: pictures, addresses, commands, and the table of roles."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from samrad.config.cli import parser
from samrad.config.settings import ROOMS
from samrad.core.catalogues.texts import SAMRAD
from tools import pictures, roles

DOCS = Path(__file__).resolve().parents[2] / "docs"
HANDBOOKS = sorted((DOCS / "handbook").glob("*.md"))
PAPERS = [*HANDBOOKS, DOCS.parent / "README.md"]
TAGS = sorted(path.stem for path in (SAMRAD / "core/templatetags").glob("samrad*.py"))
MOST_PICTURES = 25
EXPECTED = {
    "ansatt",
    "sektorleder",
    "faggruppe",
    "sekretariat",
    "radsmedlem",
    "kommunedirektor",
    "folkevalgt",
    "arkivleder",
    "gevinsteier",
    "prosjektleder",
    "portefoljeforvalter",
    "administrator",
    "ikt-leder",
}


def name_of(path: Path) -> str:
    return path.stem


def linked(paper: Path) -> list[Path]:
    """The files a paper links to."""
    found = re.findall(r"\]\((?!https?://|#)([^)#]+)", paper.read_text(encoding="utf-8"))
    return [(paper.parent / target).resolve() for target in found]


each_paper = pytest.mark.parametrize("paper", PAPERS, ids=name_of)


def test_there_is_one_handbook_a_role() -> None:
    assert {path.stem for path in HANDBOOKS} == EXPECTED | {"README"}
    index = (DOCS / "handbook" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}.md)" in index for name in EXPECTED)


@each_paper
def test_what_a_paper_links_to_exists(paper: Path) -> None:
    missing = [target.name for target in linked(paper) if not target.exists()]
    assert not missing, f"{missing}: run `make pictures`"


@each_paper
def test_the_pages_a_paper_names_exist(paper: Path) -> None:
    rooms = "|".join(ROOMS)
    for address in re.findall(rf"`(/(?:{rooms})/[^`?]*)", paper.read_text(encoding="utf-8")):
        try:
            resolve(address.replace("<nr>", "1"))
        except Resolver404:
            pytest.fail(f"{address} leads nowhere")


def on_screen() -> set[str]:
    """Every text of the pages, in bokmål."""
    texts: set[str] = set()
    for path in SAMRAD.glob("*/locale/nb/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                texts.update([message.string] if isinstance(message.string, str) else message.string)
    return texts


def test_the_buttons_and_links_a_handbook_names_are_on_the_pages() -> None:
    """What stands in « » in a handbook is a text one finds on the screen, letter for letter."""
    texts = on_screen()
    unknown = [
        f"{paper.name}: «{named}»"
        for paper in HANDBOOKS
        for named in re.findall(r"«([^»]+)»", " ".join(paper.read_text(encoding="utf-8").split()))
        if named not in texts
    ]
    assert not unknown


@each_paper
def test_the_commands_a_paper_shows_are_understood(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = paper.read_text(encoding="utf-8")
    for line in re.findall(r"^samrad (.+)$", text, re.MULTILINE):
        words = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', line.split("#")[0])]
        try:
            parser().parse_args(words)
        except SystemExit:
            pytest.fail(f"samrad {line}: {capsys.readouterr().err}")


def test_the_pictures_are_those_the_script_takes_light_and_all_used() -> None:
    taken = {f"{picture.name}.png" for picture in pictures.PICTURES}
    there = {path.name: path.stat().st_size for path in (DOCS / "pictures").glob("*")}
    used = {path.name for paper in PAPERS for path in linked(paper) if path.suffix == ".png"}
    assert set(there) == taken == used
    assert len(there) <= MOST_PICTURES
    assert not [name for name, size in there.items() if size >= pictures.MOST_BYTES]


def test_every_tag_and_filter_of_the_templates_is_in_the_list_of_components() -> None:
    listed = set(re.findall(r"\w+", (DOCS / "components.md").read_text(encoding="utf-8")))
    libraries = [import_module(f"samrad.core.templatetags.{name}").register for name in TAGS]
    assert not {tag for library in libraries for tag in [*library.tags, *library.filters]} - listed


def test_the_table_of_roles_is_made_from_the_rules(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.block():
        assert roles.TARGET.read_text(encoding="utf-8") == roles.page(), "run `make roles`"
