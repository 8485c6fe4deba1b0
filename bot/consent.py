"""The two pages on the way to Intuit and back, and the word that reaches Slack afterwards."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web import Arrival, Departure
from commands.connect import connected
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
}


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
            return Departure(title=NOT_STARTED, sentences=(there.sentence,))
        return Departure(location=there, cookie=cookie)

    def arrive(self, answer: Mapping[str, str], cookie: str) -> Arrival:
        """Back from Intuit: store the connection, tell Slack, show the page."""
        came = self.connections.finish(answer, cookie)
        if came.firm_id:
            connected(self.context, came)
        ok = came.came is Came.CONNECTED
        title = TITLES.get(came.came, "QuickBooks wasn't connected")
        company = (f"Company: {came.company_name}.",) if came.company_name else ()
        return Arrival(title, (came.sentence, *company), ok)
