"""Paid invoices a minute beside a plain python-quickbooks loop, in the same run at the same latency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qb.gateway import Pace
from qb.sandbox import Fault
from tests.bench.runs import CALL_SECONDS, Run, ours, plain
from tests.proof_lines import say

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench
SECTION = "Pace"
FASTER, SHARE = 2.3, 0.95
MOST_READS_PER_100 = 12


@pytest.mark.parametrize("invoices", [1, 10, 100, 1000])
def test_paid_invoices_a_minute_beside_a_plain_loop(
    database_url: str, tmp_path: Path, plain_run: Run, invoices: int
) -> None:
    """From 100 up: 95 % of the pace, 2.3 times the plain loop, 2 writes each, 12 metered reads per 100."""
    name = database_url.partition(":")[0].partition("+")[0]
    run = ours(database_url, tmp_path, invoices)
    times = run.per_minute / plain_run.per_minute
    share = f", {run.share_of(Pace()):.1%} of the pace" if invoices > 1 else ""
    say(
        SECTION,
        f"{invoices:,} paid {'invoices' if invoices > 1 else 'invoice'}, {CALL_SECONDS} s a call, {name}",
        f"CaseLedger {run.per_minute:.0f} a minute ({run.seconds:.1f} s{share}), {figures(run)} "
        f"after {run.before} of connecting and preview; "
        f"plain loop {plain_run.per_minute:.0f} a minute ({plain_run.seconds:.1f} s), {figures(plain_run)}; "
        f"{times:.2f} times as fast",
    )
    assert 2 * invoices == len(run.writes)
    if invoices >= 100:
        assert run.share_of(Pace()) >= SHARE
        assert times >= FASTER
        assert len(run.reads) / invoices * 100 <= MOST_READS_PER_100


@pytest.fixture(scope="module")
def plain_runs() -> dict[int, Run]:
    """The plain loop's runs so far, by their number of invoices."""
    return {}


@pytest.fixture
def plain_run(plain_runs: dict[int, Run], invoices: int, tmp_path: Path) -> Run:
    """The plain loop over as many invoices, run once for both databases: it has none."""
    if invoices not in plain_runs:
        run, raised = plain(tmp_path, invoices)
        assert (invoices, "") == (run.invoices, raised)
        plain_runs[invoices] = run
    return plain_runs[invoices]


def test_nothing_stops_at_the_first_throttle(database_url: str, tmp_path: Path) -> None:
    """QuickBooks limits as Intuit does and throttles the 21st call: the plain loop raises, we go on."""
    name = database_url.partition(":")[0].partition("+")[0]
    throttle = Fault("throttle", skip=20)
    run = ours(database_url, tmp_path, 50, throttle, limits=True)
    loop, raised = plain(tmp_path, 50, throttle, limits=True)
    throttled = sum(one.status == 429 for one in run.calls)
    say(
        SECTION,
        f"50 invoices where QuickBooks throttles the 21st call, {name}",
        f"CaseLedger met {throttled} of 429 and booked all 50 in {run.seconds:.0f} s, the minute's rest "
        f"included; the plain loop ended after {loop.invoices} ({raised.partition(':')[0]})",
    )
    assert throttled
    assert raised
    assert loop.invoices < 50


def figures(run: Run) -> str:
    """Writes and metered reads, for each hundred invoices where there are so many."""
    of, words = (100 / run.invoices, "per 100: ") if run.invoices > 100 else (1, "")
    calls, writes, reads = (len(each) * of for each in (run.calls, run.writes, run.reads))
    return f"{words}{calls:.0f} calls, {writes:.0f} writes, {reads:.1f} metered reads"
