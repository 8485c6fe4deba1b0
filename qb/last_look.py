"""Says whether the last look at what others wrote is too old for a booking to be sent on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db import connections, others
from qb.orders import InvoiceOrder, PaymentOrder

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.connections import Connection
    from db.effects import Claimed
    from qb.orders import Order

LOOK_LASTS = timedelta(hours=1)
"""So long a look holds for what is sent next: a sync of a thousand ends well within it."""


def is_overdue(
    session: Session, claimed: Claimed, order: Order, connection: Connection | None, now: datetime
) -> bool:
    """Whether a booking that surely wasn't sent must be looked for first: it lay here while we slept.

    Only where the company is open to us, as the look would find the door shut too. What may have been sent is
    looked for by its mark in any case. ``now`` is UTC.
    """
    effect = claimed.effect
    if claimed.doubt or not isinstance(order, InvoiceOrder | PaymentOrder):
        return False
    if (
        connection is None
        or connection.state not in connections.ASKED
        or connection.realm_id != effect.realm_id
    ):
        return False
    read = others.last_read(session, effect.firm_id, effect.realm_id)
    return read is not None and now - read[1] > LOOK_LASTS
