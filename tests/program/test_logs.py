"""Logs carry no credential."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.logs import LineFormatter, configure_logs, redact

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer CANARY.abc-123",
        "token=CANARY",
        '{"access_token": "CANARY", "expires_in": 3600}',
        "refresh_token=CANARY&grant_type=refresh_token",
        "GET /quickbooks/callback?code=CANARY&state=CANARY&realmId=1",
        "xoxb-1234-CANARY",
        "xapp-1-CANARY",
    ],
)
def test_a_credential_is_struck_out(text: str) -> None:
    """Tokens, codes and states never reach a log line."""
    assert "CANARY" not in redact(text)
    assert "[redacted]" in redact(text)


def test_ordinary_words_stay() -> None:
    """A sentence with ids reads as it was."""
    assert redact("sync 5f3c finished: 3 invoices") == "sync 5f3c finished: 3 invoices"


def test_a_traceback_carries_no_credential() -> None:
    """What a library raised with a token in its words is struck out too."""
    error = ValueError("access_token=CANARY")
    record = logging.LogRecord("lib", logging.ERROR, "", 1, "failed", None, (ValueError, error, None))
    told = LineFormatter("%(message)s").format(record)
    assert "CANARY" not in told
    assert "ValueError" in told


NAME = 'René "Ané" O\'Brien \\ 马春梅 <!channel> & <https://evil|Approve>'


class BooksError(Exception):
    """One with a client's name in its words."""


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """What is logged once a test has configured the logs as the running program does; undone afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield capsys
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def failed(name: str) -> None:
    """Fail as a driver would, which repeats the row; and once more, on top of that."""
    try:
        refused(name)
    except ValueError as error:
        raise BooksError(name) from error


def refused(name: str) -> None:
    """The driver's own failure."""
    raise ValueError(f"Key (subject)=({name}) already exists")


def test_a_traceback_tells_the_way_and_no_words(said: pytest.CaptureFixture[str]) -> None:
    """Each step and each kind of error, ours and the library's logs alike; no client's name."""
    configure_logs()
    try:
        failed(NAME)
    except BooksError:
        structlog.get_logger("tasks").exception("a piece of work failed")
        logging.getLogger("qb.sending").exception("effect stumbled", extra={"effect": "e-1"})
        logging.getLogger("a_library").exception("failed for %s", NAME)
    told = said.readouterr().err
    assert told.count("test_logs.py") >= 6
    assert told.count("BooksError") == told.count("ValueError") == 3
    assert "effect=e-1" in told
    assert [] == [part for part in ("René", "马春梅", "channel", "evil") if part in told]


def test_only_allowed_fields_reach_a_line(said: pytest.CaptureFixture[str]) -> None:
    """Ids do; a name that somebody adds one day does not."""
    configure_logs()
    structlog.get_logger("tasks").warning("task failed", kind="sync", task="t-1", client=NAME, amount="12.00")
    told = said.readouterr().err
    assert "kind=sync" in told
    assert "task=t-1" in told
    assert [] == [part for part in ("client", "René", "amount", "12.00") if part in told]


def test_a_librarys_words_stay_out(said: pytest.CaptureFixture[str]) -> None:
    """Bolt repeats the request it doesn't know; the line says where to look instead."""
    configure_logs()
    logging.getLogger("slack_bolt.App").warning("Unhandled request (%s)", {"text": NAME})
    logging.getLogger("waitress.queue").warning("Task queue depth is 5")
    told = said.readouterr().err
    assert "René" not in told
    assert "logger=slack_bolt.App event=something at test_logs:" in told
    assert "Task queue depth is 5" in told


def test_only_allowed_ids_are_added() -> None:
    """Intuit's trace id is kept; a client's name that somebody attached is not."""
    record = logging.LogRecord("qb.gateway.transport", logging.INFO, __file__, 1, "intuit call", None, None)
    record.intuit_tid, record.client_name = "1-abc", "Daniel Osei"
    assert "intuit call intuit_tid=1-abc" == LineFormatter("%(message)s").format(record)
