"""The file store: bytes by their hash, once, and safely."""

from pathlib import Path

import pytest

from samrad.documents import files


def test_what_is_stored_can_be_read_and_lies_once(store: Path) -> None:
    first = files.store(b"innhold")
    assert first == files.store(b"innhold")
    assert files.read(first) == b"innhold"
    assert [path for path in store.rglob("*") if path.is_file()] == [store / first[:2] / first[2:4] / first]


def test_a_half_written_file_is_written_anew() -> None:
    sha256 = files.store(b"innhold")
    files.path_of(sha256).write_bytes(b"inn")
    assert files.store(b"innhold") == sha256
    assert files.read(sha256) == b"innhold"


def test_lost_and_changed_bytes_are_noticed() -> None:
    sha256 = files.store(b"innhold")
    files.path_of(sha256).write_bytes(b"innhald")
    with pytest.raises(files.Lost):
        files.read(sha256)
    files.path_of(sha256).unlink()
    with pytest.raises(files.Lost):
        files.read(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "a" * 64 + "/..", "a" * 64 + "\n"])
def test_only_a_hash_is_a_place(name: str) -> None:
    with pytest.raises(ValueError, match="SHA"):
        files.path_of(name)
