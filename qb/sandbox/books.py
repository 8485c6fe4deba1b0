"""One company's books: its documents, its journal and what hangs together; knows no rule of any document."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from threading import RLock
from zoneinfo import ZoneInfo

from qb.sandbox.ledger import Entry, Ledger
from qb.sandbox.links import Key, Link, Links
from qb.sandbox.switches import Switches
from qb.sandbox.wire import Json, second

COMPANY_ZONE = ZoneInfo("America/Toronto")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a client wants a document to become; `sent` names what this request itself carried."""

    kind: str
    id: str
    body: Json
    before: Json | None
    sent: frozenset[str]
    options: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """The document's key."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Built:
    """What a draft becomes once every rule has agreed; nothing is booked yet."""

    document: Json
    entry: Entry | None = None
    links: tuple[Link, ...] = ()


class Books:
    """Documents by kind and id, with the journal they make."""

    def __init__(self, clock: Callable[[], datetime], switches: Switches) -> None:
        self.clock = clock
        self.switches = switches
        self.ledger = Ledger()
        self.links = Links()
        self.lock = RLock()
        self.removed: dict[Key, datetime] = {}
        self._documents: dict[str, dict[str, Json]] = {}
        self._last: dict[str, int] = {}
        self._below: dict[Key, dict[str, None]] = {}

    def today(self) -> date:
        """The company's date: what QuickBooks puts where TxnDate is missing."""
        return self.clock().astimezone(COMPANY_ZONE).date()

    def find(self, kind: str, identity: str) -> Json | None:
        """The stored document, or None."""
        return self._documents.get(kind, {}).get(identity)

    def all(self, kind: str) -> list[Json]:
        """Every stored document of a kind, oldest first."""
        return list(self._documents.get(kind, {}).values())

    def next_id(self, series: str) -> str:
        """The id the next document of a series would get."""
        return str(self._last.get(series, 0) + 1)

    def commit(self, draft: Draft, built: Built, series: str) -> Json:
        """Book what was built: document, journal entry and links together. Returns the document."""
        now = second(self.clock())
        before = draft.before
        token = str(int(before["SyncToken"]) + 1) if before else "0"
        created = before["MetaData"]["CreateTime"] if before else now
        document = {
            **built.document,
            "Id": draft.id,
            "SyncToken": token,
            "MetaData": {"CreateTime": created, "LastUpdatedTime": now},
        }
        self._documents.setdefault(draft.kind, {})[draft.id] = document
        self._place(draft.key, before, document)
        self._last[series] = max(self._last.get(series, 0), int(draft.id))
        self._book(draft.key, built.entry)
        self._relink(draft.key, built.links)
        return document

    def _place(self, key: Key, before: Json | None, document: Json) -> None:
        """Keep in mind under which parent a document stands."""
        for old in (before or {}, document):
            parent = (old.get("ParentRef") or {}).get("value")
            if parent:
                self._below.setdefault((key[0], parent), {}).pop(key[1], None)
        parent = (document.get("ParentRef") or {}).get("value")
        if parent:
            self._below[key[0], parent][key[1]] = None

    def below(self, key: Key) -> tuple[str, ...]:
        """The ids of the documents that stand under this one."""
        return tuple(self._below.get(key, ()))

    def remove(self, key: Key) -> None:
        """Take a document out of the books, remembering that it was there."""
        del self._documents[key[0]][key[1]]
        self._book(key, None)
        self._relink(key, ())
        self.removed[key] = self.clock()

    def _book(self, key: Key, entry: Entry | None) -> None:
        if entry is None:
            self.ledger.remove(*key)
        else:
            self.ledger.put(entry)

    def _relink(self, source: Key, links: Iterable[Link]) -> None:
        """Change links and give every document at the other end a new SyncToken, as QuickBooks does."""
        new = tuple(links)
        old = self.links.of(source)
        if new == old:
            return
        self.links.put(source, new)
        for target in {link.target for link in (*old, *new)}:
            self._touch(target)

    def _touch(self, key: Key) -> None:
        document = self.find(*key)
        if document:
            document["SyncToken"] = str(int(document["SyncToken"]) + 1)
            document["MetaData"] = {**document["MetaData"], "LastUpdatedTime": second(self.clock())}

    def preferences(self) -> Json:
        """The company's settings, by section."""
        return self.all("Preferences")[0]

    def prefers(self, section: str, name: str) -> object:
        """One setting, None where it isn't set."""
        return self.preferences().get(section, {}).get(name)

    @property
    def home(self) -> str:
        """The home currency."""
        return str(self.preferences()["CurrencyPrefs"]["HomeCurrency"]["value"])

    @property
    def multicurrency(self) -> bool:
        """Whether the company keeps more than one currency."""
        return bool(self.prefers("CurrencyPrefs", "MultiCurrencyEnabled"))

    @property
    def taxed(self) -> bool:
        """Whether the company charges sales tax."""
        return bool(self.prefers("TaxPrefs", "UsingSalesTax"))

    def currency_of(self, document: Json) -> str:
        """The currency of a person or account: its own, or home."""
        ref = document.get("CurrencyRef")
        return str(ref["value"]) if ref else self.home

    def account_balance(self, identity: str) -> Decimal:
        """Debits less credits of an account in its own currency."""
        account = self.find("Account", identity)
        currency = self.currency_of(account) if account else self.home
        if currency == self.home:
            return self.ledger.home_balance(identity)
        return self.ledger.balance(identity, currency)
