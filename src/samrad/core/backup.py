"""Backup and restore: the database and the files in one archive, with a checksum of each part."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from samrad.core.embedded import DATABASE, binaries, ensure_running, socket_dir, stop

FORMAT = 1


class BackupTrouble(RuntimeError):
    """The backup cannot be made or read; the message says why in a plain sentence."""


def _sha(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _program(data: Path, name: str, *args: str) -> None:
    done = subprocess.run([str(binaries(data) / name), *args], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupTrouble(f"{name} svarte med en feil: {done.stderr.strip()[-400:]}")


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def backup(data: Path, target: Path, *, database_url: str = "") -> None:
    """Write everything to `target`: it stands there whole or not at all. The database is read as of one moment."""
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as temporary:
        dump = Path(temporary) / "database.dump"
        if database_url:
            connect = ["-d", database_url]
        else:
            ensure_running(data)
            connect = ["-h", str(socket_dir(data)), "-U", "samrad_backup", "-d", DATABASE]
        _program(data, "pg_dump", *connect, "-Fc", "--no-owner", "-f", str(dump))
        # Files are never changed and are written before the row that names them: those named are there.
        files = sorted(p for p in (data / "files").rglob("*") if p.is_file()) if (data / "files").is_dir() else []
        manifest = {
            "format": FORMAT,
            "parts": {"database.dump": _sha(dump), **{str(p.relative_to(data)): _sha(p) for p in files}},
        }
        whole = Path(temporary) / "whole.tar"
        with tarfile.open(whole, "w") as archive:
            _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
            archive.add(dump, "database.dump")
            for path in files:
                archive.add(path, str(path.relative_to(data)))
            key = data / "secret-key"
            if key.exists():
                archive.add(key, "secret-key")
        whole.replace(target)


def _unpack(source: Path, into: Path) -> dict[str, str]:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(into, filter="data")
        manifest = json.loads((into / "manifest.json").read_text())
    except (tarfile.TarError, OSError, ValueError, KeyError) as error:
        raise BackupTrouble("Dette er ikke en sikkerhetskopi fra Samråd, eller den er skadet.") from error
    if manifest.get("format") != FORMAT:
        raise BackupTrouble("Sikkerhetskopien er laget av en annen versjon av Samråd.")
    parts: dict[str, str] = manifest["parts"]
    for name, sha in parts.items():
        part = into / name
        if not part.is_file() or _sha(part) != sha:
            raise BackupTrouble(f"Sikkerhetskopien er skadet: {name} stemmer ikke. Ingenting er endret.")
    return parts


def restore(data: Path, source: Path, *, replace: bool = False) -> None:
    """Read a backup into an empty data directory; `replace` lets it take the place of what is there."""
    if not source.is_file():
        raise BackupTrouble(f"Fant ikke fila {source}.")
    data.parent.mkdir(parents=True, exist_ok=True)
    used = data.exists() and any(p.name not in {"secret-key", "server.lock"} for p in data.iterdir())
    if used and not replace:
        raise BackupTrouble(f"Mappa {data} er i bruk. Velg en tom mappe, eller skriv --replace.")
    with tempfile.TemporaryDirectory(dir=data.parent) as temporary:
        unpacked = Path(temporary)
        _unpack(source, unpacked)
        if used:
            stop(data)
            old = data.with_name(data.name + ".before-restore")
            shutil.rmtree(old, ignore_errors=True)
            data.rename(old)
        data.mkdir(parents=True, exist_ok=True)
        if (unpacked / "files").is_dir():
            shutil.copytree(unpacked / "files", data / "files", dirs_exist_ok=True)
        if (unpacked / "secret-key").exists():
            shutil.copy2(unpacked / "secret-key", data / "secret-key")
        ensure_running(data)
        _program(
            data,
            "pg_restore",
            "-h",
            str(socket_dir(data)),
            "-U",
            "samrad_owner",
            "-d",
            DATABASE,
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            str(unpacked / "database.dump"),
        )
