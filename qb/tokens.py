"""A firm's access token: kept sealed, renewed by one at a time, stored before it is used."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db import audit, connections, effects
from db.connections import APP_REFUSED, LOCKED, OK, RECONNECT, SealedPair
from db.vault import SealBrokenError, UnknownVaultKeyError
from qb.gateway import CompanyLocked, InDoubt, OurBug, Reconnect

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.connections import Connection
    from db.engine import Database
    from db.vault import Vault
    from qb.gateway import Gateway, Tokens

EARLY = timedelta(minutes=5)
"""A token that ends sooner is renewed before it is used."""
LEASE = timedelta(seconds=60)
"""How long one process may take over a renewal: more than its call can last, its last wait included."""
STILL_GOOD = timedelta(seconds=30)
UNREADABLE = "The stored connection can't be read with the keys in VAULT_KEYS. Connect QuickBooks again."
OTHER_KEY = (
    "The QuickBooks connection is sealed with a key that VAULT_KEYS doesn't hold here. Put it there; if "
    "it is lost, an admin connects QuickBooks again with /qb-connect."
)
NOT_CONNECTED = "QuickBooks isn't connected. An admin connects it with /qb-connect."


@dataclass(frozen=True, slots=True)
class Kept:
    """The connection as stored, with its access token open."""

    connection: Connection
    pair: SealedPair
    access: str


class Keyring:
    """The sealed tokens of all firms, and the one lock each firm's renewals wait for in this process."""

    def __init__(
        self, database: Database, gateway: Gateway, vault: Vault, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._vault = vault
        self._clock = clock
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def usable(self, firm_id: str, stale: str | None, *, knocking: bool = False) -> str:
        """An access token that QuickBooks should take; ``stale`` is one it has just refused.

        Raises Reconnect, OurBug; InDoubt where it is being renewed and we don't know yet, or sealed with a
        key that isn't here; and CompanyLocked, unless ``knocking`` to hear whether it is still closed.
        """
        kept = self._kept(firm_id, knocking=knocking)
        if self._is_good(kept, stale):
            return kept.access
        with self._turns[firm_id]:
            kept = self._kept(firm_id, knocking=knocking)
            if self._is_good(kept, stale):
                return kept.access
            return self._renewed(firm_id, kept, stale)

    def seal(self, firm_id: str, realm_id: str, tokens: Tokens) -> SealedPair:
        """Both tokens, sealed to this firm and company."""
        return SealedPair(
            access=self._vault.seal(tokens.access, firm=firm_id, column="access", row=realm_id),
            refresh=self._vault.seal(tokens.refresh, firm=firm_id, column="refresh", row=realm_id),
            access_expires_at=tokens.access_expires_at,
            refresh_expires_at=tokens.refresh_expires_at,
        )

    def _kept(self, firm_id: str, *, knocking: bool = False) -> Kept:
        with self._database.read() as session:
            connection = connections.get(session, firm_id)
            if connection is None:
                raise Reconnect(NOT_CONNECTED)
            pair = connections.sealed_pair(session, firm_id)
        if connection.state == LOCKED and not knocking:
            raise CompanyLocked(connection.reason)
        if connection.state == RECONNECT:
            raise Reconnect(connection.reason)
        return Kept(connection, pair, self._open(connection, "access", pair.access))

    def _open(self, connection: Connection, column: str, sealed: str) -> str:
        try:
            return self._vault.open(sealed, firm=connection.firm_id, column=column, row=connection.realm_id)
        except UnknownVaultKeyError as error:
            # While a key is changed another process may have it already: that is no reason to disconnect all.
            raise InDoubt(OTHER_KEY, sent=False) from error
        except SealBrokenError as error:
            raise Reconnect(UNREADABLE) from error

    def _is_good(self, kept: Kept, stale: str | None) -> bool:
        return kept.access != stale and self._left(kept) > EARLY

    def _left(self, kept: Kept) -> timedelta:
        return kept.connection.access_expires_at - self._clock()

    def _renewed(self, firm_id: str, kept: Kept, stale: str | None) -> str:
        """Renew under a lease all processes see; the pair is committed before anybody uses it."""
        now, version = self._clock(), kept.connection.version
        with self._database.write() as session:
            mine = connections.take_lease(session, firm_id, version, now, now + LEASE)
        if not mine:
            why = kept.connection.reason or "The connection is being renewed."
            return self._meanwhile(kept, stale, InDoubt(why, sent=False))
        try:
            tokens = self._gateway.renew(self._open(kept.connection, "refresh", kept.pair.refresh))
        except InDoubt as doubt:
            return self._meanwhile(kept, stale, doubt)
        except Reconnect as lost:
            return self._after_refusal(firm_id, version, lost)
        except OurBug as bug:
            self._app_is_refused(firm_id, version, bug)
            raise
        sealed = self.seal(firm_id, kept.connection.realm_id, tokens)
        with self._database.write() as session:
            audit.hold(session, firm_id)
            before = connections.get(session, firm_id)
            stored = connections.store_pair(session, firm_id, version, sealed)
            if stored and before is not None and before.state not in {OK, LOCKED}:
                effects.unpark(session, firm_id, before.realm_id, now)  # lost meanwhile, and well again
        return tokens.access if stored else self._kept(firm_id).access

    def _app_is_refused(self, firm_id: str, version: int, bug: OurBug) -> None:
        """No consent would help, the settings must be mended: said once, and tried on and on."""
        with self._database.write() as session:
            audit.hold(session, firm_id)
            connections.mark(session, firm_id, APP_REFUSED, bug.reason, now=self._clock(), version=version)

    def _meanwhile(self, kept: Kept, stale: str | None, doubt: InDoubt) -> str:
        """The old token serves on while it lasts."""
        if kept.access != stale and self._left(kept) > STILL_GOOD:
            return kept.access
        raise doubt

    def _after_refusal(self, firm_id: str, version: int, lost: Reconnect) -> str:
        """Another may have renewed meanwhile; if nobody has, the firm must connect again, said once."""
        now = self._clock()
        with self._database.write() as session:
            audit.hold(session, firm_id)
            connection = connections.get(session, firm_id)
            if connection is None or connection.version == version:
                connections.mark(session, firm_id, RECONNECT, lost.reason, now=now, version=version)
                effects.park(session, firm_id, lost.reason, now)
        return self._kept(firm_id).access
