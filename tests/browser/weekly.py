"""The demo's own Slack and QuickBooks with the real program between them, by a clock a test puts forward."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.demo.cast import ALICE, BEN, MARIA
from bot.demo.playground.hands import Hands
from tests.conversations.story import Cast
from tests.crashing.clock import SharedClock
from tests.crashing.program import CLOCK, LOG
from tests.stage import environment, far_side, free_port
from tests.started import ROOT, Running, stop, wait_until_served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TORONTO = ZoneInfo("America/Toronto")
MONDAY = 0
UNHURRIED_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Week:
    """A firm's week: its clock, its people's hands, where its page is, and its first day's exports."""

    clock: SharedClock
    hands: Hands
    url: str
    exports: Path

    @property
    def cast(self) -> Cast:
        """The three people."""
        return Cast(self.hands.as_(MARIA.id), self.hands.as_(BEN.id), self.hands.as_(ALICE.id))

    def let_it_be(self, weekday: int, hour: int, minute: int = 0) -> datetime:
        """Put the clock forward to the next such moment in Toronto; Monday is 0."""
        moment = coming(self.clock(), weekday, hour, minute)
        self.clock.put_forward_to(moment)
        return moment


def coming(now: datetime, weekday: int, hour: int, minute: int = 0) -> datetime:
    """The next such moment in Toronto after ``now``."""
    there = now.astimezone(TORONTO)
    days = timedelta(days=(weekday - there.weekday()) % 7)
    moment = (there + days).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > there else moment + timedelta(days=7)


@contextmanager
def a_week(folder: Path) -> Iterator[Week]:
    """Everything up, on a Monday at eight in the morning."""
    clock = SharedClock(folder / CLOCK)
    begin = coming(clock(), MONDAY, 8)
    clock.put_forward_to(begin)
    url, exports = f"http://127.0.0.1:{free_port()}", folder / "exports"
    exports.mkdir()
    with far_side(url, exports, clock=clock) as (sandbox, playground):
        hands = Hands(playground.url)
        hands.switch(ack_seconds=UNHURRIED_SECONDS)
        variables = environment(url, f"sqlite:///{folder / 'caseledger.db'}", sandbox, playground)
        with _running({**variables, "APPROVAL_CHANNEL": "C0APPROVE"}, folder):
            yield Week(clock, hands, playground.url, exports)


@contextmanager
def _running(variables: Mapping[str, str], folder: Path) -> Iterator[None]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "tests.browser.program", str(folder / CLOCK)]
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**kept, "PYTHONPATH": str(ROOT), **variables}, stdout=log, stderr=log
        )
        try:
            wait_until_served(Running(process, variables["PUBLIC_URL"], folder / LOG))
            yield
        finally:
            stop(process)
