"""Carries one HTTP request to Intuit and its answer back, within a deadline, and tells whether it left."""

import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from threading import Lock
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from qb.gateway.faults import InDoubt

CONNECT_SECONDS = 5.0
READ_SECONDS = 25.0
DEADLINE = timedelta(seconds=CONNECT_SECONDS + READ_SECONDS)
LARGEST_ANSWER = 32 * 1024 * 1024
CHUNK = 64 * 1024
SHORTEST_WAIT = 0.05
# A connection that lay idle may be dead without our knowing: a request on it would end in doubt for nothing.
IDLE = timedelta(seconds=30)
CONNECTIONS = 32

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask; never printed, as its headers and body hold tokens."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    params: Mapping[str, Any] = field(repr=False)
    body: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back and when (UTC): status, headers (names in lower case), the body, never printed."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    seen_at: datetime

    @property
    def tid(self) -> str:
        """Intuit's own number of the call."""
        return self.headers.get("intuit_tid", "")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Lost:
    """No whole answer came; ``sent`` is False when surely no byte of the request left."""

    reason: str
    sent: bool


class Transport:
    """Connections to Intuit, shared by all threads: TLS 1.2 or newer, no redirects, cookies or proxies."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._clock = clock
        self._timeouts = (connect_seconds, read_seconds)
        self._lock = Lock()
        self._session = _fresh_session()
        self._last_used = clock()

    def send(self, request: Request) -> Answer:
        """The whole answer, whatever its status; raises InDoubt when there is none.

        Waits 5 s for the connection, 25 s for a sign of life, 30 s in all.
        """
        outcome = self._attempt(request)
        # Raised here, away from the library's error, which carries the request and so the tokens.
        if isinstance(outcome, Lost):
            _log.warning("intuit call lost", extra={"method": request.method, "outcome": outcome.reason})
            raise InDoubt(outcome.reason, sent=outcome.sent)
        facts = {"method": request.method, "status": outcome.status_code, "intuit_tid": outcome.tid}
        _log.info("intuit call", extra=facts)
        return outcome

    def _attempt(self, request: Request) -> Answer | Lost:
        deadline = self._clock() + DEADLINE
        try:
            with self._live_session().request(
                request.method,
                request.url,
                headers=dict(request.headers),
                params=dict(request.params),
                data=request.body,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._content(response, deadline)
                if isinstance(content, Lost):
                    return content
                names = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, names, content, self._clock())
        except (requests.RequestException, HTTPError) as error:
            return _lost(error)

    def _content(self, response: requests.Response, deadline: datetime) -> bytes | Lost:
        content = bytearray()
        for chunk in self._chunks(response, deadline):
            content += chunk
            if len(content) > LARGEST_ANSWER:
                return Lost("The answer from QuickBooks was too long to be one.", sent=True)
            if self._clock() > deadline:
                return Lost("QuickBooks took too long to answer.", sent=True)
        return bytes(content)

    def _chunks(self, response: requests.Response, deadline: datetime) -> Iterator[bytes]:
        """The body as it comes in; no trickle and no silence in between outlives the deadline."""
        line = getattr(response.raw.connection, "sock", None)
        while True:
            if line is not None:
                left = (deadline - self._clock()).total_seconds()
                line.settimeout(max(SHORTEST_WAIT, min(left, self._timeouts[1])))
            chunk = response.raw.read1(CHUNK, decode_content=True)
            if not chunk:
                return
            yield chunk

    def _live_session(self) -> requests.Session:
        """The shared session, or a fresh one when the old one's connections have lain idle."""
        with self._lock:
            now = self._clock()
            if now - self._last_used > IDLE:
                # Calls still under way keep the old one alive until they are done.
                self._session = _fresh_session()
            self._last_used = now
            return self._session


class _ModernTls(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed through
        context = create_urllib3_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        super().init_poolmanager(*args, **kwargs, ssl_context=context)


def _fresh_session() -> requests.Session:
    session = requests.Session()
    # No proxy, no .netrc and no certificate store from the environment: tokens go to Intuit only.
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    session.headers["Accept-Encoding"] = "gzip"
    session.mount("https://", _ModernTls(pool_maxsize=CONNECTIONS))
    session.mount("http://", HTTPAdapter(pool_maxsize=CONNECTIONS))
    return session


def _lost(error: requests.RequestException | HTTPError) -> Lost:
    """What this failure means; its text may hold tokens and stays behind."""
    kind = type(error).__name__
    if _never_left(error):
        return Lost(f"QuickBooks could not be reached ({kind}); nothing was sent.", sent=False)
    return Lost(f"The connection to QuickBooks broke before the answer was complete ({kind}).", sent=True)


def _never_left(error: requests.RequestException | HTTPError) -> bool:
    # A ValueError is a request that could not even be put together (requests: exceptions).
    if isinstance(error, ValueError):
        return True
    cause: object = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    if isinstance(error, requests.exceptions.SSLError):
        return any(isinstance(one, ssl.SSLCertVerificationError) for one in getattr(cause, "args", ()))
    return isinstance(cause, NewConnectionError | ConnectTimeoutError)
