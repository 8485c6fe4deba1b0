"""The real clock, ids and randomness: the only place that asks the machine for them."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A fresh random id."""
    return str(uuid.uuid4())


def random_bytes(count: int) -> bytes:
    """So many unpredictable bytes."""
    return secrets.token_bytes(count)


@dataclass(frozen=True, slots=True)
class Time:
    """How the running program knows the time and waits for it; seconds, and moments in aware UTC.

    ``is_common`` says that every process goes by this very clock, so PostgreSQL's isn't asked about leases.
    """

    now: Callable[[], datetime] = now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    tick_seconds: float = 1
    is_common: bool = False


REAL = Time()
