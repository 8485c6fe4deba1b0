"""Consent and tokens: intuit-oauth over our transport, and what Intuit's refusals mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from intuitlib.client import AuthClient
from intuitlib.enums import Scopes

from qb.gateway.addresses import Addresses
from qb.gateway.faults import GatewayError, InDoubt, OurBug, Reconnect
from qb.gateway.redaction import redact
from qb.gateway.shapes import content_of
from qb.gateway.transport import Answer, Request, Transport
from qb.gateway.verdict import BAD_REQUEST, OK, SERVER_FAILED, TIMED_OUT, TOO_MANY, rest_seconds

# Intuit: OAuth 2.0. For a reply that leaves them out: dropping a rotated token would cost the connection.
ACCESS_SECONDS = 3600
REFRESH_SECONDS = 8640000
LONGEST_SECONDS = 10 * 365 * 86400


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens and when each ends (UTC); printing it shows the times only."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    access_expires_at: datetime
    refresh_expires_at: datetime


class SignIn:
    """Our app at Intuit's OAuth 2.0 addresses; every call stands alone and may run in any thread."""

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        addresses: Addresses,
        transport: Transport,
        clock: Callable[[], datetime],
    ) -> None:
        self._app = (client_id, client_secret, redirect_uri)
        self._addresses = addresses
        self._transport = transport
        self._clock = clock

    def consent_url(self, state: str) -> str:
        """Where a person says yes to accounting access; ``state`` comes back with the answer."""
        return str(self._client().get_authorization_url([Scopes.ACCOUNTING], state_token=state))

    def exchange(self, code: str) -> Tokens:
        """The tokens for a consent's code; raises Reconnect if the code is refused, InDoubt, OurBug."""
        asked_at = self._clock()
        client = self._client()
        client.get_bearer_token(code)
        return _tokens(client.answer, asked_at, "", code, *self._app)

    def renew(self, refresh_token: str) -> Tokens:
        """A fresh pair; raises Reconnect if the refresh token is refused, InDoubt, OurBug.

        Store the pair before using it: the old refresh token may already be dead.
        """
        asked_at = self._clock()
        client = self._client()
        client.refresh(refresh_token)
        return _tokens(client.answer, asked_at, refresh_token, refresh_token, *self._app)

    def revoke(self, token: str) -> None:
        """End this connection at Intuit; a token it no longer knows is fine. Raises InDoubt, OurBug."""
        client = self._client()
        client.revoke(token)
        answer = client.answer
        unknown_token = answer.status_code == BAD_REQUEST and _refusal(answer) != "invalid_client"
        if answer.status_code != OK and not unknown_token:
            raise _error(answer, token, *self._app)

    def _client(self) -> "_LibraryClient":
        return _LibraryClient(self._app, self._addresses, self._transport)


class _LibraryClient(AuthClient):  # type: ignore[misc] # intuit-oauth has no types
    """intuit-oauth over our transport: no discovery call, and nothing of a reply set on this session."""

    def __init__(self, app: tuple[str, str, str], addresses: Addresses, transport: Transport) -> None:
        self._addresses = addresses
        self._transport = transport
        self.answer: Answer
        super().__init__(*app, environment="production")

    def get(self, url: str, **_: object) -> "_Known":  # noqa: ARG002 - the library's signature
        """The discovery document, which the library's constructor asks for, without asking anybody."""
        return _Known(self._addresses)

    def request(self, method: str, url: str, headers: Mapping[str, str], data: str, **_: object) -> "_Known":
        """Ask, and keep the answer for us."""
        self.answer = self._transport.send(Request(method, url, headers, {}, data.encode()))
        # A clean and empty reply: the library would set every key of a real one on this session, and print
        # a refused one whole into its error.
        return _Known(self._addresses)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the library gets to see of every reply."""

    addresses: Addresses
    status_code: int = OK
    content: bytes = b""

    def json(self) -> dict[str, str]:
        """Our addresses under the names of the discovery document."""
        return {
            "authorization_endpoint": self.addresses.authorize,
            "token_endpoint": self.addresses.token,
            "revocation_endpoint": self.addresses.revoke,
            "userinfo_endpoint": "",
            "issuer": "",
            "jwks_uri": "",
        }


def _tokens(answer: Answer, asked_at: datetime, refresh_token: str, *secrets: str) -> Tokens:
    """The pair in this answer; one without a refresh token leaves the old one in force (RFC 6749 §6)."""
    if answer.status_code != OK:
        raise _error(answer, *secrets)
    content = content_of(answer.body)
    reply: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
    access, refresh = reply.get("access_token"), reply.get("refresh_token") or refresh_token
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        raise InDoubt("Intuit answered without the tokens.", sent=True, tid=answer.tid)
    return Tokens(
        access,
        refresh,
        asked_at + _lifetime(reply.get("expires_in"), ACCESS_SECONDS),
        asked_at + _lifetime(reply.get("x_refresh_token_expires_in"), REFRESH_SECONDS),
    )


def _lifetime(said: object, documented: int) -> timedelta:
    if isinstance(said, bool) or not isinstance(said, int) or not 0 < said < LONGEST_SECONDS:
        return timedelta(seconds=documented)
    return timedelta(seconds=said)


def _error(answer: Answer, *secrets: str) -> GatewayError:
    """What it means that Intuit's sign-in refused (RFC 6749 §5.2)."""
    if answer.status_code == TOO_MANY:
        rest = rest_seconds(answer)
        return InDoubt("Intuit's sign-in is busy.", sent=True, rest_seconds=rest, tid=answer.tid)
    if answer.status_code not in range(BAD_REQUEST, SERVER_FAILED) or answer.status_code == TIMED_OUT:
        reason = f"Intuit's sign-in gave no clear answer (status {answer.status_code})."
        return InDoubt(reason, sent=True, tid=answer.tid)
    refusal = _refusal(answer)
    code = redact(refusal, *secrets)
    if refusal == "invalid_grant":
        reason = "Intuit no longer accepts this consent; an admin needs to connect QuickBooks again."
        return Reconnect(reason, code, answer.tid)
    if refusal == "invalid_client":
        reason = "Intuit does not know our app: check INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET."
        return OurBug(reason, code=code, tid=answer.tid)
    reason = f"Intuit's sign-in could not make sense of our request (status {answer.status_code} {code})."
    return OurBug(reason, code=code, tid=answer.tid)


def _refusal(answer: Answer) -> str:
    """The name of the refusal, empty when it has none."""
    content = content_of(answer.body)
    return str(content.get("error") or "") if isinstance(content, Mapping) else ""
