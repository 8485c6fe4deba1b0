"""Whom invoices are for, where they are of one client or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qb.entry import Entry


def for_whom(entries: Iterable[Entry]) -> str:
    """The one client's name as it is, or how many clients."""
    clients = list(dict.fromkeys(entry.client_name for entry in entries))
    return clients[0] if len(clients) == 1 else count(len(clients), "client")
