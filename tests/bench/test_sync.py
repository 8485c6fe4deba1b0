"""How long three invoices take from Book to the receipt, at 0.3 s a QuickBooks call."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.demo.cast import MARIA
from bot.demo.playground.hands import Hands, wait_for
from tests.bench import firm
from tests.bench.report import say
from tests.stage import environment, far_side, free_port, settings_from
from tests.started import caseledger_run

if TYPE_CHECKING:
    from pathlib import Path

    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenMessage

pytestmark = pytest.mark.bench
CALL_SECONDS, MOST_SECONDS, TIMES = 0.3, 5.0, 5
PATIENCE = 30.0


def test_three_invoices_are_booked_and_read_back_in_five_seconds(database_url: str, tmp_path: Path) -> None:
    """From the press of Book to the receipt in Slack, six writes and the reading back included."""
    url = f"http://127.0.0.1:{free_port()}"
    with far_side(url, tmp_path, latency=CALL_SECONDS) as (books, slack):
        variables = environment(url, database_url, books, slack)
        firm.seed(settings_from(variables, tmp_path), books, ("U0BENCH",) * TIMES * 3, per_case=3)
        with caseledger_run(variables, tmp_path):
            maria = Hands(slack.url).as_(MARIA.id)
            taken = [booked(maria, f"{number:05}-Osei") for number in range(1, TIMES + 1)]
    name = database_url.split(":", maxsplit=1)[0].split("+", maxsplit=1)[0]
    listed = ", ".join(f"{seconds:.2f}" for seconds in taken)
    say(f"three invoices, {name}, {CALL_SECONDS} s a call", f"Book to receipt {listed} s")
    assert max(taken) < MOST_SECONDS


def booked(maria: PersonsHands, case: str) -> float:
    """Seconds from Book to the receipt of one case's three invoices."""
    maria.command("/qb-sync", case)
    wait_for(lambda: "Preview Booking" in (modal.words if (modal := maria.modal()) else ""), PATIENCE)
    maria.submit()
    waiting = wait_for(lambda: _newest(maria, "Book 3 Invoices"), PATIENCE)
    begun = time.perf_counter()
    maria.click("Book 3 Invoices", in_=waiting)
    wait_for(lambda: "All of it is in the books" in _message(maria, waiting.ts).words, PATIENCE)
    return time.perf_counter() - begun


def _newest(maria: PersonsHands, text: str) -> SeenMessage | None:
    found = [message for message in maria.messages() if text in message.words]
    return found[-1] if found else None


def _message(maria: PersonsHands, ts: str) -> SeenMessage:
    return next(message for message in maria.messages() if message.ts == ts)
