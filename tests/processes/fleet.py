"""Several processes of the real program that share one PostgreSQL, to be stopped and started one by one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.processes.balancer import Balancer
from tests.stage import free_port
from tests.started import ROOT, Running, stop, wait_until_served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conversations.standing import Standing

START_SECONDS = 30.0


@dataclass(slots=True)
class Member:
    """One process; ``port`` where it serves, for a worker none."""

    role: str
    number: int
    port: int
    process: subprocess.Popen[bytes]


class Fleet:
    """Web processes behind a balancer, and workers."""

    def __init__(self, far: Standing, balancer: Balancer) -> None:
        self._far = far
        self.balancer = balancer
        self.members: list[Member] = []

    def start(self, role: str) -> Member:
        """Start one more process of this role; it serves, or works, when this returns."""
        member = Member(role, len(self.members) + 1, free_port() if role == "web" else 0, self._nothing())
        if role == "web":
            self.balancer.add(member.port)
        self.members.append(member)
        self._begin(member)
        return member

    def leave(self, member: Member) -> float:
        """SIGTERM, and until it has left; how many seconds that took. It must leave by itself."""
        begun = time.monotonic()
        member.process.terminate()
        assert 0 == member.process.wait(40), self.log(member).read_text()[-2000:]
        return time.monotonic() - begun

    def restart(self, member: Member) -> float:
        """As in a rolling update; how many seconds leaving took."""
        took = self.leave(member)
        self._begin(member)
        return took

    def stop(self) -> None:
        """Stop whoever runs."""
        for member in self.members:
            stop(member.process)

    def log(self, member: Member) -> Path:
        """What the process said."""
        return self._far.folder / f"{member.role}-{member.number}.log"

    def _nothing(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", ""])

    def _begin(self, member: Member) -> None:
        stop(member.process)
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        told = {**self._far.variables, "PORT": str(member.port)}
        already = self.log(member).stat().st_size if self.log(member).exists() else 0
        with self.log(member).open("ab") as output:
            member.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", "--role", member.role],
                cwd=self._far.folder,
                env={**inherited, "PYTHONPATH": str(ROOT), **told},
                stdout=output,
                stderr=output,
            )
        if member.role == "web":
            url = f"http://127.0.0.1:{member.port}"
            wait_until_served(Running(member.process, url, self.log(member)))
        else:
            self._wait_until_it_works(member, already)

    def _wait_until_it_works(self, member: Member, already: int) -> None:
        pause, until = threading.Event(), time.monotonic() + START_SECONDS
        while b"event=working" not in (said := self.log(member).read_bytes()[already:]):
            assert member.process.poll() is None, said
            assert time.monotonic() < until, said
            pause.wait(0.05)


@contextmanager
def fleet(far: Standing, *roles: str) -> Iterator[Fleet]:
    """These processes, behind one address, until the end of the block."""
    with Balancer(int(far.variables["PORT"])) as balancer:
        together = Fleet(far, balancer)
        try:
            for role in roles:
                together.start(role)
            yield together
        finally:
            together.stop()
