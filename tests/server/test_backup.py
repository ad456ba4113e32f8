"""Backup and restore: all of it comes back, and a damaged copy changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samrad.core.backup import BackupTrouble, backup, restore
from samrad.core.embedded import ensure_running, is_running, using
from tests.server.conftest import ask

AT = datetime(2026, 11, 24, tzinfo=UTC)
SECRET = """
create table secret (id bigint primary key, owner_id bigint, name text);
alter table secret enable row level security; alter table secret force row level security;
create policy samrad_owner on secret to samrad_owner using (true) with check (true);
create policy samrad_app on secret to samrad_app using (owner_id = current_setting('samrad.entities')::bigint);
grant select on secret to samrad_app;
insert into secret values (1, 10, 'Ærfugl'), (2, 20, 'Åkerrikse')
"""
CONTENT = "select (select count(*) from secret), (select name from secret where id = 2), relforcerowsecurity from pg_class where relname = 'secret'"


@pytest.fixture
def made(place: Path) -> Iterator[Path]:
    """A data directory with two rows under row security, a stored file and a key."""
    data = place / "one"
    with using(data):
        ask(data, SECRET)
        (data / "files" / "ab").mkdir(parents=True)
        (data / "files" / "ab" / "cd").write_bytes(b"\x00whole")
        (data / "secret-key").write_text("key")
        yield data


def test_everything_comes_back(made: Path, place: Path) -> None:
    copy, other = place / "copy.tar", place / "two"
    backup(made, copy, at=AT)
    assert copy.stat().st_mode & 0o077 == 0
    assert restore(other, copy) is None
    ensure_running(other)
    assert ask(other, CONTENT) == ask(made, CONTENT) == [(2, "Åkerrikse", True)]
    assert (other / "files" / "ab" / "cd").read_bytes() == b"\x00whole"
    assert (other / "secret-key").read_text() == "key"
    assert sorted(p.name for p in place.iterdir()) == ["copy.tar", "one", "two"]


def test_a_directory_in_use_is_refused_unless_replaced(made: Path, place: Path) -> None:
    copy = place / "copy.tar"
    backup(made, copy, at=AT)
    ask(made, "delete from secret")
    with pytest.raises(BackupTrouble, match="er i bruk"):
        restore(made, copy)
    aside = restore(made, copy, replace=True)
    ensure_running(made)
    assert ask(made, CONTENT)[0][0] == 2
    assert aside is not None
    ensure_running(aside)
    assert ask(aside, CONTENT)[0][0] == 0


def test_a_damaged_copy_changes_nothing(made: Path, place: Path) -> None:
    copy = place / "copy.tar"
    backup(made, copy, at=AT)
    whole = copy.read_bytes()
    spot = whole.index(b"\x00whole") + 3
    for damaged in (whole[:spot] + b"X" + whole[spot + 1 :], whole[: spot - 600], b"no archive", b""):
        copy.write_bytes(damaged)
        for target in (made, place / "two"):
            with pytest.raises(BackupTrouble, match=r"skadet|ikke en sikkerhetskopi"):
                restore(target, copy, replace=True)
    assert is_running(made)
    assert ask(made, CONTENT)[0][0] == 2
    assert sorted(p.name for p in place.iterdir()) == ["copy.tar", "one"]
