"""`samrad serve`: whatever is killed, it goes on, and nothing is lost."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samrad.core.embedded.server import processes
from tests.server.conftest import ask, kill, until


def command(*words: str, data: Path) -> list[str]:
    return [sys.executable, "-c", "from samrad.config.cli import main; main()", *words, "--data", str(data)]


def environment() -> dict[str, str]:
    """Ours, without the database and the data directory of the tests."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("SAMRAD_", "DATABASE_", "PYTEST_"))}


@contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running supervisor and the address it printed."""
    with (data.parent / "said").open("w+") as said:
        process = subprocess.Popen(
            command("serve", "--port", "0", data=data), stdout=said, stderr=said, text=True, env=environment()
        )
        try:
            pattern = re.compile(r"Listening on (http://\S+)")
            until(lambda: bool(pattern.search(Path(said.name).read_text())) or process.poll() is not None, "an address")
            found = pattern.search(Path(said.name).read_text())
            assert found, Path(said.name).read_text()
            yield process, found.group(1)
        finally:
            process.kill()
            process.wait()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def beats(data: Path) -> bool:
    return ask(data, "select 1 from procrastinate_workers where last_heartbeat > now() - interval '4 seconds'") != []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_survives_every_kill(place: Path) -> None:
    data = place / "data"
    with serving(data) as (supervisor, address):
        ask(data, "create table kept (number int); insert into kept values (1)")
        until(lambda: beats(data), "the worker")
        kill(children(supervisor.pid))
        until(lambda: answers(address), "the web server after a kill")
        main = int((data / "pg" / "postmaster.pid").read_text().split()[0])
        kill([main])
        until(lambda: not alive(main), "the database to be gone")
        until(lambda: answers(address) and beats(data), "the pages after the database was killed")

        second = subprocess.run(
            command("serve", "--port", "0", data=data), capture_output=True, text=True, env=environment(), check=False
        )
        assert second.returncode == 1
        assert second.stderr == f"Samråd kjører allerede fra {data}. Stopp den først.\n"

        everything = [supervisor.pid, *children(supervisor.pid), *processes(data)]
        kill(everything)
        supervisor.wait()
        until(lambda: not any(alive(pid) for pid in everything), "everything to be gone")

    with serving(data) as (supervisor, address):
        assert ask(data, "select number from kept") == [(1,)]
        until(lambda: answers(address) and beats(data), "the pages after everything was killed")
        mine = children(supervisor.pid)
        supervisor.terminate()
        assert supervisor.wait(timeout=60) == 0
        assert not any(alive(pid) for pid in mine)
        assert not processes(data)


def test_what_goes_wrong_is_one_sentence(place: Path) -> None:
    nowhere = place / "nowhere"
    for words, sentence in (
        (("check",), f"Datamappa {nowhere} finnes ikke. Oppgi den med --data."),
        (("restore", str(place / "none.tar")), f"Fant ikke fila {place / 'none.tar'}."),
    ):
        done = subprocess.run(
            command(*words, data=nowhere), capture_output=True, text=True, env=environment(), check=False
        )
        assert (done.returncode, done.stderr) == (1, f"{sentence}\n")
    half = subprocess.run(
        command("migrate", data=nowhere),
        capture_output=True,
        text=True,
        env={**environment(), "DATABASE_URL": "postgres://samrad_app@127.0.0.1/none"},
        check=False,
    )
    assert half.stderr.startswith("Oppgi både DATABASE_URL")
