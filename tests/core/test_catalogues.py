"""The catalogues: found, kept, compiled, complete."""

from pathlib import Path

import pytest
from django.utils import translation

from samrad.core.catalogues.checks import check, placeholder_fault
from samrad.core.catalogues.files import compile_all, extract, po_path
from samrad.core.catalogues.texts import NotLiteral, Text, rooms, texts_in_python, texts_in_template


def said(texts: object) -> list[tuple[str | None, str, str | None]]:
    return [(t.context, t.singular, t.plural) for t in texts]  # type: ignore[attr-defined]  # any iterable of Text


def test_python_texts_are_found_under_every_alias() -> None:
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext as plural, pgettext\n"
        "from django.utils import translation\n"
        "a = _('One ' 'text')\nb = plural('%(n)d day', '%(n)d days', n)\nc = pgettext('verb', 'Open')\n"
        "d = translation.gettext('Whole')\ne = other._('not mine')\n"
    )
    assert said(texts_in_python(source)) == [
        (None, "One text", None),
        (None, "%(n)d day", "%(n)d days"),
        ("verb", "Open", None),
        (None, "Whole", None),
    ]


def test_a_text_that_is_put_together_is_refused() -> None:
    with pytest.raises(NotLiteral):
        list(texts_in_python("_(f'{x} days')"))


def test_template_texts_are_found_in_every_tag() -> None:
    source = """{% extends "core/base.html" %}
    {% partialdef row inline %}<p>{% translate "Plain" %}
      {% trans "Old" context "adjective" %}</p>{% endpartialdef %}
      {% button _("Save now") kind="primary" %}{{ x|default:_("None yet") }}
    {% blocktranslate trimmed count n=days with name=x.name %}
        {{ name }} has
        one day
    {% plural %}
        {{ name }} has {{ n }} days
    {% endblocktranslate %}
    {% blocktranslate trimmed context "greeting" %}
      Hello, it's
      "you"
    {% endblocktranslate %}
    {% if a %}
  {% translate "Deep" as later %}{% endif %}
    """
    assert said(texts_in_template(source)) == [
        (None, "Plain", None),
        ("adjective", "Old", None),
        (None, "Save now", None),
        (None, "None yet", None),
        (None, "%(name)s has one day", "%(name)s has %(n)s days"),
        ("greeting", 'Hello, it\'s "you"', None),
        (None, "Deep", None),
    ]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "pantry"
    (folder / "templates" / "pantry").mkdir(parents=True)
    (folder / "apps.py").write_text("")
    (folder / "models.py").write_text("a = _('Jam')\nb = ngettext('%(n)d jar', '%(n)d jars', 2)\n")
    (folder / "templates" / "pantry" / "page.html").write_text('{% translate "Shelf" %}')
    return tmp_path


def translate(root: Path, language: str, old: str, new: str) -> None:
    path = po_path("pantry", language, root)
    path.write_text(path.read_text().replace(old, new, 1))


def complete(root: Path) -> None:
    extract(root)
    for language in ("nb", "nn"):
        translate(root, language, 'msgid "Jam"\nmsgstr ""', 'msgid "Jam"\nmsgstr "Syltetøy"')
        translate(root, language, 'msgid "Shelf"\nmsgstr ""', 'msgid "Shelf"\nmsgstr "Hylle"')
        plural = 'msgstr[0] "Eitt glas"\nmsgstr[1] "%(n)d glas"'
        translate(root, language, 'msgstr[0] ""\nmsgstr[1] ""', plural)


def test_extract_is_stable_and_says_files_only(room: Path) -> None:
    assert len(extract(room)) == 2
    text = po_path("pantry", "nb", room).read_text()
    assert "#: pantry/models.py\n" in text and "Date" not in text
    assert extract(room) == []


def test_check_passes_a_complete_catalogue_and_keeps_it(room: Path) -> None:
    complete(room)
    assert check(room) == ([], [])
    assert extract(room) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('msgstr "Hylle"', 'msgstr ""', "missing"),
        ('#: pantry/models.py\nmsgid "Jam"', '#, fuzzy\nmsgid "Jam"', "fuzzy"),
        ('msgstr[1] "%(n)d glas"', 'msgstr[1] "glas"', "placeholder %(n) is missing"),
        ('msgstr[1] "%(n)d glas"', 'msgstr[1] "%(m)d glas"', "unknown placeholder %(m)"),
        ('msgid "Jam"', 'msgid "Tea"\nmsgstr "Te"\n\nmsgid "Jam"', "obsolete (extract --prune removes it)"),
    ],
)
def test_check_fails_a_catalogue_with_a_fault(room: Path, old: str, new: str, expected: str) -> None:
    complete(room)
    translate(room, "nn", old, new)
    wrong, _ = check(room)
    assert [(f.language, f.what) for f in wrong] == [("nn", expected)]


def test_a_text_that_goes_rests_and_comes_back_translated(room: Path) -> None:
    complete(room)
    page = room / "pantry" / "templates" / "pantry" / "page.html"
    before = page.read_text()
    page.write_text("")
    extract(room)
    assert '#~ msgid "Shelf"' in po_path("pantry", "nb", room).read_text()
    page.write_text(before)
    extract(room)
    assert check(room)[0] == []


def test_a_text_known_in_another_room_need_not_be_translated_again(room: Path) -> None:
    complete(room)
    (room / "cellar").mkdir()
    (room / "cellar" / "apps.py").write_text("a = _('Jam')")
    extract(room)
    assert 'msgstr "Syltetøy"' in po_path("cellar", "nn", room).read_text()


@pytest.mark.parametrize(
    ("singular", "string", "fault"),
    [
        ("%(a)s of {b}", "{b} av %(a)s", ""),
        ("{{ a }}", "{{ b }}", "unknown placeholder {b}"),
        ("%s and %s", "%s", "unknown placeholder 1 × %s"),
        ("%(a)s %% done", "%(a)s % ferdig", "a percent sign is written %%"),
        ("100 % sure", "100 % sikker", ""),
    ],
)
def test_placeholders_must_agree(singular: str, string: str, fault: str) -> None:
    assert placeholder_fault(Text(None, singular), [string]) == fault


def test_nynorsk_that_is_only_bokmal_is_told(room: Path) -> None:
    complete(room)
    translate(room, "nn", 'msgstr "Hylle"', 'msgstr "Hvor er ikke hylla?"')
    assert check(room)[1] == ["pantry/nn: reads as bokmål (hvor, ikke): 'Hvor er ikke hylla?'"]


def test_compile_makes_what_is_newer_only(room: Path) -> None:
    complete(room)
    assert len(compile_all(room)) == 2
    assert compile_all(room) == []


@pytest.mark.parametrize(("language", "expected"), [("nb", "Dette må fylles ut."), ("nn", "Dette må fyllast ut.")])
def test_our_words_go_before_djangos(language: str, expected: str) -> None:
    with translation.override(language):
        assert translation.gettext("This field is required.") == expected


def test_every_text_is_said_in_bokmal_and_nynorsk() -> None:
    assert rooms()
    wrong, _look = check()
    assert not wrong, "\n".join(map(str, wrong))
