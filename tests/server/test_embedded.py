"""The embedded server: one of it, whatever is killed, and nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from samrad.core.embedded import database_urls, ensure_running, is_running, stop, using
from samrad.core.embedded.places import MAX_SOCKET_PATH, socket_dir
from samrad.core.embedded.server import processes
from tests.server.conftest import ask, kill, until

START = (
    "import sys, pathlib; from samrad.core.embedded import ensure_running; ensure_running(pathlib.Path(sys.argv[1]))"
)


def main_process(data: Path) -> int:
    return int((data / "pg" / "postmaster.pid").read_text().split()[0])


def test_four_starts_at_once_give_one_server(place: Path) -> None:
    data = place / "four"
    starts = [subprocess.Popen([sys.executable, "-c", START, str(data)]) for _ in range(4)]
    assert [start.wait(timeout=90) for start in starts] == [0, 0, 0, 0]
    mains = [
        pid
        for pid in processes(data)
        if Path(f"/proc/{pid}/stat").read_text().split()[3] not in map(str, processes(data))
    ]
    assert len(mains) == 1


def test_a_killed_server_comes_back_with_everything_promised(place: Path) -> None:
    data = place / "killed"
    ensure_running(data)
    ask(data, "create table kept (number int)")
    # An orphaned backend goes on with its query after its main process is gone.
    busy = psycopg.connect(database_urls(data)[1])
    with psycopg.connect(database_urls(data)[1], autocommit=True) as last:
        last.execute("insert into kept values (1)")
    sleeping = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import psycopg; psycopg.connect({database_urls(data)[1]!r}).execute('select pg_sleep(90)')",
        ],
        stderr=subprocess.DEVNULL,
    )
    until(
        lambda: (
            ask(data, "select 1 from pg_stat_activity where query like '%pg_sleep(90)' and pid <> pg_backend_pid()")
            != []
        ),
        "the query",
    )
    kill([main_process(data)])
    until(lambda: not is_running(data), "the server to be gone")
    ensure_running(data)
    assert ask(data, "select number from kept") == [(1,)]
    sleeping.wait(timeout=30)
    busy.close()


def test_all_its_processes_killed_at_once(place: Path) -> None:
    data = place / "all"
    ensure_running(data)
    ask(data, "create table kept (number int); insert into kept values (1)")
    kill(processes(data))
    until(lambda: not processes(data), "the processes to be gone")
    assert (data / "pg" / "postmaster.pid").exists()
    ensure_running(data)
    assert ask(data, "select number from kept") == [(1,)]


def test_killed_before_the_roles_were_made(place: Path) -> None:
    data = place / "half"
    ensure_running(data)
    (data / "pg" / "samrad-roles").unlink()
    ensure_running(data)
    assert (data / "pg" / "samrad-roles").exists()


def test_the_application_can_bypass_nothing(place: Path) -> None:
    data = place / "roles"
    ensure_running(data)
    found = ask(data, "select rolname, rolsuper, rolbypassrls from pg_roles where rolname like 'samrad%' order by 1")
    assert found == [
        ("samrad_app", False, False),
        ("samrad_backup", False, True),
        ("samrad_bootstrap", True, True),
        ("samrad_owner", False, False),
    ]
    assert ask(data, "select lower('ÆØÅ'), current_setting('server_version_num')::int >= 180000") == [("æøå", True)]


def test_a_deep_data_directory_has_a_short_socket(place: Path) -> None:
    data = place / ("d" * 100)
    ensure_running(data)
    assert len(f"{socket_dir(data)}/.s.PGSQL.5432") <= MAX_SOCKET_PATH
    assert ask(data, "select 1") == [(1,)]
    stop(data)
    socket_dir(data).rmdir()


def test_the_last_user_stops_it(place: Path) -> None:
    data = place / "users"
    with using(data):
        with using(data):
            pass
        assert is_running(data)
    assert not is_running(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_root_runs_it_as_another_user(place: Path) -> None:
    data = place / "root"
    ensure_running(data)
    assert Path(f"/proc/{main_process(data)}").stat().st_uid != 0
