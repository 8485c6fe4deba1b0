"""Batches: up to thirty operations in one call, each on its own, answered in no order (Intuit: Batch)."""

from hashlib import sha256

from qb.sandbox.books import Books
from qb.sandbox.faults import Faults
from qb.sandbox.kinds import KINDS, Kind
from qb.sandbox.refusals import (
    Complaint,
    RefusedError,
    business,
    missing,
    too_long,
    unsupported,
)
from qb.sandbox.replies import REACHED, THROTTLED, fault_of
from qb.sandbox.service import query, write
from qb.sandbox.troubles import scripted
from qb.sandbox.wire import Json, render

MOST_ITEMS = 30
LONGEST_ID = 10


def run_batch(books: Books, body: Json, faults: Faults, warnings: list[str], *, repeatable: bool) -> Json:
    """The reply to a batch; a refused item leaves the others alone. Raises RefusedError."""
    items = _items(books, body, repeatable=repeatable)
    queries = [one for one in items if "Query" in one]
    writes = [one for one in items if "Query" not in one]
    order = (*sorted(queries, key=_shuffle), *sorted(writes, key=_shuffle))
    return {"BatchItemResponse": [_one(books, item, faults, warnings) for item in order]}


def reads_in(body: Json) -> int:
    """How many of a batch's items are metered reads."""
    items = body.get("BatchItemRequest")
    return (
        sum(1 for one in items if isinstance(one, dict) and "Query" in one) if isinstance(items, list) else 0
    )


def _items(books: Books, body: Json, *, repeatable: bool) -> list[Json]:
    """The items; where the batch has a request id, theirs are short (Intuit: requestid)."""
    items = body.get("BatchItemRequest")
    if not isinstance(items, list) or not items:
        raise missing("BatchItemRequest")
    if len(items) > MOST_ITEMS:
        raise business(books.switches.too_many_items_detail)
    for item in items:
        identity = str(item.get("bId") or "") if isinstance(item, dict) else ""
        if not identity:
            raise missing("bId")
        if repeatable and len(identity) > LONGEST_ID:
            raise RefusedError(too_long("bId", LONGEST_ID, len(identity)))
    return items


def _shuffle(item: Json) -> bytes:
    """An order that owes nothing to the order sent, the same every time."""
    return sha256(str(item["bId"]).encode()).digest()


def _one(books: Books, item: Json, faults: Faults, warnings: list[str]) -> Json:
    identity = {"bId": item["bId"]}
    try:
        return {**identity, **_answer(books, item, faults, warnings)}
    except RefusedError as refused:
        return {**identity, "Fault": fault_of(refused)}


def _answer(books: Books, item: Json, faults: Faults, warnings: list[str]) -> Json:
    if "Query" in item:
        return {"QueryResponse": query(books, str(item["Query"]))}
    name = next((key for key in item if key in KINDS), None)
    if name is None or not isinstance(item[name], dict):
        raise unsupported("a batch item without an entity")
    kind = KINDS[name]
    for fault in faults.take("POST", f"batch/{name.lower()}", render(item[name]).decode()):
        if fault.trouble == "throttle":
            raise RefusedError(Complaint("3001", THROTTLED, REACHED, None), kind="SERVICE")
        raise scripted(fault)
    return {name: _write(books, kind, item, warnings)}


def _write(books: Books, kind: Kind, item: Json, warnings: list[str]) -> Json:
    operation = str(item.get("operation") or "")
    options = str(item.get("optionsData") or "")
    body: Json = item[kind.name]
    if operation not in {"create", "update", "delete"}:
        raise unsupported(operation or "an item without one")
    if operation == "update" and options == "void":
        args = {"operation": "void"} if "void" in kind.can else {"operation": "update", "include": "void"}
        return write(books, kind, args, body, warnings)
    if operation == "create" and body.get("Id"):
        raise business("A new object can't have an Id.")
    if operation == "update" and not body.get("Id"):
        raise missing("Id")
    sent = {"operation": "delete"} if operation == "delete" else {"include": options}
    return write(books, kind, sent, body, warnings)
