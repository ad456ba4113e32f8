"""One process that watches the database, the web server and the worker, and restarts what dies."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from samrad.core.embedded import ServerTrouble, ensure_running, is_running

PR_SET_PDEATHSIG = 1
WORKER = "from samrad.config.worker import main; main()"  # its jobs belong to the module, not to __main__
POLL_SECONDS = 0.25
DATABASE_EVERY = 8  # polls; asking starts a program
SLOWEST_RESTART = 30.0
WHOLE_LIFE = 60.0  # a child that lived so long has not failed to start
STOP_SECONDS = 20
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Linux only: when the supervisor itself is killed, its children go too."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or any free one where 0 is asked for."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, wanted))
        except OSError as error:
            raise ServerTrouble(f"Kan ikke lytte på {host}:{wanted}. Velg en annen port med --port.") from error
        return int(s.getsockname()[1])


class Child:
    """A program that is kept running; one that will not stay up is tried ever more seldom."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.next_start = 0.0
        self.failures = 0

    def watch(self, now: float) -> None:
        """Start it where it is down."""
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            lived = now - self.started
            self.failures = 0 if lived > WHOLE_LIFE else self.failures + 1
            wait = min(SLOWEST_RESTART, 0.5 * 2 ** (self.failures - 2)) if self.failures > 1 else 0.0
            print(f"samrad: {self.name} stoppet ({status}) og startes igjen.", file=sys.stderr, flush=True)
            self.process, self.next_start = None, now + wait
        if now >= self.next_start:
            self.process = subprocess.Popen(
                self.command, preexec_fn=_die_with_parent if _libc is not None else None, start_new_session=True
            )
            self.started = now

    def end(self) -> None:
        """Ask it to finish."""
        if self.process is not None:
            self.process.terminate()

    def wait(self) -> None:
        """Wait until it has finished, and no longer than is reasonable."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps the database, the web server and the worker alive until it is told to stop."""

    def __init__(self, data: Path, host: str, port: int, *, embedded: bool) -> None:
        self.data, self.host, self.port, self.embedded = data, host, port, embedded
        self.stopping = False
        gunicorn = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
        bind = ["--bind", f"{host}:{port}"]
        self.children = [
            Child("web", [sys.executable, "-m", "gunicorn", "samrad.config.wsgi:application", *bind, *gunicorn]),
            Child("worker", [sys.executable, "-c", WORKER]),
        ]

    def answers(self) -> bool:
        """Has the web server come so far that it gives a page?"""
        host = "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host
        connection = http.client.HTTPConnection(host, self.port, timeout=20)
        try:
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{self.port}"})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _watch_database(self) -> None:
        if self.embedded and not is_running(self.data):
            try:
                ensure_running(self.data)
            except ServerTrouble as trouble:  # said, and tried again
                print(f"samrad: {trouble}", file=sys.stderr, flush=True)

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT; then let the children finish."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        told, polls = False, 0
        while not self.stopping:
            for child in self.children:
                child.watch(time.monotonic())
            if not told and self.answers():
                print(f"Listening on http://{self.host}:{self.port}", flush=True)
                told = True
            polls += 1
            if polls % DATABASE_EVERY == 0:
                self._watch_database()
            time.sleep(POLL_SECONDS)
        for child in self.children:
            child.end()
        for child in self.children:
            child.wait()
        return 0


def serve(data: Path, host: str, port: int, *, embedded: bool) -> int:
    """Serve the product on an address, printing it when it answers."""
    os.environ["SAMRAD_BASE_URL"] = os.environ.get("SAMRAD_BASE_URL", f"http://{host}:{port}")
    return Supervisor(data, host, port, embedded=embedded).run()
