"""The catalogue files: kept up to date with the code, and compiled for Django."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from samrad.core.catalogues.texts import SAMRAD, Key, Text, rooms, texts_of

LANGUAGES = ("nb", "nn")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def po_path(room: str, language: str, root: Path = SAMRAD) -> Path:
    """Where the catalogue of a room in a language is."""
    return root / room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue at `path`; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def messages_of(catalogue: Catalog) -> dict[Key, Message]:
    """What stands in a catalogue, by context and text."""
    return {key_of(message): message for message in catalogue if message.id}


def forms(message: Message) -> list[str]:
    """The translations: one, or one for each plural form."""
    string: Any = message.string
    return [string or ""] if string is None or isinstance(string, str) else [part or "" for part in string]


def key_of(message: Message) -> Key:
    return (
        message.context or None,
        message.id if isinstance(message.id, str) else message.id[0],
    )


def is_translated(message: Message | None) -> bool:
    return message is not None and all(forms(message))


def _fitted(string: Any, plural: bool) -> Any:
    """A known translation in the shape its text has now."""
    if plural:
        return string if isinstance(string, tuple) else (string or "", "")
    return string if isinstance(string, str) else (string[0] if string else "")


def updated(
    old: Catalog,
    texts: Mapping[Key, Text],
    elsewhere: Mapping[Key, Message],
    language: str,
) -> Catalog:
    """`old` made to agree with the code: new texts come in, known translations stay, unused rest."""
    new = Catalog(locale=language)
    known = {**{key_of(m): m for m in old.obsolete.values()}, **messages_of(old)}
    for key, text in texts.items():
        before = known.get(key)
        if not is_translated(before) and key in elsewhere:
            before = elsewhere[key]
        flags = set(before.flags) & {"fuzzy"} if before and key in known else set()
        string = _fitted(before.string if before else "", text.plural is not None)
        locations = [(name, None) for name in sorted(text.files)]
        notes = before.user_comments if before and key in known else []
        new.add(text.id, string, locations, flags, user_comments=notes, context=text.context)  # type: ignore[arg-type]  # Babel's stub forgets that a location may lack its line
    for key, message in known.items():
        if key not in texts and is_translated(message):
            new.obsolete[message.id if not message.context else (message.id, message.context)] = message  # type: ignore[index]  # any key will do
    return new


def written(catalogue: Catalog, language: str, prune: bool = False) -> str:
    """A catalogue as text: sorted by text, files but no lines, no dates."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False,
        ignore_obsolete=prune,
    )  # fmt: skip
    return HEADER.format(language=language) + "\n" + buffer.getvalue().decode().strip() + "\n"


def _replace(path: Path, content: bytes) -> None:
    """In one step, so that nobody who reads meanwhile finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def extract(root: Path = SAMRAD, *, prune: bool = False) -> list[Path]:
    """Bring every catalogue up to date with the code; the files that changed."""
    changed: list[Path] = []
    for language in LANGUAGES:
        old = {room: read(po_path(room, language, root), language) for room in rooms(root)}
        elsewhere: dict[Key, Message] = {}
        for catalogue in old.values():
            for key, message in messages_of(catalogue).items():
                if is_translated(message) and not message.fuzzy:
                    elsewhere.setdefault(key, message)
        for room, catalogue in old.items():
            texts = texts_of(room, root)
            path = po_path(room, language, root)
            if not texts and not path.exists():
                continue
            content = written(updated(catalogue, texts, elsewhere, language), language, prune).encode()
            if not path.exists() or path.read_bytes() != content:
                _replace(path, content)
                changed.append(path)
    return changed


def resolve(root: Path = SAMRAD) -> list[Path]:
    """Join catalogues that git could not merge: both sides' texts, ours where both say something."""

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True).stdout

    top = Path(git("rev-parse", "--show-toplevel").decode().strip())
    joined: list[Path] = []
    for name in git("diff", "--name-only", "--diff-filter=U", "-z").decode().split("\0"):
        path = top / name
        if not name.endswith("django.po"):
            continue
        language = path.parent.parent.name
        ours, theirs = (read_po(io.BytesIO(git("show", f":{stage}:{name}")), locale=language) for stage in (2, 3))
        known = messages_of(ours)
        for key, message in messages_of(theirs).items():
            if key not in known or not is_translated(known[key]):
                ours[message.id] = message
        _replace(path, written(ours, language).encode())
        joined.append(path)
    return joined


def compile_all(root: Path = SAMRAD, *, force: bool = False) -> list[Path]:
    """Make the .mo files that Django reads, where the .po is newer. Fuzzy translations are left out."""
    made: list[Path] = []
    for path in sorted(root.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read(path, path.parent.parent.name))
        _replace(target, buffer.getvalue())
        made.append(target)
    return made
