"""One firm's QuickBooks company: create, read, update, ask; a clean answer or one of four failures."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import urlencode

from qb.gateway.addresses import Addresses
from qb.gateway.changes import Changes, changes_in
from qb.gateway.client import LibraryClient
from qb.gateway.faults import InDoubt, OurBug
from qb.gateway.pace import Turns
from qb.gateway.query import Select, count_text, page_text
from qb.gateway.transport import Answer, Request, Transport
from qb.gateway.verdict import judge, rest_after, token_was_refused
from qb.gateway.wire_json import Unreadable, decode

Entity = Mapping[str, Any]

PAGE = 1000  # Intuit: Query operations and syntax, the most rows a reply holds
# A write's caller holds a lease: its bytes leave within so many seconds of the call, or not at all.
WRITE_WITHIN = timedelta(seconds=5)
READ_WITHIN = timedelta(seconds=20)

_ID = re.compile(r"[0-9A-Za-z:_-]{1,64}")
_REQUEST_ID = re.compile(r"[0-9A-Za-z_-]{1,50}")
_ENTITY = re.compile(r"[A-Za-z]{1,50}")
_TOKEN = re.compile(r"[\x21-\x7e]+")
_PAGES_FOR_PEOPLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "CreditMemo": ("creditmemo", "txnId"),
        "Customer": ("customerdetail", "nameId"),
        "Deposit": ("deposit", "txnId"),
        "Invoice": ("invoice", "txnId"),
        "Payment": ("recvpayment", "txnId"),
        "RefundReceipt": ("refundreceipt", "txnId"),
        "SalesReceipt": ("salesreceipt", "txnId"),
    }
)


class AccessToken(Protocol):
    """Gives a usable access token of one company."""

    def __call__(self, stale: str | None, /) -> str:
        """A token; ``stale`` is the one just refused (refresh now), else None. Raises Reconnect."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One document as QuickBooks keeps it, QuickBooks' number of the call, and when it was seen (UTC)."""

    entity: Entity
    tid: str
    seen_at: datetime


