"""Make, start, attach to and stop the server. Only `pg_isready` is believed: `pg_ctl status` is wrong after a kill."""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from samrad.core.embedded.places import DATABASE, ServerTrouble, as_server, cluster, home, server_uid, socket_dir
from samrad.core.embedded.programs import ENVIRONMENT, binaries, run

SECONDS = 60
HASTE_SECONDS = 10
ANSWERS, REFUSES = 0, 1  # pg_isready's; 2 and 3 are no answer
HBA = "local all all peer map=samrad\n"
SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 128MB
log_min_messages = fatal
"""
ROLES_MARK = "2"
ROLES = {
    "samrad_owner": "create role samrad_owner login createdb",
    "samrad_app": "create role samrad_app login",
    "samrad_backup": "create role samrad_backup login bypassrls; grant pg_read_all_data to samrad_backup",
}
_started: list[subprocess.Popen[bytes]] = []  # kept, so that they are reaped


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    prepare(data)
    with (data / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(data: Path) -> None:
    """Make the data directory where it is missing: private, though root's server, another user, must get through."""
    if not data.exists():
        data.parent.mkdir(parents=True, exist_ok=True)
        data.mkdir(exist_ok=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _made(data: Path) -> bool:
    try:
        return (cluster(data) / "PG_VERSION").exists()
    except PermissionError as error:
        raise ServerTrouble(f"Databasen i {data} tilhører en annen bruker på maskinen.") from error


def _answer(data: Path) -> int:
    return run(data, "pg_isready", "-q", "-h", str(socket_dir(data)), "-d", DATABASE, check=False).returncode


def _complete(data: Path) -> bool:
    mark = cluster(data) / "samrad-roles"
    return mark.exists() and mark.read_text() == ROLES_MARK


def is_running(data: Path) -> bool:
    """Does the server of this data directory answer?"""
    data = data.resolve()
    return _made(data) and _answer(data) == ANSWERS


def _make(data: Path) -> None:
    """Make the database beside its place and move it there when it is whole, so that a kill leaves no half one."""
    place = home(data)
    place.mkdir(parents=True, exist_ok=True, mode=0o755)
    new = place / "pg.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(new, server_uid(data))
    locale = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8")
    run(data, "initdb", "-D", str(new), "-U", "samrad_bootstrap", "-A", "peer", "--no-instructions", *locale)
    with (new / "postgresql.conf").open("a") as conf:
        conf.write(SETTINGS)
    if place == data:
        new.rename(cluster(data))
        return
    # Never the same name twice: a database whose data directory is gone must not turn up in a new one.
    away = place / f"pg-{secrets.token_hex(4)}"
    new.rename(away)
    cluster(data).unlink(missing_ok=True)
    cluster(data).symlink_to(away)


def _admit(data: Path) -> None:
    """Let the server's user and ourselves act as each role, and nobody else on the machine."""
    people = {pwd.getpwuid(uid).pw_name for uid in (server_uid(data), os.geteuid())}
    lines = [f"samrad {person} {role}\n" for person in sorted(people) for role in ("samrad_bootstrap", *ROLES)]
    for name, text in (("pg_hba.conf", HBA), ("pg_ident.conf", "".join(lines))):
        path = cluster(data) / name
        if path.read_text() != text:
            path.write_text(text)


def processes(data: Path) -> list[int]:
    """The server's processes, also those a killed server left: PostgreSQL whose working directory is the database."""
    found = []
    place = str(cluster(data).resolve())
    for entry in Path("/proc").iterdir() if Path("/proc/self").exists() else ():
        try:
            ours = entry.name.isdigit() and os.readlink(entry / "cwd") == place
            if ours and (entry / "comm").read_text().startswith("postgres"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _signal(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _main_process(data: Path) -> int:
    try:
        return int((cluster(data) / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return 0


def _gone(data: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while processes(data):
        if time.monotonic() > deadline:
            return False
        for process in _started:
            process.poll()
        time.sleep(0.05)
    return True


def _clear(data: Path) -> None:
    """End what is left of a server: in order where its main process lives, otherwise each process by itself."""
    left = processes(data)
    if not left:
        return
    main = _main_process(data)
    if main in left:
        _signal([main], signal.SIGINT)
    else:
        _signal(left, signal.SIGTERM)
    if not _gone(data, HASTE_SECONDS):
        _signal(processes(data), signal.SIGKILL)  # the log brings everything promised back
        if not _gone(data, HASTE_SECONDS):
            raise ServerTrouble("En tidligere databasetjener på denne datamappa lar seg ikke stoppe.")


def _socket_folder(data: Path) -> Path:
    where = socket_dir(data)
    where.mkdir(parents=True, exist_ok=True)
    found = where.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), server_uid(data)):
        raise ServerTrouble(f"Mappa {where} tilhører en annen bruker på maskinen. Velg en kortere datamappe.")
    if os.geteuid() == 0:
        shutil.chown(where, server_uid(data))
    where.chmod(0o700)
    return where


def _launch(data: Path, options: Sequence[str]) -> None:
    where = _socket_folder(data)
    _clear(data)
    if Path("/proc/self").exists():
        # No process has it open, so the number in these may by now belong to anything.
        for stale in (cluster(data) / "postmaster.pid", where / ".s.PGSQL.5432.lock", where / ".s.PGSQL.5432"):
            stale.unlink(missing_ok=True)
    _admit(data)
    with (data / "pg.log").open("ab") as log:
        process = subprocess.Popen(
            [str(binaries(data) / "postgres"), "-D", str(cluster(data).resolve()), "-k", str(where), *options],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            env=ENVIRONMENT,
            **as_server(data),
        )
    _started.append(process)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if _answer(data) == ANSWERS:
            return
        if process.poll() is not None:
            tail = (data / "pg.log").read_text(errors="replace").strip().splitlines()[-1:]
            raise ServerTrouble(f"Databasetjeneren stoppet med det samme: {' '.join(tail)}")
        time.sleep(0.05)
    raise ServerTrouble("Databasetjeneren svarte ikke innen ett minutt.")


def _sql(data: Path, statement: str) -> str:
    where = ("-h", str(socket_dir(data)), "-U", "samrad_bootstrap", "-d", "postgres")
    return run(data, "psql", *where, "-v", "ON_ERROR_STOP=1", "-qAt", stdin=statement).stdout.strip()


def _people(data: Path) -> None:
    """The roles and the database. Marked when done, so that a kill half-way is made good at the next start."""
    present = set(_sql(data, "select rolname from pg_roles").split())
    for role, statement in ROLES.items():
        if role not in present:
            _sql(data, statement)
    _sql(data, "grant samrad_app to samrad_owner with inherit false")
    if not _sql(data, f"select 1 from pg_database where datname = '{DATABASE}'"):
        _sql(data, f"create database {DATABASE} owner samrad_owner")
    mark = cluster(data) / "samrad-roles"
    mark.write_text(ROLES_MARK)
    if os.geteuid() == 0:
        shutil.chown(mark, server_uid(data))


def _settled(data: Path) -> int:
    """What the server answers once it has finished starting, recovering or stopping."""
    deadline = time.monotonic() + SECONDS
    while (answer := _answer(data)) == REFUSES and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def ensure_running(data: Path, options: Sequence[str] = ()) -> None:
    """Make, start or attach to the server of this data directory; of several callers at once one does the work."""
    data = data.resolve()
    if is_running(data) and _complete(data):
        return
    with _locked(data):
        if not _made(data):
            _make(data)
        if _settled(data) != ANSWERS:
            _launch(data, options)
        if not _complete(data):
            _people(data)


def stop(data: Path) -> None:
    """Stop the server of this data directory, letting it finish what it writes."""
    data = data.resolve()
    if not _made(data):
        return
    with _locked(data):
        main = _main_process(data)
        if main and main in processes(data):
            _signal([main], signal.SIGINT)  # fast: ends the sessions, keeps what they have done
            _gone(data, SECONDS)
        _clear(data)


@contextmanager
def using(data: Path, options: Sequence[str] = ()) -> Iterator[None]:
    """Keep the server up while the block runs. The last to leave stops it, so no command takes it from another."""
    data = data.resolve()
    prepare(data)
    with (data / "use.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        ensure_running(data, options)
        try:
            yield
        finally:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # someone else still uses it
            else:
                stop(data)
