"""The firm's app at Intuit: consent, tokens, and a Company for each connected firm."""

from collections.abc import Callable
from datetime import datetime

from qb.gateway.addresses import Addresses
from qb.gateway.company import AccessToken, Company
from qb.gateway.oauth import SignIn, Tokens
from qb.gateway.pace import Pace, Turns, TurnsHere
from qb.gateway.transport import Transport


class Gateway:
    """The one way to QuickBooks: one a process, safe in any thread, silent until it is asked something.

    ``clock`` gives the time (aware, UTC); ``sleep`` waits so many seconds. Where other processes call the
    same companies, ``turns`` is what they share; else ``pace`` is kept in memory. ``metered`` is called for
    each read that Intuit counts.
    """

    def __init__(  # noqa: PLR0913 - the app's keys and what it runs on, all named
        self,
        *,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        addresses: Addresses,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        pace: Pace,
        turns: Turns | None = None,
        metered: Callable[[], None] = lambda: None,
    ) -> None:
        self._addresses = addresses
        self._clock = clock
        self._metered = metered
        self._transport = Transport(clock)
        self.turns = turns or TurnsHere(pace, clock=clock, sleep=sleep)
        self._sign_in = SignIn(
            client_id=client_id,
            client_secret=client_secret,
            redirect_uri=redirect_uri,
            addresses=addresses,
            transport=self._transport,
            clock=clock,
        )

    def consent_url(self, state: str) -> str:
        """Where a person says yes to accounting access; Intuit sends ``state`` back with the answer."""
        return self._sign_in.consent_url(state)

    def exchange(self, code: str) -> Tokens:
        """The tokens for the code of a consent.

        Raises Reconnect (the code is refused), InDoubt (no clear answer), OurBug (our keys are wrong).
        """
        return self._sign_in.exchange(code)

    def renew(self, refresh_token: str) -> Tokens:
        """A fresh pair of tokens: store it before using it, the old one may already be dead.

        Raises Reconnect (the refresh token is refused), InDoubt (it may still be good), OurBug.
        """
        return self._sign_in.renew(refresh_token)

    def revoke(self, token: str) -> None:
        """End this connection at Intuit; raises InDoubt, OurBug. A token Intuit no longer knows is fine."""
        self._sign_in.revoke(token)

    def company(self, realm_id: str, access_token: AccessToken) -> Company:
        """The company with this number; ``access_token`` is asked before every call. Raises OurBug."""
        return Company(
            realm_id,
            access_token,
            addresses=self._addresses,
            transport=self._transport,
            turns=self.turns,
            clock=self._clock,
            metered=self._metered,
        )
