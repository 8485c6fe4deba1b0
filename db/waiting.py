"""A lock that somebody else lets go: how a thread waits to be called by name."""

from __future__ import annotations

import threading


def uncalled() -> threading.Lock:
    """A lock that is held: to acquire it is to wait until whoever calls releases it."""
    lock = threading.Lock()
    lock.acquire()
    return lock
