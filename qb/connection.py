"""The firms' connections to QuickBooks: consent, tokens and companies behind one door."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db import connections
from qb import consent
from qb.consent import ask
from qb.gateway import Reconnect
from qb.tokens import NOT_CONNECTED, Keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from db.engine import Database
    from db.vault import Vault
    from qb.consent import Consent
    from qb.gateway import Company, Gateway

__all__ = ["Connections", "ask"]


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

    def depart(self, state: str, cookie: str) -> str | Consent:
        """Where Intuit asks for the consent, bound to the browser that gets ``cookie``; or why not."""
        return consent.depart(self._database, self._gateway, state, cookie, self._clock())

    def finish(self, answer: Mapping[str, str], cookie: str) -> Consent:
        """What came of the consent whose answer Intuit's redirect brought."""
        return consent.finish(self._database, self._gateway, self._keyring, answer, cookie, self._clock())
