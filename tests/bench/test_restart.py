"""How long nobody is served after kill -9, and how long Book takes where others do the work."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.demo.cast import MARIA
from bot.demo.playground.hands import Hands
from tests.bench import firm
from tests.bench.test_sync import booked
from tests.proof_lines import say
from tests.stage import environment, far_side, free_port, settings_from
from tests.started import caseledger_run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
TIMES, SERVING_SECONDS = 5, 3.0
CALL_SECONDS, RECEIPT_SECONDS = 0.3, 5.0


def test_after_a_kill_it_serves_again_in_three_seconds(database_url: str, tmp_path: Path) -> None:
    """From SIGKILL to the first answer of the next start, its interpreter's start included."""
    url = f"http://127.0.0.1:{free_port()}"
    with far_side(url, tmp_path) as (books, slack):
        variables = environment(url, database_url, books, slack)
        firm.seed(settings_from(variables, tmp_path), books, ("U0BENCH",))
        taken = []
        for _ in range(TIMES):
            with caseledger_run(variables, tmp_path) as running:
                running.kill()
            begun = time.perf_counter()
            with caseledger_run(variables, tmp_path):
                taken.append(time.perf_counter() - begun)
    listed = ", ".join(f"{seconds:.2f}" for seconds in taken)
    say("Steady", f"kill -9 to serving again, {_kind(database_url)}", f"{listed} s")
    assert max(taken) < SERVING_SECONDS


def test_book_takes_no_longer_where_others_do_the_work(postgres_url: str, tmp_path: Path) -> None:
    """One process answers Slack, two others work: from the press of Book to the receipt."""
    url = f"http://127.0.0.1:{free_port()}"
    with far_side(url, tmp_path, latency=CALL_SECONDS) as (books, slack):
        variables = environment(url, postgres_url, books, slack)
        firm.seed(settings_from(variables, tmp_path), books, ("U0BENCH",) * TIMES * 3, per_case=3)
        with (
            caseledger_run(variables, tmp_path, "--role", "web"),
            caseledger_run(variables, tmp_path, "--role", "worker"),
            caseledger_run(variables, tmp_path, "--role", "worker"),
        ):
            maria = Hands(slack.url).as_(MARIA.id)
            booked(maria, "00001-Osei")  # the workers have begun
            taken = [booked(maria, f"{number:05}-Osei") for number in range(2, TIMES + 1)]
    listed = ", ".join(f"{seconds:.2f}" for seconds in taken)
    what = f"Book to receipt, 3 invoices, 1 web and 2 worker processes, {CALL_SECONDS} s a call"
    say("PostgreSQL for real", what, f"{listed} s")
    assert max(taken) < RECEIPT_SECONDS


def _kind(database_url: str) -> str:
    return "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
