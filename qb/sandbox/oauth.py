"""Who may do what: codes, access and refresh tokens, their lives and deaths (Intuit: OAuth 2.0)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from qb.sandbox.switches import Switches

ACCESS_LIFE = timedelta(seconds=3600)
REFRESH_LIFE = timedelta(seconds=8726400)
HARD_LIFE = timedelta(seconds=157680000)
CODE_LIFE = timedelta(minutes=10)
DAILY = timedelta(hours=24)
ACCOUNTING = "com.intuit.quickbooks.accounting"


class GrantRefusedError(Exception):
    """The token endpoint says no, with OAuth's own words."""

    def __init__(self, error: str, description: str = "", status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint gives; lifetimes in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    x_refresh_token_expires_in: int


@dataclass(slots=True)
class Grant:
    """One firm's consent: the realm it opens and the tokens that are good for it."""

    realm: str
    scope: str
    began: datetime
    access: dict[str, datetime] = field(default_factory=dict)
    refresh: str = ""
    refreshed: datetime | None = None
    old: dict[str, datetime] = field(default_factory=dict)
    alive: bool = True


@dataclass(slots=True)
class Code:
    """An authorization code, good once."""

    grant: Grant
    redirect_uri: str
    expires: datetime
    used: bool = False


class Grants:
    """Every consent given to one app."""

    def __init__(
        self, clock: Callable[[], datetime], client: tuple[str, str], redirect_uris: tuple[str, ...]
    ) -> None:
        self.clock = clock
        self.client_id, self._secret = client
        self.redirect_uris = redirect_uris
        self._codes: dict[str, Code] = {}
        self._grants: list[Grant] = []
        self._made = 0

    def _fresh(self, prefix: str) -> str:
        """A token nobody had before; made from the secret and the clock, so a run can be repeated."""
        self._made += 1
        seed = f"{self._secret}|{self.clock().isoformat()}|{self._made}"
        return prefix + sha256(seed.encode()).hexdigest()

    def knows(self, client_id: str, secret: str) -> bool:
        """Whether these are the app's keys."""
        return (client_id, secret) == (self.client_id, self._secret)

    def consent(self, realm: str, scope: str, redirect_uri: str) -> str:
        """A firm says yes; returns the code for the redirect."""
        now = self.clock()
        grant = Grant(realm, scope, now)
        self._grants.append(grant)
        code = self._fresh("AB11")
        self._codes[code] = Code(grant, redirect_uri, now + CODE_LIFE)
        return code

    def exchange(self, code: str, redirect_uri: str) -> Tokens:
        """Tokens for a code. Raises GrantRefusedError; a code used twice kills what it gave."""
        known = self._codes.get(code)
        if known is None or known.expires < self.clock() or known.redirect_uri != redirect_uri:
            raise GrantRefusedError("invalid_grant")
        if known.used:
            known.grant.alive = False
            raise GrantRefusedError("invalid_grant")
        known.used = True
        return self._issue(known.grant, Switches(refresh_rotation="always"))

    def refresh(self, token: str, switches: Switches) -> Tokens:
        """New tokens for a refresh token. Raises GrantRefusedError for one spent, revoked or too old."""
        grant = next((one for one in self._grants if token == one.refresh or token in one.old), None)
        if grant is None or not grant.alive or not self._good(grant, token):
            if grant is not None and token in grant.old and switches.reuse_revokes_grant:
                grant.alive = False
            raise GrantRefusedError("invalid_grant", "Incorrect or invalid refresh token")
        return self._issue(grant, switches)

    def _good(self, grant: Grant, token: str) -> bool:
        now = self.clock()
        if now - grant.began >= HARD_LIFE:
            return False
        if token in grant.old:
            return now < grant.old[token]
        return grant.refreshed is not None and now - grant.refreshed < REFRESH_LIFE

    def _issue(self, grant: Grant, switches: Switches) -> Tokens:
        now = self.clock()
        access = self._fresh("eyJ")
        grant.access[access] = now + ACCESS_LIFE
        if self._rotates(grant, switches):
            if grant.refresh:
                grant.old[grant.refresh] = now + switches.old_refresh_token_lives
            grant.refresh = self._fresh("RT1-")
            grant.refreshed = now
        return Tokens(
            access, grant.refresh, int(ACCESS_LIFE.total_seconds()), int(REFRESH_LIFE.total_seconds())
        )

    def _rotates(self, grant: Grant, switches: Switches) -> bool:
        if not grant.refresh or grant.refreshed is None or switches.refresh_rotation == "always":
            return True
        return switches.refresh_rotation == "daily" and self.clock() - grant.refreshed >= DAILY

    def hard_life(self, refresh_token: str) -> int:
        """Seconds until the grant dies whatever is done."""
        grant = next((one for one in self._grants if one.refresh == refresh_token), None)
        return int((grant.began + HARD_LIFE - self.clock()).total_seconds()) if grant else 0

    def grant_of(self, access_token: str) -> Grant | None:
        """The living grant an access token belongs to; None for an unknown, expired or revoked one."""
        now = self.clock()
        for grant in self._grants:
            if grant.alive and grant.access.get(access_token, now) > now:
                return grant
        return None

    def revoke(self, token: str) -> None:
        """End the grant of a refresh or access token. Raises GrantRefusedError for one unknown."""
        for grant in self._grants:
            if token in {grant.refresh, *grant.old, *grant.access}:
                grant.alive = False
                return
        raise GrantRefusedError("invalid_request")

    def disconnect_all(self) -> None:
        """The firm disconnects inside QuickBooks; nobody is told."""
        for grant in self._grants:
            grant.alive = False

    def expire_access(self) -> None:
        """Every access token given so far is expired from now on."""
        now = self.clock()
        for grant in self._grants:
            grant.access = dict.fromkeys(grant.access, now)
