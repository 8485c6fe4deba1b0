"""How much memory the program takes, idle and after tens of thousands of signed requests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
import pytest
import requests

from bot.demo.cast import ALICE
from bot.demo.playground.roster import TEAM_ID
from tests.bench import firm, soak
from tests.bench.test_ack import book_click
from tests.proof_lines import say
from tests.stage import SIGNING_SECRET, environment, far_side, free_port, settings_from
from tests.started import ROOT, caseledger_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.started import Running

pytestmark = pytest.mark.bench
WARM_UP, CHUNK, CHUNKS = 5_000, 5_000, 5
IDLE_MIB, SOAKED_MIB, GROWTH_MIB = 150, 250, 1.0
PRESSES = 1, 10
"""So many presses among so many requests; the others ask for options."""


def test_memory_stays_where_it_is(database_url: str, tmp_path: Path) -> None:
    """Under 150 MiB idle, under 250 soaked, and under 1 MiB more for each 10,000 requests."""
    url = f"http://127.0.0.1:{free_port()}"
    with far_side(url, tmp_path) as (books, slack):
        variables = environment(url, database_url, books, slack)
        (waiting,) = firm.seed(settings_from(variables, tmp_path), books, (ALICE.id,))
        presses, of = PRESSES
        bodies = [book_click(waiting)] * presses + [options_asked()] * (of - presses)
        with caseledger_run(variables, tmp_path) as running:
            time.sleep(5)  # the clock has ticked, the worker looked around
            sizes = [mebibytes(running)]
            for requests_sent in (WARM_UP, *(CHUNK,) * CHUNKS):
                soaked(url, bodies, requests_sent, tmp_path)
                wait_until_done(url)
                sizes.append(mebibytes(running))
    idle, warm, *later = sizes
    growth = (later[-1] - warm) / (CHUNK * CHUNKS) * 10_000
    name = database_url.partition(":")[0].partition("+")[0]
    say(
        "Steady",
        f"memory in a soak of {CHUNK * CHUNKS:,} signed requests after {WARM_UP:,}, {name}",
        f"idle {idle:.0f} MiB, warm {warm:.1f}, then {', '.join(f'{each:.1f}' for each in later)}: "
        f"{growth:+.2f} MiB for each 10,000",
    )
    assert idle < IDLE_MIB
    assert max(later) < SOAKED_MIB
    assert growth < GROWTH_MIB


def soaked(url: str, bodies: list[str], times: int, folder: Path) -> None:
    """Send so many, all of which must be acknowledged."""
    asked = folder / "soak.json"
    asked.write_text(json.dumps({"url": url, "secret": SIGNING_SECRET, "bodies": bodies, "times": times}))
    told = subprocess.run(
        [sys.executable, soak.__file__, str(asked)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert {"200": times} == json.loads(told.stdout)


def wait_until_done(url: str) -> None:
    """Until the worker has answered everybody who pressed."""
    while 'caseledger_tasks{state="ready"} 0.0' not in (
        page := requests.get(f"{url}/metrics", timeout=30).text
    ):
        assert "caseledger_tasks" in page
        time.sleep(0.5)


def mebibytes(running: Running) -> float:
    """The program's memory that is in the machine's."""
    return float(psutil.Process(running.process.pid).memory_info().rss) / 2**20


def options_asked() -> str:
    """Slack's body when somebody types into a mapping row's choice."""
    payload = {
        "type": "block_suggestion",
        "team": {"id": TEAM_ID, "domain": "northgate"},
        "user": {"id": ALICE.id, "team_id": TEAM_ID},
        "api_app_id": "A0CASELEDGER",
        "container": {"type": "view", "view_id": "V1"},
        "action_id": "map_choose",
        "block_id": "method:E-Transfer",
        "value": "che",
    }
    return urlencode({"payload": json.dumps(payload)})
