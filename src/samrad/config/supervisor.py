"""One process that starts the database, the web server and the worker, and restarts what dies."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from samrad.core.embedded import ensure_running, is_running, stop

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.5


def _die_with_parent() -> None:
    """Linux only: when the supervisor itself is killed, its children go too."""
    try:
        ctypes.CDLL("libc.so.6", use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except OSError:
        return


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or any free one where 0 is asked for."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((host, wanted))
        return int(s.getsockname()[1])


class Supervisor:
    """Keeps the web server and the worker alive until it is told to stop."""

    def __init__(self, data: Path, host: str, port: int, *, embedded: bool) -> None:
        self.data, self.host, self.port, self.embedded = data, host, port, embedded
        self.stopping = False
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def commands(self) -> dict[str, list[str]]:
        return {
            "web": [
                sys.executable,
                "-m",
                "gunicorn",
                "samrad.config.wsgi:application",
                "--bind",
                f"{self.host}:{self.port}",
                "--worker-class",
                "gthread",
                "--workers",
                "2",
                "--threads",
                "4",
                "--log-level",
                "warning",
            ],
            "worker": [sys.executable, "-m", "samrad.config.worker"],
        }

    def start(self, name: str) -> None:
        self.children[name] = subprocess.Popen(
            self.commands()[name], preexec_fn=_die_with_parent if sys.platform == "linux" else None
        )

    def answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1):
                return True
        except OSError:
            return False

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT; then stop the children and, where it is ours, the database."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        for name in self.commands():
            self.start(name)
        told = False
        while not self.stopping:
            if not told and self.answers():
                print(f"Listening on http://{self.host}:{self.port}", flush=True)
                told = True
            if self.embedded and not is_running(self.data):
                ensure_running(self.data)
            for name, child in self.children.items():
                if child.poll() is not None:
                    self.start(name)
            time.sleep(POLL_SECONDS)
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
        if self.embedded:
            stop(self.data)
        return 0


def serve(data: Path, host: str, port: int, *, embedded: bool) -> int:
    """Serve the product on an address, printing it when it answers."""
    port = free_port(host, port)
    os.environ["SAMRAD_BASE_URL"] = os.environ.get("SAMRAD_BASE_URL", f"http://{host}:{port}")
    return Supervisor(data, host, port, embedded=embedded).run()
