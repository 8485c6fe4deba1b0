"""The sandbox as one object: a company, its OAuth server and the HTTP server around them."""

from collections.abc import Callable
from datetime import datetime
from threading import Event
from types import TracebackType
from typing import Self

from qb.sandbox import tidying
from qb.sandbox.books import Books
from qb.sandbox.calls import RequestSeen
from qb.sandbox.clock import Clock
from qb.sandbox.faults import Faults
from qb.sandbox.gate import Company
from qb.sandbox.inspection import Inspector
from qb.sandbox.listening import Listening
from qb.sandbox.oauth import ACCOUNTING, Grants, Tokens
from qb.sandbox.seed import canadian_firm
from qb.sandbox.strangers import Stranger, enter
from qb.sandbox.switches import Switches
from qb.sandbox.web import make_app

REALM = "9341453172058321"
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - opens nothing but this
CALLBACK = "http://127.0.0.1:3000/quickbooks/callback"


class Sandbox:
    """A QuickBooks Online of one's own, seeded with a Canadian firm; serves while entered as a context.

    `clock` gives aware UTC moments; everything the sandbox dates, expires or limits goes by it. `latency` is
    what every call takes, in seconds of real time.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        switches: Switches | None = None,
        client_id: str = CLIENT_ID,
        client_secret: str = CLIENT_SECRET,
        redirect_uris: tuple[str, ...] = (CALLBACK,),
        latency: float = 0.0,
    ) -> None:
        self.clock = Clock(clock)
        self._stopping = Event()
        self._latency = latency
        books = Books(self.clock, switches or Switches())
        canadian_firm(books)
        grants = Grants(self.clock, (client_id, client_secret), redirect_uris)
        self._company = Company(REALM, books, grants, Faults(), self._wait, self.clock, latency)
        self.books = Inspector(self._company)
        self.faults = self._company.faults
        self.realm_id = REALM
        self.url = ""
        self._listening: Listening | None = None

    def _wait(self, seconds: float) -> None:
        """Let a caller wait in real time, but not longer than the server runs."""
        if seconds > 0:
            self._stopping.wait(seconds)

    def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Serve from a thread of its own; port 0 takes a free one. `url` says where."""
        self._stopping.clear()
        self._listening = Listening(make_app(self._company), host, port)
        self.url = self._listening.url

    def stop(self) -> None:
        """Stop serving, letting go of whoever waits; the books stay. Stopping twice is stopping."""
        if self._listening is not None:
            self._stopping.set()
            self._listening.stop()
            self._listening = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def enter(self, stranger: Stranger) -> str:
        """Somebody enters something by hand; gives the document's id."""
        with self._company.books.lock:
            self._company.settle()
            return enter(self._company.books, stranger)

    def rename(self, name: str, to: str) -> None:
        """Somebody gives the customer of that name another one in QuickBooks."""
        with self._company.books.lock:
            tidying.rename(self._company.books, self.books.id_of("Customer", name), to)

    def retire(self, name: str) -> None:
        """Somebody makes the customer of that name inactive."""
        with self._company.books.lock:
            tidying.retire(self._company.books, self.books.id_of("Customer", name))

    def revive(self, name: str) -> None:
        """Somebody makes the customer of that name active again."""
        with self._company.books.lock:
            tidying.revive(self._company.books, self.books.id_of("Customer", name))

    def merge(self, name: str, into: str) -> None:
        """Somebody merges the customer of the one name into that of the other."""
        with self._company.books.lock:
            one, other = (self.books.id_of("Customer", each) for each in (name, into))
            tidying.merge(self._company.books, one, other)

    def grant(self, scope: str = ACCOUNTING) -> Tokens:
        """Connect without a browser: the tokens a firm's consent would give."""
        grants = self._company.grants
        uri = grants.redirect_uris[0]
        return grants.exchange(grants.consent(self.realm_id, scope, uri), uri)

    def disconnect(self) -> None:
        """The firm disconnects the app inside QuickBooks."""
        self._company.grants.disconnect_all()

    def expire_access(self) -> None:
        """Every access token has expired."""
        self._company.grants.expire_access()

    def requests(self) -> tuple[RequestSeen, ...]:
        """Every call so far, as it came and was answered."""
        return tuple(self._company.seen)

    def warnings(self) -> tuple[str, ...]:
        """Habits of the client that QuickBooks tolerates and its books pay for."""
        return tuple(self._company.warnings)

    @property
    def switches(self) -> Switches:
        """The open questions as they are set now; may be set anew while serving."""
        return self._company.books.switches

    @switches.setter
    def switches(self, switches: Switches) -> None:
        self._company.books.switches = switches
