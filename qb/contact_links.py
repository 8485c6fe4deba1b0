"""What a contact that was added is linked to: its client, or the cases it pays for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.links import ContactLink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from qb.orders import CustomerOrder


def links_of(order: CustomerOrder, customer_id: str, by: str, now: datetime) -> Iterator[ContactLink]:
    """One link for each case it pays for; without cases, the client's own."""
    for case in order.cases or ("",):
        yield ContactLink(order.payer, order.currency, customer_id, order.name, by, now, "added", case)
