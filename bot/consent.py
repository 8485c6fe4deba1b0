"""The two pages on the way to Intuit and back, and the word that reaches Slack afterwards."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web import Arrival, Departure
from commands.connect import connected
from db import connections
from qb.consent import Came, Consent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.context import Context
    from qb.connection import Connections

COOKIE_BYTES = 32
NOT_STARTED = "This link doesn't work"
TITLES = {
    Came.CONNECTED: "QuickBooks is connected",
    Came.REFUSED: "Nothing was connected",
    Came.NOT_SUPPORTED: "This company can't be connected yet",
    Came.USED: "This link was used before",
    Came.EXPIRED: "This link is too old",
}
NOT_NEWS = frozenset({Came.UNKNOWN, Came.USED, Came.EXPIRED, Came.OTHER_BROWSER})
"""A page loaded again, or a stranger's: nothing happened that Slack should hear of."""


@dataclass(frozen=True, slots=True)
class ConsentPages:
    """Leads to Intuit's consent and tells what came of it."""

    context: Context
    connections: Connections

    def depart(self, state: str) -> Departure:
        """To Intuit, bound to this browser by a fresh cookie; or why not."""
        cookie = base64.urlsafe_b64encode(self.context.random_bytes(COOKIE_BYTES)).decode()
        there = self.connections.depart(state, cookie)
        if isinstance(there, Consent):
            return Departure(title=NOT_STARTED, sentences=there.sentences)
        return Departure(location=there, cookie=cookie)

    def arrive(self, answer: Mapping[str, str], cookie: str) -> Arrival:
        """Back from Intuit: store the connection, tell Slack, show the page."""
        came = self.connections.finish(answer, cookie)
        if came.firm_id and came.came not in NOT_NEWS:
            connected(self.context, came)
        ok = came.came is Came.CONNECTED
        title = TITLES.get(came.came, "QuickBooks wasn't connected")
        return Arrival(title, self._sentences(came), ok)

    def _sentences(self, came: Consent) -> tuple[str, ...]:
        if came.company_name:
            return (f"Company: {came.company_name}. You can close this page and go back to Slack.",)
        with self.context.database.read() as session:
            standing = connections.get(session, came.firm_id) if came.firm_id else None
        if came.came is Came.USED and standing is not None and standing.state == connections.OK:
            return (f"QuickBooks is connected to {standing.company_name}. You can close this page.",)
        return came.sentences
