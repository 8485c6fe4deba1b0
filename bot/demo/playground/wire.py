"""The JSON that crosses the wire, and how a request is signed as Slack signs it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

Json = dict[str, Any]


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The `X-Slack-Signature` of `body` at `timestamp`, Unix seconds. Source: Slack, "Verifying requests"."""
    base = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
