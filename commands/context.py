"""What commands and tasks work with; nothing of it is global."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from slack_sdk import WebClient

    from db.engine import Database
    from qb.gateway import Company


@dataclass(frozen=True, slots=True)
class Context:
    """Database, clock, ids, and the ways to Slack and QuickBooks.

    ``slack`` gives a client for the worker (waits out rate limits, never re-sends blindly), ``slack_now`` one
    for listeners (gives up after two seconds). ``company`` gives a firm's QuickBooks company by firm id and
    may raise ``Reconnect``. ``download`` fetches a file from Slack's own hosts. ``public_url`` is where
    browsers reach us, without a slash at its end. ``intuit_missing`` names the settings Intuit still needs.
    ``knock`` says whether a firm's closed company lets us in again.
    """

    database: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    random_bytes: Callable[[int], bytes]
    slack: Callable[[], WebClient]
    slack_now: Callable[[], WebClient]
    company: Callable[[str], Company]
    download: Callable[[str], bytes]
    public_url: str
    environment: str
    intuit_missing: tuple[str, ...] = ()
    knock: Callable[[str], bool] = lambda _firm: False
