"""What the gateway's tests share: a far side, a clock that only tests move, a gateway between them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Lock

import pytest

from qb.gateway import Company, Gateway, Pace, addresses
from tests.gateway.far_side import FarSide

REALM = "4620816365"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Clock:
    """The time, which passes only when somebody sleeps or the test says so."""

    def __init__(self) -> None:
        self._now = NOON
        self._lock = Lock()
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        """Now (UTC)."""
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        with self._lock:
            self.slept.append(seconds)
            self._now += timedelta(seconds=seconds)

    def pass_seconds(self, seconds: float) -> None:
        """The same, without anybody sleeping."""
        with self._lock:
            self._now += timedelta(seconds=seconds)


class TokenKeeper:
    """Hands out the first token until it is refused, then the next."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = list(tokens)
        self.asked: list[str | None] = []

    def __call__(self, stale: str | None) -> str:
        """The token in force."""
        self.asked.append(stale)
        if stale is not None and stale == self._tokens[0]:
            self._tokens.pop(0)
        return self._tokens[0]


@pytest.fixture
def far_side() -> Iterator[FarSide]:
    """A server that plays what it is told."""
    with FarSide() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    """It is noon."""
    return Clock()


@pytest.fixture
def gateway(far_side: FarSide, clock: Clock) -> Gateway:
    """A gateway whose every address is the far side."""
    url = far_side.url
    return Gateway(
        client_id="app-id",
        client_secret="app-secret",
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses(
            "sandbox",
            api=url,
            authorize=f"{url}/connect/oauth2",
            token=f"{url}/oauth2/v1/tokens/bearer",
            revoke=f"{url}/v2/oauth2/tokens/revoke",
        ),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )


@pytest.fixture
def tokens() -> TokenKeeper:
    """Three access tokens, one after the other."""
    return TokenKeeper("first-token", "second-token", "third-token")


@pytest.fixture
def company(gateway: Gateway, tokens: Callable[[str | None], str]) -> Company:
    """A connected company on the far side."""
    return gateway.company(REALM, tokens)