class Company:
    """One company; made by the Gateway, safe in any thread.

    Every method raises Reconnect, InDoubt or OurBug, and those that write raise Refused too. Numbers come
    back as Decimal or int; moments and dates stay the text that QuickBooks wrote.
    """

    def __init__(
        self,
        realm_id: str,
        access_token: AccessToken,
        *,
        addresses: Addresses,
        transport: Transport,
        turns: Turns,
        clock: Callable[[], datetime],
        metered: Callable[[], None],
    ) -> None:
        self._realm = _checked(_ID, realm_id, "company number")
        self._access_token = access_token
        self._addresses = addresses
        self._transport = transport
        self._turns = turns
        self._clock = clock
        self._metered = metered

    def create(self, entity: str, body: bytes, request_id: str) -> Reply:
        """Book this new document: exactly these bytes, under this request id (at most 50 characters).

        If its turn doesn't come within 5 s nothing is sent (InDoubt, ``sent`` False).
        """
        if "Id" in _document(body):
            raise OurBug("A new document must not have an Id: it would overwrite that one.")
        _checked(_REQUEST_ID, request_id, "request id")
        client = self._client(WRITE_WITHIN)
        content = client.create_object(entity, body, request_id=request_id)
        return _reply(entity, content, client.answer)

    def read(self, entity: str, id: str) -> Reply:  # noqa: A002 - QuickBooks' word for it
        """This document as it is now; raises Refused (610) when it is gone."""
        client = self._client(READ_WITHIN)
        content = client.get_single_object(entity, _checked(_ID, id, "Id"))
        return _reply(entity, content, client.answer)

    def update(self, entity: str, body: bytes, request_id: str) -> Reply:
        """Change a document: the body names its Id and SyncToken; Refused (5010) if somebody was faster."""
        if not {"Id", "SyncToken"} <= _document(body).keys():
            raise OurBug("A change must say which document (Id) and which version of it (SyncToken).")
        _checked(_REQUEST_ID, request_id, "request id")
        client = self._client(WRITE_WITHIN)
        content = client.update_object(entity, body, request_id=request_id)
        return _reply(entity, content, client.answer)

    def select(self, question: Select) -> tuple[Entity, ...]:
        """All rows that answer the question, from as many pages as it takes.

        Each page begins with the last row of the one before: if it doesn't, rows moved in between and one
        may have been missed, which is InDoubt. So an empty answer means that there is nothing.
        """
        rows: list[Entity] = []
        while True:
            page = self._page(question, max(1, len(rows)))
            if rows and (not page or page[0].get("Id") != rows[-1].get("Id")):
                raise InDoubt("The list in QuickBooks changed while it was read.", sent=True)
            rows.extend(page[1:] if rows else page)
            if len(page) < PAGE:
                return tuple(rows)

    def count(self, question: Select) -> int:
        """How many rows answer the question."""
        client = self._client(READ_WITHIN)
        response = _mapping("QueryResponse", client.query(count_text(question)), client.answer)
        total = response.get("totalCount")
        if not isinstance(total, int):
            raise _without("the number of rows", client.answer)
        return total

    def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        """What of these entities was written, changed or deleted since then: 30 days back, one call.

        Not ``complete`` where more was changed than one answer holds. (Intuit: Change data capture.)
        """
        client = self._client(READ_WITHIN)
        named = ",".join(_checked(_ENTITY, entity, "kind of document") for entity in entities)
        content = client.change_data_capture(named, since.isoformat(timespec="seconds"))
        found = changes_in(content, entities)
        if found is None:
            raise _without("what was changed", client.answer)
        return found

    def company_info(self) -> Entity:
        """The company's name, address and country."""
        client = self._client(READ_WITHIN)
        content = client.get_single_object("CompanyInfo", self._realm)
        return _mapping("CompanyInfo", content, client.answer)

    def preferences(self) -> Entity:
        """The company's preferences: currencies, document numbers, taxes, closing date."""
        client = self._client(READ_WITHIN)
        return _mapping("Preferences", client.preferences(), client.answer)

    def link(self, entity: str, id: str) -> str:  # noqa: A002 - QuickBooks' word for it
        """Where a person sees this document in QuickBooks; the home page for those without a page we know."""
        if entity not in _PAGES_FOR_PEOPLE:
            return f"{self._addresses.app}/app/homepage"
        page, key = _PAGES_FOR_PEOPLE[entity]
        return f"{self._addresses.app}/app/{page}?{urlencode({key: id, 'companyId': self._realm})}"

    def _page(self, question: Select, start: int) -> list[Entity]:
        client = self._client(READ_WITHIN)
        content = client.query(page_text(question, start, PAGE))
        response = _mapping("QueryResponse", content, client.answer)
        rows = response.get(question.entity, [])
        whole = isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)
        if not whole or len(rows) != response.get("maxResults", len(rows)):
            raise _without(f"all of its {question.entity} rows", client.answer)
        return list(rows)

    def _client(self, within: timedelta) -> LibraryClient:
        """A client for one call, which must have begun ``within`` this time from now."""
        send = partial(self._send, self._clock() + within)
        return LibraryClient(api=self._addresses.api, realm_id=self._realm, send=send)

    def _send(self, latest: datetime, request: Request) -> Answer:
        """A clean 200. A refused token is renewed and the request, which did nothing, repeated once."""
        token = self._token(None)
        answer = self._once(latest, request, token)
        if token_was_refused(answer):
            token = self._token(token)
            answer = self._once(latest, request, token)
        judge(answer, token)
        if _is_read(request):
            self._metered()
        return answer

    def _once(self, latest: datetime, request: Request, token: str) -> Answer:
        headers = {**request.headers, "Authorization": f"Bearer {token}", "User-Agent": "CaseLedger"}
        with self._turns.turn(self._realm, within=latest - self._clock()):
            answer = self._transport.send(replace(request, headers=headers))
        rest = rest_after(answer)
        if rest is not None:
            self._turns.rest(self._realm, rest)
        return answer

    def _token(self, stale: str | None) -> str:
        try:
            token = self._access_token(stale)
        except InDoubt as doubt:
            # The renewal is in doubt, our request is not: it has not been sent.
            raise InDoubt(doubt.reason, sent=False, rest_seconds=doubt.rest_seconds, tid=doubt.tid) from None
        except OurBug as bug:
            # Intuit doesn't know our app: that says nothing about this request.
            raise InDoubt(bug.reason, sent=False, tid=bug.tid) from None
        if not _TOKEN.fullmatch(token):
            raise OurBug("The access token holds characters that no token has.")
        return token


def _is_read(request: Request) -> bool:
    """Reads, queries and changes are metered, writes and errors aren't (Intuit: partner FAQ)."""
    return request.method == "GET" or request.url.endswith("/query")


def _reply(entity: str, content: object, answer: Answer) -> Reply:
    document = _mapping(entity, content, answer)
    if not isinstance(document.get("Id"), str):
        raise _without(f"the {entity}'s Id", answer)
    return Reply(document, answer.tid, answer.seen_at)


def _mapping(key: str, content: object, answer: Answer) -> Entity:
    found = content.get(key) if isinstance(content, Mapping) else None
    if not isinstance(found, Mapping):
        raise _without(f"the {key}", answer)
    return found


def _without(what: str, answer: Answer) -> InDoubt:
    return InDoubt(f"QuickBooks answered without {what}.", sent=True, tid=answer.tid)


def _document(body: bytes) -> Entity:
    """The document that these bytes spell; raises OurBug."""
    try:
        document = decode(body)
    except Unreadable:
        document = None
    if not isinstance(document, Mapping):
        raise OurBug("What was to be sent to QuickBooks is not a document.")
    return document


def _checked(shape: re.Pattern[str], text: str, what: str) -> str:
    """The same text if it has this shape, so that nothing else can slip into an address."""
    if not shape.fullmatch(text):
        raise OurBug(f"Not a {what}: {text!r}")
    return text
