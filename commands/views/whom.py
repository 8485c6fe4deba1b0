"""Whom invoices are for, where they are of one client or of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import count, name
from qb.resemblance import is_same_name

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


def billed_for(entries: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    """Customer and client, escaped, where the payer isn't the client; each pair once."""
    pairs = ((name(e.customer.name), name(e.client_name)) for e in entries if not _is_client(e))
    return tuple(dict.fromkeys(pairs))


def _is_client(entry: Entry) -> bool:
    """By name; what was put behind it (``(USD)``, ``(client)``) doesn't make it somebody else."""
    customer, client = entry.customer.name.casefold(), entry.client_name.casefold()
    return customer.startswith(f"{client} (") or is_same_name(entry.customer.name, entry.client_name)
