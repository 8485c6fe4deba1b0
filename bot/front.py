"""Checks on a Slack request's headers before Bolt sees it (Slack: Verifying requests)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

TIMESTAMP = re.compile(r"\d{10}", re.ASCII)
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
WINDOW_SECONDS = 300


def is_from_slack(
    *, timestamp: str | None, signature: str | None, body: bytes, secret: str, now: datetime
) -> bool:
    """Whether the signature is Slack's over this very body, at most five minutes away from ``now``.

    Bolt checks the same but answers 500 where the timestamp isn't a number. Without a secret nobody is: with
    an empty one anybody could sign.
    """
    if not timestamp or not signature or not secret:
        return False
    if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
        return False
    if abs(now.timestamp() - int(timestamp)) > WINDOW_SECONDS:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, signature)
