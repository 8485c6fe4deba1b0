"""Every change to the books: create, update, delete, void; SyncToken and sparse rules."""

from datetime import date
from decimal import Decimal

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.kinds import KINDS, Kind
from qb.sandbox.links import Key
from qb.sandbox.money import ZERO
from qb.sandbox.payments import without
from qb.sandbox.period import refuse_closed
from qb.sandbox.refs import FAMILIES, refuse_absent
from qb.sandbox.refusals import (
    bad_id,
    business,
    deleted_meanwhile,
    deposited,
    made_inactive,
    missing,
    stale,
    unsupported,
)
from qb.sandbox.shapes import clean
from qb.sandbox.wire import Json

NOTHING = frozenset[str]()


def save(books: Books, kind: Kind, body: Json, options: frozenset[str] = NOTHING) -> tuple[Json, list[str]]:
    """Create, or update where the body carries an Id. Returns the document shown, and notes on the client."""
    strict = books.switches.string_amounts == "refuse"
    cleaned, notes = clean(kind.shape, body, strict_numbers=strict)
    refuse_absent(cleaned)
    if cleaned.get("Id"):
        before = current(books, kind, cleaned)
        draft = _changed(kind, cleaned, before, options)
    else:
        _allow(kind, "create")
        draft = _new(books, kind, cleaned, options)
    return kind.shown(books, _book(books, kind, draft)), notes


def _book(books: Books, kind: Kind, draft: Draft) -> Json:
    refuse_deposited(books, draft.key)
    return books.commit(draft, kind.build(books, draft), kind.series)


def _allow(kind: Kind, operation: str) -> None:
    if operation not in kind.can:
        raise unsupported(f"{operation} of {kind.name}")


def _new(books: Books, kind: Kind, cleaned: Json, options: frozenset[str]) -> Draft:
    body = {key: value for key, value in cleaned.items() if key not in kind.read_only and value is not None}
    return Draft(kind.name, books.next_id(kind.series), body, None, frozenset(body), options)


def current(books: Books, kind: Kind, body: Json) -> Json:
    """The document a change is meant for. Raises 2020 without a token, 2030, 610, 5010."""
    document = read(books, kind, str(body.get("Id") or ""))
    token = body.get("SyncToken")
    if token in (None, ""):
        raise missing("SyncToken")
    if str(token) != document["SyncToken"]:
        raise stale()
    return document


def read(books: Books, kind: Kind, identity: str) -> Json:
    """The stored document. Raises 2030 for no number, 610 for none there."""
    if not identity.isdecimal():
        raise bad_id(identity)
    document = books.find(kind.name, identity)
    if document is None:
        raise deleted_meanwhile() if (kind.name, identity) in books.removed else made_inactive()
    return document


def _changed(kind: Kind, cleaned: Json, before: Json, options: frozenset[str]) -> Draft:
    """The document as an update leaves it: sparse keeps what isn't named, full clears it."""
    sparse = bool(cleaned.get("sparse"))
    if "update" not in kind.can and (sparse or "whole-update" not in kind.can):
        raise unsupported(f"{'sparse ' if sparse else ''}update of {kind.name}")
    sent = {key: value for key, value in cleaned.items() if key not in kind.read_only}
    body = {**_kept(kind, before, sent), **sent} if sparse else sent
    if not sparse and kind.name in FAMILIES and "Active" not in body:
        body["Active"] = before.get("Active", True)
    filled = {key: value for key, value in body.items() if value is not None}
    return Draft(kind.name, str(before["Id"]), filled, before, frozenset(sent), options)


def _kept(kind: Kind, before: Json, sent: Json) -> Json:
    """What a sparse update leaves; new lines drop the old tax, a payment's lines are always rewritten."""
    dropped = set(kind.read_only)
    if "Line" in sent:
        dropped.add("TxnTaxDetail")
    if kind.rewrites_lines:
        dropped.add("Line")
    return {key: value for key, value in before.items() if key not in dropped}


def refuse_deposited(books: Books, key: Key) -> None:
    """Raises 6540 for money that is on a deposit slip."""
    if books.links.to(key, "Deposit"):
        raise deposited()


def delete(books: Books, kind: Kind, body: Json) -> Json:
    """Take a transaction out of the books. Returns the stub QuickBooks answers with."""
    _allow(kind, "delete")
    cleaned, _notes = clean(kind.shape, body)
    document = current(books, kind, cleaned)
    key = (kind.name, str(document["Id"]))
    _loosen(books, key, document)
    books.remove(key)
    return {"domain": "QBO", "status": "Deleted", "Id": key[1]}


def void(books: Books, kind: Kind, body: Json, how: str) -> Json:
    """Make a transaction worth nothing but keep it; `how` is void or include-void. Returns it as shown."""
    _allow(kind, how)
    if kind.name == "Payment" and books.switches.void_payment == "refuse":
        raise business("This payment can't be voided. Delete it instead.")
    cleaned, _notes = clean(kind.shape, body)
    before = current(books, kind, cleaned)
    key = (kind.name, str(before["Id"]))
    _loosen(books, key, before)
    draft = Draft(kind.name, key[1], {}, before, NOTHING)
    return kind.shown(books, books.commit(draft, Built(_voided(before)), kind.series))


def _loosen(books: Books, key: Key, document: Json) -> None:
    """Let go of what hangs on a transaction: payments that settled it keep their money unapplied."""
    refuse_deposited(books, key)
    refuse_closed(books, date.fromisoformat(document["TxnDate"]))
    for kind_name, identity in list(books.links.to(key, "Payment")):
        payment = books.find(kind_name, identity)
        if payment is None:
            continue
        kind = KINDS[kind_name]
        body = {name: value for name, value in payment.items() if name not in kind.read_only}
        body["Line"] = without(payment, key)
        draft = Draft(kind_name, identity, body, payment, NOTHING)
        books.commit(draft, kind.build(books, draft), kind.series)


def _voided(document: Json) -> Json:
    """All amounts nothing, and "Voided" before the note (Intuit: Invoice, void)."""
    note = document.get("PrivateNote")
    emptied = _emptied(document)
    if "UnappliedAmt" in emptied:
        emptied["Line"] = []
    if "TxnTaxDetail" in emptied:
        emptied["TxnTaxDetail"] = {"TotalTax": ZERO}
    return {**emptied, "PrivateNote": f"Voided - {note}" if note else "Voided"}


EMPTIED = frozenset({"Amount", "TotalAmt", "HomeTotalAmt", "UnappliedAmt", "Qty", "TaxInclusiveAmt"})


def _emptied(document: Json) -> Json:
    emptied: Json = {}
    for key, value in document.items():
        if key in EMPTIED and isinstance(value, Decimal | int):
            emptied[key] = ZERO
        elif isinstance(value, dict):
            emptied[key] = _emptied(value)
        elif isinstance(value, list):
            emptied[key] = [_emptied(one) if isinstance(one, dict) else one for one in value]
        else:
            emptied[key] = value
    return emptied
