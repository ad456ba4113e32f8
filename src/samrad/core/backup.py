"""Backup and restore: the database and the files in one archive, with a checksum of each part."""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from samrad.core.embedded import DATABASE, binaries, ensure_running, socket_dir, stop, using
from samrad.core.embedded.places import cluster, home
from samrad.core.embedded.server import prepare

FORMAT = 1
DUMP = "database.dump"
TRIVIAL = {"secret-key", "server.lock", "use.lock", "serve.lock", "error.log", "static"}
OURS = ".restoring"  # a folder with this mark may be thrown away; gone before the folders change names
RENAME_EXCHANGE = 2
AT_FDCWD = -100
HEAD_LINES = 40  # where a dump's own settings stand


class BackupTrouble(RuntimeError):
    """The backup cannot be made or read; the message says why in a plain sentence."""


def _sha(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _program(data: Path, name: str, *args: str) -> str:
    done = subprocess.run([str(binaries(data) / name), *args], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupTrouble(f"{name} svarte med en feil: {done.stderr.strip()[-400:]}")
    return done.stdout


def _files(data: Path) -> list[Path]:
    """Everything to keep beside the database: the stored files that are whole, and the key of signatures."""
    stored = [p for p in (data / "files").rglob("*") if p.is_file() and not p.name.startswith(".")]
    return sorted(stored) + [p for p in [data / "secret-key"] if p.is_file()]


def _pack(whole: Path, dump: Path, data: Path, at: datetime) -> None:
    # Stored files never change and are written before the row that names them: those the dump names are there.
    parts = {DUMP: dump, **{str(path.relative_to(data)): path for path in _files(data)}}
    manifest = {
        "format": FORMAT,
        "samrad": version("samrad"),
        "made_at": at.isoformat(timespec="seconds"),
        "parts": {name: _sha(path) for name, path in parts.items()},
    }
    content = json.dumps(manifest, indent=1).encode()
    with whole.open("wb") as file:
        whole.chmod(0o600)  # it holds everything
        with tarfile.open(fileobj=file, mode="w") as archive:
            info = tarfile.TarInfo("manifest.json")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
            for name, path in parts.items():
                archive.add(path, name)
        file.flush()
        os.fsync(file.fileno())


def backup(data: Path, target: Path, *, at: datetime, database_url: str = "") -> None:
    """Write everything to `target`: it stands there whole or not at all. The database is read as of one moment."""
    folder = target.resolve().parent
    if not folder.is_dir():
        raise BackupTrouble(f"Mappa {folder} finnes ikke.")
    data = data.resolve()
    if not database_url and not (cluster(data) / "PG_VERSION").exists():
        raise BackupTrouble(f"Det er ingen database i {data}.")
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        dump, whole = Path(temporary) / DUMP, Path(temporary) / "whole.tar"
        if database_url:
            _program(data, "pg_dump", "-d", database_url, "-Fc", "--no-owner", "-f", str(dump))
        else:
            with using(data):
                connect = ("-h", str(socket_dir(data)), "-U", "samrad_backup", "-d", DATABASE)
                _program(data, "pg_dump", *connect, "-Fc", "--no-owner", "-f", str(dump))
        _pack(whole, dump, data, at)
        whole.replace(target)


def _allowed(name: str) -> bool:
    return name in ("manifest.json", DUMP, "secret-key") or name.startswith("files/")


def _unpack(source: Path, into: Path) -> None:
    """Unpack and check every part, before anything is touched."""
    try:
        with tarfile.open(source) as archive:
            members = archive.getmembers()
            if not all(member.isfile() and _allowed(member.name) for member in members):
                raise BackupTrouble("Dette er ikke en sikkerhetskopi fra Samråd.")
            archive.extractall(into, members=members, filter="data")
        manifest = json.loads((into / "manifest.json").read_text())
        form, parts = manifest["format"], dict(manifest["parts"])
    except (tarfile.TarError, EOFError, FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise BackupTrouble("Dette er ikke en sikkerhetskopi fra Samråd, eller den er skadet.") from error
    if form != FORMAT:
        raise BackupTrouble("Sikkerhetskopien er laget av en annen versjon av Samråd.")
    for name in {DUMP, *parts, *(m.name for m in members if m.name != "manifest.json")}:
        part = into / name
        if not _allowed(name) or not part.is_file() or _sha(part) != parts.get(name):
            raise BackupTrouble(f"Sikkerhetskopien er skadet: {name} stemmer ikke. Ingenting er endret.")


def _place(unpacked: Path, data: Path) -> None:
    for name in ("files", "secret-key"):
        if (unpacked / name).exists():
            (unpacked / name).replace(data / name)


def _load(data: Path, dump: Path) -> None:
    """Read the database into a fresh server, and stop it: it wakes at its right place."""
    try:
        ensure_running(data)
        connect = ("-h", str(socket_dir(data)), "-U", "samrad_owner", "-d", DATABASE)
        _program(data, "pg_restore", *connect, "--no-owner", "--exit-on-error", "--single-transaction", str(dump))
    finally:
        stop(data)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change names; on Linux in one step, so that a kill leaves either the old or the new."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    if hasattr(libc, "renameat2") and libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return
    aside = other.with_name(f"{other.name}-{secrets.token_hex(4)}")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def _discard(data: Path) -> None:
    """Remove a data directory of ours, with what its server kept elsewhere."""
    real = cluster(data).resolve()
    if home(data) != data:
        shutil.rmtree(home(data), ignore_errors=True)
    shutil.rmtree(socket_dir(data), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)
    if real.name.startswith("pg-"):
        shutil.rmtree(real, ignore_errors=True)


@contextmanager
def _beside(data: Path) -> Iterator[tuple[Path, Path]]:
    """A place for unpacking and a fresh data directory, on the same disk as the one to be replaced."""
    data.parent.mkdir(parents=True, exist_ok=True)
    fresh = data.with_name(f"{data.name}-restoring-{secrets.token_hex(4)}")
    prepare(fresh)
    (fresh / OURS).touch()
    try:
        with tempfile.TemporaryDirectory(dir=fresh, prefix=".unpacked-") as unpacked:
            yield Path(unpacked), fresh
    finally:
        if (fresh / OURS).exists():
            stop(fresh)
            _discard(fresh)


def restore(data: Path, source: Path, *, replace: bool = False) -> Path | None:
    """Read a backup into an empty data directory; `replace` puts what was there aside, and answers where."""
    data = data.resolve()
    if not source.is_file():
        raise BackupTrouble(f"Fant ikke fila {source}.")
    used = data.exists() and any(p.name not in TRIVIAL for p in data.iterdir())
    if used and not replace:
        raise BackupTrouble(f"Mappa {data} er i bruk. Velg en tom mappe, eller skriv --replace.")
    with _beside(data) as (unpacked, fresh):
        _unpack(source, unpacked)
        _load(fresh, unpacked / DUMP)
        _place(unpacked, fresh)
        shutil.rmtree(unpacked)
        unpacked.mkdir()  # its keeper removes it
        stop(data)
        prepare(data)
        (fresh / OURS).unlink()
        _exchange(fresh, data)
        (data / unpacked.name).rmdir()
        if not used:
            shutil.rmtree(fresh)
            return None
        aside = data.with_name(f"{data.name}-before-{secrets.token_hex(4)}")
        fresh.rename(aside)
        return aside


# Everything of ours in a database that is replaced; the schema itself may belong to another.
EMPTY = """
do $$ declare each record; begin
  for each in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    loop execute format('drop table if exists %s cascade', each.name); end loop;
  for each in select oid::regprocedure as name from pg_proc p where pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop execute format('drop routine if exists %s cascade', each.name); end loop;
  for each in select oid::regtype as name from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
    loop execute format('drop type if exists %s cascade', each.name); end loop;
end $$;
"""


def _script(data: Path, dump: Path, script: Path, *, clean: bool) -> None:
    """The dump as a script for a server that may be older than our programs, and whose roles have other names.

    Policies and grants name roles, so they stay out: `samrad migrate` makes them anew from the models. Until then row
    security lets nobody through.
    """
    listed = _program(data, "pg_restore", "-l", str(dump)).splitlines()
    keep = [line for line in listed if not re.search(r"^\d+; \d+ \d+ (POLICY|ACL|DEFAULT ACL) ", line)]
    chosen = dump.with_name("chosen")
    chosen.write_text("\n".join(keep))
    whole = dump.with_name("whole.sql")
    _program(data, "pg_restore", "-L", str(chosen), "--no-owner", "--no-acl", "-f", str(whole), str(dump))
    with whole.open(encoding="utf-8", newline="\n") as lines, script.open("w", encoding="utf-8", newline="\n") as out:
        for number, line in enumerate(lines):
            # An older server does not know the newest settings, which stand at the top.
            if number > HEAD_LINES or not line.startswith("SET transaction_timeout"):
                out.write(line)
            if clean and number == 0:
                out.write(EMPTY)
    whole.unlink()


def restore_server(data: Path, source: Path, *, owner_url: str, replace: bool = False) -> None:
    """Read a backup into a database server of one's own: all of it in one transaction, or nothing.

    Whoever calls it migrates afterwards, which makes the policies and grants for the roles of this server.
    """
    data = data.resolve()
    if not source.is_file():
        raise BackupTrouble(f"Fant ikke fila {source}.")
    prepare(data)
    count = "select count(*) from pg_tables where schemaname = 'public'"
    used = _program(data, "psql", "-X", "-d", owner_url, "-qAtc", count).strip() != "0"
    if used and not replace:
        raise BackupTrouble("Databasen er i bruk. Velg en tom database, eller skriv --replace.")
    with tempfile.TemporaryDirectory(dir=data, prefix=".unpacked-") as temporary:
        unpacked = Path(temporary)
        _unpack(source, unpacked)
        script = unpacked / "restore.sql"
        _script(data, unpacked / DUMP, script, clean=used)
        # Stored files are named by their content, so those of the backup lie safely beside those that are there.
        if (unpacked / "files").is_dir():
            shutil.copytree(unpacked / "files", data / "files", dirs_exist_ok=True)
        whole = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction")
        _program(data, "psql", "-d", owner_url, *whole, "-f", str(script))
        if (unpacked / "secret-key").exists():
            (unpacked / "secret-key").replace(data / "secret-key")
