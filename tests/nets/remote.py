"""A far side small enough to hold in the head: documents, request ids, and trouble a call at a time."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from threading import RLock
from typing import TYPE_CHECKING, Any

import simplejson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Document = dict[str, Any]

LATE = timedelta(seconds=60)
"""How long after the connection broke a late write lands."""
CONDITION = re.compile(r"([\w.]+) (=|>=|IN) (?:'((?:[^'\\]|\\.)*)'|\(true, false\))")
NUMBERED = {"Invoice": "DocNumber", "Payment": "PaymentRefNum", "Customer": "DisplayName"}


class Ids(StrEnum):
    """What a request id is worth at the far side."""

    HONOURED = "honoured"  # a repeat gets the first answer
    IGNORED = "ignored"  # a repeat is a new request
    REFUSED = "refused"  # a repeat is an error


class Trouble(StrEnum):
    """What goes wrong with one call; the first eleven with a write, the others with a question."""

    UNREACHED = "never left us"
    CUT_BEFORE = "dropped before the write"
    CUT_AFTER = "dropped after the write"
    FAILED_BEFORE = "500 before the write"
    FAILED_AFTER = "500 after the write"
    EXPIRED = "401"
    REVOKED = "401 until somebody connects again"
    THROTTLED_BEFORE = "429 before the write"
    THROTTLED_AFTER = "429 after the write"
    LATE = "dropped, written a minute later"
    CLOSED = "a refusal that the books justify"
    LOOK_CUT = "the question dropped"
    LOOK_FAILED = "the question answered 500"
    BLIND = "the question answered empty though written"


AT_WRITES = tuple(Trouble)[:11]
AT_LOOKS = tuple(Trouble)[11:]
AFTER = {Trouble.CUT_AFTER, Trouble.FAILED_AFTER, Trouble.THROTTLED_AFTER}
CUT = {Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.LATE, Trouble.LOOK_CUT}


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came in."""

    method: str
    path: str  # behind the company's number
    requestid: str
    token: str
    body: bytes

    @property
    def is_question(self) -> bool:
        """Whether it asks and changes nothing."""
        return self.path == "query" or self.method == "GET"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: HTTP status and body."""

    status: int
    body: bytes


class Remote:
    """The books of one company; ``clock`` gives aware UTC. Safe in any thread."""

    def __init__(self, clock: Callable[[], datetime], ids: Ids) -> None:
        self.ids = ids
        self.met: Counter[Trouble] = Counter()
        self._clock = clock
        self._documents: list[tuple[str, Document]] = []
        self._answers: dict[str, Said] = {}
        self._late: list[tuple[datetime, Call]] = []
        self._stale: set[str] = set()
        self._revoked = False
        self._lock = RLock()

    def hear(self, call: Call, trouble: Trouble | None) -> Said | None:
        """The answer, or None where the connection breaks instead."""
        with self._lock:
            self._land()
            if trouble is not None:
                self.met[trouble] += 1
            refusal = self._kept_out(call, trouble)
            if refusal is not None:
                return refusal
            return self._question(call, trouble) if call.is_question else self._write(call, trouble)

    def consent(self) -> None:
        """Somebody has connected again."""
        self._revoked = False

    def revoke(self) -> None:
        """Somebody takes our access away."""
        self._revoked = True

    @property
    def quiet(self) -> bool:
        """Whether nothing is on its way into the books."""
        with self._lock:
            self._land()
            return not self._late

    def documents(self, entity: str) -> tuple[Document, ...]:
        """All documents of a type, oldest first."""
        with self._lock:
            self._land()
            return tuple(document for kind, document in self._documents if kind == entity)

    def all_documents(self) -> tuple[tuple[str, Document], ...]:
        """Every document with its type."""
        return tuple((kind, each) for kind in NUMBERED for each in self.documents(kind))

    def _kept_out(self, call: Call, trouble: Trouble | None) -> Said | None:
        if trouble is Trouble.REVOKED:
            self._revoked = True
        if trouble is Trouble.EXPIRED:
            self._stale.add(call.token)
        return _fault(401, "3200") if self._revoked or call.token in self._stale else None

    def _write(self, call: Call, trouble: Trouble | None) -> Said | None:
        if trouble is Trouble.LATE:
            self._late.append((self._clock() + LATE, call))
        said = self._create(call) if trouble is None or trouble in AFTER else None
        match trouble:
            case Trouble.FAILED_BEFORE | Trouble.FAILED_AFTER:
                return Said(500, b"")
            case Trouble.THROTTLED_BEFORE | Trouble.THROTTLED_AFTER:
                return _fault(429, "3001")
            case Trouble.CLOSED:
                return _fault(400, "6210")
        return None if trouble in CUT else said

    def _create(self, call: Call) -> Said:
        first = self._answers.get(call.requestid)
        if first is not None and self.ids is not Ids.IGNORED:
            return first if self.ids is Ids.HONOURED else _fault(400, "600")
        entity = call.path.capitalize()
        found = json.loads(call.body, parse_float=Decimal)
        refusal = self._refused(entity, found)
        if refusal is not None:
            return refusal
        document = found | {
            "Id": str(100 + len(self._documents)),
            "SyncToken": "0",
            "MetaData": {"CreateTime": self._clock().isoformat()},
        }
        if entity == "Invoice":
            document["TotalAmt"] = sum(line["Amount"] for line in found["Line"])
        self._documents.append((entity, document))
        said = Said(200, _text({entity: document}))
        self._answers[call.requestid] = said
        return said

    def _refused(self, entity: str, found: Document) -> Said | None:
        if entity == "Customer" and found["DisplayName"] in _values("DisplayName", self._of("Customer")):
            return _fault(400, "6240")
        if entity == "Payment":
            named = {linked["TxnId"] for line in found["Line"] for linked in line["LinkedTxn"]}
            return None if named <= _values("Id", self._of("Invoice")) else _fault(400, "2500")
        return None

    def _question(self, call: Call, trouble: Trouble | None) -> Said | None:
        if trouble is Trouble.LOOK_FAILED:
            return Said(500, b"")
        if trouble is Trouble.LOOK_CUT:
            return None
        if call.path == "cdc":
            return self._changed()
        asked = call.body.decode()
        entity = asked.split(" FROM ")[1].split(" ")[0]
        rows = [] if trouble is Trouble.BLIND else [row for row in self._of(entity) if _fits(row, asked)]
        found = {entity: rows, "maxResults": len(rows)} if rows else {}
        return Said(200, _text({"QueryResponse": found}))

    def _changed(self) -> Said:
        """Every invoice and payment: none of them is as old as anybody asks."""
        parts = [{kind: self._of(kind)} if self._of(kind) else {} for kind in ("Invoice", "Payment")]
        return Said(200, _text({"CDCResponse": [{"QueryResponse": parts}]}))

    def _of(self, entity: str) -> Iterable[Document]:
        return [document for kind, document in self._documents if kind == entity]

    def _land(self) -> None:
        now = self._clock()
        landing = [call for due, call in self._late if due <= now]
        self._late = [(due, call) for due, call in self._late if due > now]
        for call in landing:
            self._create(call)


def _fits(row: Document, asked: str) -> bool:
    return all(_holds(row, *found) for found in CONDITION.findall(asked))


def _holds(row: Document, field: str, operator: str, text: str) -> bool:
    wanted = re.sub(r"\\(.)", r"\1", text)
    match field, operator:
        case "CustomerRef", "=":
            return bool(row["CustomerRef"]["value"] == wanted)
        case "MetaData.CreateTime", ">=":
            return datetime.fromisoformat(row["MetaData"]["CreateTime"]) >= datetime.fromisoformat(wanted)
        case "DisplayName", "=":
            return bool(row["DisplayName"] == wanted)
        case "PrimaryEmailAddr", "=":
            return bool(row.get("PrimaryEmailAddr", {}).get("Address") == wanted)
        case "Active", "IN":
            return True
    raise NotImplementedError(f"{field} {operator}")


def _values(field: str, documents: Iterable[Document]) -> set[str]:
    return {document[field] for document in documents}


def _fault(status: int, code: str) -> Said:
    error = {"Message": "The far side says no", "Detail": f"Scripted {code}.", "code": code}
    return Said(status, _text({"Fault": {"Error": [error], "type": "Scripted"}}))


def _text(content: Document) -> bytes:
    text: str = simplejson.dumps(content, use_decimal=True)
    return text.encode()
