"""Logs for operators: a sentence and ids, never a token, a client's name or an amount."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?i:bearer)\s+[\w.~+/=-]+|v1\.[\w-]+\.[\w+/=]{20,}"
    r"|((?:access_token|refresh_token|client_secret|code|state|token)\"?[=:]\s*\"?)[^\s&\",}]+"
)


def redact(text: str) -> str:
    """The text with everything that looks like a credential struck out."""
    return SECRET.sub(lambda found: (found.group(1) or "") + "[redacted]", text)


class LineFormatter(logging.Formatter):
    """A library's record as one line (and its traceback), with the ids we allow, credentials struck out."""

    ALLOWED = ("method", "status", "intuit_tid")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; what no one allowed stays out, what looks like a credential is struck out."""
        shown = {name: getattr(record, name) for name in self.ALLOWED if hasattr(record, name)}
        ids = "".join(f" {name}={value}" for name, value in shown.items())
        return redact(super().format(record) + ids)


def _redact_fields(
    _logger: object, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {name: redact(value) if isinstance(value, str) else value for name, value in fields.items()}


def configure_logs(*, level: int = logging.INFO) -> None:
    """Send our logs and the libraries' to standard error, a line each, redacted."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact_fields,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter("level=%(levelname)s logger=%(name)s event=%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("qb.gateway").setLevel(level)  # Intuit's support asks for its trace ids
    for name in ("requests_oauthlib", "urllib3", "slack_sdk", "slack_bolt"):
        logging.getLogger(name).setLevel(logging.WARNING)
