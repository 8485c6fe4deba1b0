"""Logs for operators: a sentence and ids, never a token, a client's name or an amount."""

from __future__ import annotations

import logging
import re
import sys
from copy import copy
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from types import TracebackType
    from typing import Any, TypeAlias

    from structlog.typing import ExcInfo

    OptExcInfo: TypeAlias = (
        tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    )

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?i:bearer)\s+[\w.~+/=-]+|v1\.[\w-]+\.[\w+/=]{20,}"
    r"|((?:access_token|refresh_token|client_secret|code|state|token)\"?[=:]\s*\"?)[^\s&\",}]+"
)


def redact(text: str) -> str:
    """The text with everything that looks like a credential struck out."""
    return SECRET.sub(lambda found: (found.group(1) or "") + "[redacted]", text)


FIELDS = frozenset(
    {
        *("timestamp", "level", "event", "exception"),
        *("address", "attempt", "error", "kind", "lasts", "role", "task"),
    }
)
"""What a line of ours may carry; anything else stays out, whoever adds it."""

TALKATIVE = ("qb", "caseledger", "waitress", "apscheduler", "alembic")
"""Loggers whose words are fixed sentences with ids. Others' may repeat what people wrote."""


class LineFormatter(logging.Formatter):
    """A library's record as one line (and where it was raised), with the ids we allow."""

    ALLOWED = ("method", "status", "intuit_tid", "effect", "outcome")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; what no one allowed stays out, what looks like a credential is struck out."""
        shown = {name: getattr(record, name) for name in self.ALLOWED if hasattr(record, name)}
        ids = "".join(f" {name}={value}" for name, value in shown.items())
        if record.name.partition(".")[0] not in TALKATIVE:
            place = f"{record.module}:{record.lineno}"
            record = copy(record)
            record.msg, record.args = f"something at {place}; its words stay out", None
        return redact(super().format(record) + ids)

    def formatException(self, ei: OptExcInfo) -> str:  # noqa: N802 - the library's name
        """Where it was raised, and of what kind."""
        return way_of(ei[1])


def way_of(error: BaseException | None) -> str:
    """How an error came about: its kind and each step there, and those behind it. Never its words.

    A driver's or library's words repeat rows, names and amounts; the steps are our own source.
    """
    told: list[str] = []
    while error is not None:
        steps = [
            f"{Path(step.filename).name}:{step.lineno} {step.name}"
            for step in extract_tb(error.__traceback__)
        ]
        told.append(" > ".join([*steps, type(error).__name__]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  from ".join(told)


def _way_of(exc_info: ExcInfo) -> str:
    return way_of(exc_info[1])


def _allowed(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        name: redact(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if name in FIELDS
    }


def configure_logs(*, level: int = logging.INFO) -> None:
    """Send our logs and the libraries' to standard error, a line each, redacted."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_way_of),
            _allowed,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter("level=%(levelname)s logger=%(name)s event=%(message)s"))
    logging.raiseExceptions = False  # a line that can't be written would print its arguments instead
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("qb.gateway").setLevel(level)  # Intuit's support asks for its trace ids
    for name in ("requests_oauthlib", "urllib3", "slack_sdk", "slack_bolt"):
        logging.getLogger(name).setLevel(logging.WARNING)
