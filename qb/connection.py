"""The firms' connections to QuickBooks: consent, tokens and companies behind one door."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db import audit, connections, effects
from qb import consent
from qb.consent import ask
from qb.gateway import CompanyLocked, Reconnect
from qb.tokens import NOT_CONNECTED, Keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.vault import Vault
    from qb.consent import Consent
    from qb.gateway import Company, Gateway

__all__ = ["Connections", "ask", "lose"]


def lose(session: Session, firm_id: str, lost: Reconnect, now: datetime, *, asked_at: datetime) -> bool:
    """Write down that QuickBooks let nobody in when it was asked at ``asked_at``; what is to be booked waits.

    False: that is known already, or somebody has connected it anew since.
    """
    audit.hold(session, firm_id)
    connection = connections.get(session, firm_id)
    if connection is None or connection.connected_at > asked_at:
        return False
    state = connections.LOCKED if isinstance(lost, CompanyLocked) else connections.RECONNECT
    news = connections.mark(session, firm_id, state, lost.reason, now=now)
    if news:
        effects.park(session, firm_id, lost.reason, now)
    return news


class Connections:
    """Made once a process, safe in any thread, silent until asked; ``clock`` gives aware UTC."""

    def __init__(
        self, *, database: Database, gateway: Gateway, vault: Vault, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._clock = clock
        self._keyring = Keyring(database, gateway, vault, clock)

    def company(self, firm_id: str) -> Company:
        """The firm's QuickBooks company, no call made yet; raises Reconnect where there is none."""
        with self._database.read() as session:
            connection = connections.get(session, firm_id)
        if connection is None:
            raise Reconnect(NOT_CONNECTED)
        return self._gateway.company(connection.realm_id, partial(self._keyring.usable, firm_id))

    def knock(self, firm_id: str) -> bool:
        """Whether a company that was closed lets us in again; what waited for that goes on by itself.

        Raises InDoubt, OurBug.
        """
        with self._database.read() as session:
            connection = connections.get(session, firm_id)
        if connection is None or connection.state != connections.LOCKED:
            return False
        token, asked_at = partial(self._keyring.usable, firm_id, knocking=True), self._clock()
        try:
            self._gateway.company(connection.realm_id, token).company_info()
        except CompanyLocked:
            return False
        except Reconnect as lost:  # it isn't closed any more: a person must connect it anew, and is told so
            with self._database.write() as session:
                lose(session, firm_id, lost, self._clock(), asked_at=asked_at)
            return False
        with self._database.write() as session:
            audit.hold(session, firm_id)
            now, standing = self._clock(), connections.get(session, firm_id)
            if standing is None or standing.state != connections.LOCKED:
                return False
            connections.mark(session, firm_id, connections.OK, "", now=now)
            effects.unpark(session, firm_id, standing.realm_id, now)
        return True

    def depart(self, state: str, cookie: str) -> str | Consent:
        """Where Intuit asks for the consent, bound to the browser that gets ``cookie``; or why not."""
        return consent.depart(self._database, self._gateway, state, cookie, self._clock())

    def finish(self, answer: Mapping[str, str], cookie: str) -> Consent:
        """What came of the consent whose answer Intuit's redirect brought."""
        return consent.finish(self._database, self._gateway, self._keyring, answer, cookie, self._clock())
