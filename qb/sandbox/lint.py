"""Habits of a client that QuickBooks tolerates and its books pay for."""

from decimal import Decimal

from qb.sandbox.books import Books
from qb.sandbox.calls import Call
from qb.sandbox.numbers import AUTOMATIC, NUMBERED
from qb.sandbox.wire import Json


def habits(books: Books, kind: str, body: Json) -> list[str]:
    """What is odd about the body of a write that went through."""
    found: list[str] = []
    currency = (body.get("CurrencyRef") or {}).get("value")
    if currency and currency != books.home and str(body.get("ExchangeRate")) in {"1", "1.0"}:
        found.append(f"{kind} in {currency} was sent at rate 1")
    custom = books.prefers("SalesFormsPrefs", "CustomTxnNumbers")
    if kind in NUMBERED and not custom and body.get("DocNumber") not in {None, "", AUTOMATIC}:
        found.append(f"{kind} was sent with a number while QuickBooks numbers by itself")
    if any(_too_fine(line.get("Amount")) for line in body.get("Line") or [] if isinstance(line, dict)):
        found.append(f"{kind} was sent with parts of a cent")
    return found


def _too_fine(amount: object) -> bool:
    return isinstance(amount, Decimal) and amount != amount.quantize(Decimal("0.01"))


def manners(call: Call) -> list[str]:
    """What is odd about the call itself."""
    if "minorversion" in call.args:
        return []
    return [f"{call.method} {call.path} named no minorversion"]
