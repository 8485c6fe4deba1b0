"""The real `caseledger run` as a process of its own, to be started, killed and started again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
START_SECONDS = 30


class NotServingError(AssertionError):
    """The program didn't come up; the message is its log's end."""


@dataclass(frozen=True, slots=True)
class Running:
    """A running program."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def kill(self) -> None:
        """SIGKILL: no farewell."""
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def caseledger_run(variables: Mapping[str, str], folder: Path, *arguments: str) -> Iterator[Running]:
    """Start ``caseledger run`` in ``folder`` with these settings; stop it at the end."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    log = folder / "caseledger.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", *arguments],
            cwd=folder,
            env={**inherited, "PYTHONPATH": str(ROOT), **variables},
            stdout=output,
            stderr=output,
        )
        try:
            running = Running(process, variables["PUBLIC_URL"], log)
            wait_until_served(running)
            yield running
        finally:
            stop(process)


def wait_until_served(running: Running) -> None:
    """Return once ``/health`` answers; :class:`NotServingError` with the log's end otherwise."""
    pause = threading.Event()
    for _ in range(START_SECONDS * 20):
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{running.url}/health", timeout=5).ok:
                return
        if running.process.poll() is not None:
            break
        pause.wait(0.05)
    raise NotServingError(running.log.read_text(errors="replace")[-3000:])


def stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """SIGTERM, and SIGKILL where that isn't heard."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
