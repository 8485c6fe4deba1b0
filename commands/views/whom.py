"""Whom invoices are for, where they are of one client or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qb.entry import Entry


def for_whom(entries: Iterable[Entry]) -> str:
    """The one client's name as it is, or how many clients."""
    clients = clients_of(entries)
    return clients[0] if len(clients) == 1 else count(len(clients), "client")


def clients_of(entries: Iterable[Entry]) -> list[str]:
    """The name of each client once, as it is; who is spelt two ways is one client all the same."""
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(entry.key.client, entry.client_name)
    return list(names.values())
