"""One run of the real program, and one of the plain loop, over the same invoices at the same sandbox."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.demo.cast import MARIA
from bot.demo.playground.hands import Hands
from qb.gateway import Pace, next_moment
from qb.sandbox import Switches
from tests.bench import firm, plain_loop, press
from tests.bench.test_ack import book_click
from tests.stage import SIGNING_SECRET, environment, far_side, free_port, settings_from
from tests.started import caseledger_run

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

    from bot.demo.playground.hands import PersonsHands
    from qb.sandbox import Fault, RequestSeen

CALL_SECONDS = 0.3
PATIENCE = 1800.0
BETWEEN_LOOKS = 0.25


@dataclass(frozen=True, slots=True)
class Run:
    """What booking so many invoices took, and each call that the company saw for it.

    ``before`` counts the metered reads up to the press: the lists, and the first look at what others wrote.
    """

    invoices: int
    seconds: float
    calls: tuple[RequestSeen, ...] = field(repr=False)
    before: int = 0

    @property
    def per_minute(self) -> float:
        """Paid invoices a minute, from the press of Book to the last receipt."""
        return self.invoices / self.seconds * 60

    @property
    def writes(self) -> list[RequestSeen]:
        """The calls that book something."""
        return [one for one in self.calls if one.method == "POST" and one.entity != "query"]

    @property
    def reads(self) -> list[RequestSeen]:
        """The calls that Intuit meters: everything that doesn't write (Intuit: App Partner Program)."""
        return [one for one in self.calls if _is_metered(one)]

    def share_of(self, pace: Pace) -> float:
        """How near the writes came to the fastest that the pace allows, first to last."""
        moments = sorted(one.at for one in self.writes)
        taken = moments[-1] - moments[0]
        return fastest(pace, moments[0], len(moments)) / taken


def _is_metered(call: RequestSeen) -> bool:
    return call.method == "GET" or call.entity == "query"


def fastest(pace: Pace, first: datetime, calls: int) -> timedelta:
    """From the first to the last of so many calls, each at the first moment that the pace allows."""
    begins = [first]
    while len(begins) < calls:
        begins.append(next_moment(pace, begins, None, begins[-1]))
    return begins[-1] - first


def ours(database_url: str, folder: Path, invoices: int, *faults: Fault, limits: bool = False) -> Run:
    """Book as many in one sync with `caseledger run`, from the press of Book to the receipt in Slack."""
    url = f"http://127.0.0.1:{free_port()}"
    with far_side(url, folder, latency=CALL_SECONDS, switches=Switches(limits=limits)) as (books, slack):
        variables = environment(url, database_url, books, slack)
        waiting = firm.seed_together(settings_from(variables, folder), books, MARIA.id, invoices)
        with caseledger_run(variables, folder):
            maria = Hands(slack.url).as_(MARIA.id)
            books.faults.add(*faults)
            before, begun = len(books.requests()), time.perf_counter()
            ((status, _),) = press.press_together(url, SIGNING_SECRET, [book_click(waiting).encode()])
            assert 200 == status
            wait_until_told(maria)
            seconds = time.perf_counter() - begun
        assert invoices == len(books.books.entities("Payment"))
        calls = books.requests()
        read = sum(_is_metered(one) for one in calls[:before])
        return Run(invoices, seconds, calls[before:], read)


def plain(folder: Path, invoices: int, *faults: Fault, limits: bool = False) -> tuple[Run, str]:
    """The same by the plain loop, and what it raised, if anything."""
    switches = Switches(limits=limits)
    with far_side("http://127.0.0.1:9", folder, latency=CALL_SECONDS, switches=switches) as (books, _):
        asked = {
            "url": books.url,
            "realm": books.realm_id,
            "token": books.grant().access_token,
            "customer": firm.NAME,
            "invoices": invoices,
        }
        books.faults.add(*faults)
        told = looped(asked, folder)
        return Run(told["booked"], told["seconds"], books.requests()), told["raised"]


def looped(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What the plain loop says of itself; it runs in a process of its own, as the program does."""
    file = folder / "loop.json"
    file.write_text(json.dumps(asked))
    command = [sys.executable, plain_loop.__file__, str(file)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def wait_until_told(maria: PersonsHands) -> None:
    """Until the result stands in Slack; looked for seldom, as looking takes the machine's time too."""
    pause, until = threading.Event(), time.monotonic() + PATIENCE
    while not any("All of it is in the books" in message.words for message in maria.messages()):
        assert time.monotonic() < until
        pause.wait(BETWEEN_LOOKS)
