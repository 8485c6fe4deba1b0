"""Tests that need something this machine lacks: said at the end of the run, and a failure in CI."""

import os
from collections import Counter
from typing import NoReturn

import pytest
from _pytest.terminal import TerminalReporter  # pytest names this type nowhere else

LEFT_OUT = "tests left out: "


def leave_out(tests: str, why: str) -> NoReturn:
    """Skip the test that asks, as one of the `tests` ("PostgreSQL") that lack something; in CI, fail it.

    `why` says what to do about it.
    """
    sentence = f"{tests} {LEFT_OUT}{why}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say once for each missing thing how many tests were left out for it, and what to do."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple) and LEFT_OUT in report.longrepr[2]:
            reasons[report.longrepr[2].removeprefix("Skipped: ")] += 1
    for sentence, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{sentence} ({count})", yellow=True)
